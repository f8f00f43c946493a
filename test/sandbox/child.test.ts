import {execFile} from 'node:child_process'
import {mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {afterEach, describe, expect, it, vi} from 'vitest'
import type {SandboxChildOptions} from '../../src/sandbox/child/sandbox-child.ts'
import {SandboxChild} from '../../src/sandbox/child/sandbox-child.ts'
import {SandboxError} from '../../src/sandbox/child/sandbox-error.ts'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const run = promisify(execFile)
const started: SandboxChild[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.stop()
})

function start(flavour: string, options: Partial<SandboxChildOptions> = {}): SandboxChild {
  const child = new SandboxChild({entry: folder(`child-${flavour}.ts`), readable: [folder('../../src/'), folder('.')], ...options})
  started.push(child)
  return child
}

async function failure(request: Promise<unknown>): Promise<SandboxError> {
  const error: unknown = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SandboxError) return error
  throw new Error('expected a SandboxError', {cause: error})
}

/** Whether a process is there and not a zombie. */
async function isAlive(pid: number): Promise<boolean> {
  return run('ps', ['-o', 'stat=', '-p', String(pid)]).then(
    ({stdout}) => !stdout.startsWith('Z'),
    () => false,
  )
}

describe.each(['async', 'sync'])('a sandbox child (%s)', (flavour) => {
  it('answers requests in the order of their ids, and asks its parent', async () => {
    const child = start(flavour, {onRequest: async (body) => `answer to ${String(body)}`})
    child.start()
    const answers = await Promise.all([
      child.request(['echo', 'é😀']),
      child.request(['ask', 'a']),
      child.request(['ask', 'b']),
      child.request(['echo', '']),
    ])
    expect(answers).toEqual(['é😀', 'answer to a', 'answer to b', ''])
    expect(await child.request(['repeat', '3000000'])).toHaveLength(3_000_000)
    expect(await child.request(['echo', 'x'.repeat(3_000_000)])).toHaveLength(3_000_000)
  })

  it('carries failures of handlers both ways, and goes on', async () => {
    const refusing = {
      onRequest: () => {
        throw new Error('not you')
      },
    }
    const child = start(flavour, refusing)
    await expect(child.request(['throw', 'no such thing'])).rejects.toThrow('no such thing')
    await expect(child.request(['ask', 'a'])).rejects.toThrow('not you')
    await expect(start(flavour).request(['ask', 'a'])).rejects.toThrow('this sandbox has nobody to ask')
    expect(await child.request(['echo', 'still here'])).toBe('still here')
  })

  it('has no environment, no files but those named, and no processes', async () => {
    const child = start(flavour, {environment: {TZ: 'Europe/Paris'}})
    expect(await child.request(['environment', ''])).toEqual({TZ: 'Europe/Paris'})
    await expect(child.request(['read', '/etc/passwd'])).rejects.toThrow('restricted')
    await expect(child.request(['write', folder('written')])).rejects.toThrow('restricted')
    await expect(child.request(['spawn', 'ls'])).rejects.toThrow('restricted')
    expect(await child.request(['read', folder('child.test.ts')])).toBeGreaterThan(0)
  })

  it('follows links to its program and its folders', async () => {
    const root = mkdtempSync(join(tmpdir(), 'aurora-child-'))
    const link = join(root, 'link')
    symlinkSync(folder('../..'), link)
    const child = start(flavour, {entry: `${link}/test/sandbox/child-${flavour}.ts`, readable: [`${link}/src/`, `${link}/test/sandbox`]})
    expect(await child.request(['echo', 'linked'])).toBe('linked')
    await expect(child.request(['read', folder('../../package.json')])).rejects.toThrow('restricted')
    rmSync(root, {recursive: true})
  })

  it('does not count the time of the handlers of its parent', async () => {
    const slow = {onRequest: async () => new Promise<string>((resolve) => void setTimeout(() => resolve('late'), 600))}
    const child = start(flavour, slow)
    await child.request(['echo', 'ready'])
    expect(await child.request(['ask', 'a'], {wallMilliseconds: 300})).toBe('late')
  })

  it.each([
    ['a loop', ['loop', ''], {wallMilliseconds: 1000}, 'timeout', 'did not answer within 1 s'],
    ['a loop that nobody watches', ['loop', ''], {cpuSeconds: 1}, 'timeout', 'processor time'],
    ['too much memory', ['hoard', 'x'], {nodeFlags: ['--max-old-space-size=32']}, 'memory', 'ran out of memory'],
    ['an exit', ['exit', '3'], {}, 'crash', 'exit code 3'],
    ['an abort', ['abort', ''], {}, 'crash', 'SIGABRT'],
    ['no such entry', ['echo', ''], {entry: folder('no-such-file.ts')}, 'crash', 'exit code 1'],
    ['an oversized frame', ['wire', '/////w=='], {}, 'protocol', 'larger than the limit'],
    ['bytes that are no JSON', ['wire', 'AAAAAXs='], {}, 'protocol', 'not JSON'],
    ['JSON that is no message', ['wire', 'AAAAAnt9'], {}, 'protocol', 'unknown shape'],
    [
      'an answer to nothing',
      ['wire', Buffer.from('\0\0\0\x25{"kind":"reply","id":99,"body":null}  ').toString('base64')],
      {},
      'protocol',
      'no request',
    ],
  ] as const)('ends with a typed error after %s', async (_what, request, options, kind, message) => {
    const child = start(flavour, options)
    const pending = child.request([...request])
    const error = await failure(pending)
    expect(error).toMatchObject({kind, message: expect.stringContaining(message) as string})
    expect(await failure(child.request(['echo', '']))).toBe(error)
    expect(await start(flavour).request(['echo', 'fresh'])).toBe('fresh')
  })

  it('refuses messages that are too large on both sides', async () => {
    const child = start(flavour, {maxMessageBytes: 1000})
    await expect(child.request(['echo', 'x'.repeat(2000)])).rejects.toThrow('larger than the limit of 1000')
    expect(await failure(child.request(['repeat', '2000']))).toMatchObject({kind: 'protocol'})
  })

  it('keeps the beginning of what a crashed child wrote to its standard error', async () => {
    const child = start(flavour)
    await child.request(['stderr', 'x'.repeat(100_000)])
    const {stderr} = await failure(child.request(['exit', '1']))
    expect(stderr).toBe('x'.repeat(65_536))
  })

  it('is gone once it is stopped', async () => {
    const child = start(flavour)
    const pid = Number(await child.request(['pid', '']))
    const pending = failure(child.request(['loop', '']))
    child.stop()
    child.start()
    expect(await pending).toMatchObject({kind: 'crash', message: 'the sandbox was stopped'})
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), {timeout: 5000})
  })

  it('lets the command end, idle or not, and ends with it', async () => {
    for (const busy of ['', 'busy']) {
      const {stdout} = await run(process.execPath, [folder('child-idle.ts'), flavour, busy])
      await vi.waitFor(async () => expect(await isAlive(Number(stdout))).toBe(false), {timeout: 5000})
    }
  })
})

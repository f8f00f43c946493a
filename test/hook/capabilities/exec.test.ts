import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it, vi} from 'vitest'
import {hookBodies} from './ask-hook.ts'

const bodies = hookBodies()
const {ask, uses} = bodies

const run = (args: string, exec: string[], options: Parameters<typeof ask>[1] = {}) =>
  ask(`return tell(await ctx.exec(${args}))`, {...options, needs: {...options.needs, exec}})

/** A script in the home's folder. */
async function script(name: string, text: string): Promise<string> {
  const file = join(bodies.home.dataDir, name)
  await mkdir(join(file, '..'), {recursive: true})
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return file
}

describe('exec', () => {
  it('runs a command with a list of arguments, none of which a shell reads', async () => {
    const file = await script('print args', 'for arg; do printf "<%s>" "$arg"; done; cat; echo oops >&2; exit 3')
    const odd = ['a b', '$HOME', '; ls', '', '-x', "it's"]
    expect(await run(`${JSON.stringify(file)}, ${JSON.stringify(odd)}, {stdin: 'typed'}`, [file])).toEqual({
      exitCode: 3,
      stdout: `${odd.map((each) => `<${each}>`).join('')}typed`,
      stderr: 'oops\n',
      dryRun: false,
    })
    expect(uses('exec')).toEqual([{text: `run "${file}" "a b" "$HOME" "; ls" "" -x "it's"`, planned: false}])
  })

  it('finds a command in the absolute folders of PATH alone, never in the current one', async () => {
    await script('tool', 'echo evil')
    const good = join(await script('bin/tool', 'echo good'), '..')
    const asked = (PATH: string) => run("'tool', []", ['tool'], {world: {env: {PATH}}})
    expect(await asked(`.::bin:${good}`)).toMatchObject({stdout: 'good\n'})
    expect(await asked('.::bin')).toMatch(/^ctx\.exec: tool: there is no command 'tool' on this machine/)
  })

  it('runs only the commands that the hook names, as they are named', async () => {
    for (const command of ['rm', '/bin/echo', './echo', 'echo ', '']) {
      expect(await run(`${JSON.stringify(command)}, []`, ['echo'])).toMatch(/^ctx\.exec: '.*' is not among the hook's commands/)
    }
    expect(await run("'no-such-command-at-all', []", ['no-such-command-at-all'])).toMatch(/there is no command/)
  })

  it.each([
    ["'echo', 'a b'", 'its arguments must be a list of texts'],
    ["'echo', [1]", 'its arguments must be a list of texts'],
    ["'echo', ['a\\0b']", 'its arguments must be a list of texts'],
    ["'echo', [], {shell: true}", "there is no option 'shell'"],
    ["'echo', [], {env: {LD_PRELOAD: 'x.so'}}", "there is no option 'env'"],
    ["'echo', [], {cwd: '/'}", "there is no option 'cwd'"],
    ["'echo', [], {stdin: 7}", 'stdin must be a text'],
    ["'echo', [], {timeout: -1}", 'timeout must be a number'],
  ])('refuses %s', async (args, message) => {
    expect(await run(args, ['echo'])).toContain(`ctx.exec: ${message}`)
  })

  it('gives the command a small environment, and of the rest what the hook may read', async () => {
    const env = {
      PATH: `relative:${process.env['PATH']}`,
      HOME: '/home/me',
      LANG: 'C',
      TERM: 'xterm',
      TOKEN: 's',
      KUBECONFIG: 'k',
      LD_PRELOAD: 'x.so',
      NODE_OPTIONS: '--inspect',
      AURORA_CONFIG_ROOT: 'r',
    }
    const needs = {env: ['KUBECONFIG', 'LD_PRELOAD', 'NODE_OPTIONS', 'AURORA_CONFIG_ROOT', 'PATH']}
    const {stdout} = (await run("'env', []", ['env'], {world: {env}, needs})) as {stdout: string}
    const path = env.PATH.split(':')
      .filter((folder) => folder.startsWith('/'))
      .join(':')
    expect(stdout.trim().split('\n').toSorted()).toEqual(
      ['HOME=/home/me', 'KUBECONFIG=k', 'LANG=C', 'NO_COLOR=1', `PATH=${path}`, 'TERM=dumb'].toSorted(),
    )
  })

  it('runs in the folder of the project', async () => {
    expect(await run("'pwd', []", ['pwd'])).toMatchObject({stdout: `${bodies.home.dataDir}\n`})
  })

  it('ends a command that takes too long or writes too much, with all that it has started', async () => {
    const pid = join(bodies.home.dataDir, 'pid')
    const file = await script('slow', `sleep 600 & echo $! > ${pid}; wait`)
    expect(await run(`'${file}', [], {timeout: 1_500}`, [file])).toMatch(/it took too long, and was killed/)
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), 10_000)
    const chatty = await script('chatty', 'yes')
    expect(await run(`'${chatty}', []`, [chatty])).toMatch(/it wrote more than 1048576 characters, and was killed/)
  })

  it('ends a command that the hook does not wait for', async () => {
    const pid = join(bodies.home.dataDir, 'pid')
    const file = await script('slow', `echo $$ > ${pid}; exec sleep 600`)
    const seen = await script('seen', `until [ -s ${pid} ]; do sleep 0.01; done`)
    const body = `ctx.exec('${file}', []).catch(() => {}); await ctx.exec('${seen}', []); return tell('left')`
    expect(await ask(body, {needs: {exec: [file, seen]}})).toBe('left')
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), 10_000)
  })

  it("counts the time of a command as the hook's own", async () => {
    const pid = join(bodies.home.dataDir, 'pid')
    const file = await script('slow', `echo $$ > ${pid}; exec sleep 600`)
    expect(await run(`'${file}', []`, [file], {entry: {timeout: '3s'}})).toBe('it gave no answer within 3000 ms')
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), 10_000)
  })

  it('runs nothing in a dry run', async () => {
    const file = await script('mark', 'touch marked')
    const body = `const {exitCode, stdout, dryRun} = await ctx.exec('${file}', ['now']); ctx.log.info(JSON.stringify([exitCode, stdout, dryRun]))`
    expect(await ask(body, {needs: {exec: [file]}, view: {dryRun: true}})).toBeNull()
    expect(bodies.home.logs()).toEqual(['info [0,"",true]'])
    expect(uses('exec')).toEqual([{text: `run ${file} now`, planned: true}])
    await expect(readFile(join(bodies.home.dataDir, 'marked'))).rejects.toThrow()
  })
})

async function isAlive(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8'))
  // One that has ended and that nobody has waited for is a zombie.
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return state !== undefined && !/\) [ZX] /.test(state)
}

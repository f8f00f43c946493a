import {once} from 'node:events'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

interface Finding {
  check: string
  subject: string
  status: string
  text: string
  remedy?: string
}

const cli = new Cli()
const data = join(cli.home, '.local/share/aurora')

async function doctor(...more: string[]): Promise<{code: number | null; status: string; findings: Finding[]}> {
  const {code, stdout} = await cli.run(['doctor', '--json', ...more])
  return {code, ...(JSON.parse(stdout) as {status: string; findings: Finding[]})}
}
const of = (findings: readonly Finding[], check: string, subject: string) =>
  findings.filter((finding) => finding.check === check && finding.subject === subject)

/** A linked plugin with a command. */
async function link(name: string, code: string): Promise<void> {
  const folder = join(cli.home, name)
  mkdirSync(join(folder, 'commands'), {recursive: true})
  writeFileSync(join(folder, 'package.json'), JSON.stringify({name, version: '1.0.0', type: 'module', oclif: {commands: './commands'}}))
  writeFileSync(
    join(folder, 'commands', `${name}.js`),
    `${code}\nimport {AuroraCommand} from '@auroractl/cli'\nexport default class extends AuroraCommand {}\n`,
  )
  await cli.json(['plugins', 'link', folder])
}

beforeAll(() => {
  mkdirSync(join(cli.home, '.aurora'))
})
afterAll(() => cli[Symbol.asyncDispose]())

const clusters = (list: object[]) => writeFileSync(join(cli.home, '.aurora/clusters.json'), JSON.stringify(list))

describe('aurora doctor', () => {
  it('finds a healthy client with a local cluster well, and says so in a table', async () => {
    clusters([])
    await cli.json(['local', 'start'])
    const {code, status, findings} = await doctor('--strict')
    expect({code, status, bad: findings.filter((finding) => finding.status !== 'ok')}).toEqual({code: 0, status: 'ok', bad: []})
    expect(of(findings, 'clusters', 'devcluster')).toEqual([expect.objectContaining({text: expect.stringMatching(/^answers in \d/)})])
    expect(of(findings, 'sandbox', 'JavaScript')).toHaveLength(4)
    expect(of(findings, 'sandbox', 'Python')).toHaveLength(1)
    expect(of(findings, 'versions', 'isolated-vm')[0]?.text).toMatch(/^\d+\.\d+\.\d+$/)
    const {stdout} = await cli.run(['doctor'])
    expect(stdout).toMatch(/^ok +versions +node +24\./m)
    expect(stdout).toMatch(/\nAll is well\.\n$/)
    await cli.json(['local', 'stop'])
  })

  it('names clusters that do not answer, without waiting long for one', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const {port} = silent.address() as {port: number}
    clusters([
      {name: 'silent', scheduler_uri: `http://127.0.0.1:${port}`},
      {name: 'closed', scheduler_uri: 'http://127.0.0.1:1'},
      {name: 'broken', scheduler_uri: 7},
      {name: 'nowhere'},
    ])
    try {
      const {code, findings} = await doctor()
      expect(code).toBe(4)
      for (const name of ['silent', 'closed', 'broken', 'nowhere'])
        expect(of(findings, 'clusters', name)).toEqual([expect.objectContaining({status: 'problem'})])
    } finally {
      silent.close()
      clusters([])
    }
  })

  it('names the slow plugin, the broken one, and one that never comes back; warnings count with --strict', {timeout: 60_000}, async () => {
    await link('quick', '')
    await link('slow', 'await new Promise((done) => setTimeout(done, 700))')
    const warned = await doctor()
    expect(of(warned.findings, 'plugins', 'quick')[0]?.status).toBe('ok')
    expect(of(warned.findings, 'plugins', 'slow')[0]).toMatchObject({status: 'warning', text: expect.stringContaining('is loaded in')})
    expect({code: warned.code, strict: (await doctor('--strict')).code}).toEqual({code: 0, strict: 4})
    await link('broken', "throw new Error('broken at load')")
    await link('endless', 'for (;;);')
    const {code, findings} = await doctor()
    expect(code).toBe(4)
    expect(of(findings, 'plugins', 'broken')[0]).toMatchObject({status: 'problem', text: expect.stringContaining('broken at load')})
    expect(of(findings, 'plugins', 'endless')[0]).toMatchObject({
      status: 'problem',
      text: expect.stringMatching(/has not been loaded after/),
    })
    for (const name of ['quick', 'slow', 'broken', 'endless']) await cli.json(['plugins', 'unlink', name])
  })

  it('names blocked hooks, grants of plugins that are gone, and folders that others can write', async () => {
    const folder = join(cli.home, 'guard')
    mkdirSync(folder)
    const hooks = (needs: object) => [{name: 'guard', on: ['pre:job.kill'], script: 'guard.js', needs}]
    const write = (needs: object) =>
      writeFileSync(
        join(folder, 'package.json'),
        JSON.stringify({name: 'guard', version: '1.0.0', oclif: {}, aurora: {hooks: hooks(needs)}}),
      )
    writeFileSync(join(folder, 'guard.js'), 'export default () => {}\n')
    write({})
    await cli.json(['plugins', 'link', folder])
    write({prompt: true})
    chmodSync(data, 0o777)
    const {code, findings} = await doctor()
    expect(code).toBe(4)
    expect(of(findings, 'grants', 'guard')[0]).toMatchObject({status: 'problem', text: expect.stringContaining('is blocked')})
    expect(of(findings, 'folders', 'data')[0]).toMatchObject({status: 'problem', remedy: `chmod 700 ${data}`})
    chmodSync(data, 0o700)
    writeFileSync(join(data, 'package.json'), '{"oclif": {"plugins": []}}')
    const orphaned = await doctor()
    expect(of(orphaned.findings, 'grants', 'guard')[0]).toMatchObject({
      status: 'warning',
      remedy: 'Take it back: aurora hooks revoke guard',
    })
  })

  it('goes on where the grants cannot be read', async () => {
    writeFileSync(join(data, 'grants.json'), '{')
    const {code, findings} = await doctor()
    expect(code).toBe(4)
    expect(of(findings, 'grants', 'hooks')[0]).toMatchObject({status: 'problem', text: expect.stringContaining('grants.json')})
    expect(of(findings, 'sandbox', 'Python')[0]?.status).toBe('ok')
  })
})

/** A dry run of what changes a scheduler: its plan is what would be sent, and nothing of it is. */
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ProxiedCluster} from './proxied.ts'

const cluster = new ProxiedCluster()
beforeAll(() => cluster.start())
afterAll(() => cluster[Symbol.asyncDispose]())

interface Planned {
  dryRun: true
  effects: unknown[]
}

/** Runs the command twice, for a person and for a program, and sees that no call changed anything. */
async function dryRun(args: string[]): Promise<{text: string; effects: unknown[]}> {
  await using proxy = await cluster.proxy()
  const text = await cluster.run(proxy, [...args, '--dry-run'])
  const json = await cluster.run(proxy, [...args, '--dry-run', '--json'])
  expect([text.code, json.code, text.stderr]).toEqual([0, 0, expect.any(String)])
  // The reading steps asked the scheduler, so the proxy does see calls.
  expect(proxy.calls.length).toBeGreaterThan(0)
  expect(proxy.changes).toEqual([])
  return {text: text.stdout, effects: (JSON.parse(json.stdout) as Planned).effects}
}

describe('a dry run', () => {
  it('of create tells what the job would be', async () => {
    const name = cluster.nextJob()
    const key = cluster.key(name)
    const {text, effects} = await dryRun(['job', 'create', key, ...cluster.configuration(name)])
    const difference = [
      '+ 3 instances of a service',
      '+ resources of each: 0.01 CPU, 1 MB of RAM, 1 MB of disk',
      '+ processes: loop',
      '+ constraint: host none',
    ]
    expect(effects).toEqual([{text: `create ${key}`, call: 'createJob', target: key, difference: expect.arrayContaining(difference)}])
    for (const line of [`Would create ${key}`, ...difference.map((fact) => `  ${fact}`)]) expect(text.split('\n')).toContain(line)
    expect(await cluster.active(name)).toEqual({})
  })

  it('of create says that the job exists already, as the scheduler would', async () => {
    const name = cluster.nextJob()
    await cluster.create(name)
    await using proxy = await cluster.proxy()
    const args = ['job', 'create', cluster.key(name), ...cluster.configuration(name), '--dry-run']
    const text = await cluster.run(proxy, args)
    expect(text).toMatchObject({code: 4, stdout: '', stderr: expect.stringContaining(`${cluster.key(name)} exists already`)})
    const json = await cluster.run(proxy, [...args, '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({status: 'not-applied', error: {code: 'job.exists', exitCode: 4}})
    expect(proxy.changes).toEqual([])
  })

  it('of kill and killall tells which instances would be killed, in which state they are, and how many at a time', async () => {
    const name = cluster.nextJob()
    const key = cluster.key(name)
    await cluster.create(name)
    const kill = await dryRun(['job', 'kill', `${key}/0,2,7`, '--batch-size', '2'])
    const effect = {text: `kill instances [0, 2] of ${key}`, call: 'killTasks', target: key, difference: ['- instances 0,2: PENDING']}
    expect(kill.effects).toEqual([effect])
    expect(kill.text).toBe(`Would kill instances [0, 2] of ${key}\n  - instances 0,2: PENDING\n`)
    const killall = await dryRun(['job', 'killall', key])
    expect(killall.effects).toEqual([
      {...effect, text: `kill instances [0, 1, 2] of ${key}, 1 at a time`, difference: ['- instances 0-2: PENDING']},
    ])
    expect(Object.keys(await cluster.active(name))).toHaveLength(3)
  })

  it('of what has nothing to do says so', async () => {
    expect(await dryRun(['job', 'killall', cluster.key('none')])).toEqual({text: 'Nothing to do.\n', effects: []})
  })

  it('asks the hooks, who know that it is one', async () => {
    const name = cluster.nextJob()
    await cluster.create(name)
    const folder = join(cluster.cli.home, 'only-dry')
    mkdirSync(folder)
    const aurora = {hooks: [{name: 'only-dry', on: ['pre:job.kill'], script: 'hook.js'}]}
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'only-dry', version: '1.0.0', type: 'module', oclif: {}, aurora}))
    writeFileSync(
      join(folder, 'hook.js'),
      "import {allow, deny} from '@auroractl/cli/hook'\nexport default (ctx) => (ctx.dryRun ? allow() : deny('only dry runs'))",
    )
    await cluster.cli.json(['plugins', 'link', folder])
    expect((await dryRun(['job', 'killall', cluster.key(name)])).effects).toHaveLength(1)
    await using proxy = await cluster.proxy()
    expect(await cluster.run(proxy, ['job', 'killall', cluster.key(name)])).toMatchObject({code: 4})
    expect(proxy.changes).toEqual([])
  })
})

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {isRoot, ownAccount, systemAccount} from '../../src/agent/account.ts'
import {latestSandbox} from '../../src/agent/directories.ts'
import {makeRoot, makeSite, makeTask, until} from './site.ts'

describe('the machine’s accounts', () => {
  it('are found by their name alone, with their groups', async () => {
    const own = ownAccount()
    const found = await systemAccount(own.name)
    expect(found).toMatchObject({name: own.name, uid: own.uid, gid: own.gid})
    expect(found?.groups).toContain(own.gid)
  })

  it.each(['no-such-account-here', '0', '-s', '--help', 'root:x', '', '../etc', 'root\n'])('%j is none', async (role) => {
    expect(await systemAccount(role)).toBeUndefined()
  })
})

it('runs every role as ourselves when it does not switch', async () => {
  const site = makeSite({switchAccounts: false})
  const task = site.run({name: 'p', cmdline: 'id -un; echo $USER'})
  await site.ended(task)
  expect(site.output(task, 'p')).toBe(`${ownAccount().name}\n${ownAccount().name}\n`)
})

it('refuses a role without an account', async () => {
  const site = makeSite({switchAccounts: true, lookUpAccount: () => Promise.resolve(undefined), root: makeRoot()})
  const task = site.launch(makeTask({processes: [{name: 'p', cmdline: 'true'}]}, {role: 'ghost'}))
  expect(await site.ended(task)).toMatchObject({
    status: 'FAILED',
    message: 'Failed to initialize sandbox: Could not create sandbox because user does not exist: ghost',
  })
})

describe.skipIf(!isRoot())('as root', () => {
  const asNobody = (...processes: object[]) => makeTask({processes}, {role: 'nobody'})

  it('runs a task with the rights of its role, all its groups included', async () => {
    const groups = [65534, 12345]
    const lookUpAccount = async (role: string) => ({...(await systemAccount(role)), name: role, uid: 65534, gid: 65534, groups})
    const site = makeSite({switchAccounts: true, lookUpAccount})
    const task = site.launch(
      asNobody({
        name: 'p',
        cmdline: 'id -u; id -G; echo $USER; touch mine; grep CapEff /proc/self/status; cat /etc/shadow || echo no',
        logger: {destination: 'both'},
      }),
    )
    expect((await site.ended(task)).status).toBe('FINISHED')
    expect(site.output(task, 'p')).toBe('65534\n65534 12345\nnobody\nCapEff:\t0000000000000000\nno\n')
    const sandbox = site.sandbox(task)
    expect(
      [sandbox, join(sandbox, 'mine'), join(sandbox, '..'), join(sandbox, '.logs/p/0/stdout')].map((path) => statSync(path).uid),
    ).toEqual(Array(4).fill(65534))
    expect(statSync(sandbox).mode & 0o777).toBe(0o700)
  })

  it('opens no file for a role that the role itself may not open', async () => {
    const site = makeSite({switchAccounts: true})
    const target = join(site.root, 'target')
    const task = asNobody(
      {name: 'lay', cmdline: `mkdir -p .logs; ln -s ${target} .logs/victim; ln -s ${target} .thermos_profile`},
      {name: 'victim', cmdline: 'echo written'},
    )
    const data = JSON.parse(task.executorData) as {task: {constraints?: object[]}}
    data.task.constraints = [{order: ['lay', 'victim']}]
    site.launch({...task, executorData: JSON.stringify(data)})
    expect((await site.ended(task)).status).toBe('FAILED')
    expect(readlinkSync(join(site.sandbox(task), '.logs/victim'))).toBe(target)
    expect(() => readFileSync(target)).toThrow('ENOENT')
  })

  it('enters no folder for the role that the role cannot enter', async () => {
    const closed = makeRoot()
    chmodSync(closed, 0o700)
    mkdirSync(join(closed, 'open'), {mode: 0o755})
    const site = makeSite({switchAccounts: true})
    const lay = {name: 'lay', cmdline: `cd .. && mv sandbox other && ln -s ${closed}/open sandbox`}
    const look = {name: 'look', cmdline: 'true', logger: {destination: 'none'}}
    const task = makeTask({processes: [lay, look], constraints: [{order: ['lay', 'look']}]}, {role: 'nobody'})
    expect((await site.ended(site.launch(task))).status).toBe('FAILED')
    expect(latestSandbox(site.root, task.taskId)).toBeUndefined()
  })

  it('kills what runs as the role', async () => {
    const site = makeSite({switchAccounts: true})
    const task = site.launch(asNobody({name: 'p', cmdline: 'setsid sleep 1000 & sleep 1000'}))
    await until(() => site.statuses.length > 1 && site.members(task).length >= 4)
    site.agent.kill(task.taskId)
    expect((await site.ended(task)).status).toBe('KILLED')
    expect(site.members(task)).toEqual([])
  })

  it('says so when the role cannot get to its sandbox', async () => {
    const closed = makeRoot()
    chmodSync(closed, 0o700)
    const site = makeSite({switchAccounts: true, root: join(closed, 'agent')})
    const task = site.launch(asNobody({name: 'p', cmdline: 'true'}))
    expect(await site.ended(task)).toMatchObject({
      status: 'FAILED',
      message: `Failed to initialize sandbox: nobody may not enter ${closed}, which is above its sandbox`,
    })
  })
})

it('deletes nothing outside the root, whatever a link says', async () => {
  const site = makeSite()
  const outside = makeRoot()
  const task = site.run({name: 'p', cmdline: 'true'})
  await site.ended(task)
  const executors = join(site.sandbox(task), '../../../..')
  writeFileSync(join(outside, 'kept'), '')
  symlinkSync(outside, join(executors, 'thermos-linked'))
  site.agent.forget('linked')
  await until(() => !existsSync(join(executors, 'thermos-linked')))
  expect(existsSync(join(outside, 'kept'))).toBe(true)
  expect(() => readlinkSync(join(executors, 'thermos-linked'))).toThrow('ENOENT')
})

it('deletes nothing outside the root when a folder becomes a link meanwhile', async () => {
  const site = makeSite()
  const outside = makeRoot()
  const task = site.run({name: 'p', cmdline: 'true'})
  await site.ended(task)
  const folder = join(site.sandbox(task), 'folder')
  mkdirSync(folder)
  const names = Array.from({length: 4_000}, (_, index) => `f${index}`)
  for (const name of names) for (const place of [folder, outside]) writeFileSync(join(place, name), '')
  const swap = `const {readdirSync, renameSync, symlinkSync} = require('fs'), [, folder, outside] = process.argv
console.log('ready')
while (readdirSync(folder).length === ${names.length});
renameSync(folder, folder + '2')
symlinkSync(outside, folder)`
  const swapper = spawn(process.execPath, ['-e', swap, folder, outside], {stdio: ['ignore', 'pipe', 'ignore']})
  const gone = once(swapper, 'exit')
  await once(swapper.stdout, 'data')
  site.agent.forget(task.taskId)
  await gone
  await until(() => !existsSync(`${folder}2`) || readdirSync(`${folder}2`).length === 0)
  expect(readdirSync(outside)).toHaveLength(names.length)
})

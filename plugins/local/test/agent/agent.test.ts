import {existsSync, lstatSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeSite, makeTask, read, until} from './site.ts'

describe('a task', () => {
  it('runs its process and finishes', async () => {
    const site = makeSite()
    const task = site.run({name: 'hello', cmdline: 'echo out; echo err >&2'})
    expect(await site.ended(task)).toEqual({taskId: task.taskId, status: 'FINISHED', message: 'Task finished.'})
    expect(site.statuses.map(({status, message}) => [status, message])).toEqual([
      ['STARTING', 'Initializing sandbox.'],
      ['RUNNING', 'No health-check defined, task is assumed healthy.'],
      ['FINISHED', 'Task finished.'],
    ])
    expect(site.output(task, 'hello')).toBe('out\n')
    expect(read(join(site.sandbox(task), '.logs/hello/0/stderr'))).toBe('err\n')
  })

  it('has its directories where a Mesos agent has them, for its owner alone', async () => {
    const site = makeSite()
    const task = site.run({name: 'p', cmdline: 'true'})
    await site.ended(task)
    const [agent] = readdirSync(join(site.root, 'slaves'))
    const frameworks = join(site.root, 'slaves', String(agent), 'frameworks')
    const runs = join(frameworks, String(readdirSync(frameworks)[0]), 'executors', `thermos-${task.taskId}`, 'runs')
    expect(lstatSync(join(runs, 'latest')).isSymbolicLink()).toBe(true)
    expect(statSync(join(runs, 'latest', 'sandbox')).mode & 0o777).toBe(0o700)
    const checkpoint = join(site.root, 'checkpoints', task.taskId)
    expect(statSync(checkpoint).mode & 0o777).toBe(0o700)
    expect(readdirSync(checkpoint).map((name) => statSync(join(checkpoint, name)).mode & 0o077)).toEqual([0, 0])
  })

  it('gives a process its own environment, session and input, and nothing of ours', async () => {
    process.env['AGENT_TEST_SECRET'] = 'leak'
    const site = makeSite()
    const task = site.run({
      name: 'p',
      cmdline:
        'pwd; tr "\\0" "\\n" </proc/$$/environ | sort; cat; readlink /proc/$$/fd/*; ps -o pgid= -p $$ | grep -qw $$ && echo leads; grep SigIgn /proc/$$/status',
    })
    await site.ended(task)
    delete process.env['AGENT_TEST_SECRET']
    const sandbox = site.sandbox(task)
    const user = process.getuid?.() === 0 ? 'root' : String(process.env['USER'])
    const logs = join(sandbox, '.logs/p/0')
    expect(
      site
        .output(task, 'p')
        .split('\n')
        .map((line) => line.replace(/\s+/, ' ')),
    ).toEqual([
      sandbox,
      `HOME=${sandbox}`,
      `LOGNAME=${user}`,
      `PATH=${process.env['PATH']}`,
      `USER=${user}`,
      '/dev/null',
      join(logs, 'stdout'),
      join(logs, 'stderr'),
      'leads',
      'SigIgn: 0000000000000000',
      '',
    ])
  })

  it('lets .thermos_profile export variables to later processes', async () => {
    const site = makeSite()
    const task = makeTask({
      processes: [
        {name: 'setup', cmdline: 'echo "export COLOUR=blue" >.thermos_profile'},
        {name: 'use', cmdline: 'echo $COLOUR'},
      ],
      constraints: [{order: ['setup', 'use']}],
    })
    site.launch(task)
    expect((await site.ended(task)).status).toBe('FINISHED')
    expect(site.output(task, 'use')).toBe('blue\n')
  })

  it('passes command lines on as they are, and binds only the late-bound names', async () => {
    const site = makeSite()
    const cmdline = `printf '%s|' "a  b" 'c"d' \\$x '*' "\`echo t\`" '\${{{mesos.instance}}}' {{mesos.hostname}} {{thermos.task_id}} {{thermos.ports[http]}} {{thermos.ports[aurora]}} {{thermos.user}}; echo 'é\t'`
    const executorData = JSON.stringify({announce: {portmap: {aurora: 'http'}}, task: {processes: [{name: 'p', cmdline}]}})
    const task = site.launch(makeTask({}, {executorData, ports: {http: 31234}}))
    await site.ended(task)
    const user = site.statuses.length > 0 && process.getuid?.() === 0 ? 'root' : process.env['USER']
    expect(site.output(task, 'p')).toBe(`a  b|c"d|$x|*|t|\${3}|here.example.com|${task.taskId}|31234|31234|${user}|é\t\n`)
  })

  it('writes output where the logger says', async () => {
    const site = makeSite()
    const say = (logger: object) => ({
      name: JSON.stringify(logger).replaceAll(/\W+/g, '-').slice(1),
      cmdline: 'for i in 1 2 3 4 5 6; do printf 12345; sleep 0.1; done',
      logger,
    })
    const [console, both, none] = [say({destination: 'console'}), say({destination: 'both'}), say({destination: 'none'})]
    const rotate = say({mode: 'rotate', rotate: {log_size: 10, backups: 2}})
    const task = site.run(console, both, none, rotate)
    expect((await site.ended(task)).status).toBe('FINISHED')
    const text = '12345'.repeat(6)
    expect(site.output(task, both.name)).toBe(text)
    expect(read(join(site.sandbox(task), '../stdout'))).toHaveLength(2 * text.length)
    expect(existsSync(join(site.sandbox(task), '.logs', none.name))).toBe(false)
    expect(existsSync(join(site.sandbox(task), '.logs', console.name))).toBe(false)
    const logs = join(site.sandbox(task), '.logs', rotate.name, '0')
    expect(
      readdirSync(logs)
        .filter((name) => name.startsWith('stdout'))
        .sort(),
    ).toEqual(['stdout', 'stdout.1', 'stdout.2'])
    expect(read(join(logs, 'stdout.1'))).toBe('1234512345')
  })

  it('fails a process whose logger makes no sense', async () => {
    const site = makeSite()
    const task = site.run({name: 'p', cmdline: 'true', logger: {mode: 'rotate', rotate: {log_size: 0}}})
    expect((await site.ended(task)).status).toBe('FAILED')
  })
})

describe('the plan of a task', () => {
  it('keeps the order, and runs the unordered side by side', async () => {
    const site = makeSite()
    const task = makeTask({
      processes: [
        {name: 'c', cmdline: 'echo c >>log'},
        {name: 'b', cmdline: 'echo b >>log'},
        {name: 'a', cmdline: 'until [ -e go ]; do sleep 0.02; done; echo a >>log'},
        {name: 'free', cmdline: 'touch go'},
      ],
      constraints: [{order: ['a', 'b', 'c']}],
    })
    site.launch(task)
    expect((await site.ended(task)).status).toBe('FINISHED')
    expect(read(join(site.sandbox(task), 'log'))).toBe('a\nb\nc\n')
  })

  it('fails with a process that fails for good, and never starts what follows it', async () => {
    const site = makeSite()
    const task = makeTask({
      processes: [
        {name: 'a', cmdline: 'exit 7', min_duration: 0, max_failures: 3},
        {name: 'b', cmdline: 'touch never'},
      ],
      constraints: [{order: ['a', 'b']}],
    })
    site.launch(task)
    expect(await site.ended(task)).toMatchObject({status: 'FAILED', message: 'Task failed.'})
    expect(readdirSync(join(site.sandbox(task), '.logs/a')).sort()).toEqual(['0', '1', '2'])
    expect(existsSync(join(site.sandbox(task), 'never'))).toBe(false)
  })

  it.each([
    ['kill -9 $$', 'FINISHED'],
    ['kill -TERM $$', 'FINISHED'],
    ['exit 137', 'FAILED'],
    ['exit 143', 'FAILED'],
  ])('tells a signal, which is no failure, from an exit code: %s', async (death, status) => {
    const site = makeSite()
    const task = site.run({name: 'p', cmdline: `[ -e again ] || { touch again; ${death}; }`, min_duration: 0})
    expect((await site.ended(task)).status).toBe(status)
  })

  it('runs final processes after the others, whatever became of them', async () => {
    const site = makeSite()
    const task = site.run({name: 'p', cmdline: 'echo p >>log; exit 1'}, {name: 'f', cmdline: 'echo f >>log; exit 1', final: true})
    expect((await site.ended(task)).status).toBe('FAILED')
    expect(read(join(site.sandbox(task), 'log'))).toBe('p\nf\n')
  })

  it('ends an ephemeral process with the rest, and a final one that takes too long', async () => {
    const site = makeSite()
    const task = makeTask({
      finalization_wait: 1,
      processes: [
        {name: 'p', cmdline: 'true'},
        {name: 'e', cmdline: 'exec sleep 1000', ephemeral: true},
        {name: 'f', cmdline: 'exec sleep 1000', final: true},
      ],
    })
    site.launch(task)
    expect((await site.ended(task)).status).toBe('FINISHED')
    expect(site.members(task)).toEqual([])
  })
})

describe('kill', () => {
  const STUBBORN = "trap '' TERM; echo up; while :; do sleep 0.1; done"

  it('asks with SIGTERM, and runs the final processes', async () => {
    const site = makeSite()
    const task = site.run(
      {name: 'p', cmdline: "trap 'echo bye >>log; exit' TERM; echo up; while :; do sleep 0.05; done"},
      {name: 'f', cmdline: 'echo final >>log', final: true},
    )
    await until(() => site.statuses.length > 1 && site.output(task, 'p') !== '')
    site.agent.kill(task.taskId)
    expect(await site.ended(task)).toMatchObject({status: 'KILLED', message: 'Instructed to kill task.'})
    expect(read(join(site.sandbox(task), 'log'))).toBe('bye\nfinal\n')
    expect(site.members(task)).toEqual([])
  })

  it('ends with SIGKILL what does not listen, with daemons that left session and tree', async () => {
    const site = makeSite({killWait: 500})
    const away = `setsid bash -c "(${STUBBORN.replaceAll('"', '')}) & echo \\$! >daemon" & wait $!`
    const task = site.run({name: 'p', cmdline: `${away}; ${STUBBORN}`}, {name: 'f', cmdline: 'touch never', final: true})
    const daemon = Number(await until(() => site.statuses.length > 1 && read(join(site.sandbox(task), 'daemon'))?.trim()))
    await until(() => site.output(task, 'p') !== '')
    expect(site.members(task).map(({pid}) => pid)).toContain(daemon)
    site.agent.kill(task.taskId)
    expect((await site.ended(task)).status).toBe('KILLED')
    expect(site.members(task)).toEqual([])
    expect(existsSync(join(site.sandbox(task), 'never'))).toBe(false)
  })

  it('does not touch another task', async () => {
    const site = makeSite()
    const [one, two] = [1, 2].map(() => site.run({name: 'p', cmdline: 'echo up; exec sleep 1000'}))
    if (!one || !two) throw new Error('two tasks')
    for (const task of [one, two]) {
      await site.reported(task, 'RUNNING')
      await until(() => site.output(task, 'p') !== '')
    }
    // The coordinator and the process.
    const before = site.members(two).map(({pid}) => pid)
    expect(before).toHaveLength(2)
    site.agent.kill(one.taskId)
    await site.ended(one)
    expect(site.members(two).map(({pid}) => pid)).toEqual(before)
  })

  it('reaches a task that was launched just before', async () => {
    const site = makeSite()
    const task = site.run({name: 'p', cmdline: 'sleep 1000'})
    site.agent.kill(task.taskId)
    expect((await site.ended(task)).status).toBe('KILLED')
  })

  it('answers for a task that it does not know, and repeats how a task ended', async () => {
    const site = makeSite()
    const unknown = makeTask({})
    site.agent.kill(unknown.taskId)
    expect(await site.ended(unknown)).toMatchObject({status: 'LOST', message: 'Reconciliation: Task is unknown'})
    const task = site.run({name: 'p', cmdline: 'true'})
    await site.ended(task)
    site.agent.kill(task.taskId)
    await until(() => site.statuses.filter(({status}) => status === 'FINISHED').length === 2)
  })
})

it('leaves nothing of a process that ended while the task goes on', async () => {
  const site = makeSite()
  const task = site.run({name: 'p', cmdline: 'sleep 1000 & echo $! >left'}, {name: 'q', cmdline: 'sleep 1000'})
  const left = Number(await until(() => site.statuses.length > 1 && read(join(site.sandbox(task), 'left'))?.trim()))
  await until(() => !site.members(task).some(({pid}) => pid === left))
  expect(site.members(task).length).toBeGreaterThan(0)
})

it('ends everything at shutdown', async () => {
  const site = makeSite({shutdownWait: 300})
  const task = site.run({name: 'p', cmdline: "trap '' TERM; sleep 1000"})
  await site.reported(task, 'RUNNING')
  await site.agent.shutdown()
  expect(site.statuses.at(-1)).toMatchObject({status: 'KILLED', message: 'Told to shut down executor.'})
  expect(site.members(task)).toEqual([])
})

describe('what does not make sense', () => {
  const data = (task: unknown) => ({executorData: JSON.stringify({task})})
  const process = (fields: object) => data({processes: [{name: 'p', cmdline: 'true', ...fields}]})

  it.each([
    [{executorData: ''}, 'FAILED', /^Task did not have a thermos config!$/],
    [{executorData: '{'}, 'FAILED', /^Could not deserialize thermos config: /],
    [{executorData: '[]'}, 'FAILED', /^Could not deserialize thermos config: /],
    [{executorData: '{}'}, 'FAILED', /^Got invalid task: task is required/],
    [process({max_failures: 'many'}), 'FAILED', /^Got invalid task: max_failures: Cannot coerce '"many"' to Integer/],
    [process({name: '../x'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({name: '.'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({name: 'a/b'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({name: 'a\0b'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({cmdline: 'echo \0'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({cmdline: 'echo {{who}}'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({cmdline: 'echo {{ mesos.instance }}'}), 'FAILED', /^Thermos received an invalid task\.$/],
    [process({cmdline: 'echo {{thermos.ports[x]}}'}), 'LOST', /^Thermos failed with internal error\.$/],
    [
      data({processes: [{name: 'p', cmdline: 'true'}], constraints: [{order: ['p', 'q']}]}),
      'FAILED',
      /^Thermos received an invalid task\.$/,
    ],
    [{taskId: '../../escape'}, 'FAILED', /^Thermos received an invalid task\.$/],
    [{taskId: '..'}, 'FAILED', /^Thermos received an invalid task\.$/],
  ])('%j ends %s', async (more, status, message) => {
    const site = makeSite()
    const task = site.launch(makeTask({}, more))
    const end = await site.ended(task)
    expect(end.status).toBe(status)
    expect(end.message).toMatch(message)
    expect(existsSync(join(site.root, 'slaves'))).toBe(false)
  })
})

it('forgets a task that has ended, and nothing else', async () => {
  const site = makeSite()
  const [gone, kept, running] = [1, 2, 3].map((n) => site.run({name: 'p', cmdline: n === 3 ? 'sleep 1000' : 'true'}))
  if (!gone || !kept || !running) throw new Error('three tasks')
  await Promise.all([site.ended(gone), site.ended(kept), site.reported(running, 'RUNNING')])
  for (const id of ['..', '../..', '/', running.taskId, gone.taskId]) site.agent.forget(id)
  await until(() => !existsSync(join(site.root, 'checkpoints', gone.taskId)))
  expect(readdirSync(join(site.root, 'checkpoints')).sort()).toEqual([kept.taskId, running.taskId].sort())
  expect(() => site.sandbox(gone)).toThrow()
  expect(readFileSync(join(site.sandbox(kept), '.logs/p/0/stdout'), 'utf8')).toBe('')
})

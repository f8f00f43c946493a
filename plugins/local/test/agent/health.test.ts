import {writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import * as fc from 'fast-check'
import {describe, expect, it, onTestFinished} from 'vitest'
import {HealthCount, type HealthLimits, type Verdict} from '../../src/agent/health-count.ts'
import type {AgentTask} from '../../src/agent/types.ts'
import {makeSite, makeTask, read, until} from './site.ts'

const LIMITS: HealthLimits = {initialInterval: 15, interval: 10, maxConsecutiveFailures: 0, minConsecutiveSuccesses: 1}

function verdicts(limits: Partial<HealthLimits>, checks: string): Verdict[] {
  const count = new HealthCount({...LIMITS, ...limits})
  return checks.split('').map((check) => count.observe(check === '+' ? undefined : 'sick'))
}

describe('a count of health checks', () => {
  it.each([
    ['+', {}, ['running']],
    ['--+', {}, ['undecided', 'undecided', 'running']],
    ['---', {}, ['undecided', 'undecided', 'Failed health check! sick']],
    ['+-', {}, ['running', 'undecided']],
    ['+--', {}, ['running', 'undecided', 'Failed health check! sick']],
    [
      '++-+--',
      {initialInterval: 0, maxConsecutiveFailures: 1},
      ['running', ...Array<string>(4).fill('undecided'), 'Failed health check! sick'],
    ],
    ['++', {minConsecutiveSuccesses: 2}, ['undecided', 'running']],
    [
      '-+-',
      {minConsecutiveSuccesses: 2, initialInterval: 20, maxConsecutiveFailures: 0},
      ['undecided', 'undecided', 'Failed health check! sick'],
    ],
    [
      '+-+-',
      {minConsecutiveSuccesses: 2, initialInterval: 0, maxConsecutiveFailures: 2},
      ['undecided', 'undecided', 'undecided', 'Not enough successful health checks in time.'],
    ],
  ])('%s with %j', (checks, limits, expected) => {
    expect(verdicts(limits, checks).map((verdict) => (verdict.kind === 'failed' ? verdict.message : verdict.kind))).toEqual(expected)
  })

  it('is decided in time, whatever comes', () => {
    const limits = fc.record({
      initialInterval: fc.integer({min: 0, max: 60}),
      interval: fc.integer({min: 1, max: 20}),
      maxConsecutiveFailures: fc.nat(4),
      minConsecutiveSuccesses: fc.integer({min: 1, max: 4}),
    })
    const decided = fc.check(
      fc.property(limits, fc.infiniteStream(fc.boolean()), (some, healthy) => {
        const count = new HealthCount(some)
        const most = Math.ceil(some.initialInterval / some.interval) + some.maxConsecutiveFailures + some.minConsecutiveSuccesses
        for (let attempt = 1; attempt <= most; attempt++) {
          if (count.observe(healthy.next().value === true ? undefined : 'sick').kind !== 'undecided') return true
        }
        return false
      }),
    )
    expect(fc.defaultReportMessage(decided)).toBeUndefined()
  })
})

interface Peer {
  port: number
  requests: string[]
  answer: {code: number; body: string}
}

/** What listens on a task's port `health`; it lives here, so that the test sees who asks. */
async function startPeer(answer = {code: 200, body: 'ok\n'}, onPost: () => void = () => {}): Promise<Peer> {
  const peer: Peer = {port: 0, requests: [], answer}
  const server = createServer((request, response) => {
    peer.requests.push(`${request.method} ${request.url}`)
    if (request.method === 'POST') onPost()
    response.writeHead(peer.answer.code).end(peer.answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => void server.close())
  peer.port = (server.address() as AddressInfo).port
  return peer
}

function healthTask(fields: Record<string, unknown>, ports: Record<string, number> = {}, cmdline = 'exec sleep 1000'): AgentTask {
  const executorData = JSON.stringify({task: {processes: [{name: 'p', cmdline}]}, ...fields})
  return makeTask({}, {executorData, ports})
}

const QUICK = {initial_interval_secs: 0, interval_secs: 0.05, timeout_secs: 5}

describe('a task with a port `health`', () => {
  it('runs once it is healthy, and fails when it no longer is', async () => {
    const peer = await startPeer({code: 503, body: 'ok'})
    const site = makeSite()
    const task = site.launch(healthTask({health_check_config: {...QUICK, max_consecutive_failures: 50}}, {health: peer.port}))
    await until(() => peer.requests.length > 2)
    expect(site.statuses.map(({status}) => status)).toEqual(['STARTING'])
    peer.answer = {code: 200, body: 'OK\n'}
    expect(await site.reported(task, 'RUNNING')).toMatchObject({message: 'Task is healthy.'})
    peer.answer = {code: 200, body: 'something else'}
    expect(await site.ended(task)).toMatchObject({
      status: 'FAILED',
      message: 'Failed health check! Response differs from expected response (expected "ok", got "something ")',
    })
    expect(new Set(peer.requests)).toEqual(new Set(['GET /health']))
    expect(site.members(task)).toEqual([])
  })

  it('fails when the code is not the expected one, or nobody answers', async () => {
    const peer = await startPeer({code: 200, body: 'x'})
    const site = makeSite()
    const http = {endpoint: '/h', expected_response: '', expected_response_code: 204}
    const one = site.launch(healthTask({health_check_config: {...QUICK, health_checker: {http}}}, {health: peer.port}))
    expect((await site.ended(one)).message).toBe(
      'Failed health check! Response code differs from expected response (expected 204, got 200)',
    )
    const two = site.launch(healthTask({health_check_config: QUICK}, {health: 1}))
    expect((await site.ended(two)).message).toMatch(/^Failed health check! Failed to signal http:\/\/localhost:1\/health: /)
  })

  it('snoozes', async () => {
    const site = makeSite()
    const cmdline = 'touch .healthchecksnooze; exec sleep 1000'
    const config = {...QUICK, max_consecutive_failures: 1000}
    const task = site.launch(healthTask({health_check_config: config}, {health: 1}, cmdline))
    expect(await site.reported(task, 'RUNNING')).toMatchObject({message: 'Task is healthy.'})
  })

  it('is asked to end over HTTP before it is signalled', async () => {
    const site = makeSite()
    let asked = 0
    const peer = await startPeer({code: 200, body: 'ok'}, () => {
      asked += 1
      if (asked === 2) writeFileSync(join(site.sandbox(task), 'go'), '')
    })
    const lifecycle = {http: {graceful_shutdown_wait_secs: 0, shutdown_wait_secs: 1000}}
    const cmdline = "trap 'echo signalled >>log' TERM; until [ -e go ]; do sleep 0.05; done; echo ended >>log"
    const task = site.launch(healthTask({health_check_config: QUICK, lifecycle}, {health: peer.port}, cmdline))
    await site.reported(task, 'RUNNING')
    site.agent.kill(task.taskId)
    expect(await site.ended(task)).toMatchObject({status: 'KILLED', message: 'Instructed to kill task.'})
    expect(peer.requests.filter((line) => line.startsWith('POST'))).toEqual(['POST /quitquitquit', 'POST /abortabortabort'])
    expect(read(join(site.sandbox(task), 'log'))).toBe('ended\n')
  })
})

describe('a task with a shell check', () => {
  const shell = (command: string, more: object = {}) => ({
    health_check_config: {...QUICK, ...more, health_checker: {shell: {shell_command: command}}},
  })

  it('is checked in its sandbox with its environment', async () => {
    const site = makeSite()
    const task = site.launch(healthTask(shell('[ "$PWD" = "$HOME" ] && echo {{mesos.instance}} {{thermos.task_id}} >checked')))
    await site.reported(task, 'RUNNING')
    expect(read(join(site.sandbox(task), 'checked'))).toBe(`3 ${task.taskId}\n`)
    site.agent.kill(task.taskId)
    await site.ended(task)
  })

  it('fails with what the command says', async () => {
    const site = makeSite()
    const task = site.launch(healthTask(shell('echo sick; exit 3')))
    expect(await site.ended(task)).toMatchObject({
      status: 'FAILED',
      message: "Failed health check! Command 'echo sick; exit 3' returned non-zero exit status 3 with output 'sick\n'",
    })
  })

  it('fails with a command that does not end, and ends it', async () => {
    const site = makeSite()
    const task = site.launch(healthTask(shell('sleep 1000', {timeout_secs: 0.1})))
    expect(await site.ended(task)).toMatchObject({status: 'FAILED', message: 'Failed health check! Health check timed out.'})
    expect(site.members(task)).toEqual([])
  })

  it.each([
    [shell('echo {{who}}'), 'Thermos received an invalid task.'],
    [{health_check_config: {health_checker: {shell: {}}}}, 'Got invalid task: shell_command is required.'],
  ])('%j is refused', async (fields, message) => {
    const site = makeSite()
    expect(await site.ended(site.launch(healthTask(fields)))).toMatchObject({status: 'FAILED', message})
  })
})

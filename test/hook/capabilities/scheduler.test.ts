import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from 'vitest'
import {clusterOf} from '../../../src/cluster/cluster.ts'
import type {Response} from '../../../src/model/gen/types.ts'
import {SCHEDULER_QUERIES} from '../../../src/model/scheduler-queries.ts'
import {connect} from '../../../src/scheduler/connect.ts'
import {isRead} from '../../../src/scheduler/retry.ts'
import {decodeCall, encodeReply} from '../../../src/scheduler/thrift/message.ts'
import {hookBodies} from './ask-hook.ts'

const {ask, uses} = hookBodies()
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A scheduler on the wire, in the place of all clusters; it says what it was asked. */
async function scheduler(answer: Response) {
  const calls: unknown[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call = decodeCall('binary', Buffer.concat(chunks))
      if (call.method === undefined) return response.destroy()
      calls.push([request.headers.host?.split(':')[0], call.method, call.args])
      response.setHeader('content-type', 'application/vnd.apache.thrift.binary').end(encodeReply('binary', call.method, call.seqid, answer))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const world = {
    scheduler: async (cluster: string) => {
      const address = cluster === 'west' ? '127.0.0.1' : 'localhost'
      return connect(clusterOf(cluster, {scheduler_uri: `http://${address}:${port}`}, 'clusters.json'), {
        retry: {connection: [], transient: []},
      }).api
    },
  }
  return {calls, world}
}

const QUOTA: Response = {
  responseCode: 'OK',
  details: [],
  result: {getQuotaResult: {quota: {resources: [{numCpus: 1.5}, {ramMb: 2n ** 40n}]}}},
}

describe('scheduler', () => {
  it("asks the operation's cluster, and gives plain data", async () => {
    const {calls, world} = await scheduler(QUOTA)
    expect(await ask("return tell((await ctx.scheduler.getQuota('www')).quota)", {needs: {scheduler: true}, world})).toEqual({
      resources: [{numCpus: 1.5}, {ramMb: 2 ** 40}],
    })
    await ask("await ctx.scheduler.getTasksWithoutConfigs({role: 'www', statuses: ['RUNNING']})", {needs: {scheduler: true}, world})
    expect(calls).toEqual([
      ['127.0.0.1', 'getQuota', {ownerRole: 'www'}],
      ['127.0.0.1', 'getTasksWithoutConfigs', {query: expect.objectContaining({role: 'www', statuses: ['RUNNING']})}],
    ])
    expect(uses('scheduler').map(({text}) => text)).toEqual(['getQuota of west', 'getTasksWithoutConfigs of west'])
  })

  it('asks other clusters only when the hook names them', async () => {
    const {calls, world} = await scheduler(QUOTA)
    const other = "return tell((await ctx.scheduler.at('east').getQuota('www')).quota.resources[0].numCpus)"
    expect(await ask(other, {needs: {scheduler: true}, world})).toMatch(/'east' is not among the clusters that the hook may query/)
    expect(await ask(other, {needs: {scheduler: ['east']}, world})).toBe(1.5)
    expect(await ask("await ctx.scheduler.getQuota('www')", {needs: {scheduler: ['east']}, world})).toMatch(
      /'west' is not among the clusters/,
    )
    expect(calls).toEqual([['localhost', 'getQuota', {ownerRole: 'www'}]])
  })

  it('has nothing that changes anything', async () => {
    const {calls, world} = await scheduler(QUOTA)
    const names = await ask('return tell(Object.keys(ctx.scheduler))', {needs: {scheduler: true}, world})
    expect(names).toEqual([...Object.keys(SCHEDULER_QUERIES), 'at'])
    for (const name of Object.keys(SCHEDULER_QUERIES)) expect(isRead(name as keyof typeof SCHEDULER_QUERIES)).toBe(true)
    expect(
      await ask("await ctx.scheduler.killTasks({role: 'www', environment: 'prod', name: 'hello'})", {needs: {scheduler: true}, world}),
    ).toMatch(/killTasks is not a function/)
    expect(calls).toEqual([])
  })

  it("says in the scheduler's words what went wrong", async () => {
    const {world} = await scheduler({responseCode: 'INVALID_REQUEST', details: [{message: 'no such role'}]})
    expect(await ask("await ctx.scheduler.getQuota('www')", {needs: {scheduler: true}, world})).toMatch(/getQuota failed:\s+no such role/)
    expect(await ask('await ctx.scheduler.getQuota({})', {needs: {scheduler: true}, world})).toMatch(/guard\.js:4/)
  })
})

import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {METHODS, STRUCTS} from '../../../src/model/gen/tables.ts'
import type {MethodName, Response, ScheduledTask, StructName} from '../../../src/model/gen/types.ts'
import {InternalError, SchedulerError} from '../../../src/model/errors.ts'
import {
  decodeCall,
  decodeReply,
  decodeStruct,
  encodeCall,
  encodeException,
  encodeReply,
  encodeStruct,
} from '../../../src/scheduler/thrift/message.ts'
import {type StructCodec, structCodec} from '../../../src/scheduler/thrift/codec.ts'
import {BinaryProtocol} from '../../../src/scheduler/thrift/binary-protocol.ts'
import {JsonProtocol} from '../../../src/scheduler/thrift/json-protocol.ts'
import {MessageBuffer} from '../../../src/scheduler/thrift/message-buffer.ts'
import {argumentFields} from '../../../src/scheduler/thrift/fields.ts'
import {fieldValue, structOf} from './arbitraries.ts'

const PROTOCOLS = ['binary', 'json'] as const
const ok: Response = {responseCode: 'OK', details: []}

function roundTrip(protocol: 'binary' | 'json', codec: StructCodec, value: unknown): unknown {
  const open = (buffer: MessageBuffer) => (protocol === 'binary' ? new BinaryProtocol(buffer) : new JsonProtocol(buffer))
  const buffer = new MessageBuffer()
  const writer = open(buffer)
  writer.writeMessageBegin('m', 1, 0)
  codec.write(writer, value)
  writer.writeMessageEnd()
  const reader = open(new MessageBuffer(buffer.written))
  reader.readMessageBegin()
  return codec.read(reader)
}

describe.each(PROTOCOLS)('%s', (protocol) => {
  test.each(Object.keys(STRUCTS) as StructName[])('%s comes back as it was', (name) => {
    fc.assert(
      fc.property(structOf(name), (value) => {
        expect(roundTrip(protocol, structCodec(name), value)).toEqual(value)
      }),
      {numRuns: 25},
    )
  })

  test.each(Object.keys(METHODS) as MethodName[])('a call of %s reaches the server', (method) => {
    fc.assert(
      fc.property(fc.tuple(...argumentFields(method).map(fieldValue)), (args) => {
        const named = Object.fromEntries(argumentFields(method).map((field, index) => [field.name, args[index]]))
        expect(decodeCall(protocol, encodeCall(protocol, method, args as never, 7))).toEqual({method, seqid: 7, args: named})
      }),
      {numRuns: 5},
    )
  })

  test('arguments arrive by name, those left out are not there', () => {
    const job = {role: 'www', environment: 'prod', name: 'hello'}
    expect(decodeCall(protocol, encodeCall(protocol, 'killTasks', [job, undefined, 'why']))).toEqual({
      method: 'killTasks',
      seqid: 0,
      args: {job, message: 'why'},
    })
  })

  test('a reply arrives', () => {
    const response: Response = {...ok, serverInfo: {clusterName: 'west', statsUrlPrefix: ''}, details: [{message: 'a "b"\n\u0001'}]}
    expect(decodeReply(protocol, 'getJobs', encodeReply(protocol, 'getJobs', 3, response))).toEqual(response)
  })

  test('the reply to another method is refused', () => {
    const bytes = encodeReply(protocol, 'getJobs', 0, ok)
    expect(() => decodeReply(protocol, 'getQuota', bytes)).toThrow(expect.objectContaining({code: 'scheduler.protocol', sent: 'maybe'}))
  })

  test('an exception of the server is told, and whether the call can have happened', () => {
    const unknown = encodeException(protocol, 'killTasks', 1, 1, 'Unknown function killTasks')
    expect(() => decodeReply(protocol, 'killTasks', unknown)).toThrow(
      expect.objectContaining({
        code: 'scheduler.exception',
        sent: 'no',
        message: expect.stringContaining('Unknown function killTasks') as unknown,
      }),
    )
    expect(() => decodeReply(protocol, 'killTasks', encodeException(protocol, 'killTasks', 1, 6, 'bang'))).toThrow(
      expect.objectContaining({sent: 'maybe'}),
    )
  })

  test('a method that the API does not have keeps its name', () => {
    const bytes = encodeException(protocol, 'drop"Tables', 9, 1, '')
    // An exception with the type of a call: the message type is the fourth byte, or the third element.
    const call = protocol === 'binary' ? withByte(bytes, 3, 1) : Buffer.from(bytes.toString().replace(',3,9,', ',1,9,'))
    expect(decodeCall(protocol, call)).toEqual({method: undefined, name: 'drop"Tables', seqid: 9})
  })

  test('every cut of a message is a typed error', () => {
    const bytes = encodeReply(protocol, 'getTasksStatus', 0, {...ok, result: {scheduleStatusResult: {tasks: [task]}}})
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeReply(protocol, 'getTasksStatus', bytes.subarray(0, length)), `cut at ${length}`).toThrow(SchedulerError)
    }
  })

  test('a changed byte gives a value or a typed error, never anything else', () => {
    const bytes = encodeReply(protocol, 'getTasksStatus', 0, {...ok, result: {scheduleStatusResult: {tasks: [task]}}})
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        expect(strayError(() => decodeReply(protocol, 'getTasksStatus', withByte(bytes, at, byte)))).toBeUndefined()
      }),
      {numRuns: 2_000},
    )
  })

  test('junk is a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 200}), (bytes) => {
        expect(() => decodeCall(protocol, bytes)).toThrow(SchedulerError)
      }),
    )
  })
})

test('JSON of any shape gives a value or a typed error', () => {
  const key = fc.constantFrom('1', '3', '0', 'rec', 'set', 'lst', 'str', 'i32', 'map', '__proto__', 'x')
  const {json} = fc.letrec((tie) => ({
    json: fc.oneof(
      {maxDepth: 6},
      fc.integer(),
      fc.constantFrom('rec', 'i32', 'str', null, true),
      fc.array(tie('json'), {maxLength: 4}),
      fc.dictionary(key, tie('json'), {maxKeys: 4}),
    ),
  }))
  fc.assert(
    fc.property(json, (body) => {
      expect(strayError(() => decodeReply('json', 'getJobs', Buffer.from(JSON.stringify([1, 'getJobs', 2, 0, body]))))).toBeUndefined()
    }),
    {numRuns: 2_000},
  )
})

test('__proto__ in JSON does not make the reader loop', () => {
  const bytes = Buffer.from('[1,"getJobs",2,0,{"__proto__":{"1":{"i32":5}},"0":{"rec":{"1":{"i32":1},"__proto__":{"i32":{"rec":{}}}}}}]')
  expect(strayError(() => decodeReply('json', 'getJobs', bytes))).toBeUndefined()
})

test('JSON keeps every digit of an i64', () => {
  for (const timestamp of [2n ** 63n - 1n, -(2n ** 63n), 9_007_199_254_740_993n, -1n]) {
    const event = {timestamp, status: 'RUNNING' as const}
    expect(roundTrip('json', structCodec('TaskEvent'), event)).toEqual(event)
  }
})

describe('what peers leave out', () => {
  const empty = Buffer.from([0])

  test('a missing number, text or container is its zero', () => {
    expect(decodeStruct('RoleSummary', empty)).toEqual({role: '', jobCount: 0, cronJobCount: 0})
    expect(decodeStruct('Hosts', empty)).toEqual({hostNames: []})
  })

  test('a missing container of a task is the Mesos one', () => {
    const {container, ...rest} = task.assignedTask.task
    expect(container).toEqual({mesos: {}})
    expect(decodeStruct('TaskConfig', encodeStruct('TaskConfig', rest as never)).container).toEqual({mesos: {}})
  })

  test('a missing struct or enum is an error that names it', () => {
    expect(() => decodeStruct('ScheduledTask', empty)).toThrow('ScheduledTask has no assignedTask')
    expect(() => decodeStruct('HostStatus', empty)).toThrow('HostStatus has no mode')
  })

  test('an unknown field is passed over', () => {
    // Field 99, a list of one struct with one string; then field 2 of Identity.
    const bytes = Buffer.from([15, 0, 99, 12, 0, 0, 0, 1, 11, 0, 1, 0, 0, 0, 1, 120, 0, 11, 0, 2, 0, 0, 0, 1, 117, 0])
    expect(decodeStruct('Identity', bytes)).toEqual({user: 'u'})
  })

  test('an unknown field is passed over in JSON', () => {
    const reply =
      '[1,"getJobs",2,0,{"0":{"rec":{"99":{"lst":["map",1,{"a":["str"]}]},"1":{"i32":1},"98":{"rec":{"1":{"lst":["lst",1,["i32",1,5]]}}}}}}]'
    expect(decodeReply('json', 'getJobs', Buffer.from(reply))).toEqual(ok)
  })
})

describe('hostile sizes', () => {
  test('a list larger than the message', () => {
    expect(() => decodeStruct('Hosts', Buffer.from([14, 0, 1, 11, 0x7f, 255, 255, 255]))).toThrow('2147483647 elements declared')
  })
  test('a negative size', () => {
    expect(() => decodeStruct('Hosts', Buffer.from([14, 0, 1, 11, 255, 255, 255, 255]))).toThrow(SchedulerError)
  })
  test('a text larger than the message', () => {
    expect(() => decodeStruct('Identity', Buffer.from([11, 0, 2, 0x7f, 255, 255, 255]))).toThrow(SchedulerError)
  })
  test('an unknown field nested without end', () => {
    expect(() => decodeStruct('Identity', Buffer.alloc(30_000, Buffer.from([12, 0, 99])))).toThrow(SchedulerError)
  })
  test('a JSON list that lies about its size', () => {
    expect(() =>
      decodeReply('json', 'getJobs', Buffer.from('[1,"getJobs",2,0,{"0":{"rec":{"1":{"i32":1},"6":{"lst":["rec",2000000000]}}}}]')),
    ).toThrow(SchedulerError)
  })
  test('JSON nested without end', () => {
    expect(() => decodeReply('json', 'getJobs', Buffer.from('['.repeat(200_000)))).toThrow(SchedulerError)
    expect(() => decodeReply('json', 'getJobs', Buffer.from(`${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`))).toThrow(
      SchedulerError,
    )
  })
})

describe('values of a wrong type are defects, named', () => {
  const cases: [StructName, unknown, string][] = [
    ['JobKey', {role: 5}, 'JobKey.role of the scheduler API must be of type string, not number 5'],
    ['InstanceKey', {instanceId: 1.5}, 'InstanceKey.instanceId'],
    ['InstanceKey', {instanceId: 2 ** 31}, 'InstanceKey.instanceId'],
    ['TaskEvent', {timestamp: 5}, 'TaskEvent.timestamp of the scheduler API must be of type i64'],
    ['TaskEvent', {timestamp: 2n ** 63n}, 'TaskEvent.timestamp'],
    ['TaskEvent', {status: 'RUNING'}, 'TaskEvent.status of the scheduler API must be of type ScheduleStatus, not string RUNING'],
    ['Hosts', {hostNames: 'a'}, 'Hosts.hostNames'],
    ['Resource', {numCpus: Number.NaN}, 'Resource.numCpus'],
    ['Resource', {}, 'A Resource of the scheduler API has 0 fields set'],
    ['Resource', {numCpus: 1, ramMb: 1n}, 'A Resource of the scheduler API has 2 fields set'],
    ['JobKey', null, 'JobKey'],
  ]
  test.each(cases)('%s %o', (name, value, message) => {
    expect(() => encodeStruct(name, value as never)).toThrow(InternalError)
    expect(() => encodeStruct(name, value as never)).toThrow(message)
  })
})

/** What a decoder threw that is not ours. */
function strayError(decode: () => unknown): unknown {
  try {
    decode()
    return undefined
  } catch (error) {
    return error instanceof SchedulerError ? undefined : error
  }
}

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = byte
  return copy
}

const task: ScheduledTask = {
  assignedTask: {
    taskId: 't-0',
    slaveHost: 'host0',
    instanceId: 0,
    assignedPorts: {http: 31_000},
    task: {
      job: {role: 'www', environment: 'prod', name: 'hello'},
      owner: {user: 'www'},
      isService: true,
      priority: 0,
      maxTaskFailures: 1,
      resources: [{numCpus: 1}, {ramMb: 128n}],
      constraints: [{name: 'host', constraint: {limit: {limit: 1}}}],
      container: {mesos: {}},
    },
  },
  status: 'RUNNING',
  failureCount: 0,
  timesPartitioned: 0,
  taskEvents: [{timestamp: 1_000_000_000_000n, status: 'RUNNING', message: 'm'}],
}

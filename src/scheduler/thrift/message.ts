import type {MethodName, Methods, Response, StructName, Structs} from '../../model/gen/types.ts'
import {AuroraError, SchedulerError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import {BinaryProtocol} from './binary-protocol.ts'
import {type Protocol, StructCodec, structCodec} from './codec.ts'
import {argumentFields, isMethod} from './fields.ts'
import {JsonProtocol} from './json-protocol.ts'
import {MessageBuffer} from './message-buffer.ts'

export type ProtocolName = 'binary' | 'json'

/** A call as a server sees it; one of a method that the API does not have keeps its name, for the answer. */
export type Call = {[Name in MethodName]: {method: Name; seqid: number; args: Methods[Name]['argsObject']}}[MethodName] | UnknownCall
export interface UnknownCall {
  method: undefined
  name: string
  seqid: number
}

/** Thrift's TApplicationException types that a server of this API needs. */
export const APPLICATION_EXCEPTION = {unknownMethod: 1, internalError: 6, protocolError: 7} as const

const MESSAGE = {CALL: 1, REPLY: 2, EXCEPTION: 3} as const
const exceptionCodec = new StructCodec('TApplicationException', [
  {id: 1, name: 'message', type: 'string', optional: false},
  {id: 2, name: 'type', type: 'i32', optional: false},
])
const replyCodec = new StructCodec('result', [{id: 0, name: 'success', type: 'Response', optional: true}])
const argumentCodecs = new Map<MethodName, StructCodec>()

function argumentCodec(method: MethodName): StructCodec {
  let codec = argumentCodecs.get(method)
  if (!codec) argumentCodecs.set(method, (codec = new StructCodec(method, argumentFields(method))))
  return codec
}

/** Client: the bytes of a call. @throws InternalError when an argument is not of its type. */
export function encodeCall<Name extends MethodName>(protocol: ProtocolName, method: Name, args: Methods[Name]['args'], seqid = 0): Buffer {
  const named = Object.fromEntries(argumentFields(method).map((field, index) => [field.name, args[index]]))
  return encodeMessage(protocol, method, MESSAGE.CALL, seqid, argumentCodec(method), named)
}

/** Client: what a server answered to a call. @throws SchedulerError when it is no such answer, or an exception. */
export function decodeReply(protocol: ProtocolName, method: MethodName, bytes: Uint8Array): Response {
  return decoding(() => {
    const reader = open(protocol, new MessageBuffer(bytes))
    const {fname, mtype} = reader.readMessageBegin()
    if (mtype === MESSAGE.EXCEPTION) {
      const {message, type} = exceptionCodec.read(reader)
      throw new SchedulerError(`The scheduler could not serve ${method}: ${String(message) || `exception ${String(type)}`}`, {
        code: 'scheduler.exception',
        exitCode: ExitCode.internal,
        sent: type === APPLICATION_EXCEPTION.unknownMethod ? 'no' : 'maybe',
      })
    }
    if (mtype !== MESSAGE.REPLY || fname !== method)
      throw new TypeError(`message type ${mtype} named '${fname}' instead of the reply to ${method}`)
    const {success} = replyCodec.read(reader)
    if (success === undefined) throw new TypeError(`the reply to ${method} has no result`)
    return success as Response
  })
}

/** Server: a call. @throws SchedulerError when the bytes are none. */
export function decodeCall(protocol: ProtocolName, bytes: Uint8Array): Call {
  return decoding(() => {
    const reader = open(protocol, new MessageBuffer(bytes))
    const {fname, mtype, rseqid} = reader.readMessageBegin()
    if (mtype !== MESSAGE.CALL) throw new TypeError(`message type ${mtype} instead of a call`)
    if (!isMethod(fname)) return {method: undefined, name: fname, seqid: rseqid}
    return {method: fname, seqid: rseqid, args: argumentCodec(fname).read(reader)} as unknown as Call
  })
}

/** Server: the answer to a call. */
export function encodeReply(protocol: ProtocolName, method: MethodName, seqid: number, response: Response): Buffer {
  return encodeMessage(protocol, method, MESSAGE.REPLY, seqid, replyCodec, {success: response})
}

/** Server: an answer that the API has no Response for. Aurora's own errors are Responses, not exceptions. */
export function encodeException(protocol: ProtocolName, method: string, seqid: number, type: number, message: string): Buffer {
  return encodeMessage(protocol, method, MESSAGE.EXCEPTION, seqid, exceptionCodec, {message, type})
}

/** A struct alone, in the binary protocol: for storage. */
export function encodeStruct<Name extends StructName>(name: Name, value: Structs[Name]): Buffer {
  const buffer = new MessageBuffer()
  structCodec(name).write(new BinaryProtocol(buffer), value)
  return buffer.written
}

/** @throws SchedulerError when the bytes are no such struct. */
export function decodeStruct<Name extends StructName>(name: Name, bytes: Uint8Array): Structs[Name] {
  return decoding(() => structCodec(name).read(new BinaryProtocol(new MessageBuffer(bytes))) as unknown as Structs[Name])
}

function open(protocol: ProtocolName, buffer: MessageBuffer): Protocol {
  return protocol === 'binary' ? new BinaryProtocol(buffer) : new JsonProtocol(buffer)
}

function encodeMessage(protocol: ProtocolName, name: string, type: number, seqid: number, codec: StructCodec, value: unknown): Buffer {
  const buffer = new MessageBuffer()
  const writer = open(protocol, buffer)
  writer.writeMessageBegin(name, type, seqid)
  codec.write(writer, value)
  writer.writeMessageEnd()
  return buffer.written
}

/** Whatever the library throws at broken bytes, as one typed error. */
function decoding<Value>(decode: () => Value): Value {
  try {
    return decode()
  } catch (error) {
    if (error instanceof AuroraError) throw error
    throw new SchedulerError(`This is no message of the scheduler API: ${error instanceof Error ? error.message : String(error)}`, {
      code: 'scheduler.protocol',
      exitCode: ExitCode.internal,
      // An answer that cannot be read says nothing about what happened.
      sent: 'maybe',
      cause: error,
    })
  }
}

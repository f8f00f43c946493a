/** What we use of the npm package `thrift`, which has no types. Its files are imported one by one: the package costs 100 ms. */
declare module 'thrift/lib/nodejs/lib/thrift/binary_protocol.js' {
  export default class TBinaryProtocol {
    constructor(transport: unknown, strictRead?: boolean, strictWrite?: boolean)
    writeMessageBegin(name: string, type: number, seqid: number): void
    writeMessageEnd(): void
    writeStructBegin(name: string): void
    writeStructEnd(): void
    writeFieldBegin(name: string, type: number, id: number): void
    writeFieldEnd(): void
    writeFieldStop(): void
    writeMapBegin(keyType: number, valueType: number, size: number): void
    writeMapEnd(): void
    writeListBegin(type: number, size: number): void
    writeListEnd(): void
    writeSetBegin(type: number, size: number): void
    writeSetEnd(): void
    writeByte(value: number): void
    writeI16(value: number): void
    writeI32(value: number): void
    writeI64(value: bigint): void
    writeBool(value: boolean): void
    writeDouble(value: number): void
    writeString(value: string): void
    readMessageBegin(): {fname: string; mtype: number; rseqid: number}
    readMessageEnd(): void
    readStructBegin(): unknown
    readStructEnd(): void
    readFieldBegin(): {ftype: number; fid: number}
    readFieldEnd(): void
    readMapBegin(): {ktype: number; vtype: number; size: number}
    readMapEnd(): void
    readListBegin(): {etype: number; size: number}
    readListEnd(): void
    readSetBegin(): {etype: number; size: number}
    readSetEnd(): void
    readByte(): number
    readBool(): boolean
    readI32(): number
    readI64(): bigint
    readDouble(): number
    readString(): string
    readBinary(): Uint8Array
    readUuid(): unknown
    skip(type: number): void
  }
}

declare module 'thrift/lib/nodejs/lib/thrift/json_protocol.js' {
  import type TBinaryProtocol from 'thrift/lib/nodejs/lib/thrift/binary_protocol.js'

  export default class TJSONProtocol extends TBinaryProtocol {
    constructor(transport: unknown)
    tstack: unknown[]
    rstack: unknown[]
    rpos: number[]
    readValue(): unknown
  }
}

/** The part of the WebAssembly API that the Python runtime uses; Node's types do not declare it and `lib.dom` would bring the whole browser. */
declare namespace WebAssembly {
  type ExportValue = Function | Global | Memory | Table
  type ImportValue = Function | Global
  interface ImportDescriptor {
    readonly module: string
    readonly name: string
    readonly kind: 'function' | 'global' | 'memory' | 'table' | 'tag'
  }
  class Module {
    constructor(bytes: Uint8Array)
    static imports(module: Module): ImportDescriptor[]
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, ImportValue>>)
    readonly exports: Record<string, ExportValue>
  }
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Table {
    get(index: number): unknown
  }
  class Global {
    constructor(descriptor: {value: 'i32'; mutable: boolean}, value: number)
    value: number
  }
}

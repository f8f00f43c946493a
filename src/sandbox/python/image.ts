import {createHash, randomBytes} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {BOOTSTRAP, INTERNAL_FILE} from './bootstrap.ts'
import {ImageFile, readManifest} from './image-manifest.ts'
import type {ImageManifest} from './image-manifest.ts'
import {MAX_MEMORY_BYTES, MAX_REQUEST_BYTES, STDLIB_PATH} from './interpreter.ts'
import {EXPORTS, Machine} from './machine.ts'
import {NOTICE} from './notice.ts'
import {takeSnapshot} from './snapshot.ts'
import {rewriteWasm} from './wasm-rewrite.ts'

/** Raised with every change of what an image holds or how it is made. */
const FORMAT = 2
const MONTH = 30 * 24 * 3_600_000

/** A Python module of ours, executed when the image is made. */
export interface Prelude {
  name: string
  source: string
}

export interface ImageSources {
  /** The folder of the `pyodide` package. */
  pyodideDir: string
  preludes: readonly Prelude[]
}

/** What an image depends on; another key means another image. */
export function imageKey({pyodideDir, preludes}: ImageSources): string {
  const {version} = JSON.parse(readFileSync(join(pyodideDir, 'package.json'), 'utf8')) as {version: string}
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, version, BOOTSTRAP, preludes.map(({name, source}) => [name, source])]))
    .digest('hex')
    .slice(0, 16)
}

/** Makes the image in `outDir`, all of it or nothing; takes about 1.5 s. Whoever comes second finds the work done. */
export function buildPythonImage({outDir, ...sources}: ImageSources & {outDir: string}): void {
  const key = imageKey(sources)
  const temporary = join(dirname(outDir), `.${basename(outDir)}.${randomBytes(6).toString('hex')}`)
  mkdirSync(temporary, {recursive: true, mode: 0o755})
  try {
    fill(temporary, sources, key)
    put(temporary, outDir, key)
  } finally {
    rmSync(temporary, {recursive: true, force: true})
  }
}

/** The folder of a usable image: the shipped one where it fits these sources, else one in the cache, made there on first use. */
export function ensurePythonImage({shipped, cacheDir, ...sources}: ImageSources & {shipped?: string; cacheDir: string}): string {
  const key = imageKey(sources)
  if (shipped !== undefined && isWhole(shipped, key)) return shipped
  const cached = join(cacheDir, `python-${key}`)
  if (isWhole(cached, key)) return cached
  buildPythonImage({...sources, outDir: cached})
  removeOldImages(cacheDir)
  return cached
}

/** Images of versions long gone, and what builds that were killed left behind. */
function removeOldImages(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    if (!/^\.?python-[0-9a-f]+/.test(name)) continue
    const path = join(cacheDir, name)
    const age = Date.now() - (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? Infinity)
    if (age > MONTH) rmSync(path, {recursive: true, force: true})
  }
}

function isWhole(folder: string, key: string): boolean {
  try {
    return readManifest(folder).key === key
  } catch {
    return false
  }
}

function fill(folder: string, sources: ImageSources, key: string): void {
  const original = readFileSync(join(sources.pyodideDir, 'pyodide.asm.wasm'))
  const stdlib = readFileSync(join(sources.pyodideDir, 'python_stdlib.zip'))
  const rewrite = {exports: EXPORTS, maxPages: MAX_MEMORY_BYTES / 65_536}
  const machine = coldStart(rewriteWasm(original, {...rewrite, withoutData: false}), stdlib, sources.preludes)
  const {header, contents} = takeSnapshot(machine)
  const wasm = rewriteWasm(original, {...rewrite, withoutData: true})
  const manifest: ImageManifest = {key, sizes: {wasm: wasm.length, memory: contents.length, stdlib: stdlib.length}, snapshot: header}
  const write = (name: keyof typeof ImageFile, content: string | Uint8Array): void =>
    writeFileSync(join(folder, ImageFile[name]), content, {mode: 0o644, flush: true})
  write('wasm', wasm)
  write('memory', contents)
  write('stdlib', stdlib)
  write('notice', NOTICE)
  write('manifest', JSON.stringify(manifest))
}

function coldStart(wasm: Uint8Array, stdlib: Uint8Array, preludes: readonly Prelude[]): Machine {
  let printed = ''
  const machine = new Machine(new WebAssembly.Module(wasm), {
    files: new Map([[STDLIB_PATH, () => stdlib]]),
    // A fixed hash seed makes the image, and the order of sets, the same everywhere.
    environment: {HOME: '/home/aurora', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHON_COLORS: '0'},
    maxBytes: MAX_MEMORY_BYTES,
    maxRequestBytes: MAX_REQUEST_BYTES,
    host: () => new Uint8Array(),
    output: (_stream, bytes) => void (printed += Buffer.from(bytes).toString()),
  })
  const must = (source: string): void => {
    if (!machine.execute(source)) throw new Error(`the Python image cannot be made: ${printed.trim()}`)
  }
  machine.call('__wasm_call_ctors')
  start(machine)
  must(loading('aurora_host', BOOTSTRAP))
  for (const {name, source} of preludes) must(loading(name, source))
  // Ways out of plain Python that nobody needs: foreign functions and Pyodide's JavaScript modules.
  must(`import sys, gc\nfor name in ('_ctypes', 'js', '_pyodide_core'): sys.modules[name] = None\ngc.collect(); gc.freeze()`)
  clearFreeMemory(machine)
  machine.enableInterrupts()
  return machine
}

/** `main` initializes the interpreter and returns, with `python` as its only argument. */
function start(machine: Machine): void {
  const status = machine.withText('python', (name) => {
    const list = machine.call('malloc', 8) >>> 0
    machine.guest.memory.view.setUint32(list, name, true)
    machine.guest.memory.view.setUint32(list + 4, 0, true)
    return machine.call('__main_argc_argv', 1, list)
  })
  if (status !== 0) throw new Error(`the Python interpreter did not start: ${status}`)
}

/** Free memory still holds old bytes; overwritten with zeros, it need not be stored. All of it is claimed for that, while memory must not grow. */
function clearFreeMemory(machine: Machine): void {
  const {memory} = machine.guest
  memory.frozen = true
  const claimed: number[] = []
  for (let size = 4 << 20; size >= 4096; size /= 2) {
    for (let pointer = 0; (pointer = machine.call('malloc', size) >>> 0) !== 0; claimed.push(pointer))
      memory.bytes.fill(0, pointer, pointer + size)
  }
  for (const pointer of claimed) machine.call('free', pointer)
  memory.frozen = false
}

function loading(name: string, source: string): string {
  const file = JSON.stringify(`${INTERNAL_FILE}${name}>`)
  return `import sys, types
module = sys.modules[${JSON.stringify(name)}] = types.ModuleType(${JSON.stringify(name)})
exec(compile(${JSON.stringify(source)}, ${file}, 'exec'), module.__dict__)
del module`
}

/** Puts a finished folder in its place, unless another process was faster. */
function put(temporary: string, outDir: string, key: string): void {
  for (let attempt = 0; attempt < 5 && !isWhole(outDir, key); attempt++) {
    if (existsSync(outDir)) {
      const old = `${temporary}.old`
      try {
        renameSync(outDir, old)
      } catch {
        continue
      }
      rmSync(old, {recursive: true, force: true})
    }
    try {
      renameSync(temporary, outDir)
      return
    } catch (error) {
      if (attempt === 4) throw error
    }
  }
}

import {afterEach, beforeAll, describe, expect, it} from 'vitest'
import {Interpreter} from '../../src/sandbox/python/interpreter.ts'
import {EXPORTS} from '../../src/sandbox/python/machine.ts'
import {rewriteWasm} from '../../src/sandbox/python/wasm-rewrite.ts'
import {testImage} from './python-image.ts'

/** The value of a Python expression, after some statements. */
function evaluate(expression: string, statements = ''): unknown {
  let value: unknown
  const python = new Interpreter({image: testImage(), host: {give: (given) => void (value = given)}})
  python.run(`import os, time, aurora_host\n${statements}\naurora_host.call('give', ${expression})`, 'system.aurora')
  return value
}

describe('the files that Python sees', () => {
  it('are those of its library', () => {
    expect(evaluate('[list(each) for each in os.walk("/lib")]')).toEqual([['/lib', [], ['python314.zip']]])
    expect(evaluate('sorted(os.listdir("/"))')).toEqual(['dev', 'home', 'lib', 'tmp'])
    expect(
      evaluate('[os.path.isdir("/tmp"), os.path.isfile("/lib/python314.zip"), os.path.exists("/lib/x"), os.access("/lib", os.W_OK)]'),
    ).toEqual([true, true, false, false])
  })

  it('can be read, sought and duplicated like any others', () => {
    const reading = `
os.chdir('/lib')
with open('../lib/./python314.zip', 'rb') as file:
    start = file.read(2)
    size = file.seek(0, 2)
    file.seek(-22, 2); end = file.read()
    copy = os.dup(file.fileno()); os.lseek(copy, 0, 0); again = os.read(copy, 2)
    ahead = os.pread(copy, 2, 0)`
    expect(
      evaluate('[start.hex(), end[:2].hex(), size == os.stat("python314.zip").st_size, again == start == ahead, os.getcwd()]', reading),
    ).toEqual(['504b', '504b', true, true, '/lib'])
  })

  it.each([
    ['os.listdir("/lib/python314.zip")', 'NotADirectoryError'],
    ['os.chdir("/nowhere")', 'FileNotFoundError'],
    ['os.read(99, 1)', 'OSError'],
    ['os.lseek(os.open("/lib/python314.zip", 0), -1, 0)', 'OSError'],
    ['os.mkdir("/tmp/x")', 'OSError'],
    ['os.open("/lib", os.O_WRONLY)', 'OSError'],
  ])('refuse %s', (expression, type) => {
    expect(() => evaluate(expression)).toThrow(new RegExp(`^${type}`))
  })
})

describe('the clock that Python sees', () => {
  const before = process.env['TZ']
  afterEach(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it.each([
    ['Europe/Berlin', [-3600, -7200, 1, 'UTC+0100', 'UTC+0200'], '2001-07-01 02:00:00 +0200', '2001-01-01 01:00:00 +0100'],
    ['America/New_York', [18000, 14400, 1, 'UTC-0500', 'UTC-0400'], '2001-06-30 20:00:00 -0400', '2000-12-31 19:00:00 -0500'],
    ['Asia/Kolkata', [-19800, -19800, 0, 'UTC+0530', 'UTC+0530'], '2001-07-01 05:30:00 +0530', '2001-01-01 05:30:00 +0530'],
  ])('is in the zone %s', (zone, settings, july, january) => {
    process.env['TZ'] = zone
    const shown = (seconds: number): string => `time.strftime('%Y-%m-%d %H:%M:%S %z', time.localtime(${seconds}))`
    expect(evaluate(`[time.timezone, time.altzone, time.daylight, *time.tzname]`)).toEqual(settings)
    expect(evaluate(shown(993_945_600))).toBe(july)
    expect(evaluate(shown(978_307_200))).toBe(january)
    expect(evaluate('[time.mktime(time.localtime(s)) for s in (0, 978307200, 993945600)]')).toEqual([0, 978307200, 993945600])
  })

  it('tells the time, and the days of the year', () => {
    const start = Date.now() / 1000
    const now = evaluate('time.time()') as number
    expect(now).toBeGreaterThanOrEqual(start - 1)
    expect(now).toBeLessThanOrEqual(Date.now() / 1000 + 1)
    expect(evaluate('list(time.gmtime(951782400))')).toEqual([2000, 2, 29, 0, 0, 0, 1, 60, 0])
    expect(evaluate('time.monotonic() <= time.monotonic()')).toBe(true)
  })
})

describe('rewriting WebAssembly', () => {
  // (module (memory 1) (func (export "keep") (result i32) i32.const 7) (func (export "drop")) (data (i32.const 0) "x"))
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const types = [1, 8, 2, 0x60, 0, 1, 0x7f, 0x60, 0, 0]
  const functions = [3, 3, 2, 0, 1]
  const memory = [5, 3, 1, 0, 1]
  const exports = [7, 24, 3, 4, ...Buffer.from('keep'), 0, 0, 4, ...Buffer.from('drop'), 0, 1, 6, ...Buffer.from('memory'), 2, 0]
  const code = [10, 9, 2, 4, 0, 0x41, 7, 0x0b, 2, 0, 0x0b]
  const data = [11, 7, 1, 0, 0x41, 0, 0x0b, 1, 0x78]
  let source: Uint8Array

  beforeAll(() => {
    source = Uint8Array.from([...header, ...types, ...functions, ...memory, ...exports, ...code, ...data])
  })

  it('keeps what is named, caps memory and leaves data out', () => {
    const rewritten = rewriteWasm(source, {exports: new Set(['keep', 'memory']), maxPages: 2, withoutData: true})
    const {keep, drop, memory: guest} = new WebAssembly.Instance(new WebAssembly.Module(rewritten), {}).exports
    expect((keep as () => number)()).toBe(7)
    expect(drop).toBeUndefined()
    expect(new Uint8Array((guest as WebAssembly.Memory).buffer)[0]).toBe(0)
    ;(guest as WebAssembly.Memory).grow(1)
    expect(() => (guest as WebAssembly.Memory).grow(1)).toThrow()
  })

  it('keeps data on request, and refuses a truncated module', () => {
    const rewritten = rewriteWasm(source, {exports: EXPORTS, maxPages: 2, withoutData: false})
    const {memory: guest} = new WebAssembly.Instance(new WebAssembly.Module(rewritten), {}).exports
    expect(new Uint8Array((guest as WebAssembly.Memory).buffer)[0]).toBe(0x78)
    expect(() => rewriteWasm(source.subarray(0, 30), {exports: EXPORTS, maxPages: 2, withoutData: false})).toThrow()
  })
})

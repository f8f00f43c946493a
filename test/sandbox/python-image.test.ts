import {execFile} from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {buildPythonImage, ensurePythonImage, imageKey} from '../../src/sandbox/python/image.ts'
import {Interpreter} from '../../src/sandbox/python/interpreter.ts'
import {pyodideDir} from './python-image.ts'

const run = promisify(execFile)
const preludes = [{name: 'numbers_of_ours', source: 'answer = lambda: 42\n'}]
const sources = {pyodideDir, preludes}

function answer(image: string): unknown {
  return new Interpreter({image}).call('numbers_of_ours', 'answer')
}

describe('the Python image', () => {
  let root: string
  let image: string

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'aurora-image-'))
    image = join(root, 'shipped')
    buildPythonImage({...sources, outDir: image})
  })

  afterAll(() => rmSync(root, {recursive: true}))

  it('has its preludes loaded, a notice, and leaves nothing else behind', () => {
    expect(answer(image)).toBe(42)
    expect(readdirSync(image).sort()).toEqual(['NOTICE', 'manifest.json', 'python.memory', 'python.wasm', 'python_stdlib.zip'])
    expect(readFileSync(join(image, 'NOTICE'), 'utf8')).toContain('Mozilla Public License')
    expect(readdirSync(root)).toEqual(['shipped'])
  })

  it('is used where it is shipped, and not copied', () => {
    const cacheDir = join(root, 'unused')
    expect(ensurePythonImage({...sources, shipped: image, cacheDir})).toBe(image)
    expect(existsSync(cacheDir)).toBe(false)
  })

  it('has another key for other preludes', () => {
    const other = {pyodideDir, preludes: [{name: 'numbers_of_ours', source: 'answer = lambda: 43\n'}]}
    expect(imageKey(other)).not.toBe(imageKey(sources))
  })

  it.each([
    ['a truncated memory', (folder: string) => truncateSync(join(folder, 'python.memory'), 1_000_000)],
    ['a missing module', (folder: string) => rmSync(join(folder, 'python.wasm'))],
    ['a damaged manifest', (folder: string) => writeFileSync(join(folder, 'manifest.json'), '{"key"')],
    ['a manifest of something else', (folder: string) => writeFileSync(join(folder, 'manifest.json'), 'null')],
    ['nothing at all', (folder: string) => rmSync(folder, {recursive: true})],
  ])('is not used with %s', (_what, damage) => {
    const cacheDir = join(root, 'cache')
    const cached = join(cacheDir, `python-${imageKey(sources)}`)
    const damaged = join(root, 'damaged')
    for (const copy of [cached, damaged]) cpSync(image, copy, {recursive: true})
    damage(damaged)
    expect(() => answer(damaged)).toThrow()
    expect(ensurePythonImage({...sources, shipped: damaged, cacheDir})).toBe(cached)
    rmSync(damaged, {recursive: true, force: true})
  })

  it('is made anew over a damaged one, and those long gone are removed', () => {
    const cacheDir = join(root, 'cache')
    const cached = join(cacheDir, `python-${imageKey(sources)}`)
    cpSync(image, cached, {recursive: true})
    truncateSync(join(cached, 'python.memory'), 1_000_000)
    const old = join(cacheDir, 'python-0123456789abcdef')
    mkdirSync(old)
    utimesSync(old, 1, 1)
    expect(ensurePythonImage({...sources, cacheDir})).toBe(cached)
    expect(answer(cached)).toBe(42)
    expect(readdirSync(cacheDir)).toEqual([basename(cached)])
  })

  it('is made by several processes at once', async () => {
    const cacheDir = join(root, 'shared')
    mkdirSync(cacheDir)
    const module = fileURLToPath(new URL('../../src/sandbox/python/image.ts', import.meta.url))
    const program = `import {ensurePythonImage} from ${JSON.stringify(module)}
      console.log(ensurePythonImage(${JSON.stringify({...sources, cacheDir})}))`
    const all = await Promise.all([1, 2].map(async () => run(process.execPath, ['--input-type=module', '-e', program])))
    const [cached] = readdirSync(cacheDir)
    expect(all.map(({stdout}) => stdout.trim())).toEqual(Array.from({length: 2}, () => join(cacheDir, cached ?? '')))
    expect(readdirSync(cacheDir)).toHaveLength(1)
    expect(answer(join(cacheDir, cached ?? ''))).toBe(42)
  })

  it('says why it cannot be made, and leaves nothing behind', () => {
    const outDir = join(root, 'failed')
    const broken = [{name: 'broken', source: 'import no_such_module\n'}]
    expect(() => buildPythonImage({pyodideDir, preludes: broken, outDir})).toThrow("No module named 'no_such_module'")
    expect(() => buildPythonImage({pyodideDir: root, preludes, outDir})).toThrow('package.json')
    expect(readdirSync(root).filter((name) => name.includes('failed'))).toEqual([])
  })
})

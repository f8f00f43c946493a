import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {scriptReader} from '../../src/hook/script-reader.ts'

let home: string
let root: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'aurora-script-'))
  root = join(home, 'plugin')
  await mkdir(join(root, 'hooks/lib'), {recursive: true})
  await mkdir(join(home, 'plugin-other'))
  await writeFile(join(root, 'hooks/main.js'), 'main')
  await writeFile(join(root, 'hooks/lib/a.ts'), 'export const a: number = 1')
  await writeFile(join(root, 'hooks/lib/enum.ts'), 'enum A {b}')
  await writeFile(join(root, 'hooks/big.js'), ' '.repeat(600 * 1024))
  await writeFile(join(root, 'secret.json'), '{}')
  await writeFile(join(home, 'outside.js'), 'outside')
  await writeFile(join(home, 'plugin-other/x.js'), 'other')
  await symlink(join(home, 'outside.js'), join(root, 'hooks/link.js'))
  await symlink(join(root, 'hooks/main.js'), join(root, 'hooks/inner.js'))
  await symlink(join(root, 'secret.json'), join(root, 'hooks/secret.js'))
})
afterAll(() => rm(home, {recursive: true}))

const read = (specifier: string, referrer?: string) => scriptReader(root, 'hooks/main.js')(specifier, referrer)

describe('the reader of scripts', () => {
  it('reads the script, what it imports by relative path', async () => {
    expect(await read('hooks/main.js')).toEqual({name: 'hooks/main.js', code: 'main'})
    expect(await read('./lib/a.ts', 'hooks/main.js')).toEqual({name: 'hooks/lib/a.ts', code: 'export const a         = 1'})
    expect(await read('../main.js', 'hooks/lib/a.ts')).toEqual({name: 'hooks/main.js', code: 'main'})
  })

  it('gives a link inside the plugin the name of its target', async () => {
    expect((await read('./inner.js', 'hooks/main.js')).name).toBe('hooks/main.js')
  })

  it.each([
    ['../../outside.js', /outside the plugin's folder/],
    ['../../plugin-other/x.js', /outside the plugin's folder/],
    ['./link.js', /outside the plugin's folder/],
    ['./secret.js', /no JavaScript or TypeScript file/],
    ['../secret.json', /no JavaScript or TypeScript file/],
    ['./lib', /no JavaScript or TypeScript file/],
    ['./absent.js', /there is no file \.\/absent\.js, imported by hooks\/main\.js/],
    ['./big.js', /too large/],
    ['./lib/enum.ts', /hooks\/lib\/enum\.ts:1: .*enum/],
    ['/etc/passwd', /imports '\/etc\/passwd'; a hook can import/],
    ['node:fs', /imports 'node:fs'; a hook can import '@auroractl\/cli\/hook' and files of its own plugin/],
    ['lodash', /imports 'lodash'/],
    ['@auroractl/cli', /imports '@auroractl\/cli'/],
    ['file:///etc/passwd', /imports 'file:/],
  ])('refuses %s', async (specifier, problem) => {
    await expect(read(specifier, 'hooks/main.js')).rejects.toThrow(problem)
  })

  it('refuses a script outside the plugin', async () => {
    await expect(scriptReader(root, '../outside.js')('../outside.js', undefined)).rejects.toThrow(/outside the plugin's folder/)
  })

  it('has a limit on all that one hook reads', async () => {
    const reader = scriptReader(root, 'hooks/main.js')
    await writeFile(join(root, 'hooks/half.js'), ' '.repeat(500 * 1024))
    for (let index = 0; index < 8; index++) await reader('./half.js', 'hooks/main.js')
    await expect(reader('./half.js', 'hooks/main.js')).rejects.toThrow(/too large/)
  })
})

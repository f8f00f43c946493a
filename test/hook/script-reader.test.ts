import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {scriptReader} from '../../src/hook/script-reader.ts'

const IMPORTED = ['./lib/a.ts', './inner.js', '../../outside.js', './absent.js']
let home: string
let root: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'aurora-script-'))
  root = join(home, 'plugin')
  await mkdir(join(root, 'hooks/lib'), {recursive: true})
  await mkdir(join(home, 'plugin-other'))
  await writeFile(join(root, 'hooks/main.js'), `${IMPORTED.map((path) => `import '${path}'`).join('\n')}\nimport /* */ './hidden.js'`)
  await writeFile(join(root, 'hooks/hidden.js'), 'hidden')
  await writeFile(join(root, 'hooks/lib/a.ts'), "import '../main.js'\nexport const a: number = 1")
  await writeFile(join(root, 'hooks/lib/wrong.ts'), '\nlet a: = 1')
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
    const main = {name: 'hooks/main.js', code: expect.stringMatching(/^import '/)}
    const a = {name: 'hooks/lib/a.ts', code: "import '../main.js'\nexport const a         = 1"}
    expect(await read('hooks/main.js')).toEqual(main)
    expect(await read('./lib/a.ts', 'hooks/main.js')).toEqual(a)
    expect(await read('../main.js', 'hooks/lib/a.ts')).toEqual(main)
  })

  it('takes a TypeScript file for the JavaScript that it would become', async () => {
    expect(await read('./lib/a.js', 'hooks/main.js')).toMatchObject({name: 'hooks/lib/a.ts'})
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
    ['./hidden.js', /in a way that cannot be followed/],
    ['/etc/passwd', /imports '\/etc\/passwd'; a hook can import/],
    ['node:fs', /imports 'node:fs'; a hook can import '@auroractl\/cli\/hook', files of its own plugin/],
    ['lodash', /imports 'lodash'/],
    ['@auroractl/cli', /imports '@auroractl\/cli'/],
    ['file:///etc/passwd', /imports 'file:/],
  ])('refuses %s', async (specifier, problem) => {
    await expect(read(specifier, 'hooks/main.js')).rejects.toThrow(problem)
  })

  it('refuses a script outside the plugin', async () => {
    await expect(scriptReader(root, '../outside.js')('../outside.js', undefined)).rejects.toThrow(/outside the plugin's folder/)
  })

  it.each([
    ["import './big.js'", /hooks\/big\.js is too large/],
    [[0, 1, 2, 3, 4, 5, 6, 7, 8].map((each) => `import './half${each}.js'`).join('\n'), /half8\.js is too large/],
    ["import './lib/wrong.ts'", /hooks\/lib\/wrong\.ts:2: /],
  ])('refuses one that imports what is too large or wrong: %s', async (text, problem) => {
    for (let each = 0; each < 9; each++) await writeFile(join(root, `hooks/half${each}.js`), ' '.repeat(500 * 1024))
    await writeFile(join(root, 'hooks/entry.js'), text)
    await expect(scriptReader(root, 'hooks/entry.js')('hooks/entry.js', undefined)).rejects.toThrow(problem)
  })
})

import {execFileSync} from 'node:child_process'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {powered} from './powered.ts'

const on = powered()

describe('read', () => {
  let folder: string
  beforeEach(async () => {
    folder = join(on.stage.home.dataDir, 'project')
    await mkdir(join(folder, 'deploy'), {recursive: true})
    await writeFile(join(folder, 'deploy/a.yaml'), 'granted')
    await writeFile(join(folder, 'private.yaml'), 'a-secret-that-nobody-may-read')
    await symlink(on.stage.secretFile, join(folder, 'deploy/link.yaml'))
    await symlink(join(on.stage.secretFile, '..'), join(folder, 'deploy/folder'))
    execFileSync('mkfifo', [join(folder, 'deploy/pipe.yaml')])
    await writeFile(join(folder, 'deploy/big.yaml'), 'x'.repeat(2 << 20))
  })
  const reading = (path: string) => `return tell(await ctx.read(${path}))`

  it.each([
    ['..', `'deploy/../private.yaml'`],
    ['.. above everything', `'deploy/../../secrets/secret.js'`],
    ['an absolute path', `'/etc/passwd'`],
    ['the home', `'~/.ssh/id_rsa'`],
    ['a link', `'deploy/link.yaml'`],
    ['a folder that is a link', `'deploy/folder/secret.js'`],
    ['the environment of the client', `'/proc/self/environ'`],
    ['a descriptor of the client', `'/proc/self/fd/0'`],
    ['the folder of the client', `'/proc/self/cwd/private.yaml'`],
    ['a file beside', `'private.yaml'`],
    ['a name with a pattern', `'deploy/../*.yaml'`],
    ['a URL', `'file:///etc/passwd'`],
    ['letters that are encoded', `'deploy%2F..%2Fprivate.yaml'`],
    ['a path of a megabyte', `'a/'.repeat(4e5)`],
    ['a path with a null byte', `'deploy/a.yaml\\0/../../private.yaml'`],
    ['what is no path', `{toString: () => 'private.yaml'}`],
    ['a descriptor', '0'],
  ])('reads nothing by %s', async (_name, path) => {
    expect(await on.got(reading(path), {read: ['deploy/*.yaml']}, {folder})).toMatch(/there is no file|must be a path/)
  })

  it.each([
    ['a pipe', 'deploy/pipe.yaml', /is no file/],
    ['a folder', 'deploy', /is no file|there is no file/],
    ['a file of two megabytes', 'deploy/big.yaml', /has more than 1048576 bytes/],
  ])('opens no %s', async (_name, path, says) => {
    expect(await on.got(reading(JSON.stringify(path)), {read: ['deploy']}, {folder})).toMatch(says)
  })

  it('opens no device, though it was granted', async () => {
    expect(await on.got(reading(`'/dev/zero'`), {read: ['/dev/zero']}, {folder})).toMatch(/is no file/)
  })

  it('is lent no folder of the user by a link in the project', async () => {
    expect(await on.got(reading(`'deploy/folder/secret.js'`), {read: ['deploy/folder']}, {folder})).toMatch(/there is no file/)
  })

  it('reads what was granted, and no more than its budget', async () => {
    await writeFile(join(folder, 'deploy/mb.yaml'), 'x'.repeat(1 << 20))
    expect(
      await on.got(
        `for (let n = 0; ; n++) await ctx.read('deploy/mb.yaml').catch((e) => { throw new Error(n + ' ' + e.message) })`,
        {read: ['deploy']},
        {folder},
      ),
    ).toMatch(/^16 ctx\.read: more than 16 MB in one run/)
  })
})

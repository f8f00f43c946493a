import {execFileSync} from 'node:child_process'
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {hookBodies} from './ask-hook.ts'

const {ask, uses} = hookBodies()
const read = (path: string, granted: string[], options?: object) =>
  ask(`return tell(await ctx.read(${JSON.stringify(path)}, ${JSON.stringify(options)}))`, {
    needs: {read: granted},
    world: {folder: project},
  })
const refused = (path: string) => `ctx.read: there is no file '${path}' among those that the hook may read`

let top: string
let project: string
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'aurora-read-'))
  project = join(top, 'project')
  await mkdir(join(project, 'deploy/deep'), {recursive: true})
  const files = {'deploy/a.yaml': 'a', 'deploy/deep/b.yaml': 'b', 'notes.txt': 'n', '../secret.yaml': 's', '../project-two': 't'}
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text)
})
afterEach(() => rm(top, {recursive: true}))

describe('read', () => {
  it.each([
    ['deploy/a.yaml', ['deploy/a.yaml']],
    ['./deploy/../deploy/a.yaml', ['deploy']],
    ['deploy/a.yaml', ['deploy/']],
    ['deploy/a.yaml', ['deploy/*.yaml']],
    ['deploy/a.yaml', ['*/a.*']],
    ['deploy/a.yaml', ['other', '.']],
  ])('gives %s to who may read %j', async (path, granted) => {
    expect(await read(path, granted)).toBe('a')
    expect(uses('read')).toEqual([{text: path, planned: false}])
  })

  it('gives absolute paths and bytes', async () => {
    await writeFile(join(top, 'bytes'), Buffer.of(0, 255))
    expect(await read(join(top, 'bytes'), [top], {encoding: 'base64'})).toBe('AP8=')
    expect(await read(join(project, 'deploy/a.yaml'), ['deploy'])).toBe('a')
    expect(await read(join(top, 'bytes'), [top], {encoding: 'latin1'})).toMatch(/encoding must be/)
  })

  it.each([
    ['notes.txt', ['deploy']],
    ['deploy/deep/b.yaml', ['deploy/*.yaml']],
    ['../secret.yaml', ['deploy', '.']],
    ['deploy/../../secret.yaml', ['deploy', '*']],
    ['../project-two', ['.']],
    ['deploy/none.yaml', ['deploy']],
    ['/etc/passwd', ['.', '*', 'deploy/*']],
    ['/etc/shadow', ['/etc/passwd', '/etc/*.conf']],
    ['~/.ssh/id_rsa', ['.']],
    ['/proc/self/environ', ['.']],
  ])('does not give %s to who may read %j, and does not tell whether it is there', async (path, granted) => {
    expect(await read(path, granted)).toContain(refused(path))
    expect(uses('read')).toEqual([])
  })

  it('follows links to what is granted and no further', async () => {
    await symlink('deploy', join(project, 'inside'))
    await symlink('../secret.yaml', join(project, 'deploy/out.yaml'))
    await symlink('../..', join(project, 'deploy/up'))
    expect(await read('inside/a.yaml', ['deploy'])).toBe('a')
    expect(await read('deploy/out.yaml', ['deploy'])).toContain(refused('deploy/out.yaml'))
    expect(await read('deploy/out.yaml', ['deploy/*.yaml'])).toContain(refused('deploy/out.yaml'))
    expect(await read('deploy/up/secret.yaml', ['deploy'])).toContain(refused('deploy/up/secret.yaml'))
  })

  it("does not take a link in the project for leave to go where it leads, but one of the user's own", async () => {
    await symlink(top, join(project, 'keys'))
    expect(await read('keys/secret.yaml', ['keys'])).toContain(refused('keys/secret.yaml'))
    expect(await read('keys/secret.yaml', ['keys/*.yaml'])).toContain(refused('keys/secret.yaml'))
    expect(await read(join(project, 'keys/secret.yaml'), [join(project, 'keys')])).toBe('s')
  })

  it('reads nothing but files, and not too much', async () => {
    execFileSync('mkfifo', [join(project, 'pipe')])
    await writeFile(join(project, 'large'), 'x'.repeat((1 << 20) + 1))
    await writeFile(join(project, 'fits'), 'x'.repeat(1 << 16))
    for (const [path, message] of [
      ['pipe', "'pipe' is no file"],
      ['deploy', "'deploy' is no file"],
      ['large', "'large' has more than 1048576 bytes"],
    ] as const) {
      expect(await read(path, ['pipe', 'deploy', 'large'])).toContain(`ctx.read: ${message}`)
    }
    expect(await read('/dev/zero', ['/dev'])).toContain("ctx.read: '/dev/zero' is no file")
    expect(await ask("return tell((await ctx.read('fits')).length)", {needs: {read: ['.']}, world: {folder: project}})).toBe(1 << 16)
  })

  it('counts what is read in a run', async () => {
    await writeFile(join(project, 'large'), 'x'.repeat(1 << 20))
    const body = "let n = 0; try { for (;; n++) await ctx.read('large') } catch (error) { return tell([n, error.message]) }"
    expect(await ask(body, {needs: {read: ['.']}, world: {folder: project}})).toEqual([16, 'ctx.read: more than 16 MB in one run'])
  })

  it.each([
    ['nothing', ''],
    ['a zero', 'a\0b'],
    ['a long one', 'x'.repeat(5_000)],
  ])('refuses a path that is or has %s', async (_, path) => {
    expect(await read(path, ['.'])).toContain('ctx.read: its first argument must be a path')
  })
})

import {spawnSync} from 'node:child_process'
import {chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'aurora-launcher-'))
const bin = join(home, 'package/bin')
mkdirSync(bin, {recursive: true})
copyFileSync('bin/aurora', join(bin, 'aurora'))
afterAll(() => rmSync(home, {recursive: true, force: true}))

/** A folder with a program called `node` that has the given version and says which one ran. */
function nodeOf(version: string): string {
  const folder = join(home, `node-${version}`)
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'node'), `#!/bin/sh\n[ "$1" = --version ] && echo v${version} && exit\necho "${version}: $*"\n`)
  chmodSync(join(folder, 'node'), 0o755)
  return folder
}

function launch(path: string[], options: {env?: NodeJS.ProcessEnv; program?: string; args?: string[]; cwd?: string} = {}) {
  const {env, cwd, program = join(bin, 'aurora'), args = ['job', 'list', 'a b']} = options
  const {status, stdout, stderr} = spawnSync(program, args, {
    encoding: 'utf8',
    cwd,
    env: {HOME: home, PATH: [...path, '/usr/bin', '/bin'].join(':'), ...env},
  })
  return {status, stdout, stderr}
}

/** Without a Node of the machine in those folders, or the test would find that one. */
const bare = () => ({HOME: home, PATH: join(home, 'tools')})

describe('the launcher', () => {
  it('passes over a Node that is too old and runs on the first that fits', () => {
    const {status, stdout} = launch([nodeOf('20.19.0'), nodeOf('24.1.0'), nodeOf('26.0.0')])
    expect({status, stdout}).toEqual({status: 0, stdout: `24.1.0: ${bin}/run.js job list a b\n`})
  })

  it('runs none of the current folder, whatever PATH says', () => {
    const cwd = nodeOf('24.9.0')
    const paths = ['', '.', '../node-24.9.0'].map((path) => launch([path, nodeOf('24.1.0')], {cwd}).stdout)
    expect(paths).toEqual(Array(3).fill(`24.1.0: ${bin}/run.js job list a b\n`))
  })

  it('works through links', () => {
    symlinkSync(join(bin, 'aurora'), join(home, 'linked'))
    expect(launch([nodeOf('24.1.0')], {program: join(home, 'linked')}).stdout).toContain(`${bin}/run.js`)
  })

  it('takes the one that AURORA_NODE names, and refuses one that is too old', () => {
    expect(launch([nodeOf('24.1.0')], {env: {AURORA_NODE: join(nodeOf('25.0.0'), 'node')}}).stdout).toContain('25.0.0: ')
    const old = launch([nodeOf('24.1.0')], {env: {AURORA_NODE: join(nodeOf('18.0.0'), 'node')}})
    expect(old).toMatchObject({status: 1, stdout: '', stderr: expect.stringContaining('not Node 24 or newer')})
  })

  it('finds one that a version manager has', () => {
    const folder = join(home, '.nvm/versions/node/v24.5.0/bin')
    mkdirSync(folder, {recursive: true})
    copyFileSync(join(nodeOf('24.5.0'), 'node'), join(folder, 'node'))
    expect(launch([nodeOf('20.19.0')]).stdout).toContain('24.5.0: ')
    rmSync(join(home, '.nvm'), {recursive: true})
  })

  it('says how to get one when there is none', () => {
    mkdirSync(join(home, 'tools'))
    for (const tool of ['sh', 'dirname', 'readlink', 'cat'])
      symlinkSync(spawnSync('/bin/sh', ['-c', `command -v ${tool}`], {encoding: 'utf8'}).stdout.trim(), join(home, 'tools', tool))
    const {status, stderr} = spawnSync(join(bin, 'aurora'), ['--version'], {encoding: 'utf8', env: bare()})
    expect(status).toBe(1)
    expect(stderr).toContain('npm install --global node@24')
    expect(stderr).toContain('AURORA_NODE')
  })
})

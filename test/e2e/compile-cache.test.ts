import {mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

it('keeps compiled code in the folder of the user, not where others can put theirs', async () => {
  const shared = join(cli.home, 'tmp')
  mkdirSync(shared)
  const env = {TMPDIR: shared, NODE_COMPILE_CACHE: undefined}
  expect(await cli.run(['--version'], {env})).toMatchObject({code: 0, stderr: ''})
  expect(readdirSync(shared)).toEqual([])
  expect(readdirSync(join(cli.home, '.cache/aurora/node'))).not.toEqual([])
  expect(await cli.run(['--version'], {env: {...env, HOME: undefined}})).toMatchObject({code: 0, stderr: ''})
  expect(readdirSync(shared)).toEqual([])
})

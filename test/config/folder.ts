import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, expect} from 'vitest'
import {type LoadOptions, loadConfig} from '../../src/config/load.ts'
import {UserError} from '../../src/model/errors.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'aurora-config-')))
})
afterEach(() => rmSync(folder, {recursive: true}))

/** The path of something in the folder of the test. */
export function inFolder(name: string): string {
  return join(folder, name)
}

/** Writes a file into the folder of the test. */
export function write(name: string, content: string | Buffer): string {
  const file = inFolder(name)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, content)
  return file
}

/** What a configuration prints. */
export async function printed(source: string | Buffer, options: LoadOptions = {}): Promise<string> {
  let text = ''
  await loadConfig(write('a.aurora', source), {...options, onOutput: (part) => (text += part)})
  return text
}

/** Why a configuration is refused. */
export async function refusal(file: string, options: LoadOptions = {}): Promise<UserError> {
  const error: unknown = await loadConfig(file, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UserError)) throw new Error('the file was not refused', {cause: error})
  expect(error.exitCode).toBe(3)
  return error
}

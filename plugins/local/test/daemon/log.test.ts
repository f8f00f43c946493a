import {existsSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openLog} from '../../src/daemon/log.ts'
import {temporaryFolder} from '../cluster.ts'

test('lines are dated, and what follows a line break is indented', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'daemon.log')
  openLog(path)('one\ntwo\n')
  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z one\n {2}two\n$/)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a full log becomes the old one, of which there is one', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'daemon.log')
  for (let index = 0; index < 20; index++) openLog(path, 100)(`line ${index}`)
  expect(readFileSync(path, 'utf8')).toContain('line 19')
  expect(readFileSync(`${path}.1`, 'utf8')).toContain('line 17')
  expect(existsSync(`${path}.2`)).toBe(false)
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThanOrEqual(200)
})

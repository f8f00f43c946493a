import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {generate} from '../../scripts/generate-thrift.ts'
import {ENUMS, METHODS, SERVICES, STRUCTS} from '../../src/model/gen/tables.ts'
import {ACTIVE_STATES, LIVE_STATES, SLAVE_ASSIGNED_STATES, TERMINAL_STATES} from '../../src/model/task-states.ts'

const hasCompiler = spawnSync('thrift', ['--version']).error === undefined

describe('the generated files', () => {
  test.skipIf(!hasCompiler)('are what the IDL gives (peer: thrift-compiler)', async () => {
    for (const [path, text] of Object.entries(await generate())) {
      expect(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'), `${path}: npm run generate:thrift`).toBe(text)
    }
  })

  test('keep the numbers of the wire', () => {
    expect(STRUCTS.TaskConfig).toContain('28 job JobKey; 17 owner Identity; 7 isService bool')
    expect(STRUCTS.TaskConfig).toContain('29 container Container={"mesos":{}}')
    expect(METHODS.killTasks).toBe('4 job JobKey; 5? instances set<i32>; 6? message string')
    expect(ENUMS.ScheduleStatus).toMatchObject({PENDING: 0, ASSIGNED: 9, PARTITIONED: 18})
  })

  test('give every method to one service', () => {
    const methods = Object.values(SERVICES).flat()
    expect(methods.toSorted()).toEqual(Object.keys(METHODS).toSorted())
  })
})

test('a status is active or terminal, but for INIT', () => {
  const both = [...ACTIVE_STATES, ...TERMINAL_STATES]
  expect(new Set(both).size).toBe(both.length)
  expect([...both, 'INIT'].toSorted()).toEqual(Object.keys(ENUMS.ScheduleStatus).toSorted())
  expect([...LIVE_STATES].every((state) => SLAVE_ASSIGNED_STATES.has(state))).toBe(true)
})

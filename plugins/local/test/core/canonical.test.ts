import type {TaskConfig} from '@auroractl/cli/thrift'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {sameConfig} from '../../src/core/canonical.ts'
import {resources, taskConfig} from '../fixtures.ts'

const FULL: TaskConfig = taskConfig({
  resources: resources(1, 2n, 3n, 'http', 'admin'),
  constraints: [
    {name: 'host', constraint: {limit: {limit: 1}}},
    {name: 'rack', constraint: {value: {negated: false, values: ['a', 'b']}}},
  ],
  metadata: [
    {key: 'a', value: '1'},
    {key: 'b', value: '2'},
  ],
  taskLinks: {http: 'x', admin: 'y'},
})

/** The same with all fields, set elements and map entries in another order. */
function shuffled(value: unknown, rank: (text: string) => number): unknown {
  const byRank = <One>(list: One[], text: (one: One) => string) => list.sort((a, b) => rank(text(a)) - rank(text(b)))
  const text = (one: unknown) => JSON.stringify(one, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part))
  if (Array.isArray(value))
    return byRank(
      value.map((one) => shuffled(one, rank)),
      text,
    )
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(byRank(Object.entries(value), ([name]) => name).map(([name, one]) => [name, shuffled(one, rank)]))
}

test('the order of fields and set elements says nothing', () => {
  fc.assert(
    fc.property(fc.func(fc.integer()), (rank) => {
      expect(sameConfig(FULL, shuffled(FULL, rank) as TaskConfig)).toBe(true)
    }),
  )
})

test.each<[string, TaskConfig]>([
  ['a number', {...FULL, priority: 1}],
  ['a set element more', {...FULL, resources: resources(1, 2n, 3n, 'http')}],
  ["the executor's text", {...FULL, executorConfig: {name: 'AuroraExecutor', data: '{ "task": {}}'}}],
  ['a nested value', {...FULL, constraints: [{name: 'host', constraint: {limit: {limit: 2}}}, ...FULL.constraints.slice(1)]}],
  ['a field that is missing', Object.fromEntries(Object.entries(FULL).filter(([name]) => name !== 'metadata')) as unknown as TaskConfig],
])('%s makes a difference', (_, other) => {
  expect(sameConfig(FULL, other)).toBe(false)
})

test('the order of a list does', () => {
  const volumes = [
    {containerPath: '/a', hostPath: '/a', mode: 'RO' as const},
    {containerPath: '/b', hostPath: '/b', mode: 'RO' as const},
  ]
  const withVolumes = (list: typeof volumes) => taskConfig({container: {mesos: {volumes: list}}})
  expect(sameConfig(withVolumes(volumes), withVolumes(volumes.toReversed()))).toBe(false)
})

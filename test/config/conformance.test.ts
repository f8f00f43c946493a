import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {casesIn} from './conformance/cases.ts'
import {differences} from './conformance/compare.ts'
import {evaluate} from './conformance/evaluate.ts'

const ours = (name: string): string => fileURLToPath(new URL(`../conformance/${name}`, import.meta.url))
const named = process.env['AURORA_CONFORMANCE_DIR']

describe.each(named ? [named] : [ours('config'), ours('own')])('configurations as the original evaluator understood them: %s', (folder) => {
  test.each(casesIn(folder))('$name', async (it) => {
    expect(differences(it, await evaluate(it))).toEqual([])
  })
})

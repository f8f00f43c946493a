import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {casesIn} from './conformance/cases.ts'
import {differences} from './conformance/compare.ts'
import {evaluate} from './conformance/evaluate.ts'

const folder = process.env['AURORA_CONFORMANCE_DIR'] ?? fileURLToPath(new URL('../conformance/config', import.meta.url))

describe(`configurations as the original evaluator understood them (${folder})`, () => {
  test.each(casesIn(folder))('$name', async (it) => {
    expect(differences(it, await evaluate(it))).toEqual([])
  })
})

import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'
import {casesIn, differences} from './conformance.ts'

const folder = process.env['AURORA_CONFORMANCE_DIR'] ?? fileURLToPath(new URL('../../../shared/conformance/config', import.meta.url))

describe.skipIf(!existsSync(folder))(`configurations as the original evaluator understood them (${folder})`, () => {
  const cases = existsSync(folder) ? casesIn(folder) : []
  let green = 0

  test.each(cases)('$name', async (it) => {
    expect(await differences(it)).toEqual([])
    green++
  })

  afterAll(() => console.log(`conformance: ${green} of ${cases.length} cases as the original`))
})

if (!existsSync(folder)) console.warn(`SKIPPED: no conformance cases in ${folder}; name a folder with AURORA_CONFORMANCE_DIR`)

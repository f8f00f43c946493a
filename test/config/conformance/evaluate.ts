import {evaluateWith} from '../../../src/config/evaluate.ts'
import {InputReader} from '../../../src/config/input-reader.ts'
import {loadConfig} from '../../../src/config/load.ts'
import {UserError} from '../../../src/model/errors.ts'
import {canonicalJob} from '../../../src/schema/canonical.ts'
import type {Case, Evaluated} from './cases.ts'
import {DESCRIBE} from './describe.ts'

const USER = 'peer'
const env = {USER, LOGNAME: USER}

/** Our evaluation of a case. A file with `results` has its thunks called by the Python that evaluated it. */
export async function evaluate({file, bindings, expected}: Case): Promise<Evaluated> {
  try {
    if (expected.some(({results}) => results)) {
      const {answer} = await evaluateWith(await InputReader.open(file, {env}), {after: DESCRIBE})
      return {results: answer as [string, unknown][]}
    }
    const {jobs} = await loadConfig(file, {env})
    if (jobs.length === 0) return {error: 'ValueError', message: 'No job defined in this config!'}
    return {jobs: jobs.map((job) => json(canonicalJob(job, {bindings, user: USER})))}
  } catch (error) {
    if (error instanceof UserError) return {error: error.code, message: error.message}
    throw error
  }
}

function json(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>
}

import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {median} from './measure.ts'
import {table} from './table.ts'
import {PLAIN_CLASSES, typicalJobs} from './typical-jobs.ts'

const SIZES = [
  {jobs: 1, rounds: 5, target: ''},
  {jobs: 100, rounds: 5, target: ''},
  {jobs: 1_000, rounds: 5, target: '2,500 ms'},
  {jobs: 10_000, rounds: 2, target: '20,000 ms'},
]

interface Taken {
  load: number
  rest: number
  megabytes: number
}

/** Files of many jobs, evaluated, interpolated, checked and converted: a table of medians. */
export function measureConfigurations(folder: string, env: NodeJS.ProcessEnv): string {
  const rows = SIZES.map(({jobs, rounds, target}) => {
    const file = join(folder, `${jobs}.aurora`)
    const plain = join(folder, `${jobs}.py`)
    writeFileSync(file, typicalJobs(jobs))
    writeFileSync(plain, PLAIN_CLASSES + typicalJobs(jobs))
    // The first may have to make the Python image.
    if (jobs === 1) evaluated(file, env)
    const taken = Array.from({length: rounds}, () => evaluated(file, env))
    const of = (value: (each: Taken) => number): number => median(taken.map(value))
    const total = of(({load, rest}) => load + rest)
    const python = pythonAlone(plain, rounds, env)
    const numbers = [of(({load}) => load), of(({rest}) => rest), total, total / jobs, of(({megabytes}) => megabytes)]
    return [String(jobs), ...numbers.map((number) => number.toFixed(number < 10 ? 2 : 0)), python?.toFixed(0) ?? '-', target]
  })
  const head = [
    'typical jobs',
    'evaluated, ms',
    'checked and converted, ms',
    'together, ms',
    'per job, ms',
    'peak, MB',
    'python3 alone, ms',
    'target',
  ]
  return table(head, rows)
}

function evaluated(file: string, env: NodeJS.ProcessEnv): Taken {
  const {status, stdout, stderr} = spawnSync(process.execPath, ['scripts/bench/evaluate-jobs.ts', file], {env, encoding: 'utf8'})
  if (status !== 0) throw new Error(`${file} could not be measured: ${stderr}`)
  return JSON.parse(stdout) as Taken
}

/** What the machine's own Python needs to run the file with classes that do nothing; undefined where there is none. */
function pythonAlone(file: string, rounds: number, env: NodeJS.ProcessEnv): number | undefined {
  const times = Array.from({length: rounds}, () => {
    const began = performance.now()
    const {status} = spawnSync('python3', ['-I', file], {env, stdio: 'ignore'})
    return status === 0 ? performance.now() - began : undefined
  })
  return times.every((time) => time !== undefined) ? median(times) : undefined
}

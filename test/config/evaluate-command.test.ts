import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {Cli} from '../e2e/cli.ts'

const cli = new Cli()
const folder = mkdtempSync(join(tmpdir(), 'aurora-evaluate-'))
const file = join(folder, 'jobs.aurora')
writeFileSync(
  file,
  `def job(name, command, **kw):
  return Job(cluster = 'c', role = 'r', environment = 'devel', name = name, task = SimpleTask(name, command), **kw)
jobs = [
  job('web', 'serve {{thermos.ports[http]}} {{version}}', instances = 2, service = True),
  job('old', 'x', production = True),
  job('broken', 'x', instances = 'many'),
  job('greedy', 'x', update_config = UpdateConfig(max_total_failures = 3)),
]
`,
)
afterAll(async () => {
  rmSync(folder, {recursive: true})
  await cli[Symbol.asyncDispose]()
})

test('shows one job with what is bound to it, and ends with 0', async () => {
  const {code, stdout} = await cli.run(['config', 'evaluate', file, 'c/r/devel/web', '--bind', 'version=7'])
  expect({code, stdout}).toEqual({
    code: 0,
    stdout: `c/r/devel/web: fine
  2 × 1 CPU, 1024 MB memory, 1024 MB disk
  processes: web
  ports: http
  left to the executor: {{thermos.ports[http]}}
`,
  })
})

test('leaves images to the commands that ask a registry for them', async () => {
  const other = join(folder, 'image.aurora')
  const container = `Docker(image = '{{docker.image[team/web][1.4]}}')`
  writeFileSync(
    other,
    `jobs = [Job(cluster = 'c', role = 'r', environment = 'devel', task = SimpleTask('web', 'x'), container = ${container})]`,
  )
  const {code, stdout} = await cli.run(['config', 'evaluate', other])
  expect({code, stdout}).toEqual({
    code: 0,
    stdout: `c/r/devel/web: fine
  1 × 1 CPU, 1024 MB memory, 1024 MB disk
  processes: web
  left to the commands that send the job: {{docker.image[team/web][1.4]}}
`,
  })
})

test('shows the jobs that a pattern matches; one that matches none is refused with what there is', async () => {
  const {jobs} = await cli.json<{jobs: {key: string}[]}>(['config', 'evaluate', file, '*/r/devel/[ow]*', '--bind', 'version=7'])
  expect(jobs.map(({key}) => key)).toEqual(['c/r/devel/web', 'c/r/devel/old'])
  const {code, stdout} = await cli.run(['config', 'evaluate', file, 'c/r/devel/olt', '--json'])
  expect(code).toBe(3)
  expect(JSON.parse(stdout)).toMatchObject({stage: 'select', remedy: 'Did you mean c/r/devel/old?'})
})

test('shows the jobs that are refused beside those that are not, and ends with 3', async () => {
  const {code, stdout} = await cli.run(['config', 'evaluate', file])
  expect(code).toBe(3)
  expect(stdout).toContain(
    'c/r/devel/web: refused (thrift)\n  The configuration was invalid: task.processes[0].cmdline: Unexpected unbound refs: {{version}}.\n',
  )
  expect(stdout).toContain('c/r/devel/old: fine\n')
  expect(stdout).toContain("  warning: production is deprecated: say tier = '…' instead.\n")
  expect(stdout).toContain("c/r/devel/broken: refused (interpolate)\n  Cannot coerce 'many' to Integer\n")
  expect(stdout).toContain('c/r/devel/greedy: refused\n  update_config.max_total_failures: ')
})

test('says whose job it is by the names that the environment has for the person', async () => {
  const evaluate = async (env: NodeJS.ProcessEnv): Promise<unknown> => {
    const {stdout} = await cli.run(['config', 'evaluate', file, 'c/r/devel/old', '--json'], {env})
    const [job] = (JSON.parse(stdout) as {jobs: {thrift: {owner: unknown}}[]}).jobs
    return job?.thrift.owner
  }
  expect(await evaluate({LOGNAME: 'ann', USER: 'bob'})).toEqual({user: 'ann'})
  expect(await evaluate({LOGNAME: '', USER: 'bob'})).toEqual({user: 'bob'})
})

test('gives the same bytes each time', async () => {
  const [one, other] = await Promise.all([0, 1].map(() => cli.run(['config', 'evaluate', file, '--json'])))
  expect(one?.stdout).toBe(other?.stdout)
  expect(one?.stdout.length).toBeGreaterThan(1000)
})

test('a file that fails is refused with the reason and what to do, in both forms', async () => {
  const broken = join(folder, 'broken.aurora')
  writeFileSync(broken, 'print "hello"\n')
  const text = await cli.run(['config', 'evaluate', broken])
  expect(text).toMatchObject({code: 3})
  expect(text.stdout).toContain(`${broken}: refused\n`)
  expect(text.stdout).toContain('in Python 3 it is print(…)')
  const json = await cli.run(['config', 'evaluate', broken, '--json'])
  expect(json).toMatchObject({code: 3})
  expect(JSON.parse(json.stdout)).toMatchObject({file: broken, stage: 'load', error: 'config.python'})
})

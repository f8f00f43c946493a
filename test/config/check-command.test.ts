import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {Cli} from '../e2e/cli.ts'

const cli = new Cli()
const folder = mkdtempSync(join(tmpdir(), 'aurora-check-'))
const JOB = `def job(name, **kw):
  return Job(cluster = 'c', role = 'r', environment = 'devel', name = name, task = SimpleTask('main', 'run'), **kw)
`
function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const good = write('good.aurora', `${JOB}jobs = [job('a'), job('b')(contact = '{{who}}')]`)
const warned = write('warned.aurora', `${JOB}jobs = [job('old', production = True)]`)
const bad = write('bad.aurora', `${JOB}jobs = [job('a', instances = 'many'), job('a', update_config = UpdateConfig(batch_size = 0))]`)
const broken = write('broken.aurora', 'x = 1\njobs = [Jbo()]\n')
const data = write(
  'data.json',
  `{"jobs": [
  {"cluster": "c", "role": "r", "environment": "devel", "name": "j", "task": {
    "processes": [
      {"name": "p", "cmdline": "{{verison}}"}],
    "resources": {"cpu": 1, "ram": 1000000, "disk": 10000000}}}]}`,
)

afterAll(async () => {
  rmSync(folder, {recursive: true})
  await cli[Symbol.asyncDispose]()
})

test('files that are all right', async () => {
  const {code, stdout, stderr} = await cli.run(['config', 'check', good, '--bind', 'who=me'])
  expect({code, stdout, stderr}).toEqual({code: 0, stdout: '1 file, 2 jobs: all right\n', stderr: ''})
})

test('every file is checked, whatever the others are, in their order and each once', async () => {
  const missing = join(folder, 'missing.aurora')
  const {code, stdout} = await cli.run(['config', 'check', broken, bad, missing, data, bad, '--bind', 'version=1'])
  expect(code).toBe(3)
  expect(stdout).toMatch(/^.*broken\.aurora:2: NameError: name .Jbo. is not defined\n/)
  expect(stdout).toContain("NameError: name 'Jbo' is not defined")
  expect(stdout.split(`: jobs[0].instances: Cannot coerce 'many' to Integer\n`)).toHaveLength(2)
  expect(stdout).toContain('jobs[1].update_config.batch_size: Batch size should be greater than 0\n')
  expect(stdout).toContain('jobs[1]: The job c/r/devel/a is defined twice: it is jobs[0], too.\n')
  expect(stdout).toContain(`${missing}: [Errno 2] No such file or directory`)
  expect(stdout).toContain(
    `${data}:4: jobs[0].task.processes[0].cmdline: Unexpected unbound refs: {{verison}}.\n    Did you mean {{version}}?\n`,
  )
  expect(stdout).toContain(`${data}:5: jobs[0].task.resources: Task has invalid resources.`)
  expect(stdout).toMatch(/\n4 files, 3 jobs: 7 errors, 0 warnings\n$/)
})

test('a file is named once where a line is not known', async () => {
  const file = write('empty.ts', '')
  expect((await cli.run(['config', 'check', file])).stdout).toMatch(/^\S*empty\.ts: it exports no jobs/)
})

test('warnings are failures when they are asked to be', async () => {
  const line = `warned.aurora: warning: jobs[0].production: production is deprecated: say tier = '…' instead.`
  const text = await cli.run(['config', 'check', warned])
  expect(text).toMatchObject({code: 0, stdout: expect.stringMatching(/\n1 file, 1 job: 0 errors, 1 warning\n$/)})
  expect(text.stdout.replace(/aurora:\d+:/, 'aurora:')).toContain(line)
  expect(await cli.run(['config', 'check', warned, '--strict'])).toMatchObject({code: 3})
  const json = await cli.run(['config', 'check', warned, '--strict', '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({ok: false, files: [{jobs: [{key: 'c/r/devel/old', problems: [{severity: 'warning'}]}]}]})
})

test('a file of data that has not the shape of jobs: each place', async () => {
  const shapeless = write('shapeless.yaml', 'jobs:\n- nam: a\n  task: []\n')
  const {code, stdout} = await cli.run(['config', 'check', shapeless])
  expect({code, stdout}).toEqual({
    code: 3,
    stdout: `${shapeless}:2: jobs[0]: Unknown schema attribute nam; did you mean 'name'?
${shapeless}:3: jobs[0].task: Task needs named fields
1 file, 0 jobs: 2 errors, 0 warnings
`,
  })
})

test('annotations', async () => {
  const {code, stdout} = await cli.run(['config', 'check', data, '--format', 'github'])
  expect(code).toBe(3)
  expect(stdout).toContain(
    `::error file=${data},line=4::jobs[0].task.processes[0].cmdline: Unexpected unbound refs: {{verison}}.%0ABind it: --bind verison=VALUE`,
  )
})

test('a command that sends a job tells the same', async () => {
  const {code, stderr} = await cli.run(['job', 'inspect', 'c/r/devel/j', data])
  expect(code).toBe(3)
  expect(stderr).toContain(`Error loading configuration: The configuration was invalid:\n  ${data}:4: jobs[0].task.processes[0].cmdline: `)
  const {stdout, stderr: warning} = await cli.run(['job', 'inspect', 'c/r/devel/old', warned])
  expect(stdout).toContain("  name:       'old'")
  expect(warning.match(/production is deprecated/g)).toHaveLength(1)
})

/** The results of `--json` are what docs/schemas says, on a live cluster. */
import {execFileSync} from 'node:child_process'
import {globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ownCommands, words} from '../../scripts/generate/commands.ts'
import {schemaFile} from '../../scripts/generate/markdown.ts'
import {Cli, repository, user} from '../e2e/cli.ts'

const schemas = join(repository, 'docs/schemas')
const commands = ownCommands(repository)
const ajv = new Ajv2020({strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true})
for (const file of globSync('*.json', {cwd: schemas})) ajv.addSchema(JSON.parse(readFileSync(join(schemas, file), 'utf8')) as object)

/** What a schema has against a document; nothing when it fits. */
function complaints(schema: string, document: unknown): string[] {
  const validate = ajv.getSchema(schema)
  if (!validate) throw new Error(`There is no docs/schemas/${schema}`)
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({instancePath, message, params}) => `${instancePath} ${message} ${JSON.stringify(params)}`)
}

const cli = new Cli()
const key = (name: string, environment = 'devel') => `devcluster/${user}/${environment}/${name}`
const file = join(cli.home, 'jobs.aurora')
const hookPlugin = join(repository, 'docs/examples/no-prod-kill')
const hooks = 'aurora-no-prod-kill'
/** A run that was cut short. */
const run = `${Date.now().toString(36)}-1`

const hooked = join(cli.home, 'hooked.aurora')
const tarball = join(cli.home, 'aurora-no-prod-kill-1.0.0.tgz')
const made = join(cli.home, 'no-root')
const recorded = join(cli.home, 'kill.json')

beforeAll(() => {
  writeRun()
  const npm = join(repository, 'node_modules/npm/bin/npm-cli.js')
  execFileSync(process.execPath, [npm, 'pack', hookPlugin, '--silent', '--pack-destination', cli.home])
  mkdirSync(join(cli.home, '.aurora'))
  writeFileSync(hooked, 'class Clean(object):\n  def pre_create_job(self, config): pass\nhooks = [Clean()]\n')
  writeFileSync(recorded, JSON.stringify({phase: 'pre', operation: 'job.kill', job: key('rich', 'prod'), instances: [0]}))
  writeFileSync(join(cli.home, '.aurora/clusters.json'), '[{"name": "west", "scheduler_uri": "http://west.example.com"}]')
  writeFileSync(
    file,
    `import getpass
loop = Process(name = 'loop', cmdline = 'echo started; while true; do sleep 1; done', logger = Logger(mode = 'rotate', rotate = RotatePolicy()))
resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)
task = SequentialTask(processes = [loop], resources = resources)
base = dict(cluster = 'devcluster', role = getpass.getuser(), task = task)
rich = dict(
  contact = 'team@example.com', tier = 'preferred', instances = 2, constraints = {'host': 'limit:10'}, metadata = [Metadata(key = 'k', value = 'v')],
  task_links = {'wiki': 'http://example.com'}, partition_policy = PartitionPolicy(), announce = Announcer(),
  update_config = UpdateConfig(update_strategy = VariableBatchUpdateStrategy(batch_sizes = [1, 2])))
jobs = [
  Service(name = 'plain', environment = 'devel', **base),
  Service(name = 'rich', environment = 'prod', **base, **rich),
]
`,
  )
})
afterAll(() => cli[Symbol.asyncDispose]())

/** The record of a run whose process is gone. */
function writeRun(): void {
  const folder = join(cli.home, '.local/state/aurora/runs')
  mkdirSync(folder, {recursive: true, mode: 0o700})
  const at = new Date().toISOString()
  const about = {run, attempt: 1, operation: 'job.list', nth: 0, command: 'job:list', argv: ['devcluster'], cwd: cli.home}
  const process = {host: hostname(), pid: 1, start: 'long ago'}
  const records = [
    {type: 'journal', format: 1, ...about, user, version: '0.1.0', process, salt: 'salt', at},
    {type: 'run.started', run, operation: 'job.list', at},
    {type: 'effect.intended', effect: 'job.list/x/change', name: 'the change', kind: 'unverifiable', findOut: 'aurora job list', at},
    {type: 'effect.done', effect: 'job.list/x/change', found: false, answer: null, at},
  ]
  writeFileSync(join(folder, `${run}.jsonl`), records.map((record) => `${JSON.stringify(record)}\n`).join(''), {mode: 0o600})
}

interface Sample {
  args: string[]
  /** Otherwise the one of the command. */
  schema?: string
  code?: number
  /** What makes sure that the sample is the one that it should be. */
  like: unknown
}

/** Every command, in an order that makes sense on one cluster. */
const samples: Sample[] = [
  {args: ['local', 'status'], code: 4, like: {running: false}},
  {
    args: ['config', 'explain'],
    like: {references: expect.arrayContaining([{name: 'mesos.instance', usage: '{{mesos.instance}}', text: expect.any(String)}])},
  },
  {args: ['config', 'explain', 'Job', '--recursive'], like: {kind: 'struct', structs: [{name: 'Job'}]}},
  {args: ['config', 'explain', 'process.cmdline'], like: {kind: 'field', type: 'String', required: true}},
  {args: ['config', 'explain', 'order'], like: {kind: 'helper'}},
  {args: ['config', 'explain', 'job.taks'], schema: 'error.json', code: 6, like: {error: {code: 'config.unknown-field'}}},
  {args: ['config', 'schema'], like: {$defs: {Job: {required: ['role', 'cluster', 'environment', 'task']}}}},
  {args: ['config', 'graph', key('rich', 'prod'), file], like: {job: key('rich', 'prod'), processes: [{name: 'loop', after: []}]}},
  {args: ['config', 'graph', file], schema: 'error.json', code: 3, like: {error: {code: 'config.ambiguous'}}},
  {args: ['local', 'stop'], like: {stopped: false}},
  {args: ['local', 'start'], like: {already: false}},
  {args: ['local', 'start'], like: {already: true}},
  {args: ['config', 'check', file], like: {ok: true, files: [{file, jobs: [{}, {}]}], count: {files: 1, jobs: 2, errors: 0}}},
  {args: ['config', 'check', '/dev/null'], code: 3, like: {ok: false, files: [{problems: [{severity: 'error'}]}]}},
  {args: ['config', 'convert', file, '--to', 'yaml'], like: {notes: []}},
  {args: ['config', 'list', file], like: [key('plain'), key('rich', 'prod')]},
  {args: ['config', 'cache', 'info'], like: {entries: [{file}]}},
  {args: ['config', 'cache', 'clear'], like: {removed: 1}},
  {
    args: ['config', 'list', file, '--registered'],
    like: [
      {job: key('plain'), state: 'absent'},
      {instances: 2, state: 'absent'},
    ],
  },
  {args: ['config', 'list', '/dev/null'], schema: 'error.json', code: 4, like: {error: {code: 'config.unreadable'}}},
  {
    args: ['config', 'evaluate', file],
    like: {
      jobs: [
        {key: key('plain'), unbound: []},
        {key: key('rich', 'prod'), ports: ['http']},
      ],
    },
  },
  {args: ['config', 'evaluate', file, key('none')], code: 3, like: {stage: 'select'}},
  {args: ['config', 'evaluate', '/dev/null'], code: 3, like: {stage: 'load', error: 'config.unreadable'}},
  {args: ['job', 'inspect', key('plain'), file], like: {name: 'plain'}},
  {args: ['job', 'inspect', key('rich', 'prod'), file], like: {name: 'rich', announce: {primary_port: 'http'}}},
  {args: ['job', 'inspect', key('rich', 'prod'), file, '--raw'], like: {instanceCount: 2}},
  {args: ['job', 'inspect', `*/${user}/*/*`, file], like: [{name: 'plain'}, {name: 'rich'}]},
  {args: ['job', 'inspect', '*/*/prod/*', file, '--raw'], like: [{instanceCount: 2}]},
  {args: ['job', 'create', key('plain'), file, '--dry-run'], schema: 'dry-run.json', like: {dryRun: true}},
  {args: ['job', 'create', key('plain'), file, '--wait-until', 'RUNNING'], like: {tasks: [{status: 'RUNNING'}]}},
  {args: ['job', 'create', key('rich', 'prod'), file, '--wait-until', 'RUNNING'], like: {tasks: [{instance: 0}, {instance: 1}]}},
  {args: ['job', 'create', key('plain'), file], schema: 'error.json', code: 4, like: {status: 'not-applied'}},
  {args: ['job', 'status', 'devcluster'], like: [{inactive: []}, {inactive: []}]},
  {args: ['job', 'status', key('none')], code: 6, like: []},
  {args: ['job', 'diff', key('plain'), file], like: {update: [], unchanged: [{first: 0, last: 0}]}},
  {args: ['job', 'list', 'devcluster'], like: [key('plain'), key('rich', 'prod')]},
  {args: ['runs', 'list'], like: expect.arrayContaining([expect.objectContaining({id: run, status: 'interrupted', attempts: 1})])},
  {args: ['runs', 'show', run], like: {resumable: true, changes: [{state: 'done'}], attempts: [{events: [{type: 'run.started'}, {}, {}]}]}},
  {args: ['runs', 'resume', run], like: [key('plain'), key('rich', 'prod')]},
  {args: ['runs', 'resume', run], schema: 'error.json', code: 6, like: {error: {code: 'run.ended'}}},
  {args: ['local', 'status'], like: {jobs: 2, activeTasks: 3}},
  {args: ['local', 'output', key('plain')], like: [{lines: ['started']}]},
  {args: ['local', 'output', 'west/www/prod/hello'], schema: 'error.json', code: 6, like: {error: {code: 'local.not-local'}}},
  {args: ['local', 'logs', '--lines', '1'], like: {lines: [expect.any(String)]}},
  {
    args: ['doctor'],
    code: 4,
    like: {status: 'problem', findings: expect.arrayContaining([expect.objectContaining({subject: 'west', status: 'problem'})])},
  },
  {args: ['plugins', 'inspect', hookPlugin], like: {name: hooks, changes: {gone: []}}},
  {args: ['plugins', 'install', tarball, '--yes'], like: {name: hooks, scripts: []}},
  {args: ['plugins'], like: [{name: hooks, type: 'installed'}]},
  {args: ['plugins', 'update'], like: [{updated: false}]},
  {args: ['plugins', 'uninstall', hooks], like: {name: hooks}},
  {args: ['hooks', 'new', 'no-root', '--folder', made], like: {name: 'no-root', folder: made}},
  {args: ['hooks', 'new', 'no-root', '--folder', made], schema: 'error.json', code: 6, like: {error: {code: 'hooks.new-exists'}}},
  {args: ['hooks', 'test', hookPlugin], like: {passed: true, problems: []}},
  {args: ['plugins', 'link', hookPlugin], like: {name: hooks, hooks: [{needs: {prompt: true}}]}},
  {args: ['hooks', 'list'], like: {hooks: [{state: 'ready'}]}},
  {args: ['hooks', 'context', '--', 'job', 'killall', key('rich', 'prod')], like: {phase: 'pre', operation: 'job.killall', dryRun: false}},
  {args: ['hooks', 'run', 'no-prod-kill', '--context', recorded], like: {decision: 'allow', log: [expect.any(String)], powers: []}},
  {
    args: ['hooks', 'run', 'no-prod-kill', '--context', recorded, '--for-real'],
    code: 4,
    like: {decision: 'fail', reason: expect.stringContaining('terminal')},
  },
  {args: ['hooks', 'profile'], like: {hooks: []}},
  {
    args: ['hooks', 'explain', 'job', 'kill', key('rich', 'prod'), file],
    like: {operation: 'job.kill', hooks: [{runs: 'yes', skippable: true}]},
  },
  {args: ['hooks', 'explain', 'job.kil'], schema: 'error.json', code: 6, like: {error: {code: 'hooks.unknown-operation'}}},
  {args: ['hooks', 'revoke', hooks, 'no-prod-kill'], like: {name: hooks, hook: 'no-prod-kill'}},
  {args: ['hooks', 'grant', hooks, '--yes'], like: {name: hooks}},
  {args: ['hooks', 'grant', hooked, '--allow', 'exec=git', '--yes'], like: {kind: 'file', code: [hooked]}},
  {args: ['hooks', 'grants'], like: [{kind: 'plugin'}, {kind: 'file', name: hooked}]},
  {args: ['hooks', 'revoke', hooked], like: {kind: 'files'}},
  {args: ['hooks', 'lock'], like: {hooks: 1, written: true}},
  {args: ['hooks', 'grants'], like: [{kind: 'plugin', name: hooks, hooks: [{needs: {prompt: true}}]}]},
  {
    args: ['job', 'kill', `${key('rich', 'prod')}/0`],
    schema: 'error.json',
    code: 4,
    like: {error: {failures: [{source: `plugin ${hooks}`}]}},
  },
  {args: ['hooks', 'profile'], like: {runs: 1, hooks: [{hook: 'no-prod-kill', failed: 1}]}},
  {args: ['plugins', 'unlink', hooks], like: {name: hooks}},
  {args: ['job', 'kill', `${key('rich', 'prod')}/0`], like: {killed: [0]}},
  {args: ['job', 'kill', `${key('none')}/0`], like: {killed: []}},
  {args: ['job', 'killall', key('rich', 'prod')], like: {killed: [1]}},
  {args: ['job', 'status', key('rich', 'prod')], like: [{active: [], inactive: [{status: 'KILLED'}, {status: 'KILLED'}]}]},
  {args: ['job', 'status', 'nowhere/a/b/c'], schema: 'error.json', code: 3, like: {error: {code: 'cluster.unknown'}}},
  {args: ['local', 'stop'], like: {stopped: true}},
  {args: ['local', 'reset', '--yes'], like: {reset: true}},
]

function commandOf({args}: Sample): string {
  const command = commands.findLast(({id}) => `${args.join(' ')} `.startsWith(`${words(id)} `))
  if (!command) throw new Error(`${args.join(' ')} is no command`)
  return command.id
}

it('has a schema and a sample of every command, and no schema of another', () => {
  const results = [...new Set(samples.filter(({schema}) => schema === undefined).map(commandOf))]
  expect(results.sort()).toEqual(commands.map(({id}) => id))
  const known = commands.map(({id}) => schemaFile(id))
  expect(globSync('*.*.json', {cwd: schemas}).filter((name) => !known.includes(name))).toEqual([])
})

describe('the result of', () => {
  it.each(
    samples.map((sample) => ({...sample, line: sample.args.slice(0, 2).join(' '), schema: sample.schema ?? schemaFile(commandOf(sample))})),
  )('$line is as $schema says', async ({args, schema, code = 0, like}) => {
    const {code: ended, stdout, stderr} = await cli.run([...args, '--json'])
    expect({code: ended, stderr: ended === code ? '' : stderr}).toEqual({code, stderr: ''})
    const document: unknown = JSON.parse(stdout)
    expect({document}).toMatchObject({document: like})
    expect(complaints(schema, document)).toEqual([])
  })
})

describe('the schemas', () => {
  it.each([
    {status: 'partly', done: 'one', left: 'another'},
    {status: 'unknown', done: 'one', left: 'another', findOut: 'aurora job status'},
    {status: 'unknown', findOut: 'aurora job status'},
  ])('describe how an operation ended that is $status', (words) => {
    expect(complaints('error.json', {error: {code: 'x', fault: 'scheduler', exitCode: 7, message: ''}, ...words})).toEqual([])
  })

  it.each([
    {schema: 'job.kill.json', document: {job: 'a/b/c/d', url: 'http://x', killed: [0], warnings: [], notices: [], more: 1}},
    {schema: 'local.status.json', document: {name: 'devcluster', running: false, pid: 1}},
    {schema: 'job.status.json', document: [{job: 'a/b/c/d', active: [{status: 'RUNNING'}], inactive: []}]},
    {schema: 'error.json', document: {error: {code: 'usage', fault: 'user', exitCode: 2, message: ''}, status: 'partly'}},
    {schema: 'error.json', document: {error: {code: 'x', fault: 'user', exitCode: 4, message: ''}, status: 'not-applied', left: 'y'}},
    {schema: 'error.json', document: {error: {code: 'usage', fault: 'nobody', exitCode: 1, message: ''}}},
  ])('$schema refuses what it does not describe', ({schema, document}) => {
    expect(complaints(schema, document)).not.toEqual([])
  })
})

import {globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import * as fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {CONFIG_SYNTAXES, type ConfigSyntax, convertJobs} from '../../src/config/convert/convert.ts'
import {loadConfig} from '../../src/config/load.ts'
import {UserError} from '../../src/model/errors.ts'
import {canonicalJob} from '../../src/schema/canonical.ts'
import {MesosJob} from '../../src/schema/definitions/aurora.ts'
import {type Binding, type JobRecord, resolveJob} from '../../src/schema/job.ts'
import type {Type} from '../../src/schema/types.ts'

const folder = mkdtempSync(join(tmpdir(), 'aurora-convert-'))
afterAll(() => rmSync(folder, {recursive: true}))

let files = 0
async function loaded(text: string, syntax: string): Promise<readonly JobRecord[]> {
  const file = join(folder, `${++files}.${syntax}`)
  writeFileSync(file, text)
  return (await loadConfig(file)).jobs
}

/** Everything that a job comes to; of refused ones, that they are. */
function meaning(record: JobRecord, bindings: readonly Binding[] = []): unknown {
  const {job, unbound} = resolveJob(record, bindings)
  return job ? {job, unbound: unbound.toSorted(), canonical: canonicalJob(record, {bindings, user: 'u'})} : 'refused'
}

/** What the jobs come to before and after. */
async function roundTrip(jobs: readonly JobRecord[], syntax: ConfigSyntax, bindings: readonly Binding[] = []) {
  const {text} = await convertJobs(jobs, syntax)
  const back = await loaded(text, syntax)
  return {text, before: jobs.map((job) => meaning(job, bindings)), after: back.map((job) => meaning(job, bindings))}
}

const NAMES = ['a', 'b', 'name', 'task.name', 'processes[0].name', 'deep.er', 'list[1]', 'mesos.instance', 'environment']
const text = fc.oneof(
  fc.string({unit: 'grapheme'}),
  fc.string({unit: 'binary'}),
  fc.constantFrom(
    '',
    'true',
    'null',
    '1',
    '1.0',
    '0x1',
    '~',
    '- a',
    'a: b',
    '# c',
    '${x} `y` \\n',
    "it's",
    '\n  while\n  do\n  ',
    'a\nb\n\n',
    '\ttab',
    ' x ',
  ),
  fc.tuple(fc.string(), fc.constantFrom(...NAMES)).map(([before, name]) => `${before}{{${name}}}`),
  fc.array(fc.string({unit: 'grapheme'}), {minLength: 2}).map((lines) => lines.join('\n')),
)
const reference = fc.constantFrom('{{a}}', '{{b}}', '{{instances}}')
const word = fc.stringMatching(/^[a-z][\w-]{0,8}$/)

function arbitrary(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'string':
      return fc.oneof(text, fc.integer(), fc.boolean())
    case 'integer':
      return fc.oneof(fc.nat(1000), fc.integer(), fc.constantFrom('7', 2 ** 53, '{{a}}'), reference)
    case 'float':
      return fc.oneof(fc.double({noNaN: true}), fc.nat(100), reference)
    case 'boolean':
      return fc.oneof(fc.boolean(), fc.constantFrom('true', 'False', 0, 1), reference)
    case 'enum':
      return fc.constantFrom(...type.values)
    case 'list':
      return fc.array(arbitrary(type.element), {maxLength: 3})
    case 'map':
      return fc.dictionary(fc.oneof(word, fc.constantFrom('__proto__', '1', 'a b', 'host:x')), arbitrary(type.value), {maxKeys: 3})
    case 'choice':
      return fc.oneof(...type.alternatives.map(arbitrary))
    case 'struct': {
      const bind = fc.dictionary(fc.constantFrom('a', 'b', 'deep.er', 'list'), fc.oneof(text, fc.nat(), fc.constantFrom(['x', 1])), {
        maxKeys: 3,
      })
      const fields = Array.from(type.fields.values(), (field): [string, fc.Arbitrary<unknown>] => {
        const value = arbitrary(field.type)
        return [field.name, field.required ? value : fc.oneof({weight: 4, arbitrary: value}, {weight: 1, arbitrary: fc.constant(null)})]
      })
      const required = Array.from(type.fields.values()).flatMap((field) => (field.required ? [field.name] : []))
      return fc
        .tuple(fc.record(Object.fromEntries(fields), {requiredKeys: required}), fc.option(bind, {nil: undefined, freq: 4}))
        .map(([record, bound]) => (bound === undefined ? record : {...record, bind: bound}))
    }
  }
}

const jobs = fc.array(arbitrary(MesosJob), {minLength: 1, maxLength: 12})

describe('a converted configuration gives the same jobs', () => {
  test.each([
    ['json', 40],
    ['yaml', 40],
    ['ts', 6],
  ] as const)(
    'as %s, whatever they say',
    async (syntax, numRuns) => {
      await fc.assert(
        fc.asyncProperty(jobs, async (plain) => {
          const records = await loaded(JSON.stringify({jobs: plain}), 'json')
          const {before, after} = await roundTrip(records, syntax, [
            ['a', '3'],
            ['b', 'bound'],
          ])
          expect(after).toEqual(before)
        }),
        {numRuns, endOnFailure: syntax === 'ts'},
      )
    },
    120_000,
  )

  test('from one syntax to the next', async () => {
    const original = (await loadConfig(fileURLToPath(new URL('../../docs/examples/hello_world.aurora', import.meta.url)))).jobs
    let current = original
    for (const syntax of ['ts', 'json', 'yaml', 'ts', 'yaml', 'json'] as const)
      current = await loaded((await convertJobs(current, syntax)).text, syntax)
    expect(current.map((job) => meaning(job))).toEqual(original.map((job) => meaning(job)))
  })

  describe('for every conformance case that has jobs', () => {
    const convertible: JobRecord[] = []

    beforeAll(async () => {
      for (const file of globSync(fileURLToPath(new URL('../conformance/config/*.aurora', import.meta.url)))) {
        if (!/^jobs *=/m.test(readFileSync(file, 'utf8'))) continue
        const found = await loadConfig(file).catch(() => ({jobs: []}))
        for (const job of found.jobs) {
          const refused = await convertJobs([job], 'json').then(
            () => undefined,
            (error: unknown) => error,
          )
          if (!refused) convertible.push(job)
          else if (!(refused instanceof UserError && /holds .*no field takes|batch_sizes. is required/.test(refused.message))) throw refused
        }
      }
    }, 120_000)

    test.each(CONFIG_SYNTAXES)('as %s', async (syntax) => {
      expect(convertible.length).toBeGreaterThan(20)
      const {before, after} = await roundTrip(convertible, syntax)
      expect(after).toEqual(before)
    })
  })
})

describe('a converted configuration', () => {
  async function fromPython(source: string): Promise<readonly JobRecord[]> {
    return loaded(
      `base = Job(cluster='c', role='r', environment='e', name='n', task=SimpleTask('p', 'echo {{v}} {{prof.cpu}} {{prof.text}}'))\n${source}`,
      'aurora',
    )
  }

  test('is as one would write it, with references as they were and what was bound', async () => {
    const source = await fromPython(`
class Prof(Struct):
  cpu = Default(Float, 2.0)
  text = Default(String, '{{cpu}}!')
p = Process(name='hello', cmdline='''
  echo \${HOME} \`date\`
  echo {{v}}
''')
t = SequentialTask(processes=[p, Process(name='b', cmdline="it's")], resources=Resources(cpu='{{prof.cpu}}', ram=96*MB, disk=1*GB))
jobs = [base(task=t, service=True, instances='{{n}}', lifecycle=Empty, constraints={'host': 'limit:1', 'a b': 1, 'c\\nd': 1}, update_config=UpdateConfig(update_strategy=BatchUpdateStrategy(batch_size=2)),
  container=Mesos()).bind(v='1', n=3).bind(prof=Prof())]`)
    const {text, before, after} = await roundTrip(source, 'ts')
    expect(after).toEqual(before)
    expect(text)
      .toBe(`import {GB, MB, batchUpdateStrategy, bind, mesos, process, resources, sequential, service, updateConfig} from '@auroractl/cli/config'

export default [
  bind(service({
    cluster: 'c',
    role: 'r',
    environment: 'e',
    name: 'n',
    instances: '{{n}}',
    task: sequential({
      processes: [
        process({
          name: 'hello',
          cmdline: \`
  echo \\\${HOME} \\\`date\\\`
  echo {{v}}
\`,
        }),
        process({name: 'b', cmdline: 'it\\'s'}),
      ],
      resources: resources({cpu: '{{prof.cpu}}', ram: 96 * MB, disk: 1 * GB}),
    }),
    update_config: updateConfig({update_strategy: batchUpdateStrategy({batch_size: 2})}),
    constraints: {host: 'limit:1', 'a b': '1', 'c\\nd': '1'},
    lifecycle: null,
    container: mesos({}),
  }), {'prof.cpu': '2.0', 'prof.text': '2.0!', v: '1', n: '3'}),
]
`)
    const {text: yaml, after: fromYaml} = await roundTrip(source, 'yaml')
    expect(fromYaml).toEqual(before)
    expect(yaml).toContain('          cmdline: |2\n            \n              echo ${HOME} `date`\n              echo {{v}}\n')
    expect(yaml).toContain('update_strategy:\n        batch_size: 2\n        autopause_after_batch: false\n')
  })

  test('says where something is bound that it has no words for', async () => {
    const source = await fromPython(`jobs = [base(task=SimpleTask('p', '{{l}} {{v}}').bind(l=List(String)(['x'])).bind(v=1))]`)
    const {text, notes} = await convertJobs(source, 'yaml')
    expect(notes).toHaveLength(1)
    expect(text).toContain('# jobs[0]: something is bound')
    expect(text).toContain('cmdline: StringList(x) 1\n')
    const [back] = await loaded(text, 'yaml')
    expect(back && meaning(back)).toEqual(source[0] && meaning(source[0]))
  })

  test('refuses what no file can say', async () => {
    const source = await fromPython('jobs = [base(contact=None)]')
    await expect(convertJobs(source, 'json')).rejects.toThrow('jobs[0] cannot be converted: contact holds None, which no field takes')
  })
})

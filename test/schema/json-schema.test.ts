import {globSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {Ajv2020} from 'ajv/dist/2020.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {evaluatedData} from '../../src/config/data-loaders.ts'
import {parseYaml} from '../../src/config/data/yaml.ts'
import {builtInTypes} from '../../src/schema/definitions/index.ts'
import {documentation, type StructDocumentation} from '../../src/schema/documentation/index.ts'
import {configurationSchema} from '../../src/schema/documentation/json-schema.ts'
import {jobFromPlain, resolveJob} from '../../src/schema/job.ts'
import {readJobs} from '../../src/schema/records.ts'
import {missingRequirements} from '../../src/schema/requirements.ts'
import {structName} from '../../src/schema/type-text.ts'
import type {StructType} from '../../src/schema/types.ts'
import {validateJob} from '../../src/schema/validate.ts'

const schema = configurationSchema()
const ajv = new Ajv2020({strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true})
const validate = ajv.compile(schema)
ajv.addSchema({...schema, $id: 'configuration'})
const structs = Object.keys(schema['$defs'] as object).filter((name) => !['File', 'Bind', 'Bound'].includes(name))
const documented: Readonly<Record<string, StructDocumentation>> = documentation

/** What the schema has against a document; nothing when it fits. */
function complaints(document: unknown): string[] {
  validate(document)
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`)
}

const resources = {cpu: 0.1, ram: 1 << 26, disk: 1 << 26}
const task = {processes: [{name: 'p', cmdline: 'true'}], resources}
const job = {cluster: 'c', role: 'r', environment: 'devel', name: 'n', task}
const withProcess = (fields: object) => ({...job, task: {...task, processes: [{name: 'p', cmdline: 'true', ...fields}]}})

/** Whether the client takes the same document: as a complete job, or as a file of them. */
async function loads(document: unknown): Promise<boolean> {
  try {
    const {records} = evaluatedData('x.yaml', await parseYaml(JSON.stringify(document)), '', '')
    return readJobs(records).every((record) => {
      const {job: complete, problems} = resolveJob(record)
      return complete !== undefined && [...missingRequirements(record), ...problems, ...validateJob(complete)].length === 0
    })
  } catch {
    return false
  }
}

const accepted: [string, unknown][] = [
  ['a job', job],
  ['a list of jobs', {jobs: [job, {...job, name: 'other'}]}],
  ['what is bound', {bind: {a: {b: [1, 'x']}}, jobs: [{...job, bind: {version: 2}}]}],
  ['the address of the schema', {$schema: './x.json', ...job}],
  ['notes beside the jobs', {'x-common': {any: 1}, jobs: [job]}],
  ['numbers as texts', {...job, instances: '3', priority: ' 10 ', health_check_config: {interval_secs: '1e1'}}],
  ['fractions that are cut off', {...job, instances: 2.7}],
  ['references to numbers', {...job, instances: '{{n}}', bind: {n: 2}}],
  ['references to truth values', {...withProcess({daemon: '{{d}}'}), bind: {d: true}}],
  ['references to one of a few words', {...withProcess({logger: {mode: '{{m}}'}}), bind: {m: 'rotate'}}],
  ['truth values as texts and numbers', withProcess({daemon: 'TRUE', ephemeral: 0})],
  ['numbers for texts', {...job, contact: 1, constraints: {rack: 3}}],
  ['nothing, for a field that need not be', {...job, contact: null, lifecycle: null}],
  ['either of several structs', {...job, container: {docker: {image: 'x'}}, update_config: {update_strategy: {batch_sizes: [1]}}}],
]

const refused: [string, unknown, string][] = [
  ['an unknown field', {...job, instnces: 1}, ' must NOT have additional properties'],
  ['an unknown field deep inside', withProcess({comandline: 'x'}), '/task/processes/0 must NOT have additional properties'],
  ['a missing field', {...job, role: undefined}, " must have required property 'role'"],
  ['a task without resources', {...job, task: {processes: task.processes}}, "/task must have required property 'resources'"],
  ['nothing, for a field that must be', {...job, role: null}, '/role must be string,number,boolean'],
  ['a text that is no number', {...job, instances: 'many'}, '/instances must match pattern'],
  ['a text that is no truth value', withProcess({daemon: 'yes'}), '/task/processes/0/daemon must match pattern'],
  ['another word than the known ones', withProcess({logger: {mode: 'circular'}}), '/mode must be equal to one of the allowed values'],
  ['a list for a text', withProcess({cmdline: ['true']}), '/task/processes/0/cmdline must be string,number,boolean'],
  ['one process for a list', {...job, task: {...task, processes: task.processes[0]}}, '/task/processes must be array'],
  ['none of several structs', {...job, container: {picture: 'x'}}, '/container must match a schema in anyOf'],
  ['a job that is no object in a list', {jobs: ['x']}, '/jobs/0 must be object'],
]

describe('the schema of configurations', () => {
  it.each(accepted)('accepts %s, as the client does', async (_, document) => {
    expect(complaints(document)).toEqual([])
    expect(await loads(document)).toBe(true)
  })

  it.each(refused)('refuses %s, as the client does', async (_, document, complaint) => {
    const plain: unknown = JSON.parse(JSON.stringify(document))
    expect(complaints(plain).join('\n')).toContain(complaint)
    expect(await loads(plain)).toBe(false)
  })

  it.each(structs)('accepts the example and the defaults of %s', (name) => {
    const struct = [...builtInTypes.values()].find((type): type is StructType => type.kind === 'struct' && structName(type) === name)
    if (!struct) throw new Error(`${name} is no struct`)
    const defaults = [...struct.fields.values()].flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]]))
    const of = ajv.compile({$ref: `configuration#/$defs/${name}`})
    const example = documented[struct.name]?.example
    of({...Object.fromEntries(defaults), ...(example as object)})
    expect(of.errors ?? []).toEqual([])
  })

  it('describes every field', () => {
    const properties = Object.values(
      schema['$defs'] as Record<string, {properties?: Record<string, {description?: string; $ref?: string}>}>,
    )
    const bare = properties.flatMap(({properties: fields = {}}) =>
      Object.entries(fields).filter(([, field]) => !field.description && !field.$ref),
    )
    expect(bare).toEqual([])
  })

  it('judges scalars as the language does', () => {
    const fields = ['instances', 'priority', 'service', 'contact'] as const
    const texts = fc.constantFrom(
      '1',
      ' 2 ',
      '1_0',
      '_1',
      '+3',
      '-4',
      '1.5',
      '1e3',
      '.5',
      '5.',
      'nan',
      'Inf',
      'true',
      'FALSE',
      'yes',
      '',
      ' ',
      '0x10',
      'x',
    )
    const scalars = fc.oneof(
      texts,
      fc.integer({min: -9, max: 9}),
      fc.double({noNaN: true, noDefaultInfinity: true}),
      fc.boolean(),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...fields), scalars, (field, value) => {
        fc.pre(typeof value !== 'string' || !value.includes('{{'))
        const document = {...job, [field]: value}
        const {problems} = resolveJob(jobFromPlain(document))
        expect({field, value, refused: complaints(document).length > 0}).toEqual({field, value, refused: problems.length > 0})
      }),
      {numRuns: 500},
    )
    const floats = fc.oneof(texts, fc.double({noNaN: true, noDefaultInfinity: true}), fc.boolean())
    fc.assert(
      fc.property(floats, (value) => {
        const document = {...job, task: {...task, resources: {...resources, cpu: value}}}
        const {problems} = resolveJob(jobFromPlain(document))
        expect({value, refused: complaints(document).length > 0}).toEqual({value, refused: problems.length > 0})
      }),
    )
  })

  it('accepts the jobs that the original evaluator made', () => {
    const folder = fileURLToPath(new URL('../conformance/config', import.meta.url))
    const jobs = globSync('*.expected.json', {cwd: folder}).flatMap((file) => {
      const {jobs: made = []} = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
        jobs?: {job?: object; client_check?: {ok: boolean}}[]
      }
      return made.flatMap((each) => (each.job && each.client_check?.ok ? [{file, job: each.job}] : []))
    })
    expect(jobs.length).toBeGreaterThan(30)
    expect(jobs.flatMap(({file, job: made}) => complaints(made).map((text) => `${file}: ${text}`))).toEqual([])
  })
})

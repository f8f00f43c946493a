import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {construct, hold} from '../../src/schema/construct.ts'
import {builtInTypes} from '../../src/schema/definitions/index.ts'
import {documentation, helpers, references, type StructDocumentation} from '../../src/schema/documentation/index.ts'
import {check} from '../../src/schema/evaluate.ts'
import {jobFromPlain, resolveJob} from '../../src/schema/job.ts'
import type {Plain, StructType, Type} from '../../src/schema/types.ts'
import {validateJob} from '../../src/schema/validate.ts'

const structs = [...builtInTypes.values()].filter((type): type is StructType => type.kind === 'struct')
const documented: Readonly<Record<string, StructDocumentation>> = documentation
const folder = mkdtempSync(join(tmpdir(), 'aurora-documentation-'))
afterAll(() => rmSync(folder, {recursive: true}))

function typeProblem(type: Type, value: Plain): string {
  const checked = check(construct(type, hold(value)), undefined)
  return checked.ok ? '' : checked.message
}

it('is there for every struct, and for nothing else', () => {
  expect(Object.keys(documentation).toSorted()).toEqual(structs.map(({name}) => name).toSorted())
})

describe.each(structs.map((type) => ({name: type.name, type, about: documented[type.name]})))('of $name', ({type, about}) => {
  it('tells what every field means, and no other', () => {
    expect(Object.keys(about?.fields ?? {}).toSorted()).toEqual([...type.fields.keys()].toSorted())
  })

  it('says something in sentences', () => {
    const texts = [about, ...Object.values(about?.fields ?? {})].map((each) => each?.text ?? '')
    expect(texts.filter((text) => !/^[A-Z{].*[.)]$/.test(text))).toEqual([])
  })

  it('has examples that the language accepts', () => {
    const ofFields = Array.from(type.fields.values(), (field) => [field.name, field.type, about?.fields[field.name]?.example] as const)
    const problems = [['', type, about?.example ?? null] as const, ...ofFields].map(([name, of, example]) => [
      name,
      example === undefined ? '' : typeProblem(of, example),
    ])
    expect(problems.filter(([, problem]) => problem !== '')).toEqual([])
  })

  it('tells what each value of an enumeration means', () => {
    const enumerations = [...type.fields.values()].flatMap(({name, type: of}) => (of.kind === 'enum' ? [[name, of.values] as const] : []))
    const told = enumerations.map(([name]) => [name, Object.keys(about?.fields[name]?.values ?? {})])
    expect(told).toEqual(enumerations)
  })
})

it('names what a file finds, and nothing else', async () => {
  const names = Object.keys(helpers).filter((name) => name !== 'jobs' && name !== 'hooks')
  const file = join(folder, 'names.aurora')
  writeFileSync(file, `jobs = []\nprint([name for name in ${JSON.stringify(names)} if name not in globals()])\n`)
  let printed = ''
  await loadConfig(file, {onOutput: (text) => (printed += text)})
  expect(printed).toBe('[]\n')
})

it('names references that need no binding', () => {
  const cmdline = Object.values(references)
    .map(({usage}) => usage)
    .filter((usage) => !usage.startsWith('{{docker.'))
    .join(' ')
  const example = documentation.MesosJob.example as Record<string, Plain>
  const task = {...(example['task'] as Record<string, Plain>), processes: [{name: 'p', cmdline}]}
  const {job, problems} = resolveJob(jobFromPlain({...example, task}))
  expect([...problems, ...(job ? validateJob(job) : [])]).toEqual([])
})

it('shows an example of a job that is valid', () => {
  const {job} = resolveJob(jobFromPlain(documentation.MesosJob.example))
  expect(job && validateJob(job)).toEqual([])
})

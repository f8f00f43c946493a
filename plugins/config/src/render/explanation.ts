import type {ExplainedField, ExplainedName, ExplainedStruct, Explanation, Overview} from '@auroractl/cli/schema'
import {stringify} from 'yaml'
import {wrap} from './wrap.ts'

const NARROWEST = 30

/** An explanation for a person: what it is, what is known of it, an example, its fields. */
export function explanationText(explanation: Explanation, width: number): string {
  const {path, text, values = [], example, structs = []} = explanation
  const facts = factsOf(explanation)
  const label = Math.max(...facts.map(([name]) => name.length)) + 2
  return [
    path,
    '',
    ...facts.map(([name, fact]) => name.padEnd(label) + wrap(fact, width, ' '.repeat(label))),
    ...(facts.length > 0 ? [''] : []),
    wrap(text, width),
    ...(values.length > 0
      ? [
          '',
          'VALUES',
          ...table(
            values.map((each) => [each.value, each.text]),
            width,
          ),
        ]
      : []),
    ...(example ? ['', 'EXAMPLE', ...indented(example.python), '', 'EXAMPLE IN YAML', ...indented(yamlText(example.value))] : []),
    ...structs.flatMap((struct) => ['', `FIELDS OF ${struct.name}`, ...fieldTable(struct, width)]),
    '',
  ].join('\n')
}

/** The fields with those of the fields, as a tree. */
export function explanationTree(explanation: Explanation): string {
  const {path, type} = explanation
  const head = explanation.kind === 'field' && type !== undefined ? `${path}  ${type}` : path
  return [head, ...(explanation.structs ?? []).flatMap((struct, _, all) => branch(struct, all.length > 1, '  ')), ''].join('\n')
}

/** All that can be explained, with a sentence on each. */
export function overviewText({structs, helpers, references}: Overview, width: number): string {
  const rows = (names: readonly ExplainedName[]) =>
    names.map(({name, usage, text}) => [usage?.startsWith('{{') ? usage : name, firstSentence(text)])
  return [
    'STRUCTS',
    ...table(rows(structs), width),
    '',
    'NAMES IN PYTHON FILES',
    ...table(rows(helpers), width),
    '',
    'REFERENCES',
    ...table(rows(references), width),
    '',
    wrap("'aurora config explain NAME' tells more, such as 'aurora config explain job.task.processes.cmdline'.", width),
    '',
  ].join('\n')
}

function factsOf({kind, type, usage, required, defaultText, unit, since, deprecated}: Explanation): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['type', type],
    ['written', usage],
    ['required', required ? 'yes' : undefined],
    ['default', kind === 'field' && !required ? (defaultText ?? 'none') : undefined],
    ['unit', unit],
    ['since', since === undefined ? undefined : `Aurora ${since}`.replace('Aurora after', 'after Aurora')],
    ['deprecated', deprecated === undefined ? undefined : `yes. ${deprecated}`],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined)
}

function fieldTable({fields}: ExplainedStruct, width: number): string[] {
  return table(
    fields.map((field) => [field.name, field.type ?? '', presence(field), firstSentence(field.text)]),
    width,
  )
}

function presence({required, defaultText, deprecated}: ExplainedField): string {
  if (deprecated !== undefined) return 'deprecated'
  return required ? 'required' : (defaultText ?? '')
}

function branch({name, fields}: ExplainedStruct, named: boolean, indent: string): string[] {
  const inner = named ? `${indent}  ` : indent
  const lines = fields.flatMap((field) => {
    const structs = field.structs ?? []
    const extra = presence(field)
    return [
      `${inner}${field.name}  ${field.type}${extra === '' ? '' : extra === 'required' || extra === 'deprecated' ? `, ${extra}` : ` = ${extra}`}`,
      ...structs.flatMap((struct) => branch(struct, structs.length > 1, `${inner}  `)),
    ]
  })
  return named ? [`${indent}${name}`, ...lines] : lines
}

/** Rows in columns; the last one is wrapped. */
function table(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = Math.max(...rows.map((cells) => cells.length))
  const widths = Array.from({length: columns - 1}, (_, column) =>
    Math.min(44, Math.max(...rows.map((cells) => cells[column]?.length ?? 0))),
  )
  const before = 2 + widths.reduce((sum, each) => sum + each + 2, 0)
  // Where there is no room beside the columns, the text goes below them.
  const below = width - before < NARROWEST
  return rows.map((cells) => {
    const head = `  ${widths.map((each, column) => (cells[column] ?? '').padEnd(each)).join('  ')}`
    const text = cells[columns - 1] ?? ''
    return below ? `${head.trimEnd()}\n      ${wrap(text, width, '      ')}` : `${head}  ${wrap(text, width, ' '.repeat(before))}`.trimEnd()
  })
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.])\s/, 1)[0] ?? text
}

function yamlText(value: unknown): string {
  return stringify(value, {lineWidth: 0}).trimEnd()
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}

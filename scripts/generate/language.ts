import {type ExplainedField, type ExplainedName, explain, type Explanation, overview} from '../../src/schema/documentation/explain.ts'
import {escaped, fenced, table} from './markdown.ts'

/** `docs/configuration-reference.md`: what `aurora config explain` says, on one page. */
export function languagePage(): string {
  const {structs, helpers, references} = overview()
  const known = structs.map(({name}) => name)
  return [
    '<!-- Generated from the documentation of the language by `npm run generate`. Do not edit. -->',
    '# The configuration language',
    'Every struct and field, every helper, and every reference that a [configuration](configuration.md) needs not bind. `aurora config explain` shows the same.',
    `Structs: ${known.map(link).join(', ')}.`,
    ...structs.flatMap(({name}) => structSection(explain(name), known)),
    '## Names in Python files',
    namesTable(helpers),
    '## References',
    namesTable(references),
    '',
  ].join('\n\n')
}

function structSection(explanation: Explanation, known: readonly string[]): string[] {
  const {path, text, since, deprecated, structs = [], example} = explanation
  return [
    `## ${path}`,
    [coded(text), ...notes({since, deprecated})].join(' '),
    ...structs.map(({fields}) =>
      table(
        ['field', 'type', 'default', 'means'],
        fields.map((field) => [`\`${field.name}\``, typeCell(field, known), defaultCell(field), meaning(field)]),
      ),
    ),
    fenced(example?.python ?? ''),
  ]
}

function namesTable(names: readonly ExplainedName[]): string {
  return table(
    ['name', 'written', 'means'],
    names.map(({name, usage = '', text}) => [`\`${name}\``, `\`${escaped(usage)}\``, coded(escaped(text))]),
  )
}

function meaning({text, unit, values = [], since, deprecated}: ExplainedField): string {
  const parts = [
    coded(text),
    ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
    ...values.map((each) => `\`${each.value}\`: ${each.text}.`),
    ...notes({since, deprecated}),
  ]
  return escaped(parts.join(' '))
}

function notes({since, deprecated}: {since?: string | undefined; deprecated?: string | undefined}): string[] {
  return [
    ...(since === undefined ? [] : ['*Since a later Aurora than 0.8.*']),
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
  ]
}

function typeCell({type = ''}: ExplainedField, known: readonly string[]): string {
  return type.replace(/\w+/g, (name) => (known.includes(name) ? link(name) : name))
}

function defaultCell({required, defaultText}: ExplainedField): string {
  if (required) return '**required**'
  return defaultText === undefined ? '' : `\`${escaped(defaultText)}\``
}

/** References are code, so that nothing takes them for its own. */
function coded(text: string): string {
  return text.replace(/\{\{[^{}]+\}\}/g, '`$&`')
}

function link(name: string): string {
  return `[${name}](#${name.toLowerCase()})`
}

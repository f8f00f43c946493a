import {isRecord} from './manifest.ts'
import {nearest} from '../model/nearest.ts'

/** A way to read configurations of another syntax, as a plugin's manifest declares it. */
export interface LoaderDeclaration {
  name: string
  /** The ends of the names of its files: `.ini`. */
  files: readonly string[]
  /** Relative to the plugin's folder. */
  script: string
}

const FIELDS: readonly string[] = ['name', 'files', 'script'] satisfies (keyof LoaderDeclaration)[]
/** What the client reads itself. */
const OWN: readonly string[] = ['.aurora', '.json', '.yaml', '.yml', '.ts', '.mts', '.cts', '.js', '.mjs']

/** Reads the loaders in the `aurora` part of a package.json: static data, nothing of it is run. */
export function parseLoaders(aurora: unknown): {loaders: readonly LoaderDeclaration[]; problems: readonly string[]} {
  const entries: unknown = isRecord(aurora) ? (aurora['loaders'] ?? []) : []
  if (!Array.isArray(entries)) return {loaders: [], problems: ["'aurora.loaders' in package.json must be a list"]}
  const parsed = entries.map(parseLoader)
  return {
    loaders: parsed.flatMap(({loader, problems}) => (problems.length === 0 ? [loader] : [])),
    problems: parsed.flatMap(({loader, problems}, i) =>
      problems.map((text) => `loader ${loader.name === '' ? `number ${i + 1}` : `'${loader.name}'`}: ${text}`),
    ),
  }
}

function parseLoader(entry: unknown): {loader: LoaderDeclaration; problems: string[]} {
  const record = isRecord(entry) ? entry : {}
  const {name, files, script} = record
  const problems = Object.keys(record).flatMap((field) =>
    FIELDS.includes(field) ? [] : [`unknown field '${field}'${nearest(field, FIELDS)}`],
  )
  if (typeof name !== 'string' || !/^[a-z\d][\w.-]{0,99}$/i.test(name))
    problems.push("'name' must be a text of letters, digits, '.', '_' and '-'")
  const ends = Array.isArray(files) ? files.filter((each): each is string => typeof each === 'string' && /^\.\w[\w.-]*$/.test(each)) : []
  if (!Array.isArray(files) || ends.length === 0 || ends.length < files.length)
    problems.push('\'files\' must be a list of ends of file names, for example [".ini"]')
  for (const end of ends) if (OWN.includes(end)) problems.push(`the client reads ${end} itself`)
  if (typeof script !== 'string' || !/\.[cm]?[jt]s$/.test(script))
    problems.push("'script' must be the path of a JavaScript or TypeScript file in the plugin's folder")
  return {loader: {name: typeof name === 'string' ? name : '', files: ends, script: typeof script === 'string' ? script : ''}, problems}
}

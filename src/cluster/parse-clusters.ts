import type {ParseError} from 'jsonc-parser'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json, JsonObject} from '../model/json.ts'

/**
 * The entries of a clusters.json that have a name: JSON, with the comments and trailing commas that the documentation shows; a list
 * of objects, or an object whose values they are (reference/clusters.md §1). @throws UserError (exit 3)
 */
export async function parseClusters(text: string, file: string): Promise<{name: string; properties: JsonObject}[]> {
  const content = (await parse(text, file)) as Json
  if (typeof content !== 'object' || content === null) throw await invalid(`Unknown layout in ${file}`, text, file)
  const entries: [string | number, Json][] = Array.isArray(content)
    ? content.map((entry, index) => [index, entry])
    : Object.entries(content)
  const clusters: {name: string; properties: JsonObject}[] = []
  for (const [key, properties] of entries) {
    if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
      throw await invalid(`Clusters must be maps of key/value pairs, got ${typeName(properties)}`, text, file, [key])
    }
    const name = Object.hasOwn(properties, 'name') ? properties['name'] : undefined
    if (typeof name === 'string' && name !== '') clusters.push({name, properties})
  }
  return clusters
}

/** Plain JSON first: the parser that knows comments is loaded only for a file that needs it. */
async function parse(text: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch {
    const {parse: parseWithComments, printParseErrorCode} = await import('jsonc-parser')
    const errors: ParseError[] = []
    const content: unknown = parseWithComments(text, errors, {allowTrailingComma: true})
    const [first] = errors
    if (first) throw located(`Unable to parse ${file}: ${words(printParseErrorCode(first.error))}`, text, file, first.offset)
    return content
  }
}

async function invalid(message: string, text: string, file: string, path: (string | number)[] = []): Promise<UserError> {
  const {findNodeAtLocation, parseTree} = await import('jsonc-parser')
  const tree = parseTree(text, [], {allowTrailingComma: true})
  return located(message, text, file, (tree && findNodeAtLocation(tree, path)?.offset) ?? 0)
}

function located(message: string, text: string, file: string, offset: number): UserError {
  const before = text.slice(0, offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  return new UserError(`${message} (${file}, ${place})`, {
    code: 'cluster.file-invalid',
    exitCode: ExitCode.invalidConfiguration,
    remedy: `Correct ${file} at ${place}.`,
  })
}

/** `CommaExpected` as `comma expected`. */
function words(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim()
}

function typeName(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

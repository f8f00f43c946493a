import {lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {cacheFolder} from '../../config/location.ts'
import type {Build} from './build.ts'
import {foldersOf} from './folders.ts'

/**
 * The first line of a file that is kept, with the state of every file and folder that had a say in the build. Behind it are the code and
 * the map as they are: to read them as JSON, too, would take longer than all the rest.
 */
interface Head extends Pick<Build, 'inputs'> {
  format: typeof FORMAT
  root: string
  script: string
  states: readonly (readonly [path: string, state: string])[]
  codeChars: number
  mapChars: number
}

/** Changes with what a build is made of. */
const FORMAT = 2
const MAX_KEPT = 200
/** How finely file systems tell the time; what changed within that may have changed twice. */
const TICK_MS = 20n

const folder = () => join(cacheFolder(process.env), 'hooks')

/** The build of the script as it was kept, if nothing that it was made of has changed since: not looked for by content, which is slow. */
export function keptBuild(root: string, script: string): Build | undefined {
  const text = attempt(() => readOwn(fileFor(root, script)))
  const head = text === undefined ? undefined : attempt(() => JSON.parse(text.slice(0, text.indexOf('\n'))) as Head)
  if (text === undefined || head?.format !== FORMAT || head.root !== root || head.script !== script) return undefined
  if (!head.states.every(([path, state]) => stateOf(path) === state)) return undefined
  const [map, code] = [text.length - head.mapChars, text.length - head.mapChars - head.codeChars]
  return {code: text.slice(code, map), map: text.slice(map), inputs: head.inputs}
}

/** Keeps a build that began at `began`, in milliseconds, unless something changed meanwhile. A cache that cannot be written costs time alone. */
export function keepBuild(root: string, script: string, began: number, build: Build): void {
  const since = (BigInt(Math.floor(began)) - TICK_MS) * 1_000_000n
  attempt(() => {
    const states = watched(root, build).map((path) => [path, stateOf(path, since)] as const)
    const {code, map, inputs} = build
    const head: Head = {format: FORMAT, root, script, states, codeChars: code.length, mapChars: map.length, inputs}
    mkdirSync(folder(), {recursive: true, mode: 0o700})
    const file = fileFor(root, script)
    const draft = `${file}.${process.pid}.new`
    writeFileSync(draft, `${JSON.stringify(head)}\n${code}${map}`, {mode: 0o600})
    renameSync(draft, file)
    prune()
  })
}

/** The files of a build, and the folders in which another file would have been taken for one of them. */
function watched(root: string, {inputs}: Build): string[] {
  const {top} = foldersOf(root)
  const paths = new Set<string>()
  for (const path of [join(root, 'package.json'), ...inputs.map((input) => input.path)]) {
    paths.add(path)
    for (let above = dirname(path); !paths.has(above) && above.length >= top.length; above = dirname(above)) {
      paths.add(above).add(join(above, 'package.json'))
    }
  }
  return [...paths]
}

/** Changes with every change of a file, and of what is in a folder. @throws when it changed after `since` */
function stateOf(path: string, since?: bigint): string {
  const stat = statSync(path, {bigint: true, throwIfNoEntry: false})
  if (!stat) return 'none'
  if (since !== undefined && stat.ctimeNs >= since) throw new Error(`${path} has just been changed`)
  return `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`
}

/** One for each script of each folder, whatever the folder is called. */
function fileFor(root: string, script: string): string {
  const {dev, ino} = statSync(root)
  return join(folder(), `${dev}-${ino}-${encodeURIComponent(script)}`)
}

/** Only what nobody else can have written. */
function readOwn(file: string): string | undefined {
  for (const path of [folder(), file]) {
    const {uid, mode} = lstatSync(path)
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return undefined
  }
  return readFileSync(file, 'utf8')
}

/** The latest stay. */
function prune(): void {
  const files = readdirSync(folder()).map((name) => join(folder(), name))
  const old = files.map((file) => ({file, made: lstatSync(file).mtimeMs})).toSorted((a, b) => b.made - a.made)
  for (const {file} of old.slice(MAX_KEPT)) rmSync(file, {force: true})
}

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

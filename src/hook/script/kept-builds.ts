import {lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {cacheFolder} from '../../config/location.ts'
import type {Build} from './build.ts'
import {foldersOf} from './folders.ts'

/** A build as it is kept: with the state of every file and folder that had a say in it. */
interface Kept extends Build {
  format: typeof FORMAT
  root: string
  script: string
  states: readonly (readonly [path: string, state: string])[]
}

/** Changes with what a build is made of. */
const FORMAT = 1
const MAX_KEPT = 200
/** How finely file systems tell the time; what changed within that may have changed twice. */
const TICK_MS = 20n

const folder = () => join(cacheFolder(process.env), 'hooks')

/** The build of the script as it was kept, if nothing that it was made of has changed since: not looked for by content, which is slow. */
export function keptBuild(root: string, script: string): Build | undefined {
  const kept = attempt(() => readKept(fileFor(root, script)))
  if (kept?.format !== FORMAT || kept.root !== root || kept.script !== script) return undefined
  return kept.states.every(([path, state]) => stateOf(path) === state) ? kept : undefined
}

/** Keeps a build that began at `began`, in milliseconds, unless something changed meanwhile. A cache that cannot be written costs time alone. */
export function keepBuild(root: string, script: string, began: number, build: Build): void {
  const since = (BigInt(Math.floor(began)) - TICK_MS) * 1_000_000n
  attempt(() => {
    const states = watched(root, build).map((path) => [path, stateOf(path, since)] as const)
    const kept: Kept = {format: FORMAT, root, script, states, ...build}
    mkdirSync(folder(), {recursive: true, mode: 0o700})
    const file = fileFor(root, script)
    const draft = `${file}.${process.pid}.new`
    writeFileSync(draft, JSON.stringify(kept), {mode: 0o600})
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
  const stat = attempt(() => statSync(path, {bigint: true}))
  if (!stat) return 'none'
  if (since !== undefined && stat.ctimeNs >= since) throw new Error(`${path} has just been changed`)
  return `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`
}

/** One for each script of each folder, whatever the folder is called. */
function fileFor(root: string, script: string): string {
  const {dev, ino} = statSync(root)
  return join(folder(), `${dev}-${ino}-${encodeURIComponent(script)}.json`)
}

/** Only what nobody else can have written. */
function readKept(file: string): Kept | undefined {
  for (const path of [folder(), file]) {
    const {uid, mode} = lstatSync(path)
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return undefined
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Kept
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

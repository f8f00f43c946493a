import {accessSync, constants, readFileSync, realpathSync, statSync} from 'node:fs'
import {hostname} from 'node:os'
import {basename, dirname, join, relative, resolve} from 'node:path'
import type {UserError} from '../model/errors.ts'
import type {ErrnoName, FileStat} from '../sandbox/python/file-system.ts'
import type {Used} from '../sandbox/python/guest.ts'
import {type Environment, environmentOf} from './environment.ts'
import {type Content, GrantedFiles, MAX_FILE_BYTES, type ReadOptions} from './granted-files.ts'
import {type Inputs, digest, keyedDigest, noInputs} from './inputs.ts'
import {refused} from './refused.ts'
import {SourceFile} from './source-file.ts'
import {SYSTEM_ERRORS} from './system-errors.ts'

export interface InputOptions extends ReadOptions {
  /** What the file finds in `os.environ`; without it, the environment of this process. */
  readonly env?: Environment
}

type Look = readonly ['stat' | 'lstat' | 'link' | 'open' | 'include', path: string]

/** All that a configuration may look at, with a record of what it did look at. Paths are absolute. */
export class InputReader {
  readonly main: SourceFile
  readonly inputs: Inputs
  readonly directory = process.cwd()
  readonly environment: Readonly<Record<string, string>>
  readonly #files: GrantedFiles

  private constructor(main: SourceFile, environment: Readonly<Record<string, string>>, files: GrantedFiles, inputs = noInputs()) {
    this.main = main
    this.environment = environment
    this.#files = files
    this.inputs = inputs
    this.inputs.files.set(main.path, digest(main.bytes))
  }

  /** @throws UserError (exit 3) if the file cannot be read, with the text of the system (reference/commands.md §3). */
  static async open(file: string, options: InputOptions): Promise<InputReader> {
    const path = realPath(file)
    const main = new SourceFile(path, file, readFileSync(path))
    return new InputReader(main, environmentOf(options.env ?? process.env), new GrantedFiles(dirname(path), options))
  }

  /** The same, with the same record, for an evaluation of a file that it has read. */
  startingAt(file: SourceFile): InputReader {
    return new InputReader(file, this.environment, this.#files, this.inputs)
  }

  /** The folders in which files may be read. */
  get roots(): readonly string[] {
    return this.#files.roots
  }

  /** The paths that were asked for and refused, because they are outside of these. */
  get denied(): ReadonlySet<string> {
    return this.#files.denied
  }

  /** A file that another one includes, relative to it. */
  include(path: string, includer: string): SourceFile | ErrnoName {
    const at = resolve(dirname(includer), path)
    const content = this.#content(['include', at])
    if (typeof content === 'string') return content
    if ('entries' in content) return 'EISDIR'
    return new SourceFile(content.real, shownBeside(this.main, content.real), content.bytes)
  }

  /** What a file or a folder has in it. */
  open(path: string): Content | ErrnoName {
    return this.#content(['open', path])
  }

  stat(path: string, followLinks: boolean): FileStat | ErrnoName {
    const stat = this.#files.stat(path, followLinks)
    this.#record([followLinks ? 'stat' : 'lstat', path], digest(stat))
    return stat
  }

  link(path: string): {target: string} | ErrnoName {
    const link = this.#files.link(path)
    this.#record(['link', path], digest(link))
    return link
  }

  /** Notes that an environment variable is looked at, or all of them. */
  variable(name: string | null): void {
    const {inputs, environment} = this
    if (name === null) inputs.environment = keyedDigest(inputs.salt, environment)
    else inputs.variables.set(name, this.#variableDigest(name, inputs.salt))
  }

  /** Notes that something was looked at that is not the same in every run. */
  uses(what: Used): void {
    if (what === 'directory') this.inputs.directory = this.directory
    else this.inputs[what] = true
  }

  hostname(): string {
    return (this.inputs.hostname = hostname())
  }

  /** Whether an evaluation that depended on these inputs would find them again. */
  finds(inputs: Inputs): boolean {
    return (
      !inputs.time &&
      !inputs.random &&
      (inputs.directory ?? this.directory) === this.directory &&
      (inputs.hostname === undefined || inputs.hostname === hostname()) &&
      (inputs.environment === undefined || inputs.environment === keyedDigest(inputs.salt, this.environment)) &&
      [...inputs.variables].every(([name, value]) => this.#variableDigest(name, inputs.salt) === value) &&
      inputs.files.get(this.main.path) === digest(this.main.bytes) &&
      [...inputs.looks].every(([look, answer]) => this.#answer(JSON.parse(look) as Look) === answer)
    )
  }

  #variableDigest(name: string, salt: string): string | null {
    const value = Object.hasOwn(this.environment, name) ? this.environment[name] : undefined
    return value === undefined ? null : keyedDigest(salt, value)
  }

  #content(look: Look): Content | ErrnoName {
    const content = this.#files.open(look[1])
    this.#record(look, contentDigest(look, content))
    const {files} = this.inputs
    if (typeof content !== 'string' && 'bytes' in content && !files.has(content.real)) files.set(content.real, digest(content.bytes))
    return content
  }

  /** What was not answered the same each time will not be found again. */
  #record(look: Look, answer: string): void {
    const {looks} = this.inputs
    const key = JSON.stringify(look)
    looks.set(key, (looks.get(key) ?? answer) === answer ? answer : '')
  }

  #answer(look: Look): string {
    const [kind, path] = look
    switch (kind) {
      case 'stat':
      case 'lstat':
        return digest(this.#files.stat(path, kind === 'stat'))
      case 'link':
        return digest(this.#files.link(path))
      default:
        return contentDigest(look, this.#files.open(path))
    }
  }
}

/** What an included file includes in turn is relative to where it really is. */
function contentDigest([kind]: Look, content: Content | ErrnoName): string {
  if (typeof content === 'string') return digest(content)
  if ('entries' in content) return digest(content.entries)
  const sum = digest(content.bytes)
  return kind === 'include' ? digest([content.real, sum]) : sum
}

const FROM_FILES = 'A configuration is read from a file, not from a pipe: write it to one first, in the project whose files it includes.'

function realPath(file: string): string {
  try {
    // A pipe or a device would be waited for; the system gives pipes no path.
    const stat = statSync(file)
    if (!stat.isFile()) throw Object.assign(new Error(), {code: stat.isDirectory() ? 'EISDIR' : 'EINVAL'})
    const real = realpathSync(resolve(file))
    accessSync(real, constants.R_OK)
    if (stat.size > MAX_FILE_BYTES) throw tooLarge(file, stat.size)
    return real
  } catch (error) {
    const known = SYSTEM_ERRORS[(error as NodeJS.ErrnoException).code ?? '']
    if (!known) throw error
    const remedy = known === SYSTEM_ERRORS['EINVAL'] || file === '-' ? FROM_FILES : undefined
    throw refused(`[Errno ${known[0]}] ${known[1]}: '${file}'`, 'config.unreadable', remedy)
  }
}

function tooLarge(file: string, size: number): UserError {
  return refused(`${file} has ${size} bytes; a configuration may have ${MAX_FILE_BYTES}`, 'config.too-large')
}

/** How an included file is called in messages: as the main file is, relative to where it is. */
function shownBeside(main: SourceFile, real: string): string {
  return join(main.shown.slice(0, main.shown.length - basename(main.shown).length), relative(dirname(main.path), real))
}

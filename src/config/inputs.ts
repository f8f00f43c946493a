import {createHash} from 'node:crypto'
import {accessSync, constants, existsSync, readFileSync, realpathSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {basename, dirname, join, relative, resolve, sep} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {ReadAnswer, SourceFile} from './protocol.ts'

/** All that an evaluation depended on, so that its result can be kept for as long as none of it changes. */
export interface Inputs {
  /** Each file that was read, by its real path, with the SHA-256 of its content. */
  readonly files: Map<string, string>
  /** The environment variables that were looked at; `all` if the file went through them. */
  readonly variables: Set<string>
  all: boolean
}

export interface ReadOptions {
  /** Folders whose files the configuration may read; without them, its project: the repository that it lies in, else its own folder. */
  readonly roots?: readonly string[]
  /** More folders, besides those. */
  readonly readable?: readonly string[]
}

const MAX_FILE_BYTES = 8 << 20

/** Reads files for a configuration: inside its roots and nowhere else, whatever links say. */
export class InputReader {
  readonly main: SourceFile
  readonly inputs: Inputs = {files: new Map(), variables: new Set(), all: false}
  readonly #roots: readonly string[]

  private constructor(shown: string, {roots, readable = []}: ReadOptions) {
    const path = realPath(shown)
    const granted = roots ? roots.map((root) => realpathSync(root)) : [projectOf(dirname(path))]
    this.#roots = [...granted, ...readable.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder))]
    this.main = this.#source(path, shown)
  }

  /** @throws UserError (exit 3) if the file cannot be read, with the text of the system (reference/commands.md §3). */
  static async open(file: string, options: ReadOptions): Promise<InputReader> {
    return new InputReader(file, options)
  }

  /** A file that another one includes, relative to it. */
  include(path: string, includer: string): ReadAnswer {
    return this.#attempt(path, join(dirname(includer), path), (real) => this.#source(real, shownBeside(this.main, real)))
  }

  /** A file that the program opens; its bytes as Latin-1. */
  read(path: string): ReadAnswer {
    return this.#attempt(path, path, (real) => ({path: real, shown: path, text: this.#bytes(real).toString('latin1')}))
  }

  #attempt(given: string, from: string, read: (real: string) => SourceFile): ReadAnswer {
    try {
      const real = realpathSync(resolve(given.startsWith('/') ? given : from))
      if (!this.#roots.some((root) => isInside(real, root))) {
        const why = `Permission denied: it is outside of ${this.#roots.join(' and ')}; AURORA_READ_ROOTS can name more folders`
        return {errno: [13, why, given]}
      }
      return read(real)
    } catch (error) {
      return {errno: errnoOf(error, given)}
    }
  }

  #source(path: string, shown: string): SourceFile {
    return {path, shown, text: this.#bytes(path).toString('utf8')}
  }

  #bytes(path: string): Buffer {
    const stat = statSync(path)
    // A pipe or a device would be waited for.
    if (!stat.isFile()) throw Object.assign(new Error(), {code: stat.isDirectory() ? 'EISDIR' : 'EINVAL'})
    const {size} = stat
    if (size > MAX_FILE_BYTES) throw new FileTooLarge(path, size)
    const bytes = readFileSync(path)
    this.inputs.files.set(path, createHash('sha256').update(bytes).digest('hex'))
    return bytes
  }
}

class FileTooLarge extends UserError {
  constructor(path: string, size: number) {
    super(`${path} has ${size} bytes; a configuration may have ${MAX_FILE_BYTES}`, {
      code: 'config.too-large',
      exitCode: ExitCode.invalidConfiguration,
    })
  }
}

function realPath(file: string): string {
  try {
    const real = realpathSync(resolve(file))
    const stat = statSync(real)
    if (!stat.isFile()) throw Object.assign(new Error(), {code: stat.isDirectory() ? 'EISDIR' : 'EINVAL'})
    accessSync(real, constants.R_OK)
    return real
  } catch (error) {
    const [number, text, name] = errnoOf(error, file)
    throw new UserError(`[Errno ${number}] ${text}: '${name}'`, {code: 'config.unreadable', exitCode: ExitCode.invalidConfiguration})
  }
}

const ERRNO: Readonly<Record<string, readonly [number, string]>> = {
  ENOENT: [2, 'No such file or directory'],
  EACCES: [13, 'Permission denied'],
  ENOTDIR: [20, 'Not a directory'],
  EINVAL: [22, 'Not a regular file'],
  EISDIR: [21, 'Is a directory'],
  ELOOP: [40, 'Too many levels of symbolic links'],
}

function errnoOf(error: unknown, path: string): [number, string, string] {
  if (error instanceof FileTooLarge) return [27, 'File too large', path]
  const known = ERRNO[(error as NodeJS.ErrnoException).code ?? '']
  if (!known) throw error
  return [...known, path]
}

/** The repository that a folder belongs to, else the folder. A home is no project, even under version control: keys are in it. */
function projectOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (at === homedir() && at !== folder) return folder
    if (existsSync(join(at, '.git'))) return at
    if (at === dirname(at)) return folder
  }
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** How an included file is called in messages: as the main file is, relative to where it is. */
function shownBeside(main: SourceFile, real: string): string {
  return join(main.shown.slice(0, main.shown.length - basename(main.shown).length), relative(dirname(main.path), real))
}

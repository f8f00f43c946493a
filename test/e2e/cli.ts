import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const repository = fileURLToPath(new URL('../..', import.meta.url))
export const user = userInfo().username

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** The built client, as a user of a machine of their own has it: a home, and nothing in it. */
export class Cli {
  readonly home = mkdtempSync(join(tmpdir(), 'aurora-e2e-'))
  readonly env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: this.home,
    USER: user,
    NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/aurora'),
  }

  /** Runs the client to its end, without a terminal. */
  async run(args: readonly string[], options: {env?: NodeJS.ProcessEnv; cwd?: string; stdin?: string} = {}): Promise<Ended> {
    const child = this.start(args, options)
    child.stdin?.end(options.stdin ?? '')
    return ended(child)
  }

  /** Starts the client and leaves it running. */
  start(args: readonly string[], options: {env?: NodeJS.ProcessEnv; cwd?: string} = {}): ChildProcess {
    return spawn(process.execPath, [join(repository, 'bin/run.js'), ...args], {
      cwd: options.cwd ?? this.home,
      env: {...this.env, ...options.env},
      stdio: 'pipe',
    })
  }

  /** Runs the client, which must succeed, and gives its result by `--json`. */
  async json<Result>(args: readonly string[], options: {env?: NodeJS.ProcessEnv} = {}): Promise<Result> {
    const {code, stdout, stderr} = await this.run([...args, '--json'], options)
    if (code !== 0) throw new Error(`aurora ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
    return JSON.parse(stdout) as Result
  }

  /** Ends the local cluster, if there is one, deletes what it keeps outside the home (as root it does), and takes the home away. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.run(['local', 'reset', '--yes'])
    rmSync(this.home, {recursive: true, force: true})
  }
}

export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({code, signal, stdout, stderr}))
  })
}

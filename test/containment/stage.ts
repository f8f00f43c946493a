import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {createServer, type Server} from 'node:net'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {isDeepStrictEqual} from 'node:util'
import {vi} from 'vitest'
import {HookDenied, operation, step, UserError} from '@auroractl/cli'
import type {HookChainOptions} from '../../src/hook/chain.ts'
import type {HookFailure} from '../../src/model/errors.ts'
import {runOperation} from '../../src/operation/runner.ts'
import {sandboxEntry} from '../../src/sandbox/javascript/entry.ts'
import {Home, type PluginFiles} from '../hook/fixture.ts'

/** Some attacks use all of their limits. */
vi.setConfig({testTimeout: 60_000})

const dist = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))

/** The child as it is shipped. */
const SHIPPED = sandboxEntry(dist('children/javascript.js'), [dist('children')])

const SECRET = 'a-secret-that-nobody-may-read'

/** What an attack ended with, as the user of the command sees it. */
export interface Ended {
  /** Of each hook that denied, or that was refused. */
  failures: readonly HookFailure[]
  acted: boolean
}

interface Target {
  instances: readonly number[]
}

/**
 * The scene of an attack: a user's plugins, an operation that they guard, and things that an attack would change: a file, a
 * port, this very process.
 */
export class Stage {
  readonly home: Home
  readonly secretFile: string
  readonly port: number
  /** What the operation sent, when it got that far. */
  sent: readonly number[] | undefined
  readonly #server: Server
  readonly #before = globals()
  readonly #environment = JSON.stringify(process.env)
  #connections = 0

  private constructor(home: Home, server: Server) {
    this.home = home
    this.#server = server.on('connection', (socket) => {
      this.#connections++
      socket.destroy()
    })
    this.port = (server.address() as {port: number}).port
    this.secretFile = join(home.dataDir, 'secrets', 'secret.js')
  }

  static async open(): Promise<Stage> {
    const home = await Home.create()
    const server = createServer()
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const stage = new Stage(home, server)
    await mkdir(join(home.dataDir, 'secrets'))
    await writeFile(stage.secretFile, `export const secret = '${SECRET}'`)
    return stage
  }

  /** Links a plugin, with grants for all that its hooks ask for. */
  async link(plugin: PluginFiles): Promise<void> {
    await this.home.link(plugin)
  }

  /** Links the plugin `attacker` with one hook, `attack`. */
  async attacker(script: string, entry: object = {}, files: Record<string, string> = {}): Promise<void> {
    await this.link({
      name: 'attacker',
      // Long enough for the limit that is meant to be the one that is reached, on a busy machine too.
      hooks: [{name: 'attack', on: ['pre:job.kill'], script: 'attack.js', timeout: '30s', ...entry}],
      files: {'attack.js': script, ...files},
    })
  }

  /** Runs the operation that the hooks guard, as a command does. */
  async run(options: Partial<HookChainOptions> = {}): Promise<Ended> {
    const hooks = await this.home.chain({sandbox: SHIPPED, ...options})
    this.sent = undefined
    const outcome = await runOperation(
      this.#operation(),
      {instances: [0, 1]},
      {
        hooks,
        emit: options.emit ?? ((event) => void this.home.events.push(event)),
        signal: new AbortController().signal,
        dryRun: false,
        user: 'me',
        run: 'attacked',
      },
    )
    await hooks.close()
    if (outcome.status === 'applied') return {failures: [], acted: this.sent !== undefined}
    if (outcome.status !== 'not-applied') throw new Error(`the operation ended as ${outcome.status}`)
    if (!(outcome.error instanceof HookDenied)) throw outcome.error
    return {failures: outcome.error.failures, acted: this.sent !== undefined}
  }

  /** What of the scene is not as it was. */
  async touched(): Promise<string[]> {
    const untouched = {
      port: this.#connections === 0,
      file: (await readFile(this.secretFile, 'utf8')).includes(SECRET),
      secret: !JSON.stringify(this.home.events).includes(SECRET),
      globals: isDeepStrictEqual(globals(), this.#before),
      environment: JSON.stringify(process.env) === this.#environment,
    }
    return Object.entries(untouched).flatMap(([part, held]) => (held ? [] : [part]))
  }

  async close(): Promise<void> {
    this.#server.close()
    await this.home.remove()
  }

  #operation() {
    const kill = step<Target, {killed: readonly number[]}>({
      name: 'kill',
      run: ({instances}) => {
        this.sent = instances
        return {killed: instances}
      },
    })
    return operation<'job.kill', Target>('job.kill')
      .hooks(
        ({instances}) => ({
          job: {cluster: 'west', role: 'www', environment: 'prod', name: 'hello'},
          instances: [...instances],
          options: {},
        }),
        {
          instances(_, value) {
            if (!Array.isArray(value) || !value.every((id) => id === 0 || id === 1))
              throw new UserError('instances 0 and 1 only', {code: 'test'})
            return {instances: value}
          },
        },
      )
      .act(kill)
      .returns(({killed}) => killed)
  }
}

/** The names on what every object of this process inherits from; what keeps count of the commands that run puts itself there. */
function globals(): unknown[] {
  const shared = [Object.prototype, Array.prototype, Function.prototype, Promise.prototype, Error.prototype, String.prototype, globalThis]
  const names = (object: object) => Reflect.ownKeys(object).map(String)
  return shared.map((object) =>
    names(object)
      .filter((name) => !name.includes('signal-exit'))
      .toSorted(),
  )
}

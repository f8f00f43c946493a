import {lookup} from 'node:dns/promises'
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {SkipRecord} from '../../src/hook/audit-log.ts'
import {type HookChainOptions, createHookChain} from '../../src/hook/chain.ts'
import {grantPlugin} from '../../src/hook/grants.ts'
import {readPackage} from '../../src/hook/installed.ts'
import {parseManifest} from '../../src/hook/manifest.ts'
import type {Capabilities} from '../../src/hook/capabilities/capabilities.ts'
import {PromptAnswers} from '../../src/hook/capabilities/prompt-answers.ts'
import {Masker} from '../../src/model/masker.ts'
import type {RunEvent} from '../../src/model/events.ts'
import type {HookView} from '../../src/model/hook-view.ts'
import type {HookChain} from '../../src/operation/hook-chain.ts'
import {sandboxEntry} from '../../src/sandbox/javascript/entry.ts'

const src = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

/** The child as it runs from the sources. */
export const SANDBOX = sandboxEntry(src('sandbox/javascript/child.ts'), [src('sandbox/'), src('model/')])

export const OPERATIONS = {'job.create': {}, 'job.kill': {}, 'job.killall': {calls: ['job.kill']}}

export const KILL: HookView = {
  phase: 'pre',
  operation: 'job.kill',
  user: 'me',
  job: {cluster: 'west', role: 'www', environment: 'prod', name: 'hello'},
  options: {},
  instances: [0, 1],
  dryRun: false,
}

export interface PluginFiles {
  name: string
  hooks: unknown
  operations?: object
  files?: Record<string, string>
}

/** A user's data folder with linked plugins, and chains over it. */
export class Home {
  readonly events: RunEvent[] = []
  readonly questions: string[] = []
  readonly skips: SkipRecord[] = []
  answer: () => Promise<boolean> = async () => true
  readonly #chains: HookChain[] = []
  readonly #plugins: {name: string; root: string; type: 'link'}[] = []

  readonly dataDir: string

  private constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  static async create(): Promise<Home> {
    return new Home(await mkdtemp(join(tmpdir(), 'aurora-hooks-')))
  }

  root(name: string): string {
    return join(this.dataDir, 'plugins', name)
  }

  /** Writes a plugin, links it, and grants its hooks. */
  async link(plugin: PluginFiles): Promise<void> {
    const {name} = plugin
    await this.write(plugin)
    await this.grant(name)
    this.#plugins.push({name, root: this.root(name), type: 'link'})
    await writeFile(join(this.dataDir, 'package.json'), JSON.stringify({oclif: {schema: 1, plugins: this.#plugins}}))
  }

  async write({name, hooks, operations = {}, files = {}}: PluginFiles): Promise<void> {
    const all = {'package.json': JSON.stringify({name, version: '1.0.0', oclif: {}, aurora: {hooks, operations}}), ...files}
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(this.root(name), path)), {recursive: true})
      await writeFile(join(this.root(name), path), text)
    }
  }

  async grant(name: string, operations: object = {}): Promise<void> {
    const root = this.root(name)
    const found = await readPackage(root)
    const {hooks} = parseManifest(found.aurora, {...OPERATIONS, ...operations})
    await grantPlugin(this.dataDir, {name, root, version: found.version, hooks})
  }

  /** Links a plugin with one hook, `guard` at `pre:job.kill`, of this source. */
  async linkHook(code: string, entry: object = {}, name = 'team'): Promise<void> {
    await this.link({
      name,
      hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'hooks/guard.js', ...entry}],
      files: {'hooks/guard.js': code},
    })
  }

  async chain(options: Partial<HookChainOptions> = {}): Promise<HookChain> {
    const chain = await createHookChain({
      dataDir: this.dataDir,
      operations: OPERATIONS,
      capabilities: this.world(),
      emit: (event) => this.events.push(event),
      sandbox: SANDBOX,
      recordSkip: async (record) => void this.skips.push(record),
      ...options,
    })
    this.#chains.push(chain)
    return chain
  }

  /** What is lent to the hooks; nothing of this machine's but the environment. */
  world(changes: Partial<Capabilities> = {}): Capabilities {
    const ask = async (question: string) => {
      this.questions.push(question)
      return this.answer()
    }
    return {
      prompt: {
        confirm: ask,
        select: async (question, choices) => (await ask(question), choices[0] ?? ''),
        input: async () => 'typed',
        secret: async () => 'typed',
      },
      answers: new PromptAnswers(),
      folder: this.dataDir,
      env: process.env,
      dataDir: this.dataDir,
      masker: new Masker(),
      now: () => Date.UTC(2026, 0, 1),
      lookup: async (host) => lookup(host, {all: true}),
      scheduler: async (cluster) => {
        throw new Error(`no cluster ${cluster}`)
      },
      ...changes,
    }
  }

  /** What the hooks say at one point, on a chain of its own. */
  async ask(view: HookView = KILL, options: Partial<HookChainOptions> = {}) {
    return (await this.chain(options)).run(view.phase, view)
  }

  logs(): string[] {
    return this.events.flatMap((event) => (event.type === 'log' ? [`${event.level} ${event.text}`] : []))
  }

  async remove(): Promise<void> {
    await Promise.all(this.#chains.map((chain) => chain.close()))
    await rm(this.dataDir, {recursive: true})
  }
}

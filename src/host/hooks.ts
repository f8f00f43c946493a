import {homedir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import type {Config} from '@oclif/core/config'
import {loginName} from '../config/login-name.ts'
import type {Capabilities} from '../hook/capabilities/capabilities.ts'
import {createHookChain} from '../hook/chain.ts'
import {ConfigHookRunner} from '../hook/config-hooks/config-hook-runner.ts'
import {ConfigSkips} from '../hook/config-hooks/config-skips.ts'
import {startSandboxEarly} from '../hook/early-sandbox.ts'
import {POLICY_FOLDER} from '../hook/find-policy-file.ts'
import type {HookFiles} from '../hook/registry.ts'
import type {SkipRecord} from '../hook/audit-log.ts'
import {stateFolder} from '../model/state-folder.ts'
import type {ApiHooks} from '../operation/api-call.ts'
import type {HookChain} from '../operation/hook-chain.ts'
import {sandboxEntry} from '../sandbox/javascript/entry.ts'
import type {JavaScriptSandbox} from '../sandbox/javascript/sandbox.ts'
import type {Emit} from '../model/events.ts'
import {readCatalogue} from './catalogue.ts'
import {childEntry} from './children.ts'
import {hookCapabilities} from './hook-capabilities.ts'
import {distFile} from './layout.ts'
import {recordingChain} from './recorded-views.ts'

/** What the command line says about hooks. */
export interface HookFlags {
  'skip-hooks'?: string | undefined
  'skip-reason'?: string | undefined
  hooks?: readonly string[]
  frozen?: boolean
  answer?: readonly string[]
  answers?: string | undefined
}

export interface ChainRequest {
  config: Config
  emit: Emit
  flags: HookFlags
  /** The configuration files that the command loads: the hooks of their projects apply, or else of the current folder's. */
  configurations: readonly string[]
}

let early: Promise<JavaScriptSandbox | undefined> | undefined

/** Starts the sandbox for hooks of the command's operation while the command itself is still being loaded. */
export function startHooksEarly(commandId: string, argv: readonly string[], dataDir: string): void {
  const {operations} = readCatalogue()
  const operation = commandId.replaceAll(':', '.')
  if (Object.hasOwn(operations, operation)) early = startSandboxEarly(operation, argv, {dataDir, operations, sandbox: hookSandboxEntry()})
}

/** Where hooks come from, besides plugins. */
export function hookFiles({hooks = []}: HookFlags, configurations: readonly string[]): HookFiles {
  return {
    folders: configurations.length > 0 ? configurations.map((file) => dirname(resolve(file))) : [process.cwd()],
    home: process.env['HOME'] || homedir(),
    given: hooks,
    policyFolder: POLICY_FOLDER,
  }
}

/** The chain of the hooks that the user has installed, and of those of the project and the site. */
export async function hookChainFor({config, emit, flags, configurations}: ChainRequest): Promise<HookChain> {
  const recording = recordingChain()
  if (recording) return recording
  const started = early
  early = undefined
  const files = hookFiles(flags, configurations)
  return createHookChain({
    dataDir: config.dataDir,
    operations: readCatalogue().operations,
    files,
    skipHooks: flags['skip-hooks'],
    skipReason: flags['skip-reason'],
    recordSkip,
    withConfiguration: configurations.length > 0,
    capabilities: await capabilitiesFor({config, flags, configurations}),
    emit,
    sandbox: hookSandboxEntry(),
    ...(started ? {startedSandbox: started} : {}),
  })
}

const capabilities = new WeakMap<HookFlags, Promise<Capabilities>>()

/** One world for all hooks of a command, whatever their kind. */
function capabilitiesFor({config, flags, configurations}: Omit<ChainRequest, 'emit'>): Promise<Capabilities> {
  const folder = hookFiles(flags, configurations).folders[0] ?? process.cwd()
  const lent = capabilities.get(flags) ?? hookCapabilities(config.dataDir, folder, flags)
  capabilities.set(flags, lent)
  return lent
}

/** Asks the hooks of configuration files. */
export async function apiHooksFor(
  {config, emit, flags, configurations}: ChainRequest,
  run: {operation: string; user: string; dryRun: boolean},
): Promise<ApiHooks> {
  return new ConfigHookRunner({
    lent: {world: await capabilitiesFor({config, flags, configurations}), user: loginName(process.env)},
    dataDir: config.dataDir,
    emit,
    skips: new ConfigSkips({...run, text: flags['skip-hooks'], reason: flags['skip-reason'], record: recordSkip}, emit),
  })
}

/** With --frozen: @throws UserError when an operation would ask other hooks than those of the project's lock. */
export async function requireFrozen(operation: string, {config, flags, configurations}: ChainRequest): Promise<void> {
  if (!flags.frozen && !frozenByEnvironment(process.env)) return
  const {requireLocked} = await import('../hook/frozen.ts')
  const {operations} = readCatalogue()
  await requireLocked(operation, {dataDir: config.dataDir, operations, files: hookFiles(flags, configurations)})
}

/** What is no clear no is a yes: nobody writes `on` to be unguarded. */
function frozenByEnvironment({AURORA_FROZEN: value = ''}: NodeJS.ProcessEnv): boolean {
  return !/^(0|false|n|no|off|)$/i.test(value.trim())
}

async function recordSkip(record: SkipRecord): Promise<void> {
  const audit = await import('../hook/audit-log.ts')
  return audit.recordSkip(join(stateFolder(process.env), 'audit.jsonl'), record)
}

/** The child in which hooks run. */
export function hookSandboxEntry() {
  return sandboxEntry(childEntry('javascript'), [distFile('children')])
}

import type {Config} from '@oclif/core/config'
import {createHookChain} from '../hook/chain.ts'
import {startSandboxEarly} from '../hook/early-sandbox.ts'
import type {HookChain} from '../operation/hook-chain.ts'
import {sandboxEntry} from '../sandbox/javascript/entry.ts'
import type {JavaScriptSandbox} from '../sandbox/javascript/sandbox.ts'
import type {Renderer} from '../terminal/renderer.ts'
import {terminalPrompt} from '../terminal/prompt.ts'
import {readCatalogue} from './catalogue.ts'
import {childEntry} from './children.ts'
import {distFile} from './layout.ts'

export interface ChainRequest {
  config: Config
  renderer: Renderer
  /** The text of `--skip-hooks`. */
  skipHooks: string | undefined
}

let early: Promise<JavaScriptSandbox | undefined> | undefined

/** Starts the sandbox for hooks of the command's operation while the command itself is still being loaded. */
export function startHooksEarly(commandId: string, dataDir: string): void {
  const {operations} = readCatalogue()
  const operation = commandId.replaceAll(':', '.')
  if (Object.hasOwn(operations, operation)) early = startSandboxEarly(operation, {dataDir, operations, sandbox: entry()})
}

/** The chain of the hooks that the user has installed. */
export async function hookChainFor({config, renderer, skipHooks}: ChainRequest): Promise<HookChain> {
  const started = early
  early = undefined
  return createHookChain({
    dataDir: config.dataDir,
    operations: readCatalogue().operations,
    skipHooks,
    capabilities: {prompt: terminalPrompt({remedy: 'The hook cannot be asked without one.'})},
    emit: renderer.emit.bind(renderer),
    sandbox: entry(),
    ...(started ? {startedSandbox: started} : {}),
  })
}

function entry() {
  return sandboxEntry(childEntry('javascript'), [distFile('children')])
}

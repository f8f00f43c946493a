import type {Config} from '@oclif/core/config'
import {createHookChain} from '../hook/chain.ts'
import type {HookChain} from '../operation/hook-chain.ts'
import {sandboxEntry} from '../sandbox/javascript/entry.ts'
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

/** The chain of the hooks that the user has installed. */
export async function hookChainFor({config, renderer, skipHooks}: ChainRequest): Promise<HookChain> {
  return createHookChain({
    dataDir: config.dataDir,
    operations: readCatalogue().operations,
    skipHooks,
    capabilities: {prompt: terminalPrompt({remedy: 'The hook cannot be asked without one.'})},
    emit: renderer.emit.bind(renderer),
    sandbox: sandboxEntry(childEntry('javascript'), [distFile('children')]),
  })
}

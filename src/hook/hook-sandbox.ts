import type {Emit} from '../model/events.ts'
import type {JavaScriptSandbox, SandboxEntry} from '../sandbox/javascript/sandbox.ts'
import type {Capabilities} from './capabilities/capabilities.ts'
import type {HookRunner} from './hook-runner.ts'

export interface HookSandboxOptions {
  capabilities: Capabilities
  emit: Emit
  sandbox: SandboxEntry
  /** One that was started early; the chain ends it. */
  startedSandbox?: Promise<JavaScriptSandbox | undefined>
}

/** The sandbox of one chain and what asks hooks in it, started when first needed. */
export class HookSandbox {
  readonly #options: HookSandboxOptions
  #sandbox: Promise<JavaScriptSandbox> | undefined
  #runner: Promise<HookRunner> | undefined

  constructor(options: HookSandboxOptions) {
    this.#options = options
  }

  runner(): Promise<HookRunner> {
    return (this.#runner ??= this.#createRunner())
  }

  async close(): Promise<void> {
    const sandboxes = await Promise.all([this.#sandbox?.catch(() => undefined), this.#options.startedSandbox])
    for (const sandbox of sandboxes) sandbox?.stop()
  }

  async #createRunner(): Promise<HookRunner> {
    this.#sandbox ??= this.#start()
    const [sandbox, {HookRunner}] = await Promise.all([this.#sandbox, import('./hook-runner.ts')])
    return new HookRunner({sandbox, capabilities: this.#options.capabilities, emit: this.#options.emit})
  }

  async #start(): Promise<JavaScriptSandbox> {
    const started = await this.#options.startedSandbox
    if (started) return started
    const {JavaScriptSandbox} = await import('../sandbox/javascript/sandbox.ts')
    const sandbox = new JavaScriptSandbox(this.#options.sandbox)
    sandbox.start()
    return sandbox
  }
}

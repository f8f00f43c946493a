import {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import type * as Interfaces from '@oclif/core/interfaces'
import {type AuroraError, asAuroraError, UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {LogLevel} from '../model/events.ts'
import {exitCodeOf, type Outcome} from '../model/outcome.ts'
import type {OperationName} from '../model/operations.ts'
import type {Operation} from '../operation/operation.ts'
import type {HookFiles} from '../hook/registry.ts'
import type {ConfigRequest, Services} from '../steps/services.ts'
import {createRenderer, type ProgressMode, type Renderer} from '../terminal/renderer.ts'
import {bindings} from './bindings.ts'
import {expandFlagPrefixes} from './flag-prefix.ts'
import type {HookFlags} from './hooks.ts'
import {jsonText} from './json-text.ts'
import {masked, masker} from './masker.ts'
import {outcomeLines, type OutcomeWords} from './outcome-lines.ts'
import {plannedText} from './planned-text.ts'
import {errorJson, errorText} from './report.ts'
import {sharedFlags} from './shared-flags.ts'

/** The flags that the base class itself looks at; a command has those that concern it. */
interface SharedValues extends HookFlags {
  verbose?: boolean
  json?: boolean
  progress?: ProgressMode
  yes?: boolean
  'dry-run'?: boolean
}

/**
 * The base of every command: parses, runs, and renders. A command overrides `execute`, which returns the typed result that
 * `--json` writes, and `render`, which gives the text for stdout. It prints nothing else: `this.info` and its like log to stderr.
 */
export abstract class AuroraCommand<Result = unknown> extends Command {
  static override baseFlags: Interfaces.FlagInput = sharedFlags
  #shared: SharedValues = {}
  #renderer: Renderer | undefined
  /** The files that it loads. */
  readonly #configurations: string[] = []

  /** Runs the command, with the configuration that the host has loaded, and gives its exit code. */
  static async start(this: new (argv: string[], config: Config) => AuroraCommand, argv: string[], config: Config): Promise<number> {
    return new this(argv, config).#start()
  }

  /** oclif's entry, for hosts that load the command themselves. */
  override async run(): Promise<void> {
    process.exitCode = await this.#start()
  }

  protected abstract execute(): Promise<Result>

  /** The result as text for stdout; none by default. */
  protected render(_result: Result): string {
    return ''
  }

  /** The result as data for `--json`; itself by default. */
  protected toJson(result: Result): unknown {
    return result
  }

  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv = this.argv): Promise<Interfaces.ParserOutput<F, B, A>> {
    // oclif would take what is piped in for an argument that was left out: in a loop that reads lines, the rest of them.
    for (const arg of Object.values(options?.args ?? this.ctor.args)) arg.ignoreStdin = true
    const parsed = await super.parse(options, expandFlagPrefixes(argv, this.ctor))
    this.#shared = parsed.flags as SharedValues
    return parsed
  }

  protected get renderer(): Renderer {
    const {progress = 'auto', verbose = false} = this.#shared
    return (this.#renderer ??= masked(createRenderer(progress, process.stderr, verbose)))
  }

  protected get yes(): boolean {
    return this.#shared.yes ?? false
  }

  protected get json(): boolean {
    return this.#shared.json ?? false
  }

  protected debugLog(text: string): void {
    this.#log('debug', text)
  }

  protected info(text: string): void {
    this.#log('info', text)
  }

  protected warning(text: string): void {
    this.#log('warn', text)
  }

  /** Asks on the terminal. `--yes` answers; without a terminal it is an error that names `--yes`. */
  protected async confirm(question: string): Promise<boolean> {
    if (this.yes) return true
    const {terminalPrompt} = await import('../terminal/prompt.ts')
    this.renderer.clear()
    return terminalPrompt({remedy: 'Add --yes to go on without being asked.'}).confirm(question)
  }

  /** How operations reach clusters, schedulers and configuration files. */
  protected async services(): Promise<Services> {
    const {createServices} = await import('./services.ts')
    return createServices((level, text) => this.#log(level, text), this.config.dataDir)
  }

  /** How the configuration file that the user names is to be read; what will evaluate it is started at once, unless it need not be. */
  protected async configuration(file: string, flags: {bind: readonly string[]; 'read-json': boolean}): Promise<ConfigRequest> {
    this.#configurations.push(file)
    const request = {file, bindings: bindings(flags.bind), readJson: flags['read-json']}
    const {configOptions} = await import('./config-options.ts')
    const {prepareConfig} = await import('../config/load.ts')
    const options = configOptions((level, text) => this.#log(level, text), process.env, this.config.dataDir)
    return {...request, kept: await prepareConfig(file, {...options, ...request})}
  }

  /** Where hooks come from, besides plugins, for a command that tells of them. */
  protected async hookFiles(): Promise<HookFiles> {
    const {hookFiles} = await import('./hooks.ts')
    return hookFiles(this.#shared, this.#configurations)
  }

  /** Opens a page; a browser that cannot be opened fails nothing that was done. */
  protected async openBrowser(url: string): Promise<void> {
    const {openBrowser} = await import('./browser.ts')
    await openBrowser(url).catch((thrown: unknown) => this.warning(asAuroraError(thrown).message))
  }

  /** Runs an operation with the hooks of its points, and gives its result; any other outcome is thrown as its error. */
  protected async operate<Name extends OperationName, Input extends object, Value>(
    operation: Operation<Name, Input, Value>,
    input: Input,
  ): Promise<Value> {
    const {runForCommand} = await import('./run.ts')
    const outcome = await runForCommand(operation, input, {
      config: this.config,
      renderer: this.renderer,
      flags: this.#shared,
      configurations: this.#configurations,
      dryRun: this.#shared['dry-run'] ?? false,
      command: {id: this.ctor.id ?? '', argv: expandFlagPrefixes(this.argv, this.ctor)},
    })
    if (outcome.status === 'applied') return outcome.result
    throw new OutcomeNotApplied(outcome, operation.acting.length > 0)
  }

  async #start(): Promise<number> {
    try {
      const result = await this.execute()
      this.#renderer?.clear()
      await this.#write(this.json ? jsonText(this.toJson(result)) : masker.text(this.render(result)))
      return this.exitCodeFor(result)
    } catch (thrown) {
      this.#renderer?.clear()
      return await this.#fail(thrown)
    }
  }

  /** The exit code of a result: 0 unless a command says otherwise. */
  protected exitCodeFor(_result: Result): number {
    return ExitCode.ok
  }

  /** Ends the command as another one ended that it has run, which has written its result. */
  protected endAs(exitCode: number): never {
    throw new EndedAs(exitCode)
  }

  async #fail(thrown: unknown): Promise<number> {
    if (thrown instanceof EndedAs) return thrown.exitCode
    if (thrown instanceof OutcomeNotApplied) return this.#failOutcome(thrown)
    const exit = oclifExit(thrown)
    if (exit !== undefined) return exit
    const error = usageError(thrown, this.ctor.id?.replaceAll(':', ' ') ?? '') ?? asAuroraError(thrown)
    await this.#tellError(error, error.exitCode, {})
    return error.exitCode
  }

  async #failOutcome({outcome, changes}: OutcomeNotApplied): Promise<number> {
    if (outcome.status === 'planned') {
      await this.#write(
        this.wantsJson
          ? jsonText({dryRun: true, effects: outcome.effects})
          : masker.text(outcome.effects.map(plannedText).join('')) || 'Nothing to do.\n',
      )
      return exitCodeOf(outcome)
    }
    const {error, ...extra} = outcome
    await this.#tellError(error, exitCodeOf(outcome), extra, outcomeLines(error, extra, changes))
    return exitCodeOf(outcome)
  }

  async #tellError(error: AuroraError, exitCode: ExitCode, extra: OutcomeWords, lines: readonly string[] = []): Promise<void> {
    if (this.wantsJson) await this.#write(jsonText({error: errorJson(error, exitCode), ...extra}))
    // An interrupt is a log line, as it always was; among JSON events everything is one.
    if (this.#shared.progress === 'json') {
      for (const text of [error.message, ...lines]) this.#log('error', text)
      return
    }
    if (error.exitCode === ExitCode.interrupted) this.#log('error', error.message)
    else process.stderr.write(masker.text(errorText(error)))
    process.stderr.write(masker.text(lines.map((text) => `${text}\n`).join('')))
  }

  /** Also true when the command line did not parse. */
  private get wantsJson(): boolean {
    const end = this.argv.indexOf('--')
    return (end === -1 ? this.argv : this.argv.slice(0, end)).includes('--json')
  }

  #log(level: LogLevel, text: string): void {
    this.renderer.emit({type: 'log', level, text})
  }

  /** @throws UserError when the result cannot be written, such as on a full disk; a reader that has gone is none. */
  async #write(text: string): Promise<void> {
    if (text === '') return
    // oclif's listener throws past everybody; the callback below hears of the same error.
    process.stdout.removeAllListeners('error').on('error', () => {})
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (cause) => {
        if (!cause || ('code' in cause && cause.code === 'EPIPE')) return resolve()
        const options = {code: 'output.failed', exitCode: ExitCode.commandFailure, cause}
        reject(new UserError(`The result could not be written: ${cause.message}`, options))
      })
    })
  }
}

class OutcomeNotApplied extends Error {
  readonly outcome: Exclude<Outcome, {status: 'applied'}>
  /** Whether the operation can change anything. */
  readonly changes: boolean
  constructor(outcome: Exclude<Outcome, {status: 'applied'}>, changes: boolean) {
    super(outcome.status)
    this.outcome = outcome
    this.changes = changes
  }
}

class EndedAs extends Error {
  readonly exitCode: number
  constructor(exitCode: number) {
    super('ended')
    this.exitCode = exitCode
  }
}

/** oclif ends commands by throwing, for `--help` and the like. */
function oclifExit(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== 'EEXIT' || !('oclif' in thrown)) return undefined
  return (thrown.oclif as {exit?: number}).exit ?? 0
}

/** What oclif's parser refuses, as ours. Errors of our own parsers pass through it as they are. */
export function usageError(thrown: unknown, id: string): UserError | undefined {
  if (!(thrown instanceof Error) || !('oclif' in thrown) || (thrown.oclif as {exit?: number}).exit !== ExitCode.usage) return undefined
  const message = thrown.message
    .replace(/\n?See more help with --help/g, '')
    .replace(/^The following errors? occurred:\s+/, '')
    .replace(/Missing required flag (\w)/g, 'Missing required flag --$1')
    .replace(/^Parsing (--\S+) \n\t/, '$1: ')
    .replace(/\n\nNote: [\s\S]*$/, '')
    .trim()
  return new UserError(`aurora ${id}: error: ${message}`, {
    code: 'usage',
    exitCode: ExitCode.usage,
    remedy: `See 'aurora ${id} --help'.`,
    cause: thrown,
  })
}

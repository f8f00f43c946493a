import {readFile} from 'node:fs/promises'
import {meets} from '../hook/condition.ts'
import {HookSandbox} from '../hook/hook-sandbox.ts'
import {namedHook} from '../hook/named-hook.ts'
import {type HookFiles, loadHooks} from '../hook/registry.ts'
import {readContext} from '../hook/testing/test-case.ts'
import {UserError} from '../model/errors.ts'
import type {RunEvent} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import {fileProblem} from '../model/file-problem.ts'
import type {Json} from '../model/json.ts'
import {readCatalogue} from './catalogue.ts'
import {hookCapabilities} from './hook-capabilities.ts'
import {type HookFlags, hookSandboxEntry} from './hooks.ts'

export interface HookQuestion {
  hook: string
  /** The file with the context that it sees. */
  context: string
  dataDir: string
  files: HookFiles
  flags: HookFlags
  /** Whether the hook's changes in the world are made, and not only told. */
  forReal: boolean
}

/** What came of asking one hook. */
export interface HookRun {
  hook: string
  source: string
  decision: 'allow' | 'deny' | 'amend' | 'fail' | 'not-asked'
  reason?: string
  changes?: Json
  hint?: string
  log: string[]
  /** What it did with its powers, and in a dry run would have done. */
  powers: {text: string; planned: boolean}[]
  ms: number
  cpuMs?: number
  heapKb?: number
}

/** Asks one hook with a recorded context, in the sandbox and with the powers that it was granted. @throws UserError for no hook, and no context */
export async function askHook({hook: name, context, dataDir, files, flags, forReal}: HookQuestion): Promise<HookRun> {
  const {hooks, operations} = await loadHooks(dataDir, readCatalogue().operations, files)
  const data = await readContextFile(context)
  const hook = await namedHook(
    name,
    hooks,
    operations,
    readContext(data, undefined, (text) => wrong(context, text)),
  )
  const recorded = readContext(data, hook, (text) => wrong(context, text))
  const view = {...recorded, dryRun: forReal ? recorded.dryRun : true, ...(hook.with === undefined ? {} : {with: hook.with})}
  const {source} = hook
  const run: HookRun = {hook: hook.name, source, decision: 'not-asked', log: [], powers: [], ms: 0}
  if (!meets(hook.when, view.job)) return {...run, reason: "the job is none of its 'when'"}
  const emit = (event: RunEvent) => hear(run, event)
  const sandbox = new HookSandbox({
    capabilities: await hookCapabilities(dataDir, files.folders[0] ?? process.cwd(), flags),
    emit,
    sandbox: hookSandboxEntry(),
  })
  try {
    const {hint} = await (await sandbox.runner()).ask(hook, view)
    return hint === undefined ? run : {...run, hint}
  } catch {
    // It is in the event.
    return run
  } finally {
    await sandbox.close()
  }
}

function hear(run: HookRun, event: RunEvent): void {
  switch (event.type) {
    case 'log':
      run.log.push(`${event.level} ${event.text}`)
      break
    case 'hook.power':
      run.powers.push({text: `${event.power}: ${event.text}`, planned: event.planned})
      break
    case 'hook.failed':
      Object.assign(run, {decision: 'fail', reason: event.reason}, cost(event))
      break
    case 'hook.finished':
      Object.assign(run, event.decision, cost(event))
      break
    default:
  }
}

function cost({ms, cpuMs, heapKb}: {ms: number; cpuMs?: number; heapKb?: number}): Partial<HookRun> {
  return {ms, ...(cpuMs === undefined ? {} : {cpuMs}), ...(heapKb === undefined ? {} : {heapKb})}
}

async function readContextFile(path: string): Promise<Json> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw wrong(path, fileProblem(cause))
  })
  const {parse} = await import('yaml')
  try {
    return parse(text) as Json
  } catch (error) {
    throw wrong(path, (error as Error).message)
  }
}

function wrong(file: string, text: string): UserError {
  return new UserError(`${file}: ${text}`, {
    code: 'hooks.context',
    exitCode: ExitCode.invalidConfiguration,
    remedy: "'aurora hooks context' prints what hooks see of an operation.",
  })
}

import type {JavaScriptSandbox, SandboxEntry} from '../../sandbox/javascript/sandbox.ts'
import type {PluginInspection} from '../inspect-plugin.ts'
import type {HookDeclaration} from '../manifest.ts'
import type {RegisteredHook} from '../registered.ts'
import {differences} from './compare.ts'
import {CoverageCount, type FileCoverage} from './coverage.ts'
import {readCases} from './read-cases.ts'
import {runCase} from './run-case.ts'
import {malformed, type TestCase} from './test-case.ts'

export interface CaseResult {
  file: string
  name: string
  hook: string
  passed: boolean
  /** What was otherwise than expected. */
  differences: readonly string[]
  /** What the hook logged. */
  log: readonly string[]
}

export interface TestReport {
  plugin: string
  cases: readonly CaseResult[]
  /** Of the plugin's own files. */
  coverage: readonly FileCoverage[]
  /** What the cases leave out: hooks that never do in them what they are for. */
  problems: readonly string[]
}

/** Isolates that one child holds before it is replaced: each case has its own. */
const CASES_A_CHILD = 40

/** Runs the cases in a plugin's `tests` folder in the sandbox. Nothing of the plugin runs outside of it. @throws UserError for cases that are none */
export async function testPlugin({name, root, hooks}: PluginInspection, entry: SandboxEntry): Promise<TestReport> {
  const cases = await readCases(root, hooks)
  const {JavaScriptSandbox} = await import('../../sandbox/javascript/sandbox.ts')
  const count = new CoverageCount()
  const results: CaseResult[] = []
  const done = new Map<HookDeclaration, Set<string>>(hooks.map((hook) => [hook, new Set()]))
  let sandbox: JavaScriptSandbox | undefined
  try {
    for (const [index, test] of cases.entries()) {
      if (index % CASES_A_CHILD === 0) {
        sandbox?.stop()
        sandbox = new JavaScriptSandbox(entry)
      }
      const {ending, coverage, modules} = await run(registered(test.hook, name, root), test, sandbox, `case ${index}`)
      count.add(coverage, modules)
      const found = differences(test.expect, ending)
      if (found.length === 0) done.get(test.hook)?.add(ending.decision)
      results.push({
        file: test.file,
        name: test.name,
        hook: test.hook.name,
        passed: found.length === 0,
        differences: found,
        log: ending.log,
      })
    }
  } finally {
    sandbox?.stop()
  }
  return {
    plugin: name,
    cases: results,
    coverage: count.files(),
    problems: hooks.flatMap((hook) => unproven(hook, done.get(hook) ?? new Set())),
  }
}

async function run(hook: RegisteredHook, test: TestCase, sandbox: JavaScriptSandbox | undefined, isolate: string) {
  if (!sandbox) throw new Error('no sandbox')
  return runCase(hook, test, sandbox, isolate).catch((error: Error) => {
    throw malformed(test.file, `case '${test.name}': ${error.message}`)
  })
}

function registered(hook: HookDeclaration, plugin: string, root: string): RegisteredHook {
  return {...hook, kind: 'plugin', source: `plugin ${plugin}`, owner: plugin, root}
}

/** A guard that no case shows to stop anything may be none. */
function unproven({name, on}: HookDeclaration, endings: ReadonlySet<string>): string[] {
  if (on.some(({phase}) => phase === 'pre') && !endings.has('deny')) return [`no case shows that '${name}' denies anything`]
  const amends = on.some(({phase}) => phase === 'amend')
  if (amends && !endings.has('deny') && !endings.has('amend')) return [`no case shows that '${name}' amends or denies anything`]
  return []
}

import type {Capabilities} from '../hook/capabilities/capabilities.ts'
import {parseAnswers} from '../hook/capabilities/prompt-answers.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {fileProblem} from '../model/file-problem.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {terminalPrompt} from '../terminal/prompt.ts'
import type {HookFlags} from './hooks.ts'
import {masker} from './masker.ts'

/** What this machine lends to hooks. */
export async function hookCapabilities(
  dataDir: string,
  folder: string,
  {answer = [], answers}: Pick<HookFlags, 'answer' | 'answers'>,
): Promise<Capabilities> {
  const connections = new Map<string, Promise<SchedulerConnection>>()
  return {
    prompt: terminalPrompt({remedy: 'The hook cannot be asked without one.'}),
    answers: parseAnswers(answer, answers === undefined ? undefined : await readAnswers(answers)),
    folder,
    env: process.env,
    dataDir,
    masker,
    now: () => Date.now(),
    lookup: async (host) => process.getBuiltinModule('node:dns/promises').lookup(host, {all: true, order: 'verbatim'}),
    async scheduler(cluster) {
      const connection = connections.get(cluster) ?? connectTo(cluster, dataDir)
      connections.set(cluster, connection)
      return (await connection).api
    },
  }
}

/** @throws UserError (exit 2) for a file that cannot be read */
async function readAnswers(name: string): Promise<{name: string; text: string}> {
  const {readFile} = await import('node:fs/promises')
  const text = await readFile(name, 'utf8').catch((cause: unknown) => {
    throw new UserError(`--answers: ${name}: ${fileProblem(cause)}`, {code: 'answers.unreadable', exitCode: ExitCode.usage, cause})
  })
  return {name, text}
}

async function connectTo(cluster: string, dataDir: string): Promise<SchedulerConnection> {
  const {createServices} = await import('./services.ts')
  const services = createServices(() => {}, dataDir)
  return services.connect((await services.clusters()).get(cluster))
}

import {isHelped, safeText} from '@auroractl/cli'
import type {CanonicalJob, Job} from '@auroractl/cli/schema'
import type {Evaluation} from '../operations/evaluate.ts'

/** An evaluation for people: each job in a few lines. */
export function evaluationText(evaluation: Evaluation): string {
  if ('jobs' in evaluation) return safeText(evaluation.jobs.map(jobText).join(''))
  const {file, message, remedy} = evaluation
  return safeText(`${file}: refused\n${indented([message, remedy])}`)
}

function jobText(job: CanonicalJob): string {
  const {key, stage, message, client_check: client, update_settings: settings} = job
  if (stage !== undefined) return `${key}: refused (${stage})\n${indented([message])}`
  const refused = [
    client?.ok === false ? client.message : undefined,
    settings && 'error' in settings ? `update_config: ${String(settings['message'])}` : undefined,
  ]
  const warnings = client?.ok ? client.warnings : ''
  const verdict = refused.some((text) => text !== undefined) ? 'refused' : 'fine'
  return `${key}: ${verdict}\n${indented([...refused, ...facts(job), warnings && `warning: ${warnings}`])}`
}

function facts({job, ports = [], unbound = []}: CanonicalJob): string[] {
  const {instances, task} = job as unknown as Job
  const {cpu = 0, ram = 0, disk = 0} = task.resources ?? {}
  return [
    `${instances} × ${cpu} CPU, ${megabytes(ram)} memory, ${megabytes(disk)} disk`,
    `processes: ${(task.processes ?? []).map(({name}) => name).join(', ')}`,
    ports.length > 0 ? `ports: ${ports.join(', ')}` : '',
    left(
      'the executor',
      unbound.filter((address) => !isHelped(address)),
    ),
    left('the commands that send the job', unbound.filter(isHelped)),
  ]
}

function left(to: string, addresses: readonly string[]): string {
  return addresses.length > 0 ? `left to ${to}: ${addresses.map((address) => `{{${address}}}`).join(' ')}` : ''
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MB`
}

function indented(texts: readonly (string | undefined)[]): string {
  return texts
    .flatMap((text) => (text ? text.split('\n') : []))
    .map((line) => `  ${line}\n`)
    .join('')
}

import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {accountCommand, environment, IN_SANDBOX, type ProcessSite} from './command-line.ts'
import {type Fields, integerField, numberField, stringField, structField} from './fields.ts'
import type {HealthLimits} from './health-count.ts'
import {signalPort} from './http-signal.ts'
import type {ThermosTask} from './thermos-task.ts'
import {signal} from './tree.ts'

/** How a task's health is looked at (reference/thermos.md §10). */
export interface HealthCheck {
  limits: HealthLimits
  /** Why it is not healthy; nothing, if it is. Never rejects. */
  check(): Promise<string | undefined>
}

/** A shell check if the task has one, else HTTP if it was given a port `health`, else none: then it is taken for healthy. */
export function healthCheckOf(task: ThermosTask, site: ProcessSite): HealthCheck | undefined {
  const fields = structField(task.executor, 'health_check_config') ?? {}
  const checker = structField(fields, 'health_checker') ?? {}
  const shell = structField(checker, 'shell')
  const port = task.ports.get('health')
  if (shell === undefined && port === undefined) return undefined
  const timeout = numberField(fields, 'timeout_secs', 1) * 1000
  const look =
    shell === undefined
      ? httpCheck(structField(checker, 'http') ?? {}, port ?? 0, timeout)
      : shellCheck(task.bind(stringField(shell, 'shell_command')), site, timeout)
  const snooze = join(site.directories.sandbox, '.healthchecksnooze')
  return {
    limits: {
      initialInterval: Math.max(0, numberField(fields, 'initial_interval_secs', 15)),
      interval: Math.max(0.01, numberField(fields, 'interval_secs', 10)),
      maxConsecutiveFailures: integerField(fields, 'max_consecutive_failures', 0),
      minConsecutiveSuccesses: integerField(fields, 'min_consecutive_successes', 1),
    },
    check: () => (existsSync(snooze) ? Promise.resolve(undefined) : look()),
  }
}

function httpCheck(fields: Fields, port: number, timeout: number): () => Promise<string | undefined> {
  const endpoint = stringField(fields, 'endpoint', '/health')
  const response = stringField(fields, 'expected_response', 'ok')
  const code = integerField(fields, 'expected_response_code', 0)
  const short = (text: string) => text.slice(0, 10)
  return async () => {
    try {
      const answer = await signalPort('GET', port, endpoint, timeout)
      const body = answer.body.trim().toLowerCase()
      if (response !== '' && body !== response.toLowerCase()) {
        return `Response differs from expected response (expected "${short(response)}", got "${short(answer.body)}")`
      }
      if (code !== 0 && answer.code !== code) return `Response code differs from expected response (expected ${code}, got ${answer.code})`
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

const OUTPUT_LIMIT = 4096

/** Runs as the task's processes do: same account, directory and environment. */
function shellCheck(cmdline: string, site: ProcessSite, timeout: number): () => Promise<string | undefined> {
  return () =>
    new Promise((resolve) => {
      const command = [...IN_SANDBOX, '/usr/bin/env', '-i', ...environment(site), '/bin/bash', '-c', cmdline]
      const {sandbox} = site.directories
      const child = spawn('/usr/bin/env', [...accountCommand(site), ...command], {
        cwd: sandbox,
        env: {HOME: sandbox},
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(0, OUTPUT_LIMIT))
      child.stdout.on('data', collect)
      child.stderr.on('data', collect)
      const end = (reason: string | undefined) => {
        clearTimeout(timer)
        resolve(reason)
      }
      const timer = setTimeout(() => {
        if (child.pid !== undefined) signal(-child.pid, 'SIGKILL')
        child.stdout.destroy()
        child.stderr.destroy()
        end('Health check timed out.')
      }, timeout)
      child.once('error', (error) => end(error.message))
      child.once('close', (code, name) => {
        end(code === 0 ? undefined : `Command '${cmdline}' returned non-zero exit status ${code ?? name} with output '${output}'`)
      })
    })
}

import {nearestNames} from '../model/nearest.ts'
import {isIdentifier} from '../model/job-key.ts'
import {type Finding, type Rule, fieldRule, isAmount, isStruct, isText} from './rule.ts'

const IDENTIFIERS = ['role', 'environment', 'name'].map((field) =>
  fieldRule(field, isText, (value) =>
    isIdentifier(value)
      ? undefined
      : {message: `Invalid ${field} '${value}'`, hint: 'It is made of letters, digits, "_", "-" and ".", and is not empty.'},
  ),
)

const PROCESS_NAME = /^[^./][^/]*$/

const PROCESS_NAMES = fieldRule('task.processes.*.name', isText, (name) =>
  PROCESS_NAME.test(name)
    ? undefined
    : {
        message: `Task has invalid process: Invalid process name: ${name}`,
        hint: 'It names a folder: no "/" in it, no "." before it, and not empty.',
      },
)

const LIMITS = fieldRule('constraints.*', isText, (text) =>
  !text.startsWith('limit:') || /^limit:\s*[+-]?\d+\s*$/.test(text)
    ? undefined
    : {message: `${text} is not a valid limit value, must be integer`, hint: 'limit:2 lets two tasks be on each value of the attribute.'},
)

const POLICIES = ['KILL_EXISTING', 'CANCEL_NEW', 'RUN_OVERLAP']

const CRON_POLICY = fieldRule('cron_collision_policy', isText, (policy) => {
  if (POLICIES.includes(policy.toUpperCase())) return undefined
  const [near] = nearestNames(policy.toUpperCase(), POLICIES)
  return {
    message: `Invalid cron collision policy: ${policy}`,
    hint: near === undefined ? 'It is one of KILL_EXISTING, CANCEL_NEW.' : `Did you mean ${near}?`,
  }
})

const CONTAINER = fieldRule('container', isStruct, (given) =>
  Object.keys(given).length > 0
    ? undefined
    : {message: 'If a container is specified it must set one type.', hint: "Docker(image = '…') or Mesos(image = DockerImage(…))"},
)

/** What single fields must be for a job that can be sent. */
export const CONVERSION_FIELDS: readonly Rule[] = [...IDENTIFIERS, PROCESS_NAMES, LIMITS, CRON_POLICY, CONTAINER]

/** What the client alone asks of single fields. */
export const CLIENT_FIELDS: readonly Rule[] = [
  'update_config.watch_secs',
  'health_check_config.max_consecutive_failures',
  'health_check_config.min_consecutive_successes',
  'health_check_config.initial_interval_secs',
  'health_check_config.interval_secs',
].map((field) => fieldRule(field, isAmount, (value) => (value < 0 ? negative(field, value) : undefined)))

function negative(field: string, value: number): Finding {
  const name = field.slice(field.indexOf('.') + 1)
  return {message: `Invalid value (${value}) specified for ${name}. Value cannot be less than 0.`}
}

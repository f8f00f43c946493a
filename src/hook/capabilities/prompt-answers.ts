import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'

/** Answers to the questions of hooks: by the hook's name, or by the name and the question (`guard:Sure?`). */
export class PromptAnswers {
  readonly #answers: ReadonlyMap<string, string>

  constructor(answers: Iterable<readonly [name: string, value: string]> = []) {
    this.#answers = new Map(answers)
  }

  find(hook: string, question: string): string | undefined {
    return this.#answers.get(`${hook}:${question}`) ?? this.#answers.get(hook)
  }
}

/**
 * Reads `--answer NAME=VALUE` and the JSON of `--answers FILE`, whose answers come second: `{"guard": "yes", "guard:Sure?": "no"}`.
 * @throws UserError (exit 2) for what is neither
 */
export function parseAnswers(given: readonly string[], file: {name: string; text: string} | undefined): PromptAnswers {
  const pairs = given.map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw malformed(`--answer: '${text}' is not NAME=VALUE`)
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  return new PromptAnswers([...(file ? fromFile(file) : []), ...pairs])
}

function fromFile({name, text}: {name: string; text: string}): [string, string][] {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw malformed(`--answers: ${name} is not JSON: ${(error as Error).message}`)
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw malformed(`--answers: ${name} must be an object`)
  return Object.entries(data).map(([key, value]) => {
    if (typeof value === 'boolean') return [key, value ? 'yes' : 'no']
    if (typeof value === 'string') return [key, value]
    throw malformed(`--answers: the answer of '${key}' in ${name} must be a text, true or false`)
  })
}

function malformed(message: string): UserError {
  return new UserError(message, {
    code: 'answers.malformed',
    exitCode: ExitCode.usage,
    remedy: "Name the hook, or the hook and its question: --answer guard=yes, --answer 'guard:Sure?=yes'.",
  })
}

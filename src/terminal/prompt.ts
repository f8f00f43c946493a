import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {safeLine} from './safe-text.ts'

/** Questions to the person at the terminal; the signal takes one back. */
export interface Prompt {
  confirm(question: string, signal?: AbortSignal): Promise<boolean>
  select(question: string, choices: readonly string[], signal?: AbortSignal): Promise<string>
  input(question: string, signal?: AbortSignal): Promise<string>
  /** Does not show what is typed. */
  secret(question: string, signal?: AbortSignal): Promise<string>
}

/** Asks on stderr and reads stdin, so that stdout stays the command's. Without a terminal each question is a UserError (exit 6). */
export function terminalPrompt(options: {remedy: string}): Prompt {
  const ask = async (question: string, hint: string, signal?: AbortSignal, shown = true): Promise<string> => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new UserError(`A question needs a terminal: ${safeLine(question)}`, {code: 'prompt.no-terminal', remedy: options.remedy})
    }
    const {createInterface} = await import('node:readline/promises')
    const lines = createInterface({input: process.stdin, output: shown ? process.stderr : await unseen(), terminal: true})
    const closed = new Promise<never>((_, reject) => lines.once('close', () => reject(new Error('closed'))))
    try {
      const text = `${safeLine(question)} ${hint}`
      if (!shown) process.stderr.write(text)
      return (await Promise.race([signal ? lines.question(text, {signal}) : lines.question(text), closed])).trim()
    } catch (cause) {
      if (signal?.aborted) {
        process.stderr.write('\n')
        throw cause
      }
      // Ctrl-C or Ctrl-D, which the terminal gives to the question and not as a signal to us. Whoever waits for the signal must hear
      // of it: a hook could take the error for an answer.
      process.stderr.write('\n')
      process.emit('SIGINT')
      throw new UserError('Command interrupted by user', {code: 'interrupted', exitCode: ExitCode.interrupted, cause})
    } finally {
      lines.close()
      if (!shown) process.stderr.write('\n')
    }
  }
  return {
    async confirm(question, signal) {
      return /^y(es)?$/i.test(await ask(question, '[y/N] ', signal))
    },
    async select(question, choices, signal) {
      const list = choices.map((choice, index) => `  ${index + 1}) ${safeLine(choice)}`).join('\n')
      process.stderr.write(`${list}\n`)
      for (;;) {
        const answer = await ask(question, `[1-${choices.length}] `, signal)
        const chosen = choices[Number(answer) - 1] ?? choices.find((choice) => choice === answer)
        if (chosen !== undefined) return chosen
      }
    },
    input: (question, signal) => ask(question, '> ', signal),
    secret: (question, signal) => ask(question, '> ', signal, false),
  }
}

/** Takes what is typed, and shows it to nobody. */
async function unseen(): Promise<NodeJS.WritableStream> {
  const {Writable} = await import('node:stream')
  return new Writable({write: (_chunk, _encoding, written) => written()})
}

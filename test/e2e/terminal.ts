import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {type Cli, repository} from './cli.ts'

const LIMIT_MS = 15_000

export const hasTmux = spawnSync('tmux', ['-V']).status === 0

/** A real terminal with a shell in it, in which the client is used as a person uses it. Needs tmux. */
export class Terminal {
  static #count = 0
  /** Its socket: a server each, since one that is ending would take the next terminal with it. */
  readonly #server: string
  readonly #cli: Cli

  constructor(cli: Cli) {
    this.#cli = cli
    this.#server = join(cli.home, `tmux-${Terminal.#count++}`)
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '40', "PS1='$ ' exec sh")
  }

  /** Types the command line, with what the shell is to say when it ends: `ended: CODE`. */
  start(...args: string[]): void {
    const words = [process.execPath, join(repository, 'bin/run.js'), ...args].map((word) => `'${word}'`)
    this.type(`clear; ${words.join(' ')}; echo "ended: $?"`, 'Enter')
  }

  /** Keys as tmux names them: `Enter`, `C-c`. */
  type(...keys: string[]): void {
    this.#tmux('send-keys', ...keys)
  }

  /** What is on the screen. */
  screen(): string {
    return this.#tmux('capture-pane', '-p').trimEnd()
  }

  /** Waits until the screen shows what is expected, and gives all of it. */
  async see(expected: RegExp): Promise<string> {
    const end = Date.now() + LIMIT_MS
    for (;;) {
      const screen = this.screen()
      if (expected.test(screen)) return screen
      if (Date.now() > end) throw new Error(`The terminal does not show ${expected} but:\n${screen}`)
      await pause(30)
    }
  }

  [Symbol.dispose](): void {
    spawnSync('tmux', ['-S', this.#server, 'kill-server'])
  }

  #tmux(...args: string[]): string {
    const env = {...this.#cli.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}
    const {status, stdout, stderr} = spawnSync('tmux', ['-S', this.#server, ...args], {cwd: this.#cli.home, env, encoding: 'utf8'})
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`)
    return stdout
  }
}

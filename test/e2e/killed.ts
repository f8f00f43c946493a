import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {type Cli, type Ended, ended, repository} from './cli.ts'

/** Runs the client, which is killed before or after an append to its journal: see kill-at-append.ts. */
export async function killed(cli: Cli, args: readonly string[], point: string): Promise<Ended> {
  const preload = join(repository, 'test/e2e/kill-at-append.ts')
  const child = spawn(process.execPath, ['--import', preload, join(repository, 'bin/run.js'), ...args], {
    cwd: cli.home,
    env: {...cli.env, KILL_AT: point},
    stdio: 'pipe',
  })
  child.stdin.end()
  return ended(child)
}

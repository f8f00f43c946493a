/**
 * Measures start-up, commands, hooks and configuration side by side, and prints medians and ratios. Needs a build.
 * Everything it starts lives in a folder of its own: the user's cluster and settings are left alone.
 */
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {measureConfigurations} from './bench/configurations.ts'
import {hookMemory} from './bench/hook-memory.ts'
import {hookCosts, hookRows} from './bench/hooks.ts'
import {measure, type Row} from './bench/measure.ts'
import {table} from './bench/table.ts'

process.chdir(new URL('..', import.meta.url).pathname)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15)
const home = mkdtempSync(join(tmpdir(), 'aurora-bench-'))
const env = {PATH: process.env['PATH'], HOME: home, USER: userInfo().username, NODE_COMPILE_CACHE: join(home, 'compile-cache')}
const node = process.execPath
const aurora = (...args: string[]) => [node, 'bin/run.js', ...args]
const key = `devcluster/${userInfo().username}/devel/hello`
const hello = 'docs/examples/hello_world.aurora'
const killNothing = ['job', 'kill', `devcluster/${userInfo().username}/devel/none/0`]

function must(command: readonly string[], environment: NodeJS.ProcessEnv): void {
  const [program = '', ...args] = command
  const {status, stderr} = spawnSync(program, args, {env: environment, stdio: ['ignore', 'ignore', 'pipe']})
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.toString()}`)
}

try {
  must(aurora('local', 'start'), env)
  must(aurora('job', 'create', key, hello, '--wait-until', 'RUNNING'), env)
  const rows: Row[] = [
    {name: 'node -e 0', command: [node, '-e', '0']},
    {name: '--version', command: aurora('--version'), target: '1.5 x'},
    {name: '--help', command: aurora('--help'), target: '1.5 x'},
    {name: 'job create --help', command: aurora('job', 'create', '--help'), target: '1.5 x'},
    {name: 'completion', command: aurora('autocomplete', 'script', 'bash'), target: '1.5 x'},
    {name: '--version by the launcher', command: ['bin/aurora', '--version']},
    {name: 'hello world on plain oclif', command: [node, 'scripts/bench/oclif-hello/run.js', 'hello']},
    {name: 'job status', command: aurora('job', 'status', key), target: '3 x'},
    {name: 'a command without a file (config cache info)', command: aurora('config', 'cache', 'info')},
    {
      name: 'config list hello_world.aurora, evaluated',
      command: aurora('config', 'list', hello),
      env: {...env, AURORA_NO_CACHE: '1'},
      target: '10 x',
    },
    {name: 'config list hello_world.aurora, unchanged', command: aurora('config', 'list', hello), target: '+ 20 ms over one without'},
    {
      name: 'job inspect hello_world.aurora, evaluated',
      command: aurora('job', 'inspect', key, hello),
      env: {...env, AURORA_NO_CACHE: '1'},
      target: '10 x',
    },
    {name: 'job inspect hello_world.aurora, unchanged', command: aurora('job', 'inspect', key, hello), target: '+ 20 ms over one without'},
    ...hookRows(home, aurora(...killNothing), env, (folder, own) => must(aurora('plugins', 'link', folder), own)),
  ]
  const medians = measure(
    rows.map((row) => ({...row, env: row.env ?? env})),
    rounds,
  )
  const base = medians.get('node -e 0') ?? Number.NaN
  const cells = rows.map(({name, target = ''}) => {
    const ms = medians.get(name) ?? Number.NaN
    return [name, ms.toFixed(1), `${(ms / base).toFixed(2)} x`, target]
  })
  console.log(`medians of ${rounds} interleaved runs, Node ${process.version}`)
  console.log(table(['', 'ms', 'of node -e 0', 'target'], cells))
  console.log(`\n${hookCosts(medians)}`)
  console.log(`memory of the sandbox: ${(await hookMemory(10)).toFixed(0)} MB with a hook in each of 10 plugins (target 90)`)
  console.log(`\nconfigurations of many jobs, not from the cache`)
  console.log(measureConfigurations(home, env))
} finally {
  spawnSync(node, ['bin/run.js', 'local', 'reset', '--yes'], {env})
  rmSync(home, {recursive: true, force: true})
}

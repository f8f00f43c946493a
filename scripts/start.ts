/** The main job of a fresh checkout: a local cluster, one job on it, its status and what it says. */
import {spawnSync} from 'node:child_process'
import {userInfo} from 'node:os'

process.chdir(new URL('..', import.meta.url).pathname)
const key = `devcluster/${userInfo().username}/devel/hello`
const file = 'docs/examples/hello_world.aurora'

function aurora(...args: string[]): void {
  console.log(`\n$ aurora ${args.join(' ')}`)
  const {status} = spawnSync(process.execPath, ['bin/run.js', ...args], {stdio: 'inherit'})
  if (status !== 0) process.exit(status ?? 1)
}

function exists(): boolean {
  const {status, stdout} = spawnSync(process.execPath, ['bin/run.js', 'job', 'status', key, '--json'], {encoding: 'utf8'})
  return status === 0 && (JSON.parse(stdout) as {active: unknown[]}[]).some(({active}) => active.length > 0)
}

aurora('local', 'start')
if (exists()) console.log(`\n${key} is there already.`)
else aurora('job', 'create', key, file, '--wait-until', 'RUNNING')
aurora('job', 'status', key)
aurora('local', 'output', key, '--lines', '5')

console.log(`
What to try next:
  ./bin/aurora job status ${key}
  ./bin/aurora job inspect ${key} ${file}
  ./bin/aurora plugins link docs/examples/no-prod-kill     a hook that guards 'job kill'
  ./bin/aurora job killall ${key}
  export PATH="$PWD/bin:$PATH"                             then it is just 'aurora'
  npm run stop                                             ends the cluster
`)

import {createAgent} from '../../src/agent/agent.ts'
import type {AgentTask} from '../../src/agent/types.ts'

/**
 * A small daemon around the agent, to be killed: takes requests as JSON lines on stdin (`launch`, `kill`, `recover`), answers with statuses.
 * `dieAfterLaunch` makes it end itself with SIGKILL in the same turn in which a process was started.
 */
const [root = ''] = process.argv.slice(2)
const agent = createAgent({
  root,
  hostname: 'here.example.com',
  switchAccounts: false,
  onStatus: (status) => process.stdout.write(`${JSON.stringify(status)}\n`),
})

type Request = {launch: AgentTask} | {kill: string} | {recover: AgentTask[]}

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const request = JSON.parse(line) as Request
    if ('launch' in request) agent.launch(request.launch)
    else if ('kill' in request) agent.kill(request.kill)
    else void agent.recover(request.recover).then(() => process.stdout.write('{"recovered":true}\n'))
  }
})

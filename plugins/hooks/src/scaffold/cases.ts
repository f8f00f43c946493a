import type {HookPlan} from './files.ts'
import {type Manner, mannerOf} from './script.ts'

const CASES: Record<Manner, (operation: string) => string> = {
  judge: () => `- name: root is stopped
  context:
    user: root
    job: west/www/prod/hello
  expect:
    decision: deny
    reason: root *

- name: others go on
  context:
    user: me
    job: west/www/prod/hello
  expect:
    decision: allow
`,
  help: (operation) => `- name: says whom to ask
  context:
    user: me
    error: {code: scheduler.unreachable, message: nobody answers}
  expect:
    decision: hint
    hint: ${operation} failed for me*
`,
  listen: (operation) => `- name: says who did it
  context:
    user: me
  expect:
    decision: allow
    log: [info me did ${operation}]
`,
}

/** Cases for what the new hook does. */
export function testCases({on}: HookPlan): string {
  const [first = ''] = on
  return `# What the hook sees and what it should say: see 'aurora hooks test --help'.\n${CASES[mannerOf(on)](first.slice(first.indexOf(':') + 1))}`
}

import {describe, expect, it} from 'vitest'
import {languageReference} from '@auroractl/cli/schema'
import {explanationText, explanationTree, overviewText} from '../src/render/explanation.ts'

const {explain, overview} = await languageReference()
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

describe('an explanation', () => {
  it('shows what is known of a field', () => {
    expect(explanationText(explain('job.task.processes.min_duration'), 60)).toBe(`Job.task.processes.min_duration

type     Integer
default  5
unit     seconds

How long after the end of a run the process may be started
again.

EXAMPLE
  min_duration = 30

EXAMPLE IN YAML
  min_duration: 30
`)
  })

  it('is as narrow as the terminal, and not wrapped in a pipe', () => {
    const task = explain('Task')
    expect(widest(explanationText(task, 80))).toBeLessThanOrEqual(80)
    expect(widest(explanationText(explain('process.final'), 44))).toBeLessThanOrEqual(44)
    expect(explanationText(task, Infinity)).toMatch(/^ {2}processes +List\(Process\) +What the task runs\.$/m)
    expect(widest(overviewText(overview(), 80))).toBeLessThanOrEqual(80)
  })

  it('as a tree has the fields below their structs', () => {
    const tree = explanationTree(explain('Task', {recursive: true}))
    expect(tree).toMatch(
      /^Task\n {2}name {2}String = '\{\{processes\[0\]\.name\}\}'\n {2}processes {2}List\(Process\)\n {4}cmdline {2}String, required$/m,
    )
    const policy = explanationTree(explain('sla_policy', {recursive: true}))
    expect(policy).toMatch(/^Job\.sla_policy {2}Choice\(.*\)\n {2}CoordinatorSlaPolicy\n {4}coordinator_url {2}String, required$/m)
  })
})

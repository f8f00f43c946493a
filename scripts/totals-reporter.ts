import type {Reporter, TestModule} from 'vitest/node'

/** The attacks on the sandbox: every test there is one. */
const CONTAINMENT = '/test/containment/'

/** Ends a run with one line of true totals, and names what was skipped, out loud; says before how many attacks were held. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    // An error outside of every test fails the run, so it counts.
    const totals = {passed: 0, failed: errors.length, skipped: 0}
    const attacks = {held: 0, all: 0}
    const skipped = new Set<string>()
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      const broken = tests.length === 0 && module.errors().length > 0
      if (broken) totals.failed++
      for (const test of tests) {
        const {state} = test.result()
        if (state === 'passed') totals.passed++
        else if (state === 'failed') totals.failed++
        else {
          totals.skipped++
          skipped.add(test.fullName)
        }
      }
      if (!module.moduleId.includes(CONTAINMENT)) continue
      attacks.held += tests.filter((test) => test.result().state === 'passed').length
      attacks.all += broken ? 1 : tests.length
    }
    for (const name of skipped) console.log(`skipped: ${name}`)
    if (attacks.all > 0) console.log(`held ${attacks.held} of ${attacks.all}`)
    // An attack that was skipped was not held.
    if (attacks.held < attacks.all) process.exitCode = 1
    console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
  }
}

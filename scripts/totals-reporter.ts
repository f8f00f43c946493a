import type {Reporter, TestModule} from 'vitest/node'

/** Ends a run with one line of true totals, and names what was skipped, out loud. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    // An error outside of every test fails the run, so it counts.
    const totals = {passed: 0, failed: errors.length, skipped: 0}
    const skipped = new Set<string>()
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      if (tests.length === 0 && module.errors().length > 0) totals.failed++
      for (const test of tests) {
        const {state} = test.result()
        if (state === 'passed') totals.passed++
        else if (state === 'failed') totals.failed++
        else {
          totals.skipped++
          skipped.add(test.fullName)
        }
      }
    }
    for (const name of skipped) console.log(`skipped: ${name}`)
    console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
  }
}

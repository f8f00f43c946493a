import {diagnosis} from '@auroractl/cli'
import {type Finding, timeText} from '../finding.ts'

/** Whether both sandboxes run what they should, and stop what they should. */
export async function checkSandboxes(dataDir: string): Promise<Finding[]> {
  const {tryJavaScript, tryPython} = await diagnosis()
  const [javascript, python] = await Promise.all([tryJavaScript().catch(failed), tryPython(dataDir)])
  return [...findings('JavaScript', javascript), ...findings('Python', python)]
}

type Trials = Awaited<ReturnType<Awaited<ReturnType<typeof diagnosis>>['tryPython']>>

function findings(language: string, trials: Trials): Finding[] {
  return trials.map(({name, ms, problem}): Finding => {
    const finding = {check: 'sandbox', subject: language}
    if (problem === undefined) return {...finding, status: 'ok', text: `${name} (${timeText(ms)})`}
    const remedy =
      'Do not run hooks or configurations that you do not trust with it; reinstall aurora, and report it if that does not help.'
    return {...finding, status: 'problem', text: `not so: ${name}; ${problem}`, remedy}
  })
}

function failed(thrown: unknown): Trials {
  return [{name: 'the child starts', ms: 0, problem: thrown instanceof Error ? thrown.message : String(thrown)}]
}

import {resolve} from 'node:path'
import {Args, AuroraCommand, changeFlags, configFlags, recordedRuns} from '@auroractl/cli'
import {findResumable} from '../../operations/resume.ts'

export default class RunsResume extends AuroraCommand<never> {
  static override summary = 'Go on with a run that was cut short.'
  static override description = `Runs its command again in the same folder. What was done is not done again; a change that nobody knows of is looked up first, and is made only when it did not happen. One that cannot be looked up ends the run as 'unknown', with how to find out.
Hooks are asked again. What was bound, and what hooks were answered, is not in the record: give it again.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> mwsgvar5-62n',
    '<%= config.bin %> <%= command.id %> mwsgvar5-62n --bind password=secret',
    '<%= config.bin %> <%= command.id %> mwsgvar5-62n --dry-run',
  ]
  static override args = {run: Args.string({required: true, description: "The run's id."})}
  static override flags = {...changeFlags, bind: configFlags.bind}

  protected async execute(): Promise<never> {
    const {args, flags} = await this.parse(RunsResume)
    const run = await this.operate(findResumable, {id: args.run})
    const {pastRun, resumeRun} = await recordedRuns()
    if (flags['dry-run']) {
      for (const {name, state} of pastRun(run.attempts).effects.values()) {
        if (state !== 'failed') this.info(state === 'done' ? `Done before, not repeated: ${name}` : `Would be looked up first: ${name}`)
      }
    }
    const options = [
      ...(['dry-run', 'yes', 'json', 'verbose', 'frozen'] as const).flatMap((name) => (flags[name] ? [`--${name}`] : [])),
      ...(flags.progress === 'auto' ? [] : ['--progress', flags.progress]),
      ...(['skip-hooks', 'skip-reason', 'answers'] as const).flatMap((name) =>
        flags[name] === undefined ? [] : [`--${name}`, name === 'answers' ? resolve(flags[name]) : flags[name]],
      ),
      ...flags.hooks.flatMap((file: string) => ['--hooks', resolve(file)]),
      ...flags.answer.flatMap((answer: string) => ['--answer', answer]),
    ]
    return this.endAs(await resumeRun({run, bindings: flags.bind, options}))
  }
}

import {Args, changeFlags, configFlags, durationFlag, ExitCode, Flags, type KillOptions, UserError} from '@auroractl/cli'

/** The optional configuration of kill and killall, as an argument. */
export const hookFileArg = Args.string({description: 'a configuration file whose hooks apply to the kill'})

/** The configuration that came with the command, as an argument or with `--config`. @throws UserError (exit 2) for two */
export function givenFile(argument: string | undefined, flag: string | undefined): string | undefined {
  if (argument !== undefined && flag !== undefined && argument !== flag) {
    throw new UserError('One configuration file is enough: it is given as an argument, or with --config', {
      code: 'usage',
      exitCode: ExitCode.usage,
    })
  }
  return argument ?? flag
}

/** The flags of kill and killall. */
export const killFlags = {
  ...changeFlags,
  ...configFlags,
  config: Flags.string({summary: 'A configuration file whose hooks apply to the kill.', helpValue: 'FILE'}),
  'batch-size': Flags.integer({default: 1, min: 1, summary: 'How many instances to kill at once.'}),
  'max-total-failures': Flags.integer({default: 0, min: 0, summary: 'How many batches may be late before the kill is given up.'}),
  'no-batching': Flags.boolean({summary: 'Kill all instances with one call.'}),
  message: Flags.string({char: 'm', summary: 'Why, for the history of the tasks.'}),
  timeout: durationFlag({default: 254_000, summary: 'How long to wait for a batch to end.'}),
  'open-browser': Flags.boolean({summary: "Open the job's page afterwards."}),
}

interface KillFlagValues {
  'batch-size': number
  'max-total-failures': number
  'no-batching': boolean
  message: string | undefined
  timeout: number
}

export function killOptions(flags: KillFlagValues, strict: boolean): KillOptions {
  return {
    batchSize: flags['batch-size'],
    maxTotalFailures: flags['max-total-failures'],
    batching: !flags['no-batching'],
    strict,
    limitMs: flags.timeout,
    ...(flags.message === undefined ? {} : {message: flags.message}),
  }
}

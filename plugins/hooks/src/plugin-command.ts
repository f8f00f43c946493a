import {AuroraCommand, UserError} from '@auroractl/cli'

/** Shows what the user is to agree to, and asks; throws when the answer is no. */
export type Approve = (shown: string, question: string) => Promise<void>

/** The base of the commands that grant something. */
export abstract class PluginCommand<Result> extends AuroraCommand<Result> {
  protected readonly approve: Approve = async (shown, question) => {
    for (const line of shown.trimEnd().split('\n')) this.info(line)
    if (await this.confirm(question)) return
    throw new UserError('It was declined; nothing was changed', {code: 'plugins.declined', exitCode: 4})
  }
}

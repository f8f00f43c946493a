import {AuroraCommand, changeFlags} from '@auroractl/cli'
import {resetLocal, type ResetResult} from '../../operations/reset.ts'
import {clusterFlags, placeOf} from '../../place-of.ts'

export default class LocalReset extends AuroraCommand<ResetResult> {
  static override summary = 'Delete the local cluster with its jobs.'
  static override description = 'Stops the local cluster and deletes its jobs, their history and the sandboxes of their tasks.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes']
  static override flags = {...changeFlags, ...clusterFlags}

  protected async execute(): Promise<ResetResult> {
    const {flags} = await this.parse(LocalReset)
    const confirm = () => this.confirm(`Delete the cluster '${flags.name}' with all its jobs?`)
    return this.operate(resetLocal, {place: placeOf(flags.name), confirm})
  }

  protected override render({name, reset, left}: ResetResult): string {
    if (!reset) return `The cluster '${name}' was left as it is.\n`
    return [`The cluster '${name}' is deleted.`, ...left.map((path) => `Not ours, left there: ${path}`), ''].join('\n')
  }
}

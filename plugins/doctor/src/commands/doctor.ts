import {AuroraCommand, AuroraError, ExitCode, Flags, readCatalogue} from '@auroractl/cli'
import {type Finding, type Status, worst} from '../finding.ts'
import {allFindings, seeDoctor} from '../operations/doctor.ts'
import {findingsText} from '../render/findings.ts'

interface Diagnosis {
  status: Status
  findings: Finding[]
}

export default class Doctor extends AuroraCommand<Diagnosis> {
  static override summary = 'See whether everything works: versions, sandboxes, plugins, clusters, grants and folders.'
  static override description =
    'Each check is ok, a warning or a problem, with what to do about it. Ends with 0 when there is no problem, and with 4 when there is one; with --strict also for a warning. Changes nothing.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --strict --json']
  static override flags = {strict: Flags.boolean({summary: 'Take warnings for problems.'})}
  #strict = false

  protected async execute(): Promise<Diagnosis> {
    const {flags} = await this.parse(Doctor)
    this.#strict = flags.strict
    const {operations} = readCatalogue()
    const input = {dataDir: this.config.dataDir, operations, files: await this.hookFiles(), services: await this.services()}
    const findings = await this.operate(seeDoctor, input).catch((thrown: unknown) => {
      // Hooks that cannot be known or ordered are a finding of its own.
      if (thrown instanceof AuroraError) return allFindings(input)
      throw thrown
    })
    return {status: worst(findings), findings}
  }

  protected override render({findings}: Diagnosis): string {
    return findingsText(findings)
  }

  protected override exitCodeFor({status}: Diagnosis): number {
    return status === 'problem' || (this.#strict && status === 'warning') ? ExitCode.commandFailure : ExitCode.ok
  }
}

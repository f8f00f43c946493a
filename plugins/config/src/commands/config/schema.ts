import {AuroraCommand, jsonText} from '@auroractl/cli'
import {configSchema} from '../../operations/schema.ts'

export default class ConfigSchema extends AuroraCommand {
  static override summary = 'Write a JSON Schema of configurations in YAML and JSON.'
  static override description = `Editors complete, explain and check such files with it. It accepts what the client accepts: a number may be a text with a reference.`
  static override examples = ['<%= config.bin %> <%= command.id %> > configuration.schema.json']

  protected async execute(): Promise<unknown> {
    await this.parse(ConfigSchema)
    return this.operate(configSchema, {})
  }

  protected override render(schema: unknown): string {
    return jsonText(schema)
  }
}

import {operation, step} from '@auroractl/cli'
import {languageReference} from '@auroractl/cli/schema'

const makeSchema = step<object, {schema: unknown}>({
  name: 'make the schema',
  run: async () => ({schema: (await languageReference()).configurationSchema()}),
})

/** The JSON Schema of configurations in YAML and JSON. */
export const configSchema = operation<'config.schema', object>('config.schema')
  .read(makeSchema)
  .returns(({schema}) => schema)

declare module '@auroractl/cli' {
  interface Operations {
    'config.schema': {options?: Record<string, never>}
  }
}

import {pythonExports} from '../evaluate.ts'
import type {ConfigLoader} from '../loader.ts'
import {evaluateModule} from './evaluate-module.ts'
import {isModule} from './modules.ts'

/** TypeScript and JavaScript, with the library of `@auroractl/cli/config`: evaluated in an isolate. */
export const javascriptLoader: ConfigLoader = {
  name: 'javascript',
  reads: isModule,
  async load(reader, options) {
    const {records} = await evaluateModule(reader, reader.main, 'jobs', {...options, pythonExports})
    return {records, warnings: [], hooks: []}
  },
}

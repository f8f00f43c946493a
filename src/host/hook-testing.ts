import {inspectPlugin} from '../hook/inspect-plugin.ts'
import type {OperationTable} from '../hook/manifest.ts'
import {testPlugin, type TestReport} from '../hook/testing/test-plugin.ts'
import {hookSandboxEntry} from './hooks.ts'

/** Runs the tests of the plugin in a folder, which need not be installed. @throws UserError for what is no plugin, and no tests */
export async function testHooks(folder: string, operations: OperationTable): Promise<TestReport> {
  return testPlugin(await inspectPlugin(folder, operations), hookSandboxEntry())
}

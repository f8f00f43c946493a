import {type HookFiles, operation, type OperationTable, type Services, step} from '@auroractl/cli'
import {checkClusters} from '../checks/clusters.ts'
import {checkFolders} from '../checks/folders.ts'
import {checkGrants} from '../checks/grants.ts'
import {checkPlugins} from '../checks/plugins.ts'
import {checkSandboxes} from '../checks/sandboxes.ts'
import {checkVersions} from '../checks/versions.ts'
import type {Finding} from '../finding.ts'

interface DoctorInput {
  dataDir: string
  operations: OperationTable
  files: HookFiles
  services: Services
}

const examine = step<DoctorInput, {findings: Finding[]}>({
  name: 'examine',
  run: async (input, io) => {
    io.progress('looking at versions, sandboxes, plugins, clusters and grants')
    return {findings: await allFindings(input)}
  },
})

/** What every check found, also when the hooks are in no state to be asked. */
export async function allFindings({dataDir, operations, files, services}: DoctorInput): Promise<Finding[]> {
  const all = await Promise.all([
    checkVersions(),
    checkSandboxes(dataDir),
    checkPlugins(dataDir),
    checkClusters(services),
    checkGrants(dataDir, operations, files),
    checkFolders(dataDir),
  ])
  return all.flat()
}

/** Looks at everything that a command may need; changes nothing. */
export const seeDoctor = operation<'doctor', DoctorInput>('doctor')
  .read(examine)
  .returns(({findings}) => findings)

declare module '@auroractl/cli' {
  interface Operations {
    doctor: {options?: Record<string, never>}
  }
}

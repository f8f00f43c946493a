import {dirname} from 'node:path'
import {Flags, LOCAL_CLUSTER, localStateFile, readLocalState} from '@auroractl/cli'
import type {ClusterPlace} from './operations/place.ts'

/** Which local cluster a command means. */
export const clusterFlags = {
  name: Flags.string({default: LOCAL_CLUSTER, summary: "The local cluster's name.", helpValue: 'CLUSTER'}),
}

/** Where this user's local cluster of that name lives. @throws UserError for a name that cannot be one. */
export function placeOf(name: string): ClusterPlace {
  return {name, folder: dirname(localStateFile(process.env, name)), readState: () => readLocalState(process.env, name)}
}

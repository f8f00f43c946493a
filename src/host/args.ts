import * as Args from '@oclif/core/args'
import {parseInstanceSpec} from '../model/instance-spec.ts'
import {parseJobKey} from '../model/job-key.ts'
import {parseJobPattern} from '../model/job-pattern.ts'

/** `CLUSTER/ROLE/ENV/NAME`. */
export const jobKeyArg = Args.custom({parse: async (text) => parseJobKey(text), required: true, description: 'CLUSTER/ROLE/ENV/NAME'})

/** `CLUSTER/ROLE/ENV/NAME[/INSTANCES]`. */
export const instanceSpecArg = Args.custom({
  parse: async (text) => parseInstanceSpec(text),
  required: true,
  description: 'CLUSTER/ROLE/ENV/NAME[/INSTANCES], instances as in 0,2,5-9',
})

/** `CLUSTER[/ROLE[/ENV[/NAME]]]`. */
export const patternArg = Args.custom({
  parse: async (text) => parseJobPattern(text),
  required: true,
  description: "CLUSTER[/ROLE[/ENV[/NAME]]], with shell wildcards; a missing part means '*'",
})

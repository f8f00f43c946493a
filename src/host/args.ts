import * as Args from '@oclif/core/args'
import {parseInstanceSpec} from '../model/instance-spec.ts'
import {parseJobKey} from '../model/job-key.ts'
import {isWild, parseJobPattern} from '../model/job-pattern.ts'

/** `CLUSTER/ROLE/ENV/NAME`. */
export const jobKeyArg = Args.custom({parse: async (text) => parseJobKey(text), required: true, description: 'CLUSTER/ROLE/ENV/NAME'})

/** `CLUSTER/ROLE/ENV/NAME`, or a pattern of four parts for the jobs of a file. */
export const keyOrPatternArg = Args.custom({
  parse: async (text) => {
    const pattern = text.split('/').length === 4 ? parseJobPattern(text) : parseJobKey(text)
    return isWild(pattern) ? pattern : parseJobKey(text)
  },
  required: true,
  description: "CLUSTER/ROLE/ENV/NAME; with shell wildcards, as in 'west/*/prod/*', every job of the file that matches",
})

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

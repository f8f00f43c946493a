import type {GraphProcess} from '@auroractl/cli/schema'
import type {JobGraph} from '../../operations/graph.ts'

/** What is special about a process, but for being final: that shows by its place. */
export function marksOf({daemon, ephemeral}: GraphProcess): string[] {
  return [...(daemon ? ['daemon'] : []), ...(ephemeral ? ['ephemeral'] : [])]
}

/** `devcluster/www/prod/hello: 4 processes, at most 2 at a time`. */
export function titleOf({job, processes, maxConcurrency}: JobGraph): string {
  const limit = maxConcurrency > 0 ? `, at most ${maxConcurrency} at a time` : ''
  return `${job}: ${processes.length} ${processes.length === 1 ? 'process' : 'processes'}${limit}`
}

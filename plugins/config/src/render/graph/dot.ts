import {safeLine} from '@auroractl/cli'
import type {JobGraph} from '../../operations/graph.ts'
import {marksOf, titleOf} from './labels.ts'

/** The graph for Graphviz. */
export function graphDot(graph: JobGraph): string {
  const nodes = graph.processes.map((process) => {
    const marks = marksOf(process)
    const label = [process.name, ...(marks.length > 0 ? [`(${marks.join(', ')})`] : [])].map(escaped).join('\\n')
    const styles = ['rounded', ...(process.ephemeral ? ['dashed'] : []), ...(process.daemon ? ['bold'] : [])]
    return `${process.final ? '    ' : '  '}${quoted(process.name)} [label="${label}", style="${styles.join(',')}"]`
  })
  const regular = nodes.filter((_, i) => !graph.processes[i]?.final)
  const final = nodes.filter((_, i) => graph.processes[i]?.final)
  const edges = graph.processes.flatMap(({name, after}) => after.map((before) => `  ${quoted(before)} -> ${quoted(name)}`))
  return [
    'digraph processes {',
    `  label=${quoted(titleOf(graph))}`,
    '  node [shape=box, fontname="monospace"]',
    ...regular,
    ...(final.length > 0 ? ['  subgraph cluster_final {', '    label="finally"', '    style=dashed', ...final, '  }'] : []),
    ...edges,
    '}',
    '',
  ].join('\n')
}

function quoted(text: string): string {
  return `"${escaped(text)}"`
}

function escaped(text: string): string {
  return safeLine(text).replace(/["\\]/g, '\\$&')
}

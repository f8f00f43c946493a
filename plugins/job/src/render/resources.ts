import type {Resource} from '@auroractl/cli/thrift'

/** The kinds of resources in the order in which they are shown. */
const KINDS: readonly {label: string; of: (resource: Resource) => string | undefined; unit: string}[] = [
  {label: 'CPU', of: ({numCpus}) => (numCpus === undefined ? undefined : floatText(numCpus)), unit: ' core(s)'},
  {label: 'RAM', of: ({ramMb}) => ramMb?.toString(), unit: ' MB'},
  {label: 'Disk', of: ({diskMb}) => diskMb?.toString(), unit: ' MB'},
  {label: 'Port', of: ({namedPort}) => namedPort, unit: ''},
  {label: 'GPU', of: ({numGpus}) => numGpus?.toString(), unit: ' GPU(s)'},
]

/** `CPU: 1.0 core(s), RAM: 128 MB, Disk: 256 MB, Port: http` (reference/commands.md §5.7). */
export function resourcesText(resources: readonly Resource[]): string {
  const parts = KINDS.flatMap(({label, of, unit}) => {
    const values = resources.map(of).filter((value) => value !== undefined)
    return values.length > 0 ? [`${label}: ${values.join(', ')}${unit}`] : []
  })
  return parts.join(', ')
}

/** A float as Python prints it: always with a fraction. */
function floatText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

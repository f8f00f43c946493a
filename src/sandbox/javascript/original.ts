/** A place in the code of a guest, as its author knows it. */
export interface Place {
  /** `hooks/guard.ts` */
  name: string
  line: number
  /** Whether it is in code of others that the guest brings along. */
  foreign: boolean
}

/** Finds where places of a module that was made of others come from, by its source map; nowhere is what nobody wrote. */
export function originalPlaces(map: string): (line: number, column: number) => Place | undefined {
  const {SourceMap} = process.getBuiltinModule('node:module')
  const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0] & {ignoreList?: number[]}
  const foreign = new Set(payload.ignoreList?.map((index) => payload.sources[index]))
  const sourceMap = new SourceMap(payload)
  return (line, column) => {
    const entry = sourceMap.findEntry(line - 1, column - 1)
    if (!('originalSource' in entry)) return undefined
    const {originalSource: name, originalLine} = entry
    return {name, line: originalLine + 1, foreign: foreign.has(name)}
  }
}

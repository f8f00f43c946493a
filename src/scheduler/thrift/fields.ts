import {METHODS, STRUCTS} from '../../model/gen/tables.ts'
import type {MethodName, StructName} from '../../model/gen/types.ts'
import {InternalError} from '../../model/errors.ts'

export interface Field {
  id: number
  name: string
  /** As the tables write it: `string`, `JobKey`, `set<JobKey>`, `map<i32>`. */
  type: string
  optional: boolean
  /** What stands for it when it is missing. */
  fallback?: unknown
}

export function structFields(name: StructName): Field[] {
  return parseRow(STRUCTS[name])
}

export function argumentFields(method: MethodName): Field[] {
  return parseRow(METHODS[method])
}

export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name)
}

/** A row of the generated tables; they are read on first use, a struct at a time. */
function parseRow(row: string): Field[] {
  if (row === '') return []
  return row.split('; ').map((text) => {
    const match = /^(\d+)(\??) (\w+) ([\w<>]+)(?:=(.+))?$/.exec(text)
    if (!match) throw new InternalError(`The table of the Thrift API is broken at '${text}'`)
    const [, id, optional, name = '', type = '', fallback] = match
    return {
      id: Number(id),
      name,
      type,
      optional: optional === '?',
      ...(fallback === undefined ? {} : {fallback: JSON.parse(fallback) as unknown}),
    }
  })
}

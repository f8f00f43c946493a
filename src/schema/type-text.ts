import type {Type} from './types.ts'

/** A type as configurations write it: `List(Process)`. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'list':
      return `List(${typeText(type.element)})`
    case 'map':
      return `Map(${typeText(type.key)}, ${typeText(type.value)})`
    case 'choice':
      return `Choice(${type.alternatives.map(typeText).join(', ')})`
    case 'enum':
      return `Enum(${type.values.join(', ')})`
    case 'struct':
      return structName(type)
    default:
      return type.name
  }
}

/** What a struct is called where people write it: nobody writes `MesosJob`. */
export function structName({name}: {readonly name: string}): string {
  return name === 'MesosJob' ? 'Job' : name
}

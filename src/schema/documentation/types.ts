import type * as aurora from '../definitions/aurora.ts'
import type * as thermos from '../definitions/thermos.ts'
import type {Plain, StructType} from '../types.ts'

/** What a person wants to know of something that a configuration may say. */
interface Described {
  /** What it means and does; one paragraph. */
  readonly text: string
  /** The release that brought it, as far as it is known; absent for what Aurora 0.8 had. */
  readonly since?: 'after 0.8'
  /** What to do instead; a sentence. */
  readonly deprecated?: string
}

export interface FieldDocumentation extends Described {
  readonly unit?: 'seconds' | 'bytes' | 'cores' | 'percent'
  /** A value that makes sense. */
  readonly example?: Plain
  /** What certain values mean: all that there are, if the type is an enumeration. */
  readonly values?: Readonly<Record<string, string>>
}

export interface StructDocumentation extends Described {
  /** A small one, complete. */
  readonly example: Plain
  readonly fields: Readonly<Record<string, FieldDocumentation>>
}

/** A name of the language that is no struct: a helper, a constant, a value made ready, or a reference. */
export interface NameDocumentation extends Described {
  /** How it is written. */
  readonly usage: string
}

/** The documentation of the structs of some definitions: each of them, and each of its fields. */
type DocumentationOf<Definitions> = {
  readonly [Name in keyof Definitions as Definitions[Name] extends StructType ? Name : never]: Definitions[Name] extends StructType<
    infer Fields
  >
    ? StructDocumentation & {readonly fields: {readonly [Field in keyof Fields]: FieldDocumentation}}
    : never
}

export type Documentation = DocumentationOf<typeof thermos> & DocumentationOf<typeof aurora>

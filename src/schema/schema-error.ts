/** The errors that Pystachio has classes for; Python code may catch them by these names. */
export type SchemaErrorKind =
  | 'CoercionError'
  | 'InvalidRefError'
  | 'Uninterpolatable'
  | 'NotFound'
  | 'NamingError'
  | 'Unnamable'
  | 'ValueError'
  | 'AttributeError'
  | 'IsNotMappingError'
  | 'IndexError'

/** A rule of the configuration language that a value breaks. */
export class SchemaError extends Error {
  readonly kind: SchemaErrorKind
  constructor(kind: SchemaErrorKind, message: string) {
    super(message)
    this.name = kind
    this.kind = kind
  }
}

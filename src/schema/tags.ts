import {formatReference} from './reference.ts'
import {hasTags, referencesIn} from './template.ts'

/** The addresses of the references that a text holds; those inside another reference alone. */
export function tagsOf(text: string): string[] {
  return hasTags(text) ? referencesIn(text).map(formatReference) : []
}

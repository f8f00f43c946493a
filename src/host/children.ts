import {distFile} from './layout.ts'

/** The main module of one of the product's own child processes. */
export function childEntry(name: 'javascript' | 'python' | 'local-daemon'): string {
  return distFile(`children/${name}.js`)
}

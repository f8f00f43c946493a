import {fileURLToPath} from 'node:url'
import {ensurePythonImage} from '../../src/sandbox/python/image.ts'
import type {Prelude} from '../../src/sandbox/python/image.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const pyodideDir = inRepository('node_modules/pyodide')

/** An image for tests, made once and kept below node_modules. */
export function testImage(...preludes: Prelude[]): string {
  return ensurePythonImage({pyodideDir, preludes, cacheDir: inRepository('node_modules/.cache/aurora')})
}

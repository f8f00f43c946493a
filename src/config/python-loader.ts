import {warmConfigChild} from './child-process.ts'
import {evaluatePython} from './evaluate.ts'
import type {ConfigLoader} from './loader.ts'

/** Python with Pystachio's types: what `.aurora` files are. It takes every file that no other loader reads. */
export const pythonLoader: ConfigLoader = {
  name: 'python',
  reads: () => true,
  warm: warmConfigChild,
  load: evaluatePython,
}

import {warmConfigChild} from './child-process.ts'
import {evaluatePython, evaluatePythonLive} from './evaluate.ts'
import type {ConfigLoader} from './loader.ts'

/** Python with Pystachio's types: what `.aurora` files are. It is tried on every file that no loader reads, too. */
export const pythonLoader: ConfigLoader = {
  name: 'python',
  reads: (file) => file.endsWith('.aurora'),
  warm: warmConfigChild,
  load: evaluatePython,
  loadLive: evaluatePythonLive,
}

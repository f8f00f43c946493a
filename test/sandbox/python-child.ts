import type {Json} from '../../src/model/json.ts'
import {SyncParent} from '../../src/sandbox/child/sync-parent.ts'
import {PythonError, PythonTrap} from '../../src/sandbox/python/errors.ts'
import {Interpreter} from '../../src/sandbox/python/interpreter.ts'

// A Python child as small as it can be: each request is a source to run, the answer is what it printed and how it ended.
const parent = new SyncParent()
let printed = ''
const boot = (): Interpreter =>
  new Interpreter({
    image: process.argv[2] ?? '',
    host: {ask: (question) => parent.request(question ?? null), big: () => 'x'.repeat(120_000_000)},
    output: (_stream, bytes) => void (printed += Buffer.from(bytes).toString()),
  })
let python = boot()

parent.serve((source): Json => {
  printed = ''
  try {
    python.run(String(source), 'attack.aurora')
    return {ended: 'returned', printed}
  } catch (error) {
    if (error instanceof PythonError) return {ended: error.details.type, message: error.message.slice(0, 200), printed}
    if (!(error instanceof PythonTrap)) throw error
    python = boot()
    return {ended: `trap ${error.kind}`, message: error.message, printed}
  }
})

import type {Json} from '../../model/json.ts'

/** An exception that left Python code; the interpreter goes on. */
export class PythonError extends Error {
  override readonly name = 'PythonError'
  readonly details: PythonException

  constructor(details: PythonException) {
    super(details.message === '' ? details.type : `${details.type}: ${details.message}`)
    this.details = details
  }
}

export interface PythonException {
  /** The name of its class, as Python prints it: `KeyError`. */
  type: string
  message: string
  /** As Python prints it, without the frames of the sandbox and the preludes. */
  traceback: string
  /** Where it was raised, innermost last. */
  frames: PythonFrame[]
}

interface PythonFrame {
  file: string
  line: number
  function: string
  /** The text of the line. */
  source: string
}

const MOST_CHARACTERS = 500_000
const MOST_FRAMES = 20

/** An exception as the guest describes it, which may say anything, at any length. */
export function readException(value: Json): PythonException {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  const text = (field: Json | undefined, otherwise: string): string =>
    typeof field === 'string' ? field.slice(0, MOST_CHARACTERS) : otherwise
  const frames: unknown[] = Array.isArray(fields['frames']) ? fields['frames'] : []
  return {
    type: text(fields['type'], 'Exception'),
    message: text(fields['message'], ''),
    traceback: text(fields['traceback'], ''),
    frames: frames.slice(-MOST_FRAMES).filter(isFrame),
  }
}

function isFrame(value: unknown): value is PythonFrame {
  const frame = value as Partial<PythonFrame> | null
  return (
    typeof frame?.file === 'string' &&
    typeof frame.line === 'number' &&
    typeof frame.function === 'string' &&
    typeof frame.source === 'string'
  )
}

/** The interpreter is lost and must be discarded: it exited, aborted, overran its stack or trapped. */
export class PythonTrap extends Error {
  override readonly name = 'PythonTrap'
  readonly kind: 'exit' | 'abort' | 'stack' | 'trap' | 'blocked'

  constructor(kind: PythonTrap['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** Thrown by a host handler to raise a chosen built-in exception in Python: `new GuestException('AttributeError', 'no field x')`. */
export class GuestException extends Error {
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

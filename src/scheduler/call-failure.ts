export type FailureKind =
  /** No connection was made. */
  | 'unreachable'
  /** The connection broke. */
  | 'lost'
  | 'timeout'
  | 'auth'
  /** Another status than 2xx. */
  | 'http'
  | 'redirect'
  /** The answer is none of this API. */
  | 'protocol'
  /** The scheduler asks to try again later. */
  | 'transient'

/** Why one attempt of a call failed, before it is known whether another is made. */
export class CallFailure extends Error {
  readonly kind: FailureKind
  /** Whether the call can have taken effect. */
  readonly sent: 'no' | 'maybe'
  /** Whether another attempt may well succeed. */
  readonly passing: boolean

  constructor(
    kind: FailureKind,
    sent: 'no' | 'maybe',
    message: string,
    cause?: unknown,
    passing = kind === 'unreachable' || kind === 'lost' || kind === 'transient',
  ) {
    super(message, {cause})
    this.kind = kind
    this.sent = sent
    this.passing = passing
  }

  static ofSocket(error: NodeJS.ErrnoException, connected: boolean): CallFailure {
    const words = WORDS[error.code ?? ''] ?? error.message ?? String(error)
    if (connected) return new CallFailure('lost', 'maybe', words, error)
    return new CallFailure('unreachable', 'no', words, error, PASSING.has(error.code ?? ''))
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was lost',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'the network is unreachable',
  ETIMEDOUT: 'no connection in time',
}

const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'])

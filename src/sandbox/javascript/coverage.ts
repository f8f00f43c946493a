import type {InspectorSession, Isolate} from 'isolated-vm'
import type {ScriptCoverage} from './protocol.ts'

/** Counts what runs in an isolate, from its very start. */
export class Coverage {
  readonly #session: InspectorSession
  readonly #waiting = new Map<number, (result: unknown) => void>()
  #last = 0

  private constructor(isolate: Isolate) {
    this.#session = isolate.createInspectorSession()
    this.#session.onResponse = (id, message) => {
      this.#waiting.get(id)?.((JSON.parse(message) as {result?: unknown}).result)
      this.#waiting.delete(id)
    }
    this.#session.onNotification = () => {}
  }

  static async start(isolate: Isolate): Promise<Coverage> {
    const coverage = new Coverage(isolate)
    await coverage.#send('Profiler.enable')
    await coverage.#send('Profiler.startPreciseCoverage', {callCount: true, detailed: true})
    return coverage
  }

  /** What has run of these modules. */
  async take(modules: ReadonlySet<string>): Promise<ScriptCoverage[]> {
    const {result} = (await this.#send('Profiler.takePreciseCoverage')) as {result: ScriptCoverage[]}
    return result.filter(({url}) => modules.has(url)).map(({url, functions}) => ({url, functions}))
  }

  #send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#last
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#session.dispatchProtocolMessage(JSON.stringify({id, method, params}))
    })
  }
}

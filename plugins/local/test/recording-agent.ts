import type {Agent, AgentOptions, AgentStatus, AgentTask} from '../src/agent/types.ts'

/** An agent that runs nothing: it notes what it is told, and reports what a test tells it. */
export class RecordingAgent implements Agent {
  readonly launched: AgentTask[] = []
  readonly killed: string[] = []
  recovered: readonly AgentTask[] = []
  readonly #options: AgentOptions

  constructor(options: AgentOptions) {
    this.#options = options
  }

  report(taskId: string, status: AgentStatus['status'], message = ''): void {
    this.#options.onStatus({taskId, status, message})
  }

  launch(task: AgentTask): void {
    this.launched.push(task)
  }

  kill(taskId: string): void {
    this.killed.push(taskId)
  }

  async recover(tasks: readonly AgentTask[]): Promise<void> {
    this.recovered = tasks
  }

  async shutdown(): Promise<void> {
    for (const {taskId} of this.launched) this.report(taskId, 'KILLED', 'Told to shut down executor.')
  }
}

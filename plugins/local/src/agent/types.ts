/** A task that the core has assigned to this host. */
export interface AgentTask {
  taskId: string
  role: string
  environment: string
  name: string
  instanceId: number
  /** The executor's JSON (`executorConfig.data`). */
  executorData: string
  /** What each requested port name got. */
  ports: Readonly<Record<string, number>>
}

/** What the agent tells the core about a task; the four last are terminal, and nothing follows them. */
export interface AgentStatus {
  taskId: string
  status: 'STARTING' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED' | 'LOST'
  message: string
}

/** Runs tasks as processes of this machine; the daemon executes the core's effects through it. */
export interface Agent {
  /** Starts a task's processes; idempotent for a task it already has. */
  launch(task: AgentTask): void
  /** Ends the whole tree; reports a terminal status in the end. */
  kill(taskId: string): void
  /** After a restart of the daemon: takes over what still runs, reports what ended meanwhile; a task it has no trace of is LOST. */
  recover(tasks: readonly AgentTask[]): Promise<void>
  /** The task's record was deleted: its sandbox may go. */
  forget?(taskId: string): void
  /** Ends everything, reporting KILLED, and waits. */
  shutdown(): Promise<void>
}

export interface AgentOptions {
  /** The agent's work directory; a cluster's `slave_root`. */
  root: string
  /** What `{{mesos.hostname}}` is. */
  hostname: string
  onStatus(status: AgentStatus): void
}

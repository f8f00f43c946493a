import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {userInfo} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {JobConfiguration, ScheduledTask, TaskConfig} from '@auroractl/cli/thrift'
import {type ClusterPlace, isRunning} from '../../src/operations/place.ts'
import {startLocal, type StartOptions, type StartResult} from '../../src/operations/start.ts'
import {resetLocal, type ResetResult} from '../../src/operations/reset.ts'
import type {Job} from '../../src/core/task.ts'
import {call, placeIn, temporaryFolder, until} from '../cluster.ts'
import {jobOf, taskConfig} from '../fixtures.ts'
import {perform} from './perform.ts'

/** A role that has an account, which root's clusters want. */
const ROLE = userInfo().username

const SOURCES = {
  entry: fileURLToPath(new URL('../../src/daemon/main.ts', import.meta.url)),
  execArgv: ['--import', new URL('../share-host.ts', import.meta.url).href],
}

/** A place for a cluster whose daemon is a process of its own; everything of it ends with the test. */
export class RealCluster implements AsyncDisposable {
  readonly #folder = temporaryFolder()
  readonly place: ClusterPlace = placeIn(join(this.#folder.path, 'devcluster'))
  port = 0

  async start(options: Partial<StartOptions> = {}): Promise<StartResult> {
    const result = await perform(startLocal, {place: this.place, build: 'test', ...SOURCES, ...options})
    this.port = Number(new URL(result.schedulerUri).port)
    return result
  }

  reset(confirm = async () => true): Promise<ResetResult> {
    return perform(resetLocal, {place: this.place, confirm})
  }

  /** As the machine may do at any time. */
  async killDaemon(): Promise<void> {
    const {pid} = (await this.place.readState()) ?? {}
    if (pid === undefined) throw new Error('there is no daemon')
    process.kill(pid, 'SIGKILL')
    // The process counts as gone while its last threads still hold the lock.
    await until(() => !isRunning(this.place))
  }

  async tasks(job: Job): Promise<readonly ScheduledTask[]> {
    return (await call(this.port, 'getTasksStatus', [{jobKeys: [job]}])).result?.scheduleStatusResult?.tasks ?? []
  }

  /** The only task of the job that is RUNNING, once there is one. */
  running(job: Job): Promise<ScheduledTask> {
    return until(async () => (await this.tasks(job)).find(({status}) => status === 'RUNNING'))
  }

  /** The process of a task of `longJob`, once it has said who it is. */
  processOf({assignedTask: {taskId}}: ScheduledTask): Promise<number> {
    const file = join(this.place.folder, '..', `${taskId.slice(-36)}.pid`)
    return until(() => existsSync(file) && Number(readFileSync(file, 'utf8')))
  }

  /** Lets the processes of a `longJob` end by themselves. */
  end(name: string): void {
    writeFileSync(this.#endFile(name), '')
  }

  #endFile(name: string): string {
    return join(this.#folder.path, `end-${name}`)
  }

  /** A service whose process notes its id, and runs until it is killed, or told to end. */
  longJob(name: string, instances = 1): JobConfiguration {
    const note = `id={{thermos.task_id}}; echo $$ > ${this.#folder.path}/$(printf %s "$id" | tail -c 36).pid`
    const cmdline = `${note}; until [ -e ${this.#endFile(name)} ]; do sleep 0.05; done`
    return commandJob({role: ROLE, environment: 'devel', name}, cmdline, {isService: true}, instances)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reset()
    this.#folder[Symbol.dispose]()
  }
}

/** A job of one process. */
export function commandJob(job: Job, cmdline: string, changes: Partial<TaskConfig> = {}, instances = 1): JobConfiguration {
  const task = {name: job.name, processes: [{name: 'main', cmdline}], resources: {cpu: 0.1, ram: 1, disk: 1}}
  const data = JSON.stringify({...job, cluster: 'devcluster', task})
  return jobOf(taskConfig({job, isService: false, executorConfig: {name: 'AuroraExecutor', data}, ...changes}), instances)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A zombie that nobody has waited for is dead.
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return process.platform !== 'linux'
  }
}

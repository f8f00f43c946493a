/** Made by `npm run generate` from the definitions and the documentation of the language. */

/** A text with a reference, in the place of a value of another type: `{{instances}}`. */
export type Reference = `${string}{{${string}`
export type Numeric = number | bigint | Reference
export type Truth = boolean | Reference
/** How instances are announced in ZooKeeper: one member for each, with its host, its ports and its number. */
export interface Announcer {
  /**
   * The name of the port that is announced as the main one. A process should use it.
   * @default "http"
   */
  primary_port?: string | null
  /**
   * Other names for ports: each stands for the port or the number on its right. A number needs a constraint named dedicated, since
   * nobody else may use that port on the host.
   * @default {"aurora":"{{primary_port}}"}
   */
  portmap?: Readonly<Record<string, string>> | null
  /** Where in ZooKeeper, if the executor allows other places than its own. */
  zk_path?: string | null
}

/** An image in the format of App Container, fetched by Mesos. */
export interface AppcImage {
  /** What the image is called. */
  name: string
  /** Its id: a digest. */
  image_id: string
}

/** Instances are replaced batch by batch: the next begins when all of one are done. */
export interface BatchUpdateStrategy {
  /**
   * How many instances a batch has.
   * @default 1
   */
  batch_size?: Numeric | null
  /**
   * Pauses the update after each batch, until somebody resumes it.
   * @default false
   */
  autopause_after_batch?: Truth | null
}

/** One order of processes. It names regular processes alone, or final ones alone. */
export interface Constraint {
  /** Names of processes; each begins when the one before it has succeeded. It never begins if that one fails for good. */
  order?: readonly string[] | null
}

/** The old wrapper around Docker. */
export interface Container {
  /**
   * The image.
   * @deprecated Use container = Docker(…).
   */
  docker?: Docker | null
}

/** A service of yours is asked, instance by instance, whether it may be taken down. */
export interface CoordinatorSlaPolicy {
  /** Where the scheduler sends its question: a POST with the task as JSON, and the instance in the parameter task. */
  coordinator_url: string
  /**
   * The field of the answer's JSON that is true when the instance may go.
   * @default "drain"
   */
  status_key?: string | null
}

/** A number of instances stays up. For jobs of at least 20 instances (as schedulers are usually set up). */
export interface CountSlaPolicy {
  /** How many instances must have been RUNNING for duration_secs; less than there are. */
  count: Numeric
  /** How long an instance must have been RUNNING to count; usually at most 7200. In seconds. */
  duration_secs: Numeric
}

/** A container of the Docker daemon of the host. Its image must have what the executor needs. */
export interface Docker {
  /** The name of the image, with a tag or a digest. {{docker.image[NAME][TAG]}} stands for the digest that the tag has now. */
  image: string
  /** Options for docker run, where the cluster allows them. */
  parameters?: readonly Parameter[] | null
}

/** An image in the format of Docker, fetched by Mesos. */
export interface DockerImage {
  /** The repository. */
  name: string
  /** The tag or digest. */
  tag: string
}

/** The executor that runs the tasks, where a scheduler knows several. */
export interface ExecutorConfig {
  /**
   * As the scheduler calls it. AuroraExecutor is Thermos, which gets the whole job.
   * @default "AuroraExecutor"
   */
  name?: string | null
  /**
   * What another executor than AuroraExecutor gets, as it is.
   * @default ""
   */
  data?: string | null
}

/**
 * How an instance is checked. It counts as RUNNING when it is found healthy, and fails when it is found ill too often. Without a
 * port named health and without a shell check, nothing is checked.
 */
export interface HealthCheckConfig {
  /**
   * What is asked: a port over HTTP (the default), or a command.
   * @default {"http":{}}
   */
  health_checker?: HealthCheckerConfig | null
  /**
   * How long an instance has to come up: failures in this time do not count. In seconds.
   * @default 15
   */
  initial_interval_secs?: Numeric | null
  /**
   * How much time there is between two checks. In seconds.
   * @default 10
   */
  interval_secs?: Numeric | null
  /**
   * How many checks in a row may fail; one more, and the instance has failed.
   * @default 0
   */
  max_consecutive_failures?: Numeric | null
  /**
   * How many checks in a row must succeed before the instance counts as RUNNING.
   * @default 1
   */
  min_consecutive_successes?: Numeric | null
  /**
   * How long one check may take. In seconds.
   * @default 1
   */
  timeout_secs?: Numeric | null
}

/** What is asked for the health of an instance: http or shell. If both are given, shell counts. */
export interface HealthCheckerConfig {
  /** A request to the port named health, if a process uses it. */
  http?: HttpHealthChecker | null
  /** A command that is run on the host. */
  shell?: ShellHealthChecker | null
}

/** GET of a path on the port named health, {{thermos.ports[health]}}, which a process must use. */
export interface HttpHealthChecker {
  /**
   * The path.
   * @default "/health"
   */
  endpoint?: string | null
  /**
   * What the answer must say, but for case and blanks around it; empty, it may say anything.
   * @default "ok"
   */
  expected_response?: string | null
  /**
   * The HTTP status that the answer must have; 0 is any.
   * @default 0
   */
  expected_response_code?: Numeric | null
}

/**
 * The requests that tell an instance to end: first to graceful_shutdown_endpoint, then to shutdown_endpoint. After that its
 * processes are ended with signals.
 */
export interface HttpLifecycleConfig {
  /**
   * The name of the port that the requests go to.
   * @default "health"
   */
  port?: string | null
  /**
   * The path of the first POST.
   * @default "/quitquitquit"
   */
  graceful_shutdown_endpoint?: string | null
  /**
   * The path of the second POST.
   * @default "/abortabortabort"
   */
  shutdown_endpoint?: string | null
  /**
   * How long the task may take to end after the first. In seconds.
   * @default 5
   */
  graceful_shutdown_wait_secs?: Numeric | null
  /**
   * How long the task may take to end after the second. In seconds.
   * @default 5
   */
  shutdown_wait_secs?: Numeric | null
}

/** What an instance is told before it is stopped. Without http, nothing (that is DisableLifecycle). */
export interface LifecycleConfig {
  /** Two requests, a polite one and a firm one, with time after each. They need a process that uses the port. */
  http?: HttpLifecycleConfig | null
}

/** Where the output of a process goes. */
export interface Logger {
  /**
   * Where stdout and stderr are written to.
   * - `file`: files in .logs of the sandbox
   * - `console`: the executor's own output
   * - `both`: the files and the console
   * - `none`: nowhere
   * @default "file"
   */
  destination?: 'file' | 'console' | 'both' | 'none' | Reference | null
  /**
   * Whether the files grow without limit.
   * - `standard`: output is appended without limit
   * - `rotate`: a file that is full is set aside and a new one begun
   * @default "standard"
   */
  mode?: 'standard' | 'rotate' | Reference | null
  /** When files are set aside and how many are kept; counts in mode rotate. */
  rotate?: RotatePolicy | null
}

/** A container that Mesos itself makes, of an image, with folders of the host in it. No Docker daemon is needed. */
export interface Mesos {
  /** The file system of the container. Without it, that of the host. */
  image?: AppcImage | DockerImage | null
  /** Folders of the host that the container sees, where the cluster allows them. */
  volumes?: readonly Volume[] | null
}

/** What is known of a running instance, for references such as {{mesos.instance}}. Nobody writes it down: the executor binds it. */
export interface MesosContext {
  /** The number of the instance, from 0. */
  instance: Numeric
  /** The host that the instance runs on. */
  hostname: string
}

/**
 * A task with the number of its instances and how the cluster is to treat them. Written as Job, or as Service for one that runs for
 * ever. Its key is cluster/role/environment/name.
 */
export interface MesosJob {
  /**
   * The last part of the job key; by default, the name of the task. Letters, digits, _, - and . are allowed.
   * @default "{{task.name}}"
   */
  name?: string | null
  /** Who the job belongs to: the second part of the job key, the account that its processes run as, and the one whose quota they use. */
  role: string
  /** Whom to write to about the job, usually an address of mail. Shown by the scheduler. */
  contact?: string | null
  /** The cluster that runs the job, by its name in clusters.json: the first part of the job key. */
  cluster: string
  /** The third part of the job key. Schedulers usually allow prod, devel, test, staging, and staging with a number. */
  environment: string
  /**
   * How many copies of the task run, numbered from 0.
   * @default 1
   */
  instances?: Numeric | null
  /** What each instance runs. */
  task: Task
  /**
   * Makes the instances known in ZooKeeper under /aurora/ROLE/ENVIRONMENT/NAME, with their host and ports. Announcer() will often
   * do.
   */
  announce?: Announcer | null
  /**
   * How the tasks share the cluster with others, by a name that the scheduler knows. The default is that of the scheduler.
   * - `preferred`: counts against the quota of the role and is not pushed aside for others
   * - `preemptible`: may be killed to make room for preferred tasks
   * - `revocable`: runs on resources that others leave unused, and may be killed at any time
   */
  tier?: string | null
  /**
   * When the job runs, as five fields of crontab: minute, hour, day of the month, month, day of the week. A job with a schedule is
   * registered with cron schedule and cannot be a service.
   */
  cron_schedule?: string | null
  /**
   * What happens when a run is due and the one before has not ended. Case does not matter.
   * - `KILL_EXISTING`: the old run is killed, then the new one starts
   * - `CANCEL_NEW`: the old run goes on, and the new one is left out
   * - `RUN_OVERLAP`: known for old files alone: schedulers refuse it
   * @default "KILL_EXISTING"
   */
  cron_collision_policy?: string | null
  /** How an update replaces the instances. */
  update_config?: UpdateConfig | null
  /**
   * Which hosts may run the instances, by their attributes: one value or several separated by commas, with ! before them for none of
   * those, or limit:N for at most N instances on hosts that have the same value.
   */
  constraints?: Readonly<Record<string, string>> | null
  /** Labels that go to the scheduler with the tasks. */
  metadata?: readonly Metadata[] | null
  /**
   * The instances run for ever: one that ends is started again. Service(…) is Job(service = True, …).
   * @default false
   */
  service?: Truth | null
  /**
   * How often an instance of a job that is no service may fail before it is given up; -1 is no limit.
   * @default 1
   */
  max_task_failures?: Numeric | null
  /**
   * The tasks count against the quota of the role and may push others aside. The tier says it now; it is set from the tier where
   * both are given.
   * @default false
   * @deprecated Use tier = 'preferred'.
   */
  production?: Truth | null
  /**
   * Of the tasks of one role, one with a higher number may take the place of one with a lower number when there is no room for both.
   * @default 0
   */
  priority?: Numeric | null
  /** How it is found out whether an instance is well. */
  health_check_config?: HealthCheckConfig | null
  /**
   * How an instance is told over HTTP that it is going to be stopped. DisableLifecycle turns it off.
   * @default {"http":{}}
   */
  lifecycle?: LifecycleConfig | null
  /**
   * Links for the pages of the scheduler. Accepted for old files and not sent: the scheduler makes links for the ports health and
   * http.
   * @deprecated Leave it out.
   */
  task_links?: Readonly<Record<string, string>> | null
  /** Which of the scheduler's executors runs the task; the default is Thermos. */
  executor_config?: ExecutorConfig | null
  /**
   * Runs the hooks of the file, the objects in its list hooks, around calls that concern this job.
   * @default false
   */
  enable_hooks?: Truth | null
  /** What happens to tasks on a host that the cluster has lost sight of. */
  partition_policy?: PartitionPolicy | null
  /**
   * How many instances must stay up while hosts are maintained, or while an update with sla_aware goes on. It needs a tier that is
   * not preemptible.
   */
  sla_policy?: CoordinatorSlaPolicy | CountSlaPolicy | PercentageSlaPolicy | null
  /** What the tasks run in. Without it, they run directly on the host. */
  container?: Container | Docker | Mesos | null
}

/** One instance as the executor sees it. Configurations have no use for it. */
export interface MesosTaskInstance {
  /** What the instance runs. */
  task: Task
  /** Its number, from 0. */
  instance: Numeric
  /** The role of the job. */
  role: string
  /** How the instance is announced. */
  announce?: Announcer | null
  /** The environment of the job. */
  environment: string
  /** How its health is checked. */
  health_check_config?: HealthCheckConfig | null
  /** How it is told to stop. */
  lifecycle?: LifecycleConfig | null
}

/** A label of the tasks. */
export interface Metadata {
  /** What the label is about. The same key may occur more than once. */
  key: string
  /** What it says. */
  value: string
}

/** An option for docker run: --NAME VALUE. */
export interface Parameter {
  /** The option without its dashes. */
  name: string
  /** What it is set to. */
  value: string
}

/** What happens to a task when the cluster has lost sight of its host. */
export interface PartitionPolicy {
  /**
   * Starts another instead. If not, the task is waited for, however long that takes.
   * @default true
   */
  reschedule?: Truth | null
  /**
   * How long the host may be out of sight before another task is started. In seconds.
   * @default 0
   */
  delay_secs?: Numeric | null
}

/** A share of the instances stays up. For jobs of at least 20 instances (as schedulers are usually set up). */
export interface PercentageSlaPolicy {
  /** The share of the instances that must have been RUNNING for duration_secs. In percent. */
  percentage: Numeric
  /** How long an instance must have been RUNNING to count; usually at most 7200. In seconds. */
  duration_secs: Numeric
}

/** One command line that the executor runs in the sandbox of a task, with its output kept in .logs/NAME/RUN. */
export interface Process {
  /**
   * What /bin/bash -c runs, in the sandbox and with the rights of the role. References in double braces are replaced before; those
   * of the executor, such as the number of a port, on the host.
   */
  cmdline: string
  /**
   * What the process is called in orders, statuses and logs. It must be unique in its task, must not contain a slash, and must not
   * begin with a dot.
   */
  name: string
  /**
   * Has no effect: resources are asked for by the task and shared by its processes.
   * @deprecated Use the resources of the task.
   */
  resources?: Resources | null
  /**
   * How many failed runs make the process fail for good; until then it is run again. 0 is no limit but that of 100 runs in all. A
   * run that a signal ended is no failure.
   * @default 1
   */
  max_failures?: Numeric | null
  /**
   * Runs the process again whenever it ends with success. A task with a daemon that is not ephemeral runs until it fails or is
   * killed. Nothing may be ordered after a daemon.
   * @default false
   */
  daemon?: Truth | null
  /**
   * The task does not wait for this process, and its failure does not count: the task is complete when the others are. What comes
   * after an ephemeral process must be ephemeral, too.
   * @default false
   */
  ephemeral?: Truth | null
  /**
   * How long after the end of a run the process may be started again. In seconds.
   * @default 5
   */
  min_duration?: Numeric | null
  /**
   * Runs the process after all regular ones have ended, also when the task failed or is killed: for cleaning up. Final processes
   * share the time of finalization_wait and do not change how the task ends.
   * @default false
   */
  final?: Truth | null
  /** Where the output of this process goes and how much of it is kept. It wins over the settings of the executor. */
  logger?: Logger | null
}

/** A given number of instances is under way at any time: when one is done, the next begins. */
export interface QueueUpdateStrategy {
  /**
   * How many instances are under way at the same time.
   * @default 1
   */
  batch_size?: Numeric | null
}

/** What each instance of a task gets of its host, all processes together. cpu, ram and disk must be given and more than nothing. */
export interface Resources {
  /** Processor cores; fractions are fine. In cores. */
  cpu: Numeric
  /** Memory. It is given to the scheduler in whole megabytes, rounded down. A task that uses more is killed by the host. In bytes. */
  ram: Numeric
  /** Space for the sandbox, in whole megabytes, rounded down. A task whose sandbox grows beyond it fails. In bytes. */
  disk: Numeric
  /**
   * Graphics processors, where the cluster allows them.
   * @default 0
   */
  gpu?: Numeric | null
}

/** When a file of output is set aside, and how many such files are kept. */
export interface RotatePolicy {
  /**
   * The size at which a file is set aside; more than 0. In bytes.
   * @default 104857600
   */
  log_size?: Numeric | null
  /**
   * How many files that were set aside are kept, for each of stdout and stderr; more than 0.
   * @default 5
   */
  backups?: Numeric | null
}

/** A command whose exit code tells: 0 is healthy. It runs with the role's rights. */
export interface ShellHealthChecker {
  /** What /bin/bash -c runs. Ports that are used here alone are not asked for: a process must use them, too. */
  shell_command: string
}

/**
 * The processes that one instance of a job runs on one host, in one sandbox, with the order among them and the resources that they
 * share.
 */
export interface Task {
  /**
   * What the task is called; by default, as its first process. The job is called so unless it has a name of its own.
   * @default "{{processes[0].name}}"
   */
  name?: string | null
  /** What the task runs. All start at once, but for what constraints and max_concurrency say. A job needs this field. */
  processes?: readonly Process[] | null
  /** The order among processes. order(…) makes such a list, and SequentialTask makes one of all processes. */
  constraints?: readonly Constraint[] | null
  /** What the task gets of its host. A job needs this field. */
  resources?: Resources | null
  /**
   * How many processes that failed for good make the task fail; 0 is no limit.
   * @default 1
   */
  max_failures?: Numeric | null
  /**
   * How many processes may run at the same time; 0 is no limit.
   * @default 0
   */
  max_concurrency?: Numeric | null
  /**
   * How long the end of the task may take: the time in which the running processes end after SIGTERM and the final ones run. What is
   * left then is killed. In seconds.
   * @default 30
   */
  finalization_wait?: Numeric | null
  /** Has no effect in a job: its processes have the rights of the role. */
  user?: string | null
}

/** What is known of a running task, for references such as {{thermos.task_id}}. Nobody writes it down: the executor binds it. */
export interface ThermosContext {
  /** The numbers of the ports that the task got, by name: {{thermos.ports[http]}}. */
  ports?: Readonly<Record<string, Numeric>> | null
  /** The id of the task; each run of an instance has a new one. */
  task_id?: string | null
  /** The user whose rights the processes have: the role. The client binds it. */
  user?: string | null
}

/** How an update replaces instances: how many at a time, how long each is watched, how many may fail. */
export interface UpdateConfig {
  /**
   * How many instances are replaced at a time; at least 1. With an update_strategy, that says it.
   * @default 1
   */
  batch_size?: Numeric | null
  /**
   * How long an instance must stay RUNNING to count as updated. In seconds.
   * @default 45
   */
  watch_secs?: Numeric | null
  /**
   * How often one instance may fail and be tried again before it counts as failed.
   * @default 0
   */
  max_per_shard_failures?: Numeric | null
  /**
   * How many instances may fail before the update is given up; less than there are instances.
   * @default 0
   */
  max_total_failures?: Numeric | null
  /**
   * Puts the old configuration back when the update is given up.
   * @default true
   */
  rollback_on_failure?: Truth | null
  /**
   * Waits until a whole batch is done before the next begins; otherwise, as soon as one instance is done, the next one follows.
   * BatchUpdateStrategy says the same.
   * @default false
   */
  wait_for_batch_completion?: Truth | null
  /**
   * The update stops unless somebody sends it a pulse (an external check that all is well) at least this often; at least 60. In
   * seconds.
   */
  pulse_interval_secs?: Numeric | null
  /**
   * How instances are chosen: as a queue, in batches, or in batches of different sizes. Without it, batch_size and
   * wait_for_batch_completion decide.
   */
  update_strategy?: QueueUpdateStrategy | BatchUpdateStrategy | VariableBatchUpdateStrategy | null
  /**
   * Asks the sla_policy of the job before an instance is killed.
   * @default false
   */
  sla_aware?: Truth | null
}

/** Batches of different sizes: a few instances first, more when they are well. */
export interface VariableBatchUpdateStrategy {
  /** How many instances each batch has; the last size goes for the rest. */
  batch_sizes: readonly (Numeric)[]
  /**
   * Pauses the update after each batch, until somebody resumes it.
   * @default false
   */
  autopause_after_batch?: Truth | null
}

/** A folder of the host, as the container sees it. */
export interface Volume {
  /** Where it is in the container. */
  container_path: string
  /** Where it is on the host. */
  host_path: string
  /**
   * What the container may do with it.
   * - `RO`: read
   * - `RW`: read and write
   */
  mode: 'RO' | 'RW' | Reference
}

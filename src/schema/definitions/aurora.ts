import {Boolean_, Float, Integer, String_, choice, defaultsTo, enumeration, list, map, required, struct} from '../types.ts'
import {Task} from './thermos.ts'

/** Structs of Aurora (reference/config-dsl.md §4.3). */

export const MesosContext = struct('MesosContext', {
  instance: required(Integer),
  hostname: required(String_),
})

export const QueueUpdateStrategy = struct('QueueUpdateStrategy', {
  batch_size: defaultsTo(Integer, 1),
})

export const BatchUpdateStrategy = struct('BatchUpdateStrategy', {
  batch_size: defaultsTo(Integer, 1),
  autopause_after_batch: defaultsTo(Boolean_, false),
})

export const VariableBatchUpdateStrategy = struct('VariableBatchUpdateStrategy', {
  batch_sizes: required(list(Integer)),
  autopause_after_batch: defaultsTo(Boolean_, false),
})

export const UpdateConfig = struct('UpdateConfig', {
  batch_size: defaultsTo(Integer, 1),
  watch_secs: defaultsTo(Integer, 45),
  max_per_shard_failures: defaultsTo(Integer, 0),
  max_total_failures: defaultsTo(Integer, 0),
  rollback_on_failure: defaultsTo(Boolean_, true),
  wait_for_batch_completion: defaultsTo(Boolean_, false),
  pulse_interval_secs: Integer,
  update_strategy: choice([QueueUpdateStrategy, BatchUpdateStrategy, VariableBatchUpdateStrategy]),
  sla_aware: defaultsTo(Boolean_, false),
})

export const HttpHealthChecker = struct('HttpHealthChecker', {
  endpoint: defaultsTo(String_, '/health'),
  expected_response: defaultsTo(String_, 'ok'),
  expected_response_code: defaultsTo(Integer, 0),
})

export const ShellHealthChecker = struct('ShellHealthChecker', {
  shell_command: required(String_),
})

export const HealthCheckerConfig = struct('HealthCheckerConfig', {
  http: HttpHealthChecker,
  shell: ShellHealthChecker,
})

/** HTTP with its defaults: the value of `DefaultHealthChecker`. */
export const defaultHealthChecker = {http: {}}

export const HealthCheckConfig = struct('HealthCheckConfig', {
  health_checker: defaultsTo(HealthCheckerConfig, defaultHealthChecker),
  initial_interval_secs: defaultsTo(Float, 15.0),
  interval_secs: defaultsTo(Float, 10.0),
  max_consecutive_failures: defaultsTo(Integer, 0),
  min_consecutive_successes: defaultsTo(Integer, 1),
  timeout_secs: defaultsTo(Float, 1.0),
})

export const HttpLifecycleConfig = struct('HttpLifecycleConfig', {
  port: defaultsTo(String_, 'health'),
  graceful_shutdown_endpoint: defaultsTo(String_, '/quitquitquit'),
  shutdown_endpoint: defaultsTo(String_, '/abortabortabort'),
  graceful_shutdown_wait_secs: defaultsTo(Integer, 5),
  shutdown_wait_secs: defaultsTo(Integer, 5),
})

export const LifecycleConfig = struct('LifecycleConfig', {
  http: HttpLifecycleConfig,
})

/** The value of `DefaultLifecycleConfig`. */
export const defaultLifecycle = {http: {}}

export const Announcer = struct('Announcer', {
  primary_port: defaultsTo(String_, 'http'),
  portmap: defaultsTo(map(String_, String_), {aurora: '{{primary_port}}'}),
  zk_path: String_,
})

export const ExecutorConfig = struct('ExecutorConfig', {
  name: defaultsTo(String_, 'AuroraExecutor'),
  data: defaultsTo(String_, ''),
})

export const PartitionPolicy = struct('PartitionPolicy', {
  reschedule: defaultsTo(Boolean_, true),
  delay_secs: defaultsTo(Integer, 0),
})

export const Metadata = struct('Metadata', {
  key: required(String_),
  value: required(String_),
})

export const Parameter = struct('Parameter', {
  name: required(String_),
  value: required(String_),
})

export const Docker = struct('Docker', {
  image: required(String_),
  parameters: defaultsTo(list(Parameter), []),
})

export const Container = struct('Container', {
  docker: Docker,
})

export const Mode = enumeration(['RO', 'RW'])

export const Volume = struct('Volume', {
  container_path: required(String_),
  host_path: required(String_),
  mode: required(Mode),
})

export const AppcImage = struct('AppcImage', {
  name: required(String_),
  image_id: required(String_),
})

export const DockerImage = struct('DockerImage', {
  name: required(String_),
  tag: required(String_),
})

export const Mesos = struct('Mesos', {
  image: choice([AppcImage, DockerImage]),
  volumes: defaultsTo(list(Volume), []),
})

export const PercentageSlaPolicy = struct('PercentageSlaPolicy', {
  percentage: required(Float),
  duration_secs: required(Integer),
})

export const CountSlaPolicy = struct('CountSlaPolicy', {
  count: required(Integer),
  duration_secs: required(Integer),
})

export const CoordinatorSlaPolicy = struct('CoordinatorSlaPolicy', {
  coordinator_url: required(String_),
  status_key: defaultsTo(String_, 'drain'),
})

/** `Job` is its alias; `Service` is a value of it with `service` true. */
export const MesosJob = struct('MesosJob', {
  name: defaultsTo(String_, '{{task.name}}'),
  role: required(String_),
  contact: String_,
  cluster: required(String_),
  environment: required(String_),
  instances: defaultsTo(Integer, 1),
  task: required(Task),
  announce: Announcer,
  tier: String_,
  cron_schedule: String_,
  cron_collision_policy: defaultsTo(String_, 'KILL_EXISTING'),
  update_config: defaultsTo(UpdateConfig, {}),
  constraints: map(String_, String_),
  metadata: defaultsTo(list(Metadata), []),
  service: defaultsTo(Boolean_, false),
  max_task_failures: defaultsTo(Integer, 1),
  production: defaultsTo(Boolean_, false),
  priority: defaultsTo(Integer, 0),
  health_check_config: defaultsTo(HealthCheckConfig, {}),
  lifecycle: defaultsTo(LifecycleConfig, defaultLifecycle),
  task_links: map(String_, String_),
  executor_config: defaultsTo(ExecutorConfig, {}),
  enable_hooks: defaultsTo(Boolean_, false),
  partition_policy: PartitionPolicy,
  sla_policy: choice([CoordinatorSlaPolicy, CountSlaPolicy, PercentageSlaPolicy]),
  container: choice([Container, Docker, Mesos]),
})

export const MesosTaskInstance = struct('MesosTaskInstance', {
  task: required(Task),
  instance: required(Integer),
  role: required(String_),
  announce: Announcer,
  environment: required(String_),
  health_check_config: defaultsTo(HealthCheckConfig, {}),
  lifecycle: LifecycleConfig,
})

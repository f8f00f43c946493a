import {Boolean_, Float, Integer, String_, defaultsTo, enumeration, list, map, required, struct} from '../types.ts'

/** Structs of Thermos, the executor (reference/config-dsl.md §4.2). The order of the fields is that of the executor data. */

const MB = 1024 * 1024

export const LoggerDestination = enumeration(['file', 'console', 'both', 'none'])
export const LoggerMode = enumeration(['standard', 'rotate'])

export const RotatePolicy = struct('RotatePolicy', {
  log_size: defaultsTo(Integer, 100 * MB),
  backups: defaultsTo(Integer, 5),
})

export const Logger = struct('Logger', {
  destination: defaultsTo(LoggerDestination, 'file'),
  mode: defaultsTo(LoggerMode, 'standard'),
  rotate: RotatePolicy,
})

export const Resources = struct('Resources', {
  cpu: required(Float),
  ram: required(Integer),
  disk: required(Integer),
  gpu: defaultsTo(Integer, 0),
})

export const Constraint = struct('Constraint', {
  order: list(String_),
})

export const Process = struct('Process', {
  cmdline: required(String_),
  name: required(String_),
  resources: Resources,
  max_failures: defaultsTo(Integer, 1),
  daemon: defaultsTo(Boolean_, false),
  ephemeral: defaultsTo(Boolean_, false),
  min_duration: defaultsTo(Integer, 5),
  final: defaultsTo(Boolean_, false),
  logger: Logger,
})

export const Task = struct('Task', {
  name: defaultsTo(String_, '{{processes[0].name}}'),
  processes: list(Process),
  constraints: defaultsTo(list(Constraint), []),
  resources: Resources,
  max_failures: defaultsTo(Integer, 1),
  max_concurrency: defaultsTo(Integer, 0),
  finalization_wait: defaultsTo(Integer, 30),
  user: String_,
})

export const ThermosContext = struct('ThermosContext', {
  ports: map(String_, Integer),
  task_id: String_,
  user: String_,
})

import type {NameDocumentation} from './types.ts'

/** The names of a configuration file, beside the structs. */
export const helpers = {
  include: {
    text: 'Runs another file in the place of this line; the names that it defines are here afterwards. The path is relative to the file that has the line.',
    usage: "include('common.aurora')",
  },
  jobs: {text: 'The list that counts when the file has run: all jobs that it defines.', usage: 'jobs = [Service(…), Job(…)]'},
  hooks: {
    text: 'Objects whose methods are called around the calls of the client that concern a job with enable_hooks: pre_kill_job, post_create_job and so on.',
    usage: 'hooks = [Audit()]',
  },
  Service: {
    text: 'A Job that runs for ever: Job(service = True). It is a value: calling it gives a copy with other fields.',
    usage: 'Service(cluster = …, task = …)',
  },
  order: {
    text: 'A list with one constraint: the processes, or processes of these names, run one after the other. Lists are added with +.',
    usage: 'constraints = order(fetch, run)',
  },
  SequentialTask: {
    text: 'A Task whose processes run one after the other, as they are listed. It has no constraints of its own.',
    usage: 'SequentialTask(processes = [fetch, run], resources = …)',
  },
  SimpleTask: {
    text: 'A Task of one process, with 1 core, 1 GB of memory and 1 GB of disk.',
    usage: "SimpleTask('hello', 'echo hello')",
  },
  combine_tasks: {
    text: 'One task with the processes of several, side by side. It has the sum of their resources and the longest of their finalization_wait; everything else is as in the last. Give it a name: fields are named at the end.',
    usage: "combine_tasks(server, logs, name = 'both')",
  },
  concat_tasks: {
    text: 'One task with the processes of several, those of each after those of the one before. It has the largest of their resources and the sum of their finalization_wait; everything else is as in the last.',
    usage: "concat_tasks(build, serve, name = 'all')",
  },
  java_options: {
    text: 'Options of a command line as Java wants them, with one dash: texts become flags, names and dicts options with values.',
    usage: "java_options('server', Xmx = '1g') is -server -Xmx 1g",
  },
  python_options: {
    text: 'Options of a command line as Python programs want them: one dash before a letter, two before a word.',
    usage: "python_options('v', port = 80) is -v --port 80",
  },
  Processes: {text: 'Where order is kept: Processes.order.', usage: 'Processes.order(fetch, run)'},
  Tasks: {
    text: 'Where the helpers of tasks are kept: Tasks.simple, Tasks.sequential (for a task that exists), Tasks.combine and Tasks.concat.',
    usage: 'Tasks.sequential(task)',
  },
  Options: {text: 'Where the helpers of command lines are kept: Options.java and Options.python.', usage: "Options.java('server')"},
  Units: {
    text: 'Arithmetic of resources and waits, which combine_tasks and concat_tasks are made of: resources_sum, resources_max, finalization_wait_sum, finalization_wait_max, processes_merge, constraints_merge.',
    usage: 'Units.resources_sum(one.resources(), other.resources())',
  },
  DefaultHealthChecker: {
    text: 'A health check over HTTP with all its defaults.',
    since: 'after 0.8',
    usage: 'HealthCheckConfig(health_checker = DefaultHealthChecker)',
  },
  DefaultLifecycleConfig: {
    text: 'The HTTP requests of a lifecycle with all their defaults, which jobs have anyway.',
    since: 'after 0.8',
    usage: 'lifecycle = DefaultLifecycleConfig',
  },
  DisableLifecycle: {text: 'No HTTP requests before an instance is stopped.', since: 'after 0.8', usage: 'lifecycle = DisableLifecycle'},
  BYTES: {text: 'The unit of ram and disk: 1.', usage: 'disk = 4096*BYTES'},
  KB: {text: '1024 bytes.', usage: 'log_size = 512*KB'},
  MB: {text: '1024 KB.', usage: 'ram = 128*MB'},
  GB: {text: '1024 MB.', usage: 'disk = 2*GB'},
  TB: {text: '1024 GB.', usage: 'disk = 1*TB'},
  AURORA_EXECUTOR_NAME: {
    text: 'The name of the executor that runs jobs unless they say otherwise: AuroraExecutor.',
    since: 'after 0.8',
    usage: 'ExecutorConfig(name = AURORA_EXECUTOR_NAME)',
  },
  Mode: {text: 'What a container may do with a volume: RO to read it, RW to write, too.', since: 'after 0.8', usage: "Mode('RO')"},
  LoggerDestination: {text: 'Where output goes: file, console, both or none.', since: 'after 0.8', usage: "LoggerDestination('both')"},
  LoggerMode: {
    text: 'Whether files of output are set aside when they are full: standard or rotate.',
    since: 'after 0.8',
    usage: "LoggerMode('rotate')",
  },
  String: {text: 'Text. Numbers and True or False become text.', usage: "String('hello')"},
  Integer: {
    text: 'A whole number, also as text. A fraction is cut off: 2.7 is 2. References may stand for it.',
    usage: "instances = 3 or instances = '{{instances}}'",
  },
  Float: {text: 'A number, also as text. References may stand for it.', usage: 'cpu = 0.5'},
  Boolean: {
    text: "True or False. A number is True unless it is 0; of texts, 'true', '1', 'false' and '0' are taken. References may stand for it.",
    usage: 'daemon = True',
  },
  Enum: {text: 'A type of which only certain words are values.', since: 'after 0.8', usage: "Level = Enum('Level', ('low', 'high'))"},
  List: {text: 'A type of lists whose elements have a type.', usage: 'ports = List(Integer)'},
  Map: {text: 'A type of dicts whose keys and values have types.', usage: 'labels = Map(String, String)'},
  Choice: {
    text: 'A type that is one of several: the first that a value fits.',
    since: 'after 0.8',
    usage: 'port = Choice([Integer, String])',
  },
  Struct: {
    text: 'The base of structs of your own, for parameters that are checked and can be bound.',
    usage: 'class Profile(Struct): port = Default(Integer, 80)',
  },
  Required: {text: 'A field of a struct of your own that must be set.', usage: 'name = Required(String)'},
  Default: {text: 'A field of a struct of your own that has a value unless another is set.', usage: 'port = Default(Integer, 80)'},
  Empty: {
    text: 'What a field without a value has; a field that is given it is unset, even if it has a default.',
    usage: 'job(contact = Empty)',
  },
} as const satisfies Record<string, NameDocumentation>

/** What may be written in double braces though the file does not define it. */
export const references = {
  'mesos.instance': {
    text: 'The number of the instance, from 0. Known to the executor alone, when a task starts.',
    usage: '{{mesos.instance}}',
  },
  'mesos.hostname': {
    text: 'The host that the instance runs on. Known to the executor alone, when a task starts.',
    since: 'after 0.8',
    usage: '{{mesos.hostname}}',
  },
  'thermos.ports': {
    text: 'The number of the port with that name, which the task gets by using it. Known to the executor alone, when a task starts. The name is an index: {{thermos.ports.http}} is refused.',
    usage: '{{thermos.ports[http]}}',
  },
  'thermos.task_id': {
    text: 'The id of the task, new for each run. Known to the executor alone, when a task starts.',
    usage: '{{thermos.task_id}}',
  },
  'thermos.user': {text: 'The role of the job, whose rights the processes have.', usage: '{{thermos.user}}'},
  'mesos.role': {text: 'The role of the job.', usage: '{{mesos.role}}'},
  'mesos.cluster': {text: 'The cluster of the job.', usage: '{{mesos.cluster}}'},
  'docker.image': {
    text: 'The image that a tag stands for now, by its digest, asked of the docker_registry of the cluster when the file is loaded.',
    since: 'after 0.8',
    usage: '{{docker.image[python][3.13]}}',
  },
} as const satisfies Record<string, NameDocumentation>

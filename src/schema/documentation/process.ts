import type {Documentation} from './types.ts'

const MB = 1024 * 1024

/** Processes, their output and what they use. */
export const processes = {
  Process: {
    text: 'One command line that the executor runs in the sandbox of a task, with its output kept in .logs/NAME/RUN.',
    example: {name: 'server', cmdline: './server --port {{thermos.ports[http]}}'},
    fields: {
      name: {
        text: 'What the process is called in orders, statuses and logs. It must be unique in its task, must not contain a slash, and must not begin with a dot.',
        example: 'server',
      },
      cmdline: {
        text: 'What /bin/bash -c runs, in the sandbox and with the rights of the role. References in double braces are replaced before; those of the executor, such as the number of a port, on the host.',
        example: './server --port {{thermos.ports[http]}}',
      },
      resources: {
        text: 'Has no effect: resources are asked for by the task and shared by its processes.',
        deprecated: 'Use the resources of the task.',
      },
      max_failures: {
        text: 'How many failed runs make the process fail for good; until then it is run again. 0 is no limit but that of 100 runs in all. A run that a signal ended is no failure.',
        example: 3,
      },
      daemon: {
        text: 'Runs the process again whenever it ends with success. A task with a daemon that is not ephemeral runs until it fails or is killed. Nothing may be ordered after a daemon.',
        example: true,
      },
      ephemeral: {
        text: 'The task does not wait for this process, and its failure does not count: the task is complete when the others are. What comes after an ephemeral process must be ephemeral, too.',
        example: true,
      },
      min_duration: {
        text: 'How long after the end of a run the process may be started again.',
        unit: 'seconds',
        example: 30,
      },
      final: {
        text: 'Runs the process after all regular ones have ended, also when the task failed or is killed: for cleaning up. Final processes share the time of finalization_wait and do not change how the task ends.',
        example: true,
      },
      logger: {
        text: 'Where the output of this process goes and how much of it is kept. It wins over the settings of the executor.',
        since: 'after 0.8',
        example: {destination: 'file', mode: 'rotate', rotate: {log_size: 10 * MB, backups: 3}},
      },
    },
  },
  Logger: {
    text: 'Where the output of a process goes.',
    since: 'after 0.8',
    example: {destination: 'file', mode: 'rotate', rotate: {log_size: 10 * MB, backups: 3}},
    fields: {
      destination: {
        text: 'Where stdout and stderr are written to.',
        values: {
          file: 'files in .logs of the sandbox',
          console: "the executor's own output",
          both: 'the files and the console',
          none: 'nowhere',
        },
        example: 'both',
      },
      mode: {
        text: 'Whether the files grow without limit.',
        values: {standard: 'output is appended without limit', rotate: 'a file that is full is set aside and a new one begun'},
        example: 'rotate',
      },
      rotate: {text: 'When files are set aside and how many are kept; counts in mode rotate.', example: {log_size: 10 * MB, backups: 3}},
    },
  },
  RotatePolicy: {
    text: 'When a file of output is set aside, and how many such files are kept.',
    since: 'after 0.8',
    example: {log_size: 10 * MB, backups: 3},
    fields: {
      log_size: {text: 'The size at which a file is set aside; more than 0.', unit: 'bytes', example: 10 * MB},
      backups: {text: 'How many files that were set aside are kept, for each of stdout and stderr; more than 0.', example: 3},
    },
  },
  Resources: {
    text: 'What each instance of a task gets of its host, all processes together. cpu, ram and disk must be given and more than nothing.',
    example: {cpu: 0.5, ram: 256 * MB, disk: 512 * MB},
    fields: {
      cpu: {text: 'Processor cores; fractions are fine.', unit: 'cores', example: 0.5},
      ram: {
        text: 'Memory. It is given to the scheduler in whole megabytes, rounded down. A task that uses more is killed by the host.',
        unit: 'bytes',
        example: 256 * MB,
      },
      disk: {
        text: 'Space for the sandbox, in whole megabytes, rounded down. A task whose sandbox grows beyond it fails.',
        unit: 'bytes',
        example: 512 * MB,
      },
      gpu: {text: 'Graphics processors, where the cluster allows them.', since: 'after 0.8', example: 1},
    },
  },
} satisfies Partial<Documentation>

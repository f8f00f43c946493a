import type {Documentation} from './types.ts'

const MB = 1024 * 1024

/** Tasks, and what the executor makes known to them. */
export const tasks = {
  Task: {
    text: 'The processes that one instance of a job runs on one host, in one sandbox, with the order among them and the resources that they share.',
    example: {
      name: 'server',
      processes: [
        {name: 'fetch', cmdline: 'curl -O https://example.com/server'},
        {name: 'run', cmdline: 'bash server'},
      ],
      constraints: [{order: ['fetch', 'run']}],
      resources: {cpu: 0.5, ram: 256 * MB, disk: 512 * MB},
    },
    fields: {
      name: {
        text: 'What the task is called; by default, as its first process. The job is called so unless it has a name of its own.',
        example: 'server',
      },
      processes: {
        text: 'What the task runs. All start at once, but for what constraints and max_concurrency say. A job needs this field.',
        example: [{name: 'run', cmdline: './server'}],
      },
      constraints: {
        text: 'The order among processes. order(…) makes such a list, and SequentialTask makes one of all processes.',
        example: [{order: ['fetch', 'run']}],
      },
      resources: {text: 'What the task gets of its host. A job needs this field.', example: {cpu: 0.5, ram: 256 * MB, disk: 512 * MB}},
      max_failures: {
        text: 'How many processes that failed for good make the task fail; 0 is no limit.',
        example: 2,
      },
      max_concurrency: {text: 'How many processes may run at the same time; 0 is no limit.', example: 4},
      finalization_wait: {
        text: 'How long the end of the task may take: the time in which the running processes end after SIGTERM and the final ones run. What is left then is killed.',
        unit: 'seconds',
        example: 60,
      },
      user: {text: 'Has no effect in a job: its processes have the rights of the role.'},
    },
  },
  Constraint: {
    text: 'One order of processes. It names regular processes alone, or final ones alone.',
    example: {order: ['fetch', 'run']},
    fields: {
      order: {
        text: 'Names of processes; each begins when the one before it has succeeded. It never begins if that one fails for good.',
        example: ['fetch', 'run'],
      },
    },
  },
  ThermosContext: {
    text: 'What is known of a running task, for references such as {{thermos.task_id}}. Nobody writes it down: the executor binds it.',
    example: {ports: {http: 31_000}, task_id: 'www-data-prod-hello-0-1a2b', user: 'www-data'},
    fields: {
      ports: {text: 'The numbers of the ports that the task got, by name: {{thermos.ports[http]}}.', example: {http: 31_000}},
      task_id: {text: 'The id of the task; each run of an instance has a new one.', example: 'www-data-prod-hello-0-1a2b'},
      user: {text: 'The user whose rights the processes have: the role. The client binds it.', example: 'www-data'},
    },
  },
} satisfies Partial<Documentation>

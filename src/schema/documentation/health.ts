import type {Documentation} from './types.ts'

/** Health checks, and the polite end of a task. */
export const health = {
  HealthCheckConfig: {
    text: 'How an instance is checked. It counts as RUNNING when it is found healthy, and fails when it is found ill too often. Without a port named health and without a shell check, nothing is checked.',
    example: {initial_interval_secs: 30, interval_secs: 10, max_consecutive_failures: 2, health_checker: {http: {endpoint: '/healthz'}}},
    fields: {
      health_checker: {
        text: 'What is asked: a port over HTTP (the default), or a command.',
        since: 'after 0.8',
        example: {shell: {shell_command: 'test -f ready'}},
      },
      initial_interval_secs: {
        text: 'How long an instance has to come up: failures in this time do not count.',
        unit: 'seconds',
        example: 30,
      },
      interval_secs: {text: 'How much time there is between two checks.', unit: 'seconds', example: 5},
      max_consecutive_failures: {text: 'How many checks in a row may fail; one more, and the instance has failed.', example: 3},
      min_consecutive_successes: {
        text: 'How many checks in a row must succeed before the instance counts as RUNNING.',
        since: 'after 0.8',
        example: 2,
      },
      timeout_secs: {text: 'How long one check may take.', unit: 'seconds', example: 2},
    },
  },
  HealthCheckerConfig: {
    text: 'What is asked for the health of an instance: http or shell. If both are given, shell counts.',
    since: 'after 0.8',
    example: {http: {endpoint: '/healthz', expected_response: ''}},
    fields: {
      http: {text: 'A request to the port named health, if a process uses it.', example: {endpoint: '/healthz'}},
      shell: {text: 'A command that is run on the host.', example: {shell_command: 'test -f ready'}},
    },
  },
  HttpHealthChecker: {
    text: 'GET of a path on the port named health, {{thermos.ports[health]}}, which a process must use.',
    since: 'after 0.8',
    example: {endpoint: '/healthz', expected_response: '', expected_response_code: 200},
    fields: {
      endpoint: {text: 'The path.', example: '/healthz'},
      expected_response: {
        text: 'What the answer must say, but for case and blanks around it; empty, it may say anything.',
        example: '',
      },
      expected_response_code: {text: 'The HTTP status that the answer must have; 0 is any.', example: 200},
    },
  },
  ShellHealthChecker: {
    text: "A command whose exit code tells: 0 is healthy. It runs with the role's rights.",
    since: 'after 0.8',
    example: {shell_command: 'curl -sf http://localhost:{{thermos.ports[http]}}/ > /dev/null'},
    fields: {
      shell_command: {
        text: 'What /bin/bash -c runs. Ports that are used here alone are not asked for: a process must use them, too.',
        example: 'test -f ready',
      },
    },
  },
  LifecycleConfig: {
    text: 'What an instance is told before it is stopped. Without http, nothing (that is DisableLifecycle).',
    since: 'after 0.8',
    example: {http: {graceful_shutdown_wait_secs: 30}},
    fields: {
      http: {
        text: 'Two requests, a polite one and a firm one, with time after each. They need a process that uses the port.',
        example: {port: 'health'},
      },
    },
  },
  HttpLifecycleConfig: {
    text: 'The requests that tell an instance to end: first to graceful_shutdown_endpoint, then to shutdown_endpoint. After that its processes are ended with signals.',
    since: 'after 0.8',
    example: {port: 'admin', graceful_shutdown_wait_secs: 30},
    fields: {
      port: {text: 'The name of the port that the requests go to.', example: 'admin'},
      graceful_shutdown_endpoint: {text: 'The path of the first POST.', example: '/drain'},
      shutdown_endpoint: {text: 'The path of the second POST.', example: '/stop'},
      graceful_shutdown_wait_secs: {text: 'How long the task may take to end after the first.', unit: 'seconds', example: 30},
      shutdown_wait_secs: {text: 'How long the task may take to end after the second.', unit: 'seconds', example: 10},
    },
  },
} satisfies Partial<Documentation>

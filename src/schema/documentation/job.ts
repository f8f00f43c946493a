import type {Documentation} from './types.ts'

const MB = 1024 * 1024
const task = {
  processes: [{name: 'hello', cmdline: 'echo hello; sleep 60'}],
  resources: {cpu: 0.1, ram: 64 * MB, disk: 64 * MB},
}

/** The job itself. */
export const jobs = {
  MesosJob: {
    text: 'A task with the number of its instances and how the cluster is to treat them. Written as Job, or as Service for one that runs for ever. Its key is cluster/role/environment/name.',
    example: {cluster: 'devcluster', role: 'www-data', environment: 'devel', name: 'hello', task},
    fields: {
      name: {
        text: 'The last part of the job key; by default, the name of the task. Letters, digits, _, - and . are allowed.',
        example: 'hello',
      },
      role: {
        text: 'Who the job belongs to: the second part of the job key, the account that its processes run as, and the one whose quota they use.',
        example: 'www-data',
      },
      cluster: {text: 'The cluster that runs the job, by its name in clusters.json: the first part of the job key.', example: 'devcluster'},
      environment: {
        text: 'The third part of the job key. Schedulers usually allow prod, devel, test, staging, and staging with a number.',
        example: 'prod',
      },
      contact: {text: 'Whom to write to about the job, usually an address of mail. Shown by the scheduler.', example: 'team@example.com'},
      instances: {text: 'How many copies of the task run, numbered from 0.', example: 3},
      task: {text: 'What each instance runs.', example: task},
      announce: {
        text: 'Makes the instances known in ZooKeeper under /aurora/ROLE/ENVIRONMENT/NAME, with their host and ports. Announcer() will often do.',
        example: {primary_port: 'http'},
      },
      tier: {
        text: 'How the tasks share the cluster with others, by a name that the scheduler knows. The default is that of the scheduler.',
        since: 'after 0.8',
        values: {
          preferred: 'counts against the quota of the role and is not pushed aside for others',
          preemptible: 'may be killed to make room for preferred tasks',
          revocable: 'runs on resources that others leave unused, and may be killed at any time',
        },
        example: 'preferred',
      },
      cron_schedule: {
        text: 'When the job runs, as five fields of crontab: minute, hour, day of the month, month, day of the week. A job with a schedule is registered with cron schedule and cannot be a service.',
        example: '0 3 * * *',
      },
      cron_collision_policy: {
        text: 'What happens when a run is due and the one before has not ended. Case does not matter.',
        values: {
          KILL_EXISTING: 'the old run is killed, then the new one starts',
          CANCEL_NEW: 'the old run goes on, and the new one is left out',
          RUN_OVERLAP: 'known for old files alone: schedulers refuse it',
        },
        example: 'CANCEL_NEW',
      },
      update_config: {text: 'How an update replaces the instances.', example: {batch_size: 2, watch_secs: 60}},
      constraints: {
        text: 'Which hosts may run the instances, by their attributes: one value or several separated by commas, with ! before them for none of those, or limit:N for at most N instances on hosts that have the same value.',
        example: {host: 'limit:1', rack: '!r7,r9'},
      },
      metadata: {text: 'Labels that go to the scheduler with the tasks.', since: 'after 0.8', example: [{key: 'team', value: 'web'}]},
      service: {text: 'The instances run for ever: one that ends is started again. Service(…) is Job(service = True, …).', example: true},
      max_task_failures: {
        text: 'How often an instance of a job that is no service may fail before it is given up; -1 is no limit.',
        example: 3,
      },
      production: {
        text: 'The tasks count against the quota of the role and may push others aside. The tier says it now; it is set from the tier where both are given.',
        deprecated: "Use tier = 'preferred'.",
        example: true,
      },
      priority: {
        text: 'Of the tasks of one role, one with a higher number may take the place of one with a lower number when there is no room for both.',
        example: 10,
      },
      health_check_config: {
        text: 'How it is found out whether an instance is well.',
        example: {initial_interval_secs: 30, max_consecutive_failures: 2},
      },
      lifecycle: {
        text: 'How an instance is told over HTTP that it is going to be stopped. DisableLifecycle turns it off.',
        since: 'after 0.8',
        example: {http: {graceful_shutdown_wait_secs: 30}},
      },
      task_links: {
        text: 'Links for the pages of the scheduler. Accepted for old files and not sent: the scheduler makes links for the ports health and http.',
        deprecated: 'Leave it out.',
      },
      executor_config: {
        text: "Which of the scheduler's executors runs the task; the default is Thermos.",
        since: 'after 0.8',
        example: {name: 'AuroraExecutor'},
      },
      enable_hooks: {text: 'Runs the hooks of the file, the objects in its list hooks, around calls that concern this job.', example: true},
      partition_policy: {
        text: 'What happens to tasks on a host that the cluster has lost sight of.',
        since: 'after 0.8',
        example: {reschedule: true, delay_secs: 300},
      },
      sla_policy: {
        text: 'How many instances must stay up while hosts are maintained, or while an update with sla_aware goes on. It needs a tier that is not preemptible.',
        since: 'after 0.8',
        example: {percentage: 95, duration_secs: 1800},
      },
      container: {
        text: 'What the tasks run in. Without it, they run directly on the host.',
        example: {image: 'python:3.13', parameters: [{name: 'env', value: 'MODE=prod'}]},
      },
    },
  },
  Metadata: {
    text: 'A label of the tasks.',
    since: 'after 0.8',
    example: {key: 'team', value: 'web'},
    fields: {
      key: {text: 'What the label is about. The same key may occur more than once.', example: 'team'},
      value: {text: 'What it says.', example: 'web'},
    },
  },
  Announcer: {
    text: 'How instances are announced in ZooKeeper: one member for each, with its host, its ports and its number.',
    example: {primary_port: 'http', portmap: {aurora: 'http', admin: 'http'}},
    fields: {
      primary_port: {text: 'The name of the port that is announced as the main one. A process should use it.', example: 'http'},
      portmap: {
        text: 'Other names for ports: each stands for the port or the number on its right. A number needs a constraint named dedicated, since nobody else may use that port on the host.',
        example: {aurora: 'http', admin: '8081'},
      },
      zk_path: {text: 'Where in ZooKeeper, if the executor allows other places than its own.', since: 'after 0.8', example: '/team/hello'},
    },
  },
  ExecutorConfig: {
    text: 'The executor that runs the tasks, where a scheduler knows several.',
    since: 'after 0.8',
    example: {name: 'AuroraExecutor'},
    fields: {
      name: {text: 'As the scheduler calls it. AuroraExecutor is Thermos, which gets the whole job.', example: 'AuroraExecutor'},
      data: {text: 'What another executor than AuroraExecutor gets, as it is.', example: '{"image": "hello"}'},
    },
  },
  MesosContext: {
    text: 'What is known of a running instance, for references such as {{mesos.instance}}. Nobody writes it down: the executor binds it.',
    example: {instance: 0, hostname: 'host1.example.com'},
    fields: {
      instance: {text: 'The number of the instance, from 0.', example: 0},
      hostname: {text: 'The host that the instance runs on.', since: 'after 0.8', example: 'host1.example.com'},
    },
  },
  MesosTaskInstance: {
    text: 'One instance as the executor sees it. Configurations have no use for it.',
    example: {task, instance: 0, role: 'www-data', environment: 'devel'},
    fields: {
      task: {text: 'What the instance runs.', example: task},
      instance: {text: 'Its number, from 0.', example: 0},
      role: {text: 'The role of the job.', example: 'www-data'},
      environment: {text: 'The environment of the job.', example: 'devel'},
      announce: {text: 'How the instance is announced.', example: {primary_port: 'http'}},
      health_check_config: {text: 'How its health is checked.', example: {interval_secs: 5}},
      lifecycle: {text: 'How it is told to stop.', since: 'after 0.8', example: {http: {}}},
    },
  },
} satisfies Partial<Documentation>

import type {Documentation} from './types.ts'

/** How updates go on, and what they and maintenance must leave running. */
export const updates = {
  UpdateConfig: {
    text: 'How an update replaces instances: how many at a time, how long each is watched, how many may fail.',
    example: {batch_size: 2, watch_secs: 60, max_total_failures: 1},
    fields: {
      batch_size: {text: 'How many instances are replaced at a time; at least 1. With an update_strategy, that says it.', example: 2},
      watch_secs: {
        text: 'How long an instance must stay RUNNING to count as updated.',
        unit: 'seconds',
        example: 60,
      },
      max_per_shard_failures: {text: 'How often one instance may fail and be tried again before it counts as failed.', example: 2},
      max_total_failures: {
        text: 'How many instances may fail before the update is given up; less than there are instances.',
        example: 1,
      },
      rollback_on_failure: {text: 'Puts the old configuration back when the update is given up.', example: false},
      wait_for_batch_completion: {
        text: 'Waits until a whole batch is done before the next begins; otherwise, as soon as one instance is done, the next one follows. BatchUpdateStrategy says the same.',
        example: true,
      },
      pulse_interval_secs: {
        text: 'The update stops unless somebody sends it a pulse (an external check that all is well) at least this often; at least 60.',
        unit: 'seconds',
        example: 120,
      },
      update_strategy: {
        text: 'How instances are chosen: as a queue, in batches, or in batches of different sizes. Without it, batch_size and wait_for_batch_completion decide.',
        since: 'after 0.8',
        example: {batch_sizes: [1, 5, 20]},
      },
      sla_aware: {text: 'Asks the sla_policy of the job before an instance is killed.', since: 'after 0.8', example: true},
    },
  },
  QueueUpdateStrategy: {
    text: 'A given number of instances is under way at any time: when one is done, the next begins.',
    since: 'after 0.8',
    example: {batch_size: 3},
    fields: {batch_size: {text: 'How many instances are under way at the same time.', example: 3}},
  },
  BatchUpdateStrategy: {
    text: 'Instances are replaced batch by batch: the next begins when all of one are done.',
    since: 'after 0.8',
    example: {batch_size: 5, autopause_after_batch: true},
    fields: {
      batch_size: {text: 'How many instances a batch has.', example: 5},
      autopause_after_batch: {text: 'Pauses the update after each batch, until somebody resumes it.', example: true},
    },
  },
  VariableBatchUpdateStrategy: {
    text: 'Batches of different sizes: a few instances first, more when they are well.',
    since: 'after 0.8',
    example: {batch_sizes: [1, 5, 20]},
    fields: {
      batch_sizes: {text: 'How many instances each batch has; the last size goes for the rest.', example: [1, 5, 20]},
      autopause_after_batch: {text: 'Pauses the update after each batch, until somebody resumes it.', example: true},
    },
  },
  PercentageSlaPolicy: {
    text: 'A share of the instances stays up. For jobs of at least 20 instances (as schedulers are usually set up).',
    since: 'after 0.8',
    example: {percentage: 95, duration_secs: 1800},
    fields: {
      percentage: {text: 'The share of the instances that must have been RUNNING for duration_secs.', unit: 'percent', example: 95},
      duration_secs: {text: 'How long an instance must have been RUNNING to count; usually at most 7200.', unit: 'seconds', example: 1800},
    },
  },
  CountSlaPolicy: {
    text: 'A number of instances stays up. For jobs of at least 20 instances (as schedulers are usually set up).',
    since: 'after 0.8',
    example: {count: 19, duration_secs: 1800},
    fields: {
      count: {text: 'How many instances must have been RUNNING for duration_secs; less than there are.', example: 19},
      duration_secs: {text: 'How long an instance must have been RUNNING to count; usually at most 7200.', unit: 'seconds', example: 1800},
    },
  },
  CoordinatorSlaPolicy: {
    text: 'A service of yours is asked, instance by instance, whether it may be taken down.',
    since: 'after 0.8',
    example: {coordinator_url: 'https://coordinator.example.com/drain'},
    fields: {
      coordinator_url: {
        text: 'Where the scheduler sends its question: a POST with the task as JSON, and the instance in the parameter task.',
        example: 'https://coordinator.example.com/drain',
      },
      status_key: {text: "The field of the answer's JSON that is true when the instance may go.", example: 'drain'},
    },
  },
  PartitionPolicy: {
    text: 'What happens to a task when the cluster has lost sight of its host.',
    since: 'after 0.8',
    example: {reschedule: true, delay_secs: 300},
    fields: {
      reschedule: {text: 'Starts another instead. If not, the task is waited for, however long that takes.', example: false},
      delay_secs: {text: 'How long the host may be out of sight before another task is started.', unit: 'seconds', example: 300},
    },
  },
} satisfies Partial<Documentation>

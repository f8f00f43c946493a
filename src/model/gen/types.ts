// Generated from src/model/api.thrift by `npm run generate:thrift`. Do not edit.

export type ResponseCode = 'INVALID_REQUEST' | 'OK' | 'ERROR' | 'WARNING' | 'AUTH_FAILED' | 'JOB_UPDATING_ERROR' | 'ERROR_TRANSIENT'

export type MaintenanceMode = 'NONE' | 'SCHEDULED' | 'DRAINING' | 'DRAINED'

export type Mode = 'RW' | 'RO'

export type CronCollisionPolicy = 'KILL_EXISTING' | 'CANCEL_NEW' | 'RUN_OVERLAP'

export type ScheduleStatus =
  | 'INIT'
  | 'THROTTLED'
  | 'PENDING'
  | 'ASSIGNED'
  | 'STARTING'
  | 'RUNNING'
  | 'FINISHED'
  | 'PREEMPTING'
  | 'RESTARTING'
  | 'DRAINING'
  | 'FAILED'
  | 'KILLED'
  | 'KILLING'
  | 'LOST'
  | 'PARTITIONED'

export type JobUpdateStatus =
  | 'ROLLING_FORWARD'
  | 'ROLLING_BACK'
  | 'ROLL_FORWARD_PAUSED'
  | 'ROLL_BACK_PAUSED'
  | 'ROLLED_FORWARD'
  | 'ROLLED_BACK'
  | 'ABORTED'
  | 'ERROR'
  | 'FAILED'
  | 'ROLL_FORWARD_AWAITING_PULSE'
  | 'ROLL_BACK_AWAITING_PULSE'

export type JobUpdateAction =
  | 'INSTANCE_UPDATED'
  | 'INSTANCE_ROLLED_BACK'
  | 'INSTANCE_UPDATING'
  | 'INSTANCE_ROLLING_BACK'
  | 'INSTANCE_UPDATE_FAILED'
  | 'INSTANCE_ROLLBACK_FAILED'

export type JobUpdatePulseStatus = 'OK' | 'FINISHED'

export interface Identity {
  readonly user: string
}

export interface JobKey {
  readonly role: string
  readonly environment: string
  readonly name: string
}

export interface InstanceKey {
  readonly jobKey: JobKey
  readonly instanceId: number
}

/** Exactly one of its fields is set. */
export interface LockKey {
  readonly job?: JobKey
}

export interface Lock {
  readonly key: LockKey
  readonly token: string
  readonly user: string
  readonly timestampMs: bigint
  readonly message?: string
}

export interface Attribute {
  readonly name: string
  readonly values: readonly string[]
}

export interface HostAttributes {
  readonly host: string
  readonly attributes: readonly Attribute[]
  readonly mode?: MaintenanceMode
  readonly slaveId?: string
}

export interface HostStatus {
  readonly host: string
  readonly mode: MaintenanceMode
}

export interface Hosts {
  readonly hostNames: readonly string[]
}

export interface ValueConstraint {
  readonly negated: boolean
  readonly values: readonly string[]
}

export interface LimitConstraint {
  readonly limit: number
}

/** Exactly one of its fields is set. */
export interface TaskConstraint {
  readonly value?: ValueConstraint
  readonly limit?: LimitConstraint
}

export interface Constraint {
  readonly name: string
  readonly constraint: TaskConstraint
}

export interface Package {
  readonly role: string
  readonly name: string
  readonly version: number
}

export interface Metadata {
  readonly key: string
  readonly value: string
}

export interface MesosFetcherURI {
  readonly value: string
  readonly extract?: boolean
  readonly cache?: boolean
  readonly outputFile?: string
}

export interface ExecutorConfig {
  readonly name: string
  readonly data?: string
}

export interface Volume {
  readonly containerPath: string
  readonly hostPath: string
  readonly mode: Mode
}

export interface DockerImage {
  readonly name: string
  readonly tag: string
}

export interface AppcImage {
  readonly name: string
  readonly imageId: string
}

/** Exactly one of its fields is set. */
export interface Image {
  readonly docker?: DockerImage
  readonly appc?: AppcImage
}

export interface MesosContainer {
  readonly image?: Image
  readonly volumes?: readonly Volume[]
}

export interface DockerParameter {
  readonly name: string
  readonly value: string
}

export interface DockerContainer {
  readonly image: string
  readonly parameters?: readonly DockerParameter[]
}

/** Exactly one of its fields is set. */
export interface Container {
  readonly mesos?: MesosContainer
  readonly docker?: DockerContainer
}

/** Exactly one of its fields is set. */
export interface Resource {
  readonly numCpus?: number
  readonly ramMb?: bigint
  readonly diskMb?: bigint
  readonly namedPort?: string
  readonly numGpus?: bigint
}

export interface ResourceAggregate {
  readonly resources: readonly Resource[]
}

export interface PartitionPolicy {
  readonly reschedule: boolean
  readonly delaySecs?: bigint
}

export interface PercentageSlaPolicy {
  readonly percentage: number
  readonly durationSecs: bigint
}

export interface CountSlaPolicy {
  readonly count: bigint
  readonly durationSecs: bigint
}

export interface CoordinatorSlaPolicy {
  readonly coordinatorUrl: string
  readonly statusKey: string
}

/** Exactly one of its fields is set. */
export interface SlaPolicy {
  readonly percentageSlaPolicy?: PercentageSlaPolicy
  readonly countSlaPolicy?: CountSlaPolicy
  readonly coordinatorSlaPolicy?: CoordinatorSlaPolicy
}

export interface TaskConfig {
  readonly job: JobKey
  readonly owner: Identity
  readonly isService: boolean
  readonly priority: number
  readonly maxTaskFailures: number
  readonly production?: boolean
  readonly tier?: string
  readonly resources: readonly Resource[]
  readonly constraints: readonly Constraint[]
  readonly mesosFetcherUris?: readonly MesosFetcherURI[]
  readonly taskLinks?: Readonly<Record<string, string>>
  readonly contactEmail?: string
  readonly executorConfig?: ExecutorConfig
  readonly metadata?: readonly Metadata[]
  readonly partitionPolicy?: PartitionPolicy
  readonly slaPolicy?: SlaPolicy
  readonly container: Container
}

export interface JobConfiguration {
  readonly key: JobKey
  readonly owner: Identity
  readonly cronSchedule?: string
  readonly cronCollisionPolicy: CronCollisionPolicy
  readonly taskConfig: TaskConfig
  readonly instanceCount: number
}

export interface JobStats {
  readonly activeTaskCount: number
  readonly finishedTaskCount: number
  readonly failedTaskCount: number
  readonly pendingTaskCount: number
}

export interface JobSummary {
  readonly job: JobConfiguration
  readonly stats: JobStats
  readonly nextCronRunMs?: bigint
}

/** Closed: both ends belong to it. */
export interface Range {
  readonly first: number
  readonly last: number
}

export interface ConfigGroup {
  readonly config: TaskConfig
  readonly instances: readonly Range[]
}

export interface ConfigSummary {
  readonly key: JobKey
  readonly groups: readonly ConfigGroup[]
}

export interface TaskEvent {
  readonly timestamp: bigint
  readonly status: ScheduleStatus
  readonly message?: string
  readonly scheduler?: string
}

export interface AssignedTask {
  readonly taskId: string
  readonly slaveId?: string
  readonly slaveHost?: string
  readonly task: TaskConfig
  readonly assignedPorts: Readonly<Record<string, number>>
  readonly instanceId: number
}

export interface ScheduledTask {
  readonly assignedTask: AssignedTask
  readonly status: ScheduleStatus
  readonly failureCount: number
  readonly timesPartitioned: number
  readonly taskEvents: readonly TaskEvent[]
  readonly ancestorId?: string
}

/** All of it narrows; an empty set does not restrict. */
export interface TaskQuery {
  readonly role?: string
  readonly environment?: string
  readonly jobName?: string
  readonly taskIds?: readonly string[]
  readonly statuses?: readonly ScheduleStatus[]
  readonly instanceIds?: readonly number[]
  readonly slaveHosts?: readonly string[]
  readonly jobKeys?: readonly JobKey[]
  readonly offset?: number
  readonly limit?: number
}

export interface RoleSummary {
  readonly role: string
  readonly jobCount: number
  readonly cronJobCount: number
}

export interface PendingReason {
  readonly taskId: string
  readonly reason: string
}

export interface JobUpdateKey {
  readonly job: JobKey
  readonly id: string
}

export interface QueueJobUpdateStrategy {
  readonly groupSize: number
}

export interface BatchJobUpdateStrategy {
  readonly groupSize: number
  readonly autopauseAfterBatch: boolean
}

export interface VariableBatchJobUpdateStrategy {
  readonly groupSizes: readonly number[]
  readonly autopauseAfterBatch: boolean
}

/** Exactly one of its fields is set. */
export interface JobUpdateStrategy {
  readonly queueStrategy?: QueueJobUpdateStrategy
  readonly batchStrategy?: BatchJobUpdateStrategy
  readonly varBatchStrategy?: VariableBatchJobUpdateStrategy
}

export interface JobUpdateSettings {
  /** Deprecated: updateStrategy says it. */
  readonly updateGroupSize: number
  readonly maxPerInstanceFailures: number
  readonly maxFailedInstances: number
  readonly minWaitInInstanceRunningMs: number
  readonly rollbackOnFailure: boolean
  readonly updateOnlyTheseInstances: readonly Range[]
  /** Deprecated: updateStrategy says it. */
  readonly waitForBatchCompletion: boolean
  readonly blockIfNoPulsesAfterMs?: number
  readonly slaAware?: boolean
  readonly updateStrategy?: JobUpdateStrategy
}

export interface JobUpdateEvent {
  readonly status: JobUpdateStatus
  readonly timestampMs: bigint
  readonly user?: string
  readonly message?: string
}

export interface JobInstanceUpdateEvent {
  readonly instanceId: number
  readonly timestampMs: bigint
  readonly action: JobUpdateAction
  readonly message?: string
}

export interface InstanceTaskConfig {
  readonly task: TaskConfig
  readonly instances: readonly Range[]
}

export interface JobUpdateState {
  readonly status: JobUpdateStatus
  readonly createdTimestampMs: bigint
  readonly lastModifiedTimestampMs: bigint
}

export interface JobUpdateSummary {
  readonly key: JobUpdateKey
  readonly user: string
  readonly state?: JobUpdateState
  readonly metadata?: readonly Metadata[]
}

export interface JobUpdateInstructions {
  readonly initialState: readonly InstanceTaskConfig[]
  readonly desiredState?: InstanceTaskConfig
  readonly settings: JobUpdateSettings
}

export interface JobUpdate {
  readonly summary: JobUpdateSummary
  readonly instructions: JobUpdateInstructions
}

export interface JobUpdateDetails {
  readonly update: JobUpdate
  readonly updateEvents: readonly JobUpdateEvent[]
  readonly instanceEvents: readonly JobInstanceUpdateEvent[]
}

export interface JobUpdateRequest {
  readonly taskConfig: TaskConfig
  readonly instanceCount: number
  readonly settings: JobUpdateSettings
  readonly metadata?: readonly Metadata[]
}

/** All of it narrows. */
export interface JobUpdateQuery {
  readonly role?: string
  readonly key?: JobUpdateKey
  readonly jobKey?: JobKey
  readonly user?: string
  readonly updateStatuses?: readonly JobUpdateStatus[]
  readonly offset?: number
  readonly limit?: number
}

export interface HostMaintenanceRequest {
  readonly host: string
  readonly defaultSlaPolicy: SlaPolicy
  readonly timeoutSecs: bigint
  readonly createdTimestampMs: bigint
}

export interface ExplicitReconciliationSettings {
  readonly batchSize?: number
}

export interface PopulateJobResult {
  readonly taskConfig: TaskConfig
}

export interface ScheduleStatusResult {
  readonly tasks: readonly ScheduledTask[]
}

export interface GetJobsResult {
  readonly configs: readonly JobConfiguration[]
}

export interface GetQuotaResult {
  readonly quota: ResourceAggregate
  readonly prodSharedConsumption?: ResourceAggregate
  readonly nonProdSharedConsumption?: ResourceAggregate
  readonly prodDedicatedConsumption?: ResourceAggregate
  readonly nonProdDedicatedConsumption?: ResourceAggregate
}

export interface ListBackupsResult {
  readonly backups: readonly string[]
}

export interface StartMaintenanceResult {
  readonly statuses: readonly HostStatus[]
}

export interface DrainHostsResult {
  readonly statuses: readonly HostStatus[]
}

export interface QueryRecoveryResult {
  readonly tasks: readonly ScheduledTask[]
}

export interface MaintenanceStatusResult {
  readonly statuses: readonly HostStatus[]
}

export interface EndMaintenanceResult {
  readonly statuses: readonly HostStatus[]
}

export interface RoleSummaryResult {
  readonly summaries: readonly RoleSummary[]
}

export interface JobSummaryResult {
  readonly summaries: readonly JobSummary[]
}

export interface ConfigSummaryResult {
  readonly summary: ConfigSummary
}

export interface GetPendingReasonResult {
  readonly reasons: readonly PendingReason[]
}

export interface StartJobUpdateResult {
  readonly key: JobUpdateKey
  readonly updateSummary?: JobUpdateSummary
}

export interface GetJobUpdateSummariesResult {
  readonly updateSummaries: readonly JobUpdateSummary[]
}

export interface GetJobUpdateDetailsResult {
  readonly details?: JobUpdateDetails
  readonly detailsList: readonly JobUpdateDetails[]
}

export interface PulseJobUpdateResult {
  readonly status: JobUpdatePulseStatus
}

export interface GetJobUpdateDiffResult {
  readonly add: readonly ConfigGroup[]
  readonly remove: readonly ConfigGroup[]
  readonly update: readonly ConfigGroup[]
  readonly unchanged: readonly ConfigGroup[]
}

export interface TierConfig {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

export interface GetTierConfigResult {
  readonly defaultTierName: string
  readonly tiers: readonly TierConfig[]
}

export interface ServerInfo {
  readonly clusterName: string
  readonly statsUrlPrefix: string
}

/** Exactly one of its fields is set. */
export interface Result {
  readonly populateJobResult?: PopulateJobResult
  readonly scheduleStatusResult?: ScheduleStatusResult
  readonly getJobsResult?: GetJobsResult
  readonly getQuotaResult?: GetQuotaResult
  readonly listBackupsResult?: ListBackupsResult
  readonly startMaintenanceResult?: StartMaintenanceResult
  readonly drainHostsResult?: DrainHostsResult
  readonly queryRecoveryResult?: QueryRecoveryResult
  readonly maintenanceStatusResult?: MaintenanceStatusResult
  readonly endMaintenanceResult?: EndMaintenanceResult
  readonly roleSummaryResult?: RoleSummaryResult
  readonly jobSummaryResult?: JobSummaryResult
  readonly configSummaryResult?: ConfigSummaryResult
  readonly getPendingReasonResult?: GetPendingReasonResult
  readonly startJobUpdateResult?: StartJobUpdateResult
  readonly getJobUpdateSummariesResult?: GetJobUpdateSummariesResult
  readonly getJobUpdateDetailsResult?: GetJobUpdateDetailsResult
  readonly pulseJobUpdateResult?: PulseJobUpdateResult
  readonly getJobUpdateDiffResult?: GetJobUpdateDiffResult
  readonly getTierConfigResult?: GetTierConfigResult
}

export interface ResponseDetail {
  readonly message?: string
}

export interface Response {
  readonly responseCode: ResponseCode
  readonly serverInfo?: ServerInfo
  readonly result?: Result
  readonly details: readonly ResponseDetail[]
}

/** Every enum by its name. */
export interface Enums {
  ResponseCode: ResponseCode
  MaintenanceMode: MaintenanceMode
  Mode: Mode
  CronCollisionPolicy: CronCollisionPolicy
  ScheduleStatus: ScheduleStatus
  JobUpdateStatus: JobUpdateStatus
  JobUpdateAction: JobUpdateAction
  JobUpdatePulseStatus: JobUpdatePulseStatus
}

/** Every struct and union by its name. */
export interface Structs {
  Identity: Identity
  JobKey: JobKey
  InstanceKey: InstanceKey
  LockKey: LockKey
  Lock: Lock
  Attribute: Attribute
  HostAttributes: HostAttributes
  HostStatus: HostStatus
  Hosts: Hosts
  ValueConstraint: ValueConstraint
  LimitConstraint: LimitConstraint
  TaskConstraint: TaskConstraint
  Constraint: Constraint
  Package: Package
  Metadata: Metadata
  MesosFetcherURI: MesosFetcherURI
  ExecutorConfig: ExecutorConfig
  Volume: Volume
  DockerImage: DockerImage
  AppcImage: AppcImage
  Image: Image
  MesosContainer: MesosContainer
  DockerParameter: DockerParameter
  DockerContainer: DockerContainer
  Container: Container
  Resource: Resource
  ResourceAggregate: ResourceAggregate
  PartitionPolicy: PartitionPolicy
  PercentageSlaPolicy: PercentageSlaPolicy
  CountSlaPolicy: CountSlaPolicy
  CoordinatorSlaPolicy: CoordinatorSlaPolicy
  SlaPolicy: SlaPolicy
  TaskConfig: TaskConfig
  JobConfiguration: JobConfiguration
  JobStats: JobStats
  JobSummary: JobSummary
  Range: Range
  ConfigGroup: ConfigGroup
  ConfigSummary: ConfigSummary
  TaskEvent: TaskEvent
  AssignedTask: AssignedTask
  ScheduledTask: ScheduledTask
  TaskQuery: TaskQuery
  RoleSummary: RoleSummary
  PendingReason: PendingReason
  JobUpdateKey: JobUpdateKey
  QueueJobUpdateStrategy: QueueJobUpdateStrategy
  BatchJobUpdateStrategy: BatchJobUpdateStrategy
  VariableBatchJobUpdateStrategy: VariableBatchJobUpdateStrategy
  JobUpdateStrategy: JobUpdateStrategy
  JobUpdateSettings: JobUpdateSettings
  JobUpdateEvent: JobUpdateEvent
  JobInstanceUpdateEvent: JobInstanceUpdateEvent
  InstanceTaskConfig: InstanceTaskConfig
  JobUpdateState: JobUpdateState
  JobUpdateSummary: JobUpdateSummary
  JobUpdateInstructions: JobUpdateInstructions
  JobUpdate: JobUpdate
  JobUpdateDetails: JobUpdateDetails
  JobUpdateRequest: JobUpdateRequest
  JobUpdateQuery: JobUpdateQuery
  HostMaintenanceRequest: HostMaintenanceRequest
  ExplicitReconciliationSettings: ExplicitReconciliationSettings
  PopulateJobResult: PopulateJobResult
  ScheduleStatusResult: ScheduleStatusResult
  GetJobsResult: GetJobsResult
  GetQuotaResult: GetQuotaResult
  ListBackupsResult: ListBackupsResult
  StartMaintenanceResult: StartMaintenanceResult
  DrainHostsResult: DrainHostsResult
  QueryRecoveryResult: QueryRecoveryResult
  MaintenanceStatusResult: MaintenanceStatusResult
  EndMaintenanceResult: EndMaintenanceResult
  RoleSummaryResult: RoleSummaryResult
  JobSummaryResult: JobSummaryResult
  ConfigSummaryResult: ConfigSummaryResult
  GetPendingReasonResult: GetPendingReasonResult
  StartJobUpdateResult: StartJobUpdateResult
  GetJobUpdateSummariesResult: GetJobUpdateSummariesResult
  GetJobUpdateDetailsResult: GetJobUpdateDetailsResult
  PulseJobUpdateResult: PulseJobUpdateResult
  GetJobUpdateDiffResult: GetJobUpdateDiffResult
  TierConfig: TierConfig
  GetTierConfigResult: GetTierConfigResult
  ServerInfo: ServerInfo
  Result: Result
  ResponseDetail: ResponseDetail
  Response: Response
}

/** Every method: its arguments by position, and by name. */
export interface Methods {
  getRoleSummary: {args: []; argsObject: {}}
  getJobSummary: {args: [role?: string | undefined]; argsObject: {readonly role?: string}}
  getTasksStatus: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
  getTasksWithoutConfigs: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
  getPendingReason: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
  getConfigSummary: {args: [job: JobKey]; argsObject: {readonly job: JobKey}}
  getJobs: {args: [ownerRole?: string | undefined]; argsObject: {readonly ownerRole?: string}}
  getQuota: {args: [ownerRole: string]; argsObject: {readonly ownerRole: string}}
  populateJobConfig: {args: [description: JobConfiguration]; argsObject: {readonly description: JobConfiguration}}
  getJobUpdateSummaries: {args: [jobUpdateQuery: JobUpdateQuery]; argsObject: {readonly jobUpdateQuery: JobUpdateQuery}}
  getJobUpdateDetails: {
    args: [key?: JobUpdateKey | undefined, query?: JobUpdateQuery | undefined]
    argsObject: {readonly key?: JobUpdateKey; readonly query?: JobUpdateQuery}
  }
  getJobUpdateDiff: {args: [request: JobUpdateRequest]; argsObject: {readonly request: JobUpdateRequest}}
  getTierConfigs: {args: []; argsObject: {}}
  createJob: {args: [description: JobConfiguration]; argsObject: {readonly description: JobConfiguration}}
  scheduleCronJob: {args: [description: JobConfiguration]; argsObject: {readonly description: JobConfiguration}}
  descheduleCronJob: {args: [job: JobKey]; argsObject: {readonly job: JobKey}}
  startCronJob: {args: [job: JobKey]; argsObject: {readonly job: JobKey}}
  restartShards: {
    args: [job: JobKey, shardIds: readonly number[]]
    argsObject: {readonly job: JobKey; readonly shardIds: readonly number[]}
  }
  killTasks: {
    args: [job: JobKey, instances?: readonly number[] | undefined, message?: string | undefined]
    argsObject: {readonly job: JobKey; readonly instances?: readonly number[]; readonly message?: string}
  }
  addInstances: {args: [key: InstanceKey, count: number]; argsObject: {readonly key: InstanceKey; readonly count: number}}
  replaceCronTemplate: {args: [config: JobConfiguration]; argsObject: {readonly config: JobConfiguration}}
  startJobUpdate: {
    args: [request: JobUpdateRequest, message?: string | undefined]
    argsObject: {readonly request: JobUpdateRequest; readonly message?: string}
  }
  pauseJobUpdate: {
    args: [key: JobUpdateKey, message?: string | undefined]
    argsObject: {readonly key: JobUpdateKey; readonly message?: string}
  }
  resumeJobUpdate: {
    args: [key: JobUpdateKey, message?: string | undefined]
    argsObject: {readonly key: JobUpdateKey; readonly message?: string}
  }
  abortJobUpdate: {
    args: [key: JobUpdateKey, message?: string | undefined]
    argsObject: {readonly key: JobUpdateKey; readonly message?: string}
  }
  rollbackJobUpdate: {
    args: [key: JobUpdateKey, message?: string | undefined]
    argsObject: {readonly key: JobUpdateKey; readonly message?: string}
  }
  pulseJobUpdate: {args: [key: JobUpdateKey]; argsObject: {readonly key: JobUpdateKey}}
  setQuota: {
    args: [ownerRole: string, quota: ResourceAggregate]
    argsObject: {readonly ownerRole: string; readonly quota: ResourceAggregate}
  }
  forceTaskState: {args: [taskId: string, status: ScheduleStatus]; argsObject: {readonly taskId: string; readonly status: ScheduleStatus}}
  performBackup: {args: []; argsObject: {}}
  listBackups: {args: []; argsObject: {}}
  stageRecovery: {args: [backupId: string]; argsObject: {readonly backupId: string}}
  queryRecovery: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
  deleteRecoveryTasks: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
  commitRecovery: {args: []; argsObject: {}}
  unloadRecovery: {args: []; argsObject: {}}
  startMaintenance: {args: [hosts: Hosts]; argsObject: {readonly hosts: Hosts}}
  drainHosts: {args: [hosts: Hosts]; argsObject: {readonly hosts: Hosts}}
  maintenanceStatus: {args: [hosts: Hosts]; argsObject: {readonly hosts: Hosts}}
  endMaintenance: {args: [hosts: Hosts]; argsObject: {readonly hosts: Hosts}}
  slaDrainHosts: {
    args: [hosts: Hosts, defaultSlaPolicy?: SlaPolicy | undefined, timeoutSecs?: bigint | undefined]
    argsObject: {readonly hosts: Hosts; readonly defaultSlaPolicy?: SlaPolicy; readonly timeoutSecs?: bigint}
  }
  snapshot: {args: []; argsObject: {}}
  triggerExplicitTaskReconciliation: {
    args: [settings: ExplicitReconciliationSettings]
    argsObject: {readonly settings: ExplicitReconciliationSettings}
  }
  triggerImplicitTaskReconciliation: {args: []; argsObject: {}}
  pruneTasks: {args: [query: TaskQuery]; argsObject: {readonly query: TaskQuery}}
}

export type EnumName = keyof Enums
export type StructName = keyof Structs
export type MethodName = keyof Methods

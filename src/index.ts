/** What plugins build commands, operations and steps with. */
export * as Args from '@oclif/core/args'
export * as Flags from '@oclif/core/flags'
export type {Changes} from './hook/asked.ts'
export type {Candidate} from './hook/candidate.ts'
export {describeCondition} from './hook/condition.ts'
export type {PluginInspection} from './hook/inspect-plugin.ts'
export type {InstalledPlugin} from './hook/installed.ts'
export type {InstallScript} from './hook/package-tree.ts'
export type {HookLock} from './hook/lock.ts'
export type {Staging} from './hook/staging.ts'
/** Looks at plugins, installs and grants them; loaded when a command does that. */
export const pluginManager = () => import('./hook/plugin-manager.ts')
export {formatPoint, type HookDeclaration, type OperationTable, parseManifest} from './hook/manifest.ts'
export type {LoaderDeclaration} from './hook/loader-manifest.ts'
export {describePowers} from './hook/powers.ts'
export {type HookFiles, type HookRegistry, loadHooks, type RegisteredHook} from './hook/registry.ts'
export type {ExplainedHook} from './hook/explain.ts'
/** Says which hooks an operation has, for the command that shows it. */
export const hookExplainer = () => import('./hook/explain.ts')
export {type Catalogue, readCatalogue} from './host/catalogue.ts'
export {LOCAL_CLUSTER, localStateFile, readLocalState, type LocalState} from './cluster/local-state.ts'
export {isHelped} from './config/binding-helpers.ts'
export type {ConfigHooks} from './config/config-hooks.ts'
export type {CacheContents} from './config/cache-contents.ts'
export {configCache} from './config/location.ts'
export type {Converted, ConfigSyntax} from './config/convert/convert.ts'
export {InvalidConfig} from './config/invalid-config.ts'
export {firstLines, problemText} from './config/problem-text.ts'
/** Writes configurations in other syntaxes; loaded when a command does that. */
export const configConverter = () => import('./config/convert/convert.ts')
/** The keys of a configuration's jobs, and what to say when there are none. */
export const configKeys = async () => ({...(await import('./config/keys.ts')), ...(await import('./config/no-such-job.ts'))})
/** The checks of configurations, for the commands that make them. */
export const configChecker = () => import('./config/check.ts')
/** What is kept of configurations, for the commands that look at it. */
export const keptConfigs = () => import('./config/cache-contents.ts')
export type {CaseResult, TestReport} from './hook/testing/test-plugin.ts'
export type {HookRun} from './host/ask-hook.ts'
export type {Profile, Spread} from './hook/profile.ts'
/** Asks one hook with a recorded context. */
export const hookAsking = () => import('./host/ask-hook.ts')
/** Finds out what hooks would see of a command. */
export const hookRecording = () => import('./host/hook-contexts.ts')
/** Adds up what hooks took. */
export const hookProfiling = () => import('./host/hook-profile.ts')
/** Runs the tests of a plugin's hooks. */
export const hookTesting = () => import('./host/hook-testing.ts')
/** What is recorded of runs, for the commands that look at it and go on with one. */
export const recordedRuns = async () => ({
  ...(await import('./operation/journal/folder.ts')),
  ...(await import('./operation/journal/read-run.ts')),
  ...(await import('./operation/journal/past-run.ts')),
  ...(await import('./operation/journal/resumable.ts')),
  ...(await import('./host/resume.ts')),
})
export type {RecordedEvent, RecordedRun, RunStatus} from './operation/journal/read-run.ts'
export {instanceSpecArg, jobKeyArg, keyOrPatternArg, patternArg} from './host/args.ts'
export {hostBuild} from './host/build-id.ts'
export {childEntry} from './host/children.ts'
export {AuroraCommand} from './host/command.ts'
/** What the host can tell of its own state; loaded by `aurora doctor`. */
export const diagnosis = () => import('./host/diagnosis/diagnosis.ts')
export {jsonText} from './host/json-text.ts'
export {changeFlags, configFlags, durationFlag, sharedFlags} from './host/shared-flags.ts'
export type {Decision} from './model/decision.ts'
export {
  AuroraError,
  asAuroraError,
  type ErrorOptions,
  type Fault,
  HookDenied,
  type HookFailure,
  InternalError,
  SchedulerError,
  UserError,
} from './model/errors.ts'
export type {Emit, LogLevel, RunEvent} from './model/events.ts'
export {formatDuration, parseDuration} from './model/duration.ts'
export {ExitCode} from './model/exit-code.ts'
export {HOOK_PHASES, type HookPhase, type HookPoint} from './model/hook-point.ts'
export type {HookContext, HookView} from './model/hook-view.ts'
export {formatInstanceSpec, type InstanceSpec, parseInstanceSpec} from './model/instance-spec.ts'
export {formatInstances, instanceRanges, type InstanceSet, instanceSet, parseInstances} from './model/instances.ts'
export {formatJobKey, isIdentifier, type JobKey, parseJobKey, sameJobKey} from './model/job-key.ts'
export {boundKey, formatJobPattern, isWild, type JobPattern, matchesKeyText, matchesPattern, parseJobPattern} from './model/job-pattern.ts'
export type {Json, JsonObject} from './model/json.ts'
export type {OperationName, Operations} from './model/operations.ts'
export type {Outcome} from './model/outcome.ts'
export type {PlannedEffect} from './model/planned-effect.ts'
export type {ApiCall} from './operation/api-call.ts'
export type {Effect} from './operation/effect.ts'
export {operation, type Operation} from './operation/operation.ts'
export {type Memo, type Step, step, type StepIo} from './operation/step.ts'
export {connect, type SchedulerConnection} from './scheduler/connect.ts'
export {requireOk, responseMessage} from './scheduler/response.ts'
export {awaitCreated, WAIT_UNTIL, type WaitUntil} from './steps/await-created.ts'
export {amendJob} from './steps/amend-job.ts'
export {awaitTasks, newestOfEach} from './steps/await-tasks.ts'
export {createOnScheduler} from './steps/create-on-scheduler.ts'
export {findPage} from './steps/find-page.ts'
export {killInstances} from './steps/kill-instances.ts'
export type {KillOptions} from './steps/kill-options.ts'
export {loadClusterJob} from './steps/load-cluster-job.ts'
export {loadGivenConfig} from './steps/load-given-config.ts'
export {loadJob} from './steps/load-job.ts'
export {loadMatching} from './steps/load-matching.ts'
export {loading} from './steps/loading.ts'
export type {MeantTasks} from './steps/meant-tasks.ts'
export {poll} from './steps/poll.ts'
export {queryTasks} from './steps/query-tasks.ts'
export {rememberTasks} from './steps/remember-tasks.ts'
export {resolveScheduler} from './steps/resolve-scheduler.ts'
export {selectActive, type Selection} from './steps/select-active.ts'
export type {ConfigRequest, Services} from './steps/services.ts'
export {safeLine, safeText} from './terminal/safe-text.ts'

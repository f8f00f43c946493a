/**
 * Every operation, by name; packages add theirs by declaration merging:
 *
 *     declare module '@auroractl/cli' { interface Operations { 'job.kill': KillContext } }
 *
 * No index signature, so a name that no operation has does not compile.
 */
// oxlint-disable-next-line typescript/no-empty-interface
export interface Operations {}

export type OperationName = Extract<keyof Operations, string>

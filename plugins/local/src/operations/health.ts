/** Whether a scheduler answers. */
export async function isHealthy(schedulerUri: string): Promise<true | undefined> {
  try {
    const response = await fetch(`${schedulerUri}/health`, {signal: AbortSignal.timeout(2000)})
    return response.ok ? true : undefined
  } catch {
    return undefined
  }
}

/** A task that cannot be run: the terminal status and message with which it ends (reference/thermos.md §1, §8). */
export class TaskRefused extends Error {
  readonly status: 'FAILED' | 'LOST'
  constructor(message: string, status: 'FAILED' | 'LOST' = 'FAILED') {
    super(message)
    this.name = 'TaskRefused'
    this.status = status
  }
}

export const invalidTask = () => new TaskRefused('Thermos received an invalid task.')
export const internalError = () => new TaskRefused('Thermos failed with internal error.', 'LOST')

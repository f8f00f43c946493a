import type * as Esbuild from 'esbuild'

let users = 0

/** Uses esbuild, which is loaded only here, and whose process is ended once nobody uses it: ending it leaves others without an answer. */
export async function withEsbuild<Value>(work: (esbuild: typeof Esbuild) => Promise<Value>): Promise<Value> {
  users += 1
  const esbuild = await import('esbuild')
  try {
    return await work(esbuild)
  } finally {
    users -= 1
    if (users === 0) await esbuild.stop()
  }
}

import {spawn} from 'node:child_process'
import {UserError} from '../model/errors.ts'

const OPENERS: Partial<Record<NodeJS.Platform, string>> = {darwin: 'open', linux: 'xdg-open'}

/** Opens a page in the user's browser. @throws UserError when there is no program that could. */
export async function openBrowser(url: string): Promise<void> {
  const opener = process.env['BROWSER'] ?? OPENERS[process.platform] ?? 'xdg-open'
  await new Promise<void>((resolve, reject) => {
    const child = spawn(opener, [url], {stdio: 'ignore', detached: true})
    child.once('error', (cause) =>
      reject(
        new UserError(`Cannot open a browser: ${opener} did not start`, {
          code: 'browser.missing',
          remedy: `Open ${url} yourself, or name a program in BROWSER.`,
          cause,
        }),
      ),
    )
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

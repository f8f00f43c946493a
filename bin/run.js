import {enableCompileCache} from 'node:module'

// The user's own folder: the usual one is in /tmp, where another user may have made it, and then chooses the code that runs.
const {HOME, XDG_CACHE_HOME} = process.env
const cache = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : HOME?.startsWith('/') ? `${HOME}/.cache` : undefined
if (cache) enableCompileCache(`${cache}/aurora/node`)
// What nobody caught: told in a few lines, where Node would print the bundle's.
process.on('uncaughtException', (error) => {
  process.stderr.write(`Internal error: ${error?.stack ?? error}\nPlease report it with the command that you ran.\n`)
  process.exit(20)
})
const {main} = await import('../dist/main.js')
process.exit(await main(process.argv.slice(2), () => import('../dist/host.js')))

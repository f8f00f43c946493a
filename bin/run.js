import {enableCompileCache} from 'node:module'

enableCompileCache()
const {main} = await import('../dist/main.js')
process.exit(await main(process.argv.slice(2), () => import('../dist/host.js')))

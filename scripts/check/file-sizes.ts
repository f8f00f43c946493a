/** No source file over 400 lines, and a median under 90: small files that each say one thing. */
import {globSync, readFileSync} from 'node:fs'

const LARGEST = 400
const MEDIAN = 90

const files = globSync(['src/**/*.ts', 'plugins/*/src/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts', 'plugins/*/test/**/*.ts', '**/*.py'], {
  exclude: ['node_modules/**', 'dist/**', 'src/model/gen/**'],
})
const sizes = files.map((file) => ({file, lines: readFileSync(file, 'utf8').split('\n').length - 1})).sort((a, b) => a.lines - b.lines)
const median = sizes[Math.floor(sizes.length / 2)]?.lines ?? 0
const large = sizes.filter(({lines}) => lines > LARGEST)

for (const {file, lines} of large) console.error(`${file}: ${lines} lines, more than ${LARGEST}`)
if (median >= MEDIAN) console.error(`the median file has ${median} lines, not under ${MEDIAN}`)
if (large.length > 0 || median >= MEDIAN) process.exit(1)
console.log(`file sizes: ${sizes.length} files, median ${median}, largest ${sizes.at(-1)?.lines ?? 0}`)

import {createHash} from 'node:crypto'
import {globSync, readFileSync, writeFileSync} from 'node:fs'

/** Writes what tells this build from every other: a digest of all that runs. What a build evaluated is kept for that build alone. */
export function writeBuildId(): void {
  const hash = createHash('sha256')
  for (const file of globSync(['dist/**/*.js', 'dist/python/manifest.json']).toSorted()) {
    hash.update(`${file}\n`).update(readFileSync(file))
  }
  writeFileSync('dist/build-id', hash.digest('hex'))
}

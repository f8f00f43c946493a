import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {generate} from '../../scripts/generate.ts'
import {repository} from '../e2e/cli.ts'

const files = await generate()

it.each(Object.keys(files))('%s is up to date; otherwise: npm run generate', (path) => {
  expect(readFileSync(join(repository, path), 'utf8')).toBe(files[path])
})

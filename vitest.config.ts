import {fileURLToPath} from 'node:url'
import {defineConfig} from 'vitest/config'

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      {find: /^@auroractl\/cli\/(.*)$/, replacement: src('$1.ts')},
      {find: /^@auroractl\/cli$/, replacement: src('index.ts')},
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'plugins/*/test/**/*.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
    reporters: ['default', './scripts/totals-reporter.ts'],
  },
})

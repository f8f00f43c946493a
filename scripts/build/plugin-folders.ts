import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'

interface Manifest {
  name: string
  version: string
  description?: string
  oclif?: {topics?: Record<string, {description: string}>}
}

/** Gives each of our plugins its package.json in `dist`, as oclif wants one, and returns their topics. */
export function writePluginFolders(plugins: readonly string[]): Record<string, {description: string}> {
  const topics: Record<string, {description: string}> = {}
  for (const plugin of plugins) {
    const {name, version, description, oclif} = JSON.parse(readFileSync(`plugins/${plugin}/package.json`, 'utf8')) as Manifest
    Object.assign(topics, oclif?.topics)
    mkdirSync(`dist/plugins/${plugin}`, {recursive: true})
    const manifest = {name, version, description, type: 'module', oclif: {...oclif, commands: {strategy: 'pattern', target: './commands'}}}
    writeFileSync(`dist/plugins/${plugin}/package.json`, JSON.stringify(manifest))
  }
  return topics
}

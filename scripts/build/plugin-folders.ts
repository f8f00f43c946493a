import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'

interface Manifest {
  name: string
  version: string
  description?: string
  oclif?: {topics?: Record<string, {description: string}>}
  aurora?: {operations?: Operations}
}

type Operations = Record<string, {calls?: readonly string[]}>

/** Gives each of our plugins its package.json in `dist`, as oclif wants one, and returns the operations that they bring. */
export function writePluginFolders(plugins: readonly string[]): Operations {
  const operations: Operations = {}
  for (const plugin of plugins) {
    const {name, version, description, oclif, aurora} = JSON.parse(readFileSync(`plugins/${plugin}/package.json`, 'utf8')) as Manifest
    Object.assign(operations, aurora?.operations)
    mkdirSync(`dist/plugins/${plugin}`, {recursive: true})
    const manifest = {
      name,
      version,
      description,
      type: 'module',
      aurora,
      oclif: {...oclif, commands: {strategy: 'pattern', target: './commands'}},
    }
    writeFileSync(`dist/plugins/${plugin}/package.json`, JSON.stringify(manifest))
  }
  return operations
}

import {isAbsolute} from 'node:path'
import {configCache} from '../config/location.ts'
import type {LoadOptions} from '../config/load.ts'
import type {LogLevel} from '../model/events.ts'
import {safeText} from '../terminal/safe-text.ts'
import {productBuild} from './build-id.ts'
import {pluginLoader} from './plugin-loader.ts'

/** How the configurations of a user are read. */
export function configOptions(log: (level: LogLevel, text: string) => void, env: NodeJS.ProcessEnv, dataDir: string): LoadOptions {
  const version = env['AURORA_NO_CACHE'] ? undefined : productBuild()
  return {
    env,
    readable: readableFolders(env),
    otherLoader: (file) => pluginLoader(dataDir, file),
    onOutput: (text) => process.stderr.write(safeText(text)),
    ...(version === undefined ? {} : {cache: {folder: configCache(env), version, log: (text) => log('debug', text)}}),
  }
}

/** Folders outside of its project that a configuration may read, as the user says: AURORA_READ_ROOTS, separated by colons. */
function readableFolders(env: NodeJS.ProcessEnv): string[] {
  return (env['AURORA_READ_ROOTS'] ?? '').split(':').filter((folder) => isAbsolute(folder))
}

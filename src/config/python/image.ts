import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {InternalError} from '../../model/errors.ts'
import {type ImageSources, type Prelude, buildPythonImage, ensurePythonImage, imageKey} from '../../sandbox/python/image.ts'
import {readManifest} from '../../sandbox/python/image-manifest.ts'
import {exportDefinitions} from '../../schema/definitions/index.ts'
import {ENUMS, STRUCTS} from '../../model/gen/tables.ts'

/** The Python sources of the prelude lie beside this file; in a built product only the image made of them does. */
const PRELUDE = new URL('./prelude/', import.meta.url)

/** Puts the Python image of configurations into a folder; an image there that still fits is left alone. */
export function buildConfigImage(outDir: string): void {
  const sources = imageSources()
  if (keyOf(outDir) === imageKey(sources)) return
  rmSync(outDir, {recursive: true, force: true})
  buildPythonImage({...sources, outDir})
}

/** The folder of the image: the built product's, or one in the cache, made there on first use. */
export function configImage({shipped, cacheDir}: {shipped?: string; cacheDir: string}): string {
  // Beside its sources an image may be older than they are; without them it cannot be.
  if (existsSync(PRELUDE)) return ensurePythonImage({...imageSources(), ...(shipped === undefined ? {} : {shipped}), cacheDir})
  if (shipped !== undefined && keyOf(shipped) !== undefined) return shipped
  throw new InternalError('The Python runtime of this installation is missing or damaged.', {
    code: 'config.image',
    remedy: 'Install aurora again.',
  })
}

function keyOf(folder: string): string | undefined {
  try {
    return readManifest(folder).key
  } catch {
    return undefined
  }
}

function imageSources(): ImageSources {
  return {pyodideDir: fileURLToPath(new URL('.', import.meta.resolve('pyodide/package.json'))), preludes: preludes()}
}

function preludes(): Prelude[] {
  const data = (name: string, value: unknown): string => `${name} = ${JSON.stringify(JSON.stringify(value))}\n`
  const definitions = data('DEFINITIONS', exportDefinitions())
  const api = data('STRUCTS', Object.keys(STRUCTS)) + data('ENUMS', ENUMS)
  return [
    {name: 'aurora_places', source: read('places.py')},
    {name: 'aurora_engine', source: read('engine.py')},
    {name: 'aurora_division', source: read('division.py')},
    {name: 'aurora_values', source: read('values.py')},
    {name: 'aurora_containers', source: read('containers.py')},
    {name: 'aurora_structs', source: read('structs.py')},
    {name: 'aurora_schema', source: definitions + read('schema.py')},
    {name: 'aurora_client', source: api + read('client.py')},
    {name: 'aurora_python2', source: read('python2.py')},
    {name: 'aurora_modules', source: read('modules.py')},
    {name: 'aurora_syntax', source: read('syntax.py')},
    {name: 'aurora_powers', source: read('powers.py')},
    {name: 'aurora_files', source: read('files.py')},
    {name: 'aurora_variables', source: read('variables.py')},
    {name: 'aurora_records', source: read('records.py')},
    {name: 'aurora_hook_arguments', source: read('hook_arguments.py')},
    {name: 'aurora_hooks', source: read('hooks.py')},
    {name: 'aurora_hook_powers', source: read('hook_powers.py')},
    {name: 'aurora_hook_commands', source: read('hook_commands.py')},
    {name: 'aurora_hook_requests', source: read('hook_requests.py')},
    {name: 'aurora_config', source: read('evaluate.py')},
  ]
}

function read(name: string): string {
  return readFileSync(join(fileURLToPath(PRELUDE), name), 'utf8')
}

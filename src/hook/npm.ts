import {spawn} from 'node:child_process'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {text} from 'node:stream/consumers'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

const ALWAYS = ['--json', '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier', '--no-progress']
/**
 * Packages come from a registry, or are what the user names. To prepare a repository npm runs programs that the repository chooses, whatever is said
 * of scripts; and a dependency by a path or an address takes the place of another of its name, for all plugins.
 */
const SOURCES = ['--allow-git=none', '--allow-directory=none', '--allow-file=root', '--allow-remote=root']
/** Each plugin has its packages in its own folder, so that none chooses those of another. */
const APART = ['--install-strategy=nested', '--legacy-peer-deps']

/** Runs the npm that comes with this client, with the user's own settings, and gives its JSON. No script of a package is run unless `scripts` is set. */
export async function npm(args: readonly string[], {cwd, scripts = false}: {cwd: string; scripts?: boolean}): Promise<unknown> {
  const registry = namedRegistry()
  const flags = [...ALWAYS, ...SOURCES, ...APART, `--ignore-scripts=${!scripts}`, ...(registry ? [`--registry=${registry}`] : [])]
  const child = spawn(process.execPath, [npmProgram(), ...flags, ...args], {cwd, stdio: ['ignore', 'pipe', 'pipe']})
  const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [out, error, ended] = await Promise.all([text(child.stdout), text(child.stderr), code])
  if (ended !== 0) throw failed(args[0] ?? '', out, error)
  return parse(out)
}

/** npm passes over an address that it cannot use, and asks the public registry. @throws UserError for one */
function namedRegistry(): string | undefined {
  const registry = process.env['AURORA_NPM_REGISTRY']
  if (registry === undefined || registry === '') return undefined
  if (/^https?:$/.test(URL.parse(registry)?.protocol ?? '')) return registry
  throw new UserError(`AURORA_NPM_REGISTRY is no address of a registry: ${registry}`, {
    code: 'plugins.registry',
    remedy: 'Give one such as https://npm.example.com.',
  })
}

function npmProgram(): string {
  return join(dirname(createRequire(import.meta.url).resolve('npm/package.json')), 'bin/npm-cli.js')
}

/** npm's document is the last thing that it writes; scripts may have written before. */
function parse(out: string): unknown {
  const start = out.search(/^[[{]/m)
  try {
    return start === -1 ? undefined : JSON.parse(out.slice(start))
  } catch {
    return undefined
  }
}

function failed(command: string, out: string, error: string): UserError {
  const {summary, code} = (parse(out) as {error?: {summary?: string; code?: string}} | undefined)?.error ?? {}
  const said = summary ?? error.trim().split('\n').slice(-5).join('\n')
  return new UserError(`npm ${command} failed: ${said || 'it gave no reason'}`, {
    code: 'plugins.npm',
    exitCode: ExitCode.commandFailure,
    remedy: code === 'E404' ? 'See that the name is right, and that npm is set up for the registry that has it.' : NOTHING_CHANGED,
  })
}

const NOTHING_CHANGED = 'Nothing was changed. npm reads its usual settings: see the registry with: npm config get registry'

import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {repository} from './cli.ts'

/** A package to publish: what is in its package.json beside name and version, and its files. */
export interface Package {
  name: string
  version?: string
  manifest?: object
  files?: Record<string, string>
}

/** A real npm registry (verdaccio) on the loopback, which knows nothing but what is published to it. */
export class Registry {
  readonly #folder: string
  readonly #server: ChildProcess
  readonly #port: number

  private constructor(folder: string, server: ChildProcess, port: number) {
    this.#folder = folder
    this.#server = server
    this.#port = port
  }

  static async start(): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), 'aurora-registry-'))
    const port = await freePort()
    const config = {
      storage: join(folder, 'storage'),
      auth: {htpasswd: {file: join(folder, 'htpasswd')}},
      uplinks: {},
      packages: {'**': {access: '$all', publish: '$all', unpublish: '$all'}},
      log: {type: 'stdout', level: 'fatal'},
      web: {enable: false},
    }
    writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config))
    const program = join(repository, 'node_modules/verdaccio/bin/verdaccio')
    const server = spawn(process.execPath, [program, '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const ended = once(server, 'exit').then(([code]) => {
      throw new Error(`the registry ended with ${code}`)
    })
    await Promise.race([once(server, 'message'), ended])
    return new Registry(folder, server, port)
  }

  /** Sets npm up for this registry, and no other, in a home. */
  useIn(home: string): void {
    const lines = [`registry=http://127.0.0.1:${this.#port}/`, `//127.0.0.1:${this.#port}/:_authToken=nobody`]
    writeFileSync(join(home, '.npmrc'), [...lines, `cache=${join(home, '.npm')}`, 'fetch-retries=0', ''].join('\n'))
  }

  async publish(home: string, entry: Package): Promise<void> {
    await this.npm(home, ['publish', this.write(entry), '--ignore-scripts'])
  }

  /** Publishes a package by another name than that in its tarball, as npm would not. */
  async publishAs(home: string, name: string, entry: Package): Promise<void> {
    const version = entry.version ?? '1.0.0'
    const [tarball = ''] = (await this.npm(home, ['pack', this.write(entry)])).trim().split('\n')
    const bytes = readFileSync(join(home, tarball))
    const origin = `http://127.0.0.1:${this.#port}`
    const dist = {
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
      shasum: createHash('sha1').update(bytes).digest('hex'),
      tarball: `${origin}/${name}/-/${name}-${version}.tgz`,
    }
    const body = {
      _id: name,
      name,
      'dist-tags': {latest: version},
      versions: {[version]: {name, version, dist}},
      _attachments: {
        [`${name}-${version}.tgz`]: {content_type: 'application/octet-stream', data: bytes.toString('base64'), length: bytes.length},
      },
    }
    const headers = {'content-type': 'application/json', authorization: 'Bearer nobody'}
    const {ok, status} = await fetch(`${origin}/${name}`, {method: 'PUT', headers, body: JSON.stringify(body)})
    if (!ok) throw new Error(`the registry said ${status}`)
  }

  /** Writes a package into a folder of its own. */
  write({name, version = '1.0.0', manifest = {}, files = {}}: Package): string {
    const folder = join(this.#folder, 'packages', `${name.replaceAll('/', '+')}-${version}`)
    const all = {'package.json': JSON.stringify({name, version, type: 'module', ...manifest}), ...files}
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), {recursive: true})
      writeFileSync(join(folder, path), text)
    }
    return folder
  }

  async npm(home: string, args: readonly string[]): Promise<string> {
    const program = join(repository, 'node_modules/npm/bin/npm-cli.js')
    const options = {cwd: home, env: {HOME: home, PATH: process.env['PATH']}}
    return (await promisify(execFile)(process.execPath, [program, ...args, '--loglevel=error'], options)).stdout
  }

  stop(): void {
    this.#server.kill()
    rmSync(this.#folder, {recursive: true, force: true})
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port')
  return address.port
}

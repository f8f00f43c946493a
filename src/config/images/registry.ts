import type {UserError} from '../../model/errors.ts'
import {refused} from '../refused.ts'
import {type Answer, ask, registryUrl} from './http.ts'
import {tokenFor} from './token.ts'

const DEFAULT_REGISTRY = 'https://registry-1.docker.io'
/** Manifests of one platform and lists of several, in Docker's words and in those of OCI. */
const MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ')

/** What a name and a tag of an image may be, by the specification of registries. */
const NAME = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-f0-9]{32,128}$/i

/**
 * The image that a tag names at this moment, by its digest: `name@sha256:…`, behind the registry's host unless it is Docker Hub
 * (reference/config-dsl.md §12). Nobody logs in: only what everybody may pull is found. @throws UserError (exit 3)
 */
export async function resolveImage(registry: string, name: string, tag: string, signal: AbortSignal): Promise<string> {
  const base = registryUrl(registry)
  const image = `${name}:${tag}`
  if (!NAME.test(name) || !TAG.test(tag))
    throw unresolved(`Unable to resolve image ${image}`, 'It is no name and tag that an image can have.')
  const session = new Session(signal)
  const probe = await session.head(new URL('v2/', base), {})
  if (probe.status !== 200) {
    throw unresolved(
      `${registry} is not a registry v2`,
      `Asked for /v2/, it answers ${probe.status}; docker_registry in clusters.json names it.`,
    )
  }
  const manifest = await session.head(new URL(`v2/${name}/manifests/${tag}`, base), {accept: MANIFESTS})
  if (manifest.status === 401 || manifest.status === 403)
    throw unresolved(`Private Docker repository - ${image}`, `Give the image by its digest: ${name}@sha256:…`)
  const digest = manifest.header('docker-content-digest')
  if (manifest.status !== 200 || digest === undefined || !DIGEST.test(digest))
    throw unresolved(`Unable to resolve image ${image}`, whyNot(manifest, base, name))
  return base.origin === DEFAULT_REGISTRY ? `${name}@${digest}` : `${base.host}/${name}@${digest}`
}

/** Requests that belong together: the token for one is tried for the next. */
class Session {
  readonly #signal: AbortSignal
  #token: string | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  async head(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const answer = await this.#head(url, headers)
    if (answer.status !== 401) return answer
    this.#token = await tokenFor(url, answer.header('www-authenticate'), this.#signal)
    return this.#head(url, headers)
  }

  #head(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const token = this.#token === undefined ? {} : {authorization: `Bearer ${this.#token}`}
    return ask(url, {method: 'HEAD', headers: {...headers, ...token}, signal: this.#signal})
  }
}

function whyNot({status}: Answer, base: URL, name: string): string {
  if (status === 200) return `${base.host} gives no digest for it.`
  if (status !== 404) return `${base.host} answers ${status}.`
  const official = base.origin === DEFAULT_REGISTRY && !name.includes('/') ? ` An official image is library/${name}.` : ''
  return `${base.host} has no image of this name and tag.${official}`
}

function unresolved(message: string, remedy: string): UserError {
  return refused(message, 'image.unresolved', remedy)
}

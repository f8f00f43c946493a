/** References that a helper binds when a job is sent, whatever the configuration says (reference/config-dsl.md §12). */
const DOCKER_IMAGE = /^docker\.image\[([^\]]+)\]\[([^\]]+)\]$/

export function isHelped(address: string): boolean {
  return DOCKER_IMAGE.test(address)
}

/**
 * Freezes plain data through and through, so that what the hooks were asked about cannot become something else before it is sent.
 * Objects that do something (connections, services) are left as they are.
 */
export function freezeData(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || !isData(value)) return
  Object.freeze(value)
  for (const part of Object.values(value)) freezeData(part)
}

function isData(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !Object.values(value).some((part) => typeof part === 'function')
}

/** A result as the one JSON document that `--json` writes. 64-bit integers of the wire become numbers. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value ?? null, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item), 2)}\n`
}

/** Text as Python writes it: error messages and the executor data, which schedulers compare as a string, depend on it. */

/** `repr` of a float: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    const size = Math.abs(exponent)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`
  }
  // JavaScript turns to exponents at 1e-7: write the zeros here.
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const plain = exponent < 0 ? `0.${'0'.repeat(-exponent - 1)}${digits}` : withPoint(digits, exponent + 1)
  return negative ? `-${plain}` : plain
}

function withPoint(digits: string, whole: number): string {
  const padded = digits.padEnd(whole, '0')
  return `${padded.slice(0, whole)}.${padded.slice(whole) || '0'}`
}

const ESCAPES: Record<string, string> = {'\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'}

/** `repr` of a str: single quotes unless only single ones are inside. */
export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  // eslint-disable-next-line no-control-regex -- control characters are what is escaped here
  const body = text.replace(/[\\\n\r\t\u0000-\u001f\u007f]/g, (c) => ESCAPES[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote
}

/** A JSON string as Python's `json.dumps` writes it: nothing but ASCII. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) =>
    c === '\u007f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

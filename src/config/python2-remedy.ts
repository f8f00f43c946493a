interface Rule {
  /** What Python says about it, */
  readonly message: RegExp
  /** and how the line looks. */
  readonly line: RegExp
  /** The line as Python 3 has it; or words, where the line alone does not tell. */
  readonly now: ((line: string) => string) | string
}

const ANY = /^/
const GUESS = /invalid syntax|expected 'else'|Perhaps you forgot a comma|was never closed|cannot assign/

const RULES: readonly Rule[] = [
  {message: /call to 'print'/, line: /\bprint\b/, now: printed},
  {
    message: /call to 'exec'/,
    line: /\bexec\b/,
    now: (line) =>
      line.replace(/\bexec\s+(.*?)(?:\s+in\s+(.*?))?\s*$/, (_, code: string, where?: string) =>
        where ? `exec(${code}, ${where})` : `exec(${code})`,
      ),
  },
  {
    message: /leading zeros/,
    line: /\b0\d/,
    now: (line) => line.replace(/(?<![\w.])0+(\d+)[lL]?\b(?!\.)/g, (_, digits: string) => (/[89]/.test(digits) ? digits : `0o${digits}`)),
  },
  {
    message: /invalid (decimal|hexadecimal|octal|binary) literal/,
    line: /[\da-fA-F][lL]\b/,
    now: (line) => line.replace(/\b(0[xX][\da-fA-F]+|\d+)[lL]\b/g, '$1'),
  },
  {
    message: /exception types must be parenthesized/,
    line: /\bexcept\b/,
    now: (line) => line.replace(/except\s*(.+),\s*(\w+)\s*:/, 'except $1 as $2:'),
  },
  {message: /'u' and 'r' prefixes/, line: ANY, now: (line) => line.replace(/\b[uU]([rR])(?=['"])/g, '$1')},
  {message: /parameters cannot be parenthesized/, line: ANY, now: 'one parameter, unpacked inside: def f(pair): a, b = pair'},
  {message: GUESS, line: /^\s*raise\s+[\w.]+\s*,/, now: raised},
  {message: GUESS, line: /`/, now: (line) => line.replace(/`([^`]*)`/g, 'repr($1)')},
  {message: GUESS, line: /<>/, now: (line) => line.replaceAll('<>', '!=')},
  {message: GUESS, line: /\bin\s+[^[({\]]+,[^[({\]]+\]/, now: (line) => line.replace(/\bin\s+([^[({\]]+,[^[({\]]+)\]/, 'in ($1)]')},
  {message: GUESS, line: /\b(async|await|nonlocal|None|True|False)\s*=/, now: 'another name: this one is a keyword'},
]

/** What a line with the syntax of Python 2 is in Python 3. */
export function python2Remedy(message: string, line: string): string | undefined {
  const rule = RULES.find((each) => each.message.test(message) && each.line.test(line))
  if (!rule) return undefined
  const now = typeof rule.now === 'string' ? rule.now : rule.now(line).trim()
  return `This is Python 2; in Python 3 it is ${now}`
}

function printed(line: string): string {
  const now = line.replace(/\bprint\s*(?:>>\s*([^,]+),?)?\s*(.*?)(,)?\s*(?=;|$)/, (_, file?: string, what = '', goesOn?: string) => {
    const settings = [...(goesOn ? [`end=' '`] : []), ...(file ? [`file=${file.trim()}`] : [])]
    return `print(${[...(what === '' ? [] : [what]), ...settings].join(', ')})`
  })
  return line.endsWith('\\') ? 'print(…), with parentheses' : `print(…), with parentheses: ${now.trim()}`
}

function raised(line: string): string {
  return line.replace(/raise\s+([\w.]+)\s*,\s*(.*?)(?:,\s*(\w+))?\s*$/, (_, type: string, what: string, trace?: string) =>
    trace ? `raise ${type}(${what}).with_traceback(${trace})` : `raise ${type}(${what})`,
  )
}

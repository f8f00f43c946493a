/** A text in lines of at most `width` characters, all but the first indented. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${indent}`)
}

/** How wide the text on stdout may be: as the terminal is; what reads a pipe wraps as it likes. */
export function outputWidth(): number {
  return process.stdout.isTTY ? Math.max(40, process.stdout.columns) : Infinity
}

const TOKEN = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y
const ENTITIES: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"}

/** The elements and texts of an XML document. @throws Error if it is not well-formed. */
export function elementsOf(xml: string): {elements: string[]; texts: string[]} {
  const [open, elements, texts]: [string[], string[], string[]] = [[], [], []]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(xml)
    if (!found) throw new Error(`not XML at ${at}: ${xml.slice(at, at + 40)}`)
    const [, closing, name = '', , empty, text] = found
    if (text !== undefined) texts.push(decoded(text))
    else if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      elements.push(name)
      if (!empty) open.push(name)
    }
  }
  if (open.length > 0 || elements.length === 0) throw new Error(`not closed: ${open.join(', ')}`)
  return {elements, texts: texts.filter((text) => text.trim() !== '')}
}

function decoded(text: string): string {
  // eslint-disable-next-line no-control-regex -- XML has none of them
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF]/.test(text)) throw new Error(`no characters of XML: ${JSON.stringify(text)}`)
  return text.replace(/&([^;\s]*;?)/g, (whole, name: string) => {
    const character = ENTITIES[name.slice(0, -1)]
    if (character === undefined || !name.endsWith(';')) throw new Error(`unknown entity ${whole}`)
    return character
  })
}

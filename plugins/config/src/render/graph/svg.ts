import {safeLine} from '@auroractl/cli'
import type {GraphProcess} from '@auroractl/cli/schema'
import type {JobGraph} from '../../operations/graph.ts'
import {marksOf, titleOf} from './labels.ts'
import {layout, type Layout, type Line, type Placed} from './layout.ts'

const [HEIGHT, ROW, MARGIN, TITLE] = [36, 76, 20, 30]
const CHARACTER = 7.9
const LONGEST = 40

const STYLE = `text{font:13px ui-monospace,monospace;fill:#24292f;text-anchor:middle}
.mark{font-size:10px}.title,.finally{text-anchor:start}
rect{fill:#f6f8fa;stroke:#57606a}.daemon{stroke-width:2.5}.ephemeral{stroke-dasharray:5 3}
path,line{fill:none;stroke:#57606a}line{stroke-dasharray:2 4}marker path{fill:#57606a}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#161b22;stroke:#8b949e}path,line{stroke:#8b949e}marker path{fill:#8b949e}}`

/** The graph as a picture that stands alone: processes from top to bottom, the final ones below a line. */
export function graphSvg(graph: JobGraph): string {
  const regular = layout(
    graph.processes.filter(({final}) => !final),
    boxWidth,
  )
  const final = layout(
    graph.processes.filter((process) => process.final),
    boxWidth,
  )
  const title = titleOf(graph)
  const inner = Math.max(regular.width, final.width, title.length * CHARACTER)
  const below = TITLE + regular.rows * ROW
  const height = below + (final.rows > 0 ? TITLE + final.rows * ROW : 0) + MARGIN
  const size = `${round(inner + 2 * MARGIN)} ${height}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${size.replace(' ', '" height="')}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
    `<text class="title" x="${MARGIN}" y="${MARGIN}">${escaped(title)}</text>`,
    ...drawn(regular, MARGIN + (inner - regular.width) / 2, TITLE + 10),
    ...(final.rows > 0
      ? [
          `<line x1="${MARGIN}" y1="${below}" x2="${round(inner + MARGIN)}" y2="${below}"/>`,
          `<text class="finally" x="${MARGIN}" y="${below + 18}">finally</text>`,
          ...drawn(final, MARGIN + (inner - final.width) / 2, below + TITLE),
        ]
      : []),
    '</svg>',
    '',
  ].join('\n')
}

function drawn({places, lines}: Layout, left: number, top: number): string[] {
  return [...lines.map((line) => edge(line, left, top)), ...places.map((each) => box(each, left, top))]
}

/** A curve from the lower side of a box to the upper side of another, straight down where it passes a row. */
function edge({points}: Line, left: number, top: number): string {
  const [first, ...rest] = points.map(({x, row}, i) => ({
    x: round(left + x),
    enter: top + row * ROW,
    leave: top + row * ROW + (i === points.length - 1 ? 0 : HEIGHT),
  }))
  if (!first) return ''
  let [x, y] = [first.x, first.leave]
  const curves = rest.map((to) => {
    const half = round((y + to.enter) / 2)
    const curve = `C${x} ${half} ${to.x} ${half} ${to.x} ${to.enter}${to.leave === to.enter ? '' : `V${to.leave}`}`
    ;[x, y] = [to.x, to.leave]
    return curve
  })
  return `<path d="M${first.x} ${first.leave}${curves.join('')}" marker-end="url(#arrow)"/>`
}

function box({process, width, x, row}: Placed, left: number, top: number): string {
  const marks = marksOf(process)
  const [centre, y] = [round(left + x), top + row * ROW]
  const frame = `<rect${marks.length > 0 ? ` class="${marks.join(' ')}"` : ''} x="${round(centre - width / 2)}" y="${y}" width="${round(width)}" height="${HEIGHT}" rx="6"/>`
  const name = `<text x="${centre}" y="${y + (marks.length > 0 ? 17 : 23)}">${escaped(labelOf(process))}</text>`
  const mark = marks.length > 0 ? `<text class="mark" x="${centre}" y="${y + 30}">${marks.join(', ')}</text>` : ''
  return `<g><title>${escaped(process.name)}</title>${frame}${name}${mark}</g>`
}

function boxWidth(process: GraphProcess): number {
  return Math.max(labelOf(process).length, marksOf(process).join(', ').length) * CHARACTER + 20
}

function labelOf({name}: GraphProcess): string {
  return safeLine(name, LONGEST)
}

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

/** Text that XML can have: no controls, no halves of characters. */
function escaped(text: string): string {
  return safeLine(text)
    .toWellFormed()
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

import {processGraph, resolveJob, jobFromPlain} from '@auroractl/cli/schema'
import {describe, expect, it} from 'vitest'
import type {JobGraph} from '../src/operations/graph.ts'
import {graphDot} from '../src/render/graph/dot.ts'
import {graphSvg} from '../src/render/graph/svg.ts'
import {ASCII, graphText, UNICODE} from '../src/render/graph/text.ts'
import {elementsOf} from './xml.ts'

type Processes = Record<string, {daemon?: boolean; ephemeral?: boolean; final?: boolean}>

/** The graph of a job with these processes and orders. */
function graphOf(processes: Processes, orders: readonly (readonly string[])[] = [], concurrency = 0): JobGraph {
  const {job, problems} = resolveJob(
    jobFromPlain({
      cluster: 'devcluster',
      role: 'www',
      environment: 'devel',
      name: 'hello',
      task: {
        processes: Object.entries(processes).map(([name, more]) => ({name, cmdline: 'true', ...more})),
        constraints: orders.map((order) => ({order})),
        resources: {cpu: 1, ram: 1, disk: 1},
        max_concurrency: concurrency,
      },
    }),
  )
  if (!job) throw new Error(JSON.stringify(problems))
  return {job: 'devcluster/www/devel/hello', maxConcurrency: concurrency, processes: processGraph(job.task)}
}

const some = (names: string): Processes => Object.fromEntries(names.split(' ').map((name) => [name, {}]))
const text = (graph: JobGraph, pen = UNICODE, width = 80) => graphText(graph, {pen, width})

const diamond = graphOf(
  {...some('fetch build-a build-b link'), serve: {daemon: true}, stats: {ephemeral: true}, report: {final: true}, clean: {final: true}},
  [
    ['fetch', 'build-a', 'link', 'serve'],
    ['fetch', 'build-b', 'link'],
    ['fetch', 'link'],
    ['fetch', 'stats'],
    ['report', 'clean'],
  ],
  3,
)
const net = graphOf(some('a b c d e f'), [
  ['a', 'd', 'f'],
  ['a', 'e', 'f'],
  ['b', 'd'],
  ['c', 'e'],
  ['b', 'e'],
])

describe('the processes as text', () => {
  it('shows who waits for whom, what is special, and what comes last', () => {
    expect(text(diamond)).toBe(`devcluster/www/devel/hello: 8 processes, at most 3 at a time

●  fetch
├─┬─╮
● │ │  build-a
│ │ │
│ ● │  build-b
├─╯ │
●   │  link
│   │
●   │  serve  (daemon)
    ●  stats  (ephemeral)

finally

●  report
│
●  clean
`)
  })

  it('joins many with many', () => {
    expect(text(net)).toBe(`devcluster/www/devel/hello: 6 processes

●  a
├─╮
│ │ ●  b
├─┼─╯
│ │ ●  c
│ ├─╯
● │  d
│ │
│ ●  e
├─╯
●  f
`)
  })

  it('shows processes without order unjoined, and one alone', () => {
    expect(text(graphOf(some('a b')))).toBe('devcluster/www/devel/hello: 2 processes\n\n●  a\n●  b\n')
    expect(text(graphOf(some('a')))).toBe('devcluster/www/devel/hello: 1 process\n\n●  a\n')
  })

  it('is ASCII where there is no more', () => {
    const drawn = text(diamond, ASCII)
    expect(drawn).toMatch(/^[\x20-\x7e\n]*$/)
    expect(drawn).toContain('*  fetch\n+-+-+\n* | |  build-a\n')
  })

  it('shortens names to the width of the terminal', () => {
    const drawn = text(graphOf({['n'.repeat(60)]: {}}), UNICODE, 40)
    expect(drawn).toContain(`●  ${'n'.repeat(36)}…\n`)
  })
})

describe('the picture', () => {
  it('has a box for each process and an arrow for each that waits for another', () => {
    const {elements, texts} = elementsOf(graphSvg(diamond))
    expect(elements.filter((name) => name === 'rect')).toHaveLength(8)
    // Six among the regular ones, one among the final ones, and the head of the arrows.
    expect(elements.filter((name) => name === 'path')).toHaveLength(7 + 1)
    expect(texts).toEqual(expect.arrayContaining(['fetch', 'build-a', 'daemon', 'ephemeral', 'finally', 'clean']))
  })

  it('draws no box over another, and every arrow downwards', () => {
    const names = Array.from({length: 50}, (_, i) => `p${i}`)
    const orders = names.flatMap((name, i) => (i % 3 === 0 ? [[name, `p${i + 7}`].filter((each) => names.includes(each))] : []))
    const svg = graphSvg(
      graphOf(
        some(names.join(' ')),
        orders.filter((order) => order.length > 1),
      ),
    )
    const boxes = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((found) =>
      found.slice(1).map(Number),
    )
    expect(boxes).toHaveLength(50)
    const overlaps = ([ax = 0, ay, aw = 0]: number[], [bx = 0, by, bw = 0]: number[]) => ay === by && ax < bx + bw && bx < ax + aw
    expect(boxes.filter((box, i) => boxes.some((other, j) => i < j && overlaps(box, other)))).toEqual([])
    const [, width = 0] = (/viewBox="0 0 ([\d.]+)/.exec(svg) ?? []).map(Number)
    expect(boxes.filter(([x = 0, , w = 0]) => x < 0 || x + w > width)).toEqual([])
    const arrows = [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+).* ([\d.]+)" marker-end/g)].map(([, from, to]) => Number(to) - Number(from))
    expect(arrows.length).toBeGreaterThan(10)
    expect(arrows.filter((drop) => drop <= 0)).toEqual([])
  })

  it('is well-formed whatever a process is called', () => {
    const name = `<script>"&'\u0007]]>`
    const {texts, elements} = elementsOf(graphSvg(graphOf({[name]: {}, 'lone \ud800': {}})))
    expect(texts).toContain(`<script>"&']]>`)
    expect(elements).not.toContain('script')
  })

  it('is the same each time', () => {
    expect(graphSvg(net)).toBe(graphSvg(net))
  })

  it('of no process is empty', () => {
    expect(elementsOf(graphSvg(graphOf({}))).elements).not.toContain('rect')
  })
})

describe('the input of Graphviz', () => {
  it('has the processes, their order and what is special', () => {
    const dot = graphDot(diamond)
    expect(dot).toContain('"fetch" -> "build-a"\n')
    expect(dot).not.toContain('"fetch" -> "link"')
    expect(dot).toContain('"serve" [label="serve\\n(daemon)", style="rounded,bold"]')
    expect(dot).toMatch(/subgraph cluster_final \{[^}]*"report" \[/)
  })

  it('quotes names', () => {
    expect(graphDot(graphOf({'a"]; b\\': {}}))).toContain('"a\\"]; b\\\\" [label=')
  })
})

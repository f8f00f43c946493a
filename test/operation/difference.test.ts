import {expect, it} from 'vitest'
import {differenceLines} from '../../src/operation/difference.ts'

it.each([
  [{a: 1, b: {c: [1, 2]}}, {a: 1, b: {c: [1]}}, ['- b.c: [1,2]', '+ b.c: [1]']],
  [{a: 1}, {b: null}, ['- a: 1', '+ b: null']],
  [{p: [{name: 'x', n: 1}]}, {p: [{name: 'x', n: 2}, {name: 'y'}]}, ['- p[0].n: 1', '+ p[0].n: 2', '+ p[1]: {"name":"y"}']],
  [{a: {}}, {a: {}}, []],
  [{a: 1}, {a: 1, toString: 'x'}, ['+ toString: "x"']],
])('the difference of %j and %j', (before, after, lines) => {
  expect(differenceLines(before as never, after as never)).toEqual(lines)
})

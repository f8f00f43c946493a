import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Json} from '../../src/model/json.ts'
import {encodeFrame, FrameReader} from '../../src/sandbox/child/frame.ts'
import {parseMessage} from '../../src/sandbox/child/message.ts'
import type {Message} from '../../src/sandbox/child/message.ts'

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('request', 'reply'),
    id: fc.nat(),
    body: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json),
  }),
  fc.record({kind: fc.constant('failure'), id: fc.nat(), reason: fc.string({unit: 'binary'})}),
)

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(message, {maxLength: 5}), fc.infiniteStream(fc.integer({min: 1, max: 40})), (messages, sizes) => {
        const stream = Buffer.concat(messages.map((each) => encodeFrame(each)))
        const reader = new FrameReader()
        const received: Message[] = []
        for (let at = 0; at < stream.length;) {
          const size = sizes.next().value as number
          received.push(...reader.push(stream.subarray(at, at + size)))
          at += size
        }
        expect(received).toEqual(messages)
      }),
    )
  })

  it('are refused when they are too large, before their bytes have come', () => {
    const reader = new FrameReader(10)
    expect([...reader.push(Buffer.from([0, 0, 0]))]).toEqual([])
    expect(() => [...reader.push(Buffer.from([11]))]).toThrow('a message of 11 bytes is larger than the limit of 10')
    expect(() => encodeFrame({kind: 'reply', id: 1, body: 'x'.repeat(100)}, 100)).toThrow('larger than the limit')
  })

  it.each([
    '',
    'null',
    '[]',
    '5',
    '{}',
    '{"kind":"reply","id":"1","body":1}',
    '{"kind":"reply","id":1}',
    '{"kind":"failure","id":1}',
    '{"kind":"x","id":1,"body":1}',
  ])('are refused when they hold %j', (text) => {
    expect(() => parseMessage(text)).toThrow(/a message/)
  })
})

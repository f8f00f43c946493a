import {createServer} from 'node:net'
import {expect, test} from 'vitest'
import {FreePorts} from '../../src/daemon/free-ports.ts'

test('finds distinct ports of the range that are neither taken nor listened on', async () => {
  const [listening = 0, reserved = 0] = await new FreePorts().find(2, new Set())
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(listening, resolve))
  const ports = await new FreePorts().find(5, new Set([reserved]))
  server.close()
  expect(new Set(ports).size).toBe(5)
  expect(ports).not.toContain(listening)
  expect(ports).not.toContain(reserved)
  for (const port of ports) expect(port >= 31_000 && port <= 32_000).toBe(true)
})

test('goes on where it was, and ends when the range does', async () => {
  const ports = new FreePorts()
  const [first = 0] = await ports.find(1, new Set())
  expect((await ports.find(1, new Set()))[0]).toBeGreaterThan(first)
  const all = new Set(Array.from({length: 1001}, (_, index) => 31_000 + index))
  expect(await ports.find(1, all)).toEqual([])
})

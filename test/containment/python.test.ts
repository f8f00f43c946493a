import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, it} from 'vitest'
import {SandboxChild} from '../../src/sandbox/child/sandbox-child.ts'
import {pythonChild} from '../../src/sandbox/python/child-options.ts'
import {attacks, endless} from './python-attacks.ts'
import {testImage} from '../sandbox/python-image.ts'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const options = pythonChild({
  entry: folder('../sandbox/python-child.ts'),
  readable: [folder('../../src/'), folder('../sandbox/')],
  image: testImage(),
})
const children: SandboxChild[] = []

function start(): SandboxChild {
  const child = new SandboxChild({...options, onRequest: (body) => body})
  children.push(child)
  return child
}

afterAll(() => {
  for (const child of children) child.stop()
})

describe('Python in its sandbox', () => {
  const shared = start()

  it.each(Object.entries(attacks))('holds %s', async (_name, {source, ends, prints}) => {
    expect(await shared.request(source)).toMatchObject({ended: ends, ...(prints === undefined ? {} : {printed: prints})})
    expect(await shared.request('print(1 + 1)')).toEqual({ended: 'returned', printed: '2\n'})
  })

  it.each(Object.entries(endless))('ends %s by its limit of time', async (_name, source) => {
    const child = start()
    await child.request('pass')
    await expect(child.request(source, {wallMilliseconds: 300})).rejects.toMatchObject({name: 'SandboxError', kind: 'timeout'})
    expect(await shared.request('print(1 + 1)')).toEqual({ended: 'returned', printed: '2\n'})
  })

  it('asks the parent while Python waits', async () => {
    const asking = 'import aurora_host\nprint(aurora_host.call("ask", "é" * 100000) == "é" * 100000)'
    expect(await shared.request(asking)).toEqual({ended: 'returned', printed: 'True\n'})
  })
})

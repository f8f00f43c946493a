import {serveParent} from '../../src/sandbox/child/parent.ts'
import {perform} from './child-tasks.ts'

const parent = serveParent(async (body) => {
  const [name, argument] = body as [string, string]
  if (name === 'ask') return parent.request(argument)
  return perform(name, argument)
})

import {SyncParent} from '../../src/sandbox/child/sync-parent.ts'
import {perform} from './child-tasks.ts'

const parent = new SyncParent()
parent.serve((body) => {
  const [name, argument] = body as [string, string]
  if (name === 'ask') return parent.request(argument)
  return perform(name, argument)
})

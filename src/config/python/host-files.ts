import type {Json} from '../../model/json.ts'
import type {Files} from '../../sandbox/python/file-system.ts'
import type {ChildRequest, LinkAnswer, OpenAnswer, StatAnswer} from '../protocol.ts'

/** The files that the command grants, as the interpreter looks at them: each look asks the command. */
export function hostFiles(ask: (request: ChildRequest) => Json): Files {
  return {
    stat: (path, followLinks) => ask(['stat', path, followLinks]) as unknown as StatAnswer,
    link: (path) => ask(['link', path]) as unknown as LinkAnswer,
    open(path) {
      const answer = ask(['open', path]) as unknown as OpenAnswer
      if (typeof answer === 'string') return answer
      return 'bytes' in answer ? {kind: 'file', data: Buffer.from(answer.bytes, 'latin1')} : {kind: 'directory', entries: answer.entries}
    },
  }
}

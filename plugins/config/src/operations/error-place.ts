import type {Problem} from '@auroractl/cli/schema'

/** Where a file failed, from the words that say it: the last place of a Python traceback, or `file:line:` in front. */
export function placeIn(message: string): Pick<Problem, 'place'> {
  const [, file, line] = [...message.matchAll(/File "([^"]+)", line (\d+)/g)].at(-1) ?? /^([^\n:]+):(\d+): /.exec(message) ?? []
  return file === undefined ? {} : {place: {file, line: Number(line)}}
}

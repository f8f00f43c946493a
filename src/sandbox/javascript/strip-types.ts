/** TypeScript as JavaScript: types become blanks, so that lines and columns stay. @throws an Error that names the file */
export async function stripTypes(code: string, name: string): Promise<string> {
  const {stripTypeScriptTypes} = await import('node:module')
  const warnings = process.emitWarning.bind(process)
  try {
    // The function warns, once, that it is experimental; that is nothing for the user of a command.
    process.emitWarning = () => {}
    return stripTypeScriptTypes(code)
  } catch (error) {
    const {message, stack = ''} = error as Error
    const [, line] = /^:(\d+)\n/.exec(stack) ?? []
    throw new Error(`${line === undefined ? name : `${name}:${line}`}: ${message.trim()}`, {cause: error})
  } finally {
    process.emitWarning = warnings
  }
}

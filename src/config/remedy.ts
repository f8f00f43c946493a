/** What to do about errors that old configurations meet, because Python 3 is the language here. */
export function pythonRemedy(type: string, message: string): string | undefined {
  if (type === 'SyntaxError') return REMEDIES.find(([pattern]) => pattern.test(message))?.[1]
  return undefined
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/Missing parentheses in call to 'print'/, 'This is Python 2; in Python 3 it is print(…), with parentheses.'],
  [/Missing parentheses in call to 'exec'/, 'This is Python 2; in Python 3 it is exec(…), with parentheses.'],
  [/leading zeros in decimal integer/, 'This is Python 2; in Python 3 an octal number is written 0o755.'],
  [/multiple exception types must be parenthesized/, 'This is Python 2; in Python 3 it is "except X as e".'],
]

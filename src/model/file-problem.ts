const PLAIN: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ELOOP: 'its links lead in circles',
}

/** Why a file that the user named cannot be read, in words; the name is for the caller to say. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return PLAIN[code] ?? (error instanceof Error ? error.message : String(error))
}

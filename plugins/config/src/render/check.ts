import {problemText, safeText} from '@auroractl/cli'
import type {CheckedFile, FileProblem} from '../operations/check.ts'

export const FORMATS = ['text', 'github'] as const
export type Format = (typeof FORMATS)[number]

/** Every problem of some files, in their order. */
function problemsOf(files: readonly CheckedFile[]): FileProblem[] {
  return files.flatMap(({problems, jobs}) => [...problems, ...jobs.flatMap((job) => job.problems)])
}

export function countOf(files: readonly CheckedFile[]): {files: number; jobs: number; errors: number; warnings: number} {
  const problems = problemsOf(files)
  const errors = problems.filter(({severity}) => severity === 'error').length
  return {files: files.length, jobs: files.flatMap(({jobs}) => jobs).length, errors, warnings: problems.length - errors}
}

/** The problems, and a line that sums them up. */
export function checkText(files: readonly CheckedFile[], format: Format): string {
  const show = format === 'github' ? annotation : lineOf
  return safeText([...problemsOf(files).map(show), summary(files)].map((text) => `${text}\n`).join(''))
}

function summary(files: readonly CheckedFile[]): string {
  const count = countOf(files)
  const looked = `${counted(count.files, 'file')}, ${counted(count.jobs, 'job')}`
  if (count.errors + count.warnings === 0) return `${looked}: all right`
  return `${looked}: ${counted(count.errors, 'error')}, ${counted(count.warnings, 'warning')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function lineOf({severity, file, line, message, ...rest}: FileProblem): string {
  const place = line === undefined ? {} : {place: {file, line}}
  // Some reasons begin with the place themselves.
  const bare = message.replace(line === undefined ? `${file}: ` : `${file}:${line}: `, '')
  const text = problemText({...rest, ...place, message: bare.replaceAll('\n', '\n    ')}, file)
  return severity === 'warning' ? text.replace(': ', ': warning: ') : text
}

/** A line that GitHub shows beside the code. */
function annotation({severity, file, line, path, message, hint}: FileProblem): string {
  const properties = [`file=${property(file)}`, ...(line === undefined ? [] : [`line=${line}`])]
  const text = [path === '' ? message : `${path}: ${message}`, hint].filter((part) => part !== undefined).join('\n')
  return `::${severity} ${properties.join(',')}::${data(text)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

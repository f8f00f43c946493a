import type {Json} from '../model/json.ts'
import type {HostFunction} from '../sandbox/javascript/sandbox.ts'
import {safeLine} from '../terminal/safe-text.ts'
import type {Prompt} from '../terminal/prompt.ts'
import type {RegisteredHook} from './registry.ts'

/** What the host lends to hooks that were granted it. */
export interface Capabilities {
  prompt: Prompt
}

const MAX_QUESTION = 500
const MAX_CHOICES = 100

/** The functions of a hook's `ctx`. Those that it was not granted are there, too, and say so. */
export function hostFunctions({name, needs}: RegisteredHook, {prompt}: Capabilities): Record<string, HostFunction> {
  const ask = (text: Json | undefined) => `[${name}] ${question(text)}`
  const functions: Record<string, HostFunction> = {
    'prompt.confirm': ([text]) => prompt.confirm(ask(text)),
    'prompt.select': ([text, choices]) => prompt.select(ask(text), choiceList(choices)),
    'prompt.input': ([text]) => prompt.input(ask(text)),
  }
  if (needs.prompt) return functions
  const refuse = () => {
    throw new Error('ctx.prompt needs "needs": {"prompt": true} in the hook\'s manifest')
  }
  return Object.fromEntries(Object.keys(functions).map((name) => [name, refuse]))
}

function question(value: Json | undefined): string {
  if (typeof value !== 'string' || value.trim() === '') throw new TypeError('a question must be a text')
  return safeLine(value, MAX_QUESTION)
}

function choiceList(value: Json | undefined): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CHOICES || !value.every((choice) => typeof choice === 'string')) {
    throw new TypeError(`the choices must be a list of 1 to ${MAX_CHOICES} texts`)
  }
  return value
}

import {describe, expect, it} from 'vitest'
import {describePowers, missingPowers, parsePowers, type Powers} from '../../src/hook/powers.ts'

function parse(needs: unknown): {powers: Powers; problems: string[]} {
  const problems: string[] = []
  return {powers: parsePowers(needs, (text) => problems.push(text)), problems}
}

const ALL = {
  log: true,
  prompt: true,
  fetch: ['https://change.example.com', 'http://10.0.0.5:8080', {origin: 'https://change.corp', private: true}],
  exec: ['git', '/usr/bin/kubectl'],
  read: ['deploy/*.yaml', '/etc/motd'],
  env: ['HOME'],
  scheduler: ['west'],
  store: true,
  secret: ['TOKEN', {name: 'vault', command: ['pass', 'show', 'x']}],
  clock: true,
  random: true,
}

describe('the needs of a hook', () => {
  it('can name every power', () => {
    expect(parse(ALL)).toEqual({powers: ALL, problems: []})
  })

  it('are written the same for what means the same', () => {
    const needs = {fetch: ['HTTPS://Change.Example.com:443/', {origin: 'http://b', private: false}], read: ['deploy/'], scheduler: true}
    expect(parse(needs).powers).toEqual({fetch: ['https://change.example.com', 'http://b'], read: ['deploy'], scheduler: true})
    expect(parse({prompt: false, scheduler: false})).toEqual({powers: {}, problems: []})
  })

  it.each([
    ['fetch', 'ftp://a'],
    ['fetch', 'https://a/path'],
    ['fetch', 'https://a/?q'],
    ['fetch', 'https://me:secret@a'],
    ['fetch', 'https://*.example.com'],
    ['fetch', 'example.com'],
    ['fetch', {origin: 'https://a', private: 'yes'}],
    ['fetch', {origin: 'https://a', privat: true}],
    ['exec', 'git status'],
    ['exec', './tool'],
    ['exec', 'bin/tool'],
    ['exec', '/usr/../bin/tool'],
    ['exec', ''],
    ['read', '../other'],
    ['read', '/etc/../root'],
    ['read', 'a\u001b[2J'],
    ['read', 7],
    ['env', 'A=B'],
    ['scheduler', 'a b'],
    ['secret', {name: 'vault', command: 'pass show x'}],
    ['secret', {name: 'vault', command: []}],
    ['secret', {name: 'vault', command: ['sh -c x']}],
    ['secret', {name: 'vault', command: ['pass', '\u001b[8m']}],
  ])('cannot name as %s: %j', (power, item) => {
    expect(parse({[power]: [item]}).problems).toEqual([expect.stringContaining(`'needs.${power}': ${JSON.stringify(item)} must be`)])
  })

  it.each([
    [{fetch: []}, "'needs.fetch' must be a list"],
    [{prompt: ['x']}, "'needs.prompt' must be true or false"],
    [{scheduler: 'west'}, "'needs.scheduler' must be true or false, or a list"],
  ])('%j: %s', (needs, problem) => {
    expect(parse(needs).problems).toEqual([problem])
  })
})

describe('a grant', () => {
  it('covers what it names', () => {
    expect(missingPowers(parse(ALL).powers, parse(ALL).powers)).toEqual({})
    const granted = parse({...ALL, fetch: [{origin: 'https://change.corp', private: true}]}).powers
    expect(missingPowers(parse({fetch: ['https://change.corp']}).powers, granted)).toEqual({})
  })

  it.each<[Powers, Powers, Powers]>([
    [{prompt: true, clock: true}, {prompt: true}, {clock: true}],
    [{fetch: ['https://a', 'https://b']}, {fetch: ['https://a']}, {fetch: ['https://b']}],
    [{fetch: [{origin: 'https://a', private: true}]}, {fetch: ['https://a']}, {fetch: [{origin: 'https://a', private: true}]}],
    [
      {secret: [{name: 'v', command: ['pass', 'b']}]},
      {secret: [{name: 'v', command: ['pass', 'a']}]},
      {secret: [{name: 'v', command: ['pass', 'b']}]},
    ],
    [{scheduler: ['east']}, {scheduler: true}, {scheduler: ['east']}],
    [{scheduler: true}, {scheduler: ['east']}, {scheduler: true}],
  ])('of what %j wants over %j lacks %j', (asked, granted, missing) => {
    expect(missingPowers(asked, granted)).toEqual(missing)
  })

  it('is told in words, the commands of secrets too', () => {
    expect(describePowers(parse(ALL).powers)).toEqual([
      'write to the log',
      'ask you questions on the terminal',
      'make HTTP requests to https://change.example.com, http://10.0.0.5:8080, https://change.corp (also at a private address)',
      'run, with any arguments, the commands git, /usr/bin/kubectl',
      'read the files deploy/*.yaml, /etc/motd',
      'read the environment variables HOME',
      'query the clusters west',
      'keep data of its own',
      'use the secrets TOKEN, vault (from the command: pass show x)',
      'read the clock',
      'make random numbers',
    ])
    expect(describePowers({scheduler: true})).toEqual(["query the operation's cluster"])
  })
})

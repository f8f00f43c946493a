import {describe, expect, it} from 'vitest'
import {parseManifest} from '../../src/hook/manifest.ts'

const OPERATIONS = {'job.create': {}, 'job.kill': {}, 'job.killall': {}}
const HOOK = {name: 'guard', on: ['pre:job.kill'], script: 'guard.js'}
const problems = (hooks: unknown) => parseManifest({hooks}, OPERATIONS).problems

describe('a manifest', () => {
  it('is read with its defaults', () => {
    expect(parseManifest({hooks: [HOOK]}, OPERATIONS)).toEqual({
      problems: [],
      hooks: [
        {
          name: 'guard',
          on: [{phase: 'pre', operation: 'job.kill'}],
          script: 'guard.js',
          when: {},
          needs: {},
          before: [],
          after: [],
          timeoutMs: 5_000,
          onFailure: 'deny',
        },
      ],
    })
  })

  it('is read with all that it can say', () => {
    const full = {
      ...HOOK,
      when: {environment: 'prod', role: ['a', 'b*']},
      needs: {prompt: true, log: false},
      before: ['x'],
      after: ['y'],
      timeout: '1m30s',
      onFailure: 'ignore',
    }
    expect(parseManifest({hooks: [full]}, OPERATIONS).hooks).toEqual([
      expect.objectContaining({
        when: {environment: ['prod'], role: ['a', 'b*']},
        needs: {prompt: true},
        before: ['x'],
        after: ['y'],
        timeoutMs: 90_000,
        onFailure: 'ignore',
      }),
    ])
  })

  it.each([
    [{on: ['pre:job.kil']}, "'pre:job.kil' names an operation that does not exist; did you mean 'job.kill'?"],
    [{on: ['per:job.kill']}, "'per:job.kill' has an unknown phase; did you mean 'pre'?"],
    [{on: ['pre:zzzzzzzz']}, "'pre:zzzzzzzz' names an operation that does not exist"],
    [{on: ['constructor:job.kill']}, "'constructor:job.kill' has an unknown phase"],
    [{on: ['job.kill']}, "'job.kill' is not a point; a point is PHASE:OPERATION, for example pre:job.kill"],
    [{on: [7]}, "'7' is not a point; a point is PHASE:OPERATION, for example pre:job.kill"],
    [{on: []}, '\'on\' must be a list of points, for example ["pre:job.kill"]'],
    [{script: undefined}, "'script' must be the path of the hook's script in the plugin's folder"],
    [{script: 'guard.py'}, "the script 'guard.py' is neither JavaScript nor TypeScript"],
    [{timeout: '5 s'}, '\'timeout\' must be a time span, for example "5s"'],
    [{timeout: 5}, '\'timeout\' must be a time span, for example "5s"'],
    [{timeout: '0s'}, "'timeout' must be between 1s and 10m"],
    [{timeout: '1d'}, "'timeout' must be between 1s and 10m"],
    [{onFailure: 'warn'}, '\'onFailure\' must be "deny" or "ignore"'],
    [{needs: {promt: true}}, "'needs' has an unknown power 'promt'; did you mean 'prompt'?"],
    [{needs: {fetch: true}}, "'needs.fetch' must be a list"],
    [{needs: {prompt: 'yes'}}, "'needs.prompt' must be true or false"],
    [{needs: {constructor: true}}, "'needs' has an unknown power 'constructor'"],
    [{needs: ['prompt']}, '\'needs\' must be an object, for example {"prompt": true}'],
    [{before: 'x'}, "'before' must be a list of hook names"],
    [{whne: {}}, "unknown field 'whne'; did you mean 'when'?"],
  ])('with %j is refused by name', (change, problem) => {
    expect(problems([{...HOOK, ...change}])).toEqual([`hook 'guard': ${problem}`])
  })

  it.each([
    ['', "hook number 1: 'name' must be"],
    ['all', "hook number 1: 'all' cannot be a name"],
    ['a,b', "hook number 1: 'name' must be"],
    ['__proto__', "hook number 1: 'name' must be"],
    ['\u001b[31m', "hook number 1: 'name' must be"],
  ])('cannot name a hook %j', (name, problem) => {
    expect(problems([{...HOOK, name}])).toEqual([expect.stringContaining(problem)])
  })

  it('tells everything that is wrong at once, and keeps the hooks that are right', () => {
    const {hooks, problems} = parseManifest({hooks: [HOOK, HOOK, {name: 'b'}, 7]}, OPERATIONS)
    expect(hooks.map(({name}) => name)).toEqual(['guard'])
    expect(problems.map((text) => text.slice(0, 16))).toEqual([
      "hook 'guard': an",
      "hook 'b': 'on' m",
      "hook 'b': 'scrip",
      'hook number 4: i',
      "hook number 4: '",
      "hook number 4: '",
      "hook number 4: '",
    ])
  })

  it.each([[null], ['x'], [{hooks: {}}]])('%j is none', (aurora) => {
    expect(parseManifest(aurora, OPERATIONS)).toEqual({hooks: [], problems: [expect.stringMatching(/must be/)]})
  })
})

import {existsSync, symlinkSync} from 'node:fs'
import {describe, expect, test, vi} from 'vitest'
import {ask} from '../config/asked-hooks.ts'
import {inFolder, write} from '../config/folder.ts'
import type {Powers} from '../../src/hook/powers.ts'

vi.setConfig({testTimeout: 60_000})

interface Attack {
  body: string
  says: RegExp
  /** Before the class. */
  before?: string
  powers?: Powers
  limitMs?: number
}

/** A hook of a configuration file whose method has this body. */
const hook = ({body, before = ''}: Attack) =>
  `import os, sys\n${before}\nclass Evil(object):\n  def pre_kill_job(self, job_key):\n    ${body.replaceAll('\n', '\n    ')}\n    return True\nhooks = [Evil()]`

const attacks: Record<string, Attack> = {
  spins: {body: 'while True: pass', says: /Evil|a\.aurora|limit|within/, limitMs: 1_000},
  'spins, and catches everything': {
    body: 'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    says: /within|limit|long/,
    limitMs: 1_000,
  },
  backtracks: {body: "import re\nre.match('(a*)*b', 'a' * 40)", says: /within|limit|long/, limitMs: 1_000},
  'takes all memory': {body: "l = []\nwhile True: l.append('x' * 10**6 + str(len(l)))", says: /memory|Memory/},
  recurses: {body: 'def f(n): return f(n + 1)\nf(0)', says: /RecursionError/},
  'recurses without a limit': {body: 'sys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)', says: /stack/},
  'ends its interpreter': {body: 'os._exit(0)', says: /PermissionError|cannot/},
  'leaves by an exit that says all is well': {body: 'sys.exit(0)', says: /SystemExit/},
  'breaks its bytecode': {body: 'f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b"\\xff" * 100)\nf()', says: /./},
  forks: {body: 'os.fork()', says: /PermissionError|OSError/},
  'starts a thread': {body: 'import threading\nthreading.Thread(target=print).start()', says: /PermissionError|RuntimeError/},
  'opens a socket': {body: "import socket\nsocket.create_connection(('127.0.0.1', 22))", says: /Error: .*(network|not granted)/},
  'reads a file of the system': {body: "open('/etc/passwd').read()", says: /PermissionError.*not granted|Permission denied/},
  'reads its environment by /proc': {body: "open('/proc/self/environ').read()", says: /PermissionError.*not granted|Permission denied/},
  'writes a file': {body: "open('canary', 'w').write('x')", says: /PermissionError/},
  'runs a command': {body: "import subprocess\nsubprocess.call(['touch', 'canary'])", says: /exec of touch is not granted/},
  'runs a command by a shell': {body: "os.system('touch canary')", says: /exec of sh is not granted/},
  'runs another command than was granted': {
    body: "import subprocess\nsubprocess.call(['touch', 'canary'], executable='echo')",
    says: /not granted|Error/,
    powers: {exec: ['echo']},
  },
  'asks the host itself for a command': {
    body: "import aurora_host\nprint(aurora_host.call('hook', 'exec', 'touch', ['canary']))\nraise Exception('done')",
    says: /done|not granted/,
  },
  'asks the host for what it has not': {
    body: "import aurora_host\naurora_host.call('hook', 'constructor', 'return process')",
    says: /has no 'constructor'/,
  },
  'asks the host for a prototype': {body: "import aurora_host\naurora_host.call('hook', '__proto__')", says: /has no '__proto__'/},
  'asks the host with what is no list': {body: "import aurora_host\naurora_host.call('hook', {'x': 1}, None)", says: /has no|Error/},
  'asks the host for two commands in one': {
    body: "import aurora_host\nprint(aurora_host.call('hook', 'exec', ['echo', 'touch'], ['canary']))\nraise Exception('done')",
    says: /done|not granted|Error/,
    powers: {exec: ['echo']},
  },
  'gives its power to a shell': {
    body: "import subprocess\nsubprocess.call('echo x; touch canary', shell=True)",
    says: /exec=echo,exec=sh|exec of sh is not granted/,
    powers: {exec: ['echo']},
  },
  'reads beside what was granted': {
    body: "open('given/../private').read()",
    says: /PermissionError|not granted|there is no file/,
    powers: {read: ['given']},
  },
  'reads by a link out of what was granted': {
    body: "open('given/link').read()",
    says: /PermissionError|not granted|denied|there is no file/,
    powers: {read: ['given']},
  },
  'takes the host module apart': {body: 'import aurora_host\naurora_host.os = None\nprint(1)', says: /./},
  'puts the js module back': {
    body: 'del sys.modules["_pyodide_core"], sys.modules["js"]\nimport _pyodide_core',
    says: /ModuleNotFoundError|KeyError|ImportError|which the sandbox does not offer/,
  },
  'puts ctypes back': {body: "del sys.modules['_ctypes']\nimport ctypes\nctypes.CDLL(None)", says: /Error/},
  'says that it is another hook': {body: "type(self).__name__ = 'guard'\nraise Exception('x')", says: /raised Exception: x/},
  'answers with something that is neither yes nor no': {
    body: 'class N(object):\n  def __bool__(self): raise ValueError("neither")\nreturn N()',
    says: /./,
  },
  'raises what cannot be shown': {body: 'class E(Exception):\n  def __str__(self): raise self\nraise E()', says: /E/},
  'raises a megabyte': {body: "raise Exception('x' * 10**6)", says: /^.{1,5000}$/s},
}

describe('a hook of a configuration that', () => {
  test.each(Object.entries(attacks))('%s is held, and denies', async (_name, attack) => {
    write('private', 'secret')
    write('given/file', 'given')
    symlinkSync('/etc/passwd', inFolder('given/link'))
    const {powers, limitMs = 5_000} = attack
    const {reasons, logged} = await ask(hook(attack), {limitMs, ...(powers ? {powers} : {})})
    expect(reasons).toEqual([expect.stringMatching(attack.says)])
    expect(reasons.join('') + logged.join('')).not.toMatch(/root:|secret/)
    expect(existsSync(inFolder('canary'))).toBe(false)
  })

  test('drives no terminal, in what it prints, logs and says', async () => {
    const text = "'\\x1b[2J\\x1b]0;t\\x07\\x9b31m\\u202e'"
    const {reasons, logged} = await ask(
      hook({body: `import logging\nprint('a' + ${text})\nlogging.warning('b' + ${text})\nraise Exception('c' + ${text})`, says: /./}),
    )
    expect(logged).toHaveLength(2)
    // oxlint-disable-next-line no-control-regex
    expect(reasons.join('') + logged.join('')).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
  })

  test.each([
    ['by lines', "for i in range(10**5): print('line')"],
    ['by one line without end', "for i in range(10**5): sys.stdout.write('x' * 10); sys.stdout.flush()"],
    ['by its log', "import logging\nfor i in range(10**5): logging.warning('line')"],
  ])('says too much %s is cut', async (_name, body) => {
    const {logged} = await ask(hook({body, says: /./}), {limitMs: 20_000})
    expect(logged.length).toBeLessThan(2_000)
    expect(logged.every((line) => line.length < 5_000)).toBe(true)
  })
})

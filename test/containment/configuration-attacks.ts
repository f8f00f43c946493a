/** What configurations might try, and what their user is then told: A message names the file and the line where there is one. */
export interface Attack {
  /** The main file is the first one. */
  files: Record<string, string | Buffer>
  code: string
  message: RegExp
  /** It ends by its limit of time. */
  endless?: true
}

const python = (source: string | Buffer, message: RegExp, more: Record<string, string | Buffer> = {}): Attack => ({
  files: {'a.aurora': source, ...more},
  code: 'config.python',
  message,
})
const ending = (code: string, source: string, message: RegExp): Attack => ({...python(source, message), code})
const endless = (source: string, place: RegExp | undefined, more: Record<string, string> = {}): Attack => ({
  files: {'a.aurora': source, ...more},
  code: 'config.timeout',
  message: new RegExp(`a\\.aurora did not end within 1 s${place === undefined ? '' : place.source}$`),
  endless: true,
})
const job = (fields: string): string =>
  `jobs = [Job(cluster='c', role='r', environment='e', name='n', task=Task(processes=[Process(name='p', cmdline='{{x}}')], resources=Resources(cpu=1, ram=1*MB, disk=1*MB)), ${fields})]\n`
const data = (name: string, text: string, code: string, message: RegExp): Attack => ({files: {[name]: text}, code, message})
const NETWORK = /a\.aurora:2: [\w.]+Error: .*a configuration has no network/
const PROCESSES = /a\.aurora:2: PermissionError: os\.\w+: a configuration cannot start or end processes/
const DENIED = /a\.aurora:1: PermissionError: .*Permission denied/
/** What the program hands over instead of what it came to. */
const forged = (outcome: string): string =>
  `import aurora_host, json\nreal = json.dumps\naurora_host.json.dumps = lambda v, **k: real(['@done', ${outcome}] if isinstance(v, list) and v[0] == '@done' else v)\njobs = []`
const handedOver = (objects: string, jobs = '[0]', warnings = '[]'): string =>
  forged(`True, {'objects': ${objects}, 'jobs': ${jobs}, 'files': [], 'hooks': [], 'warnings': ${warnings}}`)
const laughs = `laughs = {'x0': 'ha' * 10}\nfor i in range(1, 40): laughs['x%d' % i] = '{{x%d}}' % (i - 1) * 10\n`

export const attacks: Record<string, Record<string, Attack>> = {
  'that never end': {
    'a loop': endless('x = 1\nwhile True: pass', / \(.*a\.aurora, line 2\)/),
    'a loop in an include': endless(`include('b.aurora')`, / \(.*b\.aurora, line 2\)/, {'b.aurora': '\nwhile True: pass'}),
    'a loop that catches everything': endless('while True:\n  try:\n    while True: pass\n  except BaseException: pass', undefined),
    'a loop in __del__': endless('class A:\n  def __del__(self):\n    while True: pass\nA()', undefined),
    'a long sleep': endless('import time\ntime.sleep(10**6)', undefined),
    'a regular expression that backtracks': endless(`import re\nre.match('(a+)+$', 'a' * 60 + 'b')`, / \(.*a\.aurora, line 2\)/),
    'includes that double in each other language': {
      files: {
        ...Object.fromEntries(
          Array.from({length: 10}, (_, i) => [`a${i}.aurora`, `include('b${i}.ts')\ninclude('./b${i}.ts')\njobs = []`]),
        ),
        ...Object.fromEntries(
          Array.from({length: 9}, (_, i) => [`b${i}.ts`, `import './a${i + 1}.aurora'\nimport '././a${i + 1}.aurora'\nexport const x = 1`]),
        ),
        'b9.ts': 'export const x = 1',
      },
      code: 'config.timeout',
      message: /a0\.aurora did not end within 4 s$/,
      endless: true,
    },
    'a power': endless('9 ** 9 ** 9', / \(.*a\.aurora, line 1\)/),
    'output without end': endless(`while True: print('x' * 10**6)`, / \(.*a\.aurora, line 1\)/),
    'memory that is always caught': endless(
      `l = []\nwhile True:\n  try: l.append('x' * 10**6 + str(len(l)))\n  except MemoryError: pass`,
      /( \(.*a\.aurora, line \d\))?/,
    ),
  },
  'that want too much': {
    'a string of a gigabyte': ending('config.memory', `\nx = 'a' * 10**9`, /more than 256 MB of memory \(.*a\.aurora, line 2\)$/),
    'strings that pile up': ending(
      'config.memory',
      `l = []\nwhile True: l.append('x' * 10**6 + str(len(l)))`,
      /more than 256 MB of memory/,
    ),
    'a job of 50 MB': ending('config.memory', job(`contact='x' * 50_000_000`), /the result has 500\d+ bytes, which is too large/),
    'a job of 150 MB': ending(
      'config.memory',
      job(`metadata=[Metadata(key='k', value=str(i) * 10**6) for i in range(150)]`),
      /memory|large/,
    ),
    'a job of 90 MB in TypeScript': data(
      'a.ts',
      `const many = Array(1000).fill(Array(1000).fill(Array(30).fill([])))\nObject.prototype.toJSON = function () { return 'objects' in this ? {...this, objects: many} : this }\nexport default []`,
      'config.javascript',
      /a\.ts: a message of \d+ bytes is larger than the limit/,
    ),
    'a million jobs': ending('config.records', `${job('')}jobs = jobs * 10**6`, /defines 1000000 jobs; a configuration may have 100000/),
    'a file of 100 MB': ending('config.too-large', '#'.repeat(100 << 20), /has 104857600 bytes; a configuration may have 8388608/),
    'an include of 9 MB': python(`include('b.aurora')`, /a\.aurora:1: OSError: .*File too large/, {'b.aurora': '#'.repeat(9 << 20)}),
    'a number of 5000 digits': python(job('instances=10**5000'), /Exceeds the limit \(4300 digits\)/),
  },
  'that are too deep': {
    recursion: python('def f(n): return f(n + 1)\nf(0)', /a\.aurora:1: RecursionError: /),
    'recursion without a limit': ending(
      'config.lost',
      'import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)',
      /a\.aurora: the Python program overran its stack/,
    ),
    'a list in a list in a list': ending(
      'config.lost',
      `x = 'a'\nfor i in range(10**5): x = [x]\njobs = [Job(name=x)]`,
      /overran its stack/,
    ),
    'a list that holds itself': python(
      'l = []\nl.append(l)\njobs = [Job(container=l)]',
      /RecursionError|nested|no attribute|IsNotMapping|expects/,
    ),
    'types of types': python(
      `T, v = String, 'a'\nfor i in range(300): T, v = List(T), [v]\nprint(T(v))`,
      /a\.aurora:3: .*values are nested more than 200 levels deep/,
    ),
    parentheses: python(`x = ${'('.repeat(5000)}${')'.repeat(5000)}`, /a\.aurora:1: SyntaxError: too many nested parentheses/),
    'a sum of 200,000': ending('config.lost', `x = ${'1+'.repeat(200_000)}1`, /overran its stack/),
    'JSON in JSON': data('a.json', '['.repeat(100_000), 'config.json', /a\.json.*(nested too deeply|JSON)/),
    'YAML in YAML': data('a.yaml', '['.repeat(100_000), 'config.yaml', /a\.yaml/),
    'aliases of aliases': data(
      'a.yaml',
      `a0: &a0 [x, x]\n${Array.from({length: 40}, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]\n`).join('')}jobs: *a40\n`,
      'config.yaml',
      /a\.yaml/,
    ),
  },
  'that refer to themselves': {
    'includes in a circle': python(`include('b.aurora')`, /b\.aurora:1: RecursionError: .*a\.aurora includes itself/, {
      'b.aurora': `include('a.aurora')`,
    }),
    'includes in a circle of ten': python(`include('b1')`, /b9:1: RecursionError: .*b1 includes itself/, {
      ...Object.fromEntries(Array.from({length: 8}, (_, i) => [`b${i + 1}`, `include('b${i + 2}')`])),
      b9: `include('b1')`,
    }),
    'includes of includes': python(
      `include('b0')`,
      /b\d+:1: RecursionError: more than 100 files include one another/,
      Object.fromEntries(Array.from({length: 120}, (_, i) => [`b${i}`, `include('b${i + 1}')`])),
    ),
    'two fields': ending(
      'config.invalid',
      job(`contact='{{tier}}', tier='{{contact}}'`),
      /a\.aurora(:1)?: jobs\[0\]\.contact: .*Maximum replacements reached/,
    ),
    'a field of its own': ending('config.invalid', job(`contact='{{self.contact}}'`), /jobs\[0\]\.contact: .*Maximum replacements reached/),
    'a struct within itself': ending(
      'config.invalid',
      `p = Profile = None\nclass P(Struct):\n  a = String\np = P(a='{{p}}')\n${job(`contact='{{p}}'`)}jobs = [jobs[0].bind(p=p, x='')]`,
      /jobs\[0\]\.contact: .*Maximum replacements reached/,
    ),
    'a billion laughs': ending(
      'config.invalid',
      `${laughs}${job(`contact='{{x39}}'`)}jobs = [jobs[0].bind(**laughs)]`,
      /grows beyond all bounds/,
    ),
    'a billion lists in one another': ending(
      'config.invalid',
      `L, v = List(String), ['a']\nfor i in range(40): L, v = List(L), [L(v), L(v)]\n${job(`contact='{{x}}'`)}jobs = [jobs[0].bind(x=L(v))]`,
      /grows? beyond all bounds/,
    ),
    'a billion laughs while it runs': python(`${laughs}print(String('{{x39}}').bind(**laughs))`, /a\.aurora:3: .*grows beyond all bounds/),
  },
  'that are no text': {
    junk: python(Buffer.from(Array.from({length: 4096}, (_, i) => (i * 7919 + 13) % 256)), /a\.aurora:\d+: SyntaxError: /),
    'null bytes': python('jobs = []\n\0\n', /a\.aurora:2: SyntaxError: this is no text/),
    'UTF-16': python(Buffer.from('\uFEFFjobs = []', 'utf16le'), /a\.aurora(:1)?: SyntaxError: /),
    'bytes that are no UTF-8': python(Buffer.from('x = "\xFF"', 'latin1'), /a\.aurora:1: SyntaxError: /),
    'JSON that is none': data('a.json', '\0\u0001{', 'config.json', /a\.json/),
  },
  'that look where they may not': {
    'an include of /etc/passwd': python(`include('/etc/passwd')`, DENIED),
    'reading /etc/passwd': python(`open('/etc/passwd').read()`, DENIED),
    'an include from above': python(`include('../../../../../../../../etc/passwd')`, DENIED),
    'an include of a link out': python(`include('link')`, DENIED),
    'a link to a folder out': python(`open('links/passwd')`, DENIED),
    'the environment of a process': python(`open('/proc/self/environ').read()`, DENIED),
    'a device': python(`open('/dev/zero').read()`, DENIED),
    'a path without end': python(`import os\nos.stat('a/' * 10**6)`, /a\.aurora:2: OSError: \[Errno 36\]/),
    'a pipe': python(`include('pipe')`, /a\.aurora:1: OSError: .*Not a regular file/),
    'a folder': python(`include('.')`, /a\.aurora:1: IsADirectoryError: /),
    'the host behind Python': python(
      `import aurora_host\nraise Exception(aurora_host.call('include', '/etc/passwd', '/etc/x'))`,
      /a\.aurora:2: Exception: \{'errno': \[13, /,
    ),
  },
  'that reach for the system': {
    'writing a file': python(`open('x', 'w')`, /a\.aurora:1: PermissionError: .*read files, not write them/),
    'removing a file': python(`import os\nos.remove('a.aurora')`, /a\.aurora:2: PermissionError: .*read files, not write them/),
    'a socket': python(`import socket\nsocket.create_connection(('127.0.0.1', 80))`, NETWORK),
    'a name server': python(`import socket\nsocket.getaddrinfo('example.com', 80)`, NETWORK),
    'a download': python(`import urllib.request\nurllib.request.urlopen('http://127.0.0.1/')`, NETWORK),
    'a process': python(
      `import subprocess\nsubprocess.check_output(['id'])`,
      /a\.aurora:2: PermissionError: .*cannot start or end processes/,
    ),
    'a process by popen': python(`import os\nos.popen('id').read()`, PROCESSES),
    'a fork': python('import os\nos.fork()', PROCESSES),
    'another program': python(`import os\nos.execv('/bin/sh', ['sh'])`, PROCESSES),
    'a thread': python(
      'import threading\nthreading.Thread(target=print).start()',
      /a\.aurora:2: PermissionError: .*a configuration cannot start threads/,
    ),
    'the js module': python('import js', /a\.aurora:1: ModuleNotFoundError: /),
    'the pyodide module': python('from pyodide.code import run_js', /a\.aurora:1: ModuleNotFoundError: /),
    'the core of pyodide': python('import _pyodide_core', /a\.aurora:1: ModuleNotFoundError: /),
    ctypes: python('import ctypes', /a\.aurora:1: ModuleNotFoundError: /),
    'ctypes, put back': python(
      `import sys\ndel sys.modules['_ctypes']\nimport ctypes\nctypes.CDLL(None)`,
      /a\.aurora:3: ModuleNotFoundError: .*cannot reach code outside of Python/,
    ),
    'a constructor of the host': python(
      `import aurora_host\naurora_host.call('constructor', 'return process')`,
      /a\.aurora:2: NameError: the host has no function 'constructor'/,
    ),
    'a type of the host that is none': python(
      `import aurora_host\naurora_host.call('type', ['struct', 'MesosJob', [['__proto__', 0, True]]])`,
      /a\.aurora:2: .*there is no type 0/,
    ),
    'nothing in place of the jobs': ending('config.lost', forged('True, {}'), /a\.aurora: it broke the code that runs it$/),
    'warnings that are none': ending('config.lost', handedOver('[]', '[]', '[None]'), /a\.aurora: it broke the code that runs it$/),
    'objects that are none': ending('config.records', handedOver('[5]'), /a\.aurora: a list is expected$/),
    'an error of 30 MB': ending('config.python', forged(`False, {'type': 'E', 'message': 'x' * 10_000}`), /a\.aurora: E: x+$/),
    'a text of lists in one another': ending(
      'config.records',
      `import aurora_host\nfor i in range(40): aurora_host.call('type', ['list', i - 1 if i else 'String'])\n${handedOver(
        `[[0, ['a'], []]] + [[i + 1, [[i], [i]], []] for i in range(39)] + [['MesosJob', {'contact': [39]}, []]]`,
        '[40]',
      )}`,
      /a\.aurora: .*grows beyond all bounds/,
    ),
    'types that are told apart by all that they consist of': ending(
      'config.records',
      `import aurora_host\nfor i in range(80): aurora_host.call('type', ['struct', 'S', [[n, i - 2 if i > 1 else 'String', False] for n in 'ab']])\naurora_host.call('type', ['list', 78])\n${handedOver(
        `[[79, {}, []], [80, [[0]], []]]`,
      )}`,
      /a\.aurora: an object among the jobs is none/,
    ),
    'a type with an endless name': ending(
      'config.python',
      `import aurora_host\nfor i in range(40): aurora_host.call('type', ['map', i - 1, i - 1] if i else ['list', 'String'])`,
      /a\.aurora:2: .*the name of a type has more than 10000 characters/,
    ),
    'taking the host apart': ending('config.lost', 'import aurora_host\naurora_host.os = None', /broke its connection to the host/),
  },
  'that end in their own way': {
    'sys.exit(0)': python('import sys\nsys.exit(0)', /a\.aurora:2: SystemExit: 0/),
    'os._exit(0)': python('import os\nos._exit(0)', PROCESSES),
    'killing itself': python('import os\nos.kill(os.getpid(), 9)', PROCESSES),
    'killing its parent': python('import os\nos.kill(os.getppid(), 9)', PROCESSES),
    abort: python('import os\nos.abort()', PROCESSES),
    KeyboardInterrupt: python('raise KeyboardInterrupt()', /a\.aurora:1: KeyboardInterrupt/),
    'an error that cannot be shown': python('class E(Exception):\n  def __str__(self): raise self\nraise E()', /a\.aurora.*E/),
    'jobs without end': python('import itertools\njobs = itertools.count()', /a\.aurora:2: TypeError: jobs\[0\] is no job but int/),
    'jobs that are none': python(
      'class L(list):\n  def __iter__(self):\n    while True: yield 1\njobs = L()',
      /jobs\[0\] is no job but int/,
    ),
  },
  'in TypeScript': {
    'that never end': {...data('a.ts', 'while (true) {}', 'config.timeout', /a\.ts did not end within 1 s/), endless: true},
    'that take all memory': data(
      'a.ts',
      `const l: string[] = []\nfor (;;) l.push('x'.repeat(1e6) + l.length)`,
      'config.memory',
      /a\.ts used more than \d+ MB/,
    ),
    'that recurse': data(
      'a.ts',
      'const f = (n: number): number => f(n + 1) + 1\nf(0)',
      'config.javascript',
      /a\.ts:1.*: .*Maximum call stack size/,
    ),
    'that import /etc/passwd': data(
      'a.ts',
      `import '/etc/passwd'`,
      'config.javascript',
      /a\.ts: cannot import '\/etc\/passwd': Permission denied/,
    ),
    'that import a large file by many names': {
      files: {
        'a.ts': Array.from({length: 20}, (_, i) => `import '${'./'.repeat(i + 1)}b.json'\n`).join(''),
        'b.json': JSON.stringify('x'.repeat(5 << 20)),
      },
      code: 'config.javascript',
      message: /a\.ts: its imports have more than 64 MB/,
    },
    'that import Node': data('a.ts', `import 'node:child_process'`, 'config.javascript', /a\.ts: cannot import 'node:child_process'/),
    'that look for the process': data('a.ts', 'process.exit(0)', 'config.javascript', /a\.ts:1.*process is not defined/),
    'that look for it in a constructor': data(
      'a.ts',
      `console.log.constructor('return process')().exit()`,
      'config.javascript',
      /a\.ts:1.*(process is not defined|Code generation)/,
    ),
    'that fetch': data('a.ts', `\nfetch('http://127.0.0.1/')`, 'config.javascript', /a\.ts:2.*fetch is not defined/),
    'that are none': data('a.ts', '\nexport const = 1', 'config.javascript', /a\.ts/),
  },
}

/** What a configuration file might try, and how it must end: by a Python exception, a trap that costs the interpreter, or to no effect. */
export interface Attack {
  source: string
  ends: string
  prints?: string
}

const withForeignFunctions = "import sys\ndel sys.modules['_ctypes']\nimport ctypes\n"

export const attacks: Record<string, Attack> = {
  'a string of a gigabyte': {source: "x = 'a' * 10**9", ends: 'MemoryError'},
  'a list that doubles': {source: 'l = [0]\nwhile True: l += l', ends: 'MemoryError'},
  'strings that pile up': {source: "l = []\nwhile True: l.append('x' * 10**6 + str(len(l)))", ends: 'MemoryError'},
  'a function that calls itself': {source: 'def f(n): return f(n + 1)\nf(0)', ends: 'RecursionError'},
  'a repr of itself': {source: 'class A:\n  def __repr__(s): return repr(s)\nrepr(A())', ends: 'RecursionError'},
  'an attribute that looks itself up': {
    source: 'class A:\n  def __getattr__(s, k): return getattr(s, k + "x")\nA().y',
    ends: 'RecursionError',
  },
  'recursion without a limit': {source: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)', ends: 'trap stack'},
  'a deep list': {source: 'x = []\nfor i in range(10**6): x = [x]\nrepr(x)', ends: 'trap stack'},
  'deep JSON': {source: "import json\njson.loads('[' * 10**6)", ends: 'trap stack'},
  'deep parentheses': {source: "eval('(' * 5000 + ')' * 5000)", ends: 'SyntaxError'},
  'os._exit': {source: 'import os\nos._exit(3)', ends: 'trap exit'},
  'sys.exit': {source: 'import sys\nsys.exit(3)', ends: 'SystemExit'},
  abort: {source: 'import os\nos.abort()', ends: 'trap abort'},
  'a crash on purpose': {source: 'import faulthandler\nfaulthandler._sigsegv()', ends: 'trap abort'},
  'broken bytecode': {source: 'f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b"\\xff" * 100)\nf()', ends: 'trap abort'},
  'killing itself': {source: 'import os\nos.kill(os.getpid(), 9)', ends: 'trap exit'},
  'killing its parent': {source: 'import os\nos.kill(os.getppid(), 9)', ends: 'PermissionError'},
  ctypes: {source: 'import ctypes', ends: 'ModuleNotFoundError'},
  'ctypes, put back': {source: `${withForeignFunctions}ctypes.CDLL(None).emscripten_run_script(b"1")`, ends: 'trap blocked'},
  'poking memory': {source: `${withForeignFunctions}ctypes.c_uint.from_address(4194304).value = 1`, ends: 'trap blocked'},
  'the js module': {source: 'import js', ends: 'ModuleNotFoundError'},
  'the js module, put back': {
    source: 'import sys\ndel sys.modules["_pyodide_core"], sys.modules["js"]\nimport _pyodide_core',
    ends: 'trap blocked',
  },
  run_js: {source: 'from pyodide.code import run_js\nrun_js("1")', ends: 'ModuleNotFoundError'},
  'reading a file of the host': {source: 'open("/etc/passwd")', ends: 'FileNotFoundError'},
  'climbing out of the files': {source: 'open("/lib/../../../../etc/passwd")', ends: 'FileNotFoundError'},
  'writing a file': {source: 'open("/tmp/x", "w")', ends: 'OSError'},
  'removing a file': {source: 'import os\nos.remove("/lib/python314.zip")', ends: 'OSError'},
  'the process table': {source: 'import os\nos.listdir("/proc")', ends: 'FileNotFoundError'},
  'the environment': {source: 'import os\nprint(dict(os.environ))', ends: 'returned', prints: '{}\n'},
  'a socket': {source: 'import socket\nsocket.socket().connect(("127.0.0.1", 80))', ends: 'OSError'},
  'a name server': {source: 'import socket\nsocket.getaddrinfo("example.com", 80)', ends: 'gaierror'},
  'a subprocess': {source: 'import subprocess\nsubprocess.run(["ls"])', ends: 'OSError'},
  'os.system': {source: 'import os\nprint(os.system("id"))', ends: 'returned', prints: '-1\n'},
  'a fork': {source: 'import os\nos.fork()', ends: 'OSError'},
  'a thread': {source: 'import threading\nthreading.Thread(target=print).start()', ends: 'RuntimeError'},
  'reading all descriptors': {
    source: 'import os\nfor fd in range(4, 50):\n  try: print(os.read(fd, 10))\n  except OSError: pass',
    ends: 'returned',
    prints: '',
  },
  'using up descriptors': {source: 'import os\nfds = []\nwhile True: fds.append(os.open("/lib", 0))', ends: 'OSError'},
  'closing all descriptors': {source: 'import os\nfor fd in range(2000):\n  try: os.close(fd)\n  except OSError: pass', ends: 'trap trap'},
  'taking the host module apart': {source: 'import aurora_host\naurora_host.os = None', ends: 'trap trap'},
  'a constructor of the host': {source: 'import aurora_host\naurora_host.call("constructor", "return process")', ends: 'NameError'},
  'a prototype of the host': {source: 'import aurora_host\naurora_host.call("__proto__")', ends: 'NameError'},
  'a host request that is no JSON': {
    source:
      'import os\nfd = os.open("/dev/host", 0)\nfor b in (b"{", b"\\xff", b"5", b"[1]", b"[" * 10**6):\n  os.write(fd, b); print(os.read(fd, 20)[:7])',
    ends: 'returned',
    prints: "b'[false,'\n".repeat(5),
  },
  'a host request that is too large': {source: 'import aurora_host\naurora_host.call("ask", "x" * (33 << 20))', ends: 'OSError'},
  'a host reply that is too large': {source: 'import aurora_host\naurora_host.call("big")', ends: 'MemoryError'},
  'a forged outcome': {source: 'import aurora_host\naurora_host.call("@done", False, 5)', ends: 'returned'},
  'an exception that cannot be shown': {
    source: 'class E(BaseException):\n  def __str__(s): return 5\n  __class__ = property(lambda s: 1 / 0)\nraise E()',
    ends: 'E',
  },
}

/** What only the end of the child stops. */
export const endless: Record<string, string> = {
  'a loop': 'while True: pass',
  'a loop that catches everything': 'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
  'a loop in C': 'max(range(10**12))',
  'a regular expression': 'import re\nre.match("(a*)*b", "a" * 40)',
}

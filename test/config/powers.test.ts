import {hostname} from 'node:os'
import {describe, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {printed, refusal, write} from './folder.ts'

describe('what a configuration cannot do is refused by its name', () => {
  test.each([
    ['subprocess.check_output(["ls"])', 'subprocess.check_output: a configuration cannot start or end processes'],
    ['subprocess.Popen("ls")', 'subprocess.Popen: a configuration cannot start or end processes'],
    ['os.system("ls")', 'os.system: a configuration cannot start or end processes'],
    ['os.popen("ls")', 'os.popen: a configuration cannot start or end processes'],
    ['os.fork()', 'os.fork: a configuration cannot start or end processes'],
    ['os.execvp("ls", ["ls"])', 'os.execvp: a configuration cannot start or end processes'],
    ['os._exit(0)', 'os._exit: a configuration cannot start or end processes'],
    ['commands.getoutput("ls")', 'subprocess.getoutput: a configuration cannot start or end processes'],
    ['multiprocessing.Process(target=print).start()', 'multiprocessing: a configuration cannot start or end processes'],
    ['socket.create_connection(("localhost", 80))', 'socket.create_connection: a configuration has no network'],
    ['socket.gethostbyname("localhost")', 'socket.gethostbyname: a configuration has no network'],
    ['socket.socket()', 'socket.socket: a configuration has no network'],
    ['urllib2.urlopen("http://localhost/")', '<urlopen error socket.create_connection: a configuration has no network>'],
    ['raw_input("which? ")', 'raw_input: a configuration cannot ask questions'],
  ])('%s', async (expression, message) => {
    const error = await refusal(write('a.aurora', `import commands, multiprocessing, os, socket, subprocess, urllib2\n${expression}`))
    expect(error.message).toContain(`a.aurora:2: `)
    expect(error.message).toContain(`${message}\n`)
    expect(error.message).toContain(`\n    ${expression}\n`)
    expect(error.message).not.toMatch(/<aurora|\/lib\/python/)
    expect(error.remedy).toContain('--bind')
  })

  test.each([
    ['import threading; threading.Thread(target=print).start()', 'threading.Thread.start: a configuration cannot start threads'],
    ['import ctypes', 'ctypes: a configuration cannot reach code outside of Python'],
    ['import os; os.mkdir("x")', "A configuration may read files, not write them: 'x'"],
    ['import os; os.remove("a.aurora")', "A configuration may read files, not write them: 'a.aurora'"],
    ['open("x", "a")', "A configuration may read files, not write them: 'x'"],
  ])('%s', async (line, message) => {
    expect((await refusal(write('a.aurora', line))).message).toContain(message)
  })

  test('so that a file may go on without', async () => {
    const source = `
import subprocess
try:
  revision = subprocess.check_output(['git', 'rev-parse', 'HEAD'])
except (OSError, subprocess.CalledProcessError):
  revision = 'unknown'
print(revision)`
    expect(await printed(source)).toBe('unknown\n')
  })
})

test('the library that configurations import is there', async () => {
  const names = `argparse base64 collections configparser copy csv dataclasses datetime decimal enum fnmatch fractions functools getpass glob hashlib io itertools json
    logging math operator os os.path pathlib platform pprint random re socket string struct subprocess sys tempfile textwrap time typing urllib.parse uuid zlib`
  expect(await printed(`import ${names.split(/\s+/).join(', ')}\nprint('all')`)).toBe('all\n')
})

test('whoever runs it is known under every name that Python has for it, and nobody else', async () => {
  const source = `import getpass, os, pwd\nprint(getpass.getuser(), os.getlogin(), pwd.getpwuid(os.getuid()).pw_name, os.path.expanduser('~/x'))`
  expect(await printed(source, {env: {USER: 'jane', HOME: '/home/jane'}})).toBe('jane jane jane /home/jane/x\n')
  expect((await refusal(write('a.aurora', 'import pwd\npwd.getpwnam("nobody")'))).message).toContain(
    "'nobody': a configuration knows the user who runs it",
  )
})

test('the machine is the Linux that jobs run on', async () => {
  expect(await printed('import os, platform, sys\nprint(sys.platform, platform.system(), os.uname()[0])')).toBe('linux Linux Linux\n')
})

test('the name of this machine is granted, and an input', async () => {
  expect(await printed('import os, platform, socket\nprint(socket.gethostname(), platform.node(), os.uname()[1])')).toBe(
    `${hostname()} `.repeat(3).trim() + '\n',
  )
  const {inputs} = await loadConfig(write('a.aurora', 'import socket\nsocket.gethostname()'))
  expect(inputs.hostname).toBe(hostname())
})

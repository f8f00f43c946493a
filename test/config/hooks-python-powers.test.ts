import {createServer, type Server} from 'node:http'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {ask} from './asked-hooks.ts'
import {inFolder, write} from './folder.ts'

/** A hook whose method has this body. */
const hook = (body: string, before = '') =>
  `import os, subprocess\n${before}\nclass K(object):\n  def pre_kill_job(self, job_key):\n    ${body.replaceAll('\n', '\n    ')}\nhooks = [K()]`

const grantCommand = (items: string) => `aurora hooks grant ${inFolder('a.aurora')} --allow ${items}`

describe('a command', () => {
  test('that nobody granted stops the call, and says how to grant it', async () => {
    const {reasons} = await ask(hook("return subprocess.call(['git', 'status']) == 0"))
    expect(reasons).toEqual([
      expect.stringMatching(/raised PermissionError: exec of git is not granted to it\. .*\(.*a\.aurora, line 5\)$/),
    ])
    expect(reasons[0]).toContain(grantCommand('exec=git'))
  })

  test('that was granted runs, as subprocess and os have it', async () => {
    const {reasons, logged} = await ask(
      hook(`print(subprocess.check_output(['echo', 'one', 'two']))
print(subprocess.check_output('echo', text=True) == '\\n', subprocess.call(['false']))
try: subprocess.check_call(['false'])
except subprocess.CalledProcessError as e: print(e.returncode, e.cmd)
done = subprocess.run(['cat'], input='fed', capture_output=True, text=True)
print(done.stdout, done.returncode)
p = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(p.communicate(b'in'), p.returncode, p.wait())
p = subprocess.Popen('echo err >&2; echo out; exit 3', shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
print(sorted(p.communicate()[0].split()), p.returncode)
print(os.popen('echo popen').read().strip(), os.system('exit 2'), subprocess.getoutput('echo got'))
subprocess.call(['echo', 'told'])
subprocess.run(['sleep', '9'], timeout=0.1)`),
      {powers: {exec: ['echo', 'false', 'cat', 'sh', 'sleep']}},
    )
    expect(logged).toEqual(
      ["b'one two\\n'", 'True 1', "1 ['false']", 'fed 0', "(b'in', None) 0 0", "['err', 'out'] 3", 'popen 512 got', 'told'].map(
        (line) => `info K: ${line}`,
      ),
    )
    expect(reasons).toEqual([expect.stringContaining('it took too long')])
  })

  test('is one of those that were granted, and no shell is among them', async () => {
    const powers = {exec: ['git', 'no-such-command']}
    expect((await ask(hook("subprocess.call('git status; id', shell=True)"), {powers})).reasons[0]).toContain(
      grantCommand('exec=git,exec=no-such-command,exec=sh'),
    )
    expect((await ask(hook("subprocess.call(['no-such-command'])"), {powers})).reasons).toEqual([
      expect.stringContaining('raised FileNotFoundError'),
    ])
  })

  test('is none of the file itself, while it is evaluated', async () => {
    const file =
      "import subprocess\ntry: subprocess.check_output(['id'])\nexcept OSError as e: refused = str(e)\nelse: refused = 'not refused'\n"
    const {logged} = await ask(`${file}class K(object):\n  def pre_kill_job(self, job_key): print(refused)\nhooks = [K()]`, {
      powers: {exec: ['id']},
    })
    expect(logged).toEqual(['info K: subprocess.check_output: a configuration cannot start or end processes'])
  })
})

describe('a grant', () => {
  const powers = {exec: ['echo']}

  test('is of the code as it was: a file that changed since has none', async () => {
    write('lib.py', 'WORD = 1')
    write('more.aurora', 'more = 1')
    const source = hook(
      "subprocess.call(['echo', str(lib.WORD)])",
      "import sys; sys.path.insert(0, os.path.dirname(os.path.abspath('.')) or '.')\ninclude('more.aurora')",
    )
    const granted = source.replace('lib.WORD', 'more')
    expect((await ask(granted, {powers})).reasons).toEqual([])
    expect((await ask(granted)).reasons).toEqual([])
    write('more.aurora', 'more = 2')
    expect((await ask(granted)).reasons).toEqual([expect.stringContaining('is not what was granted')])
  })

  test('is not of modules that a hook imports while it runs', async () => {
    write('late.py', 'WORD = 1')
    const {reasons} = await ask(hook(`import sys\nsys.path.insert(0, '${inFolder('.')}')\nimport late\nsubprocess.call(['echo', 'x'])`), {
      powers,
    })
    expect(reasons).toEqual([expect.stringContaining('a module that a hook imports while it runs is not part of that')])
  })

  test('is of modules that the file imports', async () => {
    write('early.py', 'WORD = "early"')
    const source = hook("subprocess.call(['echo', early.WORD])", `import sys\nsys.path.insert(0, '${inFolder('.')}')\nimport early`)
    expect(await ask(source, {powers})).toMatchObject({reasons: [], logged: ['info K: early']})
    write('early.py', 'WORD = "another"')
    expect((await ask(source)).reasons).toEqual([expect.stringContaining('is not what was granted')])
  })
})

describe('a request', () => {
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += String(part)))
      request.on('end', () => {
        response.statusCode = request.url === '/missing' ? 404 : 200
        response.end(JSON.stringify({method: request.method, url: request.url, body, token: request.headers['x-token']}))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  test('to an origin that was granted is made by urllib and requests', async () => {
    const {reasons, logged} = await ask(
      hook(`import json, urllib.request, urllib2, requests
from urllib.error import HTTPError
print(json.load(urllib.request.urlopen('${origin}/a?b=c'))['url'])
with urllib2.urlopen(urllib2.Request('${origin}/p', 'x=1', {'X-Token': 't'})) as answer:
  told = json.loads(answer.read())
  print(answer.getcode(), told['method'], told['body'], told['token'])
try: urllib2.urlopen('${origin}/missing')
except HTTPError as e: print(e.code)
r = requests.post('${origin}/r', json={'a': 1})
print(r.status_code, r.json()['body'], requests.get('${origin}/q', params={'z': 'y'}).json()['url'])
print(requests.get('${origin}/missing').ok)`),
      {powers: {fetch: [origin]}},
    )
    expect(reasons).toEqual([])
    expect(logged).toEqual(['/a?b=c', '200 POST x=1 t', '404', '200 {"a": 1} /q?z=y', 'False'].map((line) => `info K: ${line}`))
  })

  test.each(['import urllib2; urllib2.urlopen', 'import requests; requests.get'])('to another origin stops the call: %s', async (open) => {
    const {reasons} = await ask(hook(`${open}('${origin}/x')`), {powers: {fetch: ['https://example.com']}})
    expect(reasons).toEqual([expect.stringContaining(grantCommand(`fetch=https://example.com,fetch=${origin}`))])
  })

  test('is none of the file itself, while it is evaluated', async () => {
    const file = `import urllib2\ntry: urllib2.urlopen('${origin}')\nexcept IOError as e: refused = str(e)\nelse: refused = 'not refused'\n`
    const {logged} = await ask(`${file}class K(object):\n  def pre_kill_job(self, job_key): print(refused)\nhooks = [K()]`, {
      powers: {fetch: [origin]},
    })
    expect(logged).toEqual([expect.stringContaining('a configuration has no network')])
  })
})

describe('a file outside of the project', () => {
  const outside = mkdtempSync(join(tmpdir(), 'aurora-outside-'))
  const file = join(outside, 'list.txt')
  beforeAll(() => writeFileSync(file, 'frozen\njobs\n'))
  afterAll(() => rmSync(outside, {recursive: true}))

  test('is read where it was granted', async () => {
    const body = `with open('${file}') as f: print([line.strip() for line in f])\nprint(open('${file}', 'rb').read())`
    expect(await ask(hook(body), {powers: {read: [outside]}})).toMatchObject({
      reasons: [],
      logged: ["info K: ['frozen', 'jobs']", "info K: b'frozen\\njobs\\n'"],
    })
  })

  test('stays closed otherwise', async () => {
    expect((await ask(hook(`open('${file}')`))).reasons).toEqual([expect.stringContaining(grantCommand(`read=${file}`))])
    expect((await ask(hook(`open('${file}', 'w')`), {powers: {read: [outside]}})).reasons).toEqual([
      expect.stringContaining('not write them'),
    ])
  })
})

import {describe, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {inFolder, printed, refusal, write} from './folder.ts'

describe('habits of Python 2 that still work', () => {
  test.each([
    [
      'names',
      `[isinstance('x', (str, unicode)), isinstance('x', basestring), list(xrange(2)), long(3), unichr(65), reduce(lambda a, b: a + b, [1, 2]), cmp(1, 2), apply(max, (1, 2)), intern('x')]`,
      "[True, True, [0, 1], 3, 'A', 3, -1, 2, 'x']",
    ],
    [
      'methods of dictionaries',
      `[list(d.iteritems()), list(d.iterkeys()), list(d.itervalues()), d.has_key('a'), d.has_key('b'), list(d.viewkeys())]`,
      "[[('a', 1)], ['a'], [1], True, False, ['a']]",
    ],
    [
      'methods of their kin',
      `[collections.OrderedDict(d).has_key('a'), list(collections.defaultdict(int, d).iteritems()), os.environ.has_key('NOPE')]`,
      "[True, [('a', 1)], False]",
    ],
    [
      'sorting with cmp',
      `[sorted([1, 3, 2], cmp=lambda a, b: b - a), sorted([1, 3, 2], lambda a, b: b - a), sorted([1, 2], reverse=True), sorted('bA', key=str.lower)]`,
      "[[3, 2, 1], [3, 2, 1], [2, 1], ['A', 'b']]",
    ],
    ['text', `['x'.decode('utf-8'), string.join(['a', 'b'], '-'), string.upper('x'), string.letters[:3]]`, "['x', 'a-b', 'X', 'abc']"],
    [
      'itertools, sys, os',
      `[list(itertools.izip([1], [2])), list(itertools.imap(str, [1])), sys.maxint, os.getcwdu() == os.getcwd()]`,
      "[[(1, 2)], ['1'], 9223372036854775807, True]",
    ],
    [
      'renamed modules',
      `[urlparse.urljoin('http://a/b', 'c'), StringIO.StringIO('x').read(), urllib.quote('a b'), urllib2.quote('/ '), cPickle.loads(cPickle.dumps(1)), pipes.quote('a b')]`,
      `['http://a/c', 'x', 'a%20b', '/%20', 1, "'a b'"]`,
    ],
    ['names of types', `[isinstance('x', types.StringTypes), types.DictType is dict, types.NoneType is type(None)]`, '[True, True, True]'],
    ['unreloaded modules', `[reload(sys) is sys, sys.setdefaultencoding('utf8')]`, '[True, None]'],
  ])('%s', async (_, expression, value) => {
    const head =
      'import ConfigParser, Queue, StringIO, __builtin__, cPickle, cStringIO, collections, commands, itertools, os, pipes, string, sys, types, urllib, urllib2, urlparse\nd = {"a": 1}\n'
    expect(await printed(`${head}print(${expression})`)).toBe(`${value}\n`)
  })

  test('list.sort with a function', async () => {
    expect(await printed('l = [1, 3, 2]\nl.sort(lambda a, b: b - a)\nprint(l)\nl.sort()\nprint(l)')).toBe('[3, 2, 1]\n[1, 2, 3]\n')
  })

  test('the imports at the top of real files', async () => {
    const source = `
from __future__ import print_function
import pystachio
from pystachio import *
from pystachio.composite import Struct, Required
from apache.aurora.config.schema.base import *
from apache.thermos.config.schema import *
from twitter.common import log
class Profile(Struct): name = Required(pystachio.String)
log.info('not shown')
print(Profile(name='x').name(), Process(name='p', cmdline='c').name())`
    expect(await printed(source)).toBe('x p\n')
  })

  test('a star import of pystachio leaves the names of the file alone', async () => {
    expect(await printed('Job = 1\nfrom pystachio import *\nprint(Job)')).toBe('1\n')
  })
})

describe('syntax of Python 2 is refused, with the line and how it is written now', () => {
  test.each([
    ['print "hello"', 'print("hello")'],
    ['print "x" % y,', `print("x" % y, end=' ')`],
    ['print >>f, x', 'print(x, file=f)'],
    ['raise ValueError, "why"', 'raise ValueError("why")'],
    ['raise ValueError, "why", trace', 'raise ValueError("why").with_traceback(trace)'],
    ['x = 0755', 'x = 0o755'],
    ['x = `y`', 'x = repr(y)'],
    ['x = 1 <> 2', 'x = 1 != 2'],
    ['x = 3 if 1 <> 2 else 4', 'x = 3 if 1 != 2 else 4'],
    ['exec "code"', 'exec("code")'],
    ['exec code in names', 'exec(code, names)'],
    [`x = ur'a'`, `x = r'a'`],
    ['x = 10L', 'x = 10'],
    ['x = 0xFFL', 'x = 0xFF'],
    ['def f((a, b)): pass', 'def f(pair): a, b = pair'],
    ['x = [i for i in 1, 2]', 'x = [i for i in (1, 2)]'],
  ])('%s', async (line, now) => {
    const error = await refusal(write('a.aurora', `x = 1\n${line}\n`))
    expect(error.message).toMatch(/^.*a\.aurora:2: SyntaxError: /)
    expect(error.message).toContain(`a.aurora", line 2\n    ${line}\n`)
    expect(error.message).not.toContain('aurora_')
    expect(error.remedy).toContain('This is Python 2; in Python 3 it is ')
    expect(error.remedy?.endsWith(now)).toBe(true)
  })

  test.each([
    ['except ValueError, e:', 'except ValueError as e:'],
    ['except (A, B), e:', 'except (A, B) as e:'],
  ])('%s, which would mean something else', async (line, now) => {
    const error = await refusal(write('a.aurora', `try:\n  pass\n${line}\n  pass`))
    expect(error.message).toMatch(/a\.aurora:3: SyntaxError: multiple exception types must be parenthesized\n/)
    expect(error.remedy).toBe(`This is Python 2; in Python 3 it is ${now}`)
  })

  test('but several classes in parentheses are fine', async () => {
    expect(await printed('try:\n  {}["x"]\nexcept (KeyError, ValueError) as e:\n  print(1 >>0, e)')).toBe("1 'x'\n")
  })

  test('tabs and spaces', async () => {
    const error = await refusal(write('a.aurora', 'if True:\n\tx = 1\n        y = 2\n'))
    expect(error.message).toMatch(/a\.aurora:3: TabError/)
    expect(error.remedy).toContain('spaces alone')
  })
})

describe('what means something else in Python 3 says so', () => {
  test.each([
    ['dict({}.items() + {}.items())', /\{\*\*a, \*\*b\}/],
    ['{}.keys()[0]', /list\(…\)/],
    ['map(str, [1])[0]', /list\(…\)/],
    ['[0] + range(3)', /list\(…\)/],
    ['iter([1]).next()', /next\(iterator\)/],
    ['[1, 2][2 / 2]', /a \/\/ b/],
    ['"abc"[4 / 2]', /a \/\/ b/],
    ['range(4 / 2)', /a \/\/ b/],
    ['__import__("hashlib").md5("x")', /encode\(\)/],
    ['__import__("base64").b64encode("x")', /encode\(\)/],
    ['sorted([1, "a"])', /sort with a key/],
  ])('%s', async (expression, remedy) => {
    const error = await refusal(write('a.aurora', `\n${expression}`))
    expect(error.message).toMatch(/^.*a\.aurora:2: \w+Error: /)
    expect(error.message).not.toContain('/lib/python')
    expect(error.remedy).toMatch(remedy)
  })
})

test('settings files are read as they were', async () => {
  write('a.ini', '[a]\nx = %(base)s/1 ; a comment\n[b]\ny = 2\n[a]\nz = 3\n')
  const source = `import ConfigParser
for kind in 'Raw', 'Safe', '':
  parser = getattr(ConfigParser, kind + 'ConfigParser')({'base': '/b'})
  parser.readfp(open(${JSON.stringify(inFolder('a.ini'))}))
  print(parser.get('a', 'x'), parser.getint('a', 'z'))`
  expect(await printed(source)).toBe('%(base)s/1 3\n/b/1 3\n/b/1 3\n')
})

test('a module that is not there', async () => {
  expect((await refusal(write('a.aurora', 'import yaml'))).remedy).toContain('JSON')
  expect((await refusal(write('a.aurora', 'import numpy'))).remedy).toContain('Python’s own library')
  const error = await refusal(write('a.aurora', 'from pystachio import Strin'))
  expect(error.message).toContain("cannot import name 'Strin' from 'pystachio'")
  expect(error.remedy).toContain('Of the old client')
})

test('a module of the project, where sys.path leads to it', async () => {
  write('lib/helper.py', 'NAME = "of-helper"')
  const file = write(
    'a.aurora',
    `import sys\nsys.path.append(${JSON.stringify(write('lib/x', '').slice(0, -2))})\nimport helper\nprint(helper.NAME)`,
  )
  let text = ''
  await loadConfig(file, {onOutput: (part) => (text += part)})
  expect(text).toBe('of-helper\n')
})

/** Standard modules that configuration files use; importing one that is not in the image costs 30 to 450 ms. */
const MODULES = [
  'abc, argparse, ast, base64, calendar, collections, configparser, contextlib, copy, copyreg, csv, dataclasses, datetime, decimal, enum, fnmatch, fractions, functools, getpass, glob',
  'hashlib, inspect, io, itertools, json, linecache, logging, math, operator, os, pathlib, platform, posixpath, pprint, random, re, shlex, socket',
  'string, struct, subprocess, sys, tempfile, textwrap, time, tokenize, traceback, types, typing, urllib.parse, uuid, warnings',
]

/** File names of code that is ours begin so; tracebacks leave its frames out. */
export const INTERNAL_FILE = '<aurora '

/** The Python half of the sandbox: the module `aurora_host`, executed before the preludes and kept in the image. */
export const BOOTSTRAP = `
import ${MODULES.join(', ')}
import builtins

class HostError(RuntimeError):
    """The host refused a call or failed in it."""

# What is printed before a question is seen before it.
sys.stdout.reconfigure(line_buffering=True)

_channel = os.open('/dev/host', os.O_RDONLY)

def call(name, *args):
    """Call a function of the host by name, with plain data."""
    os.write(_channel, json.dumps([name, *args]).encode())
    reply = bytearray()
    while True:
        chunk = os.read(_channel, 65536)
        reply += chunk
        if len(chunk) < 65536:
            break
    ok, *rest = json.loads(reply)
    if ok:
        return rest[0]
    kind = getattr(builtins, rest[0], None)
    raise (kind if isinstance(kind, type) and issubclass(kind, Exception) else HostError)(rest[1])

def remember(file, source):
    """Let tracebacks and warnings show lines of a source that is no file here."""
    text = source.decode('utf-8', 'replace') if isinstance(source, bytes) else source
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)

def execute(source, file, namespace, tree=None):
    """Run the source of a file in a namespace, as include() needs it; the tree is what was made of it, if that is another program."""
    remember(file, source)
    exec(compile(source if tree is None else tree, file, 'exec', dont_inherit=True), namespace)

def _is_theirs(file):
    return not file.startswith(('${INTERNAL_FILE}', '/lib/python3', '<frozen '))

def _hide_ours(report, misspelt):
    seen = set()
    while report is not None and id(report) not in seen:
        seen.add(id(report))
        theirs = [frame for frame in report.stack if _is_theirs(frame.filename)]
        if theirs or misspelt:
            report.stack[:] = theirs
        if report.__context__ and not any(_is_theirs(frame.filename) for frame in report.__context__.stack):
            report.__context__ = None
        report = report.__cause__ or (None if report.__suppress_context__ else report.__context__)

def _clipped(text, lines=400, width=1000):
    """As much of a report as somebody reads: its beginning says where, its end says what."""
    kept = text.split('\\n')
    if len(kept) > lines:
        kept[lines // 2:-lines // 2] = ['  …']
    return '\\n'.join(line if len(line) <= width else line[:width] + '…' for line in kept)

def _describe(error):
    try:
        misspelt = isinstance(error, SyntaxError) and error.filename is not None and _is_theirs(error.filename)
        report = traceback.TracebackException.from_exception(error, compact=True)
        _hide_ours(report, misspelt)
        frames = [{'file': f.filename, 'line': f.lineno or 0, 'function': f.name, 'source': (f.line or '')[:1000]} for f in report.stack[-20:]]
        text = ''.join(report.format() if report.stack else report.format_exception_only())
        if misspelt:
            source = linecache.getline(error.filename, error.lineno or 0).strip()[:1000]
            frames.append({'file': error.filename, 'line': error.lineno or 0, 'function': '<module>', 'source': source})
        message = str(error.msg if misspelt else error)
        return {'type': type(error).__name__, 'message': _clipped(message), 'traceback': _clipped(text), 'frames': frames}
    except BaseException:
        name = type(error).__name__
        return {'type': name, 'message': '', 'traceback': name + '\\n', 'frames': []}

def _enter_zone():
    # There is no time.tzset() here, and the image may have been made in another time zone.
    year = time.localtime().tm_year
    january, july = (time.localtime(time.mktime((year, month, 1, 12, 0, 0, 0, 0, -1))) for month in (1, 7))
    standard, summer = sorted((january, july), key=lambda moment: moment.tm_gmtoff)
    time.timezone, time.altzone = -standard.tm_gmtoff, -summer.tm_gmtoff
    time.daylight = int(time.timezone != time.altzone)
    time.tzname = (standard.tm_zone, summer.tm_zone)

class _Unseeded(random.Random):
    """Seeds itself when it is first used, not before: whether a program draws lots at all is worth knowing."""

    def seed(self, *args, **kw):
        self.__class__ = random.Random
        self.seed(*args, **kw)

    def random(self):
        if type(self) is _Unseeded:
            self.seed()
        return random.Random.random(self)

    def getrandbits(self, count):
        if type(self) is _Unseeded:
            self.seed()
        return random.Random.getrandbits(self, count)

    def getstate(self):
        if type(self) is _Unseeded:
            self.seed()
        return random.Random.getstate(self)

    def setstate(self, state):
        self.__class__ = random.Random
        self.setstate(state)

random._inst = _Unseeded(0)
random._inst.__class__ = _Unseeded
for _name, _value in list(vars(random).items()):
    if isinstance(getattr(_value, '__self__', None), random.Random):
        setattr(random, _name, getattr(random._inst, _name))

def _perform():
    try:
        kind, *task = call('@task')
        if kind == 'restore':
            environment, sys.argv[:] = task
            os.environ.clear()
            os.environ.update(environment)
            _enter_zone()
            value = None
        elif kind == 'run':
            source, file = task
            namespace = {'__name__': '__main__', '__builtins__': builtins, '__file__': file}
            execute(source, file, namespace)
            value = None
        else:
            module, function, args = task
            value = getattr(sys.modules[module], function)(*args)
        outcome = json.dumps(['@done', True, value])
    except BaseException as error:
        outcome = json.dumps(['@done', False, _describe(error)])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    try:
        os.write(_channel, outcome.encode())
    except OSError:
        error = MemoryError('the result has %d bytes, which is too large' % len(outcome))
        os.write(_channel, json.dumps(['@done', False, _describe(error)]).encode())
`

"""Runs a configuration file and hands over its jobs."""
import aurora_host
import aurora_schema
import aurora_values
import builtins
import functools
import io
import os
import sys

MAX_INCLUDE_DEPTH = 100
_running = []
_namespace = None
_main = None


def _include(path):
    """Runs another file in the same namespace; its path is relative to the file that includes it."""
    if not isinstance(path, str):
        raise TypeError('include() takes the path of a file, got %r' % (path,))
    # A function may include after the file that defines it has ended.
    _run(_read('include', path, _running[-1] if _running else _main))


def _read(how, *args):
    found = aurora_host.call(how, *args)
    if 'errno' in found:
        raise _os_error(*found['errno'])
    return found


_OS_ERRORS = {2: FileNotFoundError, 13: PermissionError, 20: NotADirectoryError, 21: IsADirectoryError}


def _os_error(number, text, path):
    """The error that Linux has under that number; OSError itself would take the numbers for WASI's, which are others."""
    error = _OS_ERRORS.get(number, OSError)()
    error.errno, error.strerror, error.filename = number, text, path
    return error


def _run(file):
    path, shown, text = file['path'], file['shown'], file['text']
    if path in _running:
        raise RecursionError('%s includes itself' % shown)
    if len(_running) >= MAX_INCLUDE_DEPTH:
        raise RecursionError('more than %d files include one another' % MAX_INCLUDE_DEPTH)
    _running.append(path)
    try:
        aurora_host.execute(text, shown, _namespace)
    finally:
        _running.pop()


def evaluate(file, environment):
    """Runs a file and returns the records of its jobs."""
    global _namespace, _main
    _main = file['path']
    os.environ.update(environment)
    _watch_variables()
    _namespace = dict(aurora_schema.names(), __builtins__=builtins, include=_include)
    _run(file)
    return _jobs(_namespace.get('jobs', []))


def _jobs(jobs):
    if isinstance(jobs, aurora_values.Object) or not isinstance(jobs, (list, tuple)):
        raise TypeError('jobs must be a list of jobs, got %s' % type(jobs).__name__)
    writer = aurora_values._Writer()
    roots = []
    for i, job in enumerate(jobs):
        if not isinstance(job, aurora_schema.Job):
            raise TypeError('jobs[%d] is no job but %s' % (i, type(job).__name__))
        roots.append(writer.object(job))
    return {'objects': writer.objects, 'jobs': roots}


def run_after(source):
    """Runs a program in the namespace of the file that was evaluated and returns its `answer`; for tests that look inside."""
    aurora_host.execute(source, '<after>', _namespace)
    return _namespace['answer']


# ---- files: all reads go through the host

_open = open


def _open_by_host(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not isinstance(file, (str, os.PathLike)) or os.fspath(file).startswith('/lib/python') or os.fspath(file) == '/dev/host':
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    if any(letter in mode for letter in 'wax+'):
        raise PermissionError(13, 'A configuration may read files, not write them', os.fspath(file))
    text = _read('read', os.fspath(file))['text']
    data = text.encode('latin-1')
    return io.BytesIO(data) if 'b' in mode else io.TextIOWrapper(io.BytesIO(data), encoding or 'utf-8', errors, newline)


builtins.open = io.open = _open_by_host


# ---- environment variables: which ones were read is an input of the evaluation

_variable = os._Environ.__getitem__
_variables = os._Environ.__iter__


def _recorded(self, name):
    aurora_host.call('variable', name if isinstance(name, str) else None)
    return _variable(self, name)


def _all_recorded(self):
    aurora_host.call('variable', None)
    return _variables(self)


def _watch_variables():
    """From now on the host learns which variables are read."""
    os._Environ.__getitem__ = _recorded
    os._Environ.__iter__ = _all_recorded


# ---- names of Python 2 that files still use

def _cmp(a, b):
    return (a > b) - (a < b)


def _apply(function, args=(), kw=None):
    return function(*args, **(kw or {}))


for _name, _value in {
    'xrange': range, 'unicode': str, 'basestring': str, 'long': int, 'unichr': chr, 'raw_input': input, 'reduce': functools.reduce, 'cmp': _cmp,
    'apply': _apply, 'intern': sys.intern,
}.items():
    setattr(builtins, _name, _value)

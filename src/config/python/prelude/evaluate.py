"""Runs a configuration file and hands over its jobs."""
import aurora_division
import aurora_files
import aurora_hooks
import aurora_host
import aurora_places
import aurora_records
import aurora_schema
import aurora_syntax
import aurora_variables
import aurora_values
import builtins
import importlib.util
import sys
from collections.abc import Iterable
import warnings

MAX_INCLUDE_DEPTH = 100
_running = []
_namespace = None
_main = None


def _include(path):
    """Runs another file in the same namespace, or takes what a TypeScript file exports; its path is relative to the file that includes it."""
    if not isinstance(path, str):
        raise TypeError('include() takes the path of a file, got %r' % (path,))
    # A function may include after the file that defines it has ended.
    found = aurora_host.call('include', path, _running[-1] if _running else _main)
    if 'errno' in found:
        raise aurora_files.os_error(*found['errno'])
    if 'failed' in found:
        raise ValueError(found['failed'])
    if 'exports' in found:
        _namespace.update(aurora_records.read_exports(found['objects'], found['exports']))
    else:
        _run(found)


def _run(file):
    path, shown, source = file['path'], file['shown'], file['bytes'].encode('latin-1')
    if path in _running:
        raise RecursionError('%s includes itself' % shown)
    if len(_running) >= MAX_INCLUDE_DEPTH:
        raise RecursionError('more than %d files include one another' % MAX_INCLUDE_DEPTH)
    _running.append(path)
    try:
        text = _decoded(source)
        aurora_host.remember(shown, text)
        aurora_places.register(shown)
        aurora_syntax.refuse(text, shown)
        aurora_host.execute(text, shown, _namespace, aurora_division.marking(text, shown))
    finally:
        _running.pop()


def _decoded(source):
    try:
        return importlib.util.decode_source(source)
    except (SyntaxError, UnicodeDecodeError):
        # Python says better, and with the place, what is wrong when it compiles the bytes.
        return source


def evaluate(file, environment):
    """Runs a file and returns the records of its jobs."""
    global _namespace, _main
    _main = file['path']
    aurora_variables.enter(environment)
    _namespace = dict(aurora_schema.names(), __builtins__=builtins, include=_include)
    _run(file)
    jobs, hooks = _listed(_namespace.get('jobs', [])), _namespace.get('hooks', [])
    handed_over = dict(_jobs(jobs), hooks=_hooks(hooks), warnings=list(aurora_places.warnings))
    aurora_hooks.take(hooks, jobs)
    return handed_over


def _listed(jobs):
    if not isinstance(jobs, Iterable):
        raise TypeError('jobs must be a list of jobs, got %s' % type(jobs).__name__)
    listed = []
    for i, job in enumerate(jobs):
        # One by one: what is no list may have no end.
        if not isinstance(job, aurora_schema.Job):
            raise TypeError('jobs[%d] is no job but %s' % (i, type(job).__name__))
        listed.append(job)
    return listed


def _jobs(jobs):
    writer = aurora_values._Writer(with_places=True)
    roots = [writer.object(job) for job in jobs]
    return {'objects': writer.objects, 'jobs': roots, 'files': aurora_places.files()}


def exports():
    """What a file in another language finds in this one: its values by name, as records."""
    given = aurora_schema.names()
    writer = aurora_values._Writer()
    found = [
        [name, writer.hold(value)] for name, value in _namespace.items()
        if not name.startswith('_') and isinstance(value, _DATA) and given.get(name) is not value
    ]
    return {'objects': writer.objects, 'exports': found}


_DATA = (aurora_values.Object, str, int, float, bool, list, tuple, dict)

_HEAP_TYPE = 1 << 9


def _hooks(hooks):
    """Their classes and the methods that they have: hooks are objects, or classes, that a file defines."""
    if not isinstance(hooks, (list, tuple)):
        raise TypeError('hooks must be a list of objects, got %s' % type(hooks).__name__)
    described = []
    for i, hook in enumerate(hooks):
        kind = hook if isinstance(hook, type) else type(hook)
        if isinstance(hook, (aurora_values.Object, aurora_values.Type)) or not kind.__flags__ & _HEAP_TYPE:
            raise TypeError('hooks[%d] is no object with hooks but %s' % (i, kind.__name__))
        described.append({'name': kind.__name__, 'methods': aurora_hooks.methods(hook)})
    return described


def _show_warning(message, category, file, line, *rest):
    if issubclass(category, SyntaxWarning) and file in aurora_places.files():
        aurora_places.warnings[file, line, str(message)] = None
    else:
        print('%s:%d: %s: %s' % (file, line, category.__name__, message), file=sys.stderr)


warnings.showwarning = _show_warning


def run_after(source):
    """Runs a program in the namespace of the file that was evaluated and returns its `answer`; for tests that look inside."""
    aurora_host.execute(source, '<after>', _namespace)
    return _namespace['answer']

"""Runs a configuration file and hands over its jobs."""
import aurora_files
import aurora_host
import aurora_schema
import aurora_syntax
import aurora_variables
import aurora_values
import builtins
import importlib.util

MAX_INCLUDE_DEPTH = 100
_running = []
_namespace = None
_main = None


def _include(path):
    """Runs another file in the same namespace; its path is relative to the file that includes it."""
    if not isinstance(path, str):
        raise TypeError('include() takes the path of a file, got %r' % (path,))
    # A function may include after the file that defines it has ended.
    found = aurora_host.call('include', path, _running[-1] if _running else _main)
    if 'errno' in found:
        raise aurora_files.os_error(*found['errno'])
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
        aurora_syntax.refuse_python2(text, shown)
        aurora_host.execute(text, shown, _namespace)
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

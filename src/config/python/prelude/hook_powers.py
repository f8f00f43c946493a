"""What a hook may do while it is asked, and its file may not: ask the person at the terminal, log, and what the user granted to the file."""
import aurora_hooks
import aurora_host
import builtins
import getpass
import io
import logging


def host(power, *args):
    """The answer of the command. What it refuses is a PermissionError, and what fails an OSError."""
    told = aurora_host.call('hook', power, *args)
    if isinstance(told, dict) and told.get('refused'):
        raise PermissionError(told['refused'])
    if isinstance(told, dict) and 'failed' in told:
        raise OSError(told['failed'])
    return told['answer'] if isinstance(told, dict) and 'answer' in told else told


def during_hooks(refused, granted):
    """A function that does something while a hook is asked, and is refused before."""
    def call(*args, **kw):
        return (granted if aurora_hooks.asking else refused)(*args, **kw)
    call.__name__ = call.__qualname__ = getattr(refused, '__name__', 'call')
    return call


# ---- questions

def _input(prompt=''):
    return host('prompt', str(prompt), False)


def _getpass(prompt='Password: ', stream=None, *, echo_char=None):
    return host('prompt', str(prompt), True)


builtins.input, builtins.raw_input = (during_hooks(refused, _input) for refused in (builtins.input, builtins.raw_input))
getpass.getpass = during_hooks(getpass.getpass, _getpass)


# ---- log

_LEVELS = ((logging.ERROR, 'error'), (logging.WARNING, 'warn'), (logging.INFO, 'info'))


class _HostHandler(logging.Handler):
    """Log lines of a hook are those of the command."""

    def emit(self, record):
        level = next((name for least, name in _LEVELS if record.levelno >= least), 'debug')
        host('log', level, self.format(record))


def _log_to_host():
    """Unless the file has set up its own log."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_HostHandler())
        root.setLevel(logging.DEBUG)


aurora_hooks.starting = _log_to_host


# ---- files outside of the project

_open = builtins.open


def _open_granted(file, mode='r', *args, **kw):
    try:
        return _open(file, mode, *args, **kw)
    except PermissionError as refused:
        if not aurora_hooks.asking or not isinstance(file, str) or set(mode) - set('rbtU'):
            raise
        try:
            return _opened(host('read', file, {'encoding': 'base64'}), 'b' in mode)
        except PermissionError as ungranted:
            refused.add_note(str(ungranted))
            raise PermissionError(13, str(ungranted), file) from None


def _opened(encoded, binary):
    import base64
    data = io.BytesIO(base64.b64decode(encoded))
    return data if binary else io.TextIOWrapper(data, encoding='utf-8')


builtins.open = io.open = _open_granted

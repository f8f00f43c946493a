"""What a hook may do while it is asked, and its file may not: ask the person at the terminal, and log."""
import aurora_hooks
import aurora_host
import builtins
import getpass
import logging


def host(power, *args):
    """The host does it, if it allows it."""
    return aurora_host.call('hook', power, *args)


def _input(refused):
    def ask(prompt=''):
        return host('prompt', str(prompt), False) if aurora_hooks.asking else refused(prompt)
    ask.__name__ = ask.__qualname__ = refused.__name__
    return ask


builtins.input, builtins.raw_input = _input(builtins.input), _input(builtins.raw_input)


def _getpass(prompt='Password: ', stream=None, *, echo_char=None):
    return host('prompt', str(prompt), True) if aurora_hooks.asking else _refused_getpass(prompt)


_refused_getpass, getpass.getpass = getpass.getpass, _getpass


_LEVELS = ((logging.ERROR, 'error'), (logging.WARNING, 'warn'), (logging.INFO, 'info'))


class _HostHandler(logging.Handler):
    """Log lines of a hook are those of the command."""

    def emit(self, record):
        level = next((name for least, name in _LEVELS if record.levelno >= least), 'debug')
        host('log', level, self.format(record))


def log_to_host():
    """Unless the file has set up its own log."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_HostHandler())
        root.setLevel(logging.DEBUG)


aurora_hooks.starting = log_to_host

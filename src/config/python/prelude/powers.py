"""What a configuration cannot do. Modules that do it can be imported; what is done with them is refused, by its name."""
import aurora_host
import builtins
import getpass
import os
import platform
import socket
import subprocess
import sys
import threading

_WITHOUT = {
    'process': 'a configuration cannot start or end processes',
    'network': 'a configuration has no network',
    'thread': 'a configuration cannot start threads',
    'input': 'a configuration cannot ask questions',
    'exit': 'a configuration cannot end the program',
}


def _refusal(name, power):
    def refuse(*args, **kw):
        raise PermissionError('%s: %s' % (name, _WITHOUT[power]))
    refuse.__name__ = refuse.__qualname__ = name
    return refuse


def _refuse(power, owner, prefix, *names):
    for name in names:
        if hasattr(owner, name):
            setattr(owner, name, _refusal(prefix + name, power))


_refuse('process', os, 'os.', 'system', 'popen', 'fork', 'forkpty', 'posix_spawn', 'posix_spawnp', 'kill', 'killpg', 'abort', '_exit', *(
    kind + ending for kind in ('exec', 'spawn') for ending in ('l', 'le', 'lp', 'lpe', 'v', 've', 'vp', 'vpe')))
_refuse('process', subprocess, 'subprocess.', 'run', 'call', 'check_call', 'check_output', 'getoutput', 'getstatusoutput')
subprocess.Popen.__init__ = _refusal('subprocess.Popen', 'process')
subprocess.Popen.__del__ = lambda self: None
_refuse('network', socket, 'socket.', 'create_connection', 'create_server', 'getaddrinfo', 'gethostbyaddr', 'gethostbyname', 'gethostbyname_ex', 'getnameinfo',
        'fromfd', 'socketpair')
socket.socket.__init__ = _refusal('socket.socket', 'network')
socket.socket.__del__ = lambda self: None
threading.Thread.start = _refusal('threading.Thread.start', 'thread')
builtins.input = _refusal('input', 'input')
builtins.raw_input = _refusal('raw_input', 'input')


# ---- the machine: its name is granted, and an input of the evaluation; for the rest it is the Linux that jobs run on

def _hostname():
    return aurora_host.call('hostname')


def _uname(_original=os.uname):
    _, _, release, version, machine = _original()
    return os.uname_result(('Linux', _hostname(), release, version, machine))


socket.gethostname = socket.getfqdn = platform.node = lambda *name: name[0] if name and name[0] else _hostname()
os.uname = _uname
platform.system = lambda: 'Linux'
sys.platform = 'linux'
os.getlogin = getpass.getuser


# ---- ways to foreign code that Python's library would offer

_NOT_HERE = {
    **dict.fromkeys(('ctypes', '_ctypes', 'js', 'pyodide', 'pyodide_js'), 'a configuration cannot reach code outside of Python'),
    '_multiprocessing': _WITHOUT['process'],
}


class _Foreign(object):
    """Asked first: nothing on any path takes these names."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        why = _NOT_HERE.get(name.partition('.')[0])
        if why:
            raise ModuleNotFoundError('%s: %s' % (name.lstrip('_'), why), name=name)


sys.meta_path.insert(0, _Foreign)

"""Modules that configurations import under old names, made when they are asked for."""
import aurora_client
import aurora_schema
import collections
import getpass
import importlib
import importlib.machinery
import importlib.util
import logging
import os
import re
import sys
import zipimport

# The names of Pystachio's own modules; a star import of them must not undo what a file has called Job.
_PYSTACHIO = (
    'Boolean', 'Choice', 'Default', 'Empty', 'Enum', 'Environment', 'Float', 'Integer', 'List', 'Map', 'MustacheParser', 'Namable', 'Ref', 'Required',
    'String', 'Struct', 'Type', 'TypeCheck', 'TypeFactory',
)
_PYSTACHIO_MODULES = ('base', 'basic', 'choice', 'composite', 'config', 'container', 'matcher', 'naming', 'parsing', 'typing')


def _of(*modules):
    """All that is in some modules of today."""
    names = {}
    for module in modules:
        names.update((name, value) for name, value in vars(importlib.import_module(module)).items() if not name.startswith('__'))
    return names


def _pystachio():
    names = aurora_schema.names()
    return {name: names[name] for name in _PYSTACHIO}


def _config_parser():
    names = _of('configparser')

    def forgiving(base):
        """Takes what its namesake took: sections and options again, comments behind a value."""
        def init(self, *args, **kw):
            base.__init__(self, *args, **dict({'strict': False, 'inline_comment_prefixes': ';'}, **kw))
        return type(base.__name__, (base,), {'__init__': init, 'readfp': base.read_file})
    raw, parser = forgiving(names['RawConfigParser']), forgiving(names['ConfigParser'])
    return dict(names, RawConfigParser=raw, ConfigParser=parser, SafeConfigParser=parser)


def _log():
    return {name: getattr(logging, name) for name in ('debug', 'info', 'warning', 'error', 'fatal', 'critical')} | {'warn': logging.warning}


def _string_io():
    return _of('io')


def _imp():
    def load_source(name, path, file=None):
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path))
        sys.modules[name] = module
        module.__spec__.loader.exec_module(module)
        return module
    return {'load_source': load_source, 'reload': importlib.reload}


def _commands():
    return {name: value for name, value in _of('subprocess').items() if name in ('getoutput', 'getstatusoutput')}


def _pwd():
    entry = collections.namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell')

    def mine(who=None):
        name = getpass.getuser()
        if who not in (name, os.getuid()):
            raise KeyError('%r: a configuration knows the user who runs it, and no others' % who)
        return entry(name, 'x', os.getuid(), os.getgid(), name, os.environ.get('HOME', '/'), '/bin/sh')
    return {'getpwuid': mine, 'getpwnam': mine}


def _nothing():
    return {}


def _ends(message=''):
    raise SystemExit(message)


def _log_options():
    return {'LogOptions': type('LogOptions', (object,), {'__getattr__': lambda self, name: lambda *args: None})()}


def _hook_names(*names):
    return lambda: {name: getattr(aurora_client, name) for name in names}


class _GlobalHookRegistry(object):
    """For programs that were built into the client."""

    @staticmethod
    def register_global_hook(hook):
        raise PermissionError('GlobalHookRegistry: a file lists its hooks in hooks = [...]; hooks for every job are those of plugins')

    @staticmethod
    def get_hooks():
        return []


def _client_config():
    return {'GlobalHookRegistry': _GlobalHookRegistry, 'AuroraConfig': aurora_client.AuroraConfig, 'AnnotatedAuroraConfig': aurora_client.AuroraConfig}


def _constants():
    statuses = aurora_client.ttypes['ScheduleStatus']
    groups = {'ACTIVE_STATES': 'ASSIGNED DRAINING KILLING PARTITIONED PENDING PREEMPTING RESTARTING RUNNING STARTING THROTTLED',
              'TERMINAL_STATES': 'FAILED FINISHED KILLED LOST'}
    return dict({name: {getattr(statuses, each) for each in words.split()} for name, words in groups.items()},
                GOOD_IDENTIFIER_PATTERN_PYTHON=r'^[\w\-\.]+$')


# Modules of the client, for hooks.
_CLIENT = {
    'apache.aurora.client': _nothing, 'apache.aurora.client.api': _hook_names('HookedAuroraClientAPI'),
    'apache.aurora.client.api.scheduler_client': _hook_names('SchedulerProxy'), 'apache.aurora.client.base': lambda: {'die': _ends},
    'apache.aurora.client.config': _client_config, 'apache.aurora.client.hooks': _nothing,
    'apache.aurora.client.hooks.hooked_api': _hook_names('HookedAuroraClientAPI', 'HookConfig'),
    'apache.aurora.client.api.hooks': _hook_names('HookedAuroraClientAPI', 'HookConfig'),
    'apache.aurora.common': _hook_names('AuroraJobKey'), 'apache.aurora.common.aurora_job_key': _hook_names('AuroraJobKey'),
    'apache.aurora.config': _hook_names('AuroraConfig'), 'gen': _nothing, 'gen.apache': _nothing,
    'gen.apache.aurora': _nothing, 'gen.apache.aurora.api': _nothing, 'gen.apache.aurora.api.constants': _constants,
    'gen.apache.aurora.api.ttypes': lambda: aurora_client.ttypes,
    'requests': lambda: sys.modules['aurora_hook_requests'].requests(),
}


_MAKERS = {
    **_CLIENT, 'apache': _nothing, 'apache.aurora': _nothing, 'apache.thermos': _nothing, 'apache.thermos.config': _nothing,
    'apache.aurora.config.schema': aurora_schema.names, 'apache.aurora.config.schema.base': aurora_schema.names,
    'apache.thermos.config.schema': aurora_schema.names, 'apache.thermos.config.schema_base': aurora_schema.names,
    'apache.thermos.config.schema_helpers': aurora_schema.names,
    'twitter': _nothing, 'twitter.common': _nothing, 'twitter.common.log': _log, 'twitter.common.log.options': _log_options,
    'twitter.common.lang': lambda: {'Compatibility': Compatibility},
    'twitter.common.collections': lambda: _of('collections'),
    'pystachio': _pystachio, **{'pystachio.' + name: _pystachio for name in _PYSTACHIO_MODULES},
    'ConfigParser': _config_parser, 'Cookie': lambda: _of('http.cookies'), 'HTMLParser': lambda: _of('html.parser'), 'Queue': lambda: _of('queue'),
    'SocketServer': lambda: _of('socketserver'), 'StringIO': _string_io, 'UserDict': lambda: _of('collections'), 'UserList': lambda: _of('collections'),
    'UserString': lambda: _of('collections'), '__builtin__': lambda: _of('builtins'), 'cPickle': lambda: _of('pickle'), 'cStringIO': _string_io,
    'commands': _commands, 'cookielib': lambda: _of('http.cookiejar'), 'copy_reg': lambda: _of('copyreg'), 'exceptions': lambda: _of('builtins'),
    'htmlentitydefs': lambda: _of('html.entities'), 'httplib': lambda: _of('http.client'), 'imp': _imp, 'md5': lambda: {'new': _of('hashlib')['md5']},
    'pwd': _pwd, 'pipes': lambda: {'quote': _of('shlex')['quote']}, 'sets': lambda: {'Set': set, 'ImmutableSet': frozenset},
    'sha': lambda: {'new': _of('hashlib')['sha1']}, 'thread': lambda: _of('_thread'), 'urllib2': lambda: _of('urllib.parse', 'urllib.error', 'urllib.request'),
    'urlparse': lambda: _of('urllib.parse'),
    # Looked for by the name of the system, which configurations see as Linux.
    '_sysconfigdata__linux_wasm32-emscripten': lambda: _of('_sysconfigdata__emscripten_wasm32-emscripten'),
}


class Compatibility(object):
    """Of twitter.common.lang: the types that are others in Python 2."""
    PY2, PY3 = False, True
    integer, numeric, string = (int,), (int, float), (str,)


class _OldNames(object):
    """Asked last, so that a project's own module of such a name comes first."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in _MAKERS:
            return importlib.machinery.ModuleSpec(name, _OldNames, is_package=True)

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.__dict__.update(_MAKERS[module.__name__]())


sys.meta_path.append(_OldNames)


def _archives(path):
    """Archives of modules, when their names say so: a grant to a file's hooks is to its code, so what is code must be known by its name."""
    if not re.search(r'\.(zip|egg|whl)(/|$)', path):
        raise ImportError('modules are imported from .zip, .egg and .whl files', path=path)
    return zipimport.zipimporter(path)


sys.path_hooks[:] = [_archives if hook is zipimport.zipimporter else hook for hook in sys.path_hooks]

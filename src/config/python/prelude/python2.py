"""Names and methods of Python 2 that files still use. Its syntax is refused, with what to write instead."""
import aurora_host
import aurora_places
import builtins
import collections
import collections.abc
import functools
import gc
import importlib
import inspect
import io
import itertools
import operator
import os
import string
import sys
import time
import types
import urllib
import urllib.parse
import warnings


def _cmp(a, b):
    return (a > b) - (a < b)


def _apply(function, args=(), kw=None):
    return function(*args, **(kw or {}))


def _execfile(path, namespace=None, local=None):
    aurora_places.register(path)
    with open(path, 'rb') as file:
        aurora_host.execute(file.read(), path, sys._getframe(1).f_globals if namespace is None else namespace)


def _reload(module):
    # Files did so before sys.setdefaultencoding().
    return module if module is sys else importlib.reload(module)


_sort = sorted


def _sorted(iterable, /, cmp=None, key=None, reverse=False):
    return _sort(iterable, key=_key(cmp, key), reverse=reverse)


def _key(cmp, key):
    if cmp is None:
        return key
    by_cmp = functools.cmp_to_key(cmp)
    return by_cmp if key is None else lambda item: by_cmp(key(item))


def _add(owner, names):
    for name, value in names.items():
        setattr(owner, name, value)


def _add_methods(type_, methods):
    """Types written in C keep their methods in a dictionary that is not handed out; the garbage collector knows it."""
    gc.get_referents(type_.__dict__)[0].update(methods)


_add(builtins, {
    'xrange': range, 'unicode': str, 'basestring': str, 'long': int, 'unichr': chr, 'raw_input': input, 'reduce': functools.reduce, 'cmp': _cmp,
    'apply': _apply, 'intern': sys.intern, 'file': open, 'execfile': _execfile, 'reload': _reload, 'buffer': memoryview, 'StandardError': Exception,
    'sorted': _sorted,
})

_MAPPING = {
    'has_key': lambda self, key: key in self,
    'iteritems': lambda self: iter(self.items()),
    'iterkeys': lambda self: iter(self.keys()),
    'itervalues': lambda self: iter(self.values()),
    'viewitems': lambda self: self.items(),
    'viewkeys': lambda self: self.keys(),
    'viewvalues': lambda self: self.values(),
}
_list_sort = list.sort
_add_methods(dict, _MAPPING)
_add(collections.abc.Mapping, _MAPPING)
_add_methods(str, {'decode': lambda self, encoding='utf-8', errors='strict': self})
_add_methods(list, {'sort': lambda self, /, cmp=None, key=None, reverse=False: _list_sort(self, key=_key(cmp, key), reverse=reverse)})
with warnings.catch_warnings(action='ignore'):
    sys._clear_type_cache()

_add(itertools, {'izip': zip, 'imap': map, 'ifilter': filter, 'izip_longest': itertools.zip_longest, 'ifilterfalse': itertools.filterfalse})
_add(sys, {'maxint': 2**63 - 1, 'setdefaultencoding': lambda encoding: None, 'exc_clear': lambda: None})
_add(os, {'getcwdu': os.getcwd})
_add(time, {'clock': time.perf_counter})
_add(operator, {'div': operator.floordiv, 'isCallable': callable, 'sequenceIncludes': operator.contains})
_add(inspect, {'getargspec': inspect.getfullargspec})
_add(collections, {name: getattr(collections.abc, name) for name in collections.abc.__all__ if not hasattr(collections, name)})
_add(urllib, {
    name: getattr(urllib.parse, name) for name in ('quote', 'quote_plus', 'unquote', 'unquote_plus', 'urlencode')
})
_add(types, {
    'BooleanType': bool, 'ClassType': type, 'DictType': dict, 'DictionaryType': dict, 'FileType': io.IOBase, 'FloatType': float, 'IntType': int,
    'ListType': list, 'LongType': int, 'ObjectType': object, 'StringType': str, 'StringTypes': (str,), 'TupleType': tuple, 'TypeType': type,
    'UnboundMethodType': types.FunctionType, 'UnicodeType': str,
})
_add(string, {
    'letters': string.ascii_letters, 'lowercase': string.ascii_lowercase, 'uppercase': string.ascii_uppercase, 'maketrans': str.maketrans,
    'atoi': int, 'atol': int, 'atof': float, 'join': lambda words, sep=' ': sep.join(words), 'joinfields': lambda words, sep=' ': sep.join(words),
    'splitfields': str.split,
})
_add(string, {name: getattr(str, name) for name in (
    'capitalize', 'center', 'count', 'expandtabs', 'find', 'index', 'ljust', 'lower', 'lstrip', 'replace', 'rfind', 'rindex', 'rjust', 'rstrip',
    'split', 'strip', 'swapcase', 'translate', 'upper', 'zfill',
)})

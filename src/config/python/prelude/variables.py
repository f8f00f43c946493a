"""Environment variables: which ones were read is an input of the evaluation."""
import aurora_host
import os

_get = os._Environ.__getitem__
_names = os._Environ.__iter__
_count = os._Environ.__len__


def _recorded(self, name):
    if isinstance(name, (str, bytes)):
        aurora_host.call('variable', os.fsdecode(name))
    return _get(self, name)


def _all_recorded(self):
    aurora_host.call('variable', None)
    return _names(self)


def _count_recorded(self):
    aurora_host.call('variable', None)
    return _count(self)


def enter(environment):
    """Sets the environment; from now on the host learns what is read of it."""
    os.environ.update(environment)
    os._Environ.__getitem__ = _recorded
    os._Environ.__iter__ = _all_recorded
    os._Environ.__len__ = _count_recorded
    os._Environ.__repr__ = lambda self: 'environ(%r)' % dict(self)

"""What hooks know of the client: keys, configurations, answers and errors, as the classes that they had."""
import aurora_host
import functools
import json
import re
from aurora_engine import Empty
from aurora_values import Environment
from collections import defaultdict


# ---- Thrift

class ThriftStruct(object):
    """A struct of the scheduler's API; what is not set is None."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)

    def __eq__(self, other):
        return isinstance(other, ThriftStruct) and self.__dict__ == other.__dict__

    __hash__ = None

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, ', '.join('%s=%r' % field for field in self.__dict__.items()))


class Response(ThriftStruct):
    @property
    def message(self):
        return ', '.join(detail.message or 'Unknown error' for detail in self.details or ())

    messageDEPRECATED = message


def _enum(name, values):
    names = {number: value for value, number in values.items()}
    return type(name, (object,), dict(values, _VALUES_TO_NAMES=names, _NAMES_TO_VALUES=dict(values)))


ttypes = {name: type(name, (ThriftStruct,), {}) for name in json.loads(STRUCTS)}
ttypes.update((name, _enum(name, values)) for name, values in json.loads(ENUMS).items())
ttypes['Response'] = Response
ResponseCode = ttypes['ResponseCode']


def thrift(value, kind=ThriftStruct):
    """Plain data as structs."""
    if isinstance(value, dict):
        return kind(**{name: thrift(part) for name, part in value.items()})
    return [thrift(part) for part in value] if isinstance(value, list) else value


# ---- keys and configurations

@functools.total_ordering
class AuroraJobKey(object):
    class Error(Exception):
        pass

    class TypeError(TypeError, Error):
        pass

    class InvalidIdentifier(ValueError, Error):
        pass

    class ParseError(ValueError, Error):
        pass

    def __init__(self, cluster, role, env, name):
        for what, part in (('cluster', cluster), ('role', role), ('env', env), ('name', name)):
            if not isinstance(part, str):
                raise self.TypeError('%s should be a string, got %s' % (what, type(part).__name__))
            if what != 'cluster' and not re.fullmatch(r'[\w.-]+', part, re.ASCII):
                raise self.InvalidIdentifier('Invalid %s %r' % (what, part))
        self._parts = (cluster, role, env, name)

    @classmethod
    def from_path(cls, path):
        parts = path.split('/')
        if len(parts) != 4:
            raise cls.ParseError('Invalid path %r. path should be a string in the form CLUSTER/ROLE/ENV/NAME' % path)
        return cls(*parts)

    @classmethod
    def from_thrift(cls, cluster, job_key):
        return cls(cluster, job_key.role, job_key.environment, job_key.name)

    cluster, role, env, name = (property(lambda self, i=i: self._parts[i]) for i in range(4))
    environment = env

    def to_path(self):
        return '/'.join(self._parts)

    def to_thrift(self):
        return ttypes['JobKey'](role=self.role, environment=self.env, name=self.name)

    def __iter__(self):
        return iter(self._parts)

    def __str__(self):
        return self.to_path()

    def __repr__(self):
        return 'AuroraJobKey(%r, %r, %r, %r)' % self._parts

    def __hash__(self):
        return hash(self._parts)

    def __eq__(self, other):
        return self._parts == other._parts if isinstance(other, AuroraJobKey) else NotImplemented

    def __lt__(self, other):
        return self._parts < other._parts if isinstance(other, AuroraJobKey) else NotImplemented


def _unchangeable(name):
    def refuse(self, *args, **kw):
        raise TypeError("config.%s: a hook may look at the job and not change it; an amend hook of a plugin can ask for changes" % name)
    return refuse


class AuroraConfig(object):
    """A job of the file, as hooks get it: its fields, and what the scheduler is sent."""

    class Error(Exception):
        pass

    class InvalidConfig(Error):
        pass

    def __init__(self, job, hooks=()):
        self._job, self.hooks, self.binding_dicts, self._metadata = job, list(hooks), defaultdict(dict), []

    def raw(self):
        return self._job

    def name(self):
        return self._job.name().get()

    def role(self):
        return self._job.role().get()

    def cluster(self):
        return self._job.cluster().get()

    def environment(self):
        return self._job.environment().get()

    def instances(self):
        return self._job.instances().get()

    def job_key(self):
        return AuroraJobKey(self.cluster(), self.role(), self.environment(), self.name())

    def context(self, instance=None):
        return Environment({} if instance is None else {'mesos': {'instance': instance}})

    def task(self, instance=None):
        return (self._job % self.context(instance)).task()

    def update_config(self):
        return self._job.update_config()

    def health_check_config(self):
        return self._job.health_check_config()

    def task_links(self):
        return self._job.task_links()

    def is_dedicated(self):
        return self._job.has_constraints() and 'dedicated' in self._job.constraints()

    def ports(self):
        """The names of the ports that the scheduler is asked for."""
        return set(self.job().taskConfig.requestedPorts or [
            resource.namedPort for resource in self.job().taskConfig.resources if resource.namedPort])

    def has_health_port(self):
        return 'health' in self.ports()

    def job(self):
        return thrift(aurora_host.call('hook', 'job'), ttypes['JobConfiguration'])

    bind, update_job, add_metadata = map(_unchangeable, ('bind', 'update_job', 'add_metadata'))

    def __repr__(self):
        return 'AuroraConfig(%r)' % (self._job,)


class HookConfig(object):
    """What generic_hook gets first; unpacks to a pair."""

    def __init__(self, config, job_key):
        self.config, self.job_key = config, job_key

    def __iter__(self):
        return iter((self.config, self.job_key))


# ---- errors

class HookedAuroraClientAPI(object):
    class Error(Exception):
        pass

    class PreHooksStoppedCall(Error):
        pass

    class APIError(Error):
        def __init__(self, response):
            Exception.__init__(self, response)
            self.response = response

        def __str__(self):
            code = ResponseCode._VALUES_TO_NAMES.get(self.response.responseCode, 'UNKNOWN')
            return 'APIError: %s: %s' % (code, self.response.message)


class SchedulerProxy(object):
    """Why a call has no answer."""

    class Error(Exception):
        pass

    class TimeoutError(Error):
        pass

    class TransientError(Error):
        pass

    class AuthError(Error):
        pass

    class NotRetriableError(Error):
        pass


def failure(told):
    """The exception for err_ methods."""
    if 'response' in told:
        return HookedAuroraClientAPI.APIError(thrift(told['response'], Response))
    return getattr(SchedulerProxy, told['kind'], SchedulerProxy.Error)(told['message'])

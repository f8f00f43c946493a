"""Structs, declared as Python classes."""
import difflib
import json
from aurora_engine import Empty, IsNotMappingError, frozendict
from aurora_places import here
from aurora_containers import _Container, _must_be_types, _shallow
from aurora_values import Boolean, Float, Integer, Object, String, Type, _Writer, _ask_about, _number_of
from collections.abc import Mapping


class TypeSignature(object):
    """The type of a field, with what is said about it."""

    def __init__(self, cls, required=False, default=Empty):
        _must_be_types([cls])
        self.klazz, self.required = cls, required
        self.default = default if default is Empty else cls._accept(default)

    def _record(self):
        record = [_number_of(self.klazz), self.required]
        if not self.empty:
            writer = _Writer()
            payload = writer.hold(self.default)
            record += [payload, writer.objects]
        return record

    def __repr__(self):
        return 'TypeSignature(%s, required: %s, default: %s, empty: %s)' % (self.klazz.__name__, self.required, self.default, self.empty)

    @property
    def empty(self):
        return self.default is Empty

    def _bare(self):
        """The same with nothing bound to its default: types know data alone."""
        return TypeSignature(self.klazz, self.required, Empty if self.empty else _shallow(self.default))

    def _key(self):
        return self.klazz._key(), self.required, repr(Empty if self.empty else _shallow(self.default))


def Default(cls, default):
    return TypeSignature(cls, default=default)


def Required(cls):
    return TypeSignature(cls, required=True)


def _field_type(value):
    return isinstance(value, Type) and value._kind is not None


class _StructType(Type):
    def __new__(mcs, name, bases, namespace):
        if bases == (_Container,):
            return super().__new__(mcs, name, bases, dict(namespace, TYPEMAP={}, _defaults={}))
        if Struct not in bases:
            # A class derived from a struct has its fields, and declares none.
            return super().__new__(mcs, name, bases, dict(namespace, __slots__=()))
        typemap = {}
        for attribute, value in namespace.items():
            signature = value if isinstance(value, TypeSignature) else _field_type(value) and TypeSignature(value)
            if signature:
                typemap[attribute] = signature._bare()
        defaults = {field: s.default for field, s in typemap.items() if s.default is not Empty}
        kept = {'TYPEMAP': typemap, '_defaults': defaults, '_kind': 'struct', '__slots__': (), '__module__': namespace.get('__module__')}
        if '_reference' in namespace:
            kept['_reference'] = namespace['_reference']
        # Of other bases and attributes nothing remains: a struct is its fields.
        return super().__new__(mcs, name, (Struct,), kept)


# What older versions of Aurora had, and how it is written since.
_SHELL = 'health_checker = HealthCheckerConfig(shell = ShellHealthChecker(shell_command = ...))'
_HTTP = 'health_checker = HealthCheckerConfig(http = HttpHealthChecker(%s = ...))'
_FORMER = {
    'MesosJob': {
        'cron_policy': 'cron_collision_policy',
        'daemon': 'service = True',
        'health_check_interval_secs': 'health_check_config = HealthCheckConfig(interval_secs = ...)',
    },
    'HealthCheckConfig': {
        'type': _SHELL,
        'shell_command': _SHELL,
        'endpoint': _HTTP % 'endpoint',
        'expected_response': _HTTP % 'expected_response',
        'expected_response_code': _HTTP % 'expected_response_code',
    },
    'UpdateConfig': {'restart_threshold': None},
    'Announcer': {'stats_port': None, 'environment': None, 'strict': None},
}


def _unknown(name, struct):
    error = AttributeError('Unknown schema attribute %s' % name)
    former = _FORMER.get(struct.__name__, {})
    if name in former:
        now = former[name]
        error.add_note('Older versions of Aurora had it; ' + ('now it is %s' % now if now else 'leave it out: nothing takes its place'))
        return error
    fields = list(struct.TYPEMAP)
    near = difflib.get_close_matches(str(name), fields, 1) or [field for field in fields if field.startswith(str(name))][:1]
    error.add_note('Did you mean: %r?' % near[0] if near else '%s has %s' % (struct.__name__, ', '.join(fields)))
    return error


def _accessor(struct, field):
    return lambda: struct._field(field)


class Struct(_Container, metaclass=_StructType):
    __slots__ = ('_given', '_scopes', '_place', '__dict__', '__weakref__')
    TYPEMAP = {}

    def __init__(self, *dicts, **kw):
        self._given, self._scopes, self._place = {}, (), here()
        for given in dicts:
            if not isinstance(given, Mapping):
                raise IsNotMappingError(str(given))
            self._update(given)
        self._update(kw)

    def _update(self, given):
        typemap, mine = self.TYPEMAP, self._given
        for name, value in given.items():
            signature = typemap.get(name)
            if signature is None:
                raise _unknown(name, type(self))
            mine[name] = Empty if value is Empty else signature.klazz._accept(value)

    @classmethod
    def _make_key(cls):
        return ('struct', cls.__name__, cls._fields_key())

    @classmethod
    def _fields_key(cls):
        return frozenset((name, s._key()) for name, s in cls.TYPEMAP.items())

    @classmethod
    def _record(cls):
        return ['struct', cls.__name__, [[name, *signature._record()] for name, signature in cls.TYPEMAP.items()]]

    @classmethod
    def _read(cls, answer):
        new = cls.__new__(cls)
        given = {name: Empty for name in cls._defaults if name not in answer}
        for name, value in answer.items():
            klazz = cls.TYPEMAP[name].klazz
            given[name] = klazz._accept(klazz._read(value))
        new._given, new._scopes, new._place = given, (), None
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._given, new._scopes, new._place = dict(self._given), self._scopes, self._place
        return new

    def __call__(self, **kw):
        new = self.copy()
        new._place = here()
        new._update(kw)
        return new

    def _kept(self, name):
        return self._given[name] if name in self._given else self._defaults.get(name, Empty)

    def _set_fields(self):
        for name in self.TYPEMAP:
            kept = self._kept(name)
            if kept is not Empty:
                yield name, kept

    def get(self):
        return frozendict((name, _shallow(kept)) for name, kept in self._set_fields())

    def __eq__(self, other):
        if not isinstance(other, Struct):
            return False
        return type(self) is type(other) and self._equals(other) or (
            type(self)._fields_key() == type(other)._fields_key() and self._equals(other))

    __hash__ = _Container.__hash__

    def _write(self, writer):
        # The engine knows the defaults of its own types.
        given = self._given if isinstance(_number_of(type(self)), str) else dict(self._defaults, **self._given)
        return writer.record(self, {name: {'e': 1} if kept is Empty else writer.write(kept) for name, kept in given.items()})

    def _has_types(self):
        """Each field was given as the scalar that it is to be, so that no conversion can fail."""
        typemap = self.TYPEMAP
        return not self._scopes and all(_EXACT.get(type(kept)) is typemap[name].klazz for name, kept in self._given.items())

    def _field(self, name):
        kept = self._kept(name)
        if kept is Empty:
            return Empty
        klazz = self.TYPEMAP[name].klazz
        # A scalar that has its type already, and no reference in it, needs no engine.
        if _EXACT.get(type(kept)) is klazz and not (klazz is String and '{{' in kept):
            return klazz(kept)
        return klazz._read(_ask_about('field', self, name))

    def __getattr__(self, name):
        if name in self.TYPEMAP:
            return _accessor(self, name)
        if name.startswith('has_') and name[4:] in self.TYPEMAP:
            field = name[4:]
            return lambda: any(field == set_field for set_field, _ in self._set_fields())
        raise AttributeError('%s has no attribute %s' % (type(self).__name__, name))

    def _step(self, name):
        kept = self._kept(name)
        return self.TYPEMAP[name].klazz._wrap(kept)._inside(self)

    def interpolate_key(self, name):
        return self._field(name)

    def json_dumps(self):
        return json.dumps(_plain(self.interpolate()[0]))

    def json_dump(self, file):
        file.write(self.json_dumps())

    @classmethod
    def json_load(cls, file, strict=False):
        return cls.json_loads(file.read(), strict)

    @classmethod
    def json_loads(cls, text, strict=False):
        return cls(_known_fields(cls, json.loads(text)) if not strict else json.loads(text))


_EXACT = {str: String, int: Integer, bool: Boolean, float: Float}


def _known_fields(cls, given):
    """Drops what the struct does not know, at every level."""
    if not isinstance(given, Mapping):
        return given
    kept = {}
    for name, value in given.items():
        if name in cls.TYPEMAP:
            klazz = cls.TYPEMAP[name].klazz
            kept[name] = _known_fields(klazz, value) if isinstance(klazz, _StructType) else value
    return kept


def _plain(value):
    """Data for json, in which tuples are lists."""
    if isinstance(value, Object):
        return _plain(value.get())
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value

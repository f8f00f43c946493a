"""Thin records of the configuration language's values: what was given, of which type, with which bindings.

Nothing is interpreted here. What a value means (coercion, references, checks, text, equality) is answered by the engine on the host's side.
"""
import aurora_host
import aurora_places
import pprint
from aurora_division import Quotient
from aurora_engine import CoercionError, Empty, MustacheParser, Namable, Ref, TypeCheck, _ask
from collections.abc import Mapping

_RAW = (str, int, float, bool)

# ---- records: what goes to the engine

_types_sent = []


def _number_of(cls):
    """The engine's name of a type: that of a built-in one, or a number that is told with the next record."""
    reference = cls.__dict__.get('_reference')
    if reference is None:
        reference = _announce_type(cls)
        cls._reference = reference
    return reference


def _announce_type(cls):
    record = cls._record()
    _types_sent.append(record)
    return aurora_host.call('type', record)


class _Writer(object):
    """Writes values as a table of objects that refer to earlier ones, so that what is shared is written once."""

    def __init__(self, with_places=False):
        self.objects = []
        self._known = {}
        self._with_places = with_places

    def write(self, value):
        kind = type(value)
        if kind is str or kind is bool:
            return value
        if kind is int:
            return value if -2**53 < value < 2**53 else {'i': str(value)}
        if kind is float:
            return value if value % 1 > 0 else {'f': repr(value)}
        if isinstance(value, (Object, Environment, _Inside)):
            return [self.object(value)]
        if isinstance(value, str):
            return str(value)
        if kind is Quotient:
            return {'q': repr(value)}
        return {'o': repr(value)}

    def hold(self, value):
        """Like write, but for what may yet become a struct, list or map."""
        if isinstance(value, Mapping):
            return {'x': [[self.hold(k), self.hold(v)] for k, v in value.items()]}
        if isinstance(value, (list, tuple)):
            return {'l': [self.hold(v) for v in value]}
        return self.write(value)

    def object(self, value):
        known = self._known.get(id(value))
        if known is None:
            record = value._write(self)
            known = len(self.objects)
            self.objects.append(record)
            self._known[id(value)] = known
        return known

    def record(self, value, payload):
        reference = _number_of(type(value))
        scopes = [self.object(scope) for scope in value._scopes] if value._scopes else None
        if self._with_places and value._place is not None:
            return [reference, payload, scopes, aurora_places.line(value._place)]
        if scopes:
            return [reference, payload, scopes]
        return [reference, payload]


def _ask_about(question, value, *args):
    writer = _Writer()
    root = writer.object(value)
    return _ask(question, writer.objects, root, *args)


def _number(value):
    """A number from an answer, in which floats without a fraction and large integers are marked."""
    if type(value) is dict:
        return float(value['f']) if 'f' in value else int(value['i'])
    return value


# ---- scopes

class Environment(Namable):
    """Names that are bound together."""

    def __init__(self, *dicts, **kw):
        table = {}
        for names in dicts + ((kw,) if kw else ()):
            if isinstance(names, Environment):
                table.update(names._table)
            elif isinstance(names, Mapping):
                _flatten('', names, table)
            else:
                raise ValueError('Environment expects names with their values, got %r' % (names,))
        self._table = table

    @staticmethod
    def wrap(value):
        if isinstance(value, (Environment, Object)):
            return value
        return Environment(value) if isinstance(value, Mapping) else _bindable(value)

    def _write(self, writer):
        return ['@names', [[address, writer.write(value)] for address, value in self._table.items()]]

    def find(self, ref):
        steps = _ask_about('find_name', self, ref._address)
        return steps if isinstance(steps, str) else _walk(self._table[steps[0]], steps[1:])

    def __repr__(self):
        return 'Environment(%s)' % pprint.pformat({Ref.from_address(address): value for address, value in self._table.items()})


def _flatten(prefix, names, table):
    for name, value in names.items():
        address = prefix + (name._address if isinstance(name, Ref) else Ref.from_address(name)._address)
        if isinstance(value, Mapping):
            _flatten(address, value, table)
        elif isinstance(value, Environment):
            for inner, bound in value._table.items():
                table[address + inner] = bound
        else:
            table[address] = value if isinstance(value, Object) else _bindable(value)


def _bindable(value):
    if isinstance(value, _RAW):
        return str(value)
    raise ValueError('Environment values must be strings, numbers, Objects or other Environments. Got %s instead.' % type(value))


def _walk(value, steps):
    """The part of a value to which the engine found the way; each part sees what its container sees."""
    for step in steps:
        value = value._step(step)
    return value


class _Inside(object):
    """All that the parts of a value see."""

    def __init__(self, value):
        self._value = value

    def _write(self, writer):
        return ['@inside', writer.object(self._value)]


def _is_namable(value):
    return isinstance(value, Environment) or (isinstance(value, Object) and value._kind in ('struct', 'list', 'map'))


def _scopes_of(names, kw):
    scopes = [n if _is_namable(n) else Environment(n) for n in names]
    if kw:
        scopes.append(Environment(kw))
    return tuple(scopes)


# ---- types and values

class Type(type):
    """The class of all types."""

    def __instancecheck__(cls, other):
        kind = type(other)
        if kind is cls or not isinstance(kind, Type):
            return kind is cls
        key = cls._key()
        return cls in kind.__mro__ if key is None else kind._key() == key

    def _key(cls):
        """What makes two types the same, wherever they were declared; None for the abstract ones."""
        key = cls.__dict__.get('_type_key')
        if key is None and cls._kind is not None:
            key = cls._type_key = cls._make_key()
        return key

    def __repr__(cls):
        return cls.__name__

    @property
    def klazz(cls):
        return cls


class Object(metaclass=Type):
    __slots__ = ('_scopes',)
    _kind = None
    # Where it was written, where that is known.
    _place = None

    CoercionError = CoercionError

    def dup(self):
        return self._with_scopes(())

    def _with_scopes(self, scopes):
        new = self.copy()
        new._scopes = scopes
        return new

    def bind(self, *names, **kw):
        return self._with_scopes(tuple(reversed(_scopes_of(names, kw))) + self._scopes)

    def in_scope(self, *names, **kw):
        return self._with_scopes(self._scopes + _scopes_of(names, kw))

    def _inside(self, container):
        return self._with_scopes(self._scopes + (container if isinstance(container, tuple) else (_Inside(container),)))

    def scopes(self):
        return self._scopes

    def __mod__(self, names):
        return self.bind(names).interpolate()[0]

    def check(self):
        ok, message = _ask_about('check', self)
        return TypeCheck(ok, message)

    def interpolate(self):
        answer, unbound = _ask_about('interpolate', self)
        return self._read(answer), [Ref.from_address(address) for address in unbound]

    def _equals(self, other):
        writer = _Writer()
        return _ask('compare', writer.objects, *(writer.object(v) for v in (self, other))) == 0

    def __ne__(self, other):
        return not self == other

    def __str__(self):
        return _ask_about('text', self)


class SimpleObject(Object):
    __slots__ = ('_value',)

    def __init__(self, value):
        self._value, self._scopes = value, ()

    @classmethod
    def _make_key(cls):
        return cls._kind

    @classmethod
    def _accept(cls, value):
        """What a field of this type keeps: the bare scalar, if there is no more to it."""
        return value._value if type(value) is cls and not value._scopes else value

    @classmethod
    def _wrap(cls, kept):
        return kept if isinstance(kept, cls) else cls(kept)

    @classmethod
    def _read(cls, answer):
        return cls(_number(answer))

    def copy(self):
        new = type(self).__new__(type(self))
        new._value, new._scopes = self._value, self._scopes
        return new

    def interpolate(self):
        done, unbound = Object.interpolate(self)
        # What was escaped is a reference now, to the same names.
        if not unbound and type(done._value) is str and '{{' in done._value:
            done._scopes = self._scopes
        return done, unbound

    def get(self):
        return self._value

    def _write(self, writer):
        value = self._value
        return writer.record(self, {'o': str(value)} if isinstance(value, Object) else writer.write(value))

    def __hash__(self):
        return hash(self._value)

    def _compare(self, other):
        if type(self) is not type(other):
            return -1
        if self._value == other._value and not self._scopes and not other._scopes and type(self._value) is type(other._value):
            return 0
        writer = _Writer()
        return _ask('compare', writer.objects, *(writer.object(v) for v in (self, other)))

    def __eq__(self, other):
        return self._compare(other) == 0

    def __lt__(self, other):
        return self._compare(other) < 0

    def __gt__(self, other):
        return self._compare(other) > 0

    def __le__(self, other):
        return self._compare(other) <= 0

    def __ge__(self, other):
        return self._compare(other) >= 0

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, self)


class String(SimpleObject):
    __slots__ = ()
    _kind = _reference = 'String'

    def __str__(self):
        value = self._value
        return value if type(value) is str and '{{' not in value else Object.__str__(self)


class Integer(SimpleObject):
    __slots__ = ()
    _kind = _reference = 'Integer'


class Float(SimpleObject):
    __slots__ = ()
    _kind = _reference = 'Float'


class Boolean(SimpleObject):
    __slots__ = ()
    _kind = _reference = 'Boolean'


class EnumContainer(SimpleObject):
    __slots__ = ()

    def __init__(self, value):
        self._reject(value)
        SimpleObject.__init__(self, value)

    @classmethod
    def _reject(cls, value):
        # What is no text at all is refused as such; a text may yet become one of the values.
        text = value if type(value) is str and '{{' not in value else String(value).interpolate()
        if value not in cls.VALUES and (type(text) is str or not text[1]):
            raise ValueError('%s only accepts the following values: %s' % (cls.__name__, ', '.join(cls.VALUES)))

    @classmethod
    def _accept(cls, value):
        if isinstance(value, cls):
            return value if value._scopes else value._value
        cls._reject(value)
        return value

    @classmethod
    def _make_key(cls):
        return ('enum', cls.__name__, cls.VALUES)

    @classmethod
    def _record(cls):
        return ['enum', cls.__name__, list(cls.VALUES)]


def Enum(*stuff):
    """Enum('RO', 'RW') or Enum('Mode', ('RO', 'RW'))."""
    if len(stuff) == 2 and isinstance(stuff[0], str) and isinstance(stuff[1], (list, tuple)):
        name, values = stuff
    else:
        name, values = 'Enum_' + '_'.join(map(str, stuff)), stuff
    if not values or not all(isinstance(value, str) for value in values):
        raise ValueError('Enum expects its values as strings, got %r' % (stuff,))
    return Type(name, (EnumContainer,), {'VALUES': tuple(values), '_kind': 'enum', '__slots__': ()})


def _resolve(cls, text, *namables):
    """The text with all replaced that the namables know, and the references that are left."""
    resolved, unbound = String(text).in_scope(*namables).interpolate()
    return resolved.get(), unbound


MustacheParser.resolve = classmethod(_resolve)

"""Thin records of the configuration language's values: what was given, of which type, with which bindings.

Nothing is interpreted here. What a value means (coercion, references, checks, text, equality) is answered by the engine on the host's side.
"""
import aurora_host
from collections.abc import Mapping

_RAW = (str, int, float, bool)
_LAZY_ITERABLES = (list, tuple, range, map, filter, zip, type({}.keys()), type({}.values()))


class _EmptyType(type):
    def __repr__(cls):
        return "<class 'pystachio.composite.Empty'>"

    def __bool__(cls):
        return True


class Empty(metaclass=_EmptyType):
    """Stands for a field that is not set; given to a field, it unsets it."""


class TypeCheck(object):
    """The answer of obj.check()."""

    def __init__(self, success, message=''):
        self._success, self._message = success, message

    @staticmethod
    def success():
        return TypeCheck(True, '')

    @staticmethod
    def failure(message):
        return TypeCheck(False, message)

    def message(self):
        return self._message

    def ok(self):
        return self._success

    def __eq__(self, other):
        return isinstance(other, TypeCheck) and (self._success, self._message) == (other._success, other._message)

    def __repr__(self):
        return 'TypeCheck(OK)' if self._success else 'TypeCheck(FAILED): %s' % self._message


class Namable(object):
    class Error(Exception):
        pass

    class Unnamable(Error):
        pass

    class NamingError(Error):
        pass

    class NotFound(Error):
        pass


class Ref(object):
    """An address such as a.b[c]."""

    class InvalidRefError(Exception):
        pass

    __slots__ = ('_address',)

    @classmethod
    def from_address(cls, address):
        if not isinstance(address, str):
            raise cls.InvalidRefError('Invalid address: %r' % (address,))
        ref = cls()
        # Plain names need no parser; they are nearly all there are.
        ref._address = '.' + address if address.isidentifier() and address.isascii() else _ask('address', address)
        return ref

    def address(self):
        return self._address[1:] if self._address[0] == '.' else self._address

    def __str__(self):
        return '{{%s}}' % self.address()

    __repr__ = __str__

    def __hash__(self):
        return hash(self._address)

    def __eq__(self, other):
        return isinstance(other, Ref) and self._address == other._address

    def __lt__(self, other):
        return self._address < other._address


class MustacheParser(object):
    class Error(Exception):
        pass

    class Uninterpolatable(Error):
        pass


class IsNotMappingError(ValueError):
    pass


class CoercionError(ValueError):
    pass


_ERRORS = {
    'CoercionError': CoercionError, 'InvalidRefError': Ref.InvalidRefError, 'Uninterpolatable': MustacheParser.Uninterpolatable,
    'NotFound': Namable.NotFound, 'NamingError': Namable.NamingError, 'Unnamable': Namable.Unnamable, 'ValueError': ValueError,
    'AttributeError': AttributeError, 'IsNotMappingError': IsNotMappingError,
}


def _ask(question, *args):
    kind, answer = aurora_host.call(question, *args)
    if kind != 'ok':
        raise _ERRORS[kind](answer)
    return answer


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

    def __init__(self):
        self.objects = []
        self._known = {}

    def write(self, value):
        kind = type(value)
        if kind is str or kind is bool:
            return value
        if kind is int:
            return value if -2**53 < value < 2**53 else {'i': str(value)}
        if kind is float:
            return value if value % 1 else {'f': repr(value)}
        if isinstance(value, (Object, Environment, _Inside)):
            return [self.object(value)]
        if isinstance(value, str):
            return str(value)
        return {'o': repr(value)}

    def hold(self, value):
        """Like write, but for what may yet become a struct, list or map."""
        if isinstance(value, Mapping):
            return {'d': [[self.hold(k), self.hold(v)] for k, v in value.items()]}
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
        if value._scopes:
            return [reference, payload, [self.object(scope) for scope in value._scopes]]
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
        return value if isinstance(value, Environment) else Environment(value)

    def _write(self, writer):
        return ['@names', [[address, writer.write(value)] for address, value in self._table.items()]]

    def find(self, ref):
        steps = _ask_about('find_name', self, ref._address)
        return steps if isinstance(steps, str) else _walk(self._table[steps[0]], steps[1:])

    def __repr__(self):
        return 'Environment(%s)' % ', '.join('%s => %s' % (k[1:], v) for k, v in self._table.items())


def _flatten(prefix, names, table):
    for name, value in names.items():
        address = prefix + (name._address if isinstance(name, Ref) else Ref.from_address(name)._address)
        if isinstance(value, Mapping):
            _flatten(address, value, table)
        elif isinstance(value, Environment):
            for inner, bound in value._table.items():
                table[address + inner] = bound
        elif isinstance(value, Object):
            table[address] = value
        elif isinstance(value, _RAW):
            table[address] = str(value)
        else:
            raise ValueError('Environment values must be strings, numbers, Objects or other Environments. Got %s instead.' % type(value))


class _Inside(object):
    """All that the parts of a value see."""

    def __init__(self, value):
        self._value = value

    def _write(self, writer):
        return ['@inside', writer.object(self._value)]


def _scopes_of(names, kw):
    scopes = [n if isinstance(n, (Environment, Struct, List_, Map_)) else Environment(n) for n in names]
    if kw:
        scopes.append(Environment(kw))
    return tuple(scopes)


# ---- types and values

class Type(type):
    """The class of all types."""

    def __instancecheck__(cls, other):
        kind = type(other)
        return kind is cls or cls in kind.__mro__ or (isinstance(kind, Type) and cls._key() is not None and kind._key() == cls._key())

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

    CoercionError = CoercionError

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

    def get(self):
        return self._value

    def _write(self, writer):
        return writer.record(self, writer.write(self._value))

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
        if not isinstance(value, str) or (value not in cls.VALUES and '{{' not in value):
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


class _Container(Object):
    __slots__ = ()

    @classmethod
    def _accept(cls, value):
        return value if isinstance(value, cls) else cls(value)

    @classmethod
    def _wrap(cls, kept):
        return kept

    def __eq__(self, other):
        return self is other or (isinstance(other, _Container) and self._kind == other._kind and self._equals(other))

    def __hash__(self):
        return hash(str(self))

    def __repr__(self):
        return str(self)


def _shallow(kept):
    return kept.get() if isinstance(kept, Object) else kept


class List_(_Container):
    __slots__ = ('_items',)

    def __init__(self, items):
        if not isinstance(items, _LAZY_ITERABLES):
            raise ValueError('ListContainer expects an iterable, got %r' % (items,))
        accept = self.TYPE._accept
        self._items, self._scopes = tuple([accept(item) for item in items]), ()

    @classmethod
    def _make_key(cls):
        return ('list', cls.TYPE._key())

    @classmethod
    def _record(cls):
        return ['list', _number_of(cls.TYPE)]

    @classmethod
    def _read(cls, answer):
        new = cls.__new__(cls)
        read, accept = cls.TYPE._read, cls.TYPE._accept
        new._items, new._scopes = tuple([accept(read(item)) for item in answer]), ()
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._items, new._scopes = self._items, self._scopes
        return new

    def get(self):
        return tuple(_shallow(item) for item in self._items)

    def _write(self, writer):
        return writer.record(self, [writer.write(item) for item in self._items])

    def find(self, ref):
        return _walk(self, _ask_about('find', self, ref._address))

    def _part(self, item):
        return self.TYPE._wrap(item)._inside(self._scopes)

    def __iter__(self):
        return (self._part(item) for item in self._items)

    def __getitem__(self, index):
        found = self._items[index]
        return [self._part(item) for item in found] if isinstance(index, slice) else self._part(found)

    def __contains__(self, item):
        if isinstance(item, Object):
            return any(self.TYPE._wrap(mine) == item for mine in self._items)
        return item in self.get()


class Map_(_Container):
    __slots__ = ('_entries',)

    def __init__(self, *args):
        if len(args) == 1 and isinstance(args[0], Mapping):
            entries = args[0].items()
        elif all(isinstance(arg, tuple) and len(arg) == 2 for arg in args):
            entries = args
        else:
            raise ValueError('MapContainer expects dictionary or tuples, got %s' % ', '.join(map(repr, args)))
        key, value = self.KEY._accept, self.VALUE._accept
        self._entries, self._scopes = tuple([(key(k), value(v)) for k, v in entries]), ()

    @classmethod
    def _make_key(cls):
        return ('map', cls.KEY._key(), cls.VALUE._key())

    @classmethod
    def _record(cls):
        return ['map', _number_of(cls.KEY), _number_of(cls.VALUE)]

    @classmethod
    def _read(cls, answer):
        new = cls.__new__(cls)
        new._entries, new._scopes = tuple([(cls.KEY._accept(cls.KEY._read(k)), cls.VALUE._accept(cls.VALUE._read(v))) for k, v in answer]), ()
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._entries, new._scopes = self._entries, self._scopes
        return new

    def get(self):
        return {_shallow(k): _shallow(v) for k, v in self._entries}

    def _write(self, writer):
        return writer.record(self, [[writer.write(k), writer.write(v)] for k, v in self._entries])

    def find(self, ref):
        return _walk(self, _ask_about('find', self, ref._address))

    def __iter__(self):
        return (self.KEY._wrap(key)._inside(self._scopes) for key, _ in self._entries)

    def __getitem__(self, key):
        wanted = self.KEY._wrap(self.KEY._accept(key))
        for k, v in reversed(self._entries):
            if self.KEY._wrap(k) == wanted:
                return self.VALUE._wrap(v)._inside(self._scopes)
        raise KeyError(key)

    def __contains__(self, key):
        wanted = self.KEY._wrap(self.KEY._accept(key))
        return any(self.KEY._wrap(k) == wanted for k, _ in self._entries)


class Choice_(_Container):
    __slots__ = ('_held',)

    def __init__(self, held):
        self._held, self._scopes = held, ()

    @classmethod
    def _make_key(cls):
        return ('choice', tuple(choice._key() for choice in cls.CHOICES))

    @classmethod
    def _record(cls):
        return ['choice', cls.__name__, [_number_of(choice) for choice in cls.CHOICES]]

    @classmethod
    def _read(cls, answer):
        index, inner = answer
        return cls(cls.CHOICES[index]._read(inner))

    def copy(self):
        new = type(self)(self._held)
        new._scopes = self._scopes
        return new

    def unwrap(self):
        index, inner = _ask_about('choose', self)
        return self._held if isinstance(self._held, Object) else self.CHOICES[index]._read(inner)

    def get(self):
        return _shallow(self._held)

    def _write(self, writer):
        return writer.record(self, writer.hold(self._held))


_made = {}


def _made_once(kind, base, types, name, attributes):
    """List(String) is one class however often it is written."""
    key = (kind, types)
    if key not in _made:
        _made[key] = Type(name, (base,), dict(attributes, _kind=kind, __slots__=()))
    return _made[key]


def _must_be_types(types):
    for cls in types:
        if not isinstance(cls, Type) or cls._kind is None:
            raise TypeError('%r is not a type of the configuration language' % (cls,))


def List(element):
    _must_be_types([element])
    return _made_once('list', List_, element, element.__name__ + 'List', {'TYPE': element})


def Map(key, value):
    _must_be_types([key, value])
    return _made_once('map', Map_, (key, value), key.__name__ + value.__name__ + 'Map', {'KEY': key, 'VALUE': value})


def Choice(*args):
    name, choices = (None,) + args if len(args) == 1 else args
    choices = tuple(choices)
    _must_be_types(choices)
    name = name or 'Choice_' + '_'.join(choice.__name__ for choice in choices)
    return _made_once('choice', Choice_, (name,) + choices, name, {'CHOICES': choices})


class TypeSignature(object):
    """The type of a field, with what is said about it."""

    def __init__(self, cls, required=False, default=Empty):
        _must_be_types([cls])
        self.klazz, self.required = cls, required
        self.default = default if default is Empty else cls._accept(default)

    def __repr__(self):
        return 'TypeSignature(%s, required: %s, default: %s)' % (self.klazz.__name__, self.required, self.default)


def Default(cls, default):
    return TypeSignature(cls, default=default)


def Required(cls):
    return TypeSignature(cls, required=True)


class _StructType(Type):
    def __new__(mcs, name, bases, namespace):
        typemap = {}
        for base in bases:
            typemap.update(getattr(base, 'TYPEMAP', {}))
        kept = {}
        for attribute, value in namespace.items():
            if isinstance(value, TypeSignature):
                typemap[attribute] = value
            elif isinstance(value, Type) and value._kind is not None:
                typemap[attribute] = TypeSignature(value)
            else:
                kept[attribute] = value
        kept['TYPEMAP'] = typemap
        kept['_defaults'] = {field: s.default for field, s in typemap.items() if s.default is not Empty}
        kept.setdefault('_kind', 'struct' if bases and bases[0] is not _Container else None)
        kept.setdefault('__slots__', ())
        return super().__new__(mcs, name, bases, kept)


def _accessor(struct, field):
    return lambda: struct._field(field)


class Struct(_Container, metaclass=_StructType):
    __slots__ = ('_given', '_scopes', '__dict__', '__weakref__')
    TYPEMAP = {}

    def __init__(self, *dicts, **kw):
        self._given, self._scopes = {}, ()
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
                raise AttributeError('Unknown schema attribute %s' % name)
            mine[name] = Empty if value is Empty else signature.klazz._accept(value)

    @classmethod
    def _make_key(cls):
        return ('struct', cls.__name__, tuple((name, s.klazz._key(), s.required) for name, s in cls.TYPEMAP.items()))

    @classmethod
    def _record(cls):
        return ['struct', cls.__name__, [[name, _number_of(s.klazz), s.required] for name, s in cls.TYPEMAP.items()]]

    @classmethod
    def _read(cls, answer):
        new = cls.__new__(cls)
        given = {name: Empty for name in cls._defaults if name not in answer}
        for name, value in answer.items():
            klazz = cls.TYPEMAP[name].klazz
            given[name] = klazz._accept(klazz._read(value))
        new._given, new._scopes = given, ()
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._given, new._scopes = dict(self._given), self._scopes
        return new

    def __call__(self, **kw):
        new = self.copy()
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
        return {name: _shallow(kept) for name, kept in self._set_fields()}

    def _write(self, writer):
        # The engine knows the defaults of its own types.
        given = self._given if isinstance(_number_of(type(self)), str) else dict(self._defaults, **self._given)
        return writer.record(self, {name: {'e': 1} if kept is Empty else writer.write(kept) for name, kept in given.items()})

    def _field(self, name):
        kept = self._kept(name)
        if kept is Empty:
            return Empty
        klazz = self.TYPEMAP[name].klazz
        # A scalar that has its type already, and no reference in it, needs no engine.
        if klazz is String and type(kept) is str and '{{' not in kept or _EXACT.get(type(kept)) is klazz:
            return klazz(kept)
        return klazz._read(_ask_about('field', self, name))

    def __getattr__(self, name):
        if name in self.TYPEMAP:
            return _accessor(self, name)
        if name.startswith('has_') and name[4:] in self.TYPEMAP:
            field = name[4:]
            return lambda: any(field == set_field for set_field, _ in self._set_fields())
        raise AttributeError('%s has no attribute %s' % (type(self).__name__, name))

    def find(self, ref):
        return _walk(self, _ask_about('find', self, ref._address))

    def _part(self, name):
        kept = self._kept(name)
        return self.TYPEMAP[name].klazz._wrap(kept)._inside(self)

    def json_dumps(self):
        import json
        return json.dumps(_plain(self.interpolate()[0]))

    @classmethod
    def json_loads(cls, text, strict=False):
        import json
        return cls(_known_fields(cls, json.loads(text)) if not strict else json.loads(text))


_EXACT = {int: Integer, bool: Boolean, float: Float}


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


def _walk(value, steps):
    """The part of a value to which the engine found the way; each part sees what its container sees."""
    for step in steps:
        if isinstance(value, Choice_):
            value = value._held
        if isinstance(value, Struct):
            value = value._part(step)
        elif isinstance(value, List_):
            value = value[step]
        else:
            value = value.VALUE._wrap(value._entries[step][1])._inside(value._scopes)
    return value


class TypeFactory(object):
    """Types are classes here; kept because configurations may name it."""

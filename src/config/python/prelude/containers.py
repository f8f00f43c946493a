"""Lists, maps and choices."""
from aurora_engine import frozendict
from aurora_values import Object, Type, _ask_about, _number_of, _walk
from collections.abc import Iterable, Mapping, Sequence

# Strings are sequences, too, but no lists; the others are what Python 2 had as lists.
_LISTS = (Sequence, map, filter, zip, type({}.keys()), type({}.values()), type({}.items()))


class _Container(Object):
    __slots__ = ()

    @classmethod
    def _accept(cls, value):
        return value if isinstance(value, cls) else cls(value)

    @classmethod
    def _wrap(cls, kept):
        return kept

    def find(self, ref):
        return _walk(self, _ask_about('find', self, ref._address))

    def __eq__(self, other):
        return self is other or (isinstance(other, _Container) and self._kind == other._kind and self._equals(other))

    def __hash__(self):
        return hash(self.get())

    def __repr__(self):
        return str(self)


def _shallow(kept):
    return kept.get() if isinstance(kept, Object) else kept


class List_(_Container):
    # _typed: it is as interpolated as it can be.
    __slots__ = ('_items', '_typed')

    def __init__(self, items):
        if not isinstance(items, _LISTS) or isinstance(items, str):
            raise ValueError('ListContainer expects an iterable, got %r' % (items,))
        accept = self.TYPE._accept
        self._items, self._scopes, self._typed = tuple([accept(item) for item in items]), (), False

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
        new._items, new._scopes, new._typed = tuple([accept(read(item)) for item in answer]), (), True
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._items, new._scopes, new._typed = self._items, self._scopes, False
        return new

    def get(self):
        return tuple(_shallow(item) for item in self._items)

    def _write(self, writer):
        return writer.record(self, [writer.write(item) for item in self._items])

    def _step(self, step):
        return self.TYPE._wrap(self._items[step])._inside(self._scopes)

    def _parts(self):
        typed = self if self._typed else self.interpolate()[0]
        return tuple(typed.TYPE._wrap(item) for item in typed._items)

    def __iter__(self):
        return iter(self._parts())

    def __getitem__(self, index):
        return self._parts()[index]

    def __contains__(self, item):
        parts = self._parts()
        return item in parts if isinstance(item, Object) else any(part.get() == item for part in parts)


class Map_(_Container):
    __slots__ = ('_entries', '_typed')

    def __init__(self, *args):
        if len(args) == 1 and isinstance(args[0], Mapping):
            entries = args[0].items()
        elif all(isinstance(arg, Iterable) and len(arg) == 2 for arg in args):
            entries = args
        else:
            raise ValueError('MapContainer expects dictionary or tuples, got %s' % ', '.join(map(repr, args)))
        key, value = self.KEY._accept, self.VALUE._accept
        self._entries, self._scopes, self._typed = tuple([(key(k), value(v)) for k, v in entries]), (), False

    @classmethod
    def _make_key(cls):
        return ('map', cls.KEY._key(), cls.VALUE._key())

    @classmethod
    def _record(cls):
        return ['map', _number_of(cls.KEY), _number_of(cls.VALUE)]

    @classmethod
    def _read(cls, answer):
        new = cls.__new__(cls)
        entries = [(cls.KEY._accept(cls.KEY._read(k)), cls.VALUE._accept(cls.VALUE._read(v))) for k, v in answer]
        new._entries, new._scopes, new._typed = tuple(entries), (), True
        return new

    def copy(self):
        new = type(self).__new__(type(self))
        new._entries, new._scopes, new._typed = self._entries, self._scopes, False
        return new

    def get(self):
        return frozendict((_shallow(k), _shallow(v)) for k, v in self._entries)

    def _write(self, writer):
        return writer.record(self, [[writer.write(k), writer.write(v)] for k, v in self._entries])

    def _step(self, step):
        return self.VALUE._wrap(self._entries[step][1])._inside(self._scopes)

    def _parts(self):
        typed = self if self._typed else self.interpolate()[0]
        return [(typed.KEY._wrap(key), typed.VALUE._wrap(value)) for key, value in typed._entries]

    def __iter__(self):
        return iter([key for key, _ in self._parts()])

    def __getitem__(self, key):
        wanted = self.KEY._wrap(self.KEY._accept(key))
        for mine, value in self._parts():
            if mine == wanted:
                return value
        raise KeyError('%s not found' % wanted)

    def __contains__(self, key):
        wanted = self.KEY._wrap(self.KEY._accept(key))
        return any(mine == wanted for mine, _ in self._parts())


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

    def _step(self, step):
        return self._held._step(step)

    def interpolate(self):
        """The alternative that it is, and no choice any more."""
        done, unbound = Object.interpolate(self)
        while isinstance(done, Choice_):
            done = done._held
        return done, unbound

    def unwrap(self):
        return self.interpolate()[0]

    def get(self):
        return self.unwrap().get()

    def __repr__(self):
        return '%s(%r)' % (type(self).__name__, self._held)

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

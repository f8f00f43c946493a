"""References, the errors of the configuration language, and the way to the engine that knows its rules."""
import aurora_host
import re


class frozendict(dict):
    """What get() gives for structs and maps: a dict that may be a member of a set."""

    def __hash__(self):
        return hash(frozenset(self.items()))

    def __repr__(self):
        return 'frozendict(%s)' % dict.__repr__(self)


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

    class Component(object):
        def __init__(self, value):
            self.value = value

        def __hash__(self):
            return hash(self.value)

        def __eq__(self, other):
            return type(self) is type(other) and self.value == other.value

        def __lt__(self, other):
            return self.value < other.value

    class Index(Component):
        def __repr__(self):
            return '[%s]' % self.value

    class Dereference(Component):
        def __repr__(self):
            return '.%s' % self.value

    __slots__ = ('_address',)

    def __init__(self, components=()):
        self._address = ''.join(map(str, components))

    @classmethod
    def wrap(cls, value):
        return value if isinstance(value, Ref) else cls.from_address(value)

    @classmethod
    def from_address(cls, address):
        if not isinstance(address, str):
            raise cls.InvalidRefError('Invalid address: %r' % (address,))
        ref = cls()
        # Plain names need no parser; they are nearly all there are.
        ref._address = '.' + address if address.isidentifier() and address.isascii() else _ask('address', address)
        return ref

    def address(self):
        return self._address[1:] if self._address[:1] == '.' else self._address

    def components(self):
        parts = re.findall(r'\.(\w+)|\[([^\]]*)\]', self._address)
        return [Ref.Dereference(name) if name else Ref.Index(index) for name, index in parts]

    def action(self):
        return self.components()[0]

    def is_index(self):
        return self._address[0] == '['

    def is_dereference(self):
        return self._address[0] == '.'

    def is_empty(self):
        return not self._address

    def rest(self):
        return Ref(self.components()[1:])

    def __add__(self, other):
        return Ref(self.components() + other.components())

    @staticmethod
    def subscope(outer, inner):
        """What of the inner address lies beyond the outer one; None if it does not begin with it."""
        known, parts = outer.components(), inner.components()
        return Ref(parts[len(known):]) if len(parts) > len(known) and parts[:len(known)] == known else None

    def scoped_to(self, ref):
        return Ref.subscope(self, ref)

    def __str__(self):
        return '{{%s}}' % self.address()

    def __repr__(self):
        return 'Ref(%s)' % self.address()

    def __hash__(self):
        return hash(self._address)

    def __eq__(self, other):
        return isinstance(other, Ref) and self._address == other._address

    def _order(self):
        parts = self.components()
        return len(parts), parts

    def __lt__(self, other):
        return self._order() < other._order()

    def __gt__(self, other):
        return other < self


class MustacheParser(object):
    class Error(Exception):
        pass

    class Uninterpolatable(Error):
        pass

    @classmethod
    def split(cls, text, keep_aliases=False):
        """The texts and the references that a text consists of."""
        return [part if isinstance(part, str) else Ref.from_address(part[0]) for part in _ask('split', text, keep_aliases)]

    @classmethod
    def join(cls, parts, *namables):
        """The text, and the references that none of the namables knows."""
        joined, unbound = [], []
        for part in parts:
            found = cls._find(part, namables) if isinstance(part, Ref) else part
            if found is None:
                unbound.append(part)
            joined.append(str(part if found is None else found))
        return ''.join(joined), unbound

    @staticmethod
    def _find(ref, namables):
        for namable in namables:
            try:
                return namable.find(ref)
            except Namable.Error:
                pass
        return None


class IsNotMappingError(ValueError):
    pass


class CoercionError(ValueError):
    pass


_ERRORS = {
    'CoercionError': CoercionError, 'InvalidRefError': Ref.InvalidRefError, 'Uninterpolatable': MustacheParser.Uninterpolatable,
    'NotFound': Namable.NotFound, 'NamingError': Namable.NamingError, 'Unnamable': Namable.Unnamable, 'ValueError': ValueError,
    'AttributeError': AttributeError, 'IsNotMappingError': IsNotMappingError, 'IndexError': IndexError,
}


for _error in _ERRORS.values():
    # So that tracebacks show them by their names alone.
    if _error.__module__ == __name__:
        _error.__module__, _error.__qualname__ = 'builtins', _error.__name__


def _ask(question, *args):
    kind, answer = aurora_host.call(question, *args)
    if kind != 'ok':
        raise _ERRORS[kind](answer)
    return answer

"""References, the errors of the configuration language, and the way to the engine that knows its rules."""
import aurora_host


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

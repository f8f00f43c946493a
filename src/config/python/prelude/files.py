"""Files: the host answers what is looked at. Here errors become those that Linux has, and what is forbidden is never just missing."""
import aurora_places
import builtins
import errno
import functools
import genericpath
import io
import os
import posixpath
import re
import stat
import sys

# WASI, for which this Python was compiled, numbers errors in another way.
_LINUX = {'EACCES': 13, 'EEXIST': 17, 'EFBIG': 27, 'EINVAL': 22, 'EIO': 5, 'EISDIR': 21, 'ELOOP': 40, 'ENAMETOOLONG': 36, 'ENOENT': 2,
          'ENOTDIR': 20, 'ENOTEMPTY': 39, 'EPERM': 1, 'EROFS': 30}
_NUMBERS = {getattr(errno, name): number for name, number in _LINUX.items()}
for _name, _number in _LINUX.items():
    setattr(errno, _name, _number)
errno.errorcode.update((number, name) for name, number in _LINUX.items())
_WASI = {linux: wasi for wasi, linux in _NUMBERS.items()}
os.strerror = lambda number, _original=os.strerror: _original(_WASI.get(number, number))

_CLASSES = {2: FileNotFoundError, 13: PermissionError, 20: NotADirectoryError, 21: IsADirectoryError}


def os_error(number, text, path):
    """The error that Linux has under that number."""
    error = _CLASSES.get(number, OSError)()
    error.errno, error.strerror, error.filename = number, text, path
    return error


def _numbered(function):
    @functools.wraps(function)
    def call(*args, **kw):
        try:
            return function(*args, **kw)
        except OSError as error:
            error.errno = _NUMBERS.get(error.errno, error.errno)
            if error.errno == errno.EACCES:
                _warn_of(error.filename)
            raise
    return call


# Modules that look at files for whoever calls them, and may go on as if nothing were there.
_LOOKING = re.compile(r'<aurora |<frozen (os|posixpath|genericpath)>|/lib/python\d+\.zip/(glob|codecs|shutil|pathlib/.*)\.py')


def _warn_of(path):
    frame = sys._getframe(2)
    while frame is not None and _LOOKING.match(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is not None and frame.f_code.co_filename in aurora_places.files():
        why = '%s: Permission denied. AURORA_READ_ROOTS can name folders outside of the project.' % path
        aurora_places.warnings[frame.f_code.co_filename, frame.f_lineno, why] = None


for _name in ('stat', 'lstat', 'open', 'listdir', 'scandir', 'readlink', 'chdir'):
    setattr(os, _name, _numbered(getattr(os, _name)))

_open = _numbered(open)


def _read_only(file, mode='r', *args, **kw):
    if isinstance(mode, str) and any(letter in mode for letter in 'wax+') and not isinstance(file, int):
        raise _refusal(file)
    if isinstance(mode, str) and 'U' in mode:
        # All line ends alike, as text is read since anyway.
        mode = mode.replace('U', '') or 'r'
    return _open(file, mode, *args, **kw)


def _refusal(path):
    return PermissionError(13, 'A configuration may read files, not write them', os.fspath(path))


def _refuse(path, *args, **kw):
    raise _refusal(path)


for _name in ('mkdir', 'makedirs', 'rmdir', 'removedirs', 'remove', 'unlink', 'rename', 'renames', 'replace', 'symlink', 'truncate', 'chmod', 'utime'):
    setattr(os, _name, functools.wraps(getattr(os, _name))(_refuse))


builtins.open = io.open = functools.wraps(open)(_read_only)


def _test(name, look, is_it):
    def test(path):
        try:
            return is_it(look(path))
        except PermissionError:
            # Not False: a file outside of the project may well be there. Python's library asks for files that it can do without.
            asker = sys._getframe(1).f_code.co_filename
            if asker.startswith('/lib/python') and '/pathlib/' not in asker:
                return False
            raise
        except (OSError, ValueError):
            return False
    test.__name__ = test.__qualname__ = name
    setattr(posixpath, name, test)
    if hasattr(genericpath, name):
        setattr(genericpath, name, test)


_test('exists', os.stat, lambda found: True)
_test('lexists', os.lstat, lambda found: True)
_test('isfile', os.stat, lambda found: stat.S_ISREG(found.st_mode))
_test('isdir', os.stat, lambda found: stat.S_ISDIR(found.st_mode))
_test('islink', os.lstat, lambda found: stat.S_ISLNK(found.st_mode))

"""Where in the files of a configuration its values were written."""
import bisect
import sys

# The files by their names, with their numbers.
_files = {}


def register(file):
    _files.setdefault(file, len(_files))


def files():
    return list(_files)


# What its author should know, by file, line and message.
warnings = {}


def here():
    """The innermost place in a file of the configuration, as (code, instruction): to know the line of each takes too long while there are others to make."""
    frame = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        if code.co_filename in _files:
            return code, frame.f_lasti
        frame = frame.f_back
    return None


_lines = {}


def line(place):
    """The file's number and the line."""
    code, instruction = place
    starts, lines = _lines.get(code) or _lines.setdefault(code, tuple(zip(*((start, line or 0) for start, _, line in code.co_lines()))))
    return [_files[code.co_filename], lines[bisect.bisect_right(starts, instruction) - 1]]

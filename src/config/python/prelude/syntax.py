"""Sources that Python would take for something else, or refuse without saying where: syntax of Python 2, and what is no text."""
import ast
import re

# Few files have anything like it, and only these are worth a second look.
_SUSPECT = re.compile(r'^[ \t]*except[ \t(][^:#\n]*,|\bprint[ \t]*>>', re.MULTILINE)


def refuse(source, file):
    if isinstance(source, str):
        _refuse_binary(source, file)
        _refuse_python2(source, file)
    else:
        _refuse_binary(source.decode('latin-1'), file)


def _refuse_binary(text, file):
    at = text.find('\0')
    if at != -1:
        raise SyntaxError('this is no text: it has a NUL character', (file, text.count('\n', 0, at) + 1, None, None))


def _refuse_python2(text, file):
    """Raises SyntaxError for `except X, e:` (which now means two classes) and `print >>f, x` (which now is a comparison of bits)."""
    if not _SUSPECT.search(text):
        return
    for node in ast.walk(compile(text, file, 'exec', ast.PyCF_ONLY_AST, dont_inherit=True)):
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple) and node.type.col_offset == node.type.elts[0].col_offset:
            raise _error('multiple exception types must be parenthesized', node.type, text, file)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift) and isinstance(node.left, ast.Name) and node.left.id == 'print':
            raise _error("Missing parentheses in call to 'print'. Did you mean print(...)?", node, text, file)


def _error(message, node, text, file):
    line = text.splitlines()[node.lineno - 1]
    return SyntaxError(message, (file, node.lineno, node.col_offset + 1, line, node.end_lineno, node.end_col_offset + 1))

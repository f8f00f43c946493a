"""Syntax of Python 2 that Python 3 takes for something else."""
import ast
import re

# Few files have anything like it, and only these are worth a second look.
_SUSPECT = re.compile(r'^[ \t]*except[ \t(][^:#\n]*,|\bprint[ \t]*>>', re.MULTILINE)


def refuse_python2(text, file):
    """Raises SyntaxError for `except X, e:` (which now means two classes) and `print >>f, x` (which now is a comparison of bits)."""
    if isinstance(text, bytes) or not _SUSPECT.search(text):
        return
    for node in ast.walk(compile(text, file, 'exec', ast.PyCF_ONLY_AST, dont_inherit=True)):
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple) and node.type.col_offset == node.type.elts[0].col_offset:
            raise _error('multiple exception types must be parenthesized', node.type, text, file)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift) and isinstance(node.left, ast.Name) and node.left.id == 'print':
            raise _error("Missing parentheses in call to 'print'. Did you mean print(...)?", node, text, file)


def _error(message, node, text, file):
    line = text.splitlines()[node.lineno - 1]
    return SyntaxError(message, (file, node.lineno, node.col_offset + 1, line, node.end_lineno, node.end_col_offset + 1))

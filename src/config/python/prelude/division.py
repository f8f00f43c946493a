"""Divisions of whole numbers, which Python 2 rounded down: their results are marked, so that whole-number fields can tell what became of them."""
import ast
import builtins
import re


class Quotient(float):
    """The result of a division that Python 2 would have rounded, and what was calculated with it."""
    __slots__ = ()


def _marked(name):
    operate = getattr(float, name)

    def marked(self, *others):
        result = operate(self, *others)
        return Quotient(result) if type(result) is float else result

    return marked


for _name in ('add', 'radd', 'sub', 'rsub', 'mul', 'rmul', 'truediv', 'rtruediv', 'neg', 'pos', 'abs'):
    setattr(Quotient, '__%s__' % _name, _marked('__%s__' % _name))


def _divide(a, b):
    result = a / b
    return Quotient(result) if type(a) is int and type(b) is int and a % b else result


builtins.__divide__ = _divide

_TEXTS = re.compile(r'''\'\'\'.*?\'\'\'|""".*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*''', re.DOTALL)
_DIVISION = re.compile(r'(?<!/)/(?!/)')


def marking(source, file):
    """The program with its divisions marked; nothing if it has none, or means what Python 3 means by them."""
    if not isinstance(source, str) or not _DIVISION.search(_TEXTS.sub('', source)) or 'import division' in source:
        return None
    return ast.fix_missing_locations(_Marking().visit(compile(source, file, 'exec', ast.PyCF_ONLY_AST, dont_inherit=True)))


class _Marking(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self._call(node, node.left, node.right) if isinstance(node.op, ast.Div) else node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or not isinstance(node.target, ast.Name):
            return node
        old = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
        return ast.copy_location(ast.Assign([node.target], self._call(node, old, node.value)), node)

    @staticmethod
    def _call(node, a, b):
        return ast.copy_location(ast.Call(ast.Name('__divide__', ast.Load()), [a, b], []), node)

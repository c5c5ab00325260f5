"""What can be done to a piece of code so that a rule in it is broken. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult,
}

_TWINS = {"max": "min", "min": "max", "any": "all", "all": "any"}

# What cleans a value: leaving it out gives the value as it was.
_CLEANING = {"strip", "rstrip", "lower", "upper", "casefold", "capitalize"}
_CLEANING |= {"removeprefix", "removesuffix", "copy", "replace", "with_traceback"}
_ROUNDING = {"int", "float", "round", "ceil", "sorted", "set", "tuple", "list", "reversed"}


def expressions(node: ast.AST) -> Iterator[ast.AST]:
    """Give what an expression can become."""
    match node:
        case ast.Constant():
            yield from map(ast.Constant, _constants(node.value))
        case ast.Compare(ops=[op]):
            yield from (_with(node, ops=[other()]) for other in _COMPARISONS[type(op)])
        case ast.BinOp(op=ast.BitOr()):
            yield from (node.left, node.right)
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.BoolOp():
            yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
            for values in _shorter(node.values):
                yield values[0] if len(values) == 1 else _with(node, values=values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Call():
            yield from _calls(node)
        case ast.Tuple() | ast.List() | ast.Set() if isinstance(getattr(node, "ctx", None), _READ):
            for i, one in enumerate(node.elts):
                if not isinstance(one, ast.Constant):  # those are changed by themselves
                    yield _with(node, elts=node.elts[:i] + node.elts[i + 1 :])
        case ast.comprehension():
            yield from (_with(node, ifs=ifs) for ifs in _shorter(node.ifs))
        case _:
            pass


_READ = (ast.Load, type(None))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Give what a statement can become; the expressions in it are changed by themselves."""
    match node:
        case ast.If():
            yield from (_with(node, test=ast.Constant(value)) for value in (True, False))
        case ast.While():
            yield _with(node, test=ast.Constant(False))
        case ast.Return(value=ast.expr() as value) if not _is_falsy(value):
            yield ast.Return(ast.Constant(None))
        case ast.Assign(targets=[ast.Name(id=name)]):
            if name in {inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)}:
                yield ast.Pass()
        case ast.Assign() | ast.AugAssign() | ast.Delete() | ast.Raise() | ast.Break():
            yield ast.Pass()
            if isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
                yield _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case _:
            pass


def _constants(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case float():
            yield value * 2 or 1.0
        case str():
            yield "" if value else "XX"
        case bytes():
            yield b"" if value else b"XX"
        case _:
            pass


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    match node.func:
        case ast.Name(id=name) if name in _TWINS:
            yield _with(node, func=ast.Name(_TWINS[name], ast.Load()))
        case ast.Name(id=name) if name in _ROUNDING and len(node.args) == 1:
            yield node.args[0]
        case ast.Attribute(value=owner, attr=name) if name in _CLEANING:
            yield owner
        case _:
            pass
    for i, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield _with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])


def _shorter(members: list[ast.expr]) -> Iterator[list[ast.expr]]:
    return (members[:i] + members[i + 1 :] for i in range(len(members)))


def _is_falsy(node: ast.expr) -> bool:
    """Whether it is None, or changed by itself into something that is more than another nothing."""
    return isinstance(node, ast.Constant) and not node.value


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other

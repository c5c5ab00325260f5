"""Rewrites the modules of models that ariadne-codegen makes.

What stock output gets wrong for this contract: closed unions, `alias=` that hides the Python
names from type checkers, pass-through subclasses, forward references with `model_rebuild()`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

BASES = {"BaseModel", "InputModel"}


def name(identifier: str) -> ast.Name:
    """A reference to a name."""
    return ast.Name(id=identifier)


def references(tree: ast.AST) -> Iterator[ast.Name]:
    """Every name below, quoted ones included, except the values inside `Literal[...]`."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Subscript) and _is_name(node.value, "Literal"):
            continue
        if isinstance(node, ast.Name):
            yield node
        stack.extend(ast.iter_child_nodes(node))


def _is_name(node: ast.AST, identifier: str) -> bool:
    return isinstance(node, ast.Name) and node.id == identifier


def split_alias(value: ast.expr | None) -> None:
    """Write `alias=` as two aliases: type checkers take `alias` for the `__init__` parameter."""
    if isinstance(value, ast.Call):
        value.keywords = [
            ast.keyword(arg, keyword.value)
            for keyword in value.keywords
            for arg in (
                ("validation_alias", "serialization_alias")
                if keyword.arg == "alias"
                else (keyword.arg,)
            )
        ]


def plain_default(value: ast.expr | None) -> ast.expr | None:
    """Write `= None` for `= Field(default=None)`: it builds faster."""
    if isinstance(value, ast.Call) and [k.arg for k in value.keywords] == ["default"]:
        return value.keywords[0].value
    return value


def open_union(node: ast.AnnAssign) -> None:
    """Give a union one more member, for types that the server adds later."""
    call = node.value
    at_top = isinstance(node.annotation, ast.Subscript) and _is_name(node.annotation.value, "Union")
    if at_top and isinstance(call, ast.Call):
        kept = [k for k in call.keywords if k.arg != "discriminator"]
        if len(kept) < len(call.keywords):
            node.annotation = _with_fallback(_discriminated(node.annotation))
            call.keywords = kept
            node.value = call if kept else None
    else:
        node.annotation = _OpenUnions().visit(node.annotation)


def _discriminated(union: ast.expr) -> ast.expr:
    field = ast.parse('Field(discriminator="typename__")', mode="eval").body
    return _annotated(union, field)


def _with_fallback(union: ast.expr) -> ast.expr:
    members = ast.Subscript(name("Union"), ast.Tuple([union, name("UnknownVariant")], ast.Load()))
    return _annotated(members, ast.parse('Field(union_mode="left_to_right")', mode="eval").body)


def _annotated(annotation: ast.expr, field: ast.expr) -> ast.Subscript:
    return ast.Subscript(name("Annotated"), ast.Tuple([annotation, field], ast.Load()))


class _OpenUnions(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        return _with_fallback(node) if _is_name(node.value, "Annotated") else node


def linearise(module: ast.Module) -> dict[str, str]:
    """Order the classes of a module so that nothing is referred to before it is there.

    Pass-through classes (`class XPosition(Position): pass`) give way to what they stand for;
    quotes and `model_rebuild()` go.

    Returns:
        The names that went, and what stands for them.

    Raises:
        ValueError: when classes refer to each other in a circle, which this contract has none of.
    """
    classes = {s.name: s for s in module.body if isinstance(s, ast.ClassDef)}
    imports = [s for s in module.body if isinstance(s, ast.ImportFrom)]
    imported = {alias.name for i in imports for alias in i.names}
    gone = dict(_aliases(module)) | dict(_passed_through(classes.values(), imported))
    for passed in gone.keys() & classes.keys():
        del classes[passed]

    def resolve(identifier: str) -> str:
        while identifier in gone:
            identifier = gone[identifier]
        return identifier

    uses: dict[str, set[str]] = {}
    for class_ in classes.values():
        for reference in references(class_):
            reference.id = resolve(reference.id.strip("\"'"))
        uses[class_.name] = {r.id for r in references(class_) if r.id in classes}
    module.body = [*imports, *_fallback_import(classes), *(classes[n] for n in _ordered(uses))]
    return {old: resolve(old) for old in gone}


def _aliases(module: ast.Module) -> Iterator[tuple[str, str]]:
    for statement in module.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
            target = statement.targets[0]
            assert isinstance(target, ast.Name)
            yield target.id, statement.value.id


def _passed_through(
    classes: Iterable[ast.ClassDef], imported: set[str]
) -> Iterator[tuple[str, str]]:
    known = {c.name for c in classes} | imported - BASES
    for class_ in classes:
        if len(class_.bases) == len(class_.body) == 1 and _adds_nothing(class_.body[0]):
            (base,) = class_.bases
            assert isinstance(base, ast.Name)
            if base.id in known:
                yield class_.name, base.id


def _adds_nothing(statement: ast.stmt) -> bool:
    """Whether it is `pass`, or the type name that the fragment of a union's member has itself."""
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.AnnAssign) and _is_name(statement.target, "typename__")
    )


def _fallback_import(classes: dict[str, ast.ClassDef]) -> list[ast.ImportFrom]:
    used = any(r.id == "UnknownVariant" for c in classes.values() for r in references(c))
    return [ast.ImportFrom("base_model", [ast.alias("UnknownVariant")], 1)] if used else []


def _ordered(uses: dict[str, set[str]]) -> list[str]:
    order: dict[str, None] = {}

    def place(identifier: str, path: tuple[str, ...]) -> None:
        if identifier in path:
            raise ValueError(f"classes refer to each other in a circle: {' -> '.join(path)}")
        if identifier not in order:
            for used in sorted(uses[identifier]):
                place(used, (*path, identifier))
            order[identifier] = None

    for identifier in sorted(uses):
        place(identifier, ())
    return list(order)

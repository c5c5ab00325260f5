"""What fields of inputs need beyond their GraphQL types: times as people have them, warnings."""

from __future__ import annotations

import ast

from graphql import GraphQLInputField, get_named_type

from .models import name

# GraphQL has one type for counts and for times; schema.graphql tells them apart in words.
_UNIT = "Unix milliseconds"
_TIMES = "UnixMilliseconds"


def take_times(node: ast.AnnAssign, field: GraphQLInputField) -> None:
    """Let a field of Unix milliseconds take a `datetime` or a `date` too."""
    if get_named_type(field.type).name == "Long" and _UNIT in (field.description or ""):
        for part in ast.walk(node.annotation):
            if isinstance(part, ast.Name) and part.id == "int":
                part.id = _TIMES


def import_of_times() -> ast.ImportFrom:
    """Where the type of such fields comes from."""
    return ast.ImportFrom("leadiq._ground.scalars", [ast.alias(_TIMES)], 0)


def deprecate(node: ast.AnnAssign, field: GraphQLInputField) -> None:
    """Give a field the reason of its deprecation, with which using it warns."""
    if not field.deprecation_reason:
        return
    if not isinstance(node.value, ast.Call):
        default = [ast.keyword("default", node.value)] if node.value else []
        node.value = ast.Call(name("Field"), [], default)
    node.value.keywords.append(
        ast.keyword("deprecated", ast.Constant(" ".join(field.deprecation_reason.split())))
    )

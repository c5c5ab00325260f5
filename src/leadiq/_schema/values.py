"""The variables of a user's own document, held against their types. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    is_non_null_type,
    print_ast,
    type_from_ast,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
)
from graphql.pyutils import did_you_mean, suggestion_list
from graphql.utilities import (
    coerce_input_value,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
)

from .._core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAMES_ONLY = ("Field ", "Exactly one key")  # what graphql-core says without a value in it


def check_values(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> None:
    """Refuse variables that an operation does not have, lacks, or cannot take.

    Raises:
        InputError: naming the variable, what is wrong and what would do; never a value.
    """
    declared = {d.variable.name.value: d for d in operation.variable_definitions or ()}
    for name in variables:
        if name not in declared:
            text = f"variables: the operation has no ${name}.{nearest(name, declared)}"
            raise InputError(text, sent=False)
    for name, definition in declared.items():
        _check(schema, definition, name, variables)


def _check(
    schema: GraphQLSchema,
    definition: VariableDefinitionNode,
    name: str,
    variables: Mapping[str, Any],
) -> None:
    wanted: Any = type_from_ast(schema, definition.type)
    if name not in variables:
        if is_non_null_type(wanted) and definition.default_value is None:
            text = f"variables: ${name} is missing; it has to be {print_ast(definition.type)}"
            raise InputError(text, sent=False)
        return

    def refuse(path: list[str | int], value: Any, error: GraphQLError) -> None:
        where = ".".join([name, *map(str, path)])
        problem = _problem(_at(wanted, path), value, error)
        raise InputError(f"variables: {where}: {problem}", sent=False)

    try:
        coerce_input_value(variables[name], wanted, refuse)
    except IndexError:  # see `nearest`: it measures the names of members itself
        text = f"variables: {name}: a member's name, or a value of an enum, is not known"
        raise InputError(text, sent=False) from None


def nearest(word: str, words: Iterable[str]) -> str:
    """Give a hint at the names that are meant by a misspelt one; empty if there are none.

    graphql-core falls over a word that is longer in lower case, as one with an İ is; no name of
    GraphQL's is beyond ASCII.
    """
    return did_you_mean(suggestion_list(word, list(words))) if word.isascii() else ""


def _problem(wanted: Any, value: Any, error: GraphQLError) -> str:
    if error.message.startswith(_NAMES_ONLY):
        return error.message.removesuffix(".")
    inner = _nullable(wanted)
    text = f"it has to be {wanted}, not {'null' if value is None else type(value).__name__}"
    if isinstance(inner, GraphQLEnumType) and isinstance(value, str):
        text = f"not a value of {inner.name}."
        return text + nearest(value, inner.values)
    return text


def _at(wanted: Any, path: list[str | int]) -> Any:
    """Give the type that stands at a path inside a variable."""
    for step in path:
        inner = _nullable(wanted)
        wanted = inner.of_type if isinstance(step, int) else inner.fields[step].type
    return wanted


def _nullable(wanted: Any) -> Any:
    return wanted.of_type if is_non_null_type(wanted) else wanted

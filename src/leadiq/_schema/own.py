"""A document of the user's own: read, checked and priced before anything is sent. Pure.

What is refused is told with the place in the document and the nearest name that would do; never
with a value, neither of a variable nor of the document itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from .._core.documents import Operation
from .._core.errors import ErrorItem, InputError
from .._core.pricing import price
from .._core.redaction import literals, redact
from .charges import bill_of
from .packaged import packaged_schema
from .selection import Selection
from .values import check_values, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LATEST = 64
_SHOWN = 3
# A syntax error quotes the token that it stumbled upon.
_QUOTED = re.compile(r"(found (?:BlockString|Float|Int|Name|String)) .*", re.DOTALL)


def read(
    document: str, variables: Mapping[str, Any], operation_name: str | None
) -> tuple[Operation, str | None]:
    """Read a document and hold it, and the variables, against the packaged schema.

    Args:
        document: one or more operations and their fragments.
        variables: JSON-ready values.
        operation_name: which operation is meant, where there are several.

    Returns:
        The operation, with its price for these variables, and the name that it bears.

    Raises:
        InputError: naming what is wrong, and where; nothing is sent.
    """
    node = checked(document)
    operation = _chosen(node, operation_name)
    check_values(packaged_schema(), operation, variables)
    selection = Selection(packaged_schema(), node, operation, variables)
    bill = bill_of(selection)
    is_query = operation.operation is OperationType.QUERY
    root = next((nodes[0].name.value for nodes in selection.root().values()), "nothing")
    compiled = Operation(
        name=selection.operation_name or root,
        kind="query" if is_query else "mutation",
        root=root,
        text=document,
        variables={},
        needs=(),
        fragments={},
        flags=(),
        repeatable=is_query and price(bill).maximum.is_finite(),
        bill=bill,
    )
    return compiled, selection.operation_name


@lru_cache(maxsize=_LATEST)
def checked(document: str) -> DocumentNode:
    """Parse and validate; the latest documents are kept, because that takes milliseconds."""
    try:
        node = parse(document)
        errors = validate(packaged_schema(), node)
    except GraphQLError as error:
        raise _refusal([error], document) from None
    except RecursionError:
        raise InputError("the document is nested too deeply", sent=False) from None
    if errors:
        raise _refusal(errors, document)
    return node


def _refusal(errors: Sequence[GraphQLError], document: str) -> InputError:
    items = tuple(ErrorItem(_told(error, document)) for error in errors)
    more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    text = "; ".join(item.message for item in items[:_SHOWN])
    return InputError(f"the document: {text}{more}", errors=items, sent=False)


def _told(error: GraphQLError, document: str) -> str:
    places = [f"line {place.line}, column {place.column}: " for place in error.locations or []]
    message = redact(_QUOTED.sub(r"\1", error.message), literals(document))
    return "".join(places[:1]) + message.removesuffix(".")


def _chosen(node: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [d for d in node.definitions if isinstance(d, OperationDefinitionNode)]
    names = [o.name.value for o in operations if o.name]
    if name is not None and name not in names:
        text = f"operation_name: the document has no operation of that name.{nearest(name, names)}"
        raise InputError(text, sent=False)
    if name is None and len(operations) > 1:
        text = f"the document has several operations ({', '.join(names)})"
        raise InputError(f"{text}: say which with operation_name", sent=False)
    chosen = next(o for o in operations if name is None or (o.name and o.name.value == name))
    if chosen.operation is OperationType.SUBSCRIPTION:
        raise InputError("LeadIQ has no subscriptions; ask for it in a query", sent=False)
    return chosen

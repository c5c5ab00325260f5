"""The most that documents and operations can cost, whatever their variables are. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.pricing import Prices, price
from ._extra import require_graphql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from graphql import SelectionNode


def operation_prices(prices: Prices = Prices()) -> Iterator[tuple[str, Decimal]]:  # noqa: B008
    """Give what each charged operation of this SDK costs at most, and with each of its unlocks.

    Args:
        prices: universal credits of each data point.

    Returns:
        Names such as `SearchPeople` and `SearchPeople work-email`, with the credits for one result
        or one page; `Infinity` where no price is published.
    """
    from .._generated.operations import ALL

    for operation in ALL:
        if operation.bill.basis != "free":
            yield operation.name, price(operation.bill, prices=prices).maximum
            for unlock in operation.bill.unlocks:
                most = price(operation.bill, [unlock], prices=prices).maximum
                yield f"{operation.name} {unlock}", most


def document_prices(
    document: str,
    prices: Prices = Prices(),  # noqa: B008
) -> Iterator[tuple[str, Decimal]]:
    """Give what each operation of a document costs at most: all that `@include` may include.

    Args:
        document: GraphQL, as `LeadIQ.execute` takes it.
        prices: universal credits of each data point.

    Returns:
        Names of operations ("" for one without), with the credits for one result or one page of
        each root field.

    Raises:
        InputError: the document has errors; it says where.
        ImportError: the extra is not installed.
    """
    require_graphql()
    from graphql import OperationDefinitionNode

    from .._schema.charges import bill_of
    from .._schema.own import checked
    from .._schema.packaged import packaged_schema
    from .._schema.selection import Selection

    class Widest(Selection):
        def _included(self, node: SelectionNode) -> bool:
            return True

    node = checked(document)
    for operation in node.definitions:
        if isinstance(operation, OperationDefinitionNode):
            selection = Widest(packaged_schema(), node, operation, {})
            bill = bill_of(selection)
            yield selection.operation_name or "", price(bill, prices=prices).maximum

"""What a selection can be charged for. Pure.

The tables are those of the SDK's own operations: a document that selects what a method selects has
the method's price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.billing import BASIS, data_point
from .._core.pricing import Bill, DataPoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import FieldNode

    from .selection import Selection


def bill_of(selection: Selection) -> Bill:
    """Tell what a selection can be charged for: each of its root fields by itself.

    What directives leave out, with the variables at hand, counts for nothing.
    """
    bills = [_bill(selection, nodes) for nodes in selection.root().values()]
    charged = [bill for bill in bills if bill.basis != "free"]
    return charged[0]._replace(plus=tuple(charged[1:])) if charged else Bill("free")


def _bill(selection: Selection, nodes: list[FieldNode]) -> Bill:
    basis = BASIS.get(nodes[0].name.value, "free")
    if basis in {"free", "unpublished"}:
        return Bill(basis)
    below = [fields for _, fields in selection.each_below(selection.root_type, nodes)]
    records = any(found[0].selection_set for fields in below for found in fields.values())
    if basis != "page" and not records:
        return Bill("free")  # how many there are is no data point
    points = set(_points(selection, selection.root_type, nodes))
    return Bill(basis, (DataPoint.PROFILE, *sorted(points)))


def _points(selection: Selection, owner: str, nodes: list[FieldNode]) -> Iterator[DataPoint]:
    """Give what is charged below a field of `owner`, beyond profiles and pages."""
    for name, fields in selection.each_below(owner, nodes):
        for found in fields.values():
            point = data_point(name, found[0].name.value)
            if point:
                yield point
            if found[0].selection_set:
                yield from _points(selection, name, found)

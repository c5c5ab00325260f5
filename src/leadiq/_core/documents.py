"""Operations as templates: the document that is sent names only what was asked for.

The templates are compiled when code is generated, so that rendering needs no GraphQL library
(importing one costs more than the rest of the SDK). A document that does not name a field cannot
be billed for it, whatever a server thinks of `@include(if: false)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .pricing import Bill

Segment: TypeAlias = str | tuple[str, str]
"""Text of a document; or text and the flag that has to be on for it to be there."""

Segments: TypeAlias = tuple[Segment, ...]

Needed: TypeAlias = tuple[str, tuple[str, ...] | None]
"""A fragment's name, and the flags of which one has to be on for it to be needed (None: always)."""


class Operation(NamedTuple):
    """One operation of `queries/`, compiled."""

    name: str
    kind: Literal["query", "mutation"]
    root: str
    """The root field that it asks for, by LeadIQ's name."""
    text: str
    """The operation itself, minified, without fragments."""
    variables: Mapping[str, str]
    """Type of each variable that is not a flag, as GraphQL writes it."""
    needs: tuple[Needed, ...]
    fragments: Mapping[str, Segments]
    """The table that all operations share."""
    flags: tuple[str, ...]
    """Every flag that its selection knows, sorted."""
    repeatable: bool
    """Whether sending it again cannot do harm: reads, and the writes that LeadIQ's guide names."""
    bill: Bill

    def render(self, on: frozenset[str] = frozenset()) -> str:
        """Give the document with exactly the selections of the flags in `on`.

        Flags that the operation does not know are ignored.
        """
        parts = [self.text]
        for fragment, flags in self.needs:
            if flags is None or not on.isdisjoint(flags):
                parts += (
                    segment if isinstance(segment, str) else segment[0]
                    for segment in self.fragments[fragment]
                    if isinstance(segment, str) or segment[1] in on
                )
        return "".join(parts)

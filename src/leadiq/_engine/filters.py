"""The inputs of the advanced searches: made of keywords, and checked before they are sent. Pure.

A page costs credits whatever it holds [samples], so a search that cannot be what was meant is
refused: pages that LeadIQ has not, empty members, and no condition at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from .._ground.json import sequence
from .defaults import MOST_ON_PAGE
from .inputs import (
    built,
    check_count,
    check_members,
    check_page,
    either,
    members,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from ..types import FlatSearchInput, GroupedSearchInput

I = TypeVar("I", "FlatSearchInput", "GroupedSearchInput")  # noqa: E741 - an input

#: What the keywords are called in the contract; the rest have one name.
_MEMBERS: Final = {
    "contacts": "contact_filter",
    "companies": "company_filter",
    "excluded_contacts": "contact_excluded_filter",
    "excluded_companies": "company_excluded_filter",
    "previous_companies": "previous_company_filter",
    "previous_positions": "previous_position_filter",
    "job_changes": "job_change_filter",
}
_EXCLUDING: Final = ("contact_excluded_filter", "company_excluded_filter")
_SORTING: Final = ("sort_contacts_by", "sort_companies_by")
_NOBODY: Final = (
    "no condition says whom to find, and each page costs credits: give contacts= or companies= "
    "(contact_filter, company_filter), or everyone=True if everybody is meant"
)


def flat(
    given: FlatSearchInput | None, words: Mapping[str, Any], *, everyone: bool
) -> FlatSearchInput:
    """Give what `flatAdvancedSearch` is sent: an input as it is, or one made of keywords.

    Raises:
        InputError: it cannot be what was meant; nothing was sent.
    """
    from ..types import FlatSearchInput

    asked = either(FlatSearchInput, given, words) or _built(FlatSearchInput, words)
    check_search(asked, everyone=everyone)
    return asked


def grouped(
    given: GroupedSearchInput | None, words: Mapping[str, Any], *, everyone: bool
) -> GroupedSearchInput:
    """Give what `groupedAdvancedSearch` is sent: an input as it is, or one made of keywords.

    Raises:
        InputError: it cannot be what was meant; nothing was sent.
    """
    from ..types import GroupedSearchInput

    asked = either(GroupedSearchInput, given, words) or _built(GroupedSearchInput, words)
    check_search(asked, everyone=everyone)
    return asked


def check_search(asked: FlatSearchInput | GroupedSearchInput, *, everyone: bool = False) -> None:
    """Refuse a search that LeadIQ would, or that would list the whole world.

    Args:
        asked: the search.
        everyone: that no condition is meant to be none.

    Raises:
        InputError: naming the member and what would do; nothing was sent.
    """
    check_page(asked.limit, asked.skip, most=MOST_ON_PAGE)
    if asked.after is not None and asked.skip:
        raise refused("skip and after: each says where the page begins; leave skip out [guide]")
    given = dict(members(asked))
    check_count("limit_per_company", given.get("limit_per_company"), 1)
    check_members(asked.model_copy(update={"after": None}))  # a cursor is opaque
    if not (everyone or any(map(_narrows, _conditions(given)))):
        raise refused(_NOBODY)


def _built(kind: type[I], words: Mapping[str, Any]) -> I:
    """Make a search of keywords; a model would take `True` and "5" for numbers."""
    check_page(words.get("limit"), words.get("skip"), most=MOST_ON_PAGE)
    check_count("limit_per_company", words.get("limit_per_company"), 1)
    return built(kind, _named(words))


def _named(words: Mapping[str, Any]) -> dict[str, Any]:
    """Give keywords by their names in the contract, a page being full unless it is said."""
    named = {_MEMBERS.get(word, word): value for word, value in words.items()}
    for order in _SORTING:
        if named.get(order) is not None:
            named[order] = _several(named[order])
    return {"limit": MOST_ON_PAGE} | {k: v for k, v in named.items() if v is not None}


def _several(value: Any) -> list[Any] | None:
    """Give one of something, or several in a list or a tuple, as a list; none of it as left out."""
    return [*value] or None if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _conditions(given: Mapping[str, Any]) -> list[BaseModel]:
    return [
        value
        for name, value in given.items()
        if name in _MEMBERS.values() and name not in _EXCLUDING
    ]


def _narrows(condition: BaseModel) -> bool:
    """Tell whether a filter leaves anybody out; `ContactFilter()` does not."""
    return any(
        not hasattr(item, "model_fields_set") or _narrows(item)
        for _, value in members(condition)
        for item in sequence(value)
    )

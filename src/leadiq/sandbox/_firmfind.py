"""From what people write about a company to its index, without an index of companies.

Each reader costs a handful of dictionary look-ups, whatever the size of the world; only a name of
one word fans out, to at most one company per trade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadiq.sandbox._firms import LEADS, LEGAL_FORMS, MIDDLES, TRADES
from leadiq.sandbox._text import host, linkedin_slug, slug, words

if TYPE_CHECKING:
    from leadiq.sandbox._names import Name
    from leadiq.sandbox._world import World

_SUFFIX = ".example.com"


def _places(table: tuple[Name, ...]) -> dict[str, int]:
    return {name.slug: place for place, name in enumerate(table)}


_LEAD = _places(LEADS)
_TRADE = _places(TRADES)
_MIDDLE = _places(MIDDLES)


class FirmFinder:
    """Reads company identifiers of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def by_id(self, text: str) -> int | None:
        """Return the company with this id."""
        return self._inside(self._world.ids.company_index(text))

    def by_domain(self, text: str) -> int | None:
        """Return the company of a domain or web address, `mail.` in front allowed."""
        name = host(text.rsplit("@", 1)[-1]).removeprefix("mail.")
        if not name.endswith(_SUFFIX):
            return None
        return self._by_words(tuple(name.removesuffix(_SUFFIX).split("-")))

    def by_linkedin(self, text: str) -> int | None:
        """Return the company of a LinkedIn number, slug or URL."""
        name = linkedin_slug(text, "company") or text.strip().casefold()
        if name.isdecimal():
            return self._inside(self._world.ids.organisation_index(name))
        return self._by_words(tuple(name.split("-")))

    def by_name(self, text: str) -> int | None:
        """Return the company of a name, its legal form and punctuation aside."""
        return self._by_words(_bare(text))

    def by_lead(self, text: str) -> list[int]:
        """Return every company whose name is `text` and a trade, lowest index first."""
        name = _bare(text)
        lead = _LEAD.get(name[0]) if len(name) == 1 else None
        if lead is None:
            return []
        names = self._world.firm_names
        codes = (trade * len(LEADS) + lead for trade in range(len(TRADES)))
        found = sorted(names.back(code) for code in codes)
        return [index for index in found if index < self._world.companies]

    def _inside(self, index: int | None) -> int | None:
        return index if index is not None and index < self._world.companies else None

    def _by_words(self, name: tuple[str, ...]) -> int | None:
        if not 2 <= len(name) <= 3:
            return None
        generation = _generation(name)
        last = name[-1] if generation in range(len(MIDDLES) + 1) else name[1]
        lead, trade = _LEAD.get(name[0]), _TRADE.get(last)
        if lead is None or trade is None or generation is None:
            return None
        names = self._world.firm_names
        return self._inside(generation * names.size + names.back(trade * len(LEADS) + lead))


def _bare(text: str) -> tuple[str, ...]:
    name = [slug(word) for word in words(text.replace(".", ""))]
    while name and name[-1] in LEGAL_FORMS:
        name.pop()
    return tuple(name[1:] if name and name[0] == "the" else name)


def _generation(name: tuple[str, ...]) -> int | None:
    """Return which round of names this is: plain ones, with a middle word, with a number."""
    if len(name) == 2:
        return 0
    if name[1] in _MIDDLE:
        return _MIDDLE[name[1]] + 1
    number = name[2]
    written = number.isdecimal() and number.isascii() and str(int(number[:12])) == number
    return int(number) + len(MIDDLES) - 1 if written and int(number) >= 2 else None

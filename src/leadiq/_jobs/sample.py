"""A random sample of a file's different lookups, drawn while the file is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import blake2b
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from .._engine.inputs import built

if TYPE_CHECKING:
    from .._engine.identity import Lead
    from ..types import SearchPeoplePreviewInput

T = TypeVar("T")

_PREVIEWED: Final = {"linkedin", "email", "name"}


class Sample(Generic[T]):
    """At most `size` of what it is offered, each subset of that size as likely as any other.

    The same seed chooses the same ones, whatever the order. Memory grows with `size` alone.
    """

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._seed = str(seed).encode()[: blake2b.MAX_KEY_SIZE]
        self._kept: list[tuple[int, str, T]] = []
        self.offered = 0

    def offer(self, key: str, item: T) -> None:
        """Take it or leave it. Each key may be offered once."""
        self.offered += 1
        digest = blake2b(key.encode(), digest_size=8, key=self._seed).digest()
        # The least hashes are kept, so the heap has the greatest of them on top.
        entry = (-int.from_bytes(digest), key, item)
        if len(self._kept) < self._size:
            heappush(self._kept, entry)
        elif self._kept and entry > self._kept[0]:
            heapreplace(self._kept, entry)

    @property
    def items(self) -> list[T]:
        """What was chosen."""
        return [item for _, _, item in sorted(self._kept)]


class FirstTime:
    """Tells whether something comes for the first time. It keeps hashes, in a temporary file.

    Use it as a context manager; the file goes at the end.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("pragma journal_mode = off")
        self._database.execute("create table seen (hash blob primary key) without rowid")
        self._database.execute("begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def __call__(self, key: str) -> bool:
        """Note it, and tell whether it is new."""
        digest = blake2b(key.encode(), digest_size=16).digest()
        with closing(self._database.cursor()) as cursor:
            cursor.execute("insert or ignore into seen values (?)", (digest,))
            return cursor.rowcount == 1


def can_preview(lead: Lead) -> bool:
    """Tell whether there is a preview that asks for whom the lookup of this lead asks for.

    A preview takes an address, a LinkedIn profile's address, or a name and a company [live].
    """
    return lead.identified_by in _PREVIEWED


def preview_of(lead: Lead) -> SearchPeoplePreviewInput:
    """Give the preview of a lead that has one; by the identifier that its lookup sends."""
    from ..types import SearchPeoplePreviewInput

    asked = lead.to_input()
    members = {
        "linkedin_url": asked.linkedin_url,
        "email": asked.email,
        "full_name": asked.full_name,
        "first_name": asked.first_name,
        "last_name": asked.last_name,
        "company_name": asked.company and asked.company.name,
        "company_domain": asked.company and asked.company.domain,
    }
    return built(SearchPeoplePreviewInput, members)

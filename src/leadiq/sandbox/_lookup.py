"""From identifiers to people, without scanning the world.

Cost per reader: ids, LinkedIn and private addresses O(1); work addresses and names O(people of one
company); phones O(people / 80,000); hashed addresses O(log people) after one pass over the world
that the first hashed look-up makes, and that worlds above `hash_limit` refuse.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._firmfind import FirmFinder
from leadiq.sandbox._text import from_base36, linkedin_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadiq.sandbox._values import Person
    from leadiq.sandbox._world import World

_PREFIX_BITS = 36
_INDEX_BITS = 28


class Lookup:
    """Reads person identifiers of a world.

    A person whose address or number is suppressed, or who has none, cannot be found by it.
    """

    def __init__(self, world: World, *, hash_limit: int) -> None:
        self.firms = FirmFinder(world)
        self._world = world
        self._hash_limit = min(hash_limit, 1 << _INDEX_BITS)
        self._hashes: array[int] | None = None
        self._building = Lock()

    def by_id(self, text: str) -> list[int]:
        """Return the person with this id, or nobody."""
        return self._inside(self._world.ids.person_index(text))

    def by_linkedin(self, text: str) -> list[int]:
        """Return the person of a LinkedIn number, slug or URL, or nobody."""
        name = linkedin_slug(text, "in") or text.strip().casefold()
        if name.isdecimal():
            found = self._inside(self._world.ids.member_index(name))
        else:
            found = self._inside(from_base36(name.rpartition("-sandbox-")[2]))
        return [
            index
            for index in found
            if name in (self._world.person(index).linkedin_id, self._world.linkedin_slug(index))
            and self._world.person(index).linkedin_slug
        ]

    def by_email(self, text: str) -> list[int]:
        """Return the people with this address, at work or private: one, or nobody."""
        address = text.strip().casefold()
        local, _, domain = address.rpartition("@")
        numbered = self._inside(from_base36(local.rpartition(".")[2]))
        company = self.firms.by_domain(domain)
        block = self._world.layout.people_of(company) if company is not None else ()
        named = [index for index in block if ".".join(_slugs(self._world, index)) == local]
        return [
            index
            for index in dict.fromkeys((*named, *numbered))
            if address in addresses(self._world.person(index))
        ]

    def by_hash(self, text: str) -> list[int]:
        """Return the people one of whose addresses has this SHA-256, in hexadecimal [ref].

        Raises:
            InputRefused: the world is larger than `hash_limit`.
        """
        wanted = text.strip().casefold()
        if len(wanted) != 64 or any(char not in "0123456789abcdef" for char in wanted):
            return []
        hashes = self._hash_index()
        low = _packed(wanted, 0)
        place = bisect_left(hashes, low)
        found: list[int] = []
        while place < len(hashes) and hashes[place] >> _INDEX_BITS == low >> _INDEX_BITS:
            found.append(hashes[place] & (1 << _INDEX_BITS) - 1)
            place += 1
        return [
            index for index in found if wanted in map(_hashed, addresses(self._world.person(index)))
        ]

    def by_phone(self, text: str) -> list[int]:
        """Return everybody with this number, at work or private."""
        ids, count = self._world.ids, self._world.people
        found: list[int] = []
        for kind in ("work", "personal"):
            for index in ids.phone_indexes(kind, text, count):
                person = self._world.person(index)
                phone = person.current[0].phone if kind == "work" else person.personal_phone
                if phone and phone.value:
                    found.append(index)
        return sorted(set(found))

    def colleagues(self, company: int) -> range:
        """Return the people whose main position is at a company."""
        return self._world.layout.people_of(company)

    def others(self, company: int, *, past: bool) -> list[int]:
        """Return who has a second position at a company or, for `past`, has left it."""
        moves = (0, 1) if past else (2,)
        layout = self._world.layout
        found = {index for move in moves for index in layout.moved_to(company, move)}
        if past:
            found.update(layout.people_of(company))
        return sorted(index for index in found if company in self._others(index, past=past))

    def _others(self, index: int, *, past: bool) -> set[int]:
        current, former = self._world.jobs(index)
        return {job.company for job in (former if past else current[1:])}

    def _inside(self, index: int | None) -> list[int]:
        return [index] if index is not None and index < self._world.people else []

    def _hash_index(self) -> array[int]:
        if self._world.people > self._hash_limit:
            raise InputRefused(
                f"This sandbox has {self._world.people} people; hashedEmail works up to "
                f"{self._hash_limit} (setting hash_limit)."
            )
        with self._building:
            if self._hashes is None:
                self._hashes = array("Q", sorted(_pack_all(self._world)))
            return self._hashes

    @property
    def hashes_ready(self) -> bool:
        """Tell whether the index of hashed addresses has been built."""
        return self._hashes is not None


def addresses(person: Person) -> Iterator[str]:
    """Yield every address of a person that is data."""
    for email in (person.personal_email, *(job.email for job in (*person.current, *person.past))):
        if email and email.value:
            yield email.value


def _slugs(world: World, index: int) -> tuple[str, str]:
    first, last = world.name(index)
    return first.slug, last.slug


def _hashed(address: str) -> str:
    return sha256(address.encode()).hexdigest()


def _packed(hexdigest: str, index: int) -> int:
    return int(hexdigest[: _PREFIX_BITS // 4], 16) << _INDEX_BITS | index


def _pack_all(world: World) -> Iterator[int]:
    for index in range(world.people):
        for address in addresses(world.person(index)):
            yield _packed(_hashed(address), index)

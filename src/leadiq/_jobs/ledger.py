"""A ledger that jobs on many machines share: what one of them has paid for, all of them have.

    ledger = Ledger("march", "postgresql://host/leads")
    async with leadiq.enrich(rows, unlock=..., budget=..., ledger=ledger, job="part-7") as results:
        ...

- **Two ask the same question.** One sends it, the other waits for the answer, and pays nothing.
- **A worker is killed.** Whoever is given its job goes on with it: what was answered is there, with
  its charge; what was sent without an answer is of unknown outcome, as in a journal.
- **The store is away.** Nothing is sent, and the job ends so that it can be gone on with. Answers
  that are under way are given to the caller, and are told to the ledger as soon as it is back.

It holds people's data: `forget` removes a person, and what was not written for `keep_days` is
removed when a job begins (in Redis, by itself).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from anyio import to_thread

from .._core.errors import ConfigurationError, InputError, LedgerError
from .budget_rules import Unreachable
from .catalog import DAY_S, KEEP_DAYS
from .entries import State
from .forgetting import AUDIT_FILE, Forgotten, audit_line, note
from .ledger_job import LedgerJob
from .ledger_rules import Change, forgotten, is_unsure
from .opening import checked_name
from .people import Person, identifier, learned, people
from .store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .._core.pricing import Prices, Unlock
    from .ledger_rules import LedgerStore, Slip

T = TypeVar("T")

LEASE_S: Final = 30.0
_REDIS: Final = ("redis", "rediss", "unix")
_POSTGRES: Final = ("postgresql", "postgres")
_SQLITE: Final = "sqlite:///"
_WHERE: Final = "write redis://, postgresql:// or sqlite:///"


class LedgerTotals(NamedTuple):
    """A ledger in numbers; credits are `Decimal`."""

    states: dict[State, int]
    """How many lookups have come how far."""
    charged: Decimal
    """For what is settled, or was when it was forgotten."""
    uncertain: Decimal
    """What the lookups of unknown outcome, or of one that is forgotten, can have cost at most."""
    jobs: dict[str, Decimal]
    """What each job was charged."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which ledger it is, and where. A value, which can be pickled and sent to workers.

    Args:
        name: 1 to 80 letters, digits, dots, hyphens or underscores. Who names the same shares it.
        url: of its store: redis://, rediss:// or unix:// (extra `[redis]`), postgresql:// (extra
            `[postgres]`), or sqlite:///path for the processes of one machine. It may hold a
            password, and is not shown.
        lease_s: seconds without a sign of life after which a worker is taken to have ended; 3 to
            3600.
        keep_days: days that an answer is kept after it was last written.

    Raises:
        InputError: a name or a number that cannot be.
        ConfigurationError: a URL of something else, or the extra is not installed.
    """

    name: str
    url: str = field(repr=False)
    lease_s: float = field(default=LEASE_S, kw_only=True)
    keep_days: float = field(default=KEEP_DAYS, kw_only=True)
    opener: Callable[[], LedgerStore] | None = field(default=None, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        checked_name(self.name, "a ledger's name")
        if not 3 <= self.lease_s <= 3600:
            raise InputError("lease_s has to be 3 to 3600 seconds", sent=False)
        if not 0 < self.keep_days <= 36500:
            raise InputError("keep_days has to be more than 0 days", sent=False)
        if not self.opener:
            self.store().close()  # refuses here what can never be reached

    @classmethod
    def over(cls, name: str, opener: Callable[[], LedgerStore], **settings: Any) -> Self:
        """Keep it in a store of one's own.

        Args:
            name: the ledger's.
            opener: gives the store, in each process; it should be picklable.
            settings: `lease_s`, `keep_days`.
        """
        return cls(name, "", opener=opener, **settings)

    def entered(self, job: str, account: str, prices: Prices) -> LedgerJob:
        """Give a job's part of it, a context manager."""
        return LedgerJob(
            self.name,
            self.store(),
            job,
            account=account,
            lease_s=self.lease_s,
            keep_s=self.keep_days * DAY_S,
            prices=prices,
        )

    async def check(self) -> None:
        """See whether its store answers.

        Raises:
            LedgerError: it cannot be reached.
        """
        await self._reached(_look)

    async def totals(self) -> LedgerTotals:
        """Add up what was charged, of all jobs.

        Raises:
            LedgerError: the store cannot be reached.
        """
        return await self._reached(_totals)

    async def forget(self, person: str) -> int:
        """Remove a person, and note that in the audit file beside the journals of this machine.

        What stays of a lookup is its key, so that it is not sent and paid for again, and its price.
        It can be repeated: what was interrupted is then done to the end.

        Args:
            person: the person's e-mail, LinkedIn profile or LeadIQ id.

        Returns:
            How many lookups were forgotten.

        Raises:
            InputError: it is none of these; nothing was done.
            LedgerError: the store cannot be reached.
        """
        name = identifier(person)
        store = Store.default()
        store.prepare()
        done = Forgotten({}, {})
        complete = False
        try:
            done.lookups[f"ledger {self.name}"] = await self._reached(_forget, name)
            complete = True
        finally:
            line = audit_line(name, done, time.time(), complete=complete)
            note(store.directory / AUDIT_FILE, line)
        return sum(done.lookups.values())

    async def remove(self) -> None:
        """Remove the ledger: who uses it later pays again.

        Raises:
            LedgerError: the store cannot be reached.
        """
        await self._reached(_remove)

    async def _reached(self, work: Callable[..., T], *values: str) -> T:
        def reached() -> T:
            store = self.store()
            try:
                return work(store, *values)
            finally:
                store.close()

        try:
            return await to_thread.run_sync(reached)
        except Unreachable as away:
            text = f"the store of the ledger '{self.name}' cannot be reached ({away})"
            raise LedgerError(text, sent=False) from None

    def store(self) -> LedgerStore:
        """Give its store, which nobody has opened yet."""
        if self.opener:
            return self.opener()
        scheme, colon, _ = str(self.url).partition("://")
        if colon and scheme in _REDIS:
            from .ledger_redis import RedisStore

            return RedisStore(self.name, self.url)
        if colon and scheme in _POSTGRES:
            from .ledger_sql import SqlStore, postgres_dialect

            return SqlStore(self.name, postgres_dialect(self.url))
        if str(self.url).startswith(_SQLITE) and self.url != _SQLITE:
            from .ledger_sql import SqlStore, sqlite_dialect

            return SqlStore(self.name, sqlite_dialect(Path(self.url.removeprefix(_SQLITE))))
        raise ConfigurationError(f"the ledger's store: {_WHERE}", sent=False)


def _look(store: LedgerStore) -> None:
    store.find(b"")  # of no lookup


def _remove(store: LedgerStore) -> None:
    store.remove()


def _slips(store: LedgerStore) -> Iterator[tuple[bytes, Slip]]:
    mark = b""
    while True:
        page = store.page(None, mark)
        yield from page.slips
        if not (mark := page.mark):
            return


def _totals(store: LedgerStore) -> LedgerTotals:
    states: dict[State, int] = {}
    jobs: dict[str, Decimal] = {}
    uncertain = Decimal(0)
    for slip in dict(_slips(store)).values():
        entry, job = slip.entry, slip.job
        states[entry.state] = states.get(entry.state, 0) + 1
        if entry.charged is not None:
            jobs[job] = jobs.get(job, Decimal(0)) + entry.charged
        elif entry.state is not State.CLAIMED or is_unsure(slip):
            uncertain += entry.reserved
    return LedgerTotals(states, sum(jobs.values(), Decimal(0)), uncertain, jobs)


def _forget(store: LedgerStore, name: str) -> int:
    """Forget what is known of a person, last of all what leads to the rest."""
    given = Person(frozenset({name}))
    person = learned(given, lambda: (people(slip.entry.reply or b"") for _, slip in _slips(store)))
    found = dict(_found(store, given, person))
    for question in sorted(found, key=lambda key: found[key]):
        _forget_one(store, question)
    store.scrub()
    return len(found)


def _found(store: LedgerStore, given: Person, person: Person) -> Iterator[tuple[bytes, bool]]:
    asked: dict[frozenset[Unlock], frozenset[bytes]] = {}
    for question, slip in _slips(store):
        entry = slip.entry
        records = people(entry.reply or b"")
        if entry.unlock not in asked:
            asked[entry.unlock] = frozenset(person.questions(entry.unlock))
        known = question in asked[entry.unlock] or any(map(person.is_in, records))
        if known and entry.state is not State.FORGOTTEN:
            yield question, any(map(given.is_in, records))


def _forget_one(store: LedgerStore, question: bytes) -> None:
    """Forget a lookup, whoever is at it: its answer is not kept then."""
    while (slip := store.find(question)) and slip.entry.state is not State.FORGOTTEN:
        store.swap([Change(question, forgotten(slip))])

"""A ledger in Redis (extra `[redis]`).

A lookup is one string: its version, what is known of it as JSON, and the reply. Each ends by itself
when it was not written for as long as it is kept. Sets say which there are, and which are a job's.

Redis should write to disk (`appendonly yes`) and evict nothing (`maxmemory-policy noeviction`):
what it forgets is asked for, and perhaps paid, again.
"""

from __future__ import annotations

import json
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .budget_rules import Unreachable
from .entries import entry_of, words_of
from .ledger_rules import Page, Slip
from .redis_link import RedisLink, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ledger_rules import Change

FORM: Final = "1"
"""Of what is written. A ledger of a later version is refused."""
PAGE: Final = 500

OPEN: Final = """\
redis.call('HSETNX', KEYS[1], 'account', ARGV[1])
redis.call('HSETNX', KEYS[1], 'form', ARGV[2])
local whose = redis.call('HMGET', KEYS[1], 'account', 'form')
if whose[1] == ARGV[1] and whose[2] == ARGV[2] then
  redis.call('HSET', KEYS[1], 'keep', ARGV[3])
end
return whose
"""

LEASE: Final = """\
local holder, ms = redis.call('GET', KEYS[1]), tonumber(ARGV[2])
if holder and holder ~= ARGV[1] then return 0 end
if ms > 0 then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ms)
else
  redis.call('DEL', KEYS[1])
end
return 1
"""

SWAP: Final = """\
local keep, written = tonumber(redis.call('HGET', KEYS[1], 'keep')), {}
if not keep then return {} end
for i = 1, (#KEYS - 2) / 2 do
  local lookup, job = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local question, before, record = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
  local version = string.match(redis.call('GETRANGE', lookup, 0, 19), '^%d+') or '0'
  written[i] = 0
  if version == before then
    redis.call('SET', lookup, record, 'EX', keep)
    for _, set in ipairs({KEYS[2], job}) do
      redis.call('SADD', set, question)
      redis.call('EXPIRE', set, keep)
    end
    written[i] = 1
  end
end
return written
"""


class RedisStore:
    """A `LedgerStore` in Redis.

    Args:
        name: of the ledger.
        url: of the server, redis:// or rediss:// or unix://; it may hold a password.

    Raises:
        ConfigurationError: without redis-py, or for a URL that is none of its.
    """

    def __init__(self, name: str, url: str) -> None:
        self._link = RedisLink(url, "ledgers")
        self._base = f"leadiq:ledger:{{{name}}}".encode()  # in braces: one place of a cluster
        self._open = self._link.script(OPEN)
        self._lease = self._link.script(LEASE)
        self._swap = self._link.script(SWAP)

    def open(self, account: str, keep_s: float) -> bool:
        """Note how long slips are kept; tell whether it is a ledger of this account."""
        with self._link.reaching():
            told = (account, FORM, ceil(keep_s))
            whose, form = map(text_of, self._open((self._base,), told))
        if form != FORM:
            text = "the ledger was written by a later version of leadiq-sdk: update this one"
            raise ConfigurationError(text, sent=False)
        return whose == account

    def lease(self, job: str, holder: str, seconds: float) -> bool:
        """Hold a job, unless another process holds it."""
        with self._link.reaching():
            return bool(self._lease((self._held(job),), (holder, int(seconds * 1000))))

    def find(self, question: bytes) -> Slip | None:
        """Give what is known of a lookup."""
        with self._link.reaching():
            return self._slips([question])[0]

    def swap(self, changes: Sequence[Change]) -> list[bool]:
        """Write those slips whose version before is there; tell which."""
        keys, values = [self._base, self._all], list[str | bytes | int]()
        for question, slip in changes:
            keys += [self._lookup(question), self._job(slip.job)]
            values += [question, slip.version - 1, _record(slip)]
        with self._link.reaching():
            written = self._swap(keys, values)
        if not written:
            raise Unreachable("it has lost the ledger")
        return list(map(bool, written))

    def page(self, job: str | None, mark: bytes) -> Page:
        """Give some of the slips, in no order."""
        index = self._all if job is None else self._job(job)
        with self._link.reaching():
            after, questions = self._link.client.sscan(index, int(mark or b"0"), count=PAGE)
            slips = self._slips(questions) if questions else []
        known = zip(questions, slips, strict=True)
        found = [(question, slip) for question, slip in known if slip and job in (None, slip.job)]
        return Page(found, b"%d" % after if int(after) else b"")

    def scrub(self) -> None:
        """Redis overwrites in its own time."""

    def remove(self) -> None:
        """Remove the ledger."""
        with self._link.reaching():
            keys = [self._all, self._base]
            for kind in (b"lookup", b"job", b"held"):
                pattern = b"%b:%b:*" % (self._base, kind)
                keys += self._link.client.scan_iter(match=pattern, count=PAGE)
            for at in range(0, len(keys), PAGE):
                self._link.client.delete(*keys[at : at + PAGE])

    def close(self) -> None:
        """Close the connections."""
        self._link.close()

    @property
    def _all(self) -> bytes:
        return self._base + b":all"

    def _lookup(self, question: bytes) -> bytes:
        return self._base + b":lookup:" + question.hex().encode()

    def _job(self, job: str) -> bytes:
        return self._base + b":job:" + job.encode()

    def _held(self, job: str) -> bytes:
        return self._base + b":held:" + job.encode()

    def _slips(self, questions: Sequence[bytes]) -> list[Slip | None]:
        """Read slips and who holds their jobs at one moment.

        Which jobs these are is in the slips: so they are read again, until it was known before. A
        process writes what has come of its lookups, and ends its lease then: with the slips of
        before and the leases of after, its lookups would look abandoned.
        """
        lookups = [*map(self._lookup, questions)]
        jobs: list[str] = []
        while True:
            values = self._link.client.mget([*lookups, *map(self._held, jobs)])
            slips = [record and _read(record) for record in values[: len(lookups)]]
            found = {slip.job for slip in slips if slip and slip.holder}
            if found <= {*jobs}:
                held = zip(jobs, values[len(lookups) :], strict=True)
                holders = {job: text_of(holder) for job, holder in held if holder}
                return [slip and _opened(slip, holders) for slip in slips]
            jobs = sorted({*jobs, *found})


def _opened(slip: Slip, holders: dict[str, str]) -> Slip:
    return slip._replace(is_open=bool(slip.holder) and holders.get(slip.job) == slip.holder)


def _record(slip: Slip) -> bytes:
    entry = slip.entry
    charged = None if entry.charged is None else str(entry.charged)
    told = (entry.status, charged, json.dumps(entry.receipt), words_of(entry.unlock))
    head = (slip.job, slip.holder, slip.sent_at, entry.state, str(entry.reserved), entry.request_id)
    fields = json.dumps([*head, *told, entry.reply is not None])
    return b"%d\n%b\n%b" % (slip.version, fields.encode(), entry.reply or b"")


def _read(record: bytes) -> Slip:
    version, fields, reply = record.split(b"\n", 2)
    job, holder, sent_at, *head, status, charged, receipt, unlock, is_told = json.loads(fields)
    row: list[Any] = [*head, status, reply if is_told else None, charged, receipt, unlock]
    return Slip(entry_of(row), job, holder, sent_at, int(version))

"""Shared budgets in Redis (extra `[redis]`), for the processes of many machines.

A budget is one hash: a field for the line of each job, `limit`, and `stops`. A script does what
`budget_rules.decide` says.

What Redis loses is not noticed by who begins later: it should write to disk (`appendonly yes`) and
evict nothing (`maxmemory-policy noeviction`).
"""

from __future__ import annotations

import time
from typing import Any, Final

from .budget_rules import Answer, Ask, Line, Shown, Terms, Verdict
from .redis_link import RedisLink, text_of

_KEEP_DAYS: Final = 40
"""How long the budgets of single days are kept, for people to look at."""
_JOB: Final = "job:"

ENTER: Final = """\
redis.call('HSET', KEYS[1], 'limit', ARGV[1], ARGV[2], ARGV[3])
if ARGV[4] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
return tonumber(redis.call('HGET', KEYS[1], 'stops') or 0)
"""

ASK: Final = """\
local budget, job = KEYS[1], ARGV[1]
local limit, told_at, before = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local spent, reserved = tonumber(ARGV[5]), tonumber(ARGV[6])
local wanted_spent, wanted_reserved = tonumber(ARGV[7]), tonumber(ARGV[8])
local stops, known, all_spent, all_reserved = 0, false, 0, 0
local fields = redis.call('HGETALL', budget)
for i = 1, #fields, 2 do
  local name, value = fields[i], fields[i + 1]
  if name == job then
    known = true
  elseif name == 'stops' then
    stops = tonumber(value)
  elseif name ~= 'limit' then
    local s, r = string.match(value, '^(%d+) (%d+) ')
    all_spent, all_reserved = all_spent + tonumber(s), all_reserved + tonumber(r)
  end
end
if not known then return {3, 0, 0, 0} end
local verdict = 2
if spent == wanted_spent and reserved == wanted_reserved then
  verdict = 0
elseif stops > before then
  verdict = 4
elseif all_spent + all_reserved + wanted_spent + wanted_reserved <= limit then
  verdict = 0
elseif all_spent + wanted_spent + wanted_reserved - reserved <= limit then
  verdict = 1
end
if verdict == 0 then spent, reserved = wanted_spent, wanted_reserved end
redis.call('HSET', budget, job, string.format('%.0f %.0f ', spent, reserved) .. told_at)
return {verdict, all_spent + spent, all_reserved + reserved, stops}
"""

RELEASE: Final = """\
local line = redis.call('HGET', KEYS[1], ARGV[1])
if not line then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], (string.gsub(line, ' %d+ ', ' 0 ')))
return 1
"""

STOP: Final = """\
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'stops', 1) end
"""


class RedisBook:
    """A `Book` in Redis.

    Args:
        url: of the server, redis:// or rediss:// or unix://; it may hold a password.
        prefix: what the names of the keys begin with.

    Raises:
        ConfigurationError: without redis-py, or for a URL that is none of its.
    """

    def __init__(self, url: str, prefix: str = "leadiq") -> None:
        self._link = RedisLink(url, "shared budgets")
        self._base = f"{prefix}:budget:"
        self._enter = self._link.script(ENTER)
        self._ask = self._link.script(ASK)
        self._release = self._link.script(RELEASE)
        self._stop = self._link.script(STOP)

    def enter(self, terms: Terms, job: str, spent: int) -> int:
        """Begin or replace the line of a job; return how many stops there were."""
        line = f"{spent} 0 {time.time()}"
        keep_s = _KEEP_DAYS * 86_400 if terms.day else 0
        with self._link.reaching():
            told = (terms.limit, _JOB + job, line, keep_s)
            return int(self._enter(self._key(terms.name), told))

    def ask(self, terms: Terms, ask: Ask) -> Answer:
        """Write the line that is wanted if it is granted, else the line that is."""
        head = (_JOB + ask.job, terms.limit, time.time(), ask.stops)
        with self._link.reaching():
            reply = self._ask(self._key(terms.name), (*head, *ask.line, *ask.wanted))
        verdict, spent, reserved, stops = map(int, reply)
        return Answer(Verdict(verdict), Line(spent, reserved), stops)

    def stop(self, name: str) -> None:
        """Count a stop."""
        with self._link.reaching():
            self._stop(self._key(name), ())

    def budgets(self) -> list[Shown]:
        """Show them all, by name."""
        with self._link.reaching():
            keys = sorted(map(text_of, self._link.client.scan_iter(match=f"{self._base}*")))
            return [self._shown(key, self._link.client.hgetall(key)) for key in keys]

    def release(self, name: str, job: str) -> bool:
        """Free what a job has reserved; tell whether there is such."""
        with self._link.reaching():
            return bool(self._release(self._key(name), (_JOB + job,)))

    def forget(self, name: str) -> bool:
        """Remove a budget; tell whether there was such."""
        with self._link.reaching():
            return bool(self._link.client.delete(*self._key(name)))

    def close(self) -> None:
        """Close the connections."""
        self._link.close()

    def _key(self, name: str) -> tuple[str]:
        return (self._base + name,)

    def _shown(self, key: str, fields: dict[Any, Any]) -> Shown:
        read = {text_of(name): text_of(value) for name, value in fields.items()}
        jobs: dict[str, tuple[Line, float]] = {}
        for name, value in read.items():
            if name.startswith(_JOB):
                spent, reserved, told_at = value.split(" ")
                jobs[name.removeprefix(_JOB)] = Line(int(spent), int(reserved)), float(told_at)
        lines = dict(sorted(jobs.items(), key=lambda job: job[1][1]))
        return Shown(key.removeprefix(self._base), int(read.get("limit", 0)), lines)

"""Shared budgets in Redis (extra `[redis]`), for the processes of many machines.

A budget is one hash: a field for the line of each job, `limit`, and `stops`. A script does what
`budget_rules.decide` says. redis-py is called in threads, so that it works on trio as well.

What Redis loses is not noticed by who begins later: it should write to disk (`appendonly yes`) and
evict nothing (`maxmemory-policy noeviction`).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .budget_rules import Answer, Ask, Line, Shown, Terms, Unreachable, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    Script = Callable[[Sequence[str], Sequence[str | int | float]], Any]

TIMEOUT_S: Final = 2.0
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
        self._client = _connect(url)
        self._base = f"{prefix}:budget:"
        self._failures = (_import("redis.exceptions").RedisError, OSError)
        self._enter: Script = self._client.register_script(ENTER)
        self._ask: Script = self._client.register_script(ASK)
        self._release: Script = self._client.register_script(RELEASE)
        self._stop: Script = self._client.register_script(STOP)

    def enter(self, terms: Terms, job: str, spent: int) -> int:
        """Begin or replace the line of a job; return how many stops there were."""
        line = f"{spent} 0 {time.time()}"
        keep_s = _KEEP_DAYS * 86_400 if terms.day else 0
        with self._reaching():
            told = (terms.limit, _JOB + job, line, keep_s)
            return int(self._enter(self._key(terms.name), told))

    def ask(self, terms: Terms, ask: Ask) -> Answer:
        """Write the line that is wanted if it is granted, else the line that is."""
        head = (_JOB + ask.job, terms.limit, time.time(), ask.stops)
        with self._reaching():
            reply = self._ask(self._key(terms.name), (*head, *ask.line, *ask.wanted))
        verdict, spent, reserved, stops = map(int, reply)
        return Answer(Verdict(verdict), Line(spent, reserved), stops)

    def stop(self, name: str) -> None:
        """Count a stop."""
        with self._reaching():
            self._stop(self._key(name), ())

    def budgets(self) -> list[Shown]:
        """Show them all, by name."""
        with self._reaching():
            keys = sorted(map(_text, self._client.scan_iter(match=f"{self._base}*")))
            return [self._shown(key, self._client.hgetall(key)) for key in keys]

    def release(self, name: str, job: str) -> bool:
        """Free what a job has reserved; tell whether there is such."""
        with self._reaching():
            return bool(self._release(self._key(name), (_JOB + job,)))

    def forget(self, name: str) -> bool:
        """Remove a budget; tell whether there was such."""
        with self._reaching():
            return bool(self._client.delete(*self._key(name)))

    def close(self) -> None:
        """Close the connections."""
        with self._reaching():
            self._client.close()

    def _key(self, name: str) -> tuple[str]:
        return (self._base + name,)

    def _shown(self, key: str, fields: dict[Any, Any]) -> Shown:
        read = {_text(name): _text(value) for name, value in fields.items()}
        jobs: dict[str, tuple[Line, float]] = {}
        for name, value in read.items():
            if name.startswith(_JOB):
                spent, reserved, told_at = value.split(" ")
                jobs[name.removeprefix(_JOB)] = Line(int(spent), int(reserved)), float(told_at)
        lines = dict(sorted(jobs.items(), key=lambda job: job[1][1]))
        return Shown(key.removeprefix(self._base), int(read.get("limit", 0)), lines)

    @contextmanager
    def _reaching(self) -> Generator[None]:
        try:
            yield
        except self._failures as error:
            # Not its text, which may name the server, the user or the command.
            raise Unreachable(type(error).__name__) from None


def _connect(url: str) -> Any:
    redis = _import("redis")
    never = _import("redis.retry").Retry(_import("redis.backoff").NoBackoff(), 0)
    try:
        return redis.Redis.from_url(
            url, retry=never, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
        )
    except ValueError:  # its text is not repeated: the URL may hold a password
        text = "the store of shared budgets: write redis://, rediss:// or unix://"
        raise ConfigurationError(text, sent=False) from None


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        text = "sharing a budget over Redis needs redis-py: pip install 'leadiq-sdk[redis]'"
        raise ConfigurationError(text, sent=False) from None


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value

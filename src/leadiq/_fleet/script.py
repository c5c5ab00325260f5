"""What a fleet of processes agrees on: one Lua script, and what goes into it and comes out. Pure.

Redis holds two keys for an API key, both named after its SHA-256 and with an expiry:

    <prefix>:{<hash>}:slots   sorted set: a used slot -> when it is free again
    <prefix>:{<hash>}:pace    hash: when the next request is due, the gate, and the state's age

The braces keep both on one node of a cluster. All times in there are microseconds of the Redis
server's clock, which never runs backwards: a step back is added to an offset. A slot in flight
stands in the set with the end of its lease, one window and a grace after its holder's last sign of
life; a completed one with the moment one window after its response. So whatever is lower than
`now` is free, whoever held it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from .._core import credentials
from .._core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

MICROSECONDS = 1_000_000

OPEN, CLOSED, PROBING, RAMP = range(4)
"""What the gate does, as the script says it."""


ALONE = "alone"
"""Known instead of a state's name by a process that has gone by itself meanwhile."""


class Terms(NamedTuple):
    """The quota as all processes have to understand it. Times in microseconds."""

    limit: int
    window: int
    grace: int
    """How long after a process's last sign of life its requests may still be counted."""
    ahead: int
    """How long before it is due a slot may be promised."""
    settle: int
    """How long nothing is given after a pause in which processes were alone."""

    @property
    def interval(self) -> float:
        return self.window / self.limit


class Done(NamedTuple):
    """A slot whose response came, or is no longer waited for."""

    member: str
    age: int
    """Microseconds ago."""
    answered: int
    """1 if LeadIQ answered, and not with a 429, as far as known; 0 if nobody will know."""


class Ask(NamedTuple):
    """What one process tells and wants: everything since it last asked."""

    stamp: str
    """Unique to this ask; the slots given are named `<stamp>:1`, `<stamp>:2`..."""
    known: str = ""
    """The state's name as this process knows it, or `ALONE`; empty if it has nothing to tell."""
    close: int = 0
    """Microseconds to close the gate for, because LeadIQ answered 429; 0 if it did not."""
    unused: tuple[str, ...] = ()
    """Slots given back without a request."""
    held: tuple[str, ...] = ()
    """Slots in use: the process is alive."""
    done: tuple[Done, ...] = ()
    wants: tuple[int, ...] = ()
    """The weights of the requests that wait, in their order."""


class Answer(NamedTuple):
    """What the state gives. Times in microseconds from when it was asked."""

    state: str
    """Name of the state: another one than before means that its memory was lost."""
    wait: int
    """When to ask again; 0 if every want was met."""
    closed_for: int
    """How long the gate stays closed."""
    gate: int
    due: tuple[int, ...]
    """When each slot that was given may be used; the first wants are met first."""


LUA = """\
local clock = redis.call('TIME')
local ARGV, words = {}, ARGV[1]
for word in string.gmatch(words, '([^ ]*) ') do ARGV[#ARGV + 1] = word end
local limit, window, grace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local ahead, settle, close = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[8])
local stamp, known = ARGV[6], ARGV[7]
local unused, held, done = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local slots, pace = KEYS[1], KEYS[2]
local kept = redis.call('HMGET', pace, 'state', 'born', 'hold', 'next', 'closed', 'probe',
                        'probing', 'seen', 'offset', 'ramp')
local function number(i) return tonumber(kept[i] or 0) end
local state, born, hold, due_next = kept[1], number(2), number(3), number(4)
local closed, probe, probing, seen = number(5), kept[6] or '', number(7), number(8)
local offset, ramp = number(9), number(10)

-- Lua passes only so many arguments at once.
local function add(pairs)
  for i = 1, #pairs, 1000 do
    redis.call('ZADD', slots, unpack(pairs, i, math.min(i + 999, #pairs)))
  end
end

-- Time that never runs backwards.
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2]) + offset
if now < seen then
  offset = offset + seen - now
  now = seen
end

-- After a pause, or without memory, nothing is given until those who remember what was sent
-- meanwhile have told it: they are strangers.
if not state or now - seen > grace then born = now end
state = state or stamp
local stranger = known ~= '' and known ~= state
if stranger then hold = math.max(hold, born + settle) end

-- What has happened in the process.
local at = 12
local scores = {}
for i = at, at + unused - 1 do
  redis.call('ZREM', slots, ARGV[i])
  if ARGV[i] == probe then probe = '' end
end
at = at + unused
for i = at, at + held - 1 do
  scores[#scores + 1] = now + window + grace
  scores[#scores + 1] = ARGV[i]
  if ARGV[i] == probe then probing = now + grace end
end
at = at + held
for i = at, at + 3 * done - 3, 3 do
  scores[#scores + 1] = now + window - tonumber(ARGV[i + 1])
  scores[#scores + 1] = ARGV[i]
  if ARGV[i] == probe then
    probe = ''
    if ARGV[i + 2] == '1' then closed, ramp = 0, now end
  end
end
at = at + 3 * done
if close > 0 then closed, probe = math.max(closed, now + close), '' end
add(scores)

-- What it gets.
redis.call('ZREMRANGEBYSCORE', slots, '-inf', now)
local used = redis.call('ZCARD', slots)
local wait, given, dues = 0, {}, {}
for i = at, #ARGV do
  local weight = math.min(tonumber(ARGV[i]), limit)
  local due = math.max(now, hold, due_next, closed)
  local over = used + weight - limit
  if stranger then
    due = now + ahead + 1
  elseif probe ~= '' and probing > now then
    due = probing + ahead
  elseif over > 0 then
    local last = redis.call('ZRANGE', slots, over - 1, over - 1, 'WITHSCORES')[2]
    local soonest = now + window + ahead -- that of a slot still in flight
    due = math.max(due, math.min(tonumber(last or soonest), soonest))
  end
  if due > now + ahead then
    wait = due - ahead - now
    break
  end
  if over > 0 then
    redis.call('ZREMRANGEBYRANK', slots, 0, over - 1)
    used = used - over
  end
  dues[#dues + 1] = math.ceil(due - now)
  local name = stamp .. ':' .. #dues
  for unit = 1, weight do
    given[#given + 1] = due + window + grace
    given[#given + 1] = unit == 1 and name or name .. '.' .. unit
  end
  used = used + weight
  local slower = 1
  if closed > 0 then
    probe, probing, slower = name, due + grace, 4
  elseif due < ramp + window then
    slower = 4 - 3 * (due - ramp) / window
  end
  due_next = due + slower * weight * window / limit
end
add(given)

redis.call('HSET', pace, 'state', state, 'born', born, 'hold', hold, 'next', due_next,
           'closed', closed, 'probe', probe, 'probing', probing, 'seen', now, 'offset', offset,
           'ramp', ramp)
local gate = now < ramp + window and 3 or 0
if closed > 0 then gate = probe ~= '' and probing > now and 2 or 1 end
local closed_for = gate == 1 and math.max(closed - now, 0) or 0
local expiry = math.ceil((2 * (window + grace + settle) + closed_for) / 1000)
redis.call('PEXPIRE', slots, expiry)
redis.call('PEXPIRE', pace, expiry)
return {state, math.ceil(wait), math.ceil(closed_for), gate, unpack(dues)}
"""


def keys(api_key: str, prefix: str) -> tuple[str, str]:
    """Name the keys in Redis for an API key, which is not in them; both its forms give the same.

    Raises:
        ConfigurationError: when it cannot be an API key, or the prefix has braces, which would
            undo that both keys are on one node of a cluster.
    """
    if not prefix or "{" in prefix or "}" in prefix:
        raise ConfigurationError("prefix has to be text without braces", sent=False)
    hashed = hashlib.sha256(credentials.authorization(api_key).encode()).hexdigest()
    base = f"{prefix}:{{{hashed}}}"
    return f"{base}:slots", f"{base}:pace"


def units(name: str, weight: int) -> Iterator[str]:
    """Name every member that a slot of this weight has in the sorted set."""
    yield name
    for unit in range(2, weight + 1):
        yield f"{name}.{unit}"


def encode(terms: Terms, ask: Ask) -> list[bytes]:
    """Give the script's ARGV: one text of words, as redis-py takes its time over each argument."""
    head: list[str | int] = [*terms, ask.stamp, ask.known, ask.close]
    head += [len(ask.unused), len(ask.held), len(ask.done)]
    told: list[str | int] = []
    for done in ask.done:
        told += done
    words = [*head, *ask.unused, *ask.held, *told, *ask.wants]
    return [" ".join(map(str, [*words, ""])).encode()]


def decode(reply: list[Any]) -> Answer:
    """Read what the script returned, from a client that decodes responses or one that does not."""
    state, wait, closed_for, gate, *due = reply
    name = state.decode() if isinstance(state, bytes) else str(state)
    return Answer(name, int(wait), int(closed_for), int(gate), tuple(map(int, due)))

"""What callers did in their turns, and what that says. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from .figures import Bars, Figure, Result, Sheet, exponent, number, of
from .goals import figure

OURS: Final = "leadiq"
FAST: Final = "leadiq[fast]"
YOURS: Final = "leadiq, your AsyncClient"
TRIO: Final = "leadiq on trio"
STOCK: Final = "stock ariadne-codegen"
BARE: Final = "aiohttp and orjson, untyped"
HTTPX: Final = "httpx, untyped"
RAW: Final = "a raw client"


@dataclass(frozen=True)
class Load:
    """What is asked for, and by how many tasks at once."""

    page: str
    at_once: int

    def __str__(self) -> str:
        what = {"person": "one person", "people": "a page of 100"}[self.page]
        return f"{what}, {self.at_once:,} at once"


PERSON: Final = {count: Load("person", count) for count in (1, 16, 128, 512, 2000)}
PAGE: Final = Load("people", 16)
SATURATED: Final = (PERSON[16], PERSON[128], PAGE)
"""Loads under which a caller has always something to do."""
EVERYBODY: Final = (PERSON[1], *SATURATED)
GREAT: Final = (PERSON[512], PERSON[2000])
GREAT_FOR: Final = (OURS, FAST, BARE)
"""Who has the great loads too; most of the others hardly get through."""


@dataclass(frozen=True)
class Turn:
    """What one caller did in one turn."""

    caller: str
    load: Load
    per_s: float = 0.0
    cpu_us: float = 0.0
    """Processor time of the caller for one call, in microseconds."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """Calls that failed, by kind of error."""
    error: str = ""
    """The kind of error that ended the turn, if one did."""

    @property
    def trouble(self) -> str:
        """What went wrong, by kind of error; empty if nothing did."""
        calls = [f"{kind} x {count:,}" for kind, count in self.failed.items()]
        return ", ".join([self.error] * bool(self.error) + calls)


Round = Sequence[Turn]
GOALS: Final = (
    ("16", OURS, STOCK, PERSON[16], PERSON[16]),
    ("16 fast", FAST, STOCK, PERSON[16], PERSON[16]),
    ("16 bare", FAST, BARE, PERSON[16], PERSON[16]),
    ("128 fast", FAST, STOCK, PERSON[128], PERSON[128]),
    ("gql aiohttp", FAST, "gql on aiohttp", PERSON[16], PERSON[16]),
    ("gql httpx", FAST, "gql on httpx", PERSON[16], PERSON[16]),
    ("512", OURS, OURS, PERSON[512], PERSON[128]),
    ("2000", OURS, OURS, PERSON[2000], PERSON[128]),
    ("512 fast", FAST, FAST, PERSON[512], PERSON[128]),
    ("2000 fast", FAST, FAST, PERSON[2000], PERSON[128]),
    ("page", OURS, STOCK, PAGE, PAGE),
    ("yours", YOURS, HTTPX, PERSON[16], PERSON[16]),
    ("trio", TRIO, STOCK, PERSON[16], PERSON[16]),
)
"""What is compared: key of the goal, caller, rival, and the load of either."""


def loads_of(caller: str, *, everything: bool) -> tuple[Load, ...]:
    """Tell which loads a caller has in a round: everything, or what the goals compare."""
    if caller == RAW:
        return (PERSON[16],)
    great = GREAT if caller in GREAT_FOR else ()
    if everything:
        return (*EVERYBODY, *(great or (PERSON[512],) * (caller in (STOCK, HTTPX))))
    return (*(SATURATED if great or caller == STOCK else (PERSON[16], PAGE)), *great)


def results(rounds: Sequence[Round]) -> Iterator[Result]:
    """Give everything that the turns say."""
    for key, caller, rival, load, rival_load in GOALS:
        yield compared(key, rounds, (caller, load), (rival, rival_load))
    yield growth("growth", rounds, OURS)
    yield growth("growth fast", rounds, FAST)
    yield headroom(rounds)
    yield throughput(rounds)
    yield scale(rounds)
    yield bottleneck(rounds)
    yield from (bars(rounds, load) for load in SATURATED)


def compared(
    key: str, rounds: Sequence[Round], ours: tuple[str, Load], theirs: tuple[str, Load]
) -> Figure:
    """Compare throughputs, within each round in which both got something done."""
    pairs = [(_turn(turns, *ours), _turn(turns, *theirs)) for turns in rounds]
    ratios = [a.per_s / b.per_s for a, b in pairs if a.per_s and b.per_s]
    trouble = next((a.trouble for a, _ in pairs if a.trouble), "")
    if not ratios and not trouble:
        trouble = next(f"{b.caller}: {b.trouble or 'nothing'}" for _, b in pairs)
    return figure(key, ratios, failed=trouble)


def growth(key: str, rounds: Sequence[Round], caller: str) -> Figure:
    """Tell by how much a call's processor time grows when twice as many are under way."""
    found: list[float] = []
    for turns in rounds:
        costs = {n: _turn(turns, caller, PERSON[n]).cpu_us for n in PERSON if n > 1}
        if all(costs.values()):
            found.append(2 ** exponent(costs))
    return figure(key, found, failed="" if found else "not every turn got something done")


def headroom(rounds: Sequence[Round]) -> Figure:
    """Tell how much more the server serves to a raw client than to the fastest of the callers."""
    found: list[float] = []
    for turns in rounds:
        raw = _turn(turns, RAW, PERSON[16]).per_s
        fastest = max((t.per_s for t in turns if _is(t, PERSON[16])), default=0.0)
        found += [raw / fastest] if raw and fastest else []
    return figure("server", found, failed="" if found else "no raw client")


def throughput(rounds: Sequence[Round]) -> Sheet:
    """Everybody's throughput as a multiple of the stock client's, and processor time for a call."""
    rows = [
        (caller, *(_cell(rounds, caller, load) for load in EVERYBODY))
        for caller in _callers(rounds)
    ]
    title = f"Calls a second, as a multiple of the {STOCK} client's, and CPU for a call"
    return Sheet(title, ("caller", *map(str, EVERYBODY)), tuple(rows))


def scale(rounds: Sequence[Round]) -> Sheet:
    """What becomes of throughput and cost when more and more calls are under way."""

    def cell(caller: str, load: Load) -> str:
        told = _all(rounds, caller, load)
        done = f"{_per_s(told):,.0f}/s · {_cpu_us(told):,.0f} µs"
        return _failed(told) or f"{done}{_lost(told)}"

    names = (*GREAT_FOR, STOCK, HTTPX)
    rows = [(name, *(cell(name, load) for load in PERSON.values())) for name in names]
    title = "Calls a second and CPU for a call, by how many are under way"
    return Sheet(title, ("caller", *(f"{n:,}" for n in PERSON)), tuple(rows))


def bottleneck(rounds: Sequence[Round]) -> Sheet:
    """Whether it is the callers that are measured, and not the server."""
    rows: list[tuple[str, ...]] = []
    for load in SATURATED:
        busy = {
            caller: _per_s(told) * _cpu_us(told) / 1e6
            for caller in _callers(rounds)
            if not _failed(told := _all(rounds, caller, load))
        }
        if busy:
            least = min(busy, key=lambda caller: busy[caller])
            rows.append((str(load), f"{median(busy.values()):.0%}", f"{busy[least]:.0%} ({least})"))
    title = "How much of its core a caller kept busy"
    return Sheet(title, ("load", "median of the callers", "least"), tuple(rows))


def bars(rounds: Sequence[Round], load: Load) -> Bars:
    """Everybody's throughput beside the stock client's, for the chart."""
    lengths: dict[str, tuple[float, float, float]] = {}
    remarks: dict[str, str] = {}
    for caller in _callers(rounds):
        told, found = _all(rounds, caller, load), _ratios(rounds, caller, load)
        if found:
            lengths[caller] = of(found)
        if told:
            remarks[caller] = f"{number(_cpu_us(told))} µs CPU" if found else _failed(told)
    return Bars(str(load), lengths, remarks)


# -- of one caller -----------------------------------------------------------------------------


def _is(turn: Turn, load: Load) -> bool:
    return turn.load == load and turn.caller != RAW


def _turn(turns: Round, caller: str, load: Load) -> Turn:
    nothing = Turn(caller, load, error="no turn")
    return next((t for t in turns if (t.caller, t.load) == (caller, load)), nothing)


def _all(rounds: Sequence[Round], caller: str, load: Load) -> list[Turn]:
    return [t for turns in rounds for t in turns if (t.caller, t.load) == (caller, load)]


def _callers(rounds: Sequence[Round]) -> list[str]:
    """Give everybody who is compared, the fastest with 16 at once first."""
    names = {t.caller for turns in rounds for t in turns if t.caller != RAW}
    return sorted(names, key=lambda n: (-_per_s(_all(rounds, n, PERSON[16])), n))


def _per_s(told: Sequence[Turn]) -> float:
    return _median(told, lambda turn: turn.per_s)


def _cpu_us(told: Sequence[Turn]) -> float:
    return _median(told, lambda turn: turn.cpu_us)


def _median(told: Sequence[Turn], value: Callable[[Turn], float]) -> float:
    return median([value(turn) for turn in told if turn.per_s] or [0.0])


def _failed(told: Sequence[Turn]) -> str:
    """Say that somebody got nothing done, and why."""
    if any(turn.per_s for turn in told):
        return ""
    kinds = Counter(turn.trouble for turn in told if turn.trouble)
    return f"failed: {kinds.most_common(1)[0][0]}" if kinds else "–"


def _lost(told: Sequence[Turn]) -> str:
    """Say how many calls failed of somebody who got something done."""
    lost = sum(sum(turn.failed.values()) for turn in told)
    ended = sum(bool(turn.error) for turn in told)
    said = [f"{lost:,} failed"] * bool(lost) + [f"{ended} of {len(told)} turns broke off"] * bool(
        ended
    )
    return "".join(f" · {one}" for one in said)


def _ratios(rounds: Sequence[Round], caller: str, load: Load) -> list[float]:
    pairs = [(_turn(turns, caller, load), _turn(turns, STOCK, load)) for turns in rounds]
    return [a.per_s / b.per_s for a, b in pairs if a.per_s and b.per_s]


def _cell(rounds: Sequence[Round], caller: str, load: Load) -> str:
    told, ratios = _all(rounds, caller, load), _ratios(rounds, caller, load)
    if not ratios:
        return _failed(told) or f"{_cpu_us(told):,.0f} µs"
    return f"{median(ratios):.2f} · {_cpu_us(told):,.0f} µs{_lost(told)}"

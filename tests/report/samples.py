"""Figures of jobs as they can be: usual, tiny, empty, huge, and made to do harm."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadiq import Unlock
from leadiq._core.pricing import DataPoint
from leadiq._jobs.forecast import Credits
from leadiq._jobs.reconciliation import Line, Reconciliation, gaps
from leadiq._report.figures import TIMES, WAITS, Figures, Share
from leadiq._report.timeline import Moment, Timeline

D = Decimal
NONE = D(0)
BEGAN = 1_795_000_000.0
HARM = "<script>document.title = 'harmed'</script>\"'><img src=x onerror=alert(1)>\u202egpj.exe"


def books(
    *lines: Line,
    charged: Decimal = NONE,
    counted: int | None = None,
    uncertain: Decimal = NONE,
    forecast: Credits | None = None,
    limit: Decimal | None = None,
) -> Reconciliation:
    """The books of one run, before which the account had counted 1,200 credits."""
    after = None if counted is None else 1200 + counted
    parts = gaps(counted, charged, uncertain, NONE, 1)
    return Reconciliation(
        lines, charged, D(0), uncertain, 0, 1200, after, counted, parts, forecast, limit
    )


def line(
    point: DataPoint, asked: int, found: int, price: str, credits_: str, free: int = 0
) -> Line:
    return Line(point, asked, found, D(price), D(credits_), free, free * D(price))


def moments(count: int, every_s: float, each: str, *pauses: int) -> tuple[Moment, ...]:
    """Lookups at a steady pace; before some of them the job paused for two days."""
    timeline, at = Timeline(), BEGAN
    for number in range(count):
        at += every_s + 172_800 * (number in pauses)
        timeline.add(at, D(each) if number % 5 else D(0))
    return tuple(timeline.moments())


def waits(*counts: int) -> tuple[Share, ...]:
    return tuple(Share(name, n) for (_, name), n in zip(WAITS, counts, strict=True))


def repeats(*counts: int) -> tuple[Share, ...]:
    return tuple(Share(name, n) for name, n in zip(TIMES, counts, strict=True))


def usual(**other: Any) -> Figures:
    """A job of twenty minutes."""
    found = {
        "job": "20261118-110640-000000-ab12",
        "source": "leads.csv",
        "target": "leads-enriched.csv",
        "unlock": (Unlock.WORK_EMAIL,),
        "began": BEGAN,
        "ended": BEGAN + 1300,
        "over": True,
        "stopped_by": "",
        "sandbox": False,
        "rows": 1400,
        "invalid": 12,
        "people": 1250,
        "answered": 1250,
        "found": 1043,
        "unlocked": 830,
        "books": books(
            line(DataPoint.PROFILE, 1250, 1043, "0.1", "21.3"),
            line(DataPoint.EMAIL, 1250, 830, "1", "830", 2),
            charged=D("849.3"),
            counted=849,
            forecast=Credits(D(700), D(880), D(1010), D(1250)),
            limit=D(1000),
        ),
        "moments": moments(1250, 1, "0.85"),
        "waits": waits(310, 700, 230, 10, 0),
        "repeats": repeats(1230, 15, 4, 1),
        "waited_s": 8234.5,
        "worked_s": 1249.0,
        "requests": 1276,
        "limited": 6,
        "retries": 26,
        "runs": 1,
    }
    return Figures(**{**found, **other})


def tiny() -> Figures:
    """One row, of which nobody noted anything."""
    return usual(
        rows=None,
        invalid=0,
        people=1,
        answered=1,
        found=1,
        unlocked=1,
        ended=None,
        over=False,
        books=books(line(DataPoint.EMAIL, 1, 1, "1", "1"), charged=D(1)),
        moments=moments(1, 1, "1"),
        waits=waits(1, 0, 0, 0, 0),
        repeats=repeats(1, 0, 0, 0),
        waited_s=0.01,
        worked_s=0.0,
        requests=1,
        limited=0,
        retries=0,
    )


def empty() -> Figures:
    """A job that its budget stopped before anything was answered."""
    return usual(
        rows=None,
        invalid=0,
        people=0,
        answered=0,
        found=0,
        unlocked=0,
        over=False,
        stopped_by="BudgetError",
        books=books(limit=D(0)),
        moments=(),
        waits=waits(0, 0, 0, 0, 0),
        repeats=repeats(0, 0, 0, 0),
        waited_s=0.0,
        worked_s=0.0,
        requests=0,
        limited=0,
        retries=0,
    )


def huge() -> Figures:
    """Everybody, with everything, in several runs."""
    return usual(
        source="everybody-in-the-world.parquet",
        target="out",
        unlock=tuple(sorted({*Unlock} - {Unlock.PROFILE})),
        rows=98_765_432,
        invalid=1_234_567,
        people=91_111_111,
        answered=91_111_110,
        found=89_999_999,
        unlocked=88_888_888,
        over=False,
        stopped_by="InsufficientCreditsError",
        sandbox=True,
        books=books(
            line(DataPoint.PROFILE, 91_111_110, 89_999_999, "0.1", "123456.7"),
            line(DataPoint.EMAIL, 91_111_110, 88_765_432, "1", "88765432", 1_234_567),
            line(DataPoint.PHONE, 91_111_110, 76_543_210, "10", "765432100"),
            line(DataPoint.COMPANY, 91_111_110, 89_990_000, "3", "269970000"),
            charged=D("1124290988.7"),
            counted=1_124_299_999,
            uncertain=D("123.4"),
            forecast=Credits(
                D(1_000_000_000), D(1_100_000_000), D(1_450_000_000), D(2_555_555_555)
            ),
            limit=D(2_000_000_000),
        ),
        moments=moments(20_000, 30, "56214.5", 3_000, 9_000),
        waits=waits(11_000_000, 78_000_000, 2_000_000, 111_110, 1),
        repeats=repeats(91_000_000, 100_000, 10_000, 1_110),
        waited_s=1_234_567_890.0,
        worked_s=600_000.0,
        requests=91_300_000,
        limited=12_345,
        retries=123_456,
        runs=3,
    )


def hostile() -> Figures:
    """Names that somebody chose to do harm."""
    return usual(
        job=HARM,
        source=HARM + "A" * 200,
        target="</title></svg></style><style>* { display: none }</style>",
        over=False,
        stopped_by=HARM,
    )


ALL = {"usual": usual(), "tiny": tiny(), "empty": empty(), "huge": huge(), "hostile": hostile()}

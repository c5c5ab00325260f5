"""The judge of `make service` finds what is wrong."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from service.load import Load
from service.proof import Figures, percentile, wrong

LISTED: Any = [SimpleNamespace(id="PersonID-1"), SimpleNamespace(id="PersonID-2")]


def row(line: int, person: str | None = None) -> dict[str, Any]:
    found = {"id": person or f"PersonID-{line}"}
    return {"line": line, "person": found, "receipt": {"price_charged": "1"}}


def good() -> Load:
    """A load of two rows and one answer."""
    load = Load(answers=[(1.0, 0.1)], asked={"ada@example.com"}, rows=[row(1), row(2)])
    load.statuses.update([200, 202])
    load.job, load.job_began, load.job_ended = {"state": "done"}, 0.0, 2.0
    return load


def judged(load: Load, charged: int = 3, told: int = 3, limited: int = 0) -> list[str]:
    figures = Figures(Decimal(charged), {"acme": Decimal(told)}, {"limited": limited})
    return wrong(load, LISTED, figures)


def test_what_holds_holds() -> None:
    """Nothing is said of a good run; budgets may count what is free again."""
    assert judged(good()) == []
    assert judged(good(), told=4) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda load: load.statuses.update([503]), "5xx"),
        (lambda load: load.statuses.update([402]), "refused"),
        (lambda load: load.wrong.append("somebody else"), "wrong answers"),
        (lambda load: load.rows.pop(), "lost rows: 1"),
        (lambda load: load.rows.reverse(), "lost rows: 2"),
        (lambda load: load.rows.append(row(3)), "lost rows: 1"),
        (lambda load: load.rows.__setitem__(0, row(1, "PersonID-9")), "lost rows: 1"),
        (lambda load: load.job.update(state="stopped"), "the job ended as"),
        (lambda load: load.answers.append((1.0, 1.1)), "p95"),
        (lambda load: load.answers.clear(), "p95"),
        (lambda load: load.asked.add("b@example.com"), "receipts say 4"),
    ],
    ids=[
        "5xx",
        "4xx",
        "wrong",
        "lost",
        "order",
        "more",
        "other",
        "state",
        "slow",
        "none",
        "books",
    ],
)
def test_what_does_not_hold_is_said(change: Any, text: str) -> None:
    """Each bound by itself."""
    load = good()
    change(load)
    assert any(text in one for one in judged(load))


def test_leadiqs_own_figures_are_held_against_it() -> None:
    """429s, and credits that no receipt or budget tells of."""
    assert judged(good(), limited=1) == ["429s: 1"]
    assert len(judged(good(), charged=4, told=3)) == 2


def test_the_slow_ones_behind_the_job_count_for_nothing() -> None:
    """The bound is for answers that were asked for while the job ran."""
    load = good()
    load.answers.append((3.0, 9.0))
    assert judged(load) == []
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0

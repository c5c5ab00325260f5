"""Shared budgets in each store: one book behaves as another, and as the rules say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from leadiq._jobs.budget_rules import Answer, Ask, Book, Line, Terms, Verdict

from .books import KINDS, books

LIMIT = 20
TERMS = Terms("team", LIMIT)
JOBS = ("one", "two", "three")


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Book]]:
    """What opens a book of an empty store."""
    with books(request.param, tmp_path) as make:
        yield make


def asked(book: Book, job: str, line: Line, wanted: Line, stops: int = 0) -> Answer:
    return book.ask(TERMS, Ask(job, line, wanted, stops))


def test_the_lines_of_all_jobs_count_and_each_is_told_whole(opened: Callable[[], Book]) -> None:
    """Two books of one store see each other's lines; asking again changes nothing."""
    one, two = opened(), opened()
    assert (one.enter(TERMS, "one", 3), two.enter(TERMS, "two", 0)) == (0, 0)
    for _ in range(2):
        answer = asked(one, "one", Line(3), Line(3, 10))
        assert answer == (Verdict.GRANTED, Line(3, 10), 0)
    assert asked(two, "two", Line(), Line(0, 8)) == (Verdict.WAIT, Line(3, 10), 0)
    assert asked(two, "two", Line(), Line(0, 18)) == (Verdict.REFUSED, Line(3, 10), 0)
    assert asked(one, "one", Line(7), Line(7)) == (Verdict.GRANTED, Line(7), 0)
    assert asked(two, "two", Line(), Line(0, 13)) == (Verdict.GRANTED, Line(7, 13), 0)
    for book in (one, two):
        book.close()


def test_a_job_that_goes_on_replaces_its_line(opened: Callable[[], Book]) -> None:
    """What it had reserved when it was killed is counted until then, and not beside the new."""
    book = opened()
    book.enter(TERMS, "one", 0)
    book.enter(TERMS, "two", 0)
    asked(book, "one", Line(), Line(0, 15))
    assert asked(book, "two", Line(), Line(0, 6)).verdict is Verdict.WAIT
    book.enter(TERMS, "one", 4)
    assert asked(book, "two", Line(), Line(0, 6)) == (Verdict.GRANTED, Line(4, 6), 0)
    book.close()


def test_a_line_that_is_gone_is_not_made_anew(opened: Callable[[], Book]) -> None:
    """Who removes a budget stops its jobs: what other jobs had spent is lost as well."""
    book = opened()
    assert asked(book, "one", Line(), Line(0, 1)).verdict is Verdict.GONE
    book.enter(TERMS, "one", 0)
    assert asked(book, "one", Line(), Line(0, 1)).verdict is Verdict.GRANTED
    assert book.forget("team")
    assert asked(book, "one", Line(), Line(0, 1)).verdict is Verdict.GONE
    assert not book.forget("team")
    book.close()


def test_what_a_dead_job_had_reserved_can_be_freed(opened: Callable[[], Book]) -> None:
    """What it had spent stays counted."""
    book = opened()
    assert not book.release("team", "one")
    book.enter(TERMS, "one", 5)
    book.enter(TERMS, "two", 0)
    asked(book, "one", Line(5), Line(5, 15))
    assert not book.release("team", "three")
    assert book.release("team", "one")
    assert asked(book, "two", Line(), Line(0, 15)) == (Verdict.GRANTED, Line(5, 15), 0)
    assert asked(book, "two", Line(0, 15), Line(0, 16)).verdict is Verdict.WAIT
    book.close()


def test_a_stop_is_for_those_who_had_entered(opened: Callable[[], Book]) -> None:
    """They get nothing more, and may still tell what they spent; who enters later is free."""
    book = opened()
    book.stop("team")
    stops = book.enter(TERMS, "one", 0)
    book.stop("team")
    assert asked(book, "one", Line(), Line(0, 1), stops).verdict is Verdict.STOPPED
    assert asked(book, "one", Line(2), Line(2), stops) == (Verdict.GRANTED, Line(2), stops + 1)
    assert book.enter(TERMS, "two", 0) == stops + 1
    assert asked(book, "two", Line(), Line(0, 1), stops + 1).verdict is Verdict.GRANTED
    book.close()


def test_budgets_are_shown_by_name(opened: Callable[[], Book]) -> None:
    """With the limit that was said last, and the line of each job."""
    book = opened()
    assert book.budgets() == []
    book.enter(TERMS, "one", 3)
    book.enter(TERMS._replace(limit=30), "two", 4)
    book.enter(Terms("day 2026-01-02", 5, "2026-01-02"), "one", 0)
    day, team = book.budgets()
    assert (day.name, team.name, team.limit) == ("day 2026-01-02", "team", 30)
    assert {job: line for job, (line, _) in team.jobs.items()} == {"one": Line(3), "two": Line(4)}
    book.close()


@dataclass
class Job:
    """A job as it really is: what its journal knows, and what it has told."""

    name: str
    spent: int = 0
    out: list[int] = field(default_factory=list)
    alive: bool = True

    @property
    def line(self) -> Line:
        return Line(self.spent, sum(self.out))


class Sharing(RuleBasedStateMachine):
    """Jobs that reserve, settle, are killed and go on, in any order."""

    def __init__(self, book: Book, name: str) -> None:
        super().__init__()
        self.book = book
        self.terms = TERMS._replace(name=name)
        self.jobs = [Job(name) for name in JOBS]
        for job in self.jobs:
            self.book.enter(self.terms, job.name, 0)

    def tell(self, job: Job, most: int = 0) -> Verdict:
        wanted = Line(job.spent, job.line.reserved + most)
        return self.book.ask(self.terms, Ask(job.name, job.line, wanted, 0)).verdict

    @rule(number=st.integers(0, 2), most=st.integers(0, 12))
    def reserve(self, number: int, most: int) -> None:
        """What fits is granted; what is refused would not fit if everything came back unspent."""
        job = self.jobs[number]
        self.go_on(job)
        spent, reserved = map(sum, zip(*(job.line for job in self.jobs), strict=True))
        verdict = self.tell(job, most)
        if most == 0 or spent + reserved + most <= LIMIT:
            assert verdict is Verdict.GRANTED
            job.out.append(most)
        else:
            assert verdict is (Verdict.WAIT if spent + most <= LIMIT else Verdict.REFUSED)

    def go_on(self, job: Job) -> None:
        """Enter again if it was killed: what was under way then counts as spent."""
        if not job.alive:
            job.alive, job.spent = True, sum(job.line)
            job.out.clear()
            self.book.enter(self.terms, job.name, job.spent)

    @precondition(lambda self: any(job.alive and job.out for job in self.jobs))
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        """What a lookup leaves of its reservation is free at once."""
        having = [job for job in self.jobs if job.alive and job.out]
        job = data.draw(st.sampled_from(having))
        most = job.out.pop(data.draw(st.integers(0, len(job.out) - 1)))
        job.spent += data.draw(st.integers(0, most))
        assert self.tell(job) is Verdict.GRANTED

    @rule(number=st.integers(0, 2))
    def kill(self, number: int) -> None:
        """Its line stays as it was told."""
        self.jobs[number].alive = False

    @invariant()
    def the_limit_holds(self) -> None:
        """Whatever the lookups that are out really cost, those that were killed included."""
        assert sum(sum(job.line) for job in self.jobs) <= LIMIT


def test_any_order_of_events_keeps_the_limit_and_refuses_nothing_that_fits(
    opened: Callable[[], Book],
) -> None:
    """Jobs reserve, settle, are killed and go on: the book grants what the rules say, no more."""
    book, names = opened(), (f"team {number}" for number in count())
    few = settings(max_examples=50, stateful_step_count=30)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Sharing(book, next(names)), settings=few
    )
    book.close()

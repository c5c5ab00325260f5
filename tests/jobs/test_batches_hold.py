"""What holds for every batch, whatever its lookups and its requests end as."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadiq import Unlock
from leadiq._engine.answers import Answer, Source
from leadiq._jobs import trips
from leadiq._jobs.batches import Batches
from leadiq._jobs.budget import Budget
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import PaidLookups, question
from leadiq.types import SearchPeopleInput

from .alias_server import AliasServer, client_of, who
from .conftest import HEAD

KINDS = [
    *["found", "missing", "partial", "failed", "refused", "unpathed", "absent", "misfit"],
    *["unknown", "broke"],
]
BEFALLS = [
    *["", "", "", "unreachable", "limited", "credits", "key", "odd", "timeout", "cut"],
    *["gateway", "broken", "null", "500", "blamed"],
]
ANSWERED = {"found", "missing", "partial"}

Answers = dict[int, Answer]


class Case:
    """Some lookups at once, through batches, against a server on which anything can happen."""

    def __init__(
        self, kinds: list[str], verdicts: list[str], size: int, most: int, *, company: bool
    ) -> None:
        self.kinds = kinds
        self.verdicts = verdicts
        self.asked = [who(number, kind) for number, kind in enumerate(kinds)]
        self.server = AliasServer(*verdicts, most=most, company=company)
        self.unlock = frozenset({Unlock.COMPANY if company else Unlock.WORK_EMAIL})
        self.size = size
        self.budget = Budget(None)
        self.answers: Answers = {}

    async def run(self, journal: Journal) -> None:
        leadiq = client_of(self.server)
        async with Batches(leadiq, journal, self.size, companies=True, linger_s=0.001) as batches:
            paid = PaidLookups(leadiq, journal, self.budget, batches=batches)
            async with anyio.create_task_group() as tasks:
                for number, asked in enumerate(self.asked):
                    tasks.start_soon(self._one, paid, number, asked)

    async def _one(self, paid: PaidLookups, number: int, asked: SearchPeopleInput) -> None:
        assert number not in self.answers
        self.answers[number] = await paid.look_up(asked, self.unlock)

    def charged(self, number: int) -> Decimal:
        """What the server has charged for a lookup."""
        return sum(self.server.charges.get(self.asked[number].email or "", ()), Decimal(0))


def check(case: Case, journal: Journal) -> None:
    every_lookup_ends_once_and_truly(case, journal)
    what_can_be_answered_is(case)
    nothing_answered_is_sent_again(case)
    the_books_agree(case, journal)


def every_lookup_ends_once_and_truly(case: Case, journal: Journal) -> None:
    assert sorted(case.answers) == list(range(len(case.asked)))
    for number, answer in case.answers.items():
        entry = journal.find(question(case.asked[number], case.unlock))
        assert entry
        ends = {State.SETTLED: answer.result is not None, State.UNKNOWN: True, State.CLAIMED: True}
        assert ends[entry.state], entry.state
        assert (answer.result is None) == (entry.state is not State.SETTLED)
        assert answer.error or answer.result
        if entry.state is State.CLAIMED:
            assert case.charged(number) == 0
        assert (answer.receipt.source is Source.API) == bool(answer.receipt.attempts)


def what_can_be_answered_is(case: Case) -> None:
    """Where LeadIQ fails for some of the lookups alone, the others are answered."""
    if not any(case.verdicts) and not case.server.company and "broke" not in case.kinds:
        for number, answer in case.answers.items():
            assert (answer.result is not None) == (case.kinds[number] in ANSWERED)


def nothing_answered_is_sent_again(case: Case) -> None:
    answered: set[str] = set()
    executed: set[str] = set()
    for asked in case.server.asked:
        assert not answered & {*asked.emails}
        if case.server.company:
            assert not executed & {*asked.emails}
        answered |= {*asked.answered}
        executed |= {*asked.emails} if asked.was_executed else set()


def the_books_agree(case: Case, journal: Journal) -> None:
    totals = journal.totals()
    receipts = [answer.receipt for answer in case.answers.values()]
    known = sum((r.charged for r in receipts if r.charged is not None), Decimal(0))
    unknown = sum((r.reserved for r in receipts if r.charged is None), Decimal(0))
    assert (totals.charged, totals.uncertain) == (known, unknown)
    assert (case.budget.spent, case.budget.reserved) == (known + unknown, 0)
    for number, answer in case.answers.items():
        charged = answer.receipt.charged
        if charged is None:
            assert case.charged(number) <= answer.receipt.reserved
        else:
            assert case.charged(number) == charged
    assert journal._database.execute("select count(*) from batch").fetchone() == (0,)


cases = st.builds(
    Case,
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=7),
    st.lists(st.sampled_from(BEFALLS), max_size=6) | st.just([]),
    st.integers(1, 7),
    st.sampled_from([1, 2, 4, 100]),
    company=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(cases)
@example(Case(["found"] * 3, ["timeout", "credits"], 3, 100, company=False))
@example(Case(["found"] * 3, ["500", "credits"], 3, 100, company=False))
@example(Case(["found"] * 3, ["blamed"], 3, 100, company=True))
@example(Case(["found", "misfit", "absent", "partial"], [], 4, 100, company=False))
@example(Case(["found", "failed", "refused", "missing"], [], 4, 100, company=False))
@example(Case(["found", "found", "unpathed", "found"], [], 4, 100, company=False))
def test_whatever_happens_the_books_agree(case: Case) -> None:
    """Every lookup ends once, none that was answered goes again, and nothing stays reserved."""
    with pytest.MonkeyPatch.context() as patched, TemporaryDirectory() as directory:
        patched.setattr(trips, "patient", lambda policy: policy)
        journal = Journal.create(Path(directory) / "a.job", HEAD)
        journal._database.execute("pragma synchronous = off")
        try:
            anyio.run(case.run, journal)
            check(case, journal)
        finally:
            journal.close()

"""Lookups that are ready together go in one request."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import anyio
import pytest

from leadiq import (
    ConfigurationError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    JournalError,
    OutcomeUnknownError,
    RequestTimeoutError,
    SchemaDriftError,
    ServerError,
    Unlock,
)
from leadiq._engine.answers import Answer
from leadiq._jobs import together
from leadiq._jobs.batches import Batches
from leadiq._jobs.budget import Budget
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import PaidLookups, question
from virtual_time import anyio_backend  # noqa: F401 - makes these tests virtual

from .alias_server import AliasServer, client_of, who

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits take no thread, for which virtual time would not wait."""

    async def run(function: Callable[..., Any], *given: Any) -> Any:
        await anyio.lowlevel.checkpoint()
        return function(*given)

    monkeypatch.setattr(together.to_thread, "run_sync", run)


EMAIL = frozenset({Unlock.WORK_EMAIL})
COMPANY = frozenset({Unlock.COMPANY})
D = Decimal


class Desk:
    """Lookups at once, through batches."""

    def __init__(self, journal: Journal, server: AliasServer, size: int = 25, **more: Any) -> None:
        self.server = server
        self.journal = journal
        self.sizes: list[int] = []
        self.budget = Budget(None)
        repeat = more.pop("repeat_unknown", False)
        leadiq = client_of(server)
        self.batches = Batches(leadiq, journal, size, on_size=self.sizes.append, **more)
        self.paid = PaidLookups(
            leadiq, journal, self.budget, repeat_unknown=repeat, batches=self.batches
        )
        self.answers: dict[int, Answer] = {}

    async def ask(self, *kinds: str, unlock: frozenset[Unlock] = EMAIL) -> list[Any]:
        """Look up one for each kind; give what each ended with: found, or its error's class."""
        async with self.batches, anyio.create_task_group() as tasks:
            for number, kind in enumerate(kinds):
                tasks.start_soon(self.one, number, kind, unlock)
                await anyio.sleep(1e-4)  # one after the other, on trio too
        return [self.end(number) for number in range(len(kinds))]

    async def one(self, number: int, kind: str, unlock: frozenset[Unlock] = EMAIL) -> None:
        self.answers[number] = await self.paid.look_up(who(number, kind), unlock)

    def end(self, number: int) -> Any:
        answer = self.answers[number]
        return type(answer.error) if answer.error else "found"

    def state(self, number: int, kind: str, unlock: frozenset[Unlock] = EMAIL) -> State | None:
        entry = self.journal.find(question(who(number, kind), unlock))
        return entry and entry.state


async def test_many_lookups_go_in_one_request(journal: Journal) -> None:
    """One document, in which the fragments stand once; each lookup has its answer and its price."""
    desk = Desk(journal, AliasServer())
    assert await desk.ask(*["found"] * 3) == ["found"] * 3
    (body,) = desk.server.bodies
    assert body["operationName"] == "SearchPeople3"
    assert body["query"].count("fragment PersonRecord ") == 1
    assert [*body["variables"]] == ["i0", "i1", "i2"]
    for number, answer in desk.answers.items():
        assert answer.result
        assert answer.result.results[0].id == f"found-{number}"
        assert (answer.receipt.charged, answer.receipt.attempts) == (1, 1)
        assert answer.receipt.updated_at
    assert (desk.budget.spent, desk.budget.reserved) == (3, 0)


async def test_a_batch_fills_while_another_is_under_way(journal: Journal) -> None:
    """What comes after the linger joins as long as an answer is awaited that can bring more."""
    desk = Desk(journal, AliasServer(took_s=1.0), 3, linger_s=0.05)
    async with desk.batches, anyio.create_task_group() as tasks:
        for number in range(7):
            tasks.start_soon(desk.one, number, "found")
            await anyio.sleep(0.01 if number < 2 else 0.2)
    assert desk.server.sizes == [3, 3, 1]
    assert [desk.end(number) for number in range(7)] == ["found"] * 7


async def test_what_is_kept_is_one_reply_for_each(journal: Journal) -> None:
    """The journal has of a batch what it has of single lookups, and answers from it."""
    desk = Desk(journal, AliasServer())
    await desk.ask("found", "missing")
    assert desk.server.sizes == [2]
    again = Desk(journal, AliasServer())
    assert await again.ask("found", "missing") == ["found"] * 2
    assert again.server.sizes == []
    alone = Desk(journal, AliasServer(), 1)
    await alone.one(7, "found")
    entries = [journal.find(question(who(n, "found"), EMAIL)) for n in (0, 7)]
    kept = [entry.reply or b"" for entry in entries if entry]
    assert json.loads(kept[0].replace(b"found-0", b"found-7")) == json.loads(kept[1])


async def test_a_full_batch_waits_for_nothing(journal: Journal) -> None:
    """It departs when the last place is taken; one that is not full, after a while."""
    desk = Desk(journal, AliasServer(took_s=1.0), 2, linger_s=0.05)
    began = anyio.current_time()
    await desk.ask(*["found"] * 3)
    assert desk.server.sizes == [2, 1]
    assert desk.server.at[0] - began < 0.01
    assert desk.server.at[1] - began >= 0.05


async def test_who_comes_while_a_batch_waits_goes_along(journal: Journal) -> None:
    """Lookups that are ready within the time of a batch are in it, and later ones are not."""
    desk = Desk(journal, AliasServer(took_s=1.0), linger_s=0.05)
    async with desk.batches, anyio.create_task_group() as tasks:
        for number, pause_s in enumerate((0.0, 0.03, 0.1)):
            await anyio.sleep(pause_s)
            tasks.start_soon(desk.one, number, "found")
    assert desk.server.sizes == [2, 1]


async def test_selections_are_not_mixed(journal: Journal) -> None:
    """What asks for other data is another document."""
    desk = Desk(journal, AliasServer())
    async with desk.batches, anyio.create_task_group() as tasks:
        for number in range(4):
            unlock = EMAIL if number % 2 else frozenset({Unlock.WORK_PHONE})
            tasks.start_soon(desk.one, number, "found", unlock)
    assert desk.server.sizes == [2, 2]


@pytest.mark.parametrize(("companies", "sizes"), [(False, [1, 1]), (True, [2])])
async def test_company_information_is_batched_only_if_told(
    journal: Journal, companies: bool, sizes: list[int]
) -> None:
    """An answer that another lookup takes away would have to be paid for twice."""
    desk = Desk(journal, AliasServer(company=True), companies=companies)
    assert await desk.ask("found", "found", unlock=COMPANY) == ["found"] * 2
    assert desk.server.sizes == sizes
    assert desk.budget.spent == 6


async def test_without_its_block_there_are_no_batches(journal: Journal) -> None:
    """Each lookup is a request of its own, by the operation that it always was."""
    desk = Desk(journal, AliasServer())
    await desk.one(0, "found")
    assert desk.server.bodies[0]["operationName"] == "SearchPeople"


@pytest.mark.parametrize("size", [0, 26])
async def test_a_size_that_cannot_be_is_refused(journal: Journal, size: int) -> None:
    """From 1 to 25."""
    with pytest.raises(ConfigurationError, match="1 to 25"):
        Batches(client_of(AliasServer()), journal, size)


async def test_one_that_fails_does_not_cost_the_others(journal: Journal) -> None:
    """The error names it: it ends with that error, and the others go again without it."""
    desk = Desk(journal, AliasServer())
    ends = await desk.ask("found", "refused", "found", "missing")
    assert ends == ["found", InputError, "found", "found"]
    assert desk.server.sizes == [4, 3]
    assert desk.state(1, "refused") is State.CLAIMED
    assert (desk.budget.spent, desk.answers[1].receipt.charged) == (2, 0)
    assert "refused-1" not in str(desk.answers[1].error)


async def test_one_that_leadiq_fails_on_is_tried_again_alone(journal: Journal) -> None:
    """As a lookup of its own would be: a failure of the server may pass."""
    desk = Desk(journal, AliasServer())
    assert await desk.ask("found", "failed", "found") == ["found", ServerError, "found"]
    assert desk.server.sizes == [3, 2, 1, 1]
    assert desk.state(1, "failed") is State.UNKNOWN
    assert desk.answers[1].receipt.charged is None


async def test_good_answers_beside_bad_ones_are_kept(journal: Journal) -> None:
    """An answer with an error beside it, none at all, one that does not fit: the rest is whole."""
    desk = Desk(journal, AliasServer())
    ends = await desk.ask("found", "partial", "absent", "misfit", "found")
    assert ends == ["found", ServerError, SchemaDriftError, SchemaDriftError, "found"]
    assert desk.server.sizes == [5, 1]
    partial = desk.answers[1]
    assert partial.result
    assert partial.receipt.charged == 1


async def test_without_a_path_the_halves_go_again(journal: Journal) -> None:
    """The one to blame is found, and the size is not to blame."""
    desk = Desk(journal, AliasServer())
    ends = await desk.ask(*["found"] * 5, "unpathed", *["found"] * 2)
    assert ends == [*["found"] * 5, GraphQLError, *["found"] * 2]
    assert desk.server.sizes == [8, 4, 4, 2, 1, 1, 2]
    assert (desk.batches.size, desk.sizes) == (25, [])


@pytest.mark.parametrize("company", [False, True])
async def test_the_largest_size_that_works_is_kept_to(journal: Journal, company: bool) -> None:
    """A refusal for the number of aliases costs nothing, so it may be repeated with any data."""
    desk = Desk(journal, AliasServer(most=4, company=company), companies=True)
    unlock = COMPANY if company else EMAIL
    assert await desk.ask(*["found"] * 10, unlock=unlock) == ["found"] * 10
    assert desk.server.sizes == [10, 5, 2, 3, 5, 2, 3]
    assert (desk.batches.size, desk.sizes) == (3, [3])
    server = desk.server = AliasServer(most=4, company=company)
    await Desk(journal, server, desk.batches.size, companies=True).ask(
        *["missing"] * 6, unlock=unlock
    )
    assert server.sizes == [3, 3]


async def test_a_server_without_aliases_is_asked_one_by_one(journal: Journal) -> None:
    """Where only single lookups work, single lookups are sent from then on."""
    desk = Desk(journal, AliasServer(most=1))
    async with desk.batches:
        for first in (0, 3):
            async with anyio.create_task_group() as tasks:
                for number in range(first, first + 3):
                    tasks.start_soon(desk.one, number, "found")
    assert desk.server.sizes == [3, 1, 2, 1, 1, 1, 1, 1]
    assert desk.sizes == [1]


async def test_an_empty_answer_is_asked_for_in_halves(journal: Journal) -> None:
    """Where nobody is answered and nobody is named, fewer may be answered."""
    desk = Desk(journal, AliasServer("empty"))
    assert await desk.ask(*["found"] * 4) == ["found"] * 4
    assert desk.server.sizes == [4, 2, 2]


async def test_a_schema_that_has_changed_is_found_out_by_one(journal: Journal) -> None:
    """Where a single lookup is refused for its fields, the others are not sent to be refused."""
    desk = Desk(journal, AliasServer(*["drift"] * 2))
    assert await desk.ask(*["found"] * 8) == [SchemaDriftError] * 8
    assert desk.server.sizes == [8, 1]
    assert desk.sizes == []
    assert desk.budget.spent == 0


async def test_a_bound_that_looks_like_a_changed_schema_is_none(journal: Journal) -> None:
    """Where a single lookup goes through, it was the number; the rest goes in halves."""
    desk = Desk(journal, AliasServer("drift"))
    assert await desk.ask(*["found"] * 5) == ["found"] * 5
    assert desk.server.sizes == [5, 1, 4]
    again = Desk(journal, AliasServer("drift", "", "drift"))
    assert await again.ask(*["missing"] * 5) == ["found"] * 5
    assert again.server.sizes == [5, 1, 4, 2, 2]


@pytest.mark.parametrize("unlock", [EMAIL, COMPANY], ids=["email", "company"])
@pytest.mark.parametrize("verdict", ["timeout", "500", "gateway", "broken"])
async def test_a_failure_of_the_whole_is_the_outcome_of_each(
    journal: Journal, verdict: str, unlock: frozenset[Unlock]
) -> None:
    """All of it is of unknown outcome, repeated as one where that is free, and never in pieces."""
    desk = Desk(journal, AliasServer(verdict, verdict), companies=True)
    ends = await desk.ask("found", "found", unlock=unlock)
    assert ends == [RequestTimeoutError if verdict == "timeout" else ServerError] * 2
    assert desk.server.sizes == ([2, 2] if unlock == EMAIL else [2])
    assert desk.state(0, "found", unlock) is State.UNKNOWN
    assert desk.answers[0].error is desk.answers[1].error
    assert desk.answers[0].receipt.charged is None


@pytest.mark.parametrize("verdict", ["key", "limited", "unreachable"])
async def test_a_refusal_of_the_whole_costs_nobody_anything(journal: Journal, verdict: str) -> None:
    """The key, the rate limit, no connection: it ends for all, and is not asked in pieces."""
    desk = Desk(journal, AliasServer(*[verdict] * 2))
    await desk.ask("found", "found")
    assert {*desk.server.sizes} == {2}
    assert desk.state(1, "found") is State.CLAIMED
    assert (desk.budget.spent, desk.answers[0].receipt.charged) == (0, 0)
    assert desk.batches.limited == (2 if verdict == "limited" else 0)


async def test_the_last_credits_are_spent(journal: Journal) -> None:
    """A batch that they do not cover goes in halves, up to the first lookup they do not cover."""
    desk = Desk(journal, AliasServer(left=5))
    ends = await desk.ask(*["found"] * 12)
    assert ends == [*["found"] * 5, *[InsufficientCreditsError] * 7]
    assert desk.server.sizes == [12, 6, 3, 3, 1, 2, 1, 1]
    assert (desk.budget.spent, desk.sizes) == (5, [])
    assert desk.state(11, "found") is State.CLAIMED


async def test_a_member_that_leadiq_does_not_know_is_found(journal: Journal) -> None:
    """It is not in all of the inputs: those without it are answered."""
    desk = Desk(journal, AliasServer())
    ends = await desk.ask("unknown", "found", "missing", "found")
    assert ends == [SchemaDriftError, "found", "found", "found"]
    assert desk.server.sizes == [4, 2, 1, 1, 2]


async def test_credits_that_end_at_one_of_them_end_it(journal: Journal) -> None:
    """The others may have been charged: they are not asked for where the next would be refused."""
    desk = Desk(journal, AliasServer())
    ends = await desk.ask("found", "broke", "found")
    assert ends == [InsufficientCreditsError] * 3
    assert desk.server.sizes == [3]
    states = [desk.state(0, "found"), desk.state(1, "broke")]
    assert states == [State.UNKNOWN, State.CLAIMED]


async def test_what_may_be_charged_again_is_not_asked_again(journal: Journal) -> None:
    """With company information, the answers that one lookup took with it are of unknown outcome."""
    desk = Desk(journal, AliasServer(company=True), companies=True)
    ends = await desk.ask("found", "refused", unlock=COMPANY)
    assert ends == [OutcomeUnknownError, InputError]
    assert desk.server.sizes == [2]
    assert (desk.budget.spent, desk.budget.reserved) == (12, 0)
    assert "may be charged again" in str(desk.answers[0].error)


async def test_what_may_be_charged_again_is_if_told(journal: Journal) -> None:
    """Then it goes alone, and both sendings are counted."""
    desk = Desk(journal, AliasServer(company=True), companies=True, repeat_unknown=True)
    ends = await desk.ask("found", "refused", unlock=COMPANY)
    assert ends == ["found", InputError]
    assert desk.server.sizes == [2, 1]
    assert (desk.budget.spent, desk.budget.reserved) == (15, 0)


class Broken:
    """A journal that cannot be written at the n-th call of a method."""

    def __init__(self, journal: Journal, name: str, number: int) -> None:
        self._journal, self._name, self._left = journal, name, number

    def __getattr__(self, name: str) -> Any:
        if name == self._name:
            self._left -= 1
            if not self._left:
                return self._fail
        return getattr(self._journal, name)

    async def _fail(self, *_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")


async def test_a_full_disk_stops_a_batch_before_it_departs(journal: Journal) -> None:
    """What cannot be noted is not sent, and everybody is told."""
    desk = Desk(Broken(journal, "sent_together", 1), AliasServer())  # type: ignore[arg-type]
    assert await desk.ask("found", "found") == [JournalError] * 2
    assert desk.server.sizes == []
    assert desk.answers[0].result is None
    assert (desk.budget.spent, desk.budget.reserved) == (0, 0)


async def test_answers_that_cannot_be_kept_are_given_all_the_same(journal: Journal) -> None:
    """They are paid for."""
    desk = Desk(Broken(journal, "write", 3), AliasServer())  # type: ignore[arg-type]
    assert await desk.ask("found", "missing") == [JournalError] * 2
    assert desk.answers[0].result
    assert desk.budget.spent == 1
    later = Desk(Broken(journal, "answered_together", 1), AliasServer())  # type: ignore[arg-type]
    assert await later.ask(*["found"] * 3) == ["found"] * 3
    assert desk.journal.totals().charged == 3


async def test_a_disk_that_is_full_half_way_spoils_nothing_before(journal: Journal) -> None:
    """Who has ended has ended; the others are told, with the answer that they paid for."""
    desk = Desk(Broken(journal, "write", 4), AliasServer())  # type: ignore[arg-type]
    assert await desk.ask("found", "refused") == [JournalError, InputError]
    assert desk.answers[0].result
    assert (desk.budget.spent, desk.budget.reserved) == (1, 0)


async def test_who_leaves_before_the_departure_is_not_sent(journal: Journal) -> None:
    """A lookup that is cancelled while its batch waits costs nothing; an empty batch is none."""
    for others in (1, 0):
        desk = Desk(journal, AliasServer(), linger_s=1.0)
        async with desk.batches, anyio.create_task_group() as tasks:
            for number in range(others):
                tasks.start_soon(desk.one, number, "missing")
            with anyio.move_on_after(0.5):
                await desk.one(9, "found")
        assert desk.server.sizes == [1] * others
        assert desk.state(9, "found") is State.CLAIMED
        assert (desk.budget.spent, desk.budget.reserved) == (0, 0)


async def test_who_leaves_on_the_way_does_not_take_the_answer_from_others(journal: Journal) -> None:
    """The request goes on for those who wait; the answer of who left is in the journal."""
    desk = Desk(journal, AliasServer(took_s=2.0), 2)
    async with desk.batches, anyio.create_task_group() as tasks:
        tasks.start_soon(desk.one, 0, "found")
        with anyio.move_on_after(1.0):
            await desk.one(1, "found")
    assert desk.end(0) == "found"
    assert desk.state(1, "found") is State.SETTLED
    assert (desk.budget.spent, desk.budget.reserved) == (2, 0)


async def test_what_nobody_waits_for_is_given_up(journal: Journal) -> None:
    """As a single lookup is that is cancelled: the most is counted, and its outcome is unknown."""
    desk = Desk(journal, AliasServer(took_s=100.0), 2)
    began = anyio.current_time()
    async with desk.batches:
        with anyio.move_on_after(1.0):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(desk.one, 0, "found")
                tasks.start_soon(desk.one, 1, "found")
    assert anyio.current_time() - began < 2
    assert desk.state(1, "found") is State.SENT
    assert (desk.budget.spent, desk.budget.reserved) == (2, 0)
    again = Desk(journal, AliasServer())
    assert await again.ask("found", "found") == ["found"] * 2


async def test_a_block_that_ends_in_an_exception_gives_up_at_once(journal: Journal) -> None:
    """Nobody waits for the rest then."""
    desk = Desk(journal, AliasServer(took_s=100.0))
    began = anyio.current_time()
    with pytest.raises(KeyError):
        await _broken_off(desk)
    assert anyio.current_time() == began


async def _broken_off(desk: Desk) -> None:
    async with desk.batches:
        desk.batches._tasks.start_soon(anyio.sleep, 50)  # type: ignore[union-attr]
        raise KeyError


async def test_a_defect_is_told_to_all_who_wait(journal: Journal) -> None:
    """What is raised on the way is not swallowed, and ends nobody else's work."""
    desk = Desk(journal, AliasServer())
    desk.server.post = None  # type: ignore[assignment,method-assign]
    async with desk.batches:
        with pytest.raises(TypeError):
            await desk.one(0, "found")
    assert desk.budget.reserved == 0

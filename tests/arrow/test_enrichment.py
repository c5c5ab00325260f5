"""Batches in, batches out: what comes of them, what it costs, and what is refused."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pyarrow as pa
import pytest

from leadiq import (
    AuthenticationError,
    Budget,
    ConfigurationError,
    InputError,
    Ledger,
    LedgerError,
    SharedBudget,
    Stage,
)
from leadiq.arrow import Enrichment
from leadiq.arrow._budgets import name_beside
from leadiq.testing import LocalSandbox


def enrichment(sandbox: LocalSandbox, ledger: Ledger, **more: Any) -> Enrichment:
    """Of work e-mails, over a socket."""
    usual = {"unlock": "work-email", "budget": 100, "quota": 10**6}
    place = {"key": sandbox.key, "endpoint": sandbox.url}
    return Enrichment(ledger=ledger, **{**usual, **place, **more})


def sent(work: Enrichment) -> Enrichment:
    """What a worker on another machine gets."""
    given: Enrichment = pickle.loads(pickle.dumps(work))  # noqa: S301 - our own
    return given


def charges(batches: list[Any]) -> Decimal:
    """What the receipts add up to."""
    each = [one for batch in batches for one in batch["leadiq_price_charged"].to_pylist()]
    return sum(filter(None, each), Decimal(0))


def charged(sandbox: LocalSandbox) -> Decimal:
    """What the server's own ledger says."""
    return sum((charge.credits for charge in sandbox.ledger()), Decimal(0))


@pytest.mark.anyio
async def test_every_batch_comes_out_with_the_results_beside_its_rows(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """One batch for each, of the announced schema, with the input's columns first and unchanged."""
    given = [table.slice(0, 20), table.slice(20, 0), table.slice(20)]
    work = enrichment(sandbox, ledger)

    async def some() -> AsyncIterator[Any]:
        for one in given:
            yield one

    async with sandbox.client() as leadiq:
        done = [batch async for batch in work.batches(leadiq, some())]
    assert [one.num_rows for one in done] == [20, 0, 10]
    for before, after in zip(given, done, strict=True):
        assert after.schema == work.schema(before.schema)
        assert after.select(before.column_names) == before
    first = done[0]
    assert set(first["leadiq_status"].to_pylist()) == {"found"}
    assert first["leadiq_work_email"].to_pylist() == given[0]["email"].to_pylist()
    assert first["leadiq_line"].to_pylist() == [*range(1, 21)]
    assert set(first["leadiq_part_rows"].to_pylist()) == {20}
    assert first["leadiq_part_charged"].to_pylist() == [Decimal(n) for n in range(1, 21)]
    assert first["leadiq_done_at"].null_count == 0
    assert {*first["leadiq_part"].to_pylist()}.isdisjoint(done[2]["leadiq_part"].to_pylist())


def test_worked_on_again_a_batch_costs_nothing_and_shows_the_same_charges(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """A task that is executed again, in a new process, gives the receipts of the first time."""
    batches = table.to_batches(max_chunksize=10)
    done = [*enrichment(sandbox, ledger)(batches)]
    assert charges(done) == charged(sandbox) == 30
    again = [*sent(enrichment(sandbox, ledger, budget="unlimited"))(batches)]
    assert charges(again) == charged(sandbox) == 30
    assert {one for batch in again for one in batch["leadiq_source"].to_pylist()} == {"journal"}
    assert anyio.run(ledger.totals).charged == 30


def test_who_is_in_two_parts_is_paid_for_once(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """The second part shows a charge of zero, so that all receipts add up to the ledger."""
    done = [*enrichment(sandbox, ledger)([table, table.slice(5, 10)])]
    assert {*done[1]["leadiq_source"].to_pylist()} == {"ledger"}
    assert charges(done) == charged(sandbox) == anyio.run(ledger.totals).charged == 30


def test_the_budget_is_that_of_all_parts_together(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """A number of credits is counted beside the ledger: each part draws on what is left."""
    work = enrichment(sandbox, ledger, budget=25)
    done = [*work(table.to_batches(max_chunksize=10))]
    statuses = [one for batch in done for one in batch["leadiq_status"].to_pylist()]
    assert (statuses.count("found"), statuses.count("not_sent")) == (25, 5)
    assert charges(done) == charged(sandbox) == 25
    assert "SharedBudget" in repr(work)


def test_stages_see_the_rows_of_the_batch(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """A condition can name a column, and what a stage unlocks has its columns."""
    stages = [Stage("personal-phone", when="input.score > 27")]
    work = enrichment(sandbox, ledger, stages=stages, budget="unlimited")
    (done,) = work([table])
    reserved = done["leadiq_price_reserved"].to_pylist()
    assert [number for number, most in enumerate(reserved) if most > 1] == [28, 29]
    assert "leadiq_personal_phone" in done.column_names


def test_columns_name_what_the_names_do_not_say(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """`columns=` is that of `LeadIQ.enrich`."""
    renamed = table.slice(0, 3).rename_columns(["Contact", "score"])
    (done,) = enrichment(sandbox, ledger, columns={"email": "Contact"})([renamed])
    assert done["leadiq_status"].to_pylist() == ["found"] * 3


@pytest.mark.parametrize(
    ("names", "columns", "words"),
    [
        (["score"], None, "no usable columns (no identifier"),
        ([], None, "no usable columns"),
        (["full name"], None, "a name without a company"),
        (["first name", "company"], None, "the last name is missing"),
        (["email", "e-mail"], None, "two columns say email: choose one"),
        (["email", "email"], None, "two columns are called 'email'"),
        (["email", "LeadIQ_status"], None, "'LeadIQ_status' is named like a result"),
        (["email"], {"company": "Org"}, "there is no column 'Org' for company"),
        (["email"], {"fax": "email"}, "columns knows no such field"),
    ],
)
def test_columns_that_say_nothing_are_refused(
    sandbox: LocalSandbox, ledger: Ledger, names: list[str], columns: Any, words: str
) -> None:
    """The schema tells, before anything is sent, and so does a batch."""
    work = enrichment(sandbox, ledger, columns=columns)
    schema = pa.schema([(name, pa.string()) for name in names])
    with pytest.raises(InputError) as refused:
        work.schema(schema)
    assert words in str(refused.value)
    assert not refused.value.sent
    with pytest.raises(InputError):
        [*work([pa.Table.from_batches([], schema)])]
    assert not sandbox.exchanges


@pytest.mark.parametrize("names", [["LinkedIn"], ["name", "website"], ["first", "last", "company"]])
def test_columns_that_identify_people_will_do(
    sandbox: LocalSandbox, ledger: Ledger, names: list[str]
) -> None:
    """Whatever `LeadIQ.enrich` could make something of."""
    schema = pa.schema([(name, pa.string()) for name in names])
    assert enrichment(sandbox, ledger).schema(schema).names[: len(names)] == names


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"budget": None}, "budget is missing"),
        ({"budget": Budget(5)}, "a Budget is for one process"),
        ({"quota": None}, "quota is missing"),
        ({"quota": 0}, "quota has to be a whole number of at least 1"),
        ({"quota": "60"}, "quota has to be a number of requests"),
        ({"ledger": None}, "ledger is missing"),
        ({"ledger": "redis://127.0.0.1"}, "ledger is missing"),
        ({"unlock": "fax"}, "unlock takes"),
        ({"batch": 26}, "batch takes 1 to 25"),
        ({"concurrency": 0}, "concurrency"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_made(
    sandbox: LocalSandbox, ledger: Ledger, given: dict[str, Any], words: str
) -> None:
    """Nothing is sent, and the text names the argument."""
    with pytest.raises(InputError, match=words) as refused:
        enrichment(sandbox, **{"ledger": ledger, **given})
    assert not refused.value.sent


def test_without_a_key_nothing_begins(sandbox: LocalSandbox, ledger: Ledger, table: Any) -> None:
    """The error names the variable."""
    work = enrichment(sandbox, ledger, key=None)
    with pytest.raises(ConfigurationError, match="LEADIQ_API_KEY"):
        work.check()
    with pytest.raises(ConfigurationError, match="LEADIQ_API_KEY"):
        next(iter(work([table])))


def test_key_and_endpoint_are_those_of_where_it_is_made(
    sandbox: LocalSandbox, ledger: Ledger, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers need no environment of their own, and the key is not shown."""
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)
    work = Enrichment(unlock="work-email", budget=100, quota=10**6, ledger=ledger)
    for name in sandbox.environ:
        monkeypatch.delenv(name)
    (done,) = work([table.slice(0, 1)])
    assert done["leadiq_status"].to_pylist() == ["found"]
    assert sandbox.key not in repr(work)


def test_a_ledger_that_cannot_be_reached_is_told_beforehand(
    sandbox: LocalSandbox, table: Any, tmp_path: Path
) -> None:
    """`check` says so, and a batch does too, before anything is sent for it."""
    work = enrichment(
        sandbox, Ledger("march", f"sqlite:///{tmp_path}/no/where.db"), budget=None, unlock=()
    )
    with pytest.raises(LedgerError):
        work.check()
    with pytest.raises(LedgerError):
        next(iter(work([table])))
    assert not sandbox.ledger()


def test_check_is_content_with_what_works(sandbox: LocalSandbox, ledger: Ledger) -> None:
    """Nothing is sent to LeadIQ."""
    enrichment(sandbox, ledger).check()
    assert not sandbox.exchanges


def test_a_key_that_is_refused_comes_out_as_it_is(
    sandbox: LocalSandbox, ledger: Ledger, table: Any
) -> None:
    """Engines show what the worker raised: it has to be the SDK's own error."""
    with pytest.raises(AuthenticationError):
        next(iter(enrichment(sandbox, ledger, key="c29tZTo=")([table])))


def test_a_ledger_elsewhere_needs_a_budget_that_is_shared(
    sandbox: LocalSandbox, ledger: Ledger
) -> None:
    """A number is not counted in a store of somebody's own; a SharedBudget is taken as it is."""
    own = Ledger.over("march", ledger.store)
    with pytest.raises(InputError, match="give a SharedBudget"):
        enrichment(sandbox, own)
    team = SharedBudget.sqlite("team", 5)
    assert enrichment(sandbox, own, budget=team).budget is team


def test_beside_a_ledger_in_redis_the_budget_is_there_too(sandbox: LocalSandbox) -> None:
    """No connection is made for it."""
    work = enrichment(sandbox, Ledger("march", "redis://127.0.0.1:1"), budget=7)
    assert str(work.budget) == "the shared budget 'ledger march' of 7 credits"


def test_ledgers_with_long_names_have_budgets_of_their_own() -> None:
    """Also where they differ in the last letter alone; a short name is seen as it is."""
    assert name_beside("march") == "ledger march"
    named = {SharedBudget.sqlite(name_beside("x" * 79 + end), 1).name for end in "ab"}
    assert len(named) == 2


def test_without_pyarrow_the_command_is_named(
    sandbox: LocalSandbox, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing extra is told when the enrichment is made."""
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'leadiq-sdk\[arrow\]'"):
        enrichment(sandbox, ledger)

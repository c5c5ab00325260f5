"""The rules of `to_arrow` and `arrow_batches`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import ref

import pytest

from in_process import sandboxed
from leadiq import ConfigurationError, InputError, Outcome, Page, Status, arrow_batches, to_arrow
from leadiq._core.errors import ServerError
from leadiq._tables import gathering
from leadiq.types import (
    ContactFilter,
    FlatSearchInput,
    Person,
    PersonRecord,
    PersonSearchPage,
    Seniority,
)
from tables.items import found, looked_up, outcome

pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra [arrow]")


class Listing:
    """An async iterable that may break off, and can be gone on with."""

    def __init__(self, items: Iterable[Any], error: Exception | None = None) -> None:
        self._items = iter(items)
        self._error = error

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        for item in self._items:
            return item
        if self._error:
            raise self._error
        raise StopAsyncIteration


def people(count: int) -> list[Person]:
    return [found(id=f"p{at}") for at in range(count)]


def test_a_list_is_a_table() -> None:
    """One row for each item, in their order; an iterator does as well."""
    assert to_arrow(people(3))["id"].to_pylist() == ["p0", "p1", "p2"]
    assert to_arrow(iter(people(3))) == to_arrow(people(3))
    assert to_arrow([looked_up()])["work_email"].to_pylist() == ["ann@example.com"]


def test_an_answer_is_a_table_and_so_are_several() -> None:
    """Pages are taken for their items."""
    page = Page(people(2), None, "")
    assert to_arrow(page).num_rows == 2
    assert to_arrow([page, page]).num_rows == 4


@pytest.mark.anyio
async def test_an_async_iterable_is_awaited() -> None:
    """Its items, or the items of its pages."""
    assert (await to_arrow(Listing(people(2)))).num_rows == 2
    assert (await to_arrow(Listing([Page(people(2), None, "")]))).num_rows == 2


@pytest.mark.anyio
async def test_a_job_has_its_rows_and_its_result(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns of the rows come first, and an empty job has the result's columns."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path))
    wanted = FlatSearchInput(contact_filter=ContactFilter(seniorities=[Seniority.VP]))
    async with sandboxed(people=600) as leadiq:
        ids = to_arrow(await leadiq.flat_advanced_search(wanted))["id"].to_pylist()
        rows = [{"person id": id_, "score": at} for at, id_ in enumerate(ids)]
        async with leadiq.enrich(rows, unlock="work-email", budget=100) as results:
            table = await to_arrow(results)
        async with leadiq.enrich([], unlock="work-email", budget=100) as results:
            empty = await to_arrow(results)
    assert table.column_names[:3] == ["person id", "score", "leadiq_line"]
    assert table["leadiq_id"].to_pylist() == ids
    assert table["score"].to_pylist() == list(range(len(ids)))
    assert empty.schema == table.schema.remove(0).remove(0)


def test_the_members_of_rows_are_columns() -> None:
    """Of mappings, dataclasses and models; what is missing is null, and so is None's."""

    @dataclass
    class Given:
        score: int
        leadiq_status: str

    rows = [{"team": "north", "score": 1}, Given(2, "old"), None]
    table = to_arrow([outcome(row, line) for line, row in enumerate(rows, 1)])
    assert table.column_names[:4] == ["team", "score", "input.leadiq_status", "leadiq_line"]
    assert table["score"].to_pylist() == [1, 2, None]
    assert table["input.leadiq_status"].to_pylist() == [None, "old", None]
    assert table["leadiq_status"].to_pylist() == ["found"] * 3


def test_many_items_are_one_table() -> None:
    """However they are packed on the way."""
    table = to_arrow([outcome({"n": n}, n, person=None, status=Status.FAILED) for n in range(2500)])
    assert table["leadiq_line"].to_pylist() == table["n"].to_pylist() == list(range(2500))


def test_items_are_let_go_when_they_are_packed() -> None:
    """No more than a thousand of them are held, as objects take more room than a table."""

    watches: list[ref[Person]] = []

    def come() -> Iterator[Person]:
        for _ in range(2500):
            person = found()
            watches.append(ref(person))
            yield person
            del person
        assert sum(watch() is not None for watch in watches) <= 1000

    assert to_arrow(come()).num_rows == 2500


def test_unlock_leaves_columns_out() -> None:
    """All contacts have columns unless some are named."""
    everything = to_arrow([looked_up()]).column_names
    named = to_arrow([looked_up()], unlock="work-email").column_names
    assert "personal_phone" in everything
    assert [name for name in named if "email" in name or "phone" in name] == [
        "work_email",
        "work_email_status",
    ]
    assert "company_domain" not in to_arrow(people(1), unlock=()).column_names


def test_nothing_has_the_columns_of_its_kind() -> None:
    """`of` says what it would have been; without it an empty list is refused."""
    assert to_arrow([], of=Person) == to_arrow(people(1)).slice(0, 0)
    assert to_arrow(PersonSearchPage(people=[])) == to_arrow([], of=Person)
    with pytest.raises(InputError, match="give the class of the items as of="):
        to_arrow([])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("people", "no table of str"),
        ({"a": 1}, "no table of dict"),
        (3, "no table of int"),
        (found(), "no table of Person: it takes a list"),
        ([1], "no table of int: it takes items of"),
        ([found(), looked_up()], "item 2 is no Person: PersonRecord"),
    ],
    ids=["text", "mapping", "number", "model", "items", "mixed"],
)
def test_what_is_no_list_of_items_is_refused(given: Any, why: str) -> None:
    """The text says what is wrong with it, and nothing was sent."""
    with pytest.raises(InputError, match=why) as refused:
        to_arrow(given)
    assert not refused.value.sent


def test_of_is_a_class() -> None:
    """An item in its place is refused, and so is a class without a table."""
    with pytest.raises(InputError, match="of takes the class"):
        to_arrow([], of=found())  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no table of int"):
        to_arrow([], of=int)


@pytest.mark.anyio
async def test_a_listing_that_breaks_off_leaves_what_it_gave() -> None:
    """The error has a table of the items before it, unless it has data of its own."""
    with pytest.raises(ServerError) as broken:
        await to_arrow(Listing(people(2), ServerError("away")))
    assert broken.value.data.num_rows == 2
    with pytest.raises(ServerError) as broken:
        await to_arrow(Listing(people(2), ServerError("away", data="a page")))
    assert broken.value.data == "a page"
    with pytest.raises(ServerError) as broken:
        await to_arrow(Listing([], ServerError("away")))
    assert broken.value.data is None


@pytest.mark.anyio
async def test_batches_have_one_schema_and_no_more_rows_than_told() -> None:
    """The last one has the rest; pages are cut, and no rows are kept beside."""
    pages = [Page(people(10), None, ""), Page(people(1), None, "")]
    batches = [batch async for batch in arrow_batches(Listing(pages), rows=3)]
    assert [batch.num_rows for batch in batches] == [3, 3, 3, 2]
    assert len({str(batch.schema) for batch in batches}) == 1
    outcomes = [outcome({"n": 1}, line) for line in range(1500)]
    (only,) = [batch async for batch in arrow_batches(outcomes)]
    assert (only.num_rows, only.column_names[0]) == (1500, "leadiq_line")
    assert [one async for one in arrow_batches([], of=Person)] == []


@pytest.mark.anyio
async def test_batches_come_before_the_error_behind_them() -> None:
    """What may be paid for is given first."""
    batches = arrow_batches(Listing(people(4), ServerError("away")), rows=3)
    assert (await anext(batches)).num_rows == 3
    assert (await anext(batches)).num_rows == 1
    with pytest.raises(ServerError, match="away"):
        await anext(batches)


@pytest.mark.anyio
async def test_a_generator_is_closed_and_a_listing_is_not() -> None:
    """Who stops in the middle leaves nothing open; a listing goes on where it was."""
    closed = []

    async def generated() -> AsyncIterator[Any]:
        try:
            for person in people(3):
                yield person
        finally:
            closed.append(True)

    batches = arrow_batches(generated(), rows=1)
    await anext(batches)
    await batches.aclose()
    assert closed == [True]
    listing = Listing(people(3))
    batches = arrow_batches(listing, rows=1)
    await anext(batches)
    await batches.aclose()
    assert (await to_arrow(listing)).num_rows == 2


@pytest.mark.anyio
@pytest.mark.parametrize("rows", [0, True, "3"], ids=["none", "flag", "text"])
async def test_batches_have_a_row_at_least(rows: Any) -> None:
    """Another number is refused before anything is asked for."""
    with pytest.raises(InputError, match="rows"):
        await anext(arrow_batches(Listing(people(1)), rows=rows))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said before anything is asked for."""

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(gathering, "import_module", missing)
    with pytest.raises(ConfigurationError, match=r"pip install 'leadiq-sdk\[arrow\]'") as refused:
        to_arrow(Listing([]), of=PersonRecord)
    assert not refused.value.sent


def test_arrow_loads_when_a_table_is_made() -> None:
    """Importing the function loads no pyarrow."""
    code = "import sys; from leadiq import to_arrow; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_outcome_is_a_public_name() -> None:
    """What `of` takes can be imported."""
    assert to_arrow([], of=Outcome).num_rows == 0

"""leadiq.testing._price_lock: prices in a file, and what has risen above them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from leadiq import InputError, Unlock
from leadiq.testing import LocalSandbox, PriceLock
from leadiq.types import SearchPeopleInput

WHO = "query Who { searchPeople(input: {}) { results { %s } } }"
CHEAP = WHO % "id"
DEAR = WHO % "personalEmails { value }"


def locked(path: Path, **prices: str) -> PriceLock:
    """Make a lock of these prices."""
    path.write_text(json.dumps({name.replace("_", " "): price for name, price in prices.items()}))
    return PriceLock(path)


def test_a_price_that_rose_fails(tmp_path: Path) -> None:
    """The same and less pass; more fails, with both prices."""
    lock = locked(tmp_path / "lock.json", document_who_Who="0.1")
    lock.document("who", CHEAP)
    lock.document("who", WHO % "id @skip(if: true)")
    with pytest.raises(AssertionError) as failure:
        lock.document("who", DEAR)
    assert str(failure.value).splitlines() == [
        "more expensive than lock.json allows; write it again if that is meant",
        "  document who Who: 1 credits, 0.1 before",
    ]


def test_a_price_that_is_not_locked_fails(tmp_path: Path) -> None:
    """A new document is not guarded before somebody has agreed to its price."""
    with pytest.raises(AssertionError, match=r"who Who: 0\.1 credits, and no price is locked"):
        PriceLock(tmp_path / "none.json").document("who", CHEAP)


def test_files_are_named_from_the_lock(tmp_path: Path) -> None:
    """Wherever the tests run: folders are searched, files are taken, and the names are relative."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "who.graphql").write_text(CHEAP)
    (tmp_path / "anonymous.gql").write_text("{ account { plans { name } } }")
    lock = PriceLock(tmp_path / "locks.json", update=True)
    lock.documents(tmp_path / "a", str(tmp_path / "anonymous.gql"))
    lock.save()
    assert json.loads((tmp_path / "locks.json").read_text()) == {
        "document a/b/who.graphql Who": "0.1",
        "document anonymous.gql": "0",
    }
    PriceLock(tmp_path / "locks.json").documents(tmp_path / "a", tmp_path / "anonymous.gql")


def test_a_document_with_errors_is_named(tmp_path: Path) -> None:
    """Its file, and what is wrong with it; a folder without documents is a mistake too."""
    (tmp_path / "who.graphql").write_text("{ usages }")
    lock = PriceLock(tmp_path / "lock.json")
    with pytest.raises(InputError, match=r"who\.graphql: the document: line 1, column 3"):
        lock.documents(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="there is no"):
        lock.documents(tmp_path / "empty")


def test_an_update_keeps_what_it_did_not_see(tmp_path: Path) -> None:
    """A run of a part of the tests does not lose the prices of the others; nothing else writes."""
    path = tmp_path / "lock.json"
    locked(path, flow_one="1", document_who_Who="10")
    lock = PriceLock(path, update=True)
    lock.document("who", CHEAP)
    lock.save()
    assert json.loads(path.read_text()) == {"document who Who": "0.1", "flow one": "1"}
    before = path.read_bytes()
    lock = PriceLock(path)
    lock.document("who", CHEAP)
    lock.save()
    assert path.read_bytes() == before
    assert lock.flows == {"flow one": Decimal(1)}


@pytest.mark.anyio
async def test_a_flow_costs_what_its_code_asks_for(tmp_path: Path) -> None:
    """The same code passes again; an unlock more fails."""
    path = tmp_path / "lock.json"

    async def flow(lock: PriceLock, *unlock: Unlock) -> None:
        one = next(one for one in sandbox.people() if one.work_email)
        with lock.flow("find") as spending:
            await sandbox.client().search_people(SearchPeopleInput(id=one.id), unlock=unlock)
        assert spending.charges
        lock.save()
        sandbox.reset()

    with LocalSandbox() as sandbox:
        await flow(PriceLock(path, sandbox, update=True))
        await flow(PriceLock(path, sandbox))
        with pytest.raises(AssertionError, match=r"flow find: 1 credits, 0\.1 before"):
            await flow(PriceLock(path, sandbox), Unlock.WORK_EMAIL)


def test_a_flow_needs_a_sandbox(tmp_path: Path) -> None:
    """Without one nothing is charged, so nothing could be found."""
    told = pytest.raises(RuntimeError, match="flows are charged in a sandbox")
    with told, PriceLock(tmp_path / "lock.json").flow("x"):
        raise AssertionError("it was begun")


def test_the_operations_of_the_sdk_are_guarded(tmp_path: Path) -> None:
    """An upgrade that makes an operation dearer is seen; what has no price is as it was."""
    path = tmp_path / "lock.json"
    update = PriceLock(path, update=True)
    update.operations()
    update.save()
    assert json.loads(path.read_text())["operation TrackContacts"] == "Infinity"
    PriceLock(path).operations()
    path.write_text(path.read_text().replace('"operation SearchPeople": "0.1"', '"x": 1'))
    with pytest.raises(AssertionError, match=r"operation SearchPeople: 0\.1 credits, and no"):
        PriceLock(path).operations()


@pytest.mark.parametrize("content", ["", "[]", '{"a": "much"}', '{"a": "NaN"}', "1"])
def test_what_is_no_lock_is_refused(tmp_path: Path, content: str) -> None:
    """Rather than taken for a file that allows everything, or nothing."""
    path = tmp_path / "lock.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="is no lock of prices; delete it and write it again"):
        PriceLock(path)

"""leadiq.cli._prices: prices shown, written and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadiq.cli import _prices, main

CHEAP = "query Who { searchPeople(input: {}) { results { id } } }"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one document."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEADIQ_API_KEY", raising=False)
    (tmp_path / "who.graphql").write_text(CHEAP)
    return tmp_path


def test_prices_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents first, then the operations of the SDK; as JSON too; no key is needed."""
    assert main(["prices", "who.graphql"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "     0.1  document who.graphql Who"
    assert "      10  operation SearchPeople work-phone" in lines
    assert main(["prices", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["operation SearchPeople"] == "0.1"


def test_what_rose_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written, compared, and compared again after a change: the last fails and says what rose."""
    assert main(["prices", ".", "--write", "lock.json"]) == 0
    assert "leadiq: wrote " in capsys.readouterr().err
    assert main(["prices", ".", "--check", "lock.json"]) == 0
    assert "prices, none rose" in capsys.readouterr().err
    (folder / "who.graphql").write_text(CHEAP.replace("id", "personalPhones { value }"))
    assert main(["prices", ".", "--check", "lock.json"]) == 1
    told = capsys.readouterr()
    assert told.out == "document who.graphql Who: 10 credits, 0.1 before\n"
    assert "leadiq: 1 of 27 prices rose or are not locked; --write the file" in told.err


def test_flows_stay(folder: Path) -> None:
    """What tests have put into the file stays; what is gone goes."""
    (folder / "lock.json").write_text('{"flow find": "1", "document gone.graphql": "1"}')
    assert main(["prices", "--write", "lock.json"]) == 0
    kept = json.loads((folder / "lock.json").read_text())
    assert kept["flow find"] == "1"
    assert "document gone.graphql" not in kept


@pytest.mark.parametrize(
    ("arguments", "exit_code", "told"),
    [
        (["--check", "a", "--write", "b"], 2, "give one of them"),
        (["--check", "none.json"], 2, "'none.json' does not exist: make it with --write"),
        (["--check", "who.graphql"], 2, "who.graphql is no lock of prices"),
        (["--check", "dir"], 1, "cannot read 'dir'"),
        (["--write", "none/lock.json"], 1, "cannot write 'none/lock.json'"),
        (["none.graphql"], 2, "cannot read 'none.graphql'"),
        (["dir"], 2, "there is no *.graphql in dir"),
        (["wrong.gql"], 2, "wrong.gql: the document: line 1, column 3"),
        (["latin.gql"], 2, "a document is not UTF-8"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: int,
    told: str,
) -> None:
    """Files that are not there, are none, or hold what is no document."""
    (folder / "dir").mkdir()
    (folder / "wrong.gql").write_text("{ usages }")
    (folder / "latin.gql").write_bytes(b"# \xe4\n{ usage { a } }")
    assert main(["prices", *arguments]) == exit_code
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_the_library_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without graphql-core it says how to get it."""
    monkeypatch.setattr(_prices, "find_spec", lambda _: None)
    assert main(["prices"]) == 2
    assert "pip install 'leadiq-sdk[schema]'" in capsys.readouterr().err

"""The rules of writing text files: whole or not there, and what is paid for is never lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._files.formulas import defused
from leadiq._files.problems import OutputError
from leadiq._files.records import Record
from leadiq._files.sources import Dialect
from leadiq._files.targets import Target
from leadiq._files.text_sink import TextSink
from leadiq._files.texts import CsvText, JsonText

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIX = Dialect(",", "\n")


def csv_sink(path: object, dialect: Dialect = UNIX, *, force: bool = False, zipped: bool = False,
             names: Sequence[str] = ("a",)) -> TextSink:  # fmt: skip
    """Begin a CSV file."""
    return TextSink(Target(str(path), force=force), CsvText(dialect, names), zipped=zipped)


def row(*cells: str) -> Record:
    """A record with these cells."""
    return Record(2, list(cells))


def partials(directory: Path) -> list[Path]:
    """Return the partial files in a directory."""
    return list(directory.glob(".*.partial"))


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """Until commit nothing has the name; afterwards nothing else is left."""
    target = tmp_path / "out.csv"
    with csv_sink(target) as sink:
        sink.write(row("1"), [])
        assert not target.exists()
        assert len(partials(tmp_path)) == 1
        sink.commit()
    assert target.read_bytes() == b"a\n1\n"
    assert list(tmp_path.iterdir()) == [target]
    assert sink.kept is None


KILLED = """
import os, signal, sys
from leadiq._files.records import Record
from leadiq._files.sources import Dialect
from leadiq._files.targets import Target
from leadiq._files.text_sink import TextSink
from leadiq._files.texts import CsvText
sink = TextSink(Target(sys.argv[1], force=False), CsvText(Dialect(), ["a"]), zipped=False)
for number in range(3):
    sink.write(Record(number, [str(number)]), [])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_every_row(tmp_path: Path) -> None:
    """Each row is on its way to the disk before the next is written."""
    ran = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "out.csv"], check=False)
    assert ran.returncode == -9
    (partial,) = partials(tmp_path)
    assert partial.read_text() == "a\n0\n1\n2\n"


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    """Without commit nothing stays."""
    with csv_sink(tmp_path / "out.csv") as sink:
        sink.write(row("1"), [])
    assert list(tmp_path.iterdir()) == []
    assert sink.kept is None


def test_what_is_precious_stays(tmp_path: Path) -> None:
    """An error after something was paid for leaves the partial file, and tells where."""
    sink = csv_sink(tmp_path / "out.csv")

    def failing() -> None:
        with sink:
            sink.write(row("paid"), [])
            sink.precious = True
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert sink.kept is not None
    assert sink.kept.read_text() == "a\npaid\n"


@pytest.mark.parametrize("zipped", [False, True])
def test_what_cannot_be_put_in_place_is_kept(tmp_path: Path, zipped: bool) -> None:
    """When a paid result can't get its name, the partial file stays and the error tells where."""
    target = tmp_path / "out.csv"
    with csv_sink(target, zipped=zipped) as sink:
        sink.write(row("paid"), [])
        sink.precious = True
        target.write_text("somebody else's")
        with pytest.raises(OutputError, match=r"meanwhile; what was paid for is kept in .*partial"):
            sink.commit()
    assert target.read_text() == "somebody else's"
    (partial,) = partials(tmp_path)
    kept = partial.read_bytes()
    assert (gzip.decompress(kept) if zipped else kept) == b"a\npaid\n"
    assert sink.kept == partial


def test_force_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    """The old content goes in one step; who may read the file doesn't change."""
    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o640)
    with csv_sink(target, force=True) as sink:
        assert target.read_text() == "old"
        sink.commit()
    assert target.read_text() == "a\n"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a symbolic link writes to the file that it leads to."""
    (tmp_path / "link").symlink_to(tmp_path / "out.csv")
    with csv_sink(tmp_path / "link") as sink:
        sink.commit()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("precious", [False, True])
@pytest.mark.parametrize("cell", ["x" * 100_000, "x"])
def test_a_full_disk_is_told(tmp_path: Path, cell: str, precious: bool, zipped: bool) -> None:
    """A write that fails ends in one sentence, which names the partial file if it is dear."""
    target = Target(str(tmp_path / "out.csv"), force=False)
    target.file.close()
    target.file = Path("/dev/full").open("wb")  # noqa: SIM115

    def write(sink: TextSink) -> None:
        sink.write(row(cell), [])
        sink.commit()

    with TextSink(target, CsvText(UNIX, ["a"]), zipped=zipped) as sink:
        sink.precious = precious
        with pytest.raises(OutputError, match=r"cannot write out\.csv: No space left") as told:
            write(sink)
    assert ("is kept in" in str(told.value)) is precious
    assert len(partials(tmp_path)) == precious


def test_standard_output_gets_the_whole_at_the_end(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """- is standard output; nothing reaches it before commit."""
    with csv_sink("-", Dialect(",", "\n", has_bom=True)) as sink:
        sink.write(row("\u00f6"), [])
        assert capfdbinary.readouterr().out == b""
        sink.commit()
    assert capfdbinary.readouterr().out == b"\xef\xbb\xbfa\n\xc3\xb6\n"
    with csv_sink("-"):
        pass
    assert capfdbinary.readouterr().out == b""


@pytest.mark.parametrize("precious", [False, True])
def test_a_reader_that_has_gone_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, precious: bool
) -> None:
    """A closed pipe on standard output is one sentence; what is dear stays, for its owner alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(_Closed()))

    def write() -> None:
        with csv_sink("-") as sink:
            sink.precious = precious
            sink.commit()

    with pytest.raises(OutputError, match="cannot write the output: Broken pipe") as told:
        write()
    assert ("what was paid for is kept in" in str(told.value)) is precious
    kept = list(tmp_path.iterdir())
    assert [path.read_text() for path in kept] == ["a\n"] * precious
    assert {path.stat().st_mode & 0o777 for path in kept} <= {0o600}


class _Closed(io.BytesIO):
    def flush(self) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    def close(self) -> None:
        """Nothing to give back."""


def test_compressed_files_are_the_same_each_time(tmp_path: Path) -> None:
    """No time and no name is in them, so that a job gone on with ends in the same bytes."""
    for name in ("one.csv.gz", "two.csv.gz"):
        with csv_sink(tmp_path / name, zipped=True) as sink:
            for number in range(20_000):
                sink.write(row(str(number)), [])
            sink.commit()
    content = (tmp_path / "one.csv.gz").read_bytes()
    assert content == (tmp_path / "two.csv.gz").read_bytes()
    assert content[4:8] == bytes(4)  # where the time would be
    assert gzip.decompress(content).count(b"\n") == 20_001


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(
    rows=st.lists(st.lists(ANY, min_size=2, max_size=4), max_size=4),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_cell_survives_in_csv(rows: list[list[str]], line_end: str) -> None:
    """Whatever is in a cell, line breaks of every kind too, is read back as it was written."""
    text = CsvText(Dialect(",", line_end), ["x", "y"])
    written = text.head() + "".join(text.row(row(*cells[:1]), cells[1:]) for cells in rows)
    read = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert read == [["x", "y"], *([*map(defused, cells)] for cells in rows)]


def test_the_dialect_is_the_inputs() -> None:
    """Delimiter, line end and byte order mark are kept; cells that run are quoted."""
    text = CsvText(Dialect(";", "\r\n", has_bom=True), ["a", "=b"])
    assert text.head() == "\ufeffa;'=b\r\n"
    assert text.row(row("a;b", "=1+1"), ["c,d", "-5"]) == '"a;b";\'=1+1;c,d;-5\r\n'


@pytest.mark.parametrize(
    ("original", "cells", "own", "written"),
    [
        ('{"a": 1.50,"b":[1]}', ["1.50", "[1]"], ["x", ""], {"a": 1.5, "b": [1]}),
        ('{ "a" : 1 }', ["1", ""], ["x", ""], {"a": 1}),
        ("{}", ["", ""], ["x", ""], {}),
        ("", ["007", ""], ["x", ""], {"a": "007", "b": None}),
        ('{"a": 1}', ["1", ""], [], {"a": 1}),
    ],
)
def test_an_object_keeps_its_members(
    original: str, cells: list[str], own: list[str], written: dict[str, Any]
) -> None:
    """They are copied as they are written; one's own come after them, null where empty."""
    text = JsonText(["a", "b"], ["s", "r"][: len(own)])
    line = text.row(Record(1, cells, "", original), own)
    assert text.head() == ""
    assert line.endswith("}\n")
    assert json.loads(line) == written | ({"s": "x", "r": None} if own else {})
    assert original.strip("{} ") in line


@given(cells=st.lists(ANY, min_size=2, max_size=2), own=ANY)
def test_every_cell_survives_in_json(cells: list[str], own: str) -> None:
    """Whatever is in it, it is one line, and reads as it was; empty is null."""
    line = JsonText(["a", "b"], ["s"]).row(row(*cells), [own])
    assert line.count("\n") == 1
    assert json.loads(line) == {"a": cells[0] or None, "b": cells[1] or None, "s": own or None}


def test_what_is_no_text_is_replaced(tmp_path: Path) -> None:
    """A lone surrogate in an answer costs a letter, not the job."""
    with csv_sink(tmp_path / "out.csv") as sink:
        sink.write(row("1"), ["x\ud800"])
        sink.commit()
    assert (tmp_path / "out.csv").read_text() == "a\n1,x?\n"

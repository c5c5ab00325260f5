"""The rules of Parquet: columns of text in and out, a few rows at a time."""

from __future__ import annotations

import datetime
import decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.reading import read, refusal, sound
from leadiq._files.opening import open_sink, open_source
from leadiq._files.parquet_sink import ParquetSink
from leadiq._files.problems import OutputError
from leadiq._files.records import Record
from leadiq._files.row_groups import GROUP_ROWS
from leadiq._files.targets import Target


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a Parquet file."""
    return tmp_path / "leads.parquet"


def written(path: Path, *columns: Any, **options: Any) -> Path:
    """Write a file with these columns, named a, b and so on."""
    named = dict(zip("abcdefghijklmnop", columns, strict=False))
    pq.write_table(pa.table(named), path, **options)
    return path


def test_everything_is_text(path: Path) -> None:
    """Numbers are their decimal text, times are ISO 8601, members are JSON; no value is empty."""
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    written(
        path,
        pa.array(["007", None, ""]),
        pa.array([1, None, -5]),
        pa.array([15550100.0, float("nan"), None]),
        pa.array([0.1, 1e20, -0.5], pa.float32()),
        pa.array([True, False, None]),
        pa.array([datetime.date(2026, 1, 2), None, None]),
        pa.array([moment.replace(tzinfo=None), None, None], pa.timestamp("s")),
        pa.array([moment, None, None], pa.timestamp("ms", "UTC")),
        pa.array([decimal.Decimal("1.50"), None, None]),
        pa.array(["x", "y", "x"]).dictionary_encode(),
        pa.array([["a", None], [], None]),
        pa.array([{"n": 1, "when": moment.date()}, None, None]),
        pa.array([b"J\xc3\xb6rg", None, b""]),
        pa.array(["x", None, "y"], pa.large_string()),
        pa.nulls(3),
    )
    first, second, third = (cells for _, cells in sound(path))
    assert first == [
        "007", "1", "15550100", "0.1", "true", "2026-01-02", "2026-01-02 03:04:05.000",
        "2026-01-02 03:04:05.000Z", "1.50", "x", '["a",null]', '{"n":1,"when":"2026-01-02"}',
        "J\u00f6rg", "x", "",
    ]  # fmt: skip
    assert second == ["", "", "", "1e+20", "false", *[""] * 4, "y", "[]", *[""] * 4]
    assert third == ["", "-5", "", "-0.5", *[""] * 5, "x", *[""] * 3, "y", ""]


def test_a_file_without_rows_is_sound(path: Path) -> None:
    """With row groups that are empty, and without any."""
    written(path, pa.array([], pa.string()))
    assert read(path) == (["a"], [])
    with pq.ParquetWriter(path, pa.schema([("a", pa.string())])):
        pass
    assert read(path) == (["a"], [])


def test_rows_are_counted_from_one(path: Path) -> None:
    """Over all batches and row groups."""
    texts = [str(number) for number in range(3500)]
    written(path, pa.array(texts), row_group_size=1200)
    assert sound(path) == [(number + 1, [text]) for number, text in enumerate(texts)]


def test_a_bad_cell_costs_its_row(path: Path) -> None:
    """What none may hold is told by column; the rows beside it are sound."""
    bad = pa.array([b"x", b"J\xf6rg", b"y", b"z"])
    written(path, bad, pa.array(["1", "2", "\0", "x" * 131_073]))
    records = read(path)[1]
    assert [(r.line, r.cells) for r in records] == [
        (1, ["x", "1"]), (2, ["J\ufffdrg", "2"]), (3, ["y", "\ufffd"]), (4, ["z", ""]),
    ]  # fmt: skip
    assert records[0].fault == ""
    assert records[1].fault == "column 'a': not UTF-8; save it as UTF-8"
    assert records[2].fault.startswith("column 'b': a NUL")
    assert records[3].fault == "column 'b': a cell longer than 131,072 characters"


@pytest.mark.parametrize("where", ["foot", "page"])
def test_a_damaged_file_is_refused(path: Path, where: str) -> None:
    """Nothing in a Parquet file is a row that could be bad by itself."""
    texts = [f"{number * 7919 % 10_007}" for number in range(5000)]
    content = bytearray(written(path, pa.array(texts)).read_bytes())
    if where == "foot":
        del content[-8:]
    else:
        content[4:2000] = b"\xff" * 1996
    assert refusal(path, bytes(content)) == (
        "cannot read FILE: it is damaged, or no whole Parquet file"
    )


def test_a_compressed_one_is_refused(path: Path) -> None:
    """Parquet is compressed by itself, and can't be read from the beginning to the end."""
    assert "unzip it" in refusal(path, b"\x1f\x8b...")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@given(rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_every_cell_survives(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is written is read; what a spreadsheet would run too, as none reads this."""
    path = tmp_path_factory.mktemp("parquet") / "out.parquet"
    with ParquetSink(Target(str(path), force=False), ["a", "b"]) as sink:
        for at, (given_, own) in enumerate(rows):
            sink.write(Record(at, [given_]), [own])
        sink.commit()
    assert [cells for _, cells in sound(path)] == rows
    assert pq.read_schema(path) == pa.schema([("a", pa.string()), ("b", pa.string())])


def test_rows_leave_memory_in_groups(path: Path) -> None:
    """A row group has so many rows, however many the file has; the same rows, the same bytes."""
    for place in (path, path.with_name("again.parquet")):
        with ParquetSink(Target(str(place), force=False), ["a", "b"]) as sink:
            for at in range(GROUP_ROWS + 1500):
                sink.write(Record(at, [str(at)]), [""])
            sink.commit()
    metadata = pq.read_metadata(path)
    assert [metadata.row_group(at).num_rows for at in (0, 1)] == [GROUP_ROWS, 1500]
    assert path.read_bytes() == path.with_name("again.parquet").read_bytes()
    assert set(pq.read_table(path)["b"].to_pylist()) == {None}


def test_what_is_precious_can_be_read(path: Path) -> None:
    """An error after something was paid for leaves a whole file with the rows so far."""
    with ParquetSink(Target(str(path), force=False), ["a"]) as sink:
        sink.write(Record(1, ["paid"]), [])
        sink.precious = True
    assert not path.exists()
    assert sink.kept is not None
    assert pq.read_table(sink.kept)["a"].to_pylist() == ["paid"]


@pytest.mark.parametrize("rows", [1, GROUP_ROWS])
def test_a_full_disk_is_told(path: Path, rows: int) -> None:
    """It is one sentence, as for any other file."""
    target = Target(str(path), force=False)
    target.file.close()
    target.file = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115

    def write(sink: ParquetSink) -> None:
        for at in range(rows):
            sink.write(Record(at, ["x"]), [])
        sink.commit()

    with (
        pytest.raises(OutputError, match=r"^cannot write leads\.parquet: No space left"),
        ParquetSink(target, ["a"]) as sink,
    ):
        write(sink)
    assert list(path.parent.iterdir()) == []


def test_from_one_format_to_another(path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Standard output takes Parquet too, if the user says so."""
    written(path, pa.array(["x@example.com", "y@example.com"]))
    with open_source(str(path)) as source:
        for word in ("parquet", "csv", "jsonl"):
            with open_sink("-", source, ["own"], force=False, word=word) as sink:
                for record in source.records():
                    sink.write(record, ["1"])
                sink.commit()
    out = capfdbinary.readouterr().out
    assert out.startswith(b"PAR1")
    assert out.endswith(
        b"a,own\r\nx@example.com,1\r\ny@example.com,1\r\n"
        b'{"a": "x@example.com", "own": "1"}\n{"a": "y@example.com", "own": "1"}\n'
    )

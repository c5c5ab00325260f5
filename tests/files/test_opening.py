"""The rules of opening: the right reader for each file, and the right writer for each name."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import pytest

from files.reading import read, sound
from leadiq import ConfigurationError
from leadiq._files.formats import Kind
from leadiq._files.opening import open_sink, open_source

if TYPE_CHECKING:
    from pathlib import Path

CSV = b"email\nx@example.com\n"
JSONL = b'\xef\xbb\xbf \n{"email": "x@example.com"}\n'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.csv", CSV, Kind.CSV),
        ("x", CSV, Kind.CSV),
        ("x.jsonl", JSONL, Kind.JSONL),
        ("x.txt", JSONL, Kind.JSONL),
        ("x.jsonl.gz", gzip.compress(JSONL, mtime=0), Kind.JSONL),
        ("x", gzip.compress(JSONL, mtime=0), Kind.JSONL),
    ],
)
def test_the_format_is_told_by_the_file(
    tmp_path: Path, name: str, content: bytes, kind: Kind
) -> None:
    """By its name; and where that does not tell, by the brace that JSON lines begin with."""
    path = tmp_path / name
    path.write_bytes(content)
    with open_source(str(path)) as source:
        assert source.kind is kind
    assert [cells for _, cells in sound(path)] == [["x@example.com"]]


def test_a_word_says_otherwise(path: Path) -> None:
    """What looks like CSV by its name is what the user says."""
    path.write_bytes(JSONL)
    assert read(path, "jsonl")[0] == ["email"]
    assert read(path)[0] == [" "]
    with pytest.raises(ConfigurationError, match="no format 'xml'"):
        read(path, "xml")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.csv", b"email,own\n"),
        ("out.txt", b"email,own\n"),
        ("out.csv.gz", b"\x1f\x8b"),
        ("out.jsonl", b'{"email": "x@example.com", "own": "1"}\n'),
        ("out.jsonl.gz", b"\x1f\x8b"),
        ("out.parquet", b"PAR1"),
    ],
)
def test_the_name_tells_what_is_written(path: Path, name: str, start: bytes) -> None:
    """And what was written can be read, with the columns of one's own."""
    path.write_bytes(CSV)
    out = path.with_name(name)
    with open_source(str(path)) as source, open_sink(str(out), source, ["own"], force=False) as to:
        for record in source.records():
            to.write(record, ["1"])
        to.commit()
    assert out.read_bytes().startswith(start)
    assert read(out)[0] == ["email", "own"]
    assert [cells for _, cells in sound(out)] == [["x@example.com", "1"]]


def test_a_directory_takes_parquet(path: Path) -> None:
    """And nothing else."""
    path.write_bytes(CSV)
    out = f"{path.parent}/out/"
    with open_source(str(path)) as source:
        with open_sink(out, source, [], force=False, job="x") as sink:
            sink.commit()
        with pytest.raises(ConfigurationError, match="a directory takes Parquet files only"):
            open_sink(out, source, [], force=False, word="csv")
    assert [entry.name for entry in (path.parent / "out").iterdir()] == ["part-00000.parquet"]


@pytest.mark.parametrize("what", ["source", "sink", "parts"])
def test_without_pyarrow_it_is_said_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """It is refused before anything is sent or written; the other formats work without it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in ("arrow", "row_groups", "parquet_source", "parquet_sink", "parts_sink"):
        monkeypatch.delitem(sys.modules, f"leadiq._files.{name}", raising=False)
    path.write_bytes(CSV)
    with open_source(str(path)) as source:
        use = {
            "source": lambda: open_source(str(path), "parquet"),
            "sink": lambda: open_sink(f"{path}.parquet", source, [], force=False),
            "parts": lambda: open_sink(f"{path}s/", source, [], force=False),
        }[what]
        with pytest.raises(ConfigurationError, match=r"pip install 'leadiq-sdk\[parquet\]'"):
            use()
    assert list(path.parent.iterdir()) == [path]


def test_what_else_is_missing_is_no_advice(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of ours that is not there is a defect, and looks like one."""
    path.write_bytes(CSV)
    monkeypatch.setitem(sys.modules, "leadiq._files.parquet_sink", None)
    with (
        open_source(str(path)) as source,
        pytest.raises(ModuleNotFoundError, match="parquet_sink"),
    ):
        open_sink(f"{path}.parquet", source, [], force=False)

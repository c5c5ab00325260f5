"""The rules of an input's bytes: they are there as often as needed, and do not change."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import threading
from typing import TYPE_CHECKING

import pytest

from files.reading import read, refusal, sound
from leadiq import InputError
from leadiq._files import lines
from leadiq._files.inputs import Input
from leadiq._files.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"a,b\n1,2\n"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a directory and an impossible name are told apart."""
    for name, says in [
        ("nowhere.csv", "there is no file"),
        (".", "is a directory, not a file"),
        ("x\0.csv", "cannot read"),
        ("x" * 300, "File name too long"),
    ]:
        with pytest.raises(InputError, match=says) as refused:
            Input(f"{tmp_path}/{name}")
        assert not refused.value.sent


def test_no_name_is_no_file() -> None:
    """An empty name, as an unset variable gives it, is told as such."""
    with pytest.raises(InputError, match=r"^IN is empty: name a file, or - for standard input$"):
        Input("")


def test_standard_input_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be rewound is copied first."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CONTENT)))
    with open_source("-") as source:
        assert source.name == "standard input"
        assert list(source.records()) == list(source.records()) != []


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a standard input there is one sentence."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match=r"^standard input is closed$"):
        Input("-")


def test_a_pipe_is_read_twice(tmp_path: Path) -> None:
    """A named pipe works like standard input."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(CONTENT,))
    writer.start()
    assert sound(pipe) == [(2, ["1", "2"])]
    writer.join()


@pytest.mark.parametrize("when", ["between", "during", "broken"])
def test_a_file_that_changes_is_refused(path: Path, when: str) -> None:
    """A file that is not the one that was surveyed any more ends the reading."""
    path.write_text("a,b\n1,2\n3,4\n")
    with open_source(str(path)) as source:
        assert len(list(source.records())) == 2
        records = source.records()
        if when != "between":
            next(records)
        path.write_text("a,b\n1,2\n" if when != "broken" else '"')
        os.utime(path, (1, 1))
        with pytest.raises(InputError, match=r"was changed while it was being read"):
            next(records) if when == "between" else list(
                source.records() if when == "broken" else records
            )


def test_a_change_explains_what_else_is_wrong(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file is no table any more, the change is told, not that."""
    path.write_bytes(CONTENT)
    with open_source(str(path)) as source:
        monkeypatch.setattr(type(source), "_records", lambda _: _changed(path))
        with pytest.raises(InputError, match=r"was changed"):
            list(source.records())


def _changed(path: Path) -> None:
    path.write_bytes(b"\0")
    raise InputError("a NUL", sent=False)


def test_the_digest_is_that_of_the_bytes(path: Path) -> None:
    """It is the same however often it is asked, and rows can be read again after it."""
    path.write_bytes(CONTENT)
    with open_source(str(path)) as source:
        assert source.digest() == source.digest() == hashlib.sha256(CONTENT).hexdigest()
        assert len(list(source.records())) == 1
        records = source.records()
        next(records)
        source.digest()
        with pytest.raises(ValueError, match="closed file"):
            list(records)


@pytest.mark.parametrize("after", [0, 1])
def test_a_disk_that_fails_is_told(path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """When reading fails, in the header or later, it is one sentence with the system's words."""
    path.write_bytes(CONTENT)
    real, calls = lines.Lines.begin_record, list[int]()

    def failing(these: lines.Lines) -> int:
        calls.append(1)
        if len(calls) > 2 * after:
            raise OSError(5, "Input/output error")
        return real(these)

    monkeypatch.setattr(lines.Lines, "begin_record", failing)
    with pytest.raises(InputError, match=r"^cannot read .*: Input/output error$"):
        read(path)


def test_a_disk_that_fails_at_once_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bytes are read as carefully as the rest."""

    def failing(_: object) -> None:
        raise OSError(5, "Input/output error")

    path.write_bytes(CONTENT)
    monkeypatch.setattr("leadiq._files.inputs._state", failing)
    with pytest.raises(InputError, match=r"^cannot read .*: Input/output error$"):
        Input(str(path))


@pytest.mark.parametrize("name", ["leads.csv.gz", "leads.csv", "leads"])
def test_what_is_compressed_is_read(tmp_path: Path, name: str) -> None:
    """Its bytes tell, whatever its name says; the digest is that of the file as it is."""
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + CONTENT) + gzip.compress(b"3,4\n"))
    assert sound(path) == [(2, ["1", "2"]), (3, ["3", "4"])]
    with open_source(str(path)) as source:
        assert source.digest() == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("damage", ["cut", "flipped", "head", "tail"])
def test_damaged_compression_is_told(path: Path, damage: str) -> None:
    """What can't be decompressed concerns the whole file."""
    packed = bytearray(gzip.compress(CONTENT + os.urandom(40_000).hex().encode(), mtime=0))
    if damage == "cut":
        del packed[len(packed) // 2 :]
    elif damage == "flipped":
        packed[len(packed) // 2] ^= 0xFF
    elif damage == "head":
        packed[2] = 0
    else:
        packed[-1] ^= 0xFF
    assert refusal(path, bytes(packed)) == (
        "cannot read FILE: the compressed data is damaged, or ends too early"
    )

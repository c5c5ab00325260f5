"""Reading a whole file, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leadiq import InputError
from leadiq._files.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from leadiq._files.records import Record


def read(path: Path | str, word: Any = None) -> tuple[list[str], list[Record]]:
    """Return the header and the records of a file, read twice, the same both times."""
    with open_source(str(path), word) as source:
        first = list(source.records())
        assert list(source.records()) == first
        return source.header, first


def sound(path: Path, word: Any = None) -> list[tuple[int, list[str]]]:
    """Return the lines and cells of a file in which nothing is wrong."""
    records = read(path, word)[1]
    assert not any(record.fault for record in records)
    return [(record.line, record.cells) for record in records]


def refusal(path: Path, content: bytes, word: Any = None) -> str:
    """Return what is said about a file with this content, which must name the file."""
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read(path, word)
    assert not raised.value.sent
    assert str(path) in str(raised.value)
    return str(raised.value).replace(str(path), "FILE")

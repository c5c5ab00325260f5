"""The rules of reading JSON lines: what is written comes out, digit by digit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.reading import read, refusal, sound
from leadiq._files import jsonl_source
from leadiq._files.records import Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a file of JSON lines."""
    return tmp_path / "leads.jsonl"


def test_everything_is_text(path: Path) -> None:
    """Numbers keep their digits, words are words, what has members is JSON; null is empty."""
    line = (
        '{"a": "007", "b": 1.50, "c": 12345678901234567890, "d": true, "e": false, "f": null, '
        '"g": {"x": [1.0, "J\u00f6rg", null, true]}, "h": [], "i": 1e400, "j": -0}'
    )
    path.write_text(line, encoding="utf-8")
    cells = ["007", "1.50", "12345678901234567890", "true", "false", ""]
    cells += ['{"x":[1.0,"J\u00f6rg",null,true]}', "[]", "1e400", "-0"]
    assert read(path) == (list("abcdefghij"), [Record(1, cells, "", line)])


def test_the_columns_are_those_of_all_objects(path: Path) -> None:
    """In the order in which they first come; what an object does not have is empty."""
    path.write_text('{"a": "1"}\n\n  \n{"c": "2", "a": "3"}\nbroken\n{"b": "4"}\n')
    header, records = read(path)
    assert header == ["a", "c", "b"]
    assert [(r.line, r.cells) for r in records if not r.fault] == [
        (1, ["1", "", ""]),
        (4, ["3", "2", ""]),
        (6, ["", "", "4"]),
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_end_as_they_like(path: Path, end: bytes) -> None:
    """A byte order mark is no part of the first."""
    path.write_bytes(b'\xef\xbb\xbf{"a": "1"}' + end + b'{"a": "2"}')
    assert sound(path) == [(1, ["1"]), (2, ["2"])]


@pytest.mark.parametrize(
    ("line", "cells", "fault"),
    [
        (b"nope", ["", ""], "not JSON, as character 1 shows: Expecting value"),
        (b'{"a": 1', ["", ""], "not JSON, as character 8 shows: Expecting ',' delimiter"),
        (b'{"a": 007}', ["", ""], "not JSON, as character 8 shows: Expecting ',' delimiter"),
        (b"[1]", ["", ""], "JSON, but no object"),
        (b'"x"', ["", ""], "JSON, but no object"),
        (b'{"a": NaN}', ["", ""], "not JSON: it has no numbers such as NaN or Infinity"),
        (b'{"a": "\xff"}', ["", ""], "not UTF-8; save it as UTF-8"),
        (b'{"a": ' + b"[" * 100_000, ["", ""], "nested too deeply"),
        (b'{"a": "x\\u0000"}', ["x\ufffd", ""], "column 'a': a NUL byte, as in UTF-16; save it "
         "as UTF-8"),
        (b'{"b": "\\ud800"}', ["", "\ufffd"], "column 'b': not UTF-8; save it as UTF-8"),
        (b'{"b": "' + b"x" * 131_073 + b'"}', ["", ""], "column 'b': a cell longer than 131,072 "
         "characters"),
    ],
)  # fmt: skip
def test_a_bad_line_says_what_is_wrong(
    path: Path, line: bytes, cells: list[str], fault: str
) -> None:
    """It keeps what could be read, and the next line is read as if nothing were."""
    path.write_bytes(b'{"a": "1", "b": "2"}\n' + line + b'\n{"a": "3"}\n')
    _, (first, bad, last) = read(path)
    assert bad == Record(2, cells, fault)
    assert (first.line, first.cells, last.line, last.cells) == (1, ["1", "2"], 3, ["3", ""])


def test_escapes_are_sound(path: Path) -> None:
    """They are read as what they stand for."""
    path.write_text('{"a": "J\\u00f6rg \\ud83d\\ude00"}')
    assert sound(path) == [(1, ["J\u00f6rg \U0001f600"])]


def test_a_line_that_is_too_long_is_cut(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without line breaks is not read into memory whole; behind one, reading goes on."""
    monkeypatch.setattr(jsonl_source, "MAX_CHARS", 50)
    fits = b'{"a": "' + b"x" * 40 + b'"}\n'
    path.write_bytes(fits + b'{"a": "' + b"x" * 500 + b'"}\n' + fits)
    records = read(path)[1]
    assert [(r.line, r.fault) for r in records] == [(1, ""), (2, "longer than 50 bytes"), (3, "")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "FILE holds no object: each line must be one, with members"),
        (b"[1]\n{}\nnope", "FILE holds no object: each line must be one, with members"),
        (b"\xff\xfe{", "FILE is UTF-16: save it as CSV in UTF-8"),
        (b'{"a\\u0000": 1}', "FILE, the names of the members: column 1: a NUL byte, as in UTF-16; "
         "save it as UTF-8"),
        (b"".join(b'{"%d": 1}\n' % i for i in range(2001)), "FILE has more than 2,000 different "
         "members in its objects: it is no table"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(path: Path, content: bytes, says: str) -> None:
    """Without names there are no columns, and with too many it is something else."""
    assert refusal(path, content) == says


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=5,
)  # fmt: skip


@given(rows=st.lists(st.dictionaries(st.sampled_from("xyz"), JSON, min_size=1), min_size=1))
def test_every_value_survives(
    rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The text of a value that is no text is its JSON again."""
    path = tmp_path_factory.mktemp("jsonl") / "leads.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    header, records = read(path)
    for row, record in zip(rows, records, strict=True):
        assert not record.fault
        for name, cell in zip(header, record.cells, strict=True):
            value = row.get(name)
            assert cell == value if isinstance(value, str) else json.loads(cell or "null") == value
        assert json.loads(record.original) == row

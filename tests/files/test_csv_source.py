"""The rules of reading CSV: text as it is, and a bad record costs itself and no other."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.reading import read, refusal, sound
from leadiq._files import csv_source, lines
from leadiq._files.opening import open_source
from leadiq._files.records import Record
from leadiq._files.sources import Dialect

if TYPE_CHECKING:
    from pathlib import Path


def test_cells_are_text(path: Path) -> None:
    """Leading zeros, blanks, signs, line breaks and quotes inside quotes are kept as they are."""
    path.write_text('id,note\n007," a ""b""\n c"\n+1,\n', newline="")
    assert read(path)[0] == ["id", "note"]
    assert sound(path) == [(2, ["007", ' a "b"\n c']), (4, ["+1", ""])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(path: Path, end: str) -> None:
    """Unix, Windows and old Mac line ends work, also on the last line or not there."""
    path.write_bytes(f"a,b{end}1,2{end}{end}3,4".encode())
    assert sound(path) == [(2, ["1", "2"]), (4, ["3", "4"])]


@pytest.mark.parametrize(
    ("content", "dialect"),
    [
        (b"a,b\r\n", Dialect(",", "\r\n")),
        (b"a;b\n", Dialect(";", "\n")),
        (b"a\tb\n", Dialect("\t", "\n")),
        (b'"x;y;z",b\n', Dialect(",", "\n")),
        (b"email", Dialect(",", "\r\n")),
        (b"\xef\xbb\xbfa,b\r", Dialect(",", "\r\n", has_bom=True)),
        (b"\n\na;b,c;d\n", Dialect(";", "\n")),
        (b"a|b|c,d\n", Dialect("|", "\n")),
    ],
)
def test_the_dialect_is_read_off_the_header(path: Path, content: bytes, dialect: Dialect) -> None:
    """Delimiter, line end and byte order mark come from the first line that is not blank."""
    path.write_bytes(content)
    with open_source(str(path)) as source:
        assert source.dialect == dialect
        assert not source.header[0].startswith("\ufeff")


def test_a_header_alone_is_a_table(path: Path) -> None:
    """A file without rows is sound."""
    path.write_text("email\n\n\n")
    assert read(path) == (["email"], [])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "FILE is empty: the first line must name the columns"),
        (b"\xef\xbb\xbf", "FILE is empty: the first line must name the columns"),
        (b"\n \r\n", "FILE is empty: the first line must name the columns"),
        (b"\xff\xfea\0", "FILE is UTF-16: save it as CSV in UTF-8"),
        (b"PK\x03\x04...", "FILE is a spreadsheet or an archive: save it as CSV in UTF-8"),
        (b"sep=;\nemail;b\n", "FILE begins with sep=, for Excel alone: take that line out"),
        (b"a,J\xf6rg\n", "FILE, line 1, column 2: not UTF-8; save it as UTF-8"),
        (
            b"e\0m\0a\0i\0l\0\n\0",
            "FILE, line 1, column 1: a NUL byte, as in UTF-16; save it as UTF-8",
        ),
        (b'\nemail,"notes\n', "FILE, line 2, column 2: the quote opened here is never closed"),
        (b"x" * 140_000, "FILE, line 1, column 1: a cell longer than 131,072 characters"),
    ],
)
def test_without_a_header_there_is_no_table(path: Path, content: bytes, says: str) -> None:
    """What concerns the header concerns the whole file: one sentence with line and column."""
    assert refusal(path, content) == says


NEVER_CLOSED = "the quote opened here is never closed"
BEHIND = "text after the closing quote; inside a cell a quote is written twice"
NOT_UTF8 = "not UTF-8; save it as UTF-8"
LONG = "131,072 characters"


@pytest.mark.parametrize(
    ("rows", "cells", "fault"),
    [
        (
            b"1,2",
            ["1", "2", ""],
            "2 cells where the header has 3; the first without a cell is column 'notes'",
        ),
        (
            b"1",
            ["1", "", ""],
            "1 cell where the header has 3; the first without a cell is column 'name'",
        ),
        (
            b'"1,a",2,3,4,"5,"',
            ["1,a", "2", "3,4,5,"],
            "5 cells where the header has 3; the last is column 'notes'",
        ),
        (b'1,"2,3', ["1", "2,3", ""], f"column 'name': {NEVER_CLOSED}"),
        (b'1,2,"', ["1", "2", ""], f"column 'notes': {NEVER_CLOSED}"),
        (b'1,2,3,"4', ["1", "2", "3,4"], f"column 4: {NEVER_CLOSED}"),
        (b'1,"2" x,3', ["1", "2 x", "3"], f"column 'name': {BEHIND}"),
        (b'1,"a ""b"" c"d,3', ["1", 'a "b" cd', "3"], f"column 'name': {BEHIND}"),
        (b"1,J\xf6rg,3", ["1", "J\ufffdrg", "3"], f"column 'name': {NOT_UTF8}"),
        (b'1,"\xf6', ["1", "\ufffd", ""], f"column 'name': {NEVER_CLOSED}"),
        (
            b"1,2,\0",
            ["1", "2", "\ufffd"],
            "column 'notes': a NUL byte, as in UTF-16; save it as UTF-8",
        ),
        (b"1,2," + b"x" * 131_073, ["1", "2", ""], f"column 'notes': a cell longer than {LONG}"),
        (
            b'1,"2,' + b"xxxx xxxx\n" * 14_000,
            ["1", "2,xxxx xxxx", ""],
            f"column 'name': the quote opened here is not closed within {LONG}",
        ),
    ],
)
def test_a_bad_record_says_what_is_wrong(
    path: Path, rows: bytes, cells: list[str], fault: str
) -> None:
    """Each kind of it is told by the column, keeps what could be read, and ends with its line."""
    path.write_bytes(b"email,name,notes\na,b,c\n" + rows + b"\nx,y,z\n")
    _, (first, bad, *_, last) = read(path)
    assert first == Record(2, ["a", "b", "c"])
    assert bad == Record(3, cells, fault)
    assert last == Record(rows.count(b"\n") + 4, ["x", "y", "z"])


def test_a_record_of_several_lines_may_hold_what_none_may(path: Path) -> None:
    """It is one record all the same, as its quotes are sound."""
    path.write_bytes(b'a,b\n"1\n\xf6\n",2\n3,4\n')
    assert read(path)[1] == [
        Record(2, ["1\n\ufffd\n", "2"], f"column 'a': {NOT_UTF8}"),
        Record(5, ["3", "4"]),
    ]


def test_letters_that_are_not_ascii_are_sound(path: Path) -> None:
    """UTF-8 is read as it is, in one line and in several."""
    path.write_text('a,b\nJörg,2\n"ü\nü",2\n', encoding="utf-8")
    assert sound(path) == [(2, ["Jörg", "2"]), (3, ["ü\nü", "2"])]


def test_what_a_quote_swallowed_comes_again(path: Path) -> None:
    """A quote that the next record's closes makes one bad record, whatever it looks like."""
    path.write_bytes(b'a,b\n1,"open\n2,",three"\n4,5\n"6\n7\n8,"9"\n')
    assert read(path)[1] == [
        Record(2, ["1", "open"], "3 cells where the header has 2; the last is column 'b'"),
        Record(3, ["2", ",three"]),
        Record(4, ["4", "5"]),
        Record(5, ["6", ""], f"column 'a': {BEHIND}"),
        Record(
            6, ["7", ""], "1 cell where the header has 2; the first without a cell is column 'b'"
        ),
        Record(7, ["8", "9"]),
    ]


def test_the_longest_allowed_cell_is_read(path: Path) -> None:
    """A cell of exactly csv's limit is no error."""
    path.write_text("a,b\n1," + "x" * csv.field_size_limit() + "\n")
    assert len(sound(path)[0][1][1]) == csv.field_size_limit()


@pytest.mark.parametrize("end", ["\n", "\r", ""])
def test_a_line_without_end_is_cut(path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """A file without line breaks is not read into memory whole; behind one, reading goes on."""
    monkeypatch.setattr(lines, "MAX_CHARS", 100)
    path.write_bytes(f"a,b\n1,{'x' * 500}{end}3,4{end}5,{'y' * 94}...{end}6,7".encode())
    _, (bad, *rest) = read(path)
    assert bad.fault == csv_source._TOO_LONG == "longer than 4,194,304 characters"
    assert bad.cells == ["1", "x" * 98]
    assert [(record.line, record.cells[0]) for record in rest] == (
        [(3, "3"), (4, "5"), (5, "6")] if end else []
    )


def test_a_record_of_too_many_lines_is_bad(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that never ends because its quotes are the wrong way round."""
    monkeypatch.setattr(lines, "MAX_CHARS", 100)
    path.write_bytes(b'a,b\n1,"' + b'x\n",",\n' * 50 + b"3,4\n")
    records = read(path)[1]
    assert records[0].fault == csv_source._TOO_LONG
    assert records[-1] == Record(102, ["3", "4"])


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=6)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=4),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_csv_writes_is_read(
    rows: list[list[str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any cells, written by the csv module, come back as they were."""
    path = tmp_path_factory.mktemp("csv") / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["a", "b", "c"], *rows])
    assert [cells for _, cells in sound(path)] == rows

"""The rules of reading: text as it is, and one sentence with line and column for what is wrong."""

from __future__ import annotations

import csv
import io
import os
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq.cli import _lines
from leadiq.cli._problems import Problem
from leadiq.cli._tables import Dialect, Table

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header and the rows of a file, read twice, the same both times."""
    with Table(str(path)) as table:
        first = [tuple(row) for row in table.rows()]
        assert [tuple(row) for row in table.rows()] == first
        return table.header, first


def problem(path: Path, content: bytes) -> str:
    """Return what is said about a file with this content, which must name the file."""
    path.write_bytes(content)
    with pytest.raises(Problem) as raised:
        read(path)
    text = str(raised.value)
    assert str(path) in text
    return text.replace(str(path), "FILE")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file's path."""
    return tmp_path / "leads.csv"


def test_cells_are_text(path: Path) -> None:
    """Leading zeros, blanks, signs, line breaks and quotes inside quotes are kept as they are."""
    path.write_text('id,note\n007," a ""b""\n c"\n+1,\n', newline="")
    assert read(path) == (["id", "note"], [(2, ["007", ' a "b"\n c']), (4, ["+1", ""])])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(path: Path, end: str) -> None:
    """Unix, Windows and old Mac line ends work, also on the last line or not there."""
    path.write_bytes(f"a,b{end}1,2{end}{end}3,4".encode())
    assert read(path) == (["a", "b"], [(2, ["1", "2"]), (4, ["3", "4"])])


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
    with Table(str(path)) as table:
        assert table.dialect == dialect
        assert not table.header[0].startswith("\ufeff")


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
        (b"\x1f\x8b...", "FILE is compressed with gzip: save it as CSV in UTF-8"),
        (b"sep=;\nemail;b\n", "FILE begins with sep=, for Excel alone: take that line out"),
        (b"a,b\n1,2\n3,J\xf6rg\n", "FILE, line 3, column 2: not UTF-8; save it as UTF-8"),
        (
            b'\nFirst Name;b\n"1,\n2";2\nJ\xf6rg,;3\n',
            "FILE, line 5, column 'First Name': not UTF-8; save it as UTF-8",
        ),
        (b"a,b\r1,2\rJ\xf6rg,3\r", "FILE, line 3, column 1: not UTF-8; save it as UTF-8"),
        (b"J\xf6rg,b\n", "FILE, line 1, column 1: not UTF-8; save it as UTF-8"),
        (b"a,b\n1,2,\xf6\n", "FILE, line 2, column 3: not UTF-8; save it as UTF-8"),
        (b'a,b\n1,"\xf6', "FILE, line 2, column 2: not UTF-8; save it as UTF-8"),
        (b"a,b\n1," + b"x" * 140_000 + b"\xf6", "FILE, line 2: not UTF-8; save it as UTF-8"),
        (
            b"e\0m\0a\0i\0l\0\n\0",
            "FILE, line 1: a NUL byte, as in UTF-16; save it as CSV in UTF-8",
        ),
        (
            b"email,company,notes\n1,2,3\n1,2\n",
            "FILE, line 3: 2 cells where the header has 3; the first without a cell is "
            "column 'notes'",
        ),
        (
            b"email,company\n1\n",
            "FILE, line 2: 1 cell where the header has 2; the first without a cell is "
            "column 'company'",
        ),
        (
            b'email,notes\n"a\n\nb",2,3\n',
            "FILE, line 2: 3 cells where the header has 2; the last is column 'notes'",
        ),
        (
            b'email,notes\n1,2\n3,"open\n4,5\n',
            "FILE, line 3, column 'notes': the quote opened here is never closed",
        ),
        (b'email,"notes\n', "FILE, line 1, column 2: the quote opened here is never closed"),
        (
            b'a,b\n"x"\n\n1,"',
            "FILE, line 2: 1 cell where the header has 2; the first without a cell is column 'b'",
        ),
        (
            b'email,notes\n1,2\n"3" 4,5\n',
            "FILE, line 3, column 'email': text after the closing quote; inside a cell a quote "
            "is written twice",
        ),
        (
            b'email,notes\n"a ""b""\nc"x,2\n',
            "FILE, line 2, column 'email': text after the closing quote; inside a cell a quote "
            "is written twice",
        ),
        (
            b"email,notes\n1,2\n3," + b"x" * 131_073,
            "FILE, line 3, column 'notes': a cell longer than 131,072 characters",
        ),
        (
            b'email,notes\n"1","x' + b"xxxx xxxx\n" * 14_000,
            "FILE, line 2, column 'notes': the quote opened here is not closed within "
            "131,072 characters",
        ),
        (b'a,b\n1,2,"', "FILE, line 2, column 3: the quote opened here is never closed"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(path: Path, content: bytes, says: str) -> None:
    """Each kind of broken file ends in one sentence that tells where to look."""
    assert problem(path, content) == says


def test_the_longest_allowed_cell_is_read(path: Path) -> None:
    """A cell of exactly csv's limit is no error."""
    path.write_text("a,b\n1," + "x" * csv.field_size_limit() + "\n")
    assert len(read(path)[1][0][1][1]) == csv.field_size_limit()


def test_a_line_without_end_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without line breaks is not read into memory whole."""
    monkeypatch.setattr(_lines, "MAX_LINE_CHARS", 1000)
    assert problem(path, b"a,b\n" + b"x" * 5000) == "FILE, line 2: longer than 1,000 characters"
    path.write_bytes(b"a\n" + b"x" * 998 + b"\n")
    assert len(read(path)[1]) == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a directory and an impossible name are told apart."""
    for name, says in [
        ("nowhere.csv", "there is no file"),
        (".", "is a directory, not a CSV file"),
        ("x\0.csv", "cannot read"),
        ("x" * 300, "File name too long"),
    ]:
        with pytest.raises(Problem, match=says):
            Table(f"{tmp_path}/{name}")


@pytest.mark.parametrize("when", ["between", "during", "broken"])
def test_a_file_that_changes_is_refused(path: Path, when: str) -> None:
    """A file that is not the one that was surveyed any more ends the reading."""
    path.write_text("a,b\n1,2\n3,4\n")
    with Table(str(path)) as table:
        assert len(list(table.rows())) == 2
        rows = table.rows()
        if when != "between":
            next(rows)
        path.write_text("a,b\n" + "1,2\n3,4\n5,6,7\n" * (1 if when != "broken" else 0) + '"')
        os.utime(path, (1, 1))
        with pytest.raises(Problem, match=r"was changed while it was being read"):
            next(rows) if when == "between" else list(rows)
    if when == "between":
        with Table(str(path)) as table, pytest.raises(Problem, match="line 4: 3 cells"):
            list(table.rows())


def test_standard_input_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be rewound is copied first."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n")))
    with Table("-") as table:
        assert table.name == "standard input"
        assert list(table.rows()) == list(table.rows()) == [(2, ["1", "2"])]


def test_no_name_is_no_file() -> None:
    """An empty name, as an unset variable gives it, is told as such."""
    with pytest.raises(Problem, match=r"^IN is empty: name a file, or - for standard input$"):
        Table("")


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a standard input there is one sentence."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Problem, match=r"^standard input is closed$"):
        Table("-")


@pytest.mark.parametrize("after", [0, 1])
def test_a_disk_that_fails_is_told(path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """When reading fails, in the header or later, it is one sentence with the system's words."""
    path.write_text("a,b\n1,2\n")
    real, calls = _lines.Lines.__next__, list[int]()

    def failing(lines: _lines.Lines) -> str:
        calls.append(1)
        if len(calls) > 3 * after:
            raise OSError(5, "Input/output error")
        return real(lines)

    monkeypatch.setattr(_lines.Lines, "__next__", failing)
    with pytest.raises(Problem, match=r"^cannot read .*leads\.csv: Input/output error$"):
        read(path)


def test_a_pipe_is_read_twice(tmp_path: Path) -> None:
    """A named pipe works like standard input."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("a,b\n1,2\n",))
    writer.start()
    assert read(pipe) == (["a", "b"], [(2, ["1", "2"])])
    writer.join()


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
    assert [cells for _, cells in read(path)[1]] == rows

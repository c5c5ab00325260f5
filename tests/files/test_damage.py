"""Files get damaged: every record that is whole comes out, with its line, whatever is around it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

HEADER: Final = ["email", "name", "notes"]
_LONGEST: Final = 2000
#: What people's cells are like: a quoted one begins with no delimiter, quote or line break, as
#: those would close the quote that a damaged record has left open, by the rules of CSV.
CELL: Final = st.from_regex(r"[a-z0-9]([a-z ,\"\n\u00e9]{0,8}[a-z0-9])?", fullmatch=True)
ROW: Final = st.lists(CELL, min_size=3, max_size=3)
#: Damaged records of one line, each for a reason of its own. None can close another's quote.
DAMAGE: Final = st.sampled_from(
    [
        b"1",
        b"1,2",
        b"1,2,3,4",
        b'1,"2,3',
        b'"1,2,3',
        b'1,2,"x',
        b'1,"2"2,3',
        b'1,"""2,3',
        b"1,\xff,3",
        b"1,2,\0",
        b"1,2," + b"x" * (_LONGEST + 20),
        b'"\xe9',
    ]
)


@pytest.fixture(autouse=True, scope="module")
def short_cells() -> Iterator[None]:
    """The longest cell that is allowed is shorter: looking for a lost quote takes a while."""
    usual = csv.field_size_limit(_LONGEST)
    yield
    csv.field_size_limit(usual)


@st.composite
def damaged_csv(draw: DrawFn) -> tuple[bytes, list[tuple[int, list[str]]], set[int]]:
    """Draw a file, its whole records by line, and the lines of its damaged ones."""
    content, line = b"email,name,notes\n", 2
    whole: list[tuple[int, list[str]]] = []
    damaged: set[int] = set()
    for row in draw(st.lists(ROW | DAMAGE, max_size=8)):
        if isinstance(row, bytes):
            damaged.add(line)
            content += row + b"\n"
        else:
            whole.append((line, row))
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerow(row)
            content += text.getvalue().encode()
        line = content.count(b"\n") + 1
    return content, whole, damaged


@given(drawn=damaged_csv())
def test_csv(
    drawn: tuple[bytes, list[tuple[int, list[str]]], set[int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Damage in CSV costs the records that have it, and each of those is told of."""
    content, whole, damaged = drawn
    path = tmp_path_factory.mktemp("csv") / "leads.csv"
    path.write_bytes(content)
    _, records = read(path)
    assert [(r.line, r.cells) for r in records if not r.fault] == whole
    assert {record.line for record in records if record.fault} == damaged
    assert all(len(record.cells) == len(HEADER) for record in records)
    "".join(cell for record in records for cell in record.cells).encode()


@given(
    rows=st.lists(ROW, min_size=1, max_size=8),
    at=st.integers(0, 200),
    byte=st.sampled_from([b'"', b",", b"\n", b"\r\n", b"\0", b"\xff", b"x"]),
    insert=st.booleans(),
)
def test_any_byte(
    rows: list[list[str]],
    at: int,
    byte: bytes,
    insert: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """One byte that is wrong anywhere costs the record that it is in, and no other one."""
    texts: list[bytes] = []
    for row in rows:
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(row)
        texts.append(text.getvalue().encode())
    content = b"".join(texts)
    at %= len(content)
    path = tmp_path_factory.mktemp("csv") / "leads.csv"
    path.write_bytes(
        b"email,name,notes\n" + content[:at] + byte + content[at if insert else at + 1 :]
    )
    ends = [sum(map(len, texts[: number + 1])) for number in range(len(texts))]
    hit = next(number for number, end in enumerate(ends) if at < end)
    swallowed = {hit, hit + 1} if at + 1 == ends[hit] else {hit}  # two, where its line end was
    found = [record.cells for record in read(path)[1] if not record.fault]
    for number, row in enumerate(rows):
        assert number in swallowed or row in found


JSON_DAMAGE: Final = st.sampled_from(
    [b"{", b"]", b'{"email": "x"', b'{"email": nope}', b'"text"', b"7", b"\xff", b'{"a":"\xff"}',
     b'{"email":"\\ud800"}', b'{"email":"\\u0000"}', b"{'email': 1}", b"[" * 5000]
)  # fmt: skip


@given(rows=st.lists(ROW | JSON_DAMAGE | st.just(b" "), max_size=8))
def test_json_lines(
    rows: list[list[str] | bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Damage in JSON lines costs its own line."""
    path = tmp_path_factory.mktemp("jsonl") / "leads.jsonl"
    texts = [
        row
        if isinstance(row, bytes)
        else json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False).encode()
        for row in [["a", "b", "c"], *rows]
    ]
    path.write_bytes(b"\n".join(texts))
    header, records = read(path)
    assert header == HEADER
    whole = {record.line: record.cells for record in records if not record.fault}
    damaged = {record.line for record in records if record.fault}
    assert whole == {at: row for at, row in enumerate(rows, 2) if isinstance(row, list)} | {
        1: ["a", "b", "c"]
    }
    bad = {at for at, row in enumerate(rows, 2) if isinstance(row, bytes) and row != b" "}
    assert damaged == bad

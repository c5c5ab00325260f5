"""The rules of formats: a word goes before the bytes, they before the name."""

from __future__ import annotations

from typing import get_args

import pytest

from leadiq import ConfigurationError
from leadiq._files.formats import GZIP, PARQUET, WORDS, Format, Kind, format_in, format_out
from leadiq.cli._files import FileFormat


@pytest.mark.parametrize(
    ("path", "word", "start", "told"),
    [
        ("x.csv", None, b"a,b", Format(Kind.CSV)),
        ("x.CSV.gz", None, GZIP, Format(Kind.CSV, True)),
        ("x.tsv", None, b"{", Format(Kind.CSV)),
        ("x.jsonl", None, b"a,b", Format(Kind.JSONL)),
        ("x.ndjson.gz", None, GZIP, Format(Kind.JSONL, True)),
        ("x.csv.gz", None, b"a,b", Format(Kind.CSV)),
        ("x.csv", None, PARQUET, Format(Kind.PARQUET)),
        ("x.pq", None, b"", Format(Kind.PARQUET)),
        ("x.csv", "jsonl", b"a,b", Format(Kind.JSONL)),
        ("x.csv", "jsonl.gz", b"a,b", Format(Kind.JSONL)),
        ("x.csv", "jsonl", GZIP, Format(Kind.JSONL, True)),
        ("-", None, b"a,b", None),
        ("x.txt", None, GZIP, None),
        ("x", None, b"", None),
    ],
)
def test_the_format_of_an_input(
    path: str, word: str | None, start: bytes, told: Format | None
) -> None:
    """Whether it is compressed is told by its bytes alone; None leaves it to the first line."""
    assert format_in(path, word, start) == told


@pytest.mark.parametrize(
    ("path", "word", "source", "told"),
    [
        ("x.csv", None, Kind.JSONL, Format(Kind.CSV)),
        ("x", None, Kind.JSONL, Format(Kind.CSV)),
        ("x.txt.gz", None, Kind.JSONL, Format(Kind.CSV, True)),
        ("x.jsonl", None, Kind.CSV, Format(Kind.JSONL)),
        ("x.jsonl.gz", None, Kind.CSV, Format(Kind.JSONL, True)),
        ("x.parquet", None, Kind.CSV, Format(Kind.PARQUET)),
        ("x/", None, Kind.CSV, Format(Kind.PARQUET)),
        ("-", None, Kind.JSONL, Format(Kind.JSONL)),
        ("-", "csv.gz", Kind.JSONL, Format(Kind.CSV, True)),
        ("x.json", "jsonl", Kind.CSV, Format(Kind.JSONL)),
    ],
)
def test_the_format_of_an_output(path: str, word: str | None, source: Kind, told: Format) -> None:
    """Its name tells, or a word; on standard output it is the input's."""
    assert format_out(path, word, source) == told


@pytest.mark.parametrize("path", ["x.json", "x.xlsx", "x.JSON.gz", "x.parquet.gz"])
def test_a_name_promises_no_other_format(path: str) -> None:
    """CSV in a file that is named like a spreadsheet would help nobody."""
    with pytest.raises(ConfigurationError, match=r"^cannot write '.*: name it \.csv, \.jsonl or"):
        format_out(path, None, Kind.CSV)


def test_an_unknown_word_is_refused() -> None:
    """It names those that there are."""
    for refuse in (lambda: format_in("x", "xml", b""), lambda: format_out("x", "xml", Kind.CSV)):
        with pytest.raises(ConfigurationError, match=r"no format 'xml': choose from csv, csv.gz"):
            refuse()


def test_the_command_line_has_the_same_words() -> None:
    """What the options take is what the formats are."""
    assert get_args(get_args(FileFormat)[0]) == WORDS

"""Which format a file has: told by a word, else by its first bytes, else by its name. Pure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import Final, NamedTuple

from .._ground.wording import shown
from .problems import refused

GZIP: Final = b"\x1f\x8b"
PARQUET: Final = b"PAR1"
STANDARD: Final = "-"


class Kind(StrEnum):
    """A format of files."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Format(NamedTuple):
    """A kind, and whether the file is compressed."""

    kind: Kind
    gzip: bool = False


#: The words for formats, as `--format-in` and `--format-out` take them.
WORDS: Final = ("csv", "csv.gz", "jsonl", "jsonl.gz", "parquet")
_ENDINGS: Final = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
}
_NOT_WRITTEN: Final = (".json", ".xlsx", ".xls", ".ods", ".zip", ".feather", ".avro", ".orc")


def format_in(path: str, word: str | None, start: bytes) -> Format | None:
    """Return the format of an input; None where the first line has to tell.

    Args:
        path: its name, or `-`.
        word: what the user says; whether it is compressed is told by the file all the same.
        start: the first bytes.

    Raises:
        ConfigurationError: there is no such word.
    """
    zipped = start.startswith(GZIP)
    if word is not None:
        return Format(_of_word(word).kind, zipped)
    if start.startswith(PARQUET):
        return Format(Kind.PARQUET)
    kind = _kind_of(path)
    return None if kind is None else Format(kind, zipped)


def format_out(path: str, word: str | None, source: Kind) -> Format:
    """Return the format of an output, which is the input's if only `-` is known.

    Raises:
        ConfigurationError: there is no such word, or the name promises what can't be written.
    """
    if word is not None:
        return _of_word(word)
    if path == STANDARD:
        return Format(source)
    if path.endswith("/"):
        return Format(Kind.PARQUET)
    name = path.removesuffix(".gz")
    kind = _kind_of(path) or Kind.CSV
    is_zipped = name != path
    if name.casefold().endswith(_NOT_WRITTEN) or (is_zipped and kind is Kind.PARQUET):
        raise refused(
            f"cannot write {shown(path)}: name it .csv, .jsonl or .parquet, or say --format-out"
        )
    return Format(kind, is_zipped)


def _of_word(word: str) -> Format:
    if word not in WORDS:
        raise refused(f"there is no format {shown(word)}: choose from {', '.join(WORDS)}")
    return Format(Kind(word.removesuffix(".gz")), word.endswith(".gz"))


def _kind_of(path: str) -> Kind | None:
    return _ENDINGS.get(PurePath(path.removesuffix(".gz")).suffix.casefold())

"""Which input and which output are opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from .csv_source import CsvSource
from .formats import Format, Kind, format_in, format_out
from .inputs import UNREADABLE, Input
from .jsonl_source import JsonlSource
from .problems import refused, unusable
from .targets import Target
from .text_sink import TextSink
from .texts import CsvText, JsonText

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from .sinks import Sink
    from .sources import Source

#: First bytes of what people take for a table, and what to tell them.
_OTHER_FORMATS: Final = {
    b"\xff\xfe": "is UTF-16",
    b"\xfe\xff": "is UTF-16",
    b"PK\x03\x04": "is a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "is a spreadsheet",
}


def open_source(path: str, word: str | None = None) -> Source:
    """Open an input, `-` for standard input, and read its header.

    Args:
        path: the file.
        word: one of `formats.WORDS`, if the user says it.

    Raises:
        InputError: there is no such file, it can't be read, or is no table; nothing was sent.
        ConfigurationError: there is no such format, or it takes a package that is missing.
    """
    file = Input(path)
    try:
        chosen = format_in(path, word, file.start) or Format(_told_by_text(file))
        return _source(chosen.kind, file)
    except UNREADABLE as error:
        file.close()
        raise file.unreadable(error) from None
    except BaseException:
        file.close()
        raise


def _source(kind: Kind, file: Input) -> Source:
    if kind is Kind.PARQUET:
        if file.is_zipped:
            raise unusable(
                f"{file.name} is compressed with gzip, which Parquet is by itself: unzip it"
            )
        with _pyarrow():
            from .parquet_source import ParquetSource

        return ParquetSource(file)
    _require_utf8(file)
    return JsonlSource(file) if kind is Kind.JSONL else CsvSource(file)


def _require_utf8(file: Input) -> None:
    start = file.plain().read(4)
    for magic, is_other in _OTHER_FORMATS.items():
        if start.startswith(magic):
            raise unusable(f"{file.name} {is_other}: save it as CSV in UTF-8")


def _told_by_text(file: Input) -> Kind:
    """Tell JSON lines, which begin with a brace, from CSV."""
    start = file.plain().read(1 << 16).removeprefix(b"\xef\xbb\xbf").lstrip()
    return Kind.JSONL if start.startswith(b"{") else Kind.CSV


def open_sink(
    path: str,
    source: Source,
    columns: Sequence[str],
    *,
    force: bool,
    word: str | None = None,
    job: str = "",
) -> Sink:
    """Begin an output whose rows are the source's, with more columns.

    Whether it may be written is `require_writable`'s to tell, before.

    Args:
        path: the file, `-` for standard output, or a directory for Parquet files, with a / behind.
        source: where the rows come from.
        columns: the names of the cells that `write` takes.
        force: whether a file of this name is replaced.
        word: one of `formats.WORDS`, if the user says it.
        job: an id; parts of the same job that are settled are kept.

    Raises:
        ConfigurationError: the format, the place or a missing package; nothing was sent.
    """
    chosen = format_out(path, word, source.kind)
    names = [*source.header, *columns]
    if path.endswith("/"):
        if chosen.kind is not Kind.PARQUET:
            raise refused("a directory takes Parquet files only: leave the / out, or --format-out")
        with _pyarrow():
            from .parts_sink import PartsSink

        return PartsSink(path, names, job=job)
    if chosen.kind is Kind.PARQUET:
        with _pyarrow():
            from .parquet_sink import ParquetSink

        return ParquetSink(Target(path, force=force), names)
    text = (
        JsonText(source.header, columns)
        if chosen.kind is Kind.JSONL
        else CsvText(source.dialect, names)
    )
    return TextSink(Target(path, force=force), text, zipped=chosen.gzip)


@contextmanager
def _pyarrow() -> Generator[None]:
    """Say what to install, if it is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name != "pyarrow":
            raise
        raise refused("Parquet takes pyarrow: pip install 'leadiq-sdk[parquet]'") from None

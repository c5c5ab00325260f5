"""Files as arguments: `-` stands for standard input or output."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeAlias

from cyclopts import Parameter

from .._core.errors import ConfigurationError, InputError
from .._files.problems import OutputError
from .._files.survey import Survey
from .._jobs.columns import find_columns
from ._problems import Problem, say

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from .._files.records import Record
    from .._files.sinks import Sink
    from .._files.sources import Source
    from .._jobs.columns import Columns

#: `--format-in` and `--format-out`; the same words as `leadiq._files.formats.WORDS`.
FileFormat: TypeAlias = Literal["csv", "csv.gz", "jsonl", "jsonl.gz", "parquet"] | None


def a_file(name: str) -> Parameter:
    """Describe a positional argument that is a file, or `-`."""
    return Parameter(name=name, allow_leading_hyphen=True, validator=_no_option)


def columns_of(source: Source, given: Sequence[str]) -> Columns:
    """Return what the columns say, `given` by `--map` or by name. Raises `Problem`."""
    try:
        return find_columns(source.header, given)
    except (InputError, ConfigurationError) as error:
        raise Problem(f"{source.name}: {error}") from None


def sound(source: Source) -> Iterator[Record]:
    """Yield the records of a file in which all have to be sound. Raises `Problem`."""
    for record in source.records():
        if record.fault:
            raise Problem(f"{source.name}, line {record.line}: {record.fault}")
        yield record


def surveyed(source: Source) -> Survey:
    """Walk through a file once, and say which rows can't be read. Raises `InputError`."""
    survey = Survey()
    for _ in survey.walk(source.records()):
        pass
    tell(survey)
    return survey


def tell(survey: Survey) -> None:
    """Say which rows can't be read, if there are any."""
    if survey.malformed:
        say(str(survey))


@contextmanager
def told(sink: Sink) -> Generator[Sink]:
    """Use an output, and say where its rows are kept if it does not come to its end."""
    failed: BaseException | None = None
    try:
        with sink:
            yield sink
    except BaseException as error:
        failed = error
        raise
    finally:
        if sink.kept and not isinstance(failed, OutputError):  # its text says it
            say(f"what was paid for is kept in {sink.kept}")


def _no_option(_: object, path: str) -> None:
    """Keep a misspelt option from being taken for a file, now that `-` alone may be one."""
    if path.startswith("-") and path != "-":
        raise ValueError(f"Unknown option {path}")

"""Reading JSON lines: one object a line, its members the cells.

The columns are the members of all objects, in the order in which they first come. A text is itself,
a number as it is written, null and a missing member are empty, `true` and `false` are words, and
what has members of its own is compact JSON. Blank lines hold no record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from .._ground.json import mapping, sequence
from .formats import Kind
from .lines import MAX_CHARS
from .problems import unusable
from .records import Record, flaw_of, longest_cell_chars, readable
from .sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .inputs import Input

_MAX_COLUMNS: Final = 2000
_BOM: Final = b"\xef\xbb\xbf"
_WORDS: Final = {None: "null", True: "true", False: "false"}


class _Number(str):
    """A number as it is written, so that no digit is lost."""

    __slots__ = ()


class _NoObject(ValueError):
    """A line holds no object; the text is a clause without data."""


class JsonlSource(Source):
    """A file of JSON lines."""

    kind = Kind.JSONL

    def __init__(self, file: Input) -> None:
        """Read the whole file for the names of the members. Raises `InputError`."""
        super().__init__(file)
        self.header = list(self._names())
        if not self.header:
            raise unusable(f"{self.name} holds no object: each line must be one, with members")
        if flaw := flaw_of(self.header, ()):
            raise unusable(f"{self.name}, the names of the members: {flaw}")

    def _names(self) -> dict[str, None]:
        names: dict[str, None] = {}
        for _, raw in self._lines():
            members = _quickly(raw)
            if not names.keys() >= members.keys():
                names.update(dict.fromkeys(members))
                if len(names) > _MAX_COLUMNS:
                    what = f"more than {_MAX_COLUMNS:,} different members in its objects"
                    raise unusable(f"{self.name} has {what}: it is no table")
        return names

    def _records(self) -> Iterator[Record]:
        header = self.header
        for line, raw in self._lines():
            try:
                text, members = _object(raw)
            except _NoObject as fault:
                yield Record(line, [""] * len(header), str(fault))
                continue
            cells = [_text(members.get(name)) for name in header]
            if ("\\u" in text or len(text) > longest_cell_chars()) and (
                flaw := flaw_of(cells, header)
            ):
                yield Record(line, readable(cells), flaw)
            else:
                yield Record(line, cells, "", text)

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that are not blank; of one that is too long, as much as shows it."""
        readline, number = self._file.plain().readline, 0
        while raw := readline(MAX_CHARS + 1):
            number += 1
            if number == 1:
                raw = raw.removeprefix(_BOM)
            end = raw
            while len(end) > MAX_CHARS and not end.endswith(b"\n"):
                end = readline(MAX_CHARS + 1)
            if raw.strip():
                yield number, raw


def _object(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Return a line's text and the members of its object, numbers as they are written."""
    if len(raw) > MAX_CHARS:
        raise _NoObject(f"longer than {MAX_CHARS:,} bytes")
    try:
        text = raw.decode().strip()
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise _NoObject("not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _NoObject(f"not JSON, as character {error.pos + 1} shows: {error.msg}") from None
    except RecursionError:
        raise _NoObject("nested too deeply") from None
    if not isinstance(value, dict):
        raise _NoObject("JSON, but no object")
    return text, mapping(value)


def _quickly(raw: bytes) -> dict[str, Any]:
    """Return the members of a line's object, nothing if it holds none; three times as fast."""
    try:
        return mapping(from_json(raw))
    except ValueError:  # it is stricter about what is rare
        pass
    try:
        return _object(raw)[1]
    except _NoObject:
        return {}


def _text(value: Any) -> str:
    if type(value) is str or value is None:
        return value or ""
    return _json(value)


def _json(value: Any) -> str:
    """Write a value as compact JSON, its numbers as they were."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        members = (f"{_json(name)}:{_json(member)}" for name, member in mapping(value).items())
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_json, sequence(value)))}]"
    return _WORDS[value]


def _constant(_: str) -> Any:
    raise _NoObject("not JSON: it has no numbers such as NaN or Infinity")


_DECODER: Final = json.JSONDecoder(parse_int=_Number, parse_float=_Number, parse_constant=_constant)

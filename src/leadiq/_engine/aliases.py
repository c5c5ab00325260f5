"""Many lookups in one request: aliases in the document, and what the reply says of each. Pure.

A root field that may not be null takes the whole `data` with it when it fails: then one bad lookup
leaves the others without an answer, and only the `path` of the error tells which one it was.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import from_json, to_json

from .._ground.json import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .._core.documents import Operation

MOST_ALIASES: Final = 25
"""How many lookups go into one request at most: as many as an edition of LeadIQ's sample program
[samples]. Whether a server bounds them is [unknown]."""

_DECODER: Final = json.JSONDecoder()
_ALIAS: Final = re.compile("a[0-9]+")
_SPACE: Final = " \t\r\n"


class Share(NamedTuple):
    """What a reply to many lookups says of one of them."""

    reply: bytes
    """As LeadIQ would have written it to that lookup alone; empty where the whole is unreadable."""
    is_told: bool
    """Whether there is an answer to it, or an error that names it."""


def alias(place: int) -> str:
    """Name the lookup at a place, from 0."""
    return f"a{place}"


def variable(place: int) -> str:
    """Name its input."""
    return f"i{place}"


def aliased(operation: Operation, count: int) -> Operation:
    """Make an operation of one input ask for several at once; its fragments stand there once.

    Args:
        operation: has one root field and one variable, `input`.
        count: how many; 1 gives the operation itself.
    """
    if count == 1:
        return operation
    (kind,) = operation.variables.values()
    _, _, rest = operation.text.partition("{")
    field = rest[:-1]
    places = range(count)
    name = f"{operation.name}{count}"
    inputs = ",".join(f"${variable(at)}:{kind}" for at in places)
    fields = " ".join(f"{alias(at)}:{field.replace('$input', f'${variable(at)}')}" for at in places)
    return operation._replace(
        name=name,
        text=f"{operation.kind} {name}({inputs}){{{fields}}}",
        variables={variable(at): kind for at in places},
        bill=operation.bill._replace(plus=(operation.bill,) * (count - 1)),
    )


def shares(body: bytes, places: Sequence[int], root: str) -> list[Share]:
    """Divide a reply among lookups that were asked for together.

    An error belongs to the lookup that its `path` names; one that names none belongs to all. The
    answers stay as they came, byte for byte.

    Args:
        body: the reply.
        places: which of the lookups get their share.
        root: the root field that each of them asked for.
    """
    try:
        answers, errors = _read(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return [Share(b"", is_told=False)] * len(places)
    common = [error for error in errors if not _named(error)]
    own: dict[str, list[Any]] = {}
    for error in errors:
        if name := _named(error):
            path = [root, *error["path"][1:]]
            own.setdefault(name, []).append({**error, "path": path})
    return [
        _share(root, answers.get(name, "null"), [*own.get(name, ()), *common], name in own)
        for name in map(alias, places)
    ]


def _share(root: str, answer: str, errors: list[Any], is_named: bool) -> Share:
    answered = answer != "null"
    data = f'{{"{root}":{answer}}}' if answered else "null"
    beside = b',"errors":' + to_json(errors) if errors else b""
    return Share(b'{"data":' + data.encode() + beside + b"}", answered or is_named)


def _named(error: Any) -> str:
    """The alias that an error is about, if it says so."""
    path = sequence(mapping(error).get("path"))
    first = path[0] if path else None
    return first if isinstance(first, str) and _ALIAS.fullmatch(first) else ""


def _read(text: str) -> tuple[dict[str, str], list[Any]]:
    """Find the text of each member of `data`, and the errors.

    Raises:
        ValueError: it is no JSON object.
    """
    answers: dict[str, str] = {}
    errors: list[Any] = []
    for name, begin, end in _members(text, _after_space(text, 0)):
        if name == "data" and text[begin] == "{":
            answers = {inner: text[at:to] for inner, at, to in _members(text, begin)}
        elif name == "errors" and (given := from_json(text[begin:end])):
            errors = sequence(given)
    return answers, errors


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Give the name of each member of the object at a place, and where its value begins and ends.

    Raises:
        ValueError: there is no whole object.
    """
    at = _expect(text, at, "{")
    while text[at : at + 1] == '"':
        name, at = _DECODER.raw_decode(text, at)
        begin = _expect(text, _after_space(text, at), ":")
        _, end = _DECODER.raw_decode(text, begin)
        yield name, begin, end
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
    _expect(text, at, "}")


def _expect(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise ValueError(mark)
    return _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] in _SPACE and at < len(text):
        at += 1
    return at

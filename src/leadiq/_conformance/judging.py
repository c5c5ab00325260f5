"""What of an answer is not as a case expects it. Pure.

A difference names places, types and statuses, never a value: answers hold people's data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import parse

from .._ground.json import mapping, sequence
from .._schema.packaged import packaged_schema
from .case import Invalid, Kept, Part, Refused
from .envelope import codes_of, faults_of, read_body, statuses_of
from .shapes import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .case import Case, Data

_OK: Final = 200
_JSON: Final = re.compile(r"application/(graphql-response\+)?json\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Z][A-Z_]{2,40}")


class Answer(NamedTuple):
    """What a server sent back."""

    status: int
    content_type: str
    body: bytes


class MissingError(Exception):
    """A case goes on with what no earlier case has found."""


def filled(value: Any, kept: Mapping[str, Any]) -> Any:
    """Give a value with what was kept in its places.

    Raises:
        MissingError: something was not kept.
    """
    if isinstance(value, Kept | Part):
        name = value.name if isinstance(value, Kept) else value.kept
        if kept.get(name) is None:
            raise MissingError(name)
        return kept[name] if isinstance(value, Kept) else value.text.format(kept[name])
    if isinstance(value, dict):
        return {key: filled(member, kept) for key, member in mapping(value).items()}
    if isinstance(value, list):
        return [filled(item, kept) for item in sequence(value)]
    return value


def find(data: Any, path: str) -> Any:
    """Give what stands at a path such as `lists.items.0.id`, or None; `*` is every item."""
    for index, step in enumerate(path.split(".")):
        if step == "*":
            rest = ".".join(path.split(".")[index + 1 :])
            return [find(item, rest) if rest else item for item in sequence(data)]
        if isinstance(data, list):
            items = sequence(data)
            data = items[int(step)] if int(step) < len(items) else None
        else:
            data = mapping(data).get(step)
    return data


def status_of(answer: Answer) -> int:
    """Give the status that an answer means, wherever it stands."""
    inside = statuses_of(read_body(answer.body) or {})
    return answer.status if answer.status != _OK else next(iter(inside), _OK)


def differences(case: Case, answer: Answer, kept: Mapping[str, Any]) -> list[str]:
    """Tell what of an answer is not as expected.

    Raises:
        MissingError: see `filled`.
    """
    reply = read_body(answer.body)
    if reply is None:
        return [f"HTTP {answer.status} with a body that is no JSON object"]
    faults = faults_of(reply)
    if not _JSON.match(answer.content_type):
        faults.append("the content type is not JSON")
    if isinstance(case.expect, Refused):
        faults += _refusal(case.expect, answer, reply)
    elif isinstance(case.expect, Invalid):
        faults += _invalid(answer, reply)
    else:
        faults += _data(case, case.expect, answer, reply, kept)
    return faults


def _refusal(wanted: Refused, answer: Answer, reply: dict[str, Any]) -> Iterator[str]:
    if status_of(answer) != wanted.status:
        yield f"{_told(answer, reply)}, instead of a refusal with status {wanted.status}"
    elif wanted.code and wanted.code not in codes_of(reply):
        yield f"{_told(answer, reply)}, instead of the code {wanted.code}"
    if _has_data(reply):
        yield "data beside a refusal"


def _invalid(answer: Answer, reply: dict[str, Any]) -> Iterator[str]:
    if answer.status != _OK or "errors" not in reply:
        yield f"{_told(answer, reply)}, instead of errors in an HTTP 200"
    if _has_data(reply):
        yield "data, instead of errors alone"


def _data(
    case: Case, wanted: Data, answer: Answer, reply: dict[str, Any], kept: Mapping[str, Any]
) -> Iterator[str]:
    if answer.status != _OK or "errors" in reply:
        yield f"{_told(answer, reply)}, instead of data"
        return
    data = reply.get("data")
    variables = filled(case.variables or {}, kept)
    yield from misfits(packaged_schema(), parse(case.query), case.operation, variables, data)
    for path, value in filled(wanted.equal, kept).items():
        if find(data, path) != value:
            yield f"data.{path}: not what it has to be"
    for path, value in filled(wanted.unlike, kept).items():
        if find(data, path) == value:
            yield f"data.{path}: the same as before"


def _has_data(reply: dict[str, Any]) -> bool:
    """Tell whether anything but nulls has come."""
    return any(value is not None for value in mapping(reply.get("data")).values())


def _told(answer: Answer, reply: dict[str, Any]) -> str:
    """Say what an answer is, in its numbers and in words that cannot be anybody's data."""
    errors = len(sequence(reply["errors"])) if "errors" in reply else 0
    parts = [f"HTTP {answer.status}", f"{errors} errors" if errors else "no errors"]
    parts += [f"status {status}" for status in sorted({*statuses_of(reply)})]
    parts += [code for code in sorted({*codes_of(reply)}) if _WORD.fullmatch(code)]
    return ", ".join(parts)

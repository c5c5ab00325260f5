"""Whether a body is a GraphQL reply, and what it says of a failure. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .._ground.json import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def read_body(body: bytes) -> dict[str, Any] | None:
    """Give the object that a body is in JSON, or None; NaN and Infinity are not JSON."""
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return mapping(found) if isinstance(found, dict) else None


def _refuse(word: str) -> None:
    raise ValueError(word)


def faults_of(reply: dict[str, Any]) -> list[str]:
    """Tell what of a reply's members GraphQL does not allow."""
    return [
        *(f"{name}: not a member of a reply" for name in reply if name not in _MEMBERS),
        *([] if "data" in reply or "errors" in reply else ["neither data nor errors"]),
        *([] if isinstance(reply.get("data"), dict | None) else ["data: no object"]),
        *([] if "errors" not in reply else _faults_of_errors(reply)),
    ]


_MEMBERS = frozenset({"data", "errors", "extensions"})


def _faults_of_errors(reply: dict[str, Any]) -> list[str]:
    errors = reply["errors"]
    if not isinstance(errors, list) or not errors:
        return ["errors: no list with an error in it"]
    return [
        f"errors[{index}]{fault}"
        for index, error in enumerate(sequence(errors))
        for fault in _faults_of_error(error, reply)
    ]


def _faults_of_error(error: object, reply: dict[str, Any]) -> Iterator[str]:
    if not isinstance(error, dict):
        yield ": no object"
        return
    members = mapping(error)
    if not isinstance(members.get("message"), str):
        yield ".message: no text"
    if not isinstance(members.get("extensions", {}), dict):
        yield ".extensions: no object"
    path = members.get("path")
    if path is not None and not _leads_to_null(reply.get("data"), sequence(path)):
        yield ".path: leads to something that is there"


def _leads_to_null(data: object, path: Sequence[Any]) -> bool:
    """A failed field is null, or null took the place of something around it."""
    for step in path:
        if data is None:
            return True
        try:
            data = data[step]  # type: ignore[index]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]
        except (IndexError, KeyError, TypeError):
            return False
    return data is None


def statuses_of(reply: dict[str, Any]) -> list[int]:
    """Give what stands at `errors[i].extensions.response.status`: what REST would have answered."""
    extensions = [mapping(mapping(e).get("extensions")) for e in sequence(reply.get("errors"))]
    found = [mapping(each.get("response")).get("status") for each in extensions]
    return [status for status in found if isinstance(status, int)]


def codes_of(reply: dict[str, Any]) -> list[str]:
    """Give what stands at `errors[i].extensions.code`."""
    extensions = [mapping(mapping(e).get("extensions")) for e in sequence(reply.get("errors"))]
    return [code for each in extensions if isinstance(code := each.get("code"), str)]

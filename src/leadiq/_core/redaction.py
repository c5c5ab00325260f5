"""Takes what was sent, and what looks like contact data, out of text for people. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .._ground.json import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HIDDEN = "<hidden>"
# Whole words: a quoted or escaped address is hidden with what it is wrapped in. The look-behind
# keeps the search linear in the length of what a server writes.
_EMAIL = re.compile(r"(?<!\S)\S*\w\W?@\w\S*")
_PHONE = re.compile(r"\+?\d[\d\s().-]{6,}\d")
# An API key is not among the variables, and a server may repeat it.
_KEY = re.compile(r"(?<![\w+/-])(?=[A-Za-z+/_-]*\d)[\w+/-]{20,}=*")
_LITERAL = re.compile(r'"""(.*?)"""|"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SHORTEST_BYTES = 3  # hiding every "a" would hide the message as well; a name may be one 李
_LONGEST_MESSAGE = 500


def redact(message: str, variables: Any = None) -> str:
    """Give a server's message without the values that were sent, addresses, phones and keys.

    Args:
        message: what a server wrote, of any length; at most 500 characters of it are kept.
        variables: JSON-ready values; their strings are taken out in whatever case they come back.
    """
    folded = message.casefold()
    forms = {form for value in _strings(variables) for form in (value, _escaped(value))}
    found = [form for form in forms if form.casefold() in folded]
    if found:
        longest_first = sorted(found, key=len, reverse=True)
        message = re.sub(
            "|".join(map(_pattern, longest_first)), _HIDDEN, message, flags=re.IGNORECASE
        )
    for pattern in (_EMAIL, _KEY, _PHONE):
        message = pattern.sub(_HIDDEN, message)
    return message[:_LONGEST_MESSAGE]


def literals(document: str) -> list[str]:
    """Give the strings that are written into a GraphQL document: somebody's name, perhaps."""
    return [block or text for block, text in _LITERAL.findall(document)]


def _escaped(value: str) -> str:
    """Give a value as it looks inside JSON."""
    return json.dumps(value)[1:-1]


def _pattern(value: str) -> str:
    """Long values anywhere; short ones as whole words, or the message would be hidden as well."""
    if len(value.encode()) >= _SHORTEST_BYTES:
        return re.escape(value)
    return rf"(?<!\w){re.escape(value)}(?!\w)"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value.encode()) > 1:
        yield value
    for item in _members(value):
        yield from _strings(item)


def _members(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return mapping(value).values()
    return sequence(value) if isinstance(value, list) else ()

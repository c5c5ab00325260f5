"""What can be done to a regular expression so that it matches something else. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_PLACES = re.compile(
    r"""\\.                 # an escape: its opposite, if it has one
    |\[\^?                  # the start of a set: the rest of the world
    |\(\?<?[=!]             # a look around: the contrary
    |\{(\d+)(?:,(\d*))?\}   # a count: one more
    |[+*?](?!\w*[=!:<])     # a quantifier
    |[$^|]                  # an anchor, an alternative
    """,
    re.VERBOSE,
)
_INSTEAD = {
    "[": "[^",
    "[^": "[",
    "(?=": "(?!",
    "(?!": "(?=",
    "(?<!": "(?<=",
    "(?<=": "(?<!",
    "+": "*",
    "*": "+",
    "?": "",
    "^": "",
    "$": "",
    "|": "",
    r"\d": r"\D",
    r"\w": r"\W",
    r"\s": r"\S",
    r"\S": r"\s",
}


def is_pattern(parent: ast.AST) -> bool:
    """Whether the text of this node is a regular expression: an argument of a function of `re`."""
    match parent:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return True
        case _:
            return False


def variants(pattern: str) -> Iterator[str]:
    """Give patterns that differ in one place, and are patterns."""
    for found in _PLACES.finditer(pattern):
        for instead in _instead(found):
            changed = pattern[: found.start()] + instead + pattern[found.end() :]
            if changed != pattern and _compiles(changed):
                yield changed


def _instead(found: re.Match[str]) -> Iterator[str]:
    least, most = found[1], found[2]
    if least is None:
        if found[0] in _INSTEAD:
            yield _INSTEAD[found[0]]
        return
    yield f"{{{int(least) + 1}{'' if most is None else ',' + most}}}"
    if most:
        yield f"{{{least},{int(most) + 1}}}"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True

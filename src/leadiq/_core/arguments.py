"""Refuses arguments that an operation cannot take, before anything is sent. Pure.

Type checkers see most of it; what they did not check would travel to LeadIQ and come back as a
sentence about variables.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel as PydanticBaseModel

from .._ground.json import sequence
from .errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCALARS: Final[dict[str, tuple[type, ...]]] = {
    "Boolean": (bool,),
    "Cursor": (str,),
    "Float": (float, int),
    "ID": (str,),
    "Int": (int,),
    "Long": (int,),
    "String": (str,),
    "LocalDate": (date, str),
    "ZonedDateTime": (datetime, str),
}


def check(types: Mapping[str, str], variables: Mapping[str, Any]) -> None:
    """Hold values against the GraphQL types of an operation's variables.

    Args:
        types: type of each variable, as GraphQL writes it (`[ICPProductLine!]`).
        variables: the values that were given.

    Raises:
        InputError: naming the argument and what it has to be; never its value.
    """
    for name, value in variables.items():
        wanted = types[name]
        if not _fits(wanted, value):
            given = type(value).__name__
            raise InputError(f"{name} has to be {_said(wanted)}, not {given}", sent=False)


def _fits(wanted: str, value: Any) -> bool:
    if value is None:
        return not wanted.endswith("!")
    wanted = wanted.removesuffix("!")
    if wanted.startswith("["):
        return isinstance(value, list) and all(_fits(wanted[1:-1], v) for v in sequence(value))
    if wanted in _SCALARS:
        is_flag = isinstance(value, bool)  # which Python counts among the numbers
        return isinstance(value, _SCALARS[wanted]) and is_flag == (wanted == "Boolean")
    return type(value).__name__ == wanted and isinstance(value, PydanticBaseModel | str)


def _said(wanted: str) -> str:
    optional = "" if wanted.endswith("!") else " or None"
    plain = wanted.removesuffix("!")
    if plain.startswith("["):
        return f"a list of {plain[1:-1].removesuffix('!')}{optional}"
    kinds = " or ".join(kind.__name__ for kind in _SCALARS.get(plain, ()))
    return (kinds or f"a {plain}") + optional

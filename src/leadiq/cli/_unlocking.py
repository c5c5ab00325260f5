"""The option --unlock: what to pay for, once or several times, with commas or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from cyclopts import Parameter

from .._core.pricing import Unlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cyclopts import Token


def _unlocks(_: Any, tokens: Sequence[Token]) -> list[Unlock]:
    words = [word.strip() for token in tokens for word in token.value.split(",")]
    try:
        return [Unlock(word.lower()) for word in words]
    except ValueError:
        raise ValueError(f"choose from {', '.join(Unlock)}") from None


Unlocks: TypeAlias = Annotated[
    list[Unlock] | None, Parameter(negative="", converter=_unlocks, n_tokens=1)
]

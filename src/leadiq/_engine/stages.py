"""Stages: what is asked about a person only after something else came back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .._core.pricing import Unlock
from .inputs import refused
from .words import Words, member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..types import PersonRecord


@dataclass(frozen=True, slots=True, init=False)
class Stage:
    """Data to unlock about who was found: of everybody, or of those whom a condition chooses.

        Stage("work-phone", when="title contains VP")
        Stage([Unlock.WORK_PHONE], when=lambda person, row: row["score"] > 80)

    Args:
        unlock: what to pay for on top; one or several, as `Unlock` or by their words.
        when: a condition in words (see `conditions`), or a function of the person, with what the
            stages before have brought, and of the row. None is everybody. A function that raises
            fails its row alone.

    Raises:
        InputError: it unlocks nothing, or the condition cannot be read.
    """

    unlock: frozenset[Unlock]
    when: Callable[[PersonRecord, Any], bool] | None

    def __init__(
        self,
        unlock: Unlock | str | Iterable[Unlock | str],
        when: Callable[[PersonRecord, Any], bool] | str | None = None,
    ) -> None:
        points = unlocks(unlock)
        if not points:
            raise refused("a stage has to unlock something beyond the profile")
        object.__setattr__(self, "unlock", points)
        object.__setattr__(self, "when", _words(when, member) if isinstance(when, str) else when)

    @classmethod
    def parse(cls, text: str, read: Callable[[Any, str], str] = member) -> Stage:
        """Read a stage in words: what to unlock, and perhaps `if` and a condition.

        Args:
            text: such as `work-phone if title contains VP`.
            read: gives the text of a row's column by its name.

        Raises:
            InputError: it cannot be read.
        """
        unlock, *condition = re.split(r"\s+if\s+", text.strip(), maxsplit=1, flags=re.IGNORECASE)
        return cls(unlock, _words(condition[0], read) if condition else None)

    @property
    def name(self) -> str:
        """What it unlocks, in words."""
        return ",".join(sorted(self.unlock))

    def __str__(self) -> str:
        """The stage in words, as `parse` takes it; a function is named by what it is."""
        return self.name if self.when is None else f"{self.name} if {self.when}"


def _words(text: str, read: Callable[[Any, str], str]) -> Words:
    from .conditions import parse

    return Words(parse(text), read)


def unlocks(given: Unlock | str | Iterable[Unlock | str]) -> frozenset[Unlock]:
    """Give what to pay for beyond the profile.

    Raises:
        InputError: there is no such thing.
    """
    words = given.split(",") if isinstance(given, str) else given
    try:
        return frozenset(Unlock(word.strip().lower()) for word in words) - {Unlock.PROFILE}
    except (ValueError, AttributeError, TypeError):
        raise refused(f"unlock takes {', '.join(Unlock)}") from None


def check_stages(unlock: frozenset[Unlock], stages: Sequence[Stage]) -> None:
    """Require that every stage asks for something that those before have not asked for.

    Raises:
        InputError: it does not.
    """
    before = unlock
    for stage in stages:
        if again := stage.unlock & before:
            raise refused(f"the stage {stage.name!r} unlocks {min(again)}, which was asked before")
        if stage.when is None:
            before |= stage.unlock

"""An argument that was not given, which is not the same as `None`."""

from __future__ import annotations

from typing import Final


class UnsetType:
    """The type of `UNSET`: an argument that was not given, which is not the same as `None`."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = UnsetType()

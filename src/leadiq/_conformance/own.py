"""The SDK's own operations as documents: what is sent to LeadIQ in earnest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._generated.operations import ALL

if TYPE_CHECKING:
    from .._core.documents import Operation
    from .._core.pricing import Unlock

_BY_NAME: Final[dict[str, Operation]] = {operation.name: operation for operation in ALL}


def document(name: str, *unlock: Unlock, total: bool = False) -> str:
    """Give the document of an operation with exactly what is unlocked."""
    flags = frozenset(each.flag for each in unlock)
    return _BY_NAME[name].render(flags | {"total"} if total else flags)

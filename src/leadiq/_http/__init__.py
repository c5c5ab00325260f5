"""What bytes go through: the transport and its pools of connections."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import transport as transport
else:
    from .._ground.lazy import modules_of

    __getattr__ = modules_of(__name__)

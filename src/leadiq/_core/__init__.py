"""What is decided about values alone: protocol, errors, prices, documents."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import arguments as arguments
    from . import credentials as credentials
    from . import documents as documents
    from . import redaction as redaction
else:
    from .._ground.lazy import modules_of

    __getattr__ = modules_of(__name__)

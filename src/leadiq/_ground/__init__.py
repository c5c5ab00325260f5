"""What generated and hand-written models stand on: model base, open enums, scalars, JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import base as base
    from . import json as json
else:
    from .lazy import modules_of

    __getattr__ = modules_of(__name__)

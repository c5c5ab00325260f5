"""How calls are made: the one retry loop, its clocks, its queue and its events."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import call as call
    from . import events as events
    from . import options as options
    from . import pacing as pacing
    from . import pipeline as pipeline
    from . import shared as shared
    from . import slots as slots
else:
    from .._ground.lazy import modules_of

    __getattr__ = modules_of(__name__)

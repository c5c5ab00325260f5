"""What is built of many calls.

The client has methods for each of its modules, and a program uses few of them: `_engine.lookups`
imports that module when it is first used. So it is with the packages below.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import change_feed as change_feed
    from . import dialects as dialects
    from . import feedback as feedback
    from . import filters as filters
    from . import forms as forms
    from . import inputs as inputs
    from . import lookups as lookups
    from . import outcomes as outcomes
    from . import paging as paging
    from . import partition as partition
    from . import polling as polling
    from . import prospects as prospects
    from . import resume as resume
    from . import runs as runs
    from . import searching as searching
    from . import slices as slices
    from . import tariff as tariff
    from . import tracked as tracked
    from . import tracking as tracking
    from . import waiting as waiting
    from . import walk as walk
    from . import writes as writes
else:
    from .._ground.lazy import modules_of

    __getattr__ = modules_of(__name__)

"""What holds for all tests."""

from __future__ import annotations

import signal

# A shell starts programs in the background with SIGINT ignored, and children inherit that: tests
# that press Ctrl-C in a child would wait for ever. A handler is not inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)

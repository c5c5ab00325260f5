"""`leadiq sandbox`: a LeadIQ of one's own, until Ctrl-C."""

from __future__ import annotations

import signal
import threading
from contextlib import closing, contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from ._problems import ALL_SETTLED, Problem, Trouble, say
from ._sandbox_options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_LAST_PORT: Final = 65_535


def sandbox(
    *,
    port: int = 8787,
    host: str = "127.0.0.1",
    workers: int = 1,
    options: Options | None = None,
) -> int:
    """Run a local LeadIQ with synthetic people, to try things on.

    Same contract, same limits, same bill; nobody in it is real. The two lines that it prints,
    pasted into another shell, point every leadiq command and program there at it.

    Example: leadiq sandbox --port 8787

    Args:
        port: Port on this machine; 0 takes a free one.
        host: Address to serve on; others than this machine's own can reach what is not 127.0.0.1.
        workers: Processes to serve from; its accounts are in memory, so there can only be 1.
        options: How the sandbox is.
    """
    try:
        from ..sandbox import Sandbox
    except ImportError as missing:  # it says which extra to install
        raise Problem(str(missing)) from None
    if not 0 <= port <= _LAST_PORT:
        raise Problem(f"--port goes from 0 to {_LAST_PORT}")
    if workers != 1:
        raise Problem(
            "--workers has to be 1: a sandbox keeps its accounts and limits in one process; start"
            " others on ports of their own, with the same --seed for the same people"
        )
    settings = (options or Options()).settings()
    try:
        server = Sandbox(settings, host=host, port=port)
    except ValueError as error:  # of a fault that the schema has no place for
        raise Problem(f"--fault: {error}") from None
    try:
        server.start()
    except OSError as error:
        raise Trouble(f"cannot serve on port {port}: {error}") from None
    page = f"; look at it on {server.page}" if settings.control else ""
    with _ending() as wait_for_end:
        with closing(server):
            print(f"sandbox at {server.url} with {settings.people:,} people{page}; Ctrl-C ends it")
            print(f"export LEADIQ_ENDPOINT={server.url}")
            print(f"export LEADIQ_API_KEY={server.key}", flush=True)
            wait_for_end()
        say("sandbox ended")
    return ALL_SETTLED


@contextmanager
def _ending() -> Generator[Callable[[], object]]:
    """Give what waits for Ctrl-C or SIGTERM, whether it comes before the waiting or in it."""
    signals: SimpleQueue[int] = SimpleQueue()  # a handler may put into it at any moment
    in_main = threading.current_thread() is threading.main_thread()  # only that one gets signals
    heeded = (signal.SIGINT, signal.SIGTERM) if in_main else ()
    before = [signal.signal(number, lambda number, _: signals.put(number)) for number in heeded]
    try:
        yield signals.get
    finally:
        for number, handler in zip(heeded, before, strict=True):
            signal.signal(number, handler)

"""`leadiq sandbox`: a LeadIQ of one's own, until Ctrl-C."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from threading import Event
from typing import Final, Literal

from ._problems import ALL_SETTLED, Problem, Trouble, say

_LAST_PORT: Final = 65_535


def sandbox(
    *,
    port: int = 8787,
    people: int = 20_000,
    seed: int = 1,
    requests_per_minute: int = 60,
    credits: str = "1000",  # noqa: A002 - the word of the command line
    window: Literal["fixed", "sliding", "bucket"] = "sliding",
) -> int:
    """Run a local LeadIQ with synthetic people, to try things on.

    Same contract, same limits, same bill; nobody in it is real. The two lines that it prints,
    pasted into another shell, point every leadiq command and program there at it.

    Args:
        port: Port on this machine; 0 takes a free one.
        people: How many people there are.
        seed: Which people they are: the same seed gives the same ones everywhere.
        requests_per_minute: What the key may send; 0 for no limit.
        credits: The balance to begin with.
        window: How a minute is measured.
    """
    try:
        from ..sandbox import Sandbox, SandboxSettings
    except ImportError as missing:  # it says which extra to install
        raise Problem(str(missing)) from None
    if not 0 <= port <= _LAST_PORT:
        raise Problem(f"--port goes from 0 to {_LAST_PORT}")
    try:
        settings = SandboxSettings(
            people=people,
            seed=seed,
            requests_per_minute=requests_per_minute or None,
            credits=_balance(credits),
            window=window,
        )
    except ValueError as error:  # it begins with the name of the setting
        name, _, wrong = str(error).partition(" ")
        raise Problem(f"--{name.replace('_', '-')} {wrong}") from None
    server = Sandbox(settings, port=port)
    try:
        server.start()
    except OSError as error:
        raise Trouble(f"cannot serve on port {port}: {error}") from None
    print(f"sandbox at {server.url} with {people:,} people; Ctrl-C ends it")
    print(f"export LEADIQ_ENDPOINT={server.url}")
    print(f"export LEADIQ_API_KEY={server.key}", flush=True)
    try:
        Event().wait()
    except KeyboardInterrupt:
        say("sandbox ended")
    finally:
        server.close()
    return ALL_SETTLED


def _balance(text: str) -> Decimal:
    try:
        balance = Decimal(text)
    except InvalidOperation:
        balance = Decimal("NaN")
    if not (balance.is_finite() and balance >= 0):
        raise Problem("--credits has to be a number of 0 or more, such as 1000 or 0.5")
    return balance

"""Which server a command talks to, with which key: shared by the commands that call LeadIQ."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from .._core.credentials import authorization, payer
from .._core.errors import ConfigurationError
from ._problems import Problem, say

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from .._client.client import LeadIQ
    from .._conduct.events import Event

#: The embedded server is for trying things out, so it doesn't make anybody wait.
SANDBOX_REQUESTS_PER_MINUTE: Final = 6_000
MOST_REQUESTS_PER_MINUTE: Final = 1_000_000
_PLENTY: Final = Decimal(1_000_000)
#: Requests that may be under way at once, if a command doesn't need more.
_CONNECTIONS: Final = 16
_SLOW_ANSWER_S: Final = 3


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a command sends its requests.

    Attributes:
        sandbox: Use the embedded server with synthetic people: no key, no credits, no network.
        endpoint: URL of the API [default: LEADIQ_ENDPOINT, else production].
        requests_per_minute: What the key may send: 60 on a standard plan, 10 on a free one
            [default: 60; with --sandbox 6000].
    """

    sandbox: Annotated[bool, Parameter(negative="")] = False
    endpoint: str | None = None
    requests_per_minute: int | None = None

    @property
    def rate(self) -> int:
        """Requests a minute, as they will be paced."""
        from .._client.client import REQUESTS_PER_MINUTE

        usual = SANDBOX_REQUESTS_PER_MINUTE if self.sandbox else REQUESTS_PER_MINUTE
        return usual if self.requests_per_minute is None else self.requests_per_minute

    @property
    def lookups_at_once(self) -> int:
        """As many as use the rate when answers are slow.

        More would wait in line for their turn, and after Ctrl-C they would still be sent.
        """
        return min(max(self.rate * _SLOW_ANSWER_S // 60, 2), _CONNECTIONS)

    def require_fitting(self) -> None:
        """Refuse options that do not go together, with a key or without. Raises `Problem`."""
        if not 1 <= self.rate <= MOST_REQUESTS_PER_MINUTE:
            raise Problem(f"--requests-per-minute goes from 1 to {MOST_REQUESTS_PER_MINUTE:,}")
        if self.sandbox and self.endpoint:
            raise Problem("--sandbox brings its own server: leave --endpoint out")

    def require_usable(self) -> None:
        """Refuse settings that can't work, before a file is read or a server started.

        Raises `Problem`.
        """
        self.require_fitting()
        if self.sandbox:
            return
        key = os.environ.get("LEADIQ_API_KEY")
        if key is None:
            raise Problem(
                "no API key: set LEADIQ_API_KEY, or try it on synthetic people: --sandbox"
            )
        try:
            authorization(key)
        except ConfigurationError as error:
            raise Problem(f"LEADIQ_API_KEY: {error}") from None

    @property
    def payer(self) -> str:
        """Tells accounts apart without telling a key; empty for the embedded server, which is new
        each time.
        """
        from .._http.transport import DEFAULT_ENDPOINT, checked_endpoint

        if self.sandbox:
            return ""
        endpoint = self.endpoint or os.environ.get("LEADIQ_ENDPOINT") or DEFAULT_ENDPOINT
        key = os.environ.get("LEADIQ_API_KEY", "")
        return payer(str(checked_endpoint(endpoint)), authorization(key))

    @asynccontextmanager
    async def connect(
        self, *, at_once: int = _CONNECTIONS, on_event: Callable[[Event], None] | None = None
    ) -> AsyncGenerator[LeadIQ]:
        """Give a client for `at_once` requests at a time. Raises what `require_usable` does."""
        from .._client.client import LeadIQ

        self.require_usable()
        at_once = max(at_once, _CONNECTIONS)
        if self.sandbox:
            with embedded(self.rate) as (url, key):
                async with LeadIQ(
                    key,
                    endpoint=url,
                    requests_per_minute=self.rate,
                    max_connections=at_once,
                    on_event=on_event,
                ) as leadiq:
                    yield leadiq
            return
        async with LeadIQ(
            endpoint=self.endpoint,
            requests_per_minute=self.rate,
            max_connections=at_once,
            on_event=on_event,
        ) as leadiq:
            yield leadiq


@contextmanager
def embedded(requests_per_minute: int) -> Generator[tuple[str, str]]:
    """Run a sandbox in a thread; give its URL and key."""
    try:
        from ..sandbox import Sandbox, SandboxSettings
    except ImportError as missing:  # it says which extra to install
        raise Problem(str(missing)) from None
    settings = SandboxSettings(requests_per_minute=requests_per_minute, credits=_PLENTY)
    with Sandbox(settings) as sandbox:
        say(f"sandbox at {sandbox.url}: synthetic people, its own key, its own credits")
        yield sandbox.url, sandbox.key

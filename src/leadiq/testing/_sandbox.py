"""A sandbox for tests: in this process, and over a socket from the moment that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from leadiq.sandbox import Sandbox, SandboxApp, SandboxSettings

from ._client import client_over
from ._exchange import Exchange
from ._people import everybody

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping

    from .. import LeadIQ
    from ._people import Somebody

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

#: Small, quick and without a limit: what most tests want.
TEST_SETTINGS = SandboxSettings(
    people=2_000, requests_per_minute=None, tracking_s=0.0, regenerate_s=0.0
)


class LocalSandbox(Sandbox):
    """A LeadIQ of a test's own: its world, account and ledger.

        with LocalSandbox() as sandbox:
            async with sandbox.client() as leadiq:  # in process: no socket, no thread
                ...
            subprocess.run(command, env={**os.environ, **sandbox.environ})  # over a socket

    Args:
        settings: default: 2,000 people, no rate limit, and tracking that ends at once.
    """

    def __init__(self, settings: SandboxSettings | None = None) -> None:
        super().__init__(settings or TEST_SETTINGS)
        self.app = self._listening = _Listening(self.settings)

    @property
    def url(self) -> str:
        """Return the endpoint on a port of this machine; a server is started when first asked."""
        if self._server is None:
            self.start()
        return super().url

    @property
    def environ(self) -> dict[str, str]:
        """Return the variables that make `LeadIQ()` use this sandbox, here or in a subprocess."""
        return {"LEADIQ_API_KEY": self.key, "LEADIQ_ENDPOINT": self.url}

    @property
    def exchanges(self) -> list[Exchange]:
        """Return what was asked and answered since it was made or reset, oldest first.

        It holds what a log must not: people's data, although of nobody real.
        """
        return list(self._listening.exchanges)

    def people(self) -> Iterator[Somebody]:
        """Give everyone who lives in it, in an order that its seed settles.

        somebody = next(one for one in sandbox.people() if one.work_email)
        """
        return everybody(self.settings)

    def client(self, **options: Any) -> LeadIQ:
        """Make a client that asks this sandbox in process, on asyncio or trio.

        Args:
            **options: what `LeadIQ` takes by name, such as `retry` or `deadline_s`.
        """
        transport = httpx.ASGITransport(app=self.app)
        return client_over(transport, options.pop("key", self.key), options)

    def __enter__(self) -> LocalSandbox:
        """Begin; nothing is started before `url` is read."""
        return self


class _Listening(SandboxApp):
    """A sandbox that remembers what it was asked, and what it answered."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.exchanges: list[Exchange] = []
        super().__init__(settings)

    def reset(self) -> None:
        super().reset()
        self.exchanges.clear()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        asked = bytearray()
        answers: list[bytes] = []

        async def heard() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def told(message: Message) -> None:
            if message["type"] == "http.response.body":  # noted before anybody can act upon it
                answers.append(message.get("body", b""))
                self.exchanges.append(Exchange.of(bytes(asked), answers[-1]))
            await send(message)

        try:
            await super().__call__(scope, heard, told)
        finally:
            if not answers:  # the connection was broken off, but people were asked for
                self.exchanges.append(Exchange.of(bytes(asked)))

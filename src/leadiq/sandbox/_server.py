"""Running the sandbox on uvicorn: in the foreground, or in a thread beside its users."""

from __future__ import annotations

import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from leadiq.sandbox._app import SandboxApp, build_app
from leadiq.sandbox._asking import PATH
from leadiq.sandbox._settings import SandboxSettings
from leadiq.sandbox._wire import TRANSPORT

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from leadiq.sandbox._faults import Fault
    from leadiq.sandbox._ledger import Charge

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8787
_START_S = 30.0


def run(settings: SandboxSettings, host: str = LOOPBACK, port: int = DEFAULT_PORT) -> None:
    """Serve in the foreground until interrupted; prints and logs nothing.

    Raises:
        OSError: the address is in use or not ours.
    """
    listener = _listen(host, port)
    with listener:
        uvicorn.Server(_config(build_app(settings))).run(sockets=[listener])


class Sandbox:
    """A sandbox that serves on a free port of this machine while its `with` block runs.

    It has a thread and an event loop of its own, so synchronous, asyncio and trio code can use it.
    After the block the port is closed; the ledger stays readable.
    """

    def __init__(
        self, settings: SandboxSettings | None = None, *, host: str = LOOPBACK, port: int = 0
    ) -> None:
        self.settings = settings or SandboxSettings()
        self.app: SandboxApp = build_app(self.settings)
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """Return the GraphQL endpoint; the port is known once the sandbox has been started."""
        return f"{self._origin}{PATH}"

    @property
    def page(self) -> str:
        """Return where a browser finds the explorer; there is none with `control=False`."""
        return f"{self._origin}/"

    @property
    def _origin(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def key(self) -> str:
        """Return the key it accepts, to be sent verbatim after `Basic`."""
        return self.settings.key

    def ledger(self) -> list[Charge]:
        """Return what was charged so far, oldest first."""
        return self.app.ledger()

    @property
    def resets(self) -> int:
        """Return how often it was reset, in code or over HTTP."""
        return self.app.resets

    def set_faults(self, *faults: Fault) -> None:
        """Let these faults happen from now on, and no others; their counting begins.

        Raises:
            ValueError: a fault names what the schema does not have; nothing has changed.
        """
        self.app.set_faults(faults)

    def reset(self) -> None:
        """Go back to the settings; see `SandboxApp.reset`."""
        self.app.reset()

    def start(self) -> None:
        """Begin to serve, and return once connections are accepted.

        Raises:
            OSError: the address is in use or not ours.
            RuntimeError: it has been started before, or the server did not come up.
        """
        if self._server is not None:
            raise RuntimeError("This sandbox has been started before; make a new one.")
        listener = _listen(self._host, self._port)
        self._port = listener.getsockname()[1]
        self._server = _Server(_config(self.app))
        self._thread = Thread(
            target=self._server.serve_on, args=(listener,), name="leadiq-sandbox", daemon=True
        )
        self._thread.start()
        self._server.settled.wait(_START_S)
        if not self._server.started:
            raise RuntimeError("The sandbox's server did not start.")

    def close(self) -> None:
        """Stop serving and wait for the thread to end; a second call does nothing."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()

    def __enter__(self) -> Self:
        """Start; see `start`."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close; see `close`."""
        self.close()


class _Server(uvicorn.Server):
    """A uvicorn server that says when it has started, or has given up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.settled.set()

    def serve_on(self, listener: socket.socket) -> None:
        with listener:
            try:
                self.run(sockets=[listener])
            finally:
                self.settled.set()


class _Protocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """An HTTP connection that lends its transport to the application, to be broken on request."""

    app_state: dict[str, Any]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        # Copied into the scope of each request, as the state of a lifespan is.
        self.app_state = {**self.app_state, TRANSPORT: transport}


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only where the protocol is named; without, an answer of
    # two writes waits 40 ms for the client's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def _config(app: SandboxApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Protocol,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=1,
    )

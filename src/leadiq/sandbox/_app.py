"""The ASGI application: who asks, how often, what, what it costs, and the answer.

Nothing about a request is logged or kept but its charges. Runs on asyncio and trio.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import anyio.to_thread
from graphql import execute_sync  # pyright: ignore[reportUnknownVariableType] - graphql-core's

from leadiq.sandbox._billing import Tariff, items_of
from leadiq.sandbox._documents import Documents
from leadiq.sandbox._errors import Refusal, envelope, format_error
from leadiq.sandbox._ledger import Charge, Ledger
from leadiq.sandbox._limits import Limit, limit_of
from leadiq.sandbox._resolvers import Request, Service
from leadiq.sandbox._schema import executable, load_schema_text
from leadiq.sandbox._selection import Selection, operation_of

if TYPE_CHECKING:
    from graphql import DocumentNode

    from leadiq.sandbox._settings import SandboxSettings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/graphql"


class SandboxApp:
    """The ASGI application of one sandbox; `ledger()` is its account."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self._schema = executable(settings.schema or load_schema_text())
        self._documents = Documents(self._schema, settings.cached_documents)
        self._ledger = Ledger(settings.credits, Tariff.from_settings(settings))
        self._service = Service(settings, self._ledger)
        self._limit: Limit | None = None
        if settings.requests_per_minute is not None:
            self._limit = limit_of(settings.window, settings.requests_per_minute)
        self._lock = Lock()

    def ledger(self) -> list[Charge]:
        """Return what was charged so far, oldest first."""
        return self._ledger.charges()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; the lifespan protocol is declined."""
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        try:
            body = await self._answer(scope, receive)
            status = 200
        except Refusal as refusal:
            body = envelope(refusal)
            status = refusal.status if self.settings.error_form == "http" else 200
        await _reply(send, status, json.dumps(body, ensure_ascii=False).encode(errors="replace"))

    async def _answer(self, scope: Message, receive: Receive) -> dict[str, Any]:
        headers = {name.decode("latin-1").lower(): value for name, value in scope["headers"]}
        known = self._is_known(headers)
        content = await _read(receive, self.settings.max_body_bytes)
        if known:
            self._count()
        _check_route(scope, headers)
        text, variables, name = _parse(content)
        slow = b"hashedEmail" in content and not self._service.lookup.hashes_ready
        document = self._documents.read(text)
        if not known and not (document.node and document.is_introspection):
            raise Refusal(401, "The API key is missing or wrong.")
        if document.node is None or document.errors:
            return {"errors": [format_error(error) for error in document.errors]}
        if slow or document.is_slow:
            run = anyio.to_thread.run_sync
            return await run(self._execute, document.node, variables, name)
        return self._execute(document.node, variables, name)

    def _is_known(self, headers: dict[str, bytes]) -> bool:
        given = headers.get("authorization", b"")
        scheme, _, key = given.partition(b" ")
        known = hmac.compare_digest(key.strip(), self.settings.key.encode())
        return known and scheme.lower() == b"basic"

    def _count(self) -> None:
        with self._lock:
            if self._limit and not self._limit.take(self.settings.clock()):
                raise Refusal(429, "Too many requests; the limit is per minute and key.")

    def _execute(
        self, node: DocumentNode, variables: dict[str, Any], name: str | None
    ) -> dict[str, Any]:
        request = Request(self._service)
        result = execute_sync(
            self._schema,
            node,
            context_value=request,
            variable_values=variables,
            operation_name=name,
        )
        if result.data:
            self._charge(node, variables, name, result.data, request)
        errors = [format_error(error) for error in result.errors or ()]
        return {"data": result.data, "errors": errors} if errors else {"data": result.data}

    def _charge(
        self,
        node: DocumentNode,
        variables: dict[str, Any],
        name: str | None,
        data: dict[str, Any],
        request: Request,
    ) -> None:
        selection = Selection(self._schema, node, operation_of(node, name), variables)
        items = items_of(selection, data, request.sources)
        if items:
            self._ledger.charge(selection.operation_name, items, self.settings.clock())


def build_app(settings: SandboxSettings) -> SandboxApp:
    """Return an ASGI application, for `httpx.ASGITransport` or any server."""
    return SandboxApp(settings)


def _check_route(scope: Message, headers: dict[str, bytes]) -> None:
    if scope["path"].rstrip("/") != PATH:
        raise Refusal(404, f"The GraphQL endpoint is {PATH}.")
    if scope["method"] != "POST":
        raise Refusal(405, "Send a POST.")
    kind = headers.get("content-type", b"").split(b";")[0].strip().lower()
    if kind != b"application/json":
        raise Refusal(415, "Send Content-Type: application/json.")


async def _read(receive: Receive, most: int) -> bytes:
    """Return the body; what is over `most` bytes is read to its end but not kept."""
    content = bytearray()
    size = 0
    more = True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            content += chunk
        more = message.get("more_body", False)
    if size > most:
        raise Refusal(413, f"The body is larger than {most} bytes.")
    return bytes(content)


def _parse(content: bytes) -> tuple[str, dict[str, Any], str | None]:
    """Return the query, variables and operation name of a request body."""
    try:
        body: object = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not JSON.") from None
    if isinstance(body, list):
        raise Refusal(400, "Batches of operations are not supported; use aliases.")
    members = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    query, variables = members.get("query"), members.get("variables")
    name = members.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise Refusal(400, "There is no query string.", code="MISSING_QUERY_STRING")
    if not isinstance(variables, dict | None):
        raise Refusal(400, "variables must be an object.")
    if not isinstance(name, str | None):
        raise Refusal(400, "operationName must be a string.")
    return query, cast("dict[str, Any]", variables or {}), name or None


async def _reply(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""The ASGI application: who asks, how often, what, what it costs, what goes wrong, the answer.

Nothing about a request is logged, and nothing is kept but its charges and, of the latest, what
`Seen` has. Runs on asyncio and trio.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
import anyio.to_thread

from leadiq.sandbox import _status as status
from leadiq.sandbox._accounts import Accounts, Member
from leadiq.sandbox._asking import PATH, Asked, check_route, read_asked
from leadiq.sandbox._control import PREFIX, control
from leadiq.sandbox._engine import Engines
from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._faults import Gateway, Refused, parse_faults
from leadiq.sandbox._faults_endings import ended, needs_answer, refused
from leadiq.sandbox._faults_plan import FaultPlan, Hits, drifts_of
from leadiq.sandbox._pages import page_of
from leadiq.sandbox._recent import Recent, Seen
from leadiq.sandbox._resolvers import Request, Service
from leadiq.sandbox._schema import load_schema_text
from leadiq.sandbox._settings import DEFAULT_KEY
from leadiq.sandbox._wire import Reply, headers_of, is_gone, read_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._faults import Fault
    from leadiq.sandbox._ledger import Charge, Ledger
    from leadiq.sandbox._settings import SandboxSettings
    from leadiq.sandbox._wire import Headers, Message, Receive, Send

FAULT_HEADER = b"x-sandbox-fault"
REQUEST_ID_HEADER = b"x-request-id"
_LONGEST_ID = 128
_NOTHING = Reply(200, b"")
_FORKED = Refusal(503, "This sandbox belongs to another process; run one in each.")


class SandboxApp:
    """The ASGI application of one sandbox, its account and its faults.

    Its state is in this object: it belongs to one process, and another one that got it by forking
    is refused. `resets` counts how often it began again.
    """

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.resets = 0
        self._engines = Engines(settings.schema or load_schema_text(), settings.cached_documents)
        self._service = Service(settings)
        self._accounts = Accounts(settings)
        self._recent = Recent()
        self._process = os.getpid()
        self.set_faults(settings.faults)

    def ledger(self) -> list[Charge]:
        """Return what was charged so far, to any team, oldest first."""
        return self._accounts.book.charges()

    def accounts(self) -> list[Ledger]:
        """Return the account of every team."""
        return list(self._accounts.ledgers)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return what goes wrong at present, as it was set."""
        return self._plan.faults

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Let these faults happen from now on, and no others; their counting begins.

        Raises:
            ValueError: a fault names what the schema does not have; nothing has changed.
        """
        plan = FaultPlan(faults, self.settings.seed)
        self._engines.check(drifts_of(faults))
        self._plan = plan

    def status(self) -> dict[str, Any]:
        """Return what goes on: teams, limits, latest requests and charges, faults."""
        now = self.settings.clock()
        return {
            "answered": self._recent.count,
            "window": self.settings.window,
            "teams": status.shown_teams(self._accounts.ledgers),
            "limits": status.shown_limits(self._accounts.members, now),
            "requests": status.shown_requests(self._recent.requests(), now),
            "charges": status.shown_charges(self._accounts.book.latest(status.LATEST_CHARGES)),
            "faults": status.shown_faults(self.faults),
        }

    def about(self) -> dict[str, Any]:
        """Return what an explorer begins with: the key, and somebody to look up.

        A key that somebody chose may be one that means something elsewhere: it is not told.
        """
        key, person = self.settings.key, self._service.world.person(0)
        return {
            "key": key if key == DEFAULT_KEY else None,
            "people": self.settings.people,
            "person": {
                "id": person.id,
                "firstName": person.first.display,
                "lastName": person.last.display,
                "company": self._service.world.firm_name(person.current[0].company)[0],
            },
        }

    def introspection(self) -> dict[str, Any]:
        """Return what the contract says of itself, drift left aside; no fault and no limit sees it.

        The first call takes about 0.1 s.
        """
        return self._engines.plain.introspection

    def reset(self) -> None:
        """Go back to the settings: balances, limits, ledger, faults, and what teams have written.

        Requests under way end on the accounts they began on.
        """
        self.resets += 1
        self._accounts = Accounts(self.settings)
        self._recent = Recent()
        self._service.states.reset()
        self.set_faults(self.settings.faults)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; the lifespan protocol is declined."""
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        reply = await self._routed(scope, receive)
        if reply is not None:
            await reply.send(scope, send)

    async def _routed(self, scope: Message, receive: Receive) -> Reply | None:
        """Return the answer, or None if nobody waits for it any more."""
        if os.getpid() != self._process:
            return refused(_FORKED, self.settings.error_form)
        if self.settings.control and scope["path"] != PATH:
            if page := page_of(scope):
                return page
            if scope["path"].startswith(PREFIX):
                return await control(self, scope, receive)
        return await self._watched(scope, receive)

    async def _watched(self, scope: Message, receive: Receive) -> Reply | None:
        seen = self._recent.begin(self.settings.clock())
        try:
            return await self._answer(scope, receive, seen)
        except Refusal as refusal:
            seen.status = refusal.status
            return refused(refusal, self.settings.error_form)
        finally:
            seen.took_s = self.settings.clock() - seen.began

    async def _answer(self, scope: Message, receive: Receive, seen: Seen) -> Reply | None:
        headers = headers_of(scope)
        member = self._accounts.member(headers.get(b"authorization", b""))
        seen.team = member.ledger.team if member else None
        asked = await self._admitted(scope, receive, headers, member)
        seen.name(asked.operation)
        hits = self._plan.hits(asked.operation, self._asked_faults(headers))
        seen.faults = hits.kinds
        if isinstance(hits.ending, Refused | Gateway):
            seen.status = hits.ending.status
        if hits.delay_s and not hits.charged:
            await anyio.sleep(hits.delay_s)
            if await is_gone(receive):
                return None
        answer = _NOTHING
        if hits.charged or needs_answer(hits.ending):
            answer = await self._executed(asked, hits, self._billed(member, headers), seen)
        if hits.delay_s and hits.charged:
            await anyio.sleep(hits.delay_s)
        return ended(answer, hits.ending, self.settings.error_form)

    async def _admitted(
        self, scope: Message, receive: Receive, headers: Headers, member: Member | None
    ) -> Asked:
        """Return what is asked for, once it has been counted and found to be allowed."""
        try:
            content = await read_body(receive, self.settings.max_body_bytes)
            check_route(scope, headers)
            asked = read_asked(content, self.settings.max_document_bytes)
        except Refusal:
            self._count(member, 1)
            raise
        document = self._engines.plain.documents.read(asked.text)
        roots = document.roots(asked.operation)
        self._count(member, max(1, roots) if self.settings.aliases == "counted" else 1)
        if member is None and not document.is_introspection:
            raise Refusal(401, "The API key is missing or wrong.")
        most = self.settings.max_aliases
        if most is not None and roots > most:
            raise Refusal(400, f"The operation has {roots} root fields; {most} are allowed.")
        return asked

    def _count(self, member: Member | None, requests: int) -> None:
        if member:
            member.count(requests, self.settings.clock())

    def _asked_faults(self, headers: Headers) -> tuple[Fault, ...]:
        text = headers.get(FAULT_HEADER)
        if text is None or not self.settings.control:
            return ()
        try:
            return parse_faults(text.decode("latin-1"))
        except ValueError as error:
            raise Refusal(400, str(error)) from None

    async def _executed(self, asked: Asked, hits: Hits, charged_to: Payer, seen: Seen) -> Reply:
        try:
            engine = self._engines.of(hits.drifts)
        except ValueError as error:  # of faults that the request itself asked for
            raise Refusal(400, str(error)) from None
        document = engine.documents.read(asked.text)
        request = Request(self._service, charged_to.ledger)
        # The first look-up by hash indexes the whole world.
        indexes = asked.is_hashed and not self._service.lookup.hashes_ready
        if document.is_slow or indexes:
            outcome = await anyio.to_thread.run_sync(engine.run, document, asked, request)
        else:
            outcome = engine.run(document, asked, request)
        seen.name(outcome.operation or asked.operation)
        seen.errors = len(outcome.body.get("errors", ()))
        if hits.charged and outcome.items:
            seen.credits = charged_to.ledger.charge(
                outcome.operation, outcome.items, self.settings.clock(), charged_to.request_id
            )
        return Reply.of(200, outcome.body)

    def _billed(self, member: Member | None, headers: Headers) -> Payer:
        # Without a key there is introspection only, which reads no account.
        ledger = member.ledger if member else self._accounts.ledgers[0]
        given = headers.get(REQUEST_ID_HEADER, b"").decode("latin-1")[:_LONGEST_ID]
        return Payer(ledger, given or None)


class Payer(NamedTuple):
    """Whose account a request is charged to, and what the client calls the request."""

    ledger: Ledger
    request_id: str | None


def build_app(settings: SandboxSettings) -> SandboxApp:
    """Return an ASGI application, for `httpx.ASGITransport` or any server."""
    return SandboxApp(settings)

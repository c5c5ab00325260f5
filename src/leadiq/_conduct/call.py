"""One call, start to end: slot, attempt, meaning, and the one loop that sends again."""

from __future__ import annotations

from contextlib import AsyncExitStack, nullcontext
from datetime import UTC, datetime
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
from pydantic import BaseModel as PydanticBaseModel

from .._core.errors import (
    ConfigurationError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    SlotTimeoutError,
)
from .._core.pricing import price
from .._core.protocol import Envelope, read_reply
from .._core.receipts import Receipt
from .._core.wait_headers import wait_of
from .events import AttemptEnded, AttemptStarted, CallEnded, RetryScheduled
from .shared import Attempt

if TYPE_CHECKING:
    from .._core.documents import Operation
    from .._core.pricing import Unlock
    from .._http.transport import Reply
    from .options import Options
    from .pacing import Slot
    from .shared import Shared

M = TypeVar("M", bound=PydanticBaseModel)


class Call(Generic[M]):
    """The state of one call.

    Args:
        shared: connections, queue and the rest of the client.
        options: clocks, retry policy, lane.
        operation: what is asked.
        unlock: what is asked for beyond the cheapest tier.
        body: the JSON to send.
        variables: what of it was the caller's; taken out of LeadIQ's messages.
        envelope: decodes the reply.
    """

    def __init__(
        self,
        shared: Shared,
        options: Options,
        operation: Operation,
        unlock: tuple[Unlock, ...],
        body: bytes,
        variables: dict[str, Any],
        envelope: type[Envelope[M]],
    ) -> None:
        self._shared = shared
        self._options = options
        self._operation = operation
        self._unlock = unlock
        self._body = body
        self._hidden = [variables, *shared.secrets]
        self._envelope = envelope
        self._request_id = f"{int(shared.random() * 2**64):016x}"
        self._attempts = 0
        self._busy_s = 0.0
        self._sent = False
        self._coalesced = False
        self._began = anyio.current_time()
        self._deadline = self._began + (options.deadline_s or inf)

    async def run(self) -> M:
        """Send until it is answered, refused, given up, or out of time.

        Raises:
            LeadIQError: with a receipt; the branch says what to do.
        """
        lifecycle = self._shared.lifecycle
        scope = anyio.CancelScope(deadline=self._deadline)
        lifecycle.enter(scope)
        try:
            with scope:
                answer = await self._answer()
                self._tell_end(None)
                return answer
            raise self._interrupted()
        except LeadIQError as error:
            self._tell_end(error)
            raise error.after(self.receipt(), error.reason) from error.__cause__
        finally:
            lifecycle.leave(scope)

    def receipt(self) -> Receipt:
        """What was done so far."""
        elapsed_s = anyio.current_time() - self._began
        return Receipt(
            self._request_id,
            self._operation.name,
            self._unlock,
            price(self._operation.bill, self._unlock),
            self._attempts,
            elapsed_s - self._busy_s,
            elapsed_s,
            self._coalesced,
        )

    async def _answer(self) -> M:
        if not self._options.coalesce or self._operation.kind != "query":
            return await self._until_answered(self._deadline)
        # The shared request goes on for the others when this call's deadline has passed.
        flight = partial(self._until_answered, inf)
        answer: M
        answer, self._coalesced = await self._shared.flights.share(self._body, flight)
        return answer

    async def _until_answered(self, deadline: float) -> M:
        while True:
            outcome = await self._attempt()
            if not isinstance(outcome, LeadIQError):
                self._shared.budget.succeeded()
                return outcome
            wait_s = self._decide(outcome, deadline - anyio.current_time())
            self._tell(RetryScheduled(*self._ids(), wait_s, type(outcome).__name__))
            if not isinstance(outcome, RateLimitError):  # after a 429 the gate does the waiting
                await anyio.sleep(wait_s)

    def _decide(self, error: LeadIQError, remaining_s: float) -> float:
        decision = self._options.retry.decide(
            error,
            attempt=self._attempts,
            elapsed_s=anyio.current_time() - self._began,
            remaining_s=remaining_s,
            repeatable=self._operation.repeatable,
            random=self._shared.random,
        )
        if isinstance(decision, str):
            error.reason = decision
        elif self._shared.budget.spend(error):
            return decision
        else:
            error.reason = "not sent again, because most of this client's calls are failing"
        raise error

    async def _attempt(self) -> M | LeadIQError:
        async with AsyncExitStack() as stack:
            slot = await self._slot(stack)
            self._attempts += 1
            if self._watched:
                self._tell(AttemptStarted(*self._ids(), slot.waited_s))
            started = anyio.current_time()
            outcome = await self._exchange()
            took_s = anyio.current_time() - started
            self._busy_s += took_s
            if isinstance(outcome, RateLimitError):
                asked_s = outcome.retry_after_s
                slot.limited(self._options.retry.window_s if asked_s is None else asked_s)
            if self._watched:
                self._tell(AttemptEnded(*self._ids(), took_s, *_branch(outcome)))
        return outcome

    async def _slot(self, stack: AsyncExitStack) -> Slot:
        pacing = self._shared.pacer.slot(self._options.lane)
        limit_s = self._options.slot_timeout_s
        try:
            with nullcontext() if limit_s is None else anyio.fail_after(limit_s):
                return await stack.enter_async_context(pacing)
        except TimeoutError:
            waiting = sum(self._shared.pacer.statistics().waiting.values())
            text = f"no slot of the rate limit within {limit_s:g} seconds ({waiting} are waiting)"
            raise SlotTimeoutError(text, sent=self._sent) from None

    async def _exchange(self) -> M | LeadIQError:
        sent_before, self._sent = self._sent, True
        try:
            reply = await self._post()
        except LeadIQError as error:
            self._sent = sent_before or error.sent
            return error
        outcome = read_reply(self._envelope, reply.status, reply.body, self._hidden)
        if isinstance(outcome, LeadIQError):
            outcome.retry_after_s = wait_of(reply.headers, datetime.now(UTC))
        return outcome

    async def _post(self) -> Reply:
        send = partial(self._shared.transport.post, self._body, self._options.timeout_s)
        if self._shared.middleware:
            attempt = Attempt(*self._ids(), self._body)
            for middleware in reversed(self._shared.middleware):
                send = partial(middleware, attempt, send)
        return await send()

    def _interrupted(self) -> LeadIQError:
        if self._shared.lifecycle.closing:
            text = "the client was closed while the call was under way"
            return ConfigurationError(text, sent=self._sent)
        text = f"no answer within the deadline of {self._options.deadline_s:g} seconds"
        return RequestTimeoutError(text, sent=self._sent)

    @property
    def _watched(self) -> bool:
        return not self._shared.watchers.idle

    def _ids(self) -> tuple[str, str, int]:
        return self._request_id, self._operation.name, self._attempts

    def _tell(self, event: Any) -> None:
        self._shared.watchers.tell(event)

    def _tell_end(self, error: LeadIQError | None) -> None:
        if self._watched:
            self._tell(CallEnded(self.receipt(), _branch(error)[0]))


def _branch(outcome: Any) -> tuple[str | None, int | None]:
    """Name an error and its status; nothing for anything else."""
    if isinstance(outcome, LeadIQError):
        return type(outcome).__name__, outcome.status
    return None, None

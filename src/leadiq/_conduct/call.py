"""One call, start to end: slot, attempt, meaning, and the one loop that sends again."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
from pydantic import BaseModel as PydanticBaseModel
from pydantic_core import from_json

from .._core.errors import (
    ConfigurationError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
)
from .._core.pricing import price
from .._core.protocol import Envelope, read_answer, read_failure
from .._core.receipts import Receipt
from .._core.wait_headers import wait_of
from .events import CANCELLED, AttemptEnded, AttemptStarted, CallEnded, RetryScheduled
from .in_time import InTime
from .shared import Attempt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from contextlib import AbstractAsyncContextManager

    from .._core.documents import Operation
    from .._core.pricing import Unlock
    from .._http.transport import Reply
    from .options import Options
    from .pacing import Slot
    from .shared import Shared

M = TypeVar("M", bound=PydanticBaseModel)


class Call(Generic[M]):
    """The state of one call, and small: thousands may wait on one client.

    Args:
        shared: connections, queue and the rest of the client.
        options: clocks, retry policy, lane.
        operation: what is asked.
        unlock: what is asked for beyond the cheapest tier.
        body: the JSON to send: a head that calls of one kind share, and the variables, whose
            values are taken out of LeadIQ's messages.
        hidden: what else is taken out of them.
        envelope: decodes the reply.
    """

    __slots__ = (
        "_attempts",
        "_began",
        "_body",
        "_busy_s",
        "_coalesced",
        "_deadline",
        "_envelope",
        "_hidden",
        "_operation",
        "_options",
        "_request_id",
        "_sent",
        "_shared",
        "_unlock",
    )

    def __init__(
        self,
        shared: Shared,
        options: Options,
        operation: Operation,
        unlock: tuple[Unlock, ...],
        body: tuple[bytes, bytes],
        hidden: Sequence[str],
        envelope: type[Envelope[M]],
    ) -> None:
        self._shared = shared
        self._options = options
        self._operation = operation
        self._unlock = unlock
        self._body = body
        self._hidden = hidden
        self._envelope = envelope
        self._request_id = "%016x" % int(shared.random() * 2**64)  # noqa: UP031 - twice as fast
        self._attempts = 0
        self._busy_s = 0.0
        self._sent = False
        self._coalesced = False
        self._began = shared.clock.now()
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
        except BaseException as error:  # cancelled, or raised by middleware: not ours to change
            self._tell_end(error)
            raise
        finally:
            lifecycle.leave(scope)

    def receipt(self) -> Receipt:
        """What was done so far."""
        elapsed_s = self._now() - self._began
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

    def _answer(self) -> Coroutine[Any, Any, M]:
        if self._options.coalesce and self._operation.kind == "query":
            return self._shared_answer()
        return self._until_answered(self._deadline)

    async def _shared_answer(self) -> M:
        # The shared request goes on for the others when this call's deadline has passed.
        flight = partial(self._until_answered, inf)
        # what is asked in the same words may be wanted as another model
        key = self._body, self._envelope
        self._coalesced = key in self._shared.flights
        answer: M = await self._shared.flights.share(key, flight)
        return answer

    async def _until_answered(self, deadline: float) -> M:
        while True:
            outcome = await self._attempt()
            if not isinstance(outcome, LeadIQError):
                self._shared.budget.succeeded()
                return outcome
            wait_s = self._decide(outcome, deadline - self._now())
            self._tell(RetryScheduled(*self._ids(), wait_s, type(outcome).__name__))
            if not isinstance(outcome, RateLimitError):  # after a 429 the gate does the waiting
                await anyio.sleep(wait_s)

    def _decide(self, error: LeadIQError, remaining_s: float) -> float:
        decision = self._options.retry.decide(
            error,
            attempt=self._attempts,
            elapsed_s=self._now() - self._began,
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
        error.sent = self._sent  # by any of the attempts, not only by the last
        raise error

    async def _attempt(self) -> M | LeadIQError:
        async with self._slot() as slot:
            self._attempts += 1
            if self._watched:
                self._tell(AttemptStarted(*self._ids(), slot.waited_s))
            started = self._now()
            try:
                outcome = await self._exchange(slot)
            except BaseException as error:  # cancelled, or raised by middleware
                self._end_attempt(started, error)
                raise
            self._end_attempt(started, outcome)
        return outcome

    def _end_attempt(self, started: float, outcome: M | BaseException) -> None:
        took_s = self._now() - started
        self._busy_s += took_s
        if self._watched:
            self._tell(AttemptEnded(*self._ids(), took_s, *_branch(outcome)))

    def _slot(self) -> AbstractAsyncContextManager[Slot]:
        pacer, lane, limit_s = self._shared.pacer, self._options.lane, self._options.slot_timeout_s
        closed_s = pacer.closed_for_s if self._deadline < inf else 0.0
        if closed_s and closed_s > self._deadline - self._now():
            text = f"LeadIQ's rate limit is closed for {closed_s:.0f} more seconds"
            raise RateLimitError(f"{text}, which is after the deadline", sent=self._sent)
        return InTime(pacer, lane, limit_s, sent=self._sent) if limit_s else pacer.slot(lane)

    async def _exchange(self, slot: Slot) -> M | LeadIQError:
        sent_before, self._sent = self._sent, True
        try:
            reply = await self._post()
        except LeadIQError as error:
            self._sent = sent_before or error.sent
            return error
        answer = read_answer(self._envelope, reply.status, reply.body)
        if answer is not None:
            slot.answered()
            return answer
        refusal = self._refusal(reply, slot)
        self._sent = sent_before or refusal.sent
        return refusal

    def _refusal(self, reply: Reply, slot: Slot) -> LeadIQError:
        hidden = [from_json(self._body[1]), *self._hidden, *self._shared.secrets]
        error = read_failure(self._envelope, reply.status, reply.body, hidden)
        error.retry_after_s = asked_s = wait_of(reply.headers, datetime.now(UTC))
        if isinstance(error, RateLimitError):
            slot.limited(self._options.retry.window_s if asked_s is None else asked_s)
        else:
            slot.answered()
        return error

    async def _post(self) -> Reply:
        head, variables = self._body
        body = b"%b%b}" % (head, variables)
        post, timeout_s = self._shared.transport.post, self._options.timeout_s
        if not self._options.middleware:
            return await post(body, timeout_s)
        attempt = Attempt(*self._ids(), body)
        send: Callable[[], Awaitable[Reply]] = partial(post, body, timeout_s)
        for middleware in reversed(self._options.middleware):
            send = partial(middleware, attempt, send)
        reply = await send()
        if reply is None:  # pyright: ignore[reportUnnecessaryComparison] - by people's functions
            raise ConfigurationError("a middleware gave no reply: it has to return one")
        return reply

    def _interrupted(self) -> LeadIQError:
        if self._now() < self._deadline:
            text = "the client was closed while the call was under way"
            return ConfigurationError(text, sent=self._sent or self._coalesced)
        text = f"no answer within the deadline of {self._options.deadline_s:g} seconds"
        if not (self._attempts or self._coalesced):
            text += ": it was waiting for a slot of the rate limit"
        return RequestTimeoutError(text, sent=self._sent or self._coalesced)

    def _now(self) -> float:
        return self._shared.clock.now()

    @property
    def _watched(self) -> bool:
        return not self._shared.watchers.idle

    def _ids(self) -> tuple[str, str, int]:
        return self._request_id, self._operation.name, self._attempts

    def _tell(self, event: Any) -> None:
        self._shared.watchers.tell(event)

    def _tell_end(self, error: BaseException | None) -> None:
        if self._watched:
            self._tell(CallEnded(self.receipt(), _branch(error)[0]))


def _branch(outcome: Any) -> tuple[str | None, int | None]:
    """Name an error and its status; nothing for anything else."""
    if isinstance(outcome, LeadIQError):
        return type(outcome).__name__, outcome.status
    if isinstance(outcome, Exception):
        return type(outcome).__name__, None
    return CANCELLED if isinstance(outcome, BaseException) else None, None

"""One call, start to end: document, pacing, attempt, meaning, and the one loop that retries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from pydantic import BaseModel as PydanticBaseModel
from pydantic_core import to_json

from ._base import UNSET, to_wire
from ._errors import InputError, LeadIQError, RateLimitError
from ._pricing import Unlock
from ._protocol import Envelope, read_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._documents import Operation
    from ._pacing import Pacer
    from ._retry import RetryPolicy
    from ._transport import Transport

M = TypeVar("M", bound=PydanticBaseModel)


class Pipeline:
    """What every generated method runs through.

    Args:
        transport: where requests go.
        pacer: when they may go.
        retry: whether they go again.
        random: source of jitter, from 0 up to 1.
    """

    def __init__(
        self,
        transport: Transport,
        pacer: Pacer,
        retry: RetryPolicy,
        random: Callable[[], float] = random.random,
    ) -> None:
        self._transport = transport
        self._pacer = pacer
        self._retry = retry
        self._random = random
        self._heads: dict[tuple[str, frozenset[str]], bytes] = {}
        self._envelopes: dict[type[Any], type[Envelope[Any]]] = {}

    async def _execute(
        self,
        operation: Operation,
        model: type[M],
        variables: dict[str, Any],
        *,
        unlock: Iterable[Unlock | str] = (),
        total: bool = False,
    ) -> M:
        """Send an operation until it is answered, refused, or given up.

        Raises:
            InputError: when it cannot unlock what is asked; nothing is sent.
            LeadIQError: the branch says what to do.
        """
        flags = _flags(operation, unlock, total)
        sent = {name: to_wire(v) for name, v in variables.items() if v is not UNSET}
        body = self._head(operation, flags) + to_json(sent) + b"}"
        envelope = self._envelope(model)
        began = anyio.current_time()
        busy_s = 0.0
        attempt = 0
        while True:
            attempt += 1
            async with self._pacer:
                started = anyio.current_time()
                outcome = await self._attempt(envelope, body, sent)
                busy_s += anyio.current_time() - started
            if not isinstance(outcome, LeadIQError):
                return outcome
            elapsed_s = anyio.current_time() - began
            wait_s = self._retry.wait(
                outcome,
                attempt=attempt,
                elapsed_s=elapsed_s,
                repeatable=operation.repeatable,
                random=self._random,
            )
            if wait_s is None:
                raise outcome.after(operation.name, attempt, elapsed_s - busy_s)
            if isinstance(outcome, RateLimitError):
                self._pacer.close(wait_s)
            else:
                await anyio.sleep(wait_s)

    async def _attempt(
        self, envelope: type[Envelope[M]], body: bytes, sent: dict[str, Any]
    ) -> M | LeadIQError:
        try:
            reply = await self._transport.post(body)
        except LeadIQError as error:
            return error
        return read_reply(envelope, reply.status, reply.body, sent, reply.headers)

    def _head(self, operation: Operation, flags: frozenset[str]) -> bytes:
        """Everything of a request's body before its variables, encoded once."""
        key = (operation.name, flags)
        head = self._heads.get(key)
        if head is None:
            parts = {"query": operation.render(flags), "operationName": operation.name}
            head = self._heads[key] = to_json(parts)[:-1] + b',"variables":'
        return head

    def _envelope(self, model: type[M]) -> type[Envelope[M]]:
        envelope = self._envelopes.get(model)
        if envelope is None:
            envelope = self._envelopes[model] = Envelope[model]  # type: ignore[valid-type]
        return envelope


def _flags(operation: Operation, unlock: Iterable[Unlock | str], total: bool) -> frozenset[str]:
    asked = {_unlock(word) for word in unlock} - {Unlock.PROFILE}
    possible = [u for u in Unlock if u.flag in operation.flags]
    for word in asked:
        if word not in possible:
            choices = ", ".join(possible)
            text = f"unlock: {operation.root} has no {word} to unlock; it has {choices}"
            raise InputError(text, sent=False)
    flags = {word.flag for word in asked}
    return frozenset(flags | {"total"} if total else flags)


def _unlock(word: Unlock | str) -> Unlock:
    try:
        return Unlock(word)
    except ValueError:
        choices = ", ".join(Unlock)
        raise InputError(f"unlock: not one of {choices}", sent=False) from None

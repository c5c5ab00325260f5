"""What every generated method runs through: arguments become a request, and the request a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic_core import to_json

from .. import _conduct as conduct
from .. import _core as core
from .. import _ground as ground
from .._core.errors import InputError
from .._core.pricing import Unlock
from .._ground.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence
    from typing import Unpack

    from pydantic import BaseModel as PydanticBaseModel

    from .._core.documents import Operation
    from .._core.protocol import Envelope
    from .options import CallOptions, Options
    from .shared import Shared

M = TypeVar("M", bound="PydanticBaseModel")


class Selection(NamedTuple):
    """What calls have in common that ask one operation for the same: made once."""

    head: bytes
    """Everything of a request's body before its variables."""
    unlock: tuple[Unlock, ...]
    """What is asked for beyond the cheapest tier, sorted."""


class Pipeline:
    """One view of a client.

    Args:
        shared: connections, queue and the rest, shared by all views.
        options: how this view's calls are made.
    """

    def __init__(self, shared: Shared, options: Options) -> None:
        self._shared = shared
        self._options = options

    @property
    def options(self) -> Options:
        """How the calls of this view are made."""
        return self._options

    def _execute(
        self,
        operation: Operation,
        model: type[M],
        variables: dict[str, Any],
        *,
        unlock: Iterable[Unlock | str] = (),
        total: bool = False,
        **options: Unpack[CallOptions],
    ) -> Coroutine[Any, Any, M]:
        """Send an operation until it is answered, refused, or given up.

        Raises:
            InputError: when an argument cannot be what it is; nothing is sent.
            LeadIQError: the branch says what to do.
        """
        selection = self._selection(operation, unlock, total)
        given = {name: value for name, value in variables.items() if value is not UNSET}
        core.arguments.check(operation.variables, given)
        sent = to_json({name: ground.base.to_wire(value) for name, value in given.items()})
        body = selection.head, sent
        return self._send(operation, model, body, unlock=selection.unlock, **options)

    def _send(
        self,
        operation: Operation,
        model: type[M],
        body: tuple[bytes, bytes],
        *,
        hidden: Sequence[str] = (),
        unlock: tuple[Unlock, ...] = (),
        **options: Unpack[CallOptions],
    ) -> Coroutine[Any, Any, M]:
        """Send a request that is made: its head, and its variables as JSON.

        The values of the variables, and what is `hidden`, are taken out of LeadIQ's messages.
        """
        call = conduct.call.Call(
            self._shared,
            self._options.with_(**options) if options else self._options,
            operation,
            unlock,
            body,
            hidden,
            self._envelope(model),
        )
        return call.run()

    def _selection(
        self, operation: Operation, unlock: Iterable[Unlock | str], total: bool
    ) -> Selection:
        try:
            asked = frozenset((unlock,) if isinstance(unlock, str) else unlock)
        except TypeError:
            raise InputError("unlock has to be a set of Unlock", sent=False) from None
        key = operation.name, asked, total
        found = self._shared.selections.get(key)
        if found is None:
            found = self._shared.selections[key] = _select(operation, asked, total)
        return found

    def _envelope(self, model: type[M]) -> type[Envelope[M]]:
        envelope = self._shared.envelopes.get(model)
        if envelope is None:
            from .._core.protocol import Envelope

            envelope = self._shared.envelopes[model] = Envelope[model]  # type: ignore[valid-type]
        return envelope


# What other floors need of a client, and users of it do not.
# pyright: reportPrivateUsage=false


def execute(
    client: Pipeline,
    operation: Operation,
    model: type[M],
    variables: dict[str, Any],
    *,
    unlock: Iterable[Unlock] = (),
    **options: Unpack[CallOptions],
) -> Coroutine[Any, Any, M]:
    """Send an operation that is not among the generated methods, as they are sent.

    Raises:
        LeadIQError: the branch says what to do.
    """
    return client._execute(operation, model, variables, unlock=unlock, **options)


def host_of(client: Pipeline) -> str:
    """Tell where a client's requests go."""
    return client._shared.transport.host


def payer_of(client: Pipeline) -> str:
    """Tell whose account a client uses, without telling the key; empty if that is not known."""
    return client._shared.transport.payer


def head_of(document: str, operation_name: str | None) -> bytes:
    """Give everything of a request's body before its variables, encoded."""
    named = {} if operation_name is None else {"operationName": operation_name}
    return to_json({"query": document, **named})[:-1] + b',"variables":'


def _select(operation: Operation, unlock: Iterable[Unlock | str], total: bool) -> Selection:
    asked = {_unlock(word) for word in unlock} - {Unlock.PROFILE}
    possible = [u for u in Unlock if u.flag in operation.flags]
    for word in sorted(asked):
        if word not in possible:
            choices = ", ".join(possible)
            text = f"unlock: {operation.root} has no {word} to unlock; it has {choices}"
            raise InputError(text, sent=False)
    flags = frozenset(u.flag for u in asked)
    head = head_of(operation.render(flags | {"total"} if total else flags), operation.name)
    return Selection(head, tuple(sorted(asked)))


def _unlock(word: Unlock | str) -> Unlock:
    try:
        return Unlock(word)
    except ValueError:
        choices = ", ".join(Unlock)
        raise InputError(f"unlock: not one of {choices}", sent=False) from None

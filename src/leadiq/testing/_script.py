"""A LeadIQ that answers from a script, and refuses what is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import httpx
from pydantic import BaseModel
from pydantic_core import to_json, to_jsonable_python

from .._ground.base import to_wire
from .._ground.json import mapping, sequence
from ._client import client_over
from ._exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from .. import LeadIQ

Answer: TypeAlias = Mapping[str, Any] | int | bytes | Exception
"""`data`, or a whole body with `data` or `errors`; the status of a refusal in LeadIQ's envelope; a
body's bytes; or what sending raises."""

_KEY = "key-of-a-script"
_WHOLE = {"data", "errors", "extensions"}


class Script(httpx.AsyncBaseTransport):
    """Answers each request that is expected, once, and no other.

        with Script() as script:
            script.expect("account", reply={"account": None})
            script.expect("searchPeople", {"input": {"email": "ada@example.com"}}, reply=402)
            async with script.client() as leadiq:
                ...

    Requests may come in any order; of those that fit, the first that was expected answers. At the
    end of the block everything expected has to have been asked for, and nothing else, even where
    the code under test has caught the refusal. It is an httpx transport, so any client can use it.

    Attributes:
        asked: every request so far, with what it sent.
    """

    def __init__(self) -> None:
        self.asked: list[Exchange] = []
        self._expected: list[_Expected] = []
        self._refused: list[str] = []

    def expect(
        self,
        operation: str,
        variables: Mapping[str, Any] | None = None,
        *,
        reply: Answer,
        times: int = 1,
    ) -> None:
        """Expect a request.

        Args:
            operation: name of the operation (`SearchPeople`) or of its root field
                (`searchPeople`); `search_people` is understood.
            variables: all of them, as JSON or inputs of `leadiq.types`; left out: any.
            reply: `data`, or a whole body; a status such as 402 for LeadIQ's refusal; bytes; or an
                exception, such as `httpx.ConnectError("down")`.
            times: how often.

        Raises:
            ValueError: `times` is no number of 1 or more.
        """
        if times < 1:
            raise ValueError("times has to be 1 or more; what is not expected is refused anyway")
        wanted = None if variables is None else mapping(_plain(dict(variables)))
        expected = _Expected(_folded(operation), operation, wanted, None, _reply(reply))
        self._expected += [expected] * times

    def recorded(self, exchange: Exchange) -> None:
        """Expect exactly the request of an exchange, document included, and give its reply."""
        name = exchange.operation
        body = b"" if exchange.reply is None else to_json(exchange.reply)
        reply = (exchange.status, body)
        wanted = exchange.variables
        self._expected.append(_Expected(_folded(name), name, wanted, exchange.document, reply))

    def client(self, **options: Any) -> LeadIQ:
        """Make a client that this script answers, on asyncio or trio.

        Args:
            **options: what `LeadIQ` takes by name, such as `retry` or `deadline_s`.
        """
        return client_over(self, options.pop("key", _KEY), options)

    def check(self) -> None:
        """Fail if something was asked that is not expected, or is expected and was not asked.

        Raises:
            AssertionError: naming operations; no variables.
        """
        __tracebackhide__ = True
        missing = [f"not asked for: {expected.name}" for expected in self._expected]
        if self._refused or missing:
            raise AssertionError("\n  ".join(["the script was not kept", *self._refused, *missing]))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of an httpx client.

        Raises:
            AssertionError: it is not expected.
        """
        asked = Exchange.of(await request.aread())
        self.asked.append(asked)
        fitting = next((one for one in self._expected if one.fits(asked)), None)
        if fitting is None:
            self._refused.append(self._refusal(asked))
            raise AssertionError(self._refused[-1])
        self._expected.remove(fitting)
        if isinstance(fitting.reply, Exception):
            raise fitting.reply
        status, body = fitting.reply
        return httpx.Response(status, content=body, headers={"Content-Type": "application/json"})

    def _refusal(self, asked: Exchange) -> str:
        near = [one for one in self._expected if one.is_of(asked)]
        text = f"not expected: {asked.operation or 'a request without a document'}"
        return text + "".join(f"; it differs at {', '.join(one.differs(asked))}" for one in near)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Check, unless the block has failed by itself."""
        __tracebackhide__ = True
        if kind is None:
            self.check()


@dataclass(eq=False, frozen=True, slots=True)
class _Expected:
    """A request that may come, and its reply."""

    folded: str
    name: str
    variables: dict[str, Any] | None
    document: str | None
    reply: tuple[int, bytes] | Exception

    def fits(self, asked: Exchange) -> bool:
        return self.is_of(asked) and not any(self.differs(asked))

    def is_of(self, asked: Exchange) -> bool:
        return self.folded in {_folded(asked.operation), _folded(asked.root)}

    def differs(self, asked: Exchange) -> Iterator[str]:
        """Give the places at which a request of this operation is another one."""
        if self.document not in {None, asked.document}:
            yield "the document"
        if self.variables is not None:
            yield from _differing("", self.variables, asked.variables)


def _differing(place: str, wanted: Any, given: Any) -> Iterator[str]:
    if isinstance(wanted, dict) and isinstance(given, dict):
        expected, sent = mapping(wanted), mapping(given)
        for name in sorted({*expected, *sent}):
            inner = f"{place}.{name}" if place else name
            missing = object()
            yield from _differing(inner, expected.get(name, missing), sent.get(name, missing))
    elif wanted != given:
        yield place


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def _plain(value: Any) -> Any:
    """Give a value as JSON has it."""
    if isinstance(value, BaseModel):
        return to_wire(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in mapping(value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in sequence(value)]
    return to_jsonable_python(value)


def _reply(answer: Answer) -> tuple[int, bytes] | Exception:
    match answer:
        case Exception():
            return answer
        case bytes():
            return 200, answer
        case int():
            response = {"response": {"status": answer}}
            error = {"message": f"Refused with {answer}.", "extensions": response}
            return 200, to_json({"data": None, "errors": [error]})
        case _:
            whole = bool(answer) and _WHOLE.issuperset(answer)
            return 200, to_json(dict(answer) if whole else {"data": dict(answer)})

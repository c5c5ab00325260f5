"""Sends cases to a server, one after the other, within its rate limit, and judges the answers.

The client is httpx as it is: what it gets is judged by `judging`, and nothing of it is logged.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import to_json

from .._core.credentials import authorization
from .case import Data, Reach, Refused, Who
from .envelope import read_body
from .judging import Answer, MissingError, differences, filled, find, status_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping

    import httpx

    from .._conduct.pacing import Pacer
    from .case import Case

_REFUSED_KEY: Final = 401
_TOO_DEAR: Final = 402
_LIMITED: Final = 429
_WINDOW_S: Final = 60.0


class Came(StrEnum):
    """What came of a case."""

    OK = "ok"
    DIFFERS = "differs"
    SKIPPED = "skipped"


class Verdict(NamedTuple):
    """What came of one case; `why` says it in words that hold nobody's data."""

    case: Case
    came: Came
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server, and how far one may go with it.

    Attributes:
        url: its GraphQL endpoint.
        key: in either of its forms.
        reach: which cases may be sent; SANDBOX means all of them.
        limited: a key that may send one request a minute, where the server has one.
        poor: a key without credits, where the server has one.
    """

    url: str
    key: str
    reach: Reach = Reach.FREE
    limited: str | None = None
    poor: str | None = None

    def why_not(self, case: Case) -> str | None:
        """Say why a case is not sent; None if it is."""
        order = list(Reach)
        if order.index(case.reach) > order.index(self.reach):
            return "it costs credits" if case.reach is Reach.PAID else "it is for a sandbox only"
        if case.who not in self._keys():
            return f"it needs {case.who.value}"
        return None

    def headers(self, who: Who) -> dict[str, str]:
        """Give the header that says who asks."""
        value = self._keys()[who]
        return {} if value is None else {"Authorization": value}

    def _keys(self) -> dict[Who, str | None]:
        issued = authorization(self.key)
        given = {Who.LIMITED: self.limited, Who.POOR: self.poor}
        return {
            Who.KEY: issued,
            Who.NOBODY: None,
            Who.WRONG: _basic("not-a-key-of-anybody"),
            Who.TWICE: _basic(issued.removeprefix("Basic ")),
            **{who: authorization(key) for who, key in given.items() if key},
        }


def _basic(raw: str) -> str:
    return "Basic " + b64encode(f"{raw}:".encode()).decode()


class RefusedKeyError(Exception):
    """The server does not take the key: nothing can be said about anything else."""


async def run(
    cases: Iterable[Case], target: Target, http: httpx.AsyncClient, pacer: Pacer
) -> AsyncGenerator[Verdict]:
    """Give the verdict on each case, as soon as its answer is there.

    Args:
        cases: in their order, since some go on with what earlier ones found.
        target: the server.
        http: whatever sends; redirects are not to be followed.
        pacer: keeps within the rate limit; all keys share it.

    Raises:
        RefusedKeyError: the key was refused where it had to do.
        httpx.RequestError: the server cannot be reached, broke off, or sent what cannot be decoded.
    """
    kept: dict[str, Any] = {}
    for case in cases:
        yield await _verdict(case, target, http, pacer, kept)


async def _verdict(
    case: Case, target: Target, http: httpx.AsyncClient, pacer: Pacer, kept: dict[str, Any]
) -> Verdict:
    reason = target.why_not(case)
    if reason is not None:
        return Verdict(case, Came.SKIPPED, (reason,))
    try:
        return await _tried(case, target, http, pacer, kept)
    except MissingError as missing:
        return Verdict(case, Came.SKIPPED, (f"nothing to go on with: {missing}",))


async def _tried(
    case: Case, target: Target, http: httpx.AsyncClient, pacer: Pacer, kept: dict[str, Any]
) -> Verdict:
    answer = await _asked(case, target, http, pacer, kept)
    status, refusal = status_of(answer), isinstance(case.expect, Refused)
    if status == _REFUSED_KEY and case.who is Who.KEY and not refusal:
        raise RefusedKeyError
    if status == _TOO_DEAR and not refusal and case.reach is not Reach.FREE:
        return Verdict(case, Came.SKIPPED, ("the balance does not cover it",))
    found = tuple(differences(case, answer, kept))
    if not found and isinstance(case.expect, Data):
        data = (read_body(answer.body) or {})["data"]
        kept.update({name: find(data, path) for name, path in case.keep.items()})
    return Verdict(case, Came.DIFFERS if found else Came.OK, found)


async def _asked(
    case: Case, target: Target, http: httpx.AsyncClient, pacer: Pacer, kept: Mapping[str, Any]
) -> Answer:
    """Send a case as often as it says; the last answer counts."""
    answer = await _sent_once(case, target, http, pacer, kept)
    # A 429 that was not asked for: the request was not taken, and goes again a window later.
    again = case.who is not Who.LIMITED and status_of(answer) == _LIMITED
    for _ in range(case.times - 1 + again):
        answer = await _sent_once(case, target, http, pacer, kept)
    return answer


async def _sent_once(
    case: Case, target: Target, http: httpx.AsyncClient, pacer: Pacer, kept: Mapping[str, Any]
) -> Answer:
    method, content, kind = _request(case, kept)
    headers = target.headers(case.who) | {"Content-Type": kind, "Accept": "application/json"}
    async with pacer.slot() as slot:
        reply = await http.request(method, target.url, content=content, headers=headers)
        slot.answered()
        answer = Answer(reply.status_code, reply.headers.get("content-type", ""), reply.content)
        if case.who is not Who.LIMITED and status_of(answer) == _LIMITED:
            slot.limited(_WINDOW_S)
    return answer


def _request(case: Case, kept: Mapping[str, Any]) -> tuple[str, bytes, str]:
    """Give a case's method, content and content type."""
    if case.raw:
        return case.raw.method, case.raw.content, case.raw.content_type
    body: dict[str, Any] = {"query": case.query, "variables": filled(case.variables, kept)}
    if case.operation is not None:
        body["operationName"] = case.operation
    return "POST", to_json(body), "application/json"

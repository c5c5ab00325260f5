"""A server of aliased lookups that fails as it is told to, and keeps a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import anyio

from leadiq import ConnectError, LeadIQ, RequestTimeoutError, TransportError
from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.pipeline import Pipeline
from leadiq._conduct.retry import RetryPolicy
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._http.transport import Reply
from leadiq.types import SearchPeopleInput

from .conftest import email, person, position

_FIRM: Final = {"id": "c1", "name": "Example", "industry": "x"}
_COSTLY: Final = {"found", "partial", "misfit", "absent"}


@dataclass
class Asked:
    """One request: who was asked for, whose answer left the server whole, and was it charged."""

    emails: list[str]
    answered: list[str] = field(default_factory=list)
    was_executed: bool = False


def who(number: int, kind: str = "found") -> SearchPeopleInput:
    """A lookup that ends as the first part of its address says."""
    return SearchPeopleInput(email=f"{kind}-{number}@example.com", limit=1)


class AliasServer:
    """A transport that answers `searchPeople` under aliases, as a GraphQL server does.

    The local part of an address says how its lookup ends:

    found, missing     an answer
    partial            an answer, and an error beside it
    failed             an error of status 500 that names it; the root field may not be null, so
                       nobody has an answer
    refused, broke     the same with status 400, and 402
    unpathed           an error that names nobody
    absent             its alias is not in the data
    misfit             an answer that does not fit the schema
    unknown            the request is refused, because LeadIQ does not know a member of the input

    Args:
        verdicts: for each request in turn what befalls it instead of an answer: the name of a
            method, or "" for none. When they are used up nothing befalls the rest.
        most: how many lookups of one request it takes.
        left: how many people it answers with; a request for more is refused as a whole.
        company: whether company information is asked for, which is charged each time.
    """

    host = "leadiq.example.com"

    def __init__(
        self,
        *verdicts: str,
        most: int = 100,
        left: int = 1000,
        company: bool = False,
        took_s: float = 0.0,
    ) -> None:
        self.verdicts = list(verdicts)
        self.most = most
        self.left = left
        self.company = company
        self.took_s = took_s
        self.asked: list[Asked] = []
        self.charges: dict[str, list[Decimal]] = {}
        self.bodies: list[dict[str, Any]] = []
        self.at: list[float] = []

    async def post(self, body: bytes, timeout_s: float) -> Reply:
        request = json.loads(body)
        self.bodies.append(request)
        self.at.append(anyio.current_time())
        emails = [given["email"] for given in request["variables"].values()]
        asked = Asked(emails)
        self.asked.append(asked)
        await anyio.sleep(self.took_s)
        verdict = self.verdicts.pop(0) if self.verdicts else ""
        if verdict:
            return self._befall(verdict, asked)
        if len(emails) > self.most:
            return _refusal(400)
        if any(_kind(each) == "unknown" for each in emails):
            text = "Field 'email' is not defined by type 'SearchPeopleInput'."
            return Reply(200, {}, json.dumps({"errors": [{"message": text}]}).encode())
        if sum(_kind(each) in _COSTLY for each in emails) > self.left:
            return _refusal(402)
        return self._answer(request, asked)

    def _befall(self, verdict: str, asked: Asked) -> Reply:
        if verdict == "unreachable":
            raise ConnectError("refused", sent=False)
        if verdict in ("limited", "credits", "key", "odd"):
            return _refusal({"limited": 429, "credits": 402, "key": 401, "odd": None}[verdict])
        self._charge(asked)  # before all others
        match verdict:
            case "timeout":
                raise RequestTimeoutError("no answer", sent=True)
            case "cut":
                raise TransportError("the answer ended early", sent=True)
            case "gateway":
                return Reply(502, {}, b"<html>")
            case "broken":
                return Reply(200, {}, b'{"data":{"a0":{"totalResults":1,"hasMo')
            case "drift":
                text = "Cannot query field 'x' on type 'PersonRecord'."
                return Reply(200, {}, json.dumps({"errors": [{"message": text}]}).encode())
            case "empty":
                return Reply(200, {}, b'{"data":{}}')
            case "blamed":
                return _refusal(None)
            case "null":
                return Reply(200, {}, b'{"data":null}')
            case _:
                return _refusal(500)

    def _charge(self, asked: Asked) -> None:
        asked.was_executed = True
        for address in asked.emails:
            first = address not in self.charges
            price = (3 if self.company else 1) if _kind(address) in _COSTLY else 0
            charged = Decimal(price if first or self.company else 0)
            self.left -= charged > 0
            self.charges.setdefault(address, []).append(charged)

    def _answer(self, request: dict[str, Any], asked: Asked) -> Reply:
        names = list(request["variables"])
        places = {
            each: name.replace("i", "a") if len(names) > 1 else "searchPeople"
            for each, name in zip(asked.emails, names, strict=True)
        }
        self._charge(asked)
        errors = [error for each in asked.emails for error in _errors(each, places[each])]
        kinds = {_kind(each) for each in asked.emails}
        data: Any = None
        if not kinds & {"failed", "refused", "unpathed", "broke"}:
            data = {
                places[each]: self._found(each) for each in asked.emails if _kind(each) != "absent"
            }
            asked.answered.extend(e for e in asked.emails if _kind(e) not in ("absent", "misfit"))
        whole = {"data": data, **({"errors": errors} if errors else {})}
        return Reply(200, {}, json.dumps(whole).encode())

    def _found(self, address: str) -> dict[str, Any]:
        if _kind(address) == "missing":
            return {"totalResults": 0, "hasMore": False, "results": []}
        if _kind(address) == "misfit":
            return {"totalResults": "many", "hasMore": False, "results": 7}
        more = (
            {"companyInfo": {"id": "c1", "name": "Example", "industry": "x"}}
            if self.company
            else {}
        )
        job = position(emails=[email(address)], **more)
        found = person(address.partition("@")[0], currentPositions=[job])
        return {"totalResults": 1, "hasMore": False, "results": [found]}

    @property
    def sizes(self) -> list[int]:
        """How many lookups each request was about."""
        return [len(asked.emails) for asked in self.asked]


def client_of(server: AliasServer, attempts: int = 2) -> LeadIQ:
    """A client that tries so often without waiting."""
    leadiq = object.__new__(LeadIQ)
    pacer = LocalPacer(Slots(600_000, 60.0, burst=600_000))
    shared = Shared(server, pacer, Watchers(), lambda: 0.5)  # type: ignore[arg-type]
    retry = RetryPolicy(attempts=attempts, base_s=0.001, window_s=0.001)
    Pipeline.__init__(leadiq, shared, Options(retry=retry))
    return leadiq


def _kind(address: str) -> str:
    return address.partition("-")[0]


def _errors(address: str, place: str) -> Iterator[dict[str, Any]]:
    status = {"failed": 500, "refused": 400, "partial": 500, "broke": 402}.get(_kind(address))
    if status:
        deeper = [place, "results"] if status == 500 else [place]
        extensions = {"response": {"status": status}}
        yield {"message": f"about {address}", "path": deeper, "extensions": extensions}
    elif _kind(address) == "unpathed":
        yield {"message": "something failed"}


def _refusal(status: int | None) -> Reply:
    extensions = {"response": {"status": status}} if status else {}
    error = {"message": "refused", "extensions": extensions}
    return Reply(200, {}, json.dumps({"data": None, "errors": [error]}).encode())

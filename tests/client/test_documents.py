"""Documents of the user's own: conducted, checked and priced like the SDK's operations."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel

from leadiq._client import documents
from leadiq._client.documents import Documents
from leadiq._conduct.events import CallEnded, Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._core.errors import (
    ConfigurationError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
    ServerError,
)
from leadiq._core.pricing import PriceRange, Prices
from leadiq._core.receipts import Receipt
from leadiq.types import SearchPeopleInput
from script import Script, failed
from virtual_time import anyio_backend  # noqa: F401

ASK = "query Who($input: SearchPeopleInput!) { searchPeople(input: $input) { totalResults } }"
WHO = {"input": {"email": "ada@example.com"}}
ANSWER = {"data": {"searchPeople": {"totalResults": 3}}}
CLEAR = "mutation { removeAllTrackedCompanies { success } }"
CLEARED = {"data": {"removeAllTrackedCompanies": {"success": True}}}
REFRESH = 'mutation { regenerate(input: {personId: "1"}) }'
BROKEN = (502, {}, b"")
EMAILS = '{ searchPeople(input: {id: "1"}) { results { currentPositions { emails { value } } } } }'


class Count(BaseModel):
    """What `searchPeople` answers, of which only the count is asked for."""

    totalResults: int  # noqa: N815 - LeadIQ's name


class Answer(BaseModel):
    """A model of the caller's own."""

    searchPeople: Count  # noqa: N815 - LeadIQ's name


@pytest.fixture(autouse=True)
def loaded() -> None:
    """The schema is there: in virtual time no thread can be waited for."""
    documents._reader()


def client(*replies: Any) -> tuple[Documents, Script, list[Receipt]]:
    """A client that is answered from a list, what it sends, and what its calls did."""
    script, ended = Script(*replies), list[Receipt]()

    def note(event: object) -> None:
        if isinstance(event, CallEnded):
            ended.append(event.receipt)

    pacer = LocalPacer(Slots(600, burst=600))
    shared = Shared(script, pacer, Watchers(note), lambda: 0.5)  # type: ignore[arg-type]
    return Documents(shared, Options()), script, ended


@pytest.mark.anyio
async def test_the_answer_is_a_dict_as_it_came() -> None:
    """Document, name and variables are sent as they are given, and `data` comes back."""
    leadiq, script, _ = client(ANSWER)
    assert await leadiq.execute(ASK, WHO) == ANSWER["data"]
    assert script.sent == [{"query": ASK, "operationName": "Who", "variables": WHO}]


@pytest.mark.anyio
async def test_the_answer_is_the_model_that_is_asked_for() -> None:
    """`into` decodes the whole `data`; what has no name is sent without one."""
    leadiq, script, _ = client(ANSWER)
    anonymous = ASK.replace("Who", "")
    answer = await leadiq.execute(anonymous, WHO, into=Answer)
    assert answer == Answer(searchPeople=Count(totalResults=3))
    assert script.sent == [{"query": anonymous, "variables": WHO}]


class Sparse(BaseModel):
    """A model that finds nothing of what it knows."""

    usage: dict[str, str] | None = None


@pytest.mark.anyio
async def test_the_model_comes_before_the_answer_as_it_came() -> None:
    """A model that takes little of the answer is still what was asked for."""
    leadiq, _, _ = client(ANSWER)
    assert await leadiq.execute(ASK, WHO, into=Sparse) == Sparse()


@pytest.mark.anyio
async def test_an_answer_that_does_not_fit_is_not_lost() -> None:
    """A model that expects something else gives an error that has the answer."""
    data = {"searchPeople": {"totalResults": None}}
    leadiq, _, _ = client({"data": data})
    with pytest.raises(InputError, match=r"fit Answer at searchPeople\.totalResults") as caught:
        await leadiq.execute(ASK, WHO, into=Answer)
    assert caught.value.sent
    assert caught.value.data == data


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("into", "data"),
    [(None, ANSWER["data"]), (Answer, Answer(searchPeople=Count(totalResults=3)))],
)
async def test_what_came_beside_errors_is_in_the_error(
    into: type[Answer] | None, data: object
) -> None:
    """Partial data has the form that the answer would have had."""
    reply = {**ANSWER, "errors": [{"message": "half of it failed"}]}
    leadiq, _, _ = client(reply)
    with pytest.raises(GraphQLError, match="half of it failed") as caught:
        await leadiq.execute(ASK, WHO, into=into)  # type: ignore[call-overload]
    assert caught.value.data == data


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (failed(402), InsufficientCreditsError, "credits"),
        (
            {"errors": [{"message": 'Cannot query field "totalResults" on type "SearchResult".'}]},
            SchemaDriftError,
            "totalResults.*leadiq schema diff",
        ),
        ({"errors": [{"message": "who is Ada Example?"}]}, GraphQLError, "who is <hidden>"),
    ],
)
async def test_errors_mean_what_they_mean_elsewhere(
    reply: object, kind: type[LeadIQError], words: str
) -> None:
    """The same branches, the same words, and nothing of what the document itself says."""
    leadiq, _, _ = client(reply)
    text = '{ searchPeople(input: {fullName: "Ada Example"}) { totalResults } }'
    with pytest.raises(kind, match=words) as caught:
        await leadiq.execute(text)
    assert caught.value.operation == "searchPeople"
    assert caught.value.data is None


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("text", "options", "sent"),
    [
        (ASK, {}, 2),
        (ASK, {"repeatable": False}, 1),
        (ASK, {"validate": False}, 1),
        (ASK, {"validate": False, "repeatable": True}, 2),
        (CLEAR, {}, 1),
        (CLEAR, {"repeatable": True}, 2),
        (REFRESH, {}, 1),
    ],
)
async def test_only_reads_of_known_price_are_repeated(
    text: str, options: dict[str, Any], sent: int
) -> None:
    """A mutation, or what nobody has read, is repeated only when the caller says so."""
    leadiq, script, _ = client(BROKEN, ANSWER)
    variables = WHO if text == ASK else None
    if sent == 1:
        with pytest.raises(ServerError):
            await leadiq.execute(text, variables, **options)
    else:
        await leadiq.execute(text, variables, **options)
    assert len(script.sent) == sent


@pytest.mark.anyio
async def test_identical_reads_share_one_request_and_unread_ones_do_not() -> None:
    """What may be a write is never answered from another call's request."""
    leadiq, script, ended = client(ANSWER, CLEARED)
    await leadiq.execute(ASK, WHO, coalesce=True)
    await leadiq.execute(CLEAR, coalesce=True, validate=False, operation_name="Clear")
    assert [receipt.operation for receipt in ended] == ["Who", "Clear"]
    assert script.sent[1]["operationName"] == "Clear"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("text", "options", "most"),
    [
        (ASK, {}, Decimal(0)),
        (EMAILS, {}, Decimal(1)),
        (EMAILS, {"validate": False}, Decimal("Infinity")),
    ],
)
async def test_the_receipt_has_the_price(text: str, options: dict[str, Any], most: Decimal) -> None:
    """What a document selects is its price; one that nobody has read can cost anything."""
    leadiq, _, ended = client(ANSWER)
    await leadiq.execute(text, WHO if text == ASK else None, **options)
    assert ended[0].price == PriceRange(Decimal(0), most)


def test_the_price_is_told_without_sending() -> None:
    """`price` takes price list and sizes, and sends nothing."""
    leadiq, script, _ = client()
    assert leadiq.price(EMAILS) == (0, 1)
    assert leadiq.price(EMAILS, prices=Prices(email=Decimal(2)), results=3) == (0, 6)
    two = f"query One {ASK[ASK.index('(') :]} query Two {EMAILS}"
    assert leadiq.price(two, operation_name="Two") == (0, 1)
    assert script.sent == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("text", "variables", "options", "words"),
    [
        (" ", None, {}, "document has to be GraphQL"),
        (None, None, {}, "document has to be GraphQL"),
        ("{ usage {", None, {}, "line 1, column 10: Syntax Error"),
        ("{ usag { subscription { status } } }", None, {}, "'usag'.*Did you mean 'usage'"),
        (ASK, None, {}, r"\$input is missing; it has to be SearchPeopleInput!"),
        (ASK, [WHO], {}, "variables has to be a mapping"),
        (ASK, {5: WHO}, {}, "variables: names have to be str"),
        (ASK, {"input": object()}, {}, "input: JSON has no form of object"),
        (ASK, WHO, {"into": dict}, "into has to be a pydantic model"),
        (ASK, WHO, {"operation_name": "Whom"}, "no operation of that name. Did you mean 'Who'"),
        (f"{ASK} {ASK.replace('Who', 'Why')}", WHO, {}, r"\(Who, Why\): say which with operation_"),
        ("subscription { usage { subscription { status } } }", None, {}, "no subscriptions"),
    ],
)
async def test_what_is_wrong_is_not_sent(
    text: str, variables: Any, options: dict[str, Any], words: str
) -> None:
    """Each mistake is refused before anything is sent, saying what is wrong and where."""
    leadiq, script, _ = client()
    with pytest.raises(InputError, match=words) as caught:
        await leadiq.execute(text, variables, **options)
    assert not caught.value.sent
    assert script.sent == []


@pytest.mark.anyio
async def test_variables_may_be_inputs_and_times() -> None:
    """Inputs go by their GraphQL names with what was set; times as ISO 8601; all at any depth."""
    leadiq, script, _ = client(ANSWER, ANSWER, {"data": {"usage": None}})
    await leadiq.execute(ASK, {"input": SearchPeopleInput(full_name="Ada")})
    await leadiq.execute(ASK, {"input": {"workEmailStatusIn": ["Verified"], "limit": 1}})
    text = "query($from: ZonedDateTime) { usage { planUsage(from: $from) { units } } }"
    await leadiq.execute(text, {"from": datetime(2026, 1, 1, tzinfo=UTC)})
    assert [sent["variables"] for sent in script.sent] == [
        {"input": {"fullName": "Ada"}},
        {"input": {"workEmailStatusIn": ["Verified"], "limit": 1}},
        {"from": "2026-01-01T00:00:00Z"},
    ]


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that makes a module impossible to import, and forgets what needs it."""

    def forget(name: str) -> None:
        documents._reader.cache_clear()
        for module in [m for m in sys.modules if m.startswith("leadiq._schema.")]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setitem(sys.modules, name, None)

    yield forget
    documents._reader.cache_clear()


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])  # a thread needs real time
@pytest.mark.anyio
async def test_without_the_extra_a_document_is_sent_unread(missing: Any) -> None:
    """Without graphql-core nothing is checked, the price is unknown, and nothing is repeated."""
    missing("graphql")
    leadiq, script, ended = client(ANSWER)
    assert await leadiq.execute(ASK, WHO, operation_name="Who") == ANSWER["data"]
    assert script.sent[0] == {"query": ASK, "operationName": "Who", "variables": WHO}
    assert ended[0].price.maximum.is_infinite()
    with pytest.raises(ConfigurationError, match=r"leadiq-sdk\[schema\]"):
        leadiq.price(ASK, WHO)


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.anyio
async def test_the_schema_is_loaded_beside_the_event_loop() -> None:
    """The first document waits for the schema in a thread; nothing of the SDK may be missing."""
    documents._reader.cache_clear()
    leadiq, _, _ = client(ANSWER)
    assert await leadiq.execute(ASK, WHO)


def test_only_graphql_core_may_be_missing(missing: Any) -> None:
    """A broken installation is not taken for one without the extra."""
    missing("leadiq._core.billing")
    leadiq, _, _ = client()
    with pytest.raises(ModuleNotFoundError):
        leadiq.price(ASK, WHO)

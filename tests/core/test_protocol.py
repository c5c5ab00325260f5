"""What replies mean: every way in which LeadIQ, or something in front of it, can say no."""

from __future__ import annotations

import gc
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, field_validator

from leadiq._core.errors import (
    AuthenticationError,
    ConfigurationError,
    ErrorItem,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    SchemaDriftError,
    ServerError,
)
from leadiq._core.protocol import Envelope, read_reply
from leadiq._generated.get_account import GetAccount
from leadiq._generated.search_people import SearchPeople

PEOPLE = Envelope[SearchPeople]
ACCOUNT = Envelope[GetAccount]

FOUND: dict[str, Any] = {"searchPeople": {"totalResults": 0, "hasMore": False, "results": []}}
GOOD = json.dumps({"data": FOUND}).encode()

EMAIL = "ada.example@example.com"
NAME = "Adalovelia Exampleson"
PHONE = "+1 (555) 010-0199"
KEY = "cmF3LWtleS0wMTIzNDU2Nzg5Og=="
MARKERS = (EMAIL, NAME, PHONE, KEY)
VARIABLES = {"input": {"email": EMAIL, "fullName": NAME, "phones": [PHONE], "note": KEY}}


def read(body: Any, status: int = 200, **more: Any) -> Any:
    """Read a reply; what is not bytes is written as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_reply(PEOPLE, status, raw, **more)


def said(message: Any = "no", data: Any = None, **extensions: Any) -> dict[str, Any]:
    """A reply with one error."""
    return {"data": data, "errors": [{"message": message, "extensions": extensions}]}


def answered(status: Any) -> dict[str, Any]:
    """Extensions in which LeadIQ puts the status that a REST API would have used [samples]."""
    return {"response": {"status": status}}


def test_data_is_the_model() -> None:
    """A good reply is the operation's model."""
    reply = read({"data": FOUND})
    assert isinstance(reply, SearchPeople)
    assert reply.search_people.total_results == 0


@pytest.mark.parametrize("errors", [[], None, {}, "", 0, False])
def test_no_errors_can_be_said_in_many_ways(errors: Any) -> None:
    """An answer that was paid for is not lost to an odd way of saying that nothing failed."""
    assert isinstance(read({"data": FOUND, "errors": errors}), SearchPeople)


def test_members_that_nobody_knows_are_ignored() -> None:
    """GraphQL's `extensions` and whatever else comes beside the data changes nothing."""
    reply = read({"data": {**FOUND, "later": 1}, "extensions": {"cost": 1}, "later": []})
    assert isinstance(reply, SearchPeople)


def test_a_byte_order_mark_is_skipped() -> None:
    """A mark in front of a good reply does not make it unreadable, nor one before an error."""
    assert isinstance(read(b"\xef\xbb\xbf" + GOOD), SearchPeople)
    error = json.dumps(said(**answered(402))).encode()
    assert isinstance(read(b"\xef\xbb\xbf" + error), InsufficientCreditsError)


def test_the_last_of_duplicate_keys_counts() -> None:
    """Duplicate keys are read as every JSON reader reads them."""
    assert isinstance(
        read(b'{"data": null, "data": %s}' % json.dumps(FOUND).encode()), SearchPeople
    )
    assert isinstance(read(GOOD[:-1] + b', "data": null}'), ServerError)


BRANCHES = {
    401: AuthenticationError,
    402: InsufficientCreditsError,
    403: AuthenticationError,
    429: RateLimitError,
    400: InputError,
    500: ServerError,
    503: ServerError,
    404: GraphQLError,
    409: GraphQLError,
}


@pytest.mark.parametrize("http", [200, None], ids=["in a 200", "with the status"])
@pytest.mark.parametrize(("status", "kind"), BRANCHES.items())
@pytest.mark.parametrize("form", [int, str])
def test_a_status_in_the_extensions_is_meant(
    status: int, kind: type[LeadIQError], http: int | None, form: type
) -> None:
    """`extensions.response.status`, a number or text, inside a 200 or beside the HTTP status."""
    error = read(said(**answered(form(status))), http or status)
    assert type(error) is kind
    assert error.status == status
    assert error.errors == (ErrorItem("no", (), None, status),)


@pytest.mark.parametrize(
    ("status", "kind"), [*BRANCHES.items(), (404, GraphQLError), (502, ServerError)]
)
def test_an_http_status_beside_errors_is_meant(status: int, kind: type[LeadIQError]) -> None:
    """Errors that carry no status of their own have that of HTTP."""
    error = read({"errors": [{"message": "no"}]}, status)
    assert type(error) is kind
    assert error.status == status


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AuthenticationError),
        (402, InsufficientCreditsError),
        (403, AuthenticationError),
        (429, RateLimitError),
        (400, InputError),
        (404, ServerError),
        (413, ServerError),
        (500, ServerError),
        (502, ServerError),
        (503, ServerError),
        (504, ServerError),
        (204, ServerError),
        (301, ConfigurationError),
        (302, ConfigurationError),
        (307, ConfigurationError),
        (308, ConfigurationError),
    ],
)
@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad Gateway</html>", b'{"message": "no"}', b"[]", b"null"]
)
def test_an_http_status_alone_is_meant(status: int, kind: type[LeadIQError], body: bytes) -> None:
    """Whatever a gateway writes, its status decides."""
    error = read(body, status)
    assert type(error) is kind
    assert error.status == status
    assert error.errors == ()
    assert error.data is None
    assert "html" not in str(error)


def test_a_redirect_names_the_setting() -> None:
    """A redirect is a wrong endpoint: LeadIQ has not taken the request, and the key goes nowhere
    else."""
    error = read(b"", 307)
    assert "LEADIQ_ENDPOINT" in str(error)
    assert error.sent is False


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("UNAUTHENTICATED", 401, AuthenticationError),
        ("UNAUTHORIZED", 401, AuthenticationError),
        ("FORBIDDEN", 403, AuthenticationError),
        ("PAYMENT_REQUIRED", 402, InsufficientCreditsError),
        ("INSUFFICIENT_CREDITS", 402, InsufficientCreditsError),
        ("RATE_LIMITED", 429, RateLimitError),
        ("RATE_LIMIT", 429, RateLimitError),
        ("too_many_requests", 429, RateLimitError),
        ("BAD_USER_INPUT", 400, InputError),
        ("MISSING_QUERY_STRING", 400, InputError),
        ("INTERNAL_SERVER_ERROR", 500, ServerError),
        ("GRAPHQL_VALIDATION_FAILED", 200, SchemaDriftError),
        ("SOMETHING_ELSE", 200, GraphQLError),
        (17, 200, GraphQLError),
    ],
)
def test_a_code_is_meant(code: Any, status: int, kind: type[LeadIQError]) -> None:
    """`extensions.code` decides where there is no status."""
    error = read(said(code=code))
    assert type(error) is kind
    assert error.status == status
    assert error.errors[0].code == str(code)


@pytest.mark.parametrize(
    ("message", "status", "kind"),
    [
        ("Too Many Requests", 429, RateLimitError),
        ("Rate limit exceeded for this key", 429, RateLimitError),
        ("You have insufficient credits.", 402, InsufficientCreditsError),
        ("Not enough credits", 402, InsufficientCreditsError),
        ("Unauthorized", 401, AuthenticationError),
        ("User is unauthenticated", 401, AuthenticationError),
        ('Variable "$input" got invalid value 1', 400, InputError),
        ('Cannot query field "x" on type "Y".', 200, SchemaDriftError),
        ('Unknown type "X".', 200, SchemaDriftError),
        ('Unknown argument "x".', 200, SchemaDriftError),
        ('Unknown fragment "X".', 200, SchemaDriftError),
        ("The list name is in use", 200, GraphQLError),
    ],
)
def test_words_are_the_last_resort(message: str, status: int, kind: type[LeadIQError]) -> None:
    """An error with neither status nor code is judged by its words."""
    error = read(said(message))
    assert type(error) is kind
    assert error.status == status


def test_the_plainer_sign_wins() -> None:
    """A status outranks a code, and a code outranks words."""
    error = read(said("Unauthorized", code="RATE_LIMITED", **answered(402)))
    assert type(error) is InsufficientCreditsError
    assert type(read(said("Unauthorized", code="RATE_LIMITED"))) is RateLimitError
    assert type(read(said(status=402))) is InsufficientCreditsError


@pytest.mark.parametrize("http", [200, 400, 422])
def test_a_document_that_is_not_understood_is_drift(http: int) -> None:
    """Servers answer an unknown field with 400 too: it is the SDK that is out of date, whatever
    the caller's values take out of the message."""
    error = read(said('Cannot query field "x".'), http, variables={"firstName": "ann"})
    assert type(error) is SchemaDriftError
    assert type(read(said("no", code="GRAPHQL_VALIDATION_FAILED"), http)) is SchemaDriftError
    both = read({"errors": ["Unknown type", {"message": "no", "extensions": answered(402)}]}, http)
    assert type(both) is InsufficientCreditsError


@pytest.mark.parametrize(
    ("statuses", "kind", "status"),
    [
        ([500, 402, 429], InsufficientCreditsError, 402),
        ([429, 402], InsufficientCreditsError, 402),
        ([402, 401], AuthenticationError, 401),
        ([500, 429], RateLimitError, 429),
        ([400, 403], AuthenticationError, 403),
        ([400, 500], InputError, 400),
        ([404, 500, 503], ServerError, 503),
        ([404, 409], GraphQLError, 409),
    ],
)
def test_of_several_errors_the_gravest_counts(
    statuses: list[int], kind: type[LeadIQError], status: int
) -> None:
    """All errors are read, in either order, and all are kept."""
    for order in (statuses, statuses[::-1]):
        errors = [{"message": "no", "extensions": answered(s)} for s in order]
        error = read({"data": None, "errors": errors})
        assert type(error) is kind
        assert error.status == status
        assert [item.status for item in error.errors] == order


def test_partial_data_is_kept_typed() -> None:
    """What came beside the errors may have been paid for: it is kept as the model."""
    error = read(said(data=FOUND, **answered(402)))
    assert type(error) is InsufficientCreditsError
    assert isinstance(error.data, SearchPeople)
    assert isinstance(read(said(data=FOUND), 500).data, SearchPeople)
    assert isinstance(read(said(data={**FOUND, "another": None})).data, SearchPeople)


@pytest.mark.parametrize("data", [None, {}, [], "text", {"searchPeople": None}, {"a": 1}])
def test_partial_data_that_does_not_fit_is_left_out(data: Any) -> None:
    """Errors win over data that breaks the schema."""
    error = read(said(data=data, **answered(402)))
    assert type(error) is InsufficientCreditsError
    assert error.data is None


def test_a_nullable_root_that_is_null_is_an_answer() -> None:
    """Without an error it is typed data; beside one it is nothing."""
    body = json.dumps(said(data={"account": None}))
    error = read_reply(ACCOUNT, 200, body.encode())
    assert isinstance(error, GraphQLError)
    assert error.data is None
    assert read_reply(ACCOUNT, 200, b'{"data": {"account": null}}') == GetAccount(account=None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b"1",
        b'"text"',
        b"[]",
        b'[{"data": {}}]',
        b"{}",
        b'{"message": "no"}',
        b'{"errors": []}',
        b'{"errors": null}',
        b"<!doctype html><html></html>",
        GOOD[:-1],
        GOOD[:20],
        GOOD + b"}",
        b'{"data": "\xff\xfe"}',
        GOOD.decode().encode("utf-16"),
        b'{"data": ' + b"[" * 100_000,
        b'{"data": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
        b'{"data": ' + b"9" * 5000 + b"}",
        b"\x1f\x8b\x08\x00",
    ],
)
def test_what_cannot_be_read_is_the_servers_failure(body: bytes) -> None:
    """A 200 that is no GraphQL reply, in whatever way, is a ServerError that shows none of it."""
    error = read(body)
    assert type(error) is ServerError
    assert str(error) == "the reply is not a GraphQL reply"
    assert error.status == 200


def test_neither_data_nor_errors() -> None:
    """`data: null` without a reason is the server's failure."""
    error = read({"data": None})
    assert type(error) is ServerError
    assert str(error) == "the reply has neither data nor errors"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "data.searchPeople"),
        ([], "data"),
        ("ada@example.com", "data"),
        (1, "data"),
        ({"searchPeople": None}, "data.searchPeople"),
        ({"searchPeople": {**FOUND["searchPeople"], "totalResults": EMAIL}}, "totalResults"),
        ({"searchPeople": {**FOUND["searchPeople"], "totalResults": float("nan")}}, "totalResults"),
        ({"searchPeople": {**FOUND["searchPeople"], "results": [{"id": [EMAIL]}]}}, "results.0.id"),
    ],
)
def test_drift_names_the_place_and_not_the_value(data: Any, place: str) -> None:
    """Data that breaks the schema is drift; the error says where, and never what stood there."""
    error = read({"data": data})
    assert type(error) is SchemaDriftError
    assert place in str(error)
    assert EMAIL not in repr(error)
    assert error.status == 200


def test_a_huge_integer_is_read() -> None:
    """A number beyond what GraphQL allows costs nobody an answer."""
    result = {**FOUND["searchPeople"], "totalResults": 2**70}
    assert read({"data": {"searchPeople": result}}).search_people.total_results == 2**70


def test_drift_names_few_places() -> None:
    """However much does not fit, the error stays a sentence."""
    people = [{"id": None} for _ in range(50)]
    error = read({"data": {"searchPeople": {"totalResults": 1, "hasMore": 1, "results": people}}})
    assert type(error) is SchemaDriftError
    assert str(error).count("results.") <= 5


@pytest.mark.parametrize(
    "errors",
    [
        "text",
        ["text"],
        {"message": "text"},
        [{"message": "text", "path": "a", "extensions": []}],
        [{"message": "text", "path": {"a": 1}, "extensions": None}],
        [{"message": "text", "extensions": {"response": "x", "code": None}}],
        [{"message": "text", "extensions": {"response": {"status": None}}}],
        [{"message": "text", "extensions": {"response": {"status": "soon"}}}],
        [{"message": "text", "extensions": {"response": {"status": True}}}],
        [{"message": "text", "extensions": {"response": {"status": 42}}}],
        [{"message": "text", "extensions": {"response": {"status": "9" * 5000}}}],
        [{"message": "text", "extensions": {"response": {"status": 401.5}}}],
        [{"message": "text", "extensions": {"response": {"status": "²00"}}}],
    ],
)
def test_malformed_errors_keep_their_message(errors: Any) -> None:
    """An error that is not as GraphQL wants it still says what it says, and means no status."""
    error = read({"data": None, "errors": errors})
    assert type(error) is GraphQLError
    assert str(error) == "text"
    assert error.status == 200
    assert error.errors[0].status is None


@pytest.mark.parametrize("error", [{"message": ""}, {"message": None}, {"code": 1}, {}])
def test_an_error_without_a_message_says_so(error: Any) -> None:
    """An error never has an empty text."""
    assert str(read({"errors": [{"path": ["a"], **error}]})) == "LeadIQ gave no reason"


def test_odd_errors_keep_what_they_are() -> None:
    """Even an error that is null, a number or an array leaves its text."""
    items = read({"errors": [None, 7, [1], {}]}).errors
    assert [item.message for item in items] == ["None", "7", "[1]", "{}"]


def test_paths_tell_which_field_failed() -> None:
    """Names and indices are kept; what is neither is left out."""
    error = read({"errors": [{"message": "no", "path": ["searchPeople", 0, None, 1.5, EMAIL]}]})
    assert error.errors[0].path == ("searchPeople", 0, "<hidden>")


def test_input_errors_say_what_is_wrong() -> None:
    """For wrong input the server's words are in the text; for others ours are enough."""
    assert str(read(said("limit is too large", **answered(400)))).endswith(": limit is too large")
    assert "secret words" not in str(read(said("secret words", **answered(401))))


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool) -> None:
    """A large body is decoded without the collector, which is as before afterwards."""
    body = GOOD[:-1] + b', "later": "' + b"a" * 1_000_000 + b'"}'
    was = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        assert isinstance(read(body), SearchPeople)
        assert gc.isenabled() is enabled
        assert isinstance(read(body[:-1]), ServerError)
        assert gc.isenabled() is enabled
    finally:
        gc.enable() if was else gc.disable()


class Watched(BaseModel):
    """Says whether the garbage collector was on while it was decoded."""

    value: str

    @field_validator("value")
    @classmethod
    def _look(cls, _: str) -> str:
        return f"collector on: {gc.isenabled()}"


@pytest.mark.parametrize(("size_bytes", "on"), [(1000, True), (65_536, True), (65_537, False)])
def test_the_garbage_collector_is_kept_out_of_large_bodies(size_bytes: int, on: bool) -> None:
    """Above 64 KiB, while the models come about, and no longer."""
    assert gc.isenabled()
    body = b'{"data": {"value": "x"}}'.ljust(size_bytes)
    reply = read_reply(Envelope[Watched], 200, body)
    assert isinstance(reply, Watched)
    assert reply.value == f"collector on: {on}"
    assert gc.isenabled()


def test_data_with_the_status_of_a_failure_is_no_answer() -> None:
    """What stands beside a 500 is not what was asked for."""
    assert isinstance(read({"data": FOUND}, 500), ServerError)


def test_an_envelope_does_not_show_what_is_in_it() -> None:
    """pydantic would quote the value that does not fit."""
    with pytest.raises(ValidationError) as refused:
        PEOPLE.model_validate({"data": {"searchPeople": EMAIL}})
    assert EMAIL not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, "LeadIQ does not accept the API key; check LEADIQ_API_KEY"),
        (402, "the account's credits do not cover this call"),
        (403, "the API key may not do this"),
        (429, "the key has sent more requests than its limit allows"),
        (503, "LeadIQ answered with HTTP 503"),
        (
            300,
            "the endpoint answered with a redirect, which is not followed with credentials; set "
            "LEADIQ_ENDPOINT to where it leads",
        ),
    ],
)
def test_a_status_says_what_to_do(status: int, text: str) -> None:
    """The words are for people, and whole."""
    assert str(read(b"", status)).startswith(text)
    assert "XX" not in str(read(said(**answered(status))))


def test_what_kind_of_failure_it_was_stands_in_the_text() -> None:
    """Of several errors the gravest status is named."""
    assert str(read(said(**answered(503)))).startswith("LeadIQ failed (503)")
    reply = read({"data": None})
    assert (reply.status, str(reply).startswith("the reply has neither data nor")) == (200, True)


def test_drift_is_found_among_other_errors() -> None:
    """The error that tells of it is the one that is shown, and partial data stays."""
    other, drift = {"message": "other"}, {"message": 'Cannot query field "x" on type "Y"'}
    reply = read({"data": FOUND, "errors": [other, drift]})
    assert isinstance(reply, SchemaDriftError)
    assert str(reply).startswith(
        f"LeadIQ's schema differs from this SDK's: {drift['message']}; `leadiq schema diff` shows"
    )
    assert isinstance(reply.data, SearchPeople)
    assert isinstance(read({"errors": [drift["message"]]}), SchemaDriftError)


def test_a_wrong_value_is_wrong_input_whatever_its_code() -> None:
    """graphql-js gives it the code of a document that is not understood."""
    message = 'Variable "$input" got invalid value 5'
    reply = read(said(message, code="GRAPHQL_VALIDATION_FAILED"))
    assert isinstance(reply, InputError)


def test_an_input_that_the_server_lacks_is_drift() -> None:
    """The inputs are those of our schema, so the server's differs; it is not the caller's fault."""
    message = (
        'Variable "$input" got invalid value {...}; Field "hashedEmail" is not defined by type'
        ' "SearchPeopleInput".'
    )
    reply = read(said(message, code="BAD_USER_INPUT"))
    assert isinstance(reply, SchemaDriftError)
    assert "hashedEmail" in str(reply)


@pytest.mark.parametrize("data", [None, {}, {"searchPeople": None}, [], 5])
def test_data_of_nulls_is_nothing(data: Any) -> None:
    """Beside an error only what holds something is kept."""
    error = read({"data": data, "errors": [{"message": "no", "extensions": {"status": 500}}]})
    assert isinstance(error, ServerError)
    assert error.data is None


def test_drift_lists_its_places() -> None:
    """In order, with commas; and the command that shows more."""
    reply = read({"data": {"searchPeople": {"totalResults": "x", "hasMore": "?", "results": 5}}})
    assert isinstance(reply, SchemaDriftError)
    place = "data.searchPeople."
    assert str(reply).startswith(
        "the reply does not fit this SDK's schema at "
        f"{place}hasMore, {place}results, {place}totalResults; `leadiq schema diff` shows"
    )


def planted() -> list[tuple[int, Any]]:
    """Replies that repeat what was sent, in every place that a server can write to."""
    words = f"no {EMAIL}, {NAME.upper()} at {PHONE}; key {KEY}"
    item = {"message": words, "path": [EMAIL, PHONE, KEY], "extensions": {"code": words}}
    replies: list[tuple[int, Any]] = [
        (status, {"data": data, "errors": [{**item, "extensions": {**extensions, "code": words}}]})
        for status in (200, 400, 401, 500)
        for data in (None, FOUND, {"searchPeople": words})
        for extensions in ({}, answered(400), answered(402), answered(404), answered(words))
    ]
    replies += [(200, {"errors": e}) for e in (words, [words], {words: words}, [[words]], [{}])]
    replies += [(s, words) for s in (200, 302, 400, 401, 502)]
    replies += [(200, {"data": {"searchPeople": {words: words}}}), (200, {"data": words})]
    replies += [(200, said(f'Cannot query field "{words}"')), (200, said({"a": [words]}))]
    return replies


@pytest.mark.parametrize(("status", "body"), planted())
def test_nothing_that_was_sent_is_shown(status: int, body: Any) -> None:
    """No address, name, phone or key of the request, or of the server's words, is in the text of
    an error, in its items, or in a pickle of it apart from `data`."""
    error = read(body, status, variables=VARIABLES)
    assert isinstance(error, LeadIQError)
    error.data = None
    shown = f"{error} {error!r} {error.errors} {error.__dict__} {pickle.dumps(error)!r}".lower()
    for marker in (*MARKERS, "010-0199"):
        assert marker.lower() not in shown


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8)
            | st.sampled_from(["message", "path", "extensions", "code", "status"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
REPLIES = st.fixed_dictionaries(
    {}, optional={"data": JSON | st.just(FOUND), "errors": JSON | st.lists(JSON, max_size=3)}
)
STATUSES = st.sampled_from([200, 200, 200, 204, 302, 400, 401, 402, 404, 429, 500, 503, 599])


@given(st.binary(), STATUSES)
def test_random_bytes_never_raise(body: bytes, status: int) -> None:
    """Whatever bytes come, the reply is a model or an error."""
    assert isinstance(read_reply(PEOPLE, status, body), SearchPeople | LeadIQError)


@given(JSON | REPLIES, STATUSES, JSON)
def test_random_json_never_raises(body: Any, status: int, variables: Any) -> None:
    """Whatever JSON comes, and whatever was sent, the reply is a model or an error with a text."""
    reply = read_reply(PEOPLE, status, json.dumps(body).encode(), variables)
    assert isinstance(reply, SearchPeople | LeadIQError)
    if isinstance(reply, LeadIQError):
        assert str(reply)
        assert pickle.dumps(reply)


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=3))
def test_damaged_replies_never_raise(at: int, damage: bytes) -> None:
    """A reply that was cut, or changed on the way, is a model or an error."""
    for body in (GOOD[:at], GOOD[:at] + damage + GOOD[at:], GOOD[:at] + damage + GOOD[at + 1 :]):
        assert isinstance(read(body), SearchPeople | LeadIQError)


@pytest.mark.parametrize("amount", ["0.1", '"0.1"', '"0.12345678901234567890"', "3"])
def test_amounts_are_decimals(amount: str) -> None:
    """BigDecimal is read from a number or from text, and text keeps every digit."""
    cost = f'{{"dataPoint": "X", "cost": 1, "costInDecimals": {amount}}}'
    plan = (
        f'{{"name": "a", "product": "b", "status": "c", "available": 1, "used": 1,'
        f'"visibility": [], "costs": [{{"sku": "d", "costs": [{cost}]}}]}}'
    )
    body = f'{{"data": {{"account": {{"plans": [], "universalPlan": {plan}}}}}}}'
    reply = read_reply(ACCOUNT, 200, body.encode())
    assert isinstance(reply, GetAccount), reply
    assert reply.account
    assert reply.account.universal_plan
    (costs,) = reply.account.universal_plan.costs
    assert costs.costs[0].cost_in_decimals == Decimal(amount.strip('"'))

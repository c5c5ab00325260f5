"""What can go wrong on request: frozen values that say when, and whether it was charged.

    Latency(seconds=0.2, spread="exponential", rate=0.1)   in code
    latency:seconds=0.2,spread=exponential,rate=0.1        on the command line and in a header
    {"kind": "latency", "seconds": 0.2, "rate": 0.1}       over POST /_sandbox/faults

When: `requests` are the numbers of the requests it hits, counted from 1 when the fault was set;
without them each request is hit with the chance `rate`. A fault that hits goes on for `burst`
requests. `operation` narrows all of it, the counting too, to one operation name. Only requests that
would have been answered are counted: neither a wrong key nor the limit uses a fault up.

`charged`: whether LeadIQ did the work and took the credits before it went wrong. Where it did not
and no answer is needed, nothing is executed at all.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    TypeAdapter,
    ValidationError,
)

_NAME = r"^[_A-Za-z][_0-9A-Za-z]*$"
Name = Annotated[str, Field(pattern=_NAME)]
Member = Annotated[str, Field(pattern=r"^[_A-Za-z][_0-9A-Za-z]*\.[_A-Za-z][_0-9A-Za-z]*$")]
"""A field of a type, or a member of an input: `PersonRecord.confidence`."""
Number = Annotated[int, Field(ge=1, le=10**9)]


def _numbers(value: object) -> object:
    return value.split("+") if isinstance(value, str) else value


class _Fault(BaseModel):
    """When a fault hits, and whether the request was charged before it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rate: Annotated[float, Field(ge=0, le=1)] = 1.0
    requests: Annotated[tuple[Number, ...], BeforeValidator(_numbers)] = ()
    burst: Number = 1
    operation: str | None = None
    charged: bool = True


class Latency(_Fault):
    """An answer that takes `seconds` longer: always, or on average with a `spread`.

    With `charged=False` it waits before the work, and a client that has gone by then pays nothing.
    """

    kind: Literal["latency"] = "latency"
    seconds: Annotated[float, Field(ge=0, le=3600)]
    spread: Literal["constant", "uniform", "exponential", "lognormal"] = "constant"


class Refused(_Fault):
    """A refusal in LeadIQ's envelope: 429, 500, or another status; `burst` makes a burst of it."""

    kind: Literal["refused"] = "refused"
    status: Annotated[int, Field(ge=400, le=599)] = 429
    form: Literal["body", "http"] | None = None
    """Where the status stands; as `error_form` has it unless given."""
    retry_after_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    """The value of a Retry-After header, which LeadIQ does not send [guide]."""
    charged: bool = False


class Gateway(_Fault):
    """An answer of something between the client and LeadIQ: a page of HTML, or nothing."""

    kind: Literal["gateway"] = "gateway"
    status: Annotated[int, Field(ge=200, le=599)] = 502
    body: Literal["html", "empty"] = "html"
    charged: bool = False


class Reset(_Fault):
    """A connection that is reset before the answer, or in the middle of its body."""

    kind: Literal["reset"] = "reset"
    at: Literal["start", "body"] = "start"


class Truncated(_Fault):
    """A body of which only the share `keep` arrives before the connection is closed."""

    kind: Literal["truncated"] = "truncated"
    keep: Annotated[float, Field(ge=0, lt=1)] = 0.5


class Partial(_Fault):
    """Data with an error beside it: `field` fails; without it the first that may be null."""

    kind: Literal["partial"] = "partial"
    field: Member | None = None


class UnknownEnum(_Fault):
    """A value that the contract does not have, in each field of the `enum`, or of every one."""

    kind: Literal["unknown_enum"] = "unknown_enum"
    enum: Name | None = None
    value: Name = "SandboxUnknown"


class UnknownMember(_Fault):
    """An object of a type that the contract does not have, for a union or interface, or all."""

    kind: Literal["unknown_member"] = "unknown_member"
    of: Name | None = None
    type: Name = "SandboxUnknownMember"


class Removed(_Fault):
    """A field, or a member of an input, that the server does not have any more, or not yet."""

    kind: Literal["removed"] = "removed"
    field: Member


class Renamed(_Fault):
    """A field that has another name on the server; not for root fields and inputs."""

    kind: Literal["renamed"] = "renamed"
    field: Member
    to: Name


class Nullable(_Fault):
    """A field that the server lets be null, and that is null."""

    kind: Literal["nullable"] = "nullable"
    field: Member


class NoIntrospection(_Fault):
    """A server that does not tell its schema."""

    kind: Literal["no_introspection"] = "no_introspection"


class NoCursor(_Fault):
    """A server older than the cursors of the advanced searches: no `after`, neither in nor out."""

    kind: Literal["no_cursor"] = "no_cursor"


Fault = (
    Latency | Refused | Gateway | Reset | Truncated | Partial | UnknownEnum | UnknownMember
    | Removed | Renamed | Nullable | NoIntrospection | NoCursor
)  # fmt: skip
Drift = (
    Partial
    | UnknownEnum
    | UnknownMember
    | Removed
    | Renamed
    | Nullable
    | NoIntrospection
    | NoCursor
)
Ending = Refused | Gateway | Reset | Truncated


class _Adapters:
    one: ClassVar[TypeAdapter[Fault]] = TypeAdapter(Annotated[Fault, Discriminator("kind")])
    many: ClassVar[TypeAdapter[tuple[Fault, ...]]] = TypeAdapter(
        tuple[Annotated[Fault, Discriminator("kind")], ...]
    )


def read_faults(content: bytes) -> tuple[Fault, ...]:
    """Return the faults of a JSON list.

    Raises:
        ValueError: it is none; the sentence names the place and repeats no value.
    """
    try:
        return _Adapters.many.validate_json(content or b"[]")
    except ValidationError as error:
        raise ValueError(_sentence(error)) from None


def fault_kinds() -> list[dict[str, Any]]:
    """Return the JSON schema of each kind of fault."""
    return [kind.model_json_schema() for kind in get_args(Fault)]


def parse_faults(text: str) -> tuple[Fault, ...]:
    """Return the faults of a line, `kind:name=value,name=value; kind`.

    Raises:
        ValueError: as `read_faults` does.
    """
    return tuple(_parse(part) for part in text.split(";") if part.strip())


def _parse(text: str) -> Fault:
    kind, _, rest = text.strip().partition(":")
    members: dict[str, Any] = {"kind": kind.strip().replace("-", "_")}
    for part in filter(None, rest.split(",")):
        name, _, value = part.partition("=")
        members[name.strip().replace("-", "_")] = value.strip()
    try:
        return _Adapters.one.validate_python(members)
    except ValidationError as error:
        raise ValueError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in found["loc"])
    return f"faults {place}: {found['msg']}." if place else f"faults: {found['msg']}."

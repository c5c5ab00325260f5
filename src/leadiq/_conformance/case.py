"""What is sent to a server, and what has to come back: values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reach(StrEnum):
    """Where a case may be sent."""

    FREE = "free"
    """Anywhere: it costs nothing and changes nothing."""
    PAID = "paid"
    """Where whoever pays has said so."""
    SANDBOX = "sandbox"
    """To a sandbox only: it changes what a team keeps, or needs a server that was set up for it."""


class Who(StrEnum):
    """In whose name a case is sent."""

    KEY = "key"
    NOBODY = "nobody"
    WRONG = "a wrong key"
    TWICE = "the key, encoded once more"
    LIMITED = "a key with one request a minute"
    POOR = "a key without credits"


Source: TypeAlias = Literal["ref", "guide", "samples", "live", "graphql", "unknown"]
"""Who says that it has to be so: LeadIQ, the GraphQL specification, or nobody."""


class Kept(NamedTuple):
    """Stands in a case's values for what an earlier case kept under this name."""

    name: str


class Part(NamedTuple):
    """Stands in a case's values for a text with something kept in it, at `{}`."""

    text: str
    kept: str


class Data(NamedTuple):
    """Data without errors, exactly as selected."""

    equal: Mapping[str, Any] = {}
    """What has to stand at some paths of the data; see `judging.find`."""
    unlike: Mapping[str, Any] = {}
    """What must not: a page that comes back again."""


class Refused(NamedTuple):
    """No data and a status: in HTTP, or in the body of a 200 [samples]."""

    status: int
    code: str | None = None
    """`extensions.code`, where it was seen."""


class Invalid(NamedTuple):
    """GraphQL's errors, and no data: nothing of the document has run."""


Expected: TypeAlias = Data | Refused | Invalid


class Raw(NamedTuple):
    """A request that is no POST of a document in JSON."""

    content: bytes
    method: str = "POST"
    content_type: str = "application/json"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request and its answer.

    Attributes:
        name: what it is about, in words.
        query: the document; unused where there is a `raw` request.
        variables: JSON-ready values, with `Kept` and `Part` in them; None is sent as null.
        operation: `operationName`, where one is sent.
        expect: what has to come back.
        reach: where it may be sent.
        who: in whose name.
        source: who says so.
        raw: the request, where it is something else than a document.
        times: how often it is sent; the last answer counts.
        keep: names for what later cases go on with, and their paths in the data.
    """

    name: str
    query: str = ""
    variables: Mapping[str, Any] | None = field(default_factory=dict[str, Any])
    operation: str | None = None
    expect: Expected = field(default_factory=Data)
    reach: Reach = Reach.FREE
    who: Who = Who.KEY
    source: Source = "ref"
    raw: Raw | None = None
    times: int = 1
    keep: Mapping[str, str] = field(default_factory=dict[str, str])

"""What a sandbox is told: one frozen value that refuses what makes no sense."""

from __future__ import annotations

import time
from base64 import b64encode
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._faults import Fault

Window = Literal["fixed", "sliding", "bucket"]
Misses = Literal["free", "billed"]
CompanyRepeats = Literal["charged", "free"]
ErrorForm = Literal["body", "http"]
Plan = Literal["universal", "api", "trial"]
Aliases = Literal["free", "counted"]
CursorEnd = Literal["null", "empty"]
Decimals = Literal["number", "string"]
RunEnd = Literal["successful", "failed", "timeout"]

DEFAULT_KEY = b64encode(b"sandbox-key:").decode()
"""The key a sandbox accepts unless told otherwise: like LeadIQ's, it goes verbatim after Basic."""

FIRST_TEAM = "sandbox"
MOST_PEOPLE = 10**9
_MOST_SECONDS = 10.0**9


@dataclass(frozen=True, kw_only=True)
class Prices:
    """Credits per data point [guide]; `page` is one page of an advanced search [samples]."""

    profile: Decimal = Decimal("0.1")
    person_email: Decimal = Decimal(1)
    person_phone: Decimal = Decimal(10)
    company: Decimal = Decimal(3)
    page: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        """Refuse a price that is no decimal of zero or more."""
        for price in fields(self):
            _require_credits(f"prices.{price.name}", getattr(self, price.name))


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of a team and what it may send."""

    key: str
    """What has to stand after `Basic`, verbatim."""
    requests_per_minute: int | None = 60
    """HTTP requests a minute [guide]; None for no limit."""

    def __post_init__(self) -> None:
        """Refuse what is no key or no limit."""
        if not self.key or not self.key.isascii() or not self.key.isprintable() or " " in self.key:
            raise ValueError(
                "key must be a word of ASCII characters; pass base64 of 'sandbox-name:'."
            )
        if self.requests_per_minute is not None:
            _require_range("requests_per_minute", self.requests_per_minute, 1, 10**6)


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who shares a balance, a year of free repeats, lists and tracking."""

    name: str
    """Who the ledger says was charged."""
    keys: tuple[Key, ...]
    credits: Decimal = Decimal(1000)
    """The balance that the team starts with."""
    plan: Plan = "universal"
    """What `account` and `usage` show; the bill is the same [unknown]."""

    def __post_init__(self) -> None:
        """Refuse what is no team."""
        if not self.name:
            raise ValueError("name must be a word.")
        if not self.keys:
            raise ValueError("keys must have a key at least.")
        _require_credits("credits", self.credits)
        _require_choice("plan", self.plan, get_args(Plan))


@dataclass(frozen=True, kw_only=True)
class SandboxSettings:
    """How a sandbox's world, limits, bill and answers are.

    Each field that settles something LeadIQ has not published [unknown] is a choice here.

    Raises:
        ValueError: a field has a value that would not do; the sentence names it.
    """

    people: int = 20_000
    """How many people the world has, 1 to 10**9; about 20 of them share a company."""
    seed: int = 1
    """Which world: the same seed gives the same people everywhere."""
    epoch: datetime = field(default=datetime(2026, 1, 1, tzinfo=UTC))
    """The day that every date of the world is counted back from, with a time zone."""
    key: str = DEFAULT_KEY
    """What has to stand after `Basic`, verbatim."""
    requests_per_minute: int | None = 60
    """HTTP requests a minute for the key [guide]; None for no limit."""
    window: Window = "sliding"
    """How a minute is measured [unknown]."""
    aliases: Aliases = "free"
    """Whether a root field after the first counts as a request of its own [unknown]."""
    max_aliases: int | None = None
    """The most root fields that one operation may have [unknown]; None for no bound."""
    credits: Decimal = Decimal(1000)
    """The balance that the account starts with."""
    plan: Plan = "universal"
    """What `account` and `usage` show; the bill is the same [unknown]."""
    teams: tuple[Team, ...] = ()
    """Teams beside the first, whose key, limit, credits and plan are the fields above."""
    prices: Prices = field(default_factory=Prices)
    misses: Misses = "free"
    """Whether selected data that was not found is charged; [guide] says free."""
    company_repeats: CompanyRepeats = "charged"
    """Whether a company that was paid for in the past year is charged again [unknown]."""
    error_form: ErrorForm = "body"
    """Where a refusal's status is: in a 200 body [samples], or in the HTTP status too [guide]."""
    cursor_end: CursorEnd = "null"
    """What ends a cursor walk: `after: null` on the last page, or an empty page [guide: either]."""
    decimals: Decimals = "number"
    """How BigDecimal is written in JSON [unknown]."""
    tracking_s: float = 1.0
    """Seconds from the start of a tracking run, of companies or contacts, to its end."""
    tracking_timeout_s: float = 86_400.0
    """Seconds after which a run is ended by force where no `timeoutAfterMinutes` is given."""
    tracking_end: RunEnd = "successful"
    """How runs end that nobody cancels; `timeout` is one that never ends by itself."""
    tracked_contacts: int = 10_000
    """How many contacts a team's subscription lets it track."""
    regenerate_s: float = 1.0
    """Seconds that `regenerate` takes to research a person again."""
    hash_limit: int = 200_000
    """The largest world in which `hashedEmail` works (its index takes 8 bytes a person)."""
    scan_limit: int = 500_000
    """The most people that one advanced search may look at."""
    max_body_bytes: int = 1_000_000
    """The largest HTTP body; a larger one is a 413 [unknown]."""
    max_document_bytes: int = 100_000
    """The largest GraphQL document, in UTF-8; a larger one is a 400 [unknown]."""
    cached_documents: int = 512
    """How many parsed and validated documents are kept."""
    faults: tuple[Fault, ...] = ()
    """What goes wrong from the start; more on request."""
    control: bool = True
    """Whether the ledger, the faults and a reset are served under `/_sandbox/`, without a key."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that only grow; a test passes a virtual one."""
    schema: str | None = None
    """SDL to execute instead of the packaged schema, for instance one that has drifted."""

    def __post_init__(self) -> None:
        """Refuse each value that would not do."""
        _require_range("people", self.people, 1, MOST_PEOPLE)
        _require_range("seed", self.seed, 0, 2**63 - 1)
        if self.epoch.tzinfo is None:
            raise ValueError(
                "epoch has no time zone; pass datetime(2026, 1, 1, tzinfo=UTC) or the like."
            )
        _require_distinct(self.all_teams())
        for name in _SIZES:
            _require_range(name, getattr(self, name), 1, 10**10)
        if self.max_aliases is not None:
            _require_range("max_aliases", self.max_aliases, 1, 10**6)
        for name in _SECONDS:
            _require_seconds(name, getattr(self, name))
        for name, choices in _CHOICES.items():
            _require_choice(name, getattr(self, name), get_args(choices))

    def all_teams(self) -> tuple[Team, ...]:
        """Return every team, the first one from this value's own fields."""
        key = Key(key=self.key, requests_per_minute=self.requests_per_minute)
        first = Team(name=FIRST_TEAM, keys=(key,), credits=self.credits, plan=self.plan)
        return (first, *self.teams)


_SIZES = (
    "hash_limit",
    "scan_limit",
    "max_body_bytes",
    "max_document_bytes",
    "cached_documents",
    "tracked_contacts",
)
_SECONDS = ("tracking_s", "tracking_timeout_s", "regenerate_s")
_CHOICES = {
    "tracking_end": RunEnd,
    "aliases": Aliases,
    "window": Window,
    "misses": Misses,
    "company_repeats": CompanyRepeats,
    "error_form": ErrorForm,
    "cursor_end": CursorEnd,
    "decimals": Decimals,
}


def _require_range(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}.")


def _require_seconds(name: str, value: object) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= cast("float", value) <= _MOST_SECONDS:
        raise ValueError(f"{name} must be seconds from 0 to {_MOST_SECONDS:.0f}.")


def _require_credits(name: str, value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise ValueError(f"{name} must be a Decimal of 0 or more, such as Decimal('0.1').")


def _require_distinct(teams: tuple[Team, ...]) -> None:
    names = [team.name for team in teams]
    keys = [key.key for team in teams for key in team.keys]
    if len({*names}) < len(names) or len({*keys}) < len(keys):
        raise ValueError("teams must have names and keys of their own.")


def _require_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}.")

"""The options of `leadiq sandbox`: SandboxSettings in the words of a command line."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path  # noqa: TC003 - the command line reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from ._problems import Problem

if TYPE_CHECKING:
    from ..sandbox import Fault, Prices, SandboxSettings, Team


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Options:
    """How the sandbox is; docs/sandbox.md has what each of them guesses about LeadIQ.

    Attributes:
        people: How many people there are.
        seed: Which people they are: the same seed gives the same ones everywhere.
        key: The key of the first team, as it stands after Basic [default: one that is printed].
        requests_per_minute: What the key may send; 0 for no limit.
        window: How a minute is measured.
        aliases: Whether each root field after the first counts as a request.
        max_aliases: The most root fields of an operation; 0 for no bound.
        credits: The balance to begin with.
        plan: What account and usage show.
        team: Another team: name=north,key=abc,requests-per-minute=10,credits=50,plan=api; several
            keys are allowed.
        price: A price in credits, such as profile=0.2 or page=5.
        misses: Whether what was asked for and not found is charged.
        company_repeats: Whether a company that was paid for is charged again within a year.
        error_form: Where the status of a refusal stands.
        cursor_end: What ends a walk by cursor.
        decimals: How decimal numbers are written in JSON.
        tracking_s: Seconds that a tracking run takes.
        tracking_timeout_s: Seconds after which a run is ended by force.
        tracking_end: How tracking runs end.
        tracked_contacts: How many contacts a team may track.
        regenerate_s: Seconds that a regeneration takes.
        hash_limit: The largest world in which hashedEmail works.
        scan_limit: The most people that one search may look at.
        max_body_bytes: The largest HTTP body.
        max_document_bytes: The largest GraphQL document.
        cached_documents: How many parsed documents are kept.
        fault: What goes wrong, such as latency:seconds=0.2,rate=0.1 or refused:requests=3,burst=5.
        control: Serve the ledger, the faults and a reset under /_sandbox/.
        schema: A file with the SDL to execute [default: the one of this package].
    """

    people: int = 20_000
    seed: int = 1
    key: str | None = None
    requests_per_minute: int = 60
    window: Literal["fixed", "sliding", "bucket"] = "sliding"
    aliases: Literal["free", "counted"] = "free"
    max_aliases: int = 0
    credits: str = "1000"
    plan: Literal["universal", "api", "trial"] = "universal"
    team: Annotated[tuple[str, ...], Parameter(negative="")] = ()
    price: Annotated[tuple[str, ...], Parameter(negative="")] = ()
    misses: Literal["free", "billed"] = "free"
    company_repeats: Literal["charged", "free"] = "charged"
    error_form: Literal["body", "http"] = "body"
    cursor_end: Literal["null", "empty"] = "null"
    decimals: Literal["number", "string"] = "number"
    tracking_s: float = 1.0
    tracking_timeout_s: float = 86_400.0
    tracking_end: Literal["successful", "failed", "timeout"] = "successful"
    tracked_contacts: int = 10_000
    regenerate_s: float = 1.0
    hash_limit: int = 200_000
    scan_limit: int = 500_000
    max_body_bytes: int = 1_000_000
    max_document_bytes: int = 100_000
    cached_documents: int = 512
    fault: Annotated[tuple[str, ...], Parameter(negative="")] = ()
    control: bool = True
    schema: Path | None = None

    def settings(self) -> SandboxSettings:
        """Return the settings that they mean. Raises `Problem`."""
        from ..sandbox import SandboxSettings

        told: dict[str, Any] = {name: getattr(self, name) for name in _names() - _OWN_WORDS}
        if self.key is not None:
            told["key"] = self.key
        try:
            return SandboxSettings(
                **told,
                requests_per_minute=self.requests_per_minute or None,
                max_aliases=self.max_aliases or None,
                credits=_credits("--credits", self.credits),
                teams=tuple(map(_team, self.team)),
                prices=_prices(self.price),
                faults=_faults(self.fault),
                schema=_text(self.schema),
            )
        except ValueError as error:  # it begins with the name of the setting
            name, _, wrong = str(error).partition(" ")
            raise Problem(f"--{name.replace('_', '-')} {wrong}") from None


_OWN_WORDS = {
    "key",
    "requests_per_minute",
    "max_aliases",
    "credits",
    "team",
    "price",
    "fault",
    "schema",
}


def _names() -> set[str]:
    return {one.name for one in fields(Options)}


def _credits(option: str, text: str) -> Decimal:
    try:
        balance = Decimal(text)
    except InvalidOperation:
        balance = Decimal("NaN")
    if not (balance.is_finite() and balance >= 0):
        raise Problem(f"{option} has to be a number of 0 or more, such as 1000 or 0.5")
    return balance


def _prices(given: tuple[str, ...]) -> Prices:
    from ..sandbox import Prices

    names = [one.name.replace("_", "-") for one in fields(Prices)]
    prices: dict[str, Decimal] = {}
    for text in given:
        name, _, value = text.partition("=")
        if name not in names:
            raise Problem(
                f"--price has to begin with one of {', '.join(names)}, then = and credits"
            )
        prices[name.replace("-", "_")] = _credits(f"--price {name}", value)
    return Prices(**prices)


def _faults(given: tuple[str, ...]) -> tuple[Fault, ...]:
    from ..sandbox import parse_faults

    try:
        return parse_faults(";".join(given))
    except ValueError as error:
        raise Problem(f"--fault: {error}") from None


def _team(text: str) -> Team:
    from ..sandbox import Key, Team

    keys: list[str] = []
    told: dict[str, str] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        if name == "key":
            keys.append(value)
        elif name in {"name", "requests-per-minute", "credits", "plan"}:
            told[name] = value
        else:
            raise Problem("--team has name, key, requests-per-minute, credits and plan")
    limit = told.get("requests-per-minute", "60")
    if not limit.isdecimal():
        raise Problem("--team: requests-per-minute has to be a whole number; 0 for no limit")
    try:
        return Team(
            name=told.get("name", ""),
            keys=tuple(Key(key=key, requests_per_minute=int(limit) or None) for key in keys),
            credits=_credits("--team: credits", told.get("credits", "1000")),
            plan=told.get("plan", "universal"),  # type: ignore[arg-type] # refused by Team
        )
    except ValueError as error:
        raise Problem(f"--team: {error}") from None


def _text(path: Path | None) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path else None
    except (OSError, UnicodeError) as error:
        raise Problem(f"--schema cannot be read: {type(error).__name__}") from None

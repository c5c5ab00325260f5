"""A text that nobody's data may be in: a log, a report, a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .._core.credentials import secrets
from ._patterns import sightings
from ._personal_fields import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadiq.sandbox import SandboxSettings

    from ._exchange import Exchange
    from ._patterns import Sighting

_SHOWN = 10


class Served(Protocol):
    """A sandbox that knows what it was asked, and what it answered."""

    @property
    def settings(self) -> SandboxSettings:
        """Return the settings, with the keys."""
        ...

    @property
    def exchanges(self) -> list[Exchange]:
        """Return requests and replies, oldest first."""
        ...


def assert_no_personal_data(text: str, sandbox: Served | None = None) -> None:
    """Fail if somebody's data, or an API key, is in a text.

        assert_no_personal_data(caplog.text, leadiq_sandbox)

    Without a sandbox it finds e-mail addresses, phone numbers (with a plus, or grouped), LinkedIn
    profiles and `Basic ...` credentials. With one it also finds everybody whom that sandbox was
    asked about or answered with since its last reset, by name, address, number, profile and id, and
    its keys, also inside JSON and URLs. Names of fewer than three Latin letters are not looked for.

    Args:
        text: a log, output, a file's content.
        sandbox: a `LocalSandbox`, such as the fixture `leadiq_sandbox`.

    Raises:
        AssertionError: with line, column and kind of each find, and nothing of what is there.
    """
    __tracebackhide__ = True
    known = _known(sandbox) if sandbox else set[tuple[Kind, str]]()
    found = sorted({*sightings(text, known)})
    if found:
        listed = list(_lines(text, found[:_SHOWN]))
        if len(found) > _SHOWN:
            listed.append(f"  and {len(found) - _SHOWN} more")
        raise AssertionError("\n".join(["the text has personal data", *listed]))


def _known(sandbox: Served) -> set[tuple[Kind, str]]:
    from ._rewriting import rewritten

    known: set[tuple[Kind, str]] = set()

    def note(kind: Kind | None, value: str) -> str:
        if kind:
            known.add((kind, value))
        return value

    for exchange in sandbox.exchanges:
        rewritten(exchange, note)
    for team in sandbox.settings.all_teams():
        for key in team.keys:
            known.update((Kind.SECRET, form) for form in secrets(f"Basic {key.key}"))
    return known


def _lines(text: str, found: list[Sighting]) -> Iterator[str]:
    for at, kind in found:
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        yield f"  line {line}, column {column}: {kind.value}"

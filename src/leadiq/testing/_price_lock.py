"""The prices that a team has agreed to, in a file that is checked in."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .._core.errors import InputError
from ._priced import document_prices, operation_prices
from ._spending import spent_in_block

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from ._spending import Charged, Spending

FLOW: Final = "flow "
_DOCUMENT: Final = "document "
_OPERATION: Final = "operation "


class PriceLock:
    """A file of prices, and the failure when code has become more expensive.

        def test_what_our_documents_cost(leadiq_prices):
            leadiq_prices.documents("queries")

        async def test_what_a_lead_costs(leadiq, leadiq_prices):
            with leadiq_prices.flow("enrich a lead"):
                await enrich(leadiq, "Ada", "Example", "a.example.com")

    What has become cheaper passes. What the file does not have yet fails, until it is written with
    `update` and somebody has looked at it.

    Args:
        path: the file: JSON, credits by name.
        sandbox: whose ledger flows are read from.
        update: note every price instead of failing, and write the file with `save`.

    Raises:
        ValueError: the file is no lock of prices.
    """

    def __init__(
        self, path: str | Path, sandbox: Charged | None = None, *, update: bool = False
    ) -> None:
        self._path = Path(path)
        self._sandbox = sandbox
        self._update = update
        self._locked = _read(self._path)
        self._noted: dict[str, Decimal] = {}

    @contextmanager
    def flow(self, name: str) -> Generator[Spending]:
        """Fail if the block is charged more than is locked under this name.

        Raises:
            AssertionError: it is, or nothing is locked.
            RuntimeError: this lock has no sandbox.
        """
        __tracebackhide__ = True
        if self._sandbox is None:
            raise RuntimeError("flows are charged in a sandbox: PriceLock(path, sandbox)")
        with spent_in_block(self._sandbox) as spending:
            yield spending
        self._hold({f"{FLOW}{name}": spending.credits})

    def documents(self, *places: str | Path) -> None:
        """Fail if an operation in a GraphQL file costs more than is locked.

        Args:
            places: files, or folders that are searched for `*.graphql`.

        Raises:
            AssertionError: one does, or is not locked.
            InputError: a document has errors.
            ValueError: there is no document.
        """
        __tracebackhide__ = True
        self._hold(self.of_documents(places))

    def document(self, name: str, document: str) -> None:
        """Do what `documents` does for a document that stands in the code.

        Args:
            name: what to lock it under.
            document: GraphQL, as `LeadIQ.execute` takes it.
        """
        __tracebackhide__ = True
        self._hold(dict(_named(f"{_DOCUMENT}{name}", document_prices(document))))

    def operations(self) -> None:
        """Fail if an operation of the SDK costs more than is locked: after an upgrade."""
        __tracebackhide__ = True
        self._hold(self.of_operations())

    def save(self) -> None:
        """Write what was noted into the file, beside what it had; only with `update`."""
        if self._noted:
            self.write({**self._locked, **self._noted})

    def write(self, prices: Mapping[str, Decimal]) -> None:
        """Write a file of these prices."""
        text = json.dumps({name: str(prices[name]) for name in sorted(prices)}, indent=2)
        self._path.write_text(text + "\n", encoding="utf-8")

    def of_documents(self, places: Iterable[str | Path]) -> dict[str, Decimal]:
        """Return the prices of GraphQL files, by name; see `documents`."""
        prices: dict[str, Decimal] = {}
        for file in _files(places):
            name = Path(os.path.relpath(file, self._path.parent)).as_posix()
            try:
                found = dict(document_prices(file.read_text(encoding="utf-8")))
            except InputError as error:
                raise InputError(f"{name}: {error}", errors=error.errors, sent=False) from None
            prices.update(_named(f"{_DOCUMENT}{name}", found.items()))
        return prices

    def of_operations(self) -> dict[str, Decimal]:
        """Return the prices of the SDK's operations, by name."""
        return {f"{_OPERATION}{name}": most for name, most in operation_prices()}

    def problems(self, prices: Mapping[str, Decimal]) -> list[str]:
        """Return a sentence for each price that rose or is not locked."""
        return [*filter(None, (self._problem(name, prices[name]) for name in prices))]

    @property
    def flows(self) -> dict[str, Decimal]:
        """Return the locked prices of flows, which only tests can tell."""
        return {name: most for name, most in self._locked.items() if name.startswith(FLOW)}

    def _problem(self, name: str, most: Decimal) -> str:
        before = self._locked.get(name)
        if before is None:
            return f"{name}: {most} credits, and no price is locked"
        return f"{name}: {most} credits, {before} before" if most > before else ""

    def _hold(self, prices: Mapping[str, Decimal]) -> None:
        __tracebackhide__ = True
        if self._update:
            self._noted.update(prices)
        elif found := self.problems(prices):
            text = f"more expensive than {self._path.name} allows; write it again if that is meant"
            raise AssertionError("\n  ".join([text, *found]))


def _named(begin: str, prices: Iterable[tuple[str, Decimal]]) -> Iterator[tuple[str, Decimal]]:
    return ((f"{begin} {name}".rstrip(), most) for name, most in prices)


def _files(places: Iterable[str | Path]) -> list[Path]:
    found: list[Path] = []
    for place in map(Path, places):
        inside = sorted(place.rglob("*.graphql")) if place.is_dir() else [place]
        if not inside:
            raise ValueError(f"there is no *.graphql in {place}")
        found += inside
    return found


def _credits(written: object) -> Decimal:
    most = Decimal(str(written))
    if most.is_nan():
        raise ValueError
    return most


def _read(path: Path) -> dict[str, Decimal]:
    if not path.exists():
        return {}
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return {name: _credits(most) for name, most in listed.items()}
    except (ValueError, AttributeError, InvalidOperation):
        raise ValueError(f"{path} is no lock of prices; delete it and write it again") from None

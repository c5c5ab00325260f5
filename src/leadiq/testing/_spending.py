"""What a piece of code was charged, by the sandbox's ledger."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Generator

    from leadiq.sandbox import Charge

Credits: TypeAlias = "int | float | str | Decimal"
"""Universal credits; 0.1 is taken as it is written."""

_SHOWN = 20


class Charged(Protocol):
    """What has a ledger: any sandbox."""

    def ledger(self) -> list[Charge]:
        """Return what was charged so far, oldest first."""
        ...

    @property
    def resets(self) -> int:
        """Return how often the ledger was thrown away."""
        ...


@dataclass(slots=True)
class Spending:
    """What was charged inside a block; complete once the block has been left."""

    charges: tuple[Charge, ...] = ()
    """The lines of the ledger, oldest first; also those of 0 credits, with their reasons."""

    @property
    def credits(self) -> Decimal:
        """Return the universal credits of them all."""
        return sum((charge.credits for charge in self.charges), Decimal(0))


@contextmanager
def assert_spent(
    sandbox: Charged,
    *,
    max: Credits | None = None,  # noqa: A002 - what it is called in a test
    exactly: Credits | None = None,
) -> Generator[Spending]:
    """Fail if the block was charged otherwise.

        with assert_spent(leadiq_sandbox, max=1):
            await find_email(leadiq, "Ada Example", "a.example.com")

    A block that raises fails with its own error. What other tasks are charged meanwhile counts.

    Args:
        sandbox: whose ledger is read.
        max: the most universal credits that the block may be charged.
        exactly: what it has to be charged, neither more nor less.

    Raises:
        AssertionError: with what was charged, for which operation, and why; nobody's data.
        ValueError: not one of `max` and `exactly` is given, or it is no number of 0 or more.
    """
    __tracebackhide__ = True
    limit = _limit(max, exactly)
    with spent_in_block(sandbox) as spending:
        yield spending
    spent = spending.credits
    if spent > limit or (exactly is not None and spent != limit):
        allowed = "exactly" if exactly is not None else "at most"
        text = f"spent {spent} credits, where {allowed} {limit} are expected"
        raise AssertionError("\n".join([text, *_lines(spending.charges)]))


@contextmanager
def spent_in_block(sandbox: Charged) -> Generator[Spending]:
    """Note what the block is charged.

    Raises:
        AssertionError: the sandbox was reset inside the block.
    """
    __tracebackhide__ = True
    before, resets = sandbox.ledger(), sandbox.resets
    spending = Spending()
    yield spending
    if sandbox.resets != resets:
        raise AssertionError("the sandbox was reset inside the block: its ledger is gone")
    spending.charges = tuple(sandbox.ledger()[len(before) :])


@contextmanager
def no_spend(sandbox: Charged) -> Generator[Spending]:
    """Fail if the block was charged anything.

    What LeadIQ answers for nothing is no spending: `account`, lists, what is not found, and what
    the same team unlocked within a year.

    Args:
        sandbox: whose ledger is read.

    Raises:
        AssertionError: see `assert_spent`.
    """
    __tracebackhide__ = True
    with assert_spent(sandbox, exactly=0) as spending:
        yield spending


def _limit(most: Credits | None, exactly: Credits | None) -> Decimal:
    given = [value for value in (most, exactly) if value is not None]
    if len(given) != 1:
        raise ValueError("give one of max and exactly: how many credits the block may spend")
    try:
        limit = Decimal(str(given[0]))
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit < 0:
        raise ValueError("max and exactly are universal credits: a number of 0 or more")
    return limit


def _lines(charges: tuple[Charge, ...]) -> list[str]:
    paid = [charge for charge in charges if charge.credits]
    lines = [
        f"  {charge.credits} for {charge.units} x {charge.data_point} in {charge.field} "
        f"({charge.operation or 'unnamed'}): {charge.reason}"
        for charge in paid[:_SHOWN]
    ]
    if len(paid) > _SHOWN:
        lines.append(f"  and {len(paid) - _SHOWN} more")
    return lines

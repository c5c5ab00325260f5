"""A number of credits that all workers may spend together: counted where the ledger is."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadiq._engine.inputs import refused
from leadiq._jobs.budget_rules import LONGEST_NAME
from leadiq._jobs.shared_budget import SharedBudget

if TYPE_CHECKING:
    from leadiq._jobs.ledger import Ledger

_FILE = "sqlite:///"


def beside(ledger: Ledger, budget: Any) -> Any:
    """Give a budget that is shared: a number becomes one, in the store of the ledger.

    Raises:
        InputError: there is no counting in that store.
        ConfigurationError: it is no number of credits.
    """
    if not isinstance(budget, Decimal | int):
        return budget
    name = name_beside(ledger.name)
    if ledger.url.startswith(_FILE):
        path = Path(ledger.url.removeprefix(_FILE))
        return SharedBudget.sqlite(name, budget, path=path.with_name(f"{path.name}-budget"))
    if ledger.url.startswith("postgres") or ledger.opener:
        raise refused("budget: beside this ledger a number is not counted: give a SharedBudget")
    return SharedBudget.redis(name, budget, ledger.url)


def name_beside(ledger: str) -> str:
    """Name the budget of a ledger after it; where that is too long, a hash stands for the end."""
    name = f"ledger {ledger}"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[:40]}~{sha256(ledger.encode()).hexdigest()[:32]}"  # no ledger's name has a ~

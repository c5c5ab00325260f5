"""When one row's failure is every row's: whether a job goes on after an answer. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from .._core.errors import (
    AuthenticationError,
    BudgetError,
    BudgetStoreError,
    ConfigurationError,
    InsufficientCreditsError,
    JournalError,
    LeadIQError,
    LedgerError,
    SchemaDriftError,
    ServerError,
    TransportError,
)


class _Rule(NamedTuple):
    """What stops a job: this many errors of these kinds, with no other answer between them."""

    kinds: tuple[type[LeadIQError], ...]
    in_a_row: int
    words: str


_RULES: Final = (
    _Rule((AuthenticationError,), 1, "the key was refused"),
    _Rule((InsufficientCreditsError,), 1, "credits ran out"),
    _Rule((BudgetStoreError,), 1, "the store of a shared budget cannot be reached"),
    _Rule((BudgetError,), 1, "the budget is used up"),
    _Rule((LedgerError,), 1, "the ledger cannot be reached"),
    _Rule((JournalError,), 1, "the journal of the job cannot be written"),
    _Rule((ConfigurationError,), 1, "the client cannot work as it is set up"),
    # Such an answer may be paid for, and so would be all others that cannot be read.
    _Rule((SchemaDriftError,), 3, "LeadIQ's schema has changed: update the SDK"),
    # Each of them was tried several times already.
    _Rule((TransportError, ServerError), 10, "LeadIQ cannot be reached"),
)


class Brake:
    """Sees the answers of a job in the order in which they come, and says when to stop."""

    def __init__(self) -> None:
        self._rule: _Rule | None = None
        self._in_a_row = 0

    def stops(self, error: LeadIQError | None, *, answered: bool) -> bool:
        """Take one more answer into account.

        Args:
            error: what came instead of an answer, or beside one.
            answered: whether there is an answer that could be read.
        """
        rule = _rule_for(error)
        if rule and answered and rule.in_a_row > 1:  # it works, then
            rule = None
        self._in_a_row = self._in_a_row + 1 if rule is self._rule else 1
        self._rule = rule
        return rule is not None and self._in_a_row >= rule.in_a_row


def why_stopped(error: LeadIQError) -> str:
    """Return in words, for people, why this error stopped a job."""
    rule = _rule_for(error)
    return rule.words if rule else "an error"


def _rule_for(error: LeadIQError | None) -> _Rule | None:
    return next((rule for rule in _RULES if isinstance(error, rule.kinds)), None)

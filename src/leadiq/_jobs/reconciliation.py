"""What a job cost, set against what was expected and what the account counted.

LeadIQ tells no price with an answer, and the account counts whole credits of everybody who uses it.
So there are always two sums, and this says what can lie between them. Pure.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .._core.pricing import DataPoint
    from .forecast import Credits
    from .notes import Note

_NOTHING: Final = Decimal(0)
_WHOLE: Final = "the account counts whole credits"
_FREE: Final = "asked for twice, or unlocked by your team within a year: free"
_UNKNOWN: Final = "lookups of unknown outcome may have been charged"
_REPEATED: Final = "what was taken to be free again may have been charged"
_OTHERS: Final = "others may have used the account meanwhile"


class Line(NamedTuple):
    """One data point of a job."""

    point: DataPoint
    asked: int
    """Answered lookups that asked for it."""
    found: int
    """Those whose answer had it."""
    price: Decimal
    """What one costs."""
    credits: Decimal
    """What came back at this price, whether or not it was unlocked before; larger data points
    replace the profile fee."""
    repeated: int
    """How many of them were free, because an earlier job had unlocked them."""
    saved: Decimal
    """What those would have cost."""


class Gap(NamedTuple):
    """A part of the difference between the account's count and ours, and what it can come from."""

    credits: Decimal
    reason: str


class Sum(NamedTuple):
    """One line of the books, in words."""

    name: str
    credits: str
    note: str = ""


class Reconciliation(NamedTuple):
    """The books of a job. Credits are universal credits."""

    lines: tuple[Line, ...]
    charged: Decimal
    """By what came back, free repeats left out."""
    forgotten: Decimal
    """The part of it that stands in no line, as those answers were removed."""
    uncertain: Decimal
    """What lookups of unknown outcome can have cost besides, at most."""
    reused: int
    """Lookups that another job's answer served."""
    before: int | None
    """Credits that the account had counted when the job began."""
    after: int | None
    """Those at the end of its last run."""
    counted: int | None
    """What the account counted during the runs; None if it cannot be told for each of them."""
    gaps: tuple[Gap, ...]
    """What makes up the difference between `counted` and `charged`."""
    forecast: Credits | None
    limit: Decimal | None

    @property
    def saved(self) -> Decimal:
        """What free repeats would have cost."""
        return sum((line.saved for line in self.lines), _NOTHING)

    def to_dict(self) -> dict[str, Any]:
        """Give it for JSON; amounts of credits are strings."""
        return {
            "data_points": {line.point.value: _members(line) for line in self.lines},
            "charged": f"{self.charged:f}",
            "charged_for_forgotten": f"{self.forgotten:f}",
            "saved": f"{self.saved:f}",
            "uncertain": f"{self.uncertain:f}",
            "reused": self.reused,
            "account_before": self.before,
            "account_after": self.after,
            "account_counted": self.counted,
            "difference": [{**gap._asdict(), "credits": f"{gap.credits:f}"} for gap in self.gaps],
            "forecast": self.forecast and _texts(self.forecast._asdict()),
            "budget": None if self.limit is None else f"{self.limit:f}",
        }

    def sums(self) -> Iterator[Sum]:
        """Yield what stands below the data points, in words; differences have a sign."""
        if self.saved:
            yield Sum("free again", amount(-self.saved), "unlocked by an earlier job")
        if self.forgotten:
            yield Sum("of answers that were removed", amount(self.forgotten))
        yield Sum("by what came back", amount(self.charged))
        if self.uncertain:
            yield Sum("of unknown outcome", f"up to {amount(self.uncertain)}", "no answer came")
        yield from self._limits()
        yield from self._account()

    def lines_of_text(self) -> Iterator[str]:
        """Yield it as a table for a person."""
        yield f"  {'data point':28}{'lookups':>9}{'found':>9}{'price':>8}{'credits':>12}"
        for line in self.lines:
            yield (
                f"  {line.point:28}{line.asked:9,}{line.found:9,}{amount(line.price):>8}"
                f"{amount(line.credits):>12}"
            )
        for name, credits_, note in self.sums():
            yield f"  {name:44}{credits_:>22}{f'  {note}' if note else ''}"

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .shown import reconciliation_html

        return reconciliation_html(self)

    def _limits(self) -> Iterator[Sum]:
        if self.forecast:
            low, _, high, most = map(amount, self.forecast)
            yield Sum("expected before", f"{low} to {high}", f"at most {most}")
        if self.limit is not None:
            yield Sum("budget", amount(self.limit))

    def _account(self) -> Iterator[Sum]:
        if self.counted is None:
            yield Sum("counted by the account", "not known")
            return
        note = f"{self.before:,} before, {self.after:,} after"
        yield Sum("counted by the account", f"{self.counted:,}", note)
        for gap in self.gaps:
            yield Sum("difference", f"{'+' * (gap.credits > 0)}{amount(gap.credits)}", gap.reason)


def counted_in(notes: Sequence[Note]) -> int | None:
    """Add up what the account counted in each run.

    A run that was killed did not look at the account at its end: then the next run's first look
    stands for it, and has in it what happened between the two. A counter that went down began anew.
    """
    ends = [note.used_after for note in notes]
    for number, after in enumerate(notes[1:]):
        if ends[number] is None:
            ends[number] = after.used_before
    parts = [
        end - note.used_before
        for note, end in zip(notes, ends, strict=True)
        if note.used_before is not None and end is not None
    ]
    is_known = len(parts) == len(notes) and min(parts, default=-1) >= 0
    return sum(parts) if is_known else None


def gaps(
    counted: int | None, charged: Decimal, uncertain: Decimal, saved: Decimal, looks: int
) -> tuple[Gap, ...]:
    """Say what the difference between the account's count and ours can come from.

    Args:
        counted: by the account; None is not known.
        charged: by what came back.
        uncertain: what lookups of unknown outcome can have cost at most.
        saved: what was taken to be free.
        looks: how many pairs of whole numbers the count was made of: each can be off by almost one.
    """
    rest = _NOTHING if counted is None else counted - charged
    parts: list[Gap] = []
    for most, reason in ((uncertain, _UNKNOWN), (saved, _REPEATED)):
        if rest >= looks and most:
            parts.append(Gap(min(rest, most), reason))
            rest -= parts[-1].credits
    if rest:
        is_rounding = abs(rest) < looks
        parts.append(Gap(rest, _WHOLE if is_rounding else _OTHERS if rest > 0 else _FREE))
    return tuple(parts)


def amount(credits_: Decimal) -> str:
    """Write credits for a person: thousands apart, no zeros at the end."""
    whole = credits_ == credits_.to_integral_value()
    return f"{credits_.to_integral_value() if whole else credits_.normalize():,f}"


def _members(line: Line) -> dict[str, Any]:
    members = line._asdict()
    del members["point"]
    return {
        name: f"{value:f}" if isinstance(value, Decimal) else value
        for name, value in members.items()
    }


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{credits_:f}" for name, credits_ in amounts.items()}

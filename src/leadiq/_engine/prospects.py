"""Prospects and lists: checked before they are sent, found by name. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._core.canonical import fold
from . import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..types import CreateProspectInput, List

#: LeadIQ refuses longer notes [live].
MOST_NOTES: Final = 5_000
#: The words that LeadIQ takes [live].
_EMAIL_STATUSES: Final = ("Verified", "VerifiedLikely", "Unverified")


def checked_prospects(prospects: Iterable[CreateProspectInput]) -> list[CreateProspectInput]:
    """Return the prospects as they are.

    Raises:
        InputError: naming the entry, the field and the reason; nothing was sent.
    """
    rows = forms.several(prospects, "rows")
    for i, prospect in enumerate(rows):
        _check(prospect, f"prospects[{i}]")
    return rows


def _check(prospect: CreateProspectInput, field: str) -> None:
    from ..types import Seniority

    forms.of_kind(prospect, "CreateProspectInput", field)
    forms.words(prospect.first_name, f"{field}.first_name")
    forms.words(prospect.last_name, f"{field}.last_name")
    optional = {
        "work_email": forms.email,
        "person_id": forms.person_id,
        "linkedin_url": forms.linkedin,
        "company_domain": forms.domain,
    }
    for name, form in optional.items():
        if (value := getattr(prospect, name)) is not None:
            form(value, f"{field}.{name}")
    _one_of(prospect.email_status, _EMAIL_STATUSES, f"{field}.email_status")
    _one_of(prospect.seniority, tuple(Seniority), f"{field}.seniority")
    if prospect.notes and len(prospect.notes) > MOST_NOTES:
        raise forms.refuse(f"{field}.notes", f"longer than {MOST_NOTES:,} characters")


def _one_of(value: str | None, words: tuple[str, ...], field: str) -> None:
    if value is not None and value not in words:
        raise forms.refuse(field, f"has to be one of {', '.join(words)}")


def same_name(one: List, name: str) -> bool:
    """Tell whether a list has this name, in whatever case: how LeadIQ compares is not published."""
    return fold(one.name) == fold(name)

"""Feedback in the form that LeadIQ takes, or why it is not sent. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .._core.errors import InputError
from . import forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..types import ApiPersonFeedback

_EMAILS: Final = ("WorkEmail", "PersonalEmail")
#: Which of them LeadIQ needs is not published; without any it cannot know whom it is about.
_WHO: Final = ("person_id", "linkedin_url", "linkedin_id", "name")
_FORMS: Final[dict[str, Callable[[str, str], str]]] = {
    "person_id": forms.person_id,
    "linkedin_url": forms.linkedin,
    "linkedin_id": forms.words,
    "name": forms.words,
    "company_id": forms.company_id,
    "company_name": forms.words,
    "company_domain": forms.domain,
    "title": forms.words,
}


def checked_feedback(feedback: ApiPersonFeedback) -> ApiPersonFeedback:
    """Return the feedback with its identifiers in canonical form.

    Raises:
        InputError: naming the field and the reason; nothing was sent.
    """
    forms.of_kind(feedback, "ApiPersonFeedback", "input")
    _check_verdict(feedback)
    if not any(getattr(feedback, name) for name in _WHO):
        raise forms.refuse("feedback", f"whom is it about? Give one of {', '.join(_WHO)}")
    canonical: dict[str, Any] = {
        name: form(value, name)
        for name, form in _FORMS.items()
        if (value := getattr(feedback, name)) is not None
    }
    canonical["value"] = _value(feedback)
    return feedback.model_copy(update=canonical)


def _value(feedback: ApiPersonFeedback) -> str:
    kind = feedback.type_
    if kind in _EMAILS:
        return forms.email(feedback.value, "value")
    if kind is not None:
        return forms.phone(feedback.value, "value")
    try:
        return forms.email(feedback.value, "value")
    except InputError:
        return forms.phone(feedback.value, "value")


def _check_verdict(feedback: ApiPersonFeedback) -> None:
    for name in ("status", "type_", "invalid_reason"):
        value = getattr(feedback, name)
        if value is not None and not value.is_known:
            raise forms.refuse(name.rstrip("_"), "not a word of this version's schema")
    reason = feedback.invalid_reason
    if reason is None:
        return
    if feedback.status == "Correct":
        raise forms.refuse("invalid_reason", "contradicts the status Correct: leave one out")
    if feedback.type_ not in (None, *_EMAILS) and reason.startswith("EmailBounce"):
        raise forms.refuse("invalid_reason", "a phone number does not bounce: give another reason")

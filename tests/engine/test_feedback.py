"""Feedback: refused before it is sent when it cannot be right, canonical when it can."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine.feedback import checked_feedback
from leadiq.types import ApiPersonFeedback, ContactInfoType

UUID = "0a1b2c3d-0000-4000-8000-00000000000f"
MAIL = "ada@example.com"
PHONE = "+1 555 010 0199"


def feedback(**fields: Any) -> ApiPersonFeedback:
    return ApiPersonFeedback.model_validate({"person_id": f"PersonID-{UUID}"} | fields)


@pytest.mark.parametrize("kind", [*ContactInfoType, None], ids=str)
def test_a_value_has_the_form_of_its_kind(kind: ContactInfoType | None) -> None:
    """Addresses for e-mail kinds, numbers for the others, either without a kind."""
    takes_mail = kind is None or kind.endswith("Email")
    takes_phone = kind is None or not takes_mail
    for value, taken in ((MAIL, takes_mail), (PHONE, takes_phone), ("neither", False)):
        given = feedback(value=value, type=kind)
        if taken:
            assert checked_feedback(given).value == value
        else:
            with pytest.raises(InputError, match=r"^value: ") as refused:
                checked_feedback(given)
            assert value not in str(refused.value)


def test_identifiers_go_in_canonical_form() -> None:
    """What people type becomes what LeadIQ takes; what was not given stays away."""
    sent = checked_feedback(
        feedback(
            value="Ada <ADA@example.com>",
            person_id=f"personid-{UUID.upper()}",
            linkedin_url="linkedin.com/in/Ada",
            company_domain="https://www.example.com",
            company_id=f"MergedCompany-{'a' * 24}",
            name="Ada Example",
            linkedin_id="ada-1",
            company_name="Example",
            title="CTO",
            status="Invalid",
            invalid_reason="WrongPerson",
            type="WorkEmail",
        )
    )
    assert sent.model_dump(mode="json", by_alias=True, exclude_unset=True) == {
        "value": MAIL,
        "personId": f"PersonID-{UUID}",
        "linkedinUrl": "https://www.linkedin.com/in/ada",
        "companyDomain": "example.com",
        "companyId": f"MergedCompany-{'a' * 24}",
        "name": "Ada Example",
        "linkedinId": "ada-1",
        "companyName": "Example",
        "title": "CTO",
        "status": "Invalid",
        "invalidReason": "WrongPerson",
        "type": "WorkEmail",
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"person_id": None}, "feedback"),
        ({"person_id": None, "company_name": "Example"}, "feedback"),
        ({"person_id": UUID}, "person_id"),
        ({"linkedin_url": "https://www.linkedin.com/company/example"}, "linkedin_url"),
        ({"company_id": "1"}, "company_id"),
        ({"company_domain": "x"}, "company_domain"),
        ({"title": " "}, "title"),
        ({"status": "Wrong"}, "status"),
        ({"type": "WorkMail"}, "type"),
        ({"invalid_reason": "Because"}, "invalid_reason"),
        ({"status": "Correct", "invalid_reason": "WrongPerson"}, "invalid_reason"),
        ({"type": "Fax", "value": PHONE, "invalid_reason": "EmailBounceCode550"}, "invalid_reason"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(fields: dict[str, Any], field: str) -> None:
    """Nobody to be about, malformed identifiers, unknown words and contradictions."""
    with pytest.raises(InputError) as refused:
        checked_feedback(feedback(**{"value": MAIL} | fields))
    assert str(refused.value).startswith(f"{field}: ")
    assert not refused.value.sent


def test_a_bounce_is_a_reason_for_an_address() -> None:
    """With an e-mail kind, and without a kind."""
    for kind in ("WorkEmail", None):
        given = feedback(value=MAIL, type=kind, invalid_reason="EmailBounceCode550")
        assert checked_feedback(given).invalid_reason == "EmailBounceCode550"

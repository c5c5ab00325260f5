"""Forms of values: what LeadIQ takes goes on, the rest is refused with the field and no value."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leadiq import InputError, Unlock
from leadiq._engine import forms

UUID = "0a1b2c3d-0000-4000-8000-00000000000f"
Form = Callable[[str, str], str]


@pytest.mark.parametrize(
    ("form", "given", "sent"),
    [
        (forms.email, " Ada <Ada@Example.com> ", "ada@example.com"),
        (forms.domain, "https://www.example.com/about", "example.com"),
        (forms.linkedin, "linkedin.com/in/Ada-Example/", "https://www.linkedin.com/in/ada-example"),
        (forms.person_id, f"personid-{UUID.upper()}", f"PersonID-{UUID}"),
        (forms.company_id, f"MergedCompany-{'a' * 24}", f"MergedCompany-{'a' * 24}"),
        (forms.object_id, "0" * 24, "0" * 24),
        (forms.words, " any ", " any "),
        (forms.phone, "+1 (555) 010-0199", "+1 (555) 010-0199"),
        (forms.phone, " 555.010.0199 x12 ", "555.010.0199 x12"),
        (forms.phone, "5550100199 ext. 7", "5550100199 ext. 7"),
        (forms.phone, "(0555) 0100", "(0555) 0100"),
    ],
)
def test_good_values_go_in_one_form(form: Form, given: str, sent: str) -> None:
    """Each form takes what people type and gives what LeadIQ takes."""
    assert form(given, "field") == sent


def test_several_are_not_one() -> None:
    """A text is not taken for its letters, each of which would be sent."""
    assert forms.several(("a", "b"), "ids") == ["a", "b"]
    for one in ("abc", None, 5):
        with pytest.raises(InputError, match="ids: has to be a list, not") as refused:
            forms.several(one, "ids")  # type: ignore[arg-type]
        assert not refused.value.sent


def test_unlocks_are_members_however_they_are_written() -> None:
    """One, several, or the words of the command line; anything else is refused."""
    assert forms.unlocks("company") == forms.unlocks(Unlock.COMPANY) == (Unlock.COMPANY,)
    assert forms.unlocks(word for word in ["profile"]) == (Unlock.PROFILE,)
    with pytest.raises(InputError, match="unlock: not one of profile, work-email"):
        forms.unlocks(["work_email"])
    with pytest.raises(InputError, match="unlock: has to be a list, not NoneType"):
        forms.unlocks(None)  # type: ignore[arg-type]


def test_inputs_are_of_their_type() -> None:
    """Another type is refused by name, the right one passes."""
    forms.of_kind("text", "str", "input")
    with pytest.raises(InputError, match="input: has to be of type CreateListInput, not dict"):
        forms.of_kind({}, "CreateListInput", "input")


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (forms.email, "ada.example.com"),
        (forms.email, "n/a"),
        (forms.email, ""),
        (forms.email, None),
        (forms.domain, "example"),
        (forms.linkedin, "https://www.linkedin.com/company/example"),
        (forms.linkedin, "1234567"),
        (forms.person_id, UUID),
        (forms.company_id, "MergedCompany-1"),
        (forms.object_id, "G" * 24),
        (forms.words, "   "),
        (forms.words, 5),
        (forms.phone, "call me"),
        (forms.phone, "555"),
        (forms.phone, "+1 555 010 0199 555 010 0199"),
        (forms.phone, "ada@example.com"),
        (forms.phone, "5550100199 x12345678"),
    ],
)
def test_bad_values_are_refused_by_field(form: Form, given: str) -> None:
    """The error names the field, nothing was sent, and the value is not in it."""
    with pytest.raises(InputError, match=r"^rows\[3\].field: ") as refused:
        form(given, "rows[3].field")
    assert not refused.value.sent
    if len(str(given)) > len("example"):
        assert str(given) not in str(refused.value)

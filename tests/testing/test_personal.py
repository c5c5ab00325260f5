"""leadiq.testing._personal: somebody's data in a text, found and not repeated."""

from __future__ import annotations

import base64
import json
from itertools import islice
from urllib.parse import quote

import pytest

from leadiq import TransportError, Unlock
from leadiq.sandbox import Reset
from leadiq.testing import LocalSandbox, assert_no_personal_data
from leadiq.testing._people import Somebody
from leadiq.types import CreateListInput, CreateProspectInput, SearchPeopleInput

EVERYTHING = {
    *(Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL, Unlock.WORK_PHONE),
    *(Unlock.PERSONAL_PHONE, Unlock.COMPANY),
}


def test_anybody_is_found_without_a_sandbox() -> None:
    """What looks like somebody's data; the failure says where and what, and nothing of it."""
    with pytest.raises(AssertionError) as failure:
        assert_no_personal_data("first\nmail ada@example.com now")
    assert str(failure.value).splitlines() == [
        "the text has personal data",
        "  line 2, column 6: an e-mail address",
    ]
    assert_no_personal_data("first\nmail nobody now")


async def served(sandbox: LocalSandbox, count: int = 12) -> list[Somebody]:
    """Have people looked up, with everything there is of them."""
    leadiq = sandbox.client()
    people = [*islice(sandbox.people(), count)]
    for one in people:
        await leadiq.search_people(SearchPeopleInput(id=one.id), unlock=EVERYTHING)
    return people


def caught(text: str, sandbox: LocalSandbox) -> str:
    """Give the failure; it never has what was found."""
    with pytest.raises(AssertionError) as failure:
        assert_no_personal_data(text, sandbox)
    return str(failure.value)


@pytest.mark.anyio
async def test_everything_of_those_who_were_served_is_found() -> None:
    """Each value of each person, alone in a sentence, as JSON, and in a URL."""
    with LocalSandbox() as sandbox:
        assert_no_personal_data(next(sandbox.people()).first_name, sandbox)
        people = await served(sandbox, 5)
        for one in people:
            values = [*one._replace(title="", company_name="", company_domain="")]
            for value in filter(None, values):
                for form in (value, json.dumps(value), quote(value)):
                    failure = caught(f"it was {form}, wasn't it", sandbox)
                    assert value not in failure
                    assert "line 1, column " in failure


@pytest.mark.anyio
async def test_names_are_words() -> None:
    """A part of a word is nobody's name, and who was not served is not known."""
    with LocalSandbox() as sandbox:
        one = (await served(sandbox, 1))[0]
        assert_no_personal_data(f"x{one.first_name}x", sandbox)
        others = [other for other in sandbox.people() if other.last_name != one.last_name]
        assert_no_personal_data(others[5].last_name, sandbox)


@pytest.mark.anyio
async def test_numbers_are_found_however_they_are_written() -> None:
    """A phone number that was served is known without its plus, and with anything between."""
    with LocalSandbox() as sandbox:
        people = await served(sandbox, 30)
        number = next(one.personal_phone for one in people if one.personal_phone)
        digits = number[2:]
        for form in (digits, f"{digits[:3]}.{digits[3:6]} {digits[6:]}"):
            assert "a phone number" in caught(f"<{form}>", sandbox)
        assert_no_personal_data(digits[:-1], sandbox)


@pytest.mark.anyio
async def test_those_who_were_asked_for_are_known_too() -> None:
    """What code sends is somebody's data as well: inputs, prospects, and a call that broke off."""
    with LocalSandbox() as sandbox:
        leadiq = sandbox.client()
        sandbox.set_faults(Reset(at="start", requests=(2,)))
        made = await leadiq.create_list(CreateListInput(name="Quarter 3"))
        assert made
        prospect = CreateProspectInput(
            first_name="Ottoline", last_name="Example-Fields", notes="met at the fair"
        )
        with pytest.raises(TransportError):
            await leadiq.add_prospect_to_list(made.id, prospect)
        assert_no_personal_data("list Quarter 3", sandbox)
        assert caught("for Ottoline", sandbox).endswith("column 5: a name")
        assert caught("note: met at the fair", sandbox).endswith("column 7: personal text")


@pytest.mark.anyio
async def test_an_alias_hides_nobody() -> None:
    """A document of the test's own is read against the schema: aliases, fragments, literals."""
    document = """
    { a: searchPeople(input: {fullName: "Ottoline Example"}) { b: results { ...P } } }
    fragment P on PersonRecord { c: name { d: last } e: education { f: name } }
    """
    with LocalSandbox() as sandbox:
        one = next(sandbox.people())
        asked = document.replace("fullName:", f'id: "{one.id}", fullName:')
        await sandbox.client().execute(asked)
        assert "a name" in caught(one.last_name, sandbox)
        assert "a name" in caught("Ottoline Example", sandbox)


def test_keys_are_found_in_both_forms() -> None:
    """The key as LeadIQ issues it, and as it is under the base64."""
    with LocalSandbox() as sandbox:
        raw = base64.b64decode(sandbox.key).decode().rstrip(":")
        for form in (sandbox.key, raw):
            assert caught(f"key={form}", sandbox).endswith("column 5: an API key")


def test_many_finds_are_counted() -> None:
    """A failure names ten places, in order, and counts the others."""
    with pytest.raises(AssertionError) as failure:
        assert_no_personal_data("\n".join(f"a{number}@example.com" for number in range(12)))
    lines = str(failure.value).splitlines()
    assert lines[1] == "  line 1, column 1: an e-mail address"
    assert lines[10] == "  line 10, column 1: an e-mail address"
    assert lines[11] == "  and 2 more"

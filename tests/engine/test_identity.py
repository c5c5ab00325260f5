"""The rules of leads: canonical identifiers, what is refused, which rows are one lookup."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadiq._core.canonical import (
    canonical_domain,
    canonical_email,
    canonical_linkedin,
    canonical_person_id,
    canonical_words,
    fold,
)
from leadiq._engine.identity import InvalidLead, Lead

PROFILE = "https://www.linkedin.com/in/"
ID = "PersonID-0a1b2c3d-0000-4000-8000-00000000000f"
NAME = {"first_name": "Ann", "last_name": "Example"}
NOISE = st.sampled_from(["", " ", "\u00a0", "\u200b", "\ufeff", "\t", "  \u2003"])


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        (" Ann@Example.COM ", "ann@example.com"),
        ("\ufeffann@example.com\u200b\u00a0", "ann@example.com"),
        ("ann\u00ad@example.com", "ann@example.com"),
        ("MAILTO:ann@example.com", "ann@example.com"),
        ("Ann Example <Ann@Example.com>", "ann@example.com"),
        ("ann@example.com;", "ann@example.com"),
        ("ann@b\u00fccher.example", "ann@xn--bcher-kva.example"),
        ("ann@bu\u0308cher.example", "ann@xn--bcher-kva.example"),
        ("ANN@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example"),
        ("ann@\uff45xample\u3002com", "ann@example.com"),
        ("\u00c5sa@example.com", "\u00e5sa@example.com"),
    ],
)
def test_an_email_has_one_spelling(raw: str, canonical: str) -> None:
    """Case, blanks, invisible characters, mailto: and the alphabet of the host don't matter."""
    assert canonical_email(raw) == canonical


@pytest.mark.parametrize(
    "raw", ["", "  ", "-", "--", "n/a", "#N/A", "None", "NULL", "\u200b", "<>"]
)
def test_a_placeholder_is_an_absent_value(raw: str) -> None:
    """What people type for "nothing" is nothing, in every field that is no name."""
    assert canonical_email(raw) == ""
    assert canonical_domain(raw) == ""
    assert canonical_person_id(raw) == ""
    assert canonical_linkedin(raw) == ("", "")


def test_an_empty_mailto_is_an_absent_value() -> None:
    """A link to no address names nobody."""
    assert canonical_email("mailto:") == ""


def test_null_is_a_name() -> None:
    """People are called Null, Na and None: only what cannot be a name is absent from names."""
    assert canonical_words("Null", "last name") == "Null"
    assert canonical_words("n/a", "last name") == ""


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("bob.example.com", "no @"),
        ("bob@example.com, bob@example.com", "more than one @"),
        ("@example.com", "malformed"),
        ("bob@", "malformed"),
        ("bob@example", "malformed"),
        ("bob@-example.com", "malformed"),
        ("bob@ex..ample.com", "malformed"),
        ("bob@10.0.0.1", "malformed"),
        ("bob b@example.com", "malformed"),
        ("bob@" + "e" * 64 + ".com", "malformed"),
        ("bob@" + "e." * 200 + "com", "malformed"),
        ("a" * 255 + "@example.com", "longer than 254"),
        ("a" * 5000, "longer than 4,000"),
    ],
)
def test_a_wrong_email_is_refused(raw: str, says: str) -> None:
    """A malformed e-mail is refused by a sentence about e-mails which does not repeat it."""
    with pytest.raises(InvalidLead, match=says) as refused:
        canonical_email(raw)
    assert "e-mail" in refused.value.reason
    assert "bob" not in refused.value.reason


@pytest.mark.parametrize(
    "raw",
    [
        "https://www.linkedin.com/in/ann-example",
        "HTTP://LinkedIn.com/IN/Ann-Example/",
        "linkedin.com/in/ann-example",
        "//www.linkedin.com/in/ann-example",
        "de.linkedin.com/in/ann-example/en",
        "https://m.linkedin.com:443/in/ann-example?trk=public#about",
        "https://www.linkedin.com/mwlite/in/ann-example",
        "https://www.linkedin.com/comm/in/ann-example",
        "https://www.linkedin.com/in/ann-example/details/experience/",
        " /in/ann-example ",
        "in/ann-example",
        "https://www.linkedin.com/in/ann%2Dexample",
    ],
)
def test_a_profile_has_one_address(raw: str) -> None:
    """Scheme, country, case, query, trailing parts and needless escapes don't matter."""
    assert canonical_linkedin(raw) == (PROFILE + "ann-example", "")


@pytest.mark.parametrize(
    "slug", ["j\u00f6rg", "J\u00d6RG", "jo\u0308rg", "j%C3%B6rg", "j%25c3%25b6rg"]
)
def test_a_slug_in_unicode_is_percent_encoded_once(slug: str) -> None:
    """Letters outside ASCII are sent as percent-encoded UTF-8, however they were given."""
    assert canonical_linkedin(f"linkedin.com/in/{slug}") == (PROFILE + "j%C3%B6rg", "")


def test_a_members_number_is_an_identifier_too() -> None:
    """Digits in the LinkedIn column are the member's number."""
    lead = Lead.from_text(linkedin=" 123456 ")
    assert (lead.linkedin_id, lead.linkedin_url, lead.key) == ("123456", "", "linkedin-id:123456")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("https://www.linkedin.com/company/example", "company's page"),
        ("https://www.linkedin.com/school/example", "school's page"),
        ("https://www.linkedin.com/sales/lead/ACwAAA", "Sales Navigator"),
        ("https://www.linkedin.com/pub/ann/1/2/3", "/pub/"),
        ("https://www.linkedin.com/feed/", "names no profile"),
        ("https://www.linkedin.com/in/", "names no profile"),
        ("https://www.linkedin.com", "names no profile"),
        ("https://linkedin.com.example.com/in/ann", "not a profile's address on"),
        ("yes", "not a profile's address on"),
        ("linkedin.com/in/ann%2Fexample", "malformed"),
        ("linkedin.com/in/ann%zz", "malformed"),
        ("linkedin.com/in/%ff", "malformed"),
        ("linkedin.com/in/---", "malformed"),
        ("linkedin.com/in/" + "x" * 1000, "longer than 1,000"),
    ],
)
def test_what_is_no_profile_is_refused(raw: str, says: str) -> None:
    """A company page, a link that hides the person, or a bare word never buys somebody."""
    with pytest.raises(InvalidLead, match=says) as refused:
        canonical_linkedin(raw)
    assert "linkedin.com/in/ann-example" in refused.value.reason or "longer" in refused.value.reason


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("Example.COM", "example.com"),
        ("https://www.Example.com:8080/about?x=1", "example.com"),
        ("www.www.example.com.", "example.com"),
        ("www.com", "www.com"),
        ("ann@example.com", "example.com"),
        ("example.com/", "example.com"),
        ("B\u00dcCHER.example", "xn--bcher-kva.example"),
    ],
)
def test_a_domain_has_one_spelling(raw: str, canonical: str) -> None:
    """A domain is found in web addresses and e-mails, and is lower-case ASCII without www."""
    assert canonical_domain(raw) == canonical


TOO_LONG_IN_ASCII = "\u00fc\u00f6\u00e4\u00fc\u00f6\u00e4\u00fc\u00f6." * 25 + "com"


@pytest.mark.parametrize(
    "raw", ["Example Inc", "localhost", "192.168.0.1", "x://", "a" * 300, TOO_LONG_IN_ASCII]
)
def test_what_is_no_domain_is_refused(raw: str) -> None:
    """A company's name in the domain column is refused, not sent."""
    with pytest.raises(InvalidLead, match="company domain is malformed"):
        canonical_domain(raw)


def test_a_person_id_is_canonical_or_refused() -> None:
    """Ids differ only in case; anything else is refused with the form that would do."""
    assert canonical_person_id(f" {ID.upper()} ") == ID
    with pytest.raises(InvalidLead, match="PersonID- and a UUID"):
        canonical_person_id(ID[:-1])


def test_names_are_cleaned_and_kept() -> None:
    """Blanks shrink to one, invisible characters go, joiners inside a word and case stay."""
    assert canonical_words("\u00a0 Ann\u2003\u200b  de\tGroot ", "full name") == "Ann de Groot"
    assert canonical_words("mi\u200cra", "full name") == "mi\u200cra"
    assert canonical_words("Rene\u0301", "full name") == "Ren\u00e9"
    with pytest.raises(InvalidLead, match="the first name is longer than 300 characters"):
        canonical_words("x" * 301, "first name")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({}, "no identifier"),
        ({"company": "Example Inc"}, "no identifier"),
        ({"domain": "example.com"}, "no identifier"),
        ({"full_name": "Ann Example"}, "without a company"),
        (NAME, "without a company"),
        ({"first_name": "Ann", "company": "Example Inc"}, "the last name is missing"),
        ({"last_name": "Example", "company": "Example Inc"}, "the first name is missing"),
        ({"linkedin": "yes"}, "not a profile's address"),
        ({"full_name": "Ann Example", "domain": "coming soon"}, "company domain is malformed"),
        ({"domain": "coming soon", "company": "Example Inc"}, "company domain is malformed"),
        ({"email": "a@b@example.com"}, "more than one @"),
        ({"email": "ann", "linkedin": "linkedin.com/in/ann"}, "the e-mail has no @"),
        ({"email": "ann", "person_id": ID}, "the e-mail has no @"),
    ],
)
def test_a_row_that_identifies_nobody_is_refused(cells: dict[str, str], says: str) -> None:
    """What is left must identify a person; an e-mail without @ spoils the row in any case."""
    with pytest.raises(InvalidLead, match=says):
        Lead.from_text(**cells)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ({"email": "ann@example.com"}, {"linkedin": "linkedin.com/company/x"}, "company's page"),
        ({"email": "ann@example.com"}, {"linkedin": "yes"}, "not a profile's address"),
        ({"email": "ann@example.com"}, {"domain": "coming soon"}, "company domain is malformed"),
        ({"email": "ann@example.com"}, {"person_id": "7"}, "PersonID- and a UUID"),
        ({"linkedin": "linkedin.com/in/ann"}, {"email": "a@b@c.example"}, "more than one @"),
        (NAME | {"company": "Example Inc"}, {"domain": "coming soon"}, "company domain"),
        (NAME | {"domain": "example.com"}, {"company": "x" * 301}, "company name is longer"),
        ({"person_id": ID}, {"first_name": "x" * 301}, "first name is longer"),
        ({"person_id": ID}, {"last_name": "x" * 301}, "last name is longer"),
        ({"person_id": ID}, {"full_name": "x" * 301}, "full name is longer"),
        ({"person_id": ID}, {"linkedin_id": "x" * 301}, "LinkedIn id is longer"),
        ({"person_id": ID}, {"hashed_email": "x" * 63}, "hashed e-mail is no SHA-256"),
        ({"person_id": ID}, {"phone": "ask"}, "phone is malformed"),
    ],
)
def test_a_malformed_side_identifier_is_ignored(
    good: dict[str, str], bad: dict[str, str], says: str
) -> None:
    """When another identifier suffices, the bad one is left out, said, and never repeated."""
    lead = Lead.from_text(**good, **bad)
    assert lead == Lead.from_text(**good)
    assert lead.key == Lead.from_text(**good).key
    assert lead.ignored.startswith("ignored: the ")
    assert says in lead.ignored
    assert not any(value in lead.ignored for value in bad.values() if value != "7")


def test_each_ignored_identifier_is_said() -> None:
    """Two malformed cells are two clauses, and a sound lead has none."""
    lead = Lead.from_text(person_id=ID, linkedin="yes", domain="coming soon")
    assert lead.ignored.count("ignored: ") == 2
    assert "; ignored: the company domain" in lead.ignored
    assert Lead.from_text(person_id=ID).ignored == ""


WEAKER = [  # what is removed from the full row -> what identifies it then, and what is sent
    ("", f"id:{ID}", {"id": ID}),
    ("person_id", f"linkedin:{PROFILE}ann", {"linkedinUrl": f"{PROFILE}ann"}),
    ("linkedin", "email:ann@example.com", {"email": "ann@example.com"}),
    (
        "email",
        "name:ann example\x1fexample.com",
        {"firstName": "Ann", "lastName": "Example", "company": {"domain": "example.com"}},
    ),
    (
        "domain",
        "name:ann example\x1fexample inc",
        {"firstName": "Ann", "lastName": "Example", "company": {"name": "Example Inc"}},
    ),
    (
        "first_name",
        "name:ann example\x1fexample inc",
        {"fullName": "Ann Example", "company": {"name": "Example Inc"}},
    ),
]


@pytest.mark.parametrize("step", range(len(WEAKER)))
def test_the_strongest_identifier_is_the_key_and_is_all_that_is_sent(step: int) -> None:
    """Id beats LinkedIn beats e-mail beats name with company; domain beats company name."""
    cells = {
        "person_id": ID,
        "linkedin": "linkedin.com/in/ann",
        "email": "ann@example.com",
        **NAME,
        "full_name": "Ann Example",
        "company": "Example Inc",
        "domain": "example.com",
    }
    for gone, _, _ in WEAKER[: step + 1]:
        cells.pop(gone, None)
    lead = Lead.from_text(**cells)
    _, key, wire = WEAKER[step]
    assert lead.key == key
    assert lead.to_input().model_dump(by_alias=True, exclude_unset=True) == {**wire, "limit": 1}


def test_a_members_number_is_sent_as_such() -> None:
    """The number goes in the field for numbers, with as many persons as were asked for."""
    lookup = Lead.from_text(linkedin="123456").to_input(limit=3)
    assert lookup.model_dump(by_alias=True, exclude_unset=True) == {
        "linkedinId": "123456",
        "limit": 3,
    }


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"linkedin_id": "ACoAAexample"}, {"linkedinId": "ACoAAexample"}),
        ({"hashed_email": "0A" * 32}, {"hashedEmail": "0a" * 32}),
        ({"phone": "+1 202 555 0100"}, {"phone": "+1 202 555 0100"}),
    ],
)
def test_what_identifies_a_person_is_sent_alone(
    given: dict[str, str], sent: dict[str, str]
) -> None:
    """In LeadIQ's field for it, with as many persons as were asked for; and it is the key."""
    lead = Lead.from_text(**given, **NAME)
    lookup = lead.to_input(limit=3).model_dump(by_alias=True, exclude_unset=True)
    assert lookup == sent | {"limit": 3}
    (value,) = sent.values()
    assert lead.key == f"{lead.identified_by}:{value}"
    assert lead != Lead.from_text(person_id=ID)


def test_half_a_name_does_not_hide_the_whole() -> None:
    """The full name is sent, and is the key, where the last name is missing."""
    lead = Lead.from_text(first_name="Ann", full_name="Ann Example", domain="example.com")
    assert lead.to_input().full_name == "Ann Example"
    assert lead.key == Lead.from_text(full_name="Ann Example", domain="example.com").key


def test_what_is_not_given_is_absent() -> None:
    """A lead that is made by hand says nothing that was not said."""
    assert Lead() == Lead(**dict.fromkeys(Lead.__slots__, ""))
    assert Lead().ignored == ""


def test_a_refusal_does_not_hold_what_was_refused() -> None:
    """A traceback keeps the values of the functions that it went through."""
    with pytest.raises(InvalidLead) as caught:
        Lead.from_text(email="ann at example.com")
    assert "canonical_email" not in [entry.name for entry in caught.traceback]


def test_a_lead_survives_pickling_and_keeps_quiet() -> None:
    """Leads and refusals cross processes, and no repr shows whom a lead is about."""
    lead = Lead.from_text(email="ann@example.com")
    assert pickle.loads(pickle.dumps(lead)) == lead  # noqa: S301 - ours
    refusal = InvalidLead("the e-mail has no @")
    assert pickle.loads(pickle.dumps(refusal)) == refusal  # noqa: S301 - ours
    assert len({refusal, InvalidLead("the e-mail has no @")}) == 1
    assert repr(lead) == "<Lead by email>"


def _noisy(text: str) -> st.SearchStrategy[str]:
    """Return spellings of an identifier that differ from it in case and in blanks around it."""
    cased = st.sampled_from([text, text.upper(), text.title()])
    return st.builds(lambda before, middle, after: before + middle + after, NOISE, cased, NOISE)


@given(
    email=_noisy("ann@example.com"),
    linkedin=st.builds(
        lambda scheme, country, slug, tail: f"{scheme}{country}linkedin.com/in/{slug}{tail}",
        st.sampled_from(["", "http://", "https://", "HTTPS://", "//"]),
        st.sampled_from(["", "www.", "de.", "WWW."]),
        st.sampled_from(["j\u00f6rg-x", "J\u00d6RG-X", "jo\u0308rg-x", "J%C3%B6RG-X"]),
        st.sampled_from(["", "/", "/de", "?trk=x", "/#top"]),
    ),
    domain=st.builds(
        lambda before, name, after: f"{before}{name}{after}",
        st.sampled_from(["", "www.", "https://", "https://www."]),
        _noisy("example.com").map(str.strip),
        st.sampled_from(["", "/", "/about?x=1", "."]),
    ),
    name=st.sampled_from(
        ["Ann \u00d8re", "ANN \u00f8RE ", "ann\u00a0\u00f8re", "\uff41nn \u00d8re"]
    ),
)
def test_spellings_of_one_lead_share_its_key(
    email: str, linkedin: str, domain: str, name: str
) -> None:
    """Noise of case, blanks, scheme, host and encoding never buys the same person twice."""
    assert Lead.from_text(email=email).key == "email:ann@example.com"
    assert Lead.from_text(linkedin=linkedin).key == f"linkedin:{PROFILE}j%C3%B6rg-x"
    assert Lead.from_text(full_name=name, domain=domain).key == "name:ann \u00f8re\x1fexample.com"


ANYTHING = st.one_of(
    st.text(max_size=40),
    st.builds("{}@{}.{}".format, st.text(max_size=8), st.text(max_size=8), st.text(max_size=4)),
    st.builds("linkedin.com/in/{}".format, st.text(max_size=12)),
    st.builds("https://{}.example/".format, st.text(max_size=12)),
)


@given(text=ANYTHING)
@example(text="a@\u0130.example")
@example(text="linkedin.com/in/\u0130%25")
def test_canonical_is_final(text: str) -> None:
    """Whatever comes in is refused, or has a canonical form that is its own canonical form."""
    for canonical in (canonical_email, canonical_domain, canonical_person_id, _linkedin, _words):
        try:
            once = canonical(text)
        except InvalidLead:
            continue
        assert canonical(once) == once
        once.encode()
    assert fold(fold(text)) == fold(text)


def _linkedin(text: str) -> str:
    url, number = canonical_linkedin(text)
    return url or number


def _words(text: str) -> str:
    return canonical_words(text, "full name")

"""Identifiers in their one spelling: the corners that a row of a table seldom shows."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

import pytest

from leadiq._core.canonical import (
    InvalidLead,
    canonical_company_id,
    canonical_domain,
    canonical_email,
    canonical_hash,
    canonical_linkedin,
    canonical_person_id,
    canonical_phone,
    canonical_words,
    fold,
)

COMPANY = "MergedCompany-0123456789abcdef01234567"
HASH = sha256(b"ann@example.com").hexdigest()
ANN = ("https://www.linkedin.com/in/ann-example", "")
LONGEST_DOMAIN = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])


def refusal(canonical: Callable[..., object], *given: str) -> str:
    """The reason for which a value is refused."""
    with pytest.raises(InvalidLead) as caught:
        canonical(*given)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason


def test_refusals_are_equal_for_one_reason() -> None:
    """And to nothing else."""
    assert InvalidLead("a") == InvalidLead("a")
    assert InvalidLead("a") != InvalidLead("b")
    assert InvalidLead("a") not in (ValueError("a"), "a")


# -- what says nothing, and what nobody sees -------------------------------------------------------


@pytest.mark.parametrize("raw", ["na", "None", "NULL", "nil", "Unknown", "n/a", "#N/A", "-", ""])
def test_a_placeholder_is_an_absent_value(raw: str) -> None:
    """In every field that is no name."""
    for canonical in (canonical_email, canonical_domain, canonical_person_id, canonical_phone):
        assert canonical(raw) == ""
    assert canonical_hash(raw) == canonical_company_id(raw) == ""
    assert canonical_linkedin(raw) == ("", "")


@pytest.mark.parametrize(
    "raw",
    [
        "An\x07n Example",
        "Ann\ud800 Example",
        "\u200dAnn Example\u200c",
        "\u200d Ann Example \u200d",
    ],
)
def test_what_nobody_sees_is_not_in_a_name(raw: str) -> None:
    """Control characters, halves of characters, and joiners that join nothing."""
    assert canonical_words(raw, "full name") == "Ann Example"


def test_identifiers_have_no_joiners() -> None:
    """They are for the middle of words."""
    assert canonical_email("an\u200cn@exam\u200dple.com") == "ann@example.com"


def test_names_are_compared_without_joiners() -> None:
    """Some write them and some do not."""
    assert fold("mi\u200cra \u200dx") == fold("mira x") == "mira x"


# -- how long --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("canonical", "field"),
    [
        (canonical_person_id, "LeadIQ id"),
        (canonical_company_id, "company id"),
        (canonical_email, "e-mail"),
        (canonical_hash, "hashed e-mail"),
        (canonical_phone, "phone"),
        (canonical_domain, "company domain"),
        (canonical_linkedin, "LinkedIn address"),
    ],
)
def test_a_cell_that_is_too_long_is_not_looked_at(
    canonical: Callable[[str], object], field: str
) -> None:
    """Whatever is in it."""
    text = f"the {field} is longer than 4,000 characters"
    assert refusal(canonical, "x" * 4001) == text
    assert refusal(canonical, "x" * 3999 + "@") != text


def test_what_is_sent_is_bounded() -> None:
    """A name by us, an address by SMTP, a slug by us."""
    assert canonical_words("x" * 300, "full name") == "x" * 300
    local = "x" * (254 - len("@example.com"))
    assert canonical_email(f"{local}@example.com") == f"{local}@example.com"
    assert refusal(canonical_email, f"x{local}@example.com") == (
        "the e-mail is longer than 254 characters"
    )
    slug = "x" * (1000 - len("https://www.linkedin.com/in/"))
    assert canonical_linkedin(f"/in/{slug}")[0].endswith(slug)
    assert refusal(canonical_linkedin, f"/in/{slug}x") == (
        "the LinkedIn address is longer than 1,000 characters"
    )


def test_a_domain_is_as_long_as_dns_allows() -> None:
    """253 characters, and 63 in each part; in other alphabets it is the ASCII form that counts."""
    assert len(LONGEST_DOMAIN) == 253
    assert canonical_domain(LONGEST_DOMAIN) == LONGEST_DOMAIN
    refusal(canonical_domain, LONGEST_DOMAIN + "d")
    refusal(canonical_domain, "a" * 64 + ".example")
    refusal(canonical_domain, ".".join(["\u00fc" + "a" * 45] * 5) + ".example")


# -- ids -------------------------------------------------------------------------------------------


def test_a_company_id_is_canonical_or_refused() -> None:
    """Ids differ only in case; anything else is refused with the form that would do."""
    assert canonical_company_id(f" {COMPANY.upper()} ") == COMPANY
    for raw in (COMPANY[:-1], COMPANY + "0", "x" + COMPANY, COMPANY[:-1] + "g"):
        assert refusal(canonical_company_id, raw) == (
            "the company id is malformed: give MergedCompany- and 24 hex digits"
        )


def test_a_hash_is_canonical_or_refused() -> None:
    """An address in clear is not taken for its hash."""
    assert canonical_hash(f" {HASH.upper()} ") == HASH
    for raw in (HASH[:-1], HASH + "0", HASH[:-1] + "g", "ann@example.com"):
        assert refusal(canonical_hash, raw) == (
            "the hashed e-mail is no SHA-256: give 64 hex digits, as of hash_email()"
        )


def test_a_phone_is_as_it_was_written_or_refused() -> None:
    """Five digits are somebody's, four are nobody's."""
    assert canonical_phone(" +1  (202)\u00a0555-0100 ") == "+1 (202) 555-0100"
    assert canonical_phone("5-01-00") == "5-01-00"
    for raw in ("01-00", "ask the front desk"):
        assert refusal(canonical_phone, raw) == (
            "the phone is malformed: give the whole number, such as +1 202 555 0100"
        )


# -- addresses and domains -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("Ann Example < ann@example.com >", "ann@example.com"),
        ("Ann Example < mailto:ann@example.com>", "ann@example.com"),
        ("mailto: ann@example.com", "ann@example.com"),
        ("Ann Example <>", ""),
    ],
)
def test_an_address_is_found_in_what_is_around_it(raw: str, canonical: str) -> None:
    """With blanks in every place; a name around no address names nobody."""
    assert canonical_email(raw) == canonical


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("x.example", "x.example"),
        ("ab.example", "ab.example"),
        ("7.example", "7.example"),
        ("www.7.example", "7.example"),
        ("example.7.com", "example.7.com"),
        ("example.com?x=//y", "example.com"),
        ("example.com//about", "example.com"),
        ("git+https://example.com", "example.com"),
        ("example.com:", "example.com"),
        ("example.com:443/x", "example.com"),
        ("ann @ example.com", "example.com"),
    ],
)
def test_a_domain_is_found_in_what_is_around_it(raw: str, canonical: str) -> None:
    """Scheme, path, query, port and local part go; what stands in the path is no scheme."""
    assert canonical_domain(raw) == canonical


@pytest.mark.parametrize("raw", ["exam:ple.com", "192.0.2.1", "example.1", "example", "a..b"])
def test_what_is_no_domain_is_refused(raw: str) -> None:
    """Numbers at the end are those of an IP address."""
    assert refusal(canonical_domain, raw) == (
        "the company domain is malformed: give one such as example.com"
    )


# -- LinkedIn --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "linkedin.com//in/ann-example",
        "linkedin.com /in/ann-example",
        "linkedin.com:/in/ann-example",
        "linkedin.com/ in / ann-example /",
        "linkedin.com/in/ /ann-example",
        "linkedin.com/Comm/in/ann-example",
        "linkedin.com/MWLite/in/ann-example",
        "linkedin.com/in/ann-example?url=https://x",
        "In/ann-example",
        "/IN/ann-example",
    ],
)
def test_a_profile_has_one_address(raw: str) -> None:
    """Blanks, doubled slashes, an empty port and the parts that apps put in front don't matter."""
    assert canonical_linkedin(raw) == ANN


@pytest.mark.parametrize("raw", ["\uff11\uff12\uff13", "https://.linkedin.com/in/ann", "x/in/ann"])
def test_what_only_looks_like_a_profile_is_refused(raw: str) -> None:
    """Digits of other alphabets are no member's number."""
    assert "is not a profile's address on linkedin.com" in refusal(canonical_linkedin, raw)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("company", "is a company's page"),
        ("showcase", "is a company's page"),
        ("school", "is a school's page"),
        ("sales", "is a Sales Navigator link, which names no public profile"),
        ("pub", "is of the old /pub/ form"),
        ("in", "names no profile (nothing after /in/)"),
        ("feed", "names no profile (nothing after /in/)"),
    ],
)
def test_what_is_no_profile_is_called_by_its_name(page: str, why: str) -> None:
    """The reason says what it is and what would do."""
    assert refusal(canonical_linkedin, f"linkedin.com/{page}/") == (
        f"the LinkedIn address {why}: give the profile's, such as {ANN[0]}"
    )


@pytest.mark.parametrize("sign", [*' /\\?#<>"{}|^`@,;:', "%2", "%"])
def test_signs_that_no_slug_has_are_refused(sign: str) -> None:
    """Percent-encoded as well, and twice: it would be somebody else's, or nobody's."""
    for encoded in (quote(sign, safe=""), quote(quote(sign, safe=""), safe="")):
        why = refusal(canonical_linkedin, f"linkedin.com/in/ann{encoded}x")
        assert "is malformed after /in/" in why


def test_a_slug_that_is_not_utf8_is_refused() -> None:
    """It would become another one."""
    assert "is malformed" in refusal(canonical_linkedin, "linkedin.com/in/ann%ff")


def test_a_slug_keeps_the_signs_that_addresses_may_have() -> None:
    """They are not encoded."""
    assert canonical_linkedin("linkedin.com/in/a-n_n.e~x")[0].endswith("/in/a-n_n.e~x")
    assert canonical_linkedin("linkedin.com/in/ann%252dexample") == ANN

"""Redaction: what was sent, and what looks like contact data or a key, leaves the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.redaction import literals, redact


@pytest.mark.parametrize(
    ("message", "variables", "left"),
    [
        ("no Ada here", {"input": {"firstName": "Ada"}}, "no <hidden> here"),
        ("no ADA here", {"firstName": "ada"}, "no <hidden> here"),
        ("Ada Example", {"a": ["Ada"], "b": "Ada Example"}, "<hidden>"),
        ("Ada Example", ["ada", "Ada Example"], "<hidden>"),
        (
            "|".join(f"name{n} of old" for n in range(20)),
            [f"name{n}" + rest for n in range(20) for rest in ("", " of old")],
            "|".join(["<hidden>"] * 20),
        ),
        ("a.b and axb", {"a": "a.b"}, "<hidden> and axb"),
        ("hidden and Ada", {"a": "Ada", "b": "hidden"}, "<hidden> and <hidden>"),
        ("no 李 here", "李", "no <hidden> here"),
        ("at 10 or a", {"a": "a", "b": 10, "c": None, "d": True}, "at 10 or a"),
        ("nothing", None, "nothing"),
        ("Ada", [[["Ada"]]], "<hidden>"),
        ("Ada", {"Ada": 1}, "Ada"),
    ],
)
def test_what_was_sent_is_hidden(message: str, variables: object, left: str) -> None:
    """Every string among the variables goes, in whatever case; the shortest stay readable."""
    assert redact(message, variables) == left


@pytest.mark.parametrize(
    "secret",
    [
        "ada@example.com",
        "<ada@example.com>",
        '"ada@example.com"',
        "o'brien@example.com",
        "'ada'@example.com",
        "ada+tag@xn--bcher-kva.example",
        "åsa@exämple.com",
        "q@x",
        "555 010 0199",
        "555-0199",
        "kEy+wiTh/Two_sigNs-42",
        "A/b_c-d+e4xyzXYZ+/_-",
        "+1 (555) 010-0199",
        "+15550100199",
        "555-010-0199",
        "555.010.0199",
        "cmF3LWtleS0wMTIzNDU2Nzg5Og==",
        "0123456789abcdef0123456789abcdef",
        "PersonID-0a1b2c3d-0000-4000-8000-00000000000f",
    ],
)
def test_contact_data_and_keys_are_hidden(secret: str) -> None:
    """Addresses, phone numbers and keys go even if nobody sent them."""
    for message in (secret, f"no {secret} here", f"value:{secret}", f"a\n{secret}, b"):
        left = redact(message)
        assert "<hidden>" in left
        assert not any(part in left for part in secret.strip("<>\"'+()").split("@"))
    assert redact(f"no {secret} here") == "no <hidden> here"


@pytest.mark.parametrize(
    "message",
    [
        'Cannot query field "emails" on type "PositionRecord".',
        'Unknown directive "@include".',
        "Variable $input of type EmailVerificationStatusTypeInput! is required at 12:5",
        "HTTP 429, retry in 60 seconds",
        "error 1234567 of job 12-34-5",
        "CompanyTrackingTask",
        "not-so-long-id-1234",
    ],
)
def test_what_is_no_secret_stays(message: str) -> None:
    """Names of the schema, directives and small numbers are what a message is for."""
    assert redact(message) == message


def test_a_message_is_bounded() -> None:
    """However long a server's message is, 500 characters of it are kept."""
    assert redact("no " * 1000) == ("no " * 1000)[:500]


@pytest.mark.parametrize("text", ["a", "1", "a@", "@", "1 ", "+", "a1", "-"])
def test_a_huge_message_takes_no_time(text: str) -> None:
    """The search is linear in what a server writes: a megabyte does not stop the program."""
    began = time.process_time()
    redact(text * (1_000_000 // len(text)))
    assert time.process_time() - began < 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=12)


@given(NAMES, st.text(max_size=30), st.text(max_size=30), JSON)
def test_a_sent_name_never_comes_back(name: str, before: str, after: str, other: object) -> None:
    """Whatever surrounds it, and whatever else was sent, the name is not in the text."""
    left = redact(f"{before}{name}{after}", {"other": other, "name": name})
    assert name not in left.replace("<hidden>", "|")


def test_short_names_are_taken_out_as_whole_words() -> None:
    """Two letters are a name as well, but not inside other words."""
    sent = {"firstName": "Bo", "lastName": "Li", "company": {"name": "Hi"}}
    message = 'no "Bo" Li of Hi: Bob, Lisa, Hilton and a jumbo stay'
    assert redact(message, sent) == (
        'no "<hidden>" <hidden> of <hidden>: Bob, Lisa, Hilton and a jumbo stay'
    )


def test_values_are_found_in_their_json_form() -> None:
    """A server that writes JSON inside its message writes letters as escapes."""
    message = redact(r"no \u00d6lm\u00fchle, no Wei\u00df", ["\u00d6lm\u00fchle", "Wei\u00df"])
    assert message == "no <hidden>, no <hidden>"


def test_the_strings_of_a_document_are_its_literals() -> None:
    """Quoted and block strings, with escapes; they may be names as well."""
    text = 'query { a(b: "Ada \\"E\\"", c: """Bo\n"Li" """, d: "") e }'
    assert literals(text) == ['Ada \\"E\\"', 'Bo\n"Li" ', ""]


def test_blocks_in_a_document_end_where_they_end() -> None:
    """Two block strings are two literals, and an empty one is none that hides the next."""
    assert literals('{ a(x: """Ada "A" Example""", y: """Bo""") }') == ['Ada "A" Example', "Bo"]
    assert literals('{ a(x: """""", y: """Bo""") }') == ["", "Bo"]

"""API keys: both forms give one header, and what cannot be a key is refused unseen."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.credentials import authorization, payer, secrets
from leadiq._core.errors import ConfigurationError

RAW = "raw-key-0123456789"
ISSUED = base64.b64encode(f"{RAW}:".encode()).decode()
#: Beyond base64's letters no raw key can be mistaken for an issued one.
LETTERS = string.ascii_letters + string.digits + "-_.~!#$%&*"
RAW_KEYS = st.text(LETTERS, min_size=8, max_size=80).map(lambda key: f"-{key}-")


def issued(raw: str) -> str:
    """The form in which LeadIQ issues a key."""
    return base64.b64encode(f"{raw}:".encode()).decode()


def test_the_issued_form_goes_verbatim() -> None:
    """Encoding an issued key again would be a 401 [guide]."""
    assert authorization(ISSUED) == f"Basic {ISSUED}"


@given(RAW_KEYS)
def test_both_forms_give_one_header(raw: str) -> None:
    """The raw key, with or without its colon, means the same as its issued form."""
    header = authorization(issued(raw))
    assert authorization(raw) == authorization(f"{raw}:") == header
    name, _, value = header.partition(" ")
    assert name == "Basic"
    assert base64.b64decode(value) == f"{raw}:".encode()


@given(RAW_KEYS, st.text(" \t\r\n", max_size=3), st.text(" \t\r\n", max_size=3))
def test_white_space_around_a_key_is_ignored(raw: str, before: str, after: str) -> None:
    """A key from a file or a clipboard often has a line break behind it."""
    assert authorization(f"{before}{raw}{after}") == authorization(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "0123456789abcdef",  # base64 of bytes that are no text
        base64.b64encode(b"without a colon").decode(),
        base64.b64encode(b"two:colons:").decode(),
        base64.b64encode(b":").decode() * 2,
        base64.b64encode(b"line\nbreak:").decode(),
        base64.b64encode("schlüssel:".encode()).decode(),
        ISSUED[:-1] + "!",
        ISSUED[:4] + "-" + ISSUED[4:],
    ],
)
def test_what_only_looks_like_base64_is_raw(raw: str) -> None:
    """Only base64 of printable characters with one colon, at the end, is the issued form."""
    assert authorization(raw) == f"Basic {issued(raw)}"


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        (f"Basic {ISSUED}", "without the word Basic"),
        (f"basic {RAW}", "without the word Basic"),
        (f'"{RAW}"', "quotation marks"),
        (f'"{RAW}', "quotation marks"),
        (f"{RAW}'", "quotation marks"),
        (f"{RAW} {RAW}", "white space or characters"),
        (f"{RAW}\n{RAW}", "white space or characters"),
        (f"{RAW}\x00{RAW}", "white space or characters"),
        (f"{RAW}é", "white space or characters"),
        ("secret1", "shorter than 8 characters"),
        ("user-name:password", "colon inside"),
        (f"{RAW}::", "colon inside"),
    ],
)
def test_a_malformed_key_is_refused_unseen(key: str, problem: str) -> None:
    """The error says what is wrong and where keys are, without the key; nothing was sent."""
    with pytest.raises(ConfigurationError, match=problem) as caught:
        authorization(key)
    text = f"{caught.value} {caught.value!r}"
    assert RAW not in text
    assert "secret1" not in text
    assert "password" not in text
    assert "; copy it from LeadIQ's Settings > API Keys" in text
    assert caught.value.sent is False


@given(st.text())
def test_any_text_is_a_header_or_an_error(key: str) -> None:
    """Whatever is given, the header is plain text that can be sent, or the error does not show
    it."""
    try:
        shown, secret = authorization(key), "\n"
    except ConfigurationError as error:
        shown, secret = str(error), key.strip()
    assert len(secret) in range(1, 8) or not secret or secret not in shown
    assert shown.isascii()
    assert shown.isprintable()


@given(RAW_KEYS)
def test_both_forms_of_a_key_are_known_as_secrets(raw: str) -> None:
    """Whichever form was given, both are to be taken out of what a server says."""
    assert secrets(authorization(raw)) == (issued(raw), raw)


@given(RAW_KEYS, RAW_KEYS)
def test_accounts_are_told_apart_without_telling_a_key(one: str, other: str) -> None:
    """The same endpoint and key are the same account, in either form of the key."""
    there, here = "https://api.example.com/graphql", "http://127.0.0.1:8000/graphql"
    header = authorization(one)
    assert payer(there, header) == payer(there, authorization(issued(one)))
    assert payer(there, header) != payer(here, header)
    assert (payer(there, header) == payer(there, authorization(other))) is (one == other)
    assert one not in payer(there, header)


def test_an_account_has_the_same_name_in_every_version() -> None:
    """Ledgers and journals on disk name accounts so: another name would pay for all again."""
    assert payer("https://api.leadiq.com/graphql", "Basic a2V5Og==") == "381097ef19cb0a65"

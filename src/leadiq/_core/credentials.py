"""API keys: telling their two forms apart, and making the header from either. Pure.

LeadIQ issues a "Secret Base64 API key", which is the base64 of `<raw key>:` and goes into the
header as it is [guide][samples]. Some people hold the raw key. The forms are told apart by
decoding: only text that is strict base64 of printable characters with one colon, at the end,
is taken as the issued form. A raw key of 16 random characters passes for that by accident in
less than one case of a billion.
"""

from __future__ import annotations

import base64
from hashlib import sha256

from .errors import ConfigurationError

_WHERE = "copy it from LeadIQ's Settings > API Keys"
_MIN_LENGTH = 8  # shorter text is a placeholder or a slip, never a key


def authorization(key: str) -> str:
    """Give the `Authorization` header for a key in either form.

    Args:
        key: as issued by LeadIQ (base64), or raw; white space around it is ignored.

    Raises:
        ConfigurationError: when it cannot be a key; the text does not contain it.
    """
    key = key.strip()
    _refuse_malformed(key)
    if _is_issued_form(key):
        return f"Basic {key}"
    raw = key.removesuffix(":")
    if ":" in raw:
        raise ConfigurationError("the API key has a colon inside; " + _WHERE, sent=False)
    return "Basic " + base64.b64encode(f"{raw}:".encode()).decode()


def secrets(header: str) -> tuple[str, str]:
    """Give both forms of the key in a header made by `authorization`."""
    issued = header.removeprefix("Basic ")
    return issued, base64.b64decode(issued).decode().removesuffix(":")


def payer(endpoint: str, header: str) -> str:
    """Tell accounts apart without telling a key: a short hash of an endpoint and a key."""
    return sha256(f"{endpoint}\n{header}".encode()).hexdigest()[:16]


def _refuse_malformed(key: str) -> None:
    problem = None
    if not key:
        problem = "the API key is empty"
    elif key.lower().startswith("basic "):
        problem = "write the API key without the word Basic"
    elif key[0] in "\"'" or key[-1] in "\"'":
        problem = "the API key has quotation marks around it"
    elif not key.isascii() or not key.isprintable() or " " in key:
        problem = "the API key has white space or characters inside that no key has"
    elif len(key) < _MIN_LENGTH:
        problem = f"the API key is shorter than {_MIN_LENGTH} characters"
    if problem:
        raise ConfigurationError(f"{problem}; {_WHERE}", sent=False)


def _is_issued_form(key: str) -> bool:
    try:
        decoded = base64.b64decode(key, validate=True).decode("ascii")
    except ValueError:
        return False
    return decoded.isprintable() and decoded.find(":") == len(decoded) - 1

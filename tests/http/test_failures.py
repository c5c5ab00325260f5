"""What each failure of the network means, of whichever library of httpx's kin."""

from __future__ import annotations

import ssl
from importlib.util import find_spec

import anyio
import httpcore
import httpx
import pytest

from leadiq._core.errors import (
    ConfigurationError,
    ConnectError,
    LeadIQError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)
from leadiq._http.failures import meaning, names

SENT = [
    ("ConnectError", ConnectError, False),
    ("ProxyError", ConnectError, False),
    ("UnsupportedProtocol", ConnectError, False),
    ("ConnectTimeout", RequestTimeoutError, False),
    ("PoolTimeout", RequestTimeoutError, False),
    ("ReadTimeout", RequestTimeoutError, True),
    ("WriteTimeout", RequestTimeoutError, True),
    ("ReadError", TransportError, True),
    ("WriteError", TransportError, True),
    ("CloseError", TransportError, True),
    ("LocalProtocolError", TransportError, True),
    ("RemoteProtocolError", TransportError, True),
    ("TooManyRedirects", TransportError, True),
    ("StreamError", TransportError, True),
    ("CookieConflict", TransportError, True),
    ("DecodingError", ServerError, True),
    ("InvalidURL", ConfigurationError, False),
]


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize(("name", "branch", "sent"), SENT)
def test_httpx_and_its_kin_are_told_by_name(
    library: str, name: str, branch: type[LeadIQError], sent: bool
) -> None:
    """Every exception of the family has a meaning, whether or not the library is installed."""
    of_library = getattr(httpx, name)
    if library != "httpx":
        of_library = made_elsewhere(library, of_library)
    error = meaning(of_library.__new__(of_library), "example.com", 30.0)
    assert type(error) is branch
    assert error.sent is sent


def made_elsewhere(library: str, kind: type) -> type:
    """The same class, and its bases, as another library has them."""
    bases = tuple(
        made_elsewhere(library, base) if base.__module__ == "httpx" else base
        for base in kind.__bases__
    )
    return type(kind.__name__, bases, {"__module__": f"{library}._exceptions"})


@pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
@pytest.mark.parametrize(("name", "branch", "sent"), SENT)
def test_httpx2_is_as_it_is_taken_to_be(name: str, branch: type[LeadIQError], sent: bool) -> None:
    """The real httpx2 has the names that are told apart."""
    import httpx2

    kind = getattr(httpx2, name)
    error = meaning(kind.__new__(kind), "example.com", 30.0)
    assert type(error) is branch
    assert error.sent is sent


@pytest.mark.parametrize(
    ("failure", "branch"),
    [
        (TimeoutError(), RequestTimeoutError),
        (ssl.SSLError("bad record"), TransportError),
        (ConnectionResetError(), TransportError),
        (anyio.ClosedResourceError(), TransportError),
        (httpcore.ReadError(), TransportError),
    ],
)
def test_what_escapes_from_below_httpx_has_a_meaning_too(
    failure: Exception, branch: type[LeadIQError]
) -> None:
    """httpx lets some of the network's own errors through; the request may have been sent."""
    error = meaning(failure, "example.com", 30.0)
    assert type(error) is branch
    assert error.sent


def test_what_is_not_of_the_network_keeps_its_meaning() -> None:
    """An error of a caller's hook, or a bug, is not renamed."""
    assert meaning(ValueError("of a hook"), "example.com", 30.0) is None
    assert meaning(FileNotFoundError("of a hook"), "example.com", 30.0) is None
    assert names(ValueError()) == set()


def test_the_texts_say_what_happened_and_not_what_was_sent() -> None:
    """The library's own text is left out: it may hold what was sent."""
    secret = "token-of-the-tests"
    for name, _, _ in SENT:
        kind = getattr(httpx, name)
        failure = kind.__new__(kind)
        failure.args = (secret,)
        assert secret not in str(meaning(failure, "example.com", 30.0))
    assert (
        str(meaning(TimeoutError(), "example.com", 2.5))
        == "no answer from LeadIQ within 2.5 seconds"
    )

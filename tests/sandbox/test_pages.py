"""Rules of the pages as they are served; test_looking.py looks at them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
HOST = "http://sandbox.test"
PAGES = ("/", "/_sandbox", "/_sandbox/")
REFERENCE = re.compile(r"""(?:src|href)="([^"]*)"|from "([^"]*)\"""")


def get(sandbox: Any, path: str, method: str = "GET") -> Any:
    return sandbox.reply(method=method, url=HOST + path, headers={})


def referred(text: str) -> list[str]:
    return [one or other for one, other in REFERENCE.findall(text)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_for_whoever_asks(make: Make, path: str) -> None:
    """It needs no key and counts nowhere."""
    sandbox = make()
    found = get(sandbox, path)
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.text.startswith("<!doctype html>")
    assert sandbox.app.status()["answered"] == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_whole_from_the_sandbox(make: Make, path: str) -> None:
    """Every file that it and its scripts name is served here, with its type and the policy."""
    sandbox = make()
    found = referred(get(sandbox, path).text)
    for name in found:
        if not name.startswith("/_sandbox/web/"):
            assert name in {"/", "/_sandbox", "/_sandbox/ledger", "data:,"}
            continue
        file = get(sandbox, name)
        assert file.status_code == 200, name
        assert file.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}
        assert "default-src 'none'" in file.headers["content-security-policy"]
        found += [one.replace("./", "/_sandbox/web/") for one in referred(file.text)]
    assert len({*found}) > 4


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_load_and_run_nothing_else(make: Make, path: str) -> None:
    """Its policy allows files of the sandbox only: nothing inline, no frame, no text as markup."""
    headers = get(make(), path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/"), ("PUT", "/_sandbox"), ("GET", "/web/style.css"), ("GET", "/index.html")],
)
def test_what_is_no_page_is_answered_as_before(make: Make, method: str, path: str) -> None:
    """Other methods and paths get what LeadIQ would say."""
    found = get(make(), path, method).json()
    assert found["errors"][0]["extensions"]["response"]["status"] == 404


def test_there_is_no_way_out_of_the_folder(make: Make) -> None:
    """A name with a path in it is none of the files."""
    sandbox = make()
    for name in ("../_app.py", "..%2f_app.py", "%2e%2e/_app.py", "", "/"):
        found = sandbox.reply(method="GET", url=f"{HOST}/_sandbox/web/{name}", headers={})
        assert "import" not in found.text
        assert found.status_code == 404

"""The pages to look at: an explorer at `/`, and at `/_sandbox` what goes on. Files of this package.

They load nothing from elsewhere, and their policy forbids it: no other host, no inline script or
style, and no way from text to markup.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from leadiq.sandbox._wire import HTML, Reply

if TYPE_CHECKING:
    from leadiq.sandbox._wire import Message

FILES = "/_sandbox/web/"
_PAGES = {"/": "explorer.html", "/_sandbox": "status.html", "/_sandbox/": "status.html"}
_KINDS = {"html": HTML, "css": b"text/css; charset=utf-8", "js": b"text/javascript; charset=utf-8"}
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    b"require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)


def page_of(scope: Message) -> Reply | None:
    """Return the page or file that a GET asks for; None if the path is none of these."""
    path: str = scope["path"]
    name = _PAGES.get(path) or path.removeprefix(FILES)
    content = _contents().get(name)
    if scope["method"] != "GET" or content is None:
        return None
    return Reply(200, content, _KINDS[name.rpartition(".")[2]], _HEADERS)


@lru_cache(maxsize=1)
def _contents() -> dict[str, bytes]:
    folder = files("leadiq.sandbox").joinpath("_web")
    return {one.name: one.read_bytes() for one in folder.iterdir()}

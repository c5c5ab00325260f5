"""Checks the built site: every link and anchor is there, and nothing is loaded from elsewhere.

python docs/site/check_links.py build/site
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

NO_ANCHOR = ("no such anchor",)
#: What a browser fetches by itself.
LOADED = {"img": "src", "link": "href", "script": "src", "source": "src", "iframe": "src"}
STYLE = re.compile(r"""(?:url\(|@import)\s*["']?(https?:)?//""")
SCRIPT = re.compile(r"""["'`]https?://[^"'`]*\.(?:m?js|css|woff2?|json)\b""")


class Page(HTMLParser):
    """Reads a page's anchors, links, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        said = dict(attrs)
        self.anchors |= {str(said[name]) for name in ("id", "name") if said.get(name)}
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]))
        if url := said.get(LOADED.get(tag, "")):
            self.loaded.append(url)


@cache
def page(path: Path) -> Page:
    """A page, read once."""
    return Page(path)


def problems(site: Path) -> Iterator[str]:
    """Everything that is wrong with a built site."""
    for path in sorted(site.rglob("*.html")):
        here = path.relative_to(site)
        for link in page(path).links:
            yield from (f"{here}: {link}: {why}" for why in missing(path, link))
        for url in page(path).loaded:
            if urlsplit(url).netloc:
                yield f"{here} loads {url}"
            elif not url.startswith("data:"):
                yield from (f"{here}: {url}: {why}" for why in missing(path, url))
    for path in sorted(site.rglob("*.css")):
        if STYLE.search(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)} loads from elsewhere"
    for path in sorted(site.rglob("*.js")):
        if found := SCRIPT.search(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)} names {found[0]}"


def missing(path: Path, link: str) -> Iterator[str]:
    """Why a link leads nowhere, if it does."""
    url = urlsplit(link)
    if url.scheme or url.netloc:
        return
    target = path.parent / unquote(url.path) if url.path else path
    if not target.is_file():
        yield "no such file"
    elif target.suffix == ".html" and url.fragment:
        yield from () if unquote(url.fragment) in page(target.resolve()).anchors else NO_ANCHOR


def main(site: Path) -> int:
    """Print every problem; 1 if there is one."""
    found = list(problems(site.resolve()))
    print(*found, sep="\n" if found else "")
    pages = len(list(site.rglob("*.html")))
    print(f"{pages} pages, {len(found)} broken links", file=sys.stderr)
    return int(bool(found) or not pages)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

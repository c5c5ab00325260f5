"""The documentation as tests read it: its pages, and their blocks of code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SITE = DOCS / "site"
#: What a block may be in; `text` is no code.
LANGUAGES = {"python", "sh", "console", "text"}
#: Pages whose blocks are files of a project, and the tests that run them as they stand.
ELSEWHERE = {
    "fastapi.md": "fastapi/test_docs.py",
    "testing.md": "testing/test_docs.py",
    "queues.md": "queues/project.py",
    "notebook.md": "test_notebook.py",
}


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str
    before: str
    """The line of prose before it."""


def pages() -> list[str]:
    """Every page, by its path below `docs`."""
    found = (path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
    return sorted(name for name in found if not name.startswith("site/"))


def read(page: str) -> str:
    """The text of a page."""
    return (DOCS / page).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """Every fenced block of a page in its order, but for the directives of the site."""
    found = re.findall(r"^```(.*)\n((?:(?!```).*\n)*)```$", text, re.MULTILINE)
    prose = re.split(r"^```.*\n(?:(?!```).*\n)*```$", text, flags=re.MULTILINE)
    before = [part.strip().rpartition("\n")[2] for part in prose]
    all_of_them = [Block(*block, said) for block, said in zip(found, before, strict=False)]
    return [block for block in all_of_them if not block.language.startswith("{")]


def python_of(page: str) -> dict[str, Any]:
    """Run a page's Python one block after the other, as who reads it would; give its names.

    What is saved as a program is run where the page runs it.
    """
    names: dict[str, Any] = {}
    for block in blocks(read(page)):
        if block.language == "python" and not saved_as(block):
            exec(compile(block.text, page, "exec", dont_inherit=True), names)  # noqa: S102 - ours
    return names


def saved_as(block: Block) -> str | None:
    """The file that a block is to be saved as."""
    named = re.search(r"[Ss]ave this as `([^`]+)`", block.before)
    return named and named[1]


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {slug(title) for title in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


def slug(title: str) -> str:
    """The anchor of a heading."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


def links(text: str) -> list[tuple[str, str]]:
    """Where a page's own links lead: a path, which may be empty, and an anchor, which may be."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose)
    return [(path, anchor) for path, _, anchor in (target.partition("#") for target in targets)]

"""Writes docs/llms.txt: one index of the pages for programs, from the navigation of index.md."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[1]
TARGET = DOCS / "llms.txt"
TREE = re.compile(
    r"^```{toctree}\n:caption: (.*?)\n:hidden:\n\n(.*?)^```", re.MULTILINE | re.DOTALL
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def index() -> str:
    """The index: every page under its heading, with what it says that it is for."""
    home = read("index")
    title, summary = opening(home)
    sections = (f"\n## {caption}\n\n{entries(names)}" for caption, names in TREE.findall(home))
    return f"# {title}\n\n> {summary}\n" + "".join(sections)


def entries(names: str) -> str:
    """The lines of one heading."""
    lines = ((address(name), *opening(read(name))) for name in names.split())
    return "".join(f"- [{title}]({where}): {says}\n" for where, title, says in lines)


def address(name: str) -> str:
    """Where the site has a page: as Markdown, but what is read from docstrings, as HTML."""
    return f"{name}.html" if name.startswith("reference/") else f"_sources/{name}.md"


def opening(text: str) -> tuple[str, str]:
    """A page's title and first paragraph, without its links."""
    title, paragraph, *_ = FENCE.sub("", text).strip().split("\n\n")
    plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", " ".join(paragraph.split()))
    return title.removeprefix("# "), plain.removesuffix(":")


def read(name: str) -> str:
    """The text of a page."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    TARGET.write_text(index(), encoding="utf-8")

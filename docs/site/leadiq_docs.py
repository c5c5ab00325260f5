"""What the documentation adds to Sphinx: docstrings as they are written here, and directives."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cyclopts import App
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

import leadiq._generated as generated

PICTURES = Path(__file__).parents[1] / "pictures"
PUBLIC = ("leadiq", "leadiq.sandbox", "leadiq.testing", "leadiq.types")
CONTENTS = re.compile(r"^## Table of Contents\n.*?(?=^\*\*|^## )", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
SECTION = re.compile(r"(Args|Attributes|Raises|Returns|Yields):$")


def as_markdown(
    _app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Bring a docstring of this package, which is plain Markdown, into Sphinx's form."""
    lines[:] = list(literal_blocks(lines))
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # napoleon takes what is before a colon in the first line for a type


def literal_blocks(lines: Iterable[str]) -> Iterator[str]:
    """Make indented blocks literal ones, unless they are part of a section."""
    inside = before = ""
    for line in lines:
        if line and not line.startswith(" "):
            inside = "section" if SECTION.match(line) else ""
        elif line.startswith("    ") and not before and not inside:
            yield from ("::", "")
            inside = "literal"
        yield line if inside == "literal" else CODE.sub(r":word:`\1`\\ ", line)
        before = line


class Word(SphinxRole):
    """`Code` of a docstring: a link where it is the name of something public."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give code, perhaps in a link."""
        code = nodes.literal(self.rawtext, self.text, classes=["py"])
        first, *_ = self.text.split(".")
        if first not in self.env.leadiq_names:
            return [code], []
        link = addnodes.pending_xref(
            "",
            code,
            refdomain="py",
            reftype="obj",
            reftarget=f"{self.env.leadiq_names[first]}.{self.text}",
            refexplicit=True,
            refdoc=self.env.docname,
        )
        return [link], []


def drawn_within(_app: Sphinx, doctree: nodes.document) -> None:
    """Put our own pictures into the page, so that they have the colours that it is shown in."""
    for image in list(doctree.findall(nodes.image)):
        path = PICTURES / Path(image["uri"]).name
        if image["uri"].endswith(".svg") and path.exists():
            svg = path.read_text(encoding="utf-8")
            raw = nodes.raw("", f'<figure class="picture">{svg}</figure>', format="html")
            image.parent.replace_self(raw)


class Contract(SphinxDirective):
    """Every class of one generated module, by its public name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Document the classes."""
        ours = f"leadiq._generated.{self.arguments[0]}"
        names = (n for n in generated.__all__ if getattr(generated, n).__module__ == ours)
        text = (
            f".. autoclass:: leadiq.types.{name}\n   :undoc-members:\n" for name in sorted(names)
        )
        return self.parse_text_to_nodes("\n".join(text))


class Commands(SphinxDirective):
    """Every command of the program, with its whole text of help."""

    def run(self) -> list[nodes.Node]:
        """Document the commands."""
        from leadiq.cli._app import _COMMANDS, program

        pages = "".join(help_of(program(name)[name], name) for name in sorted(_COMMANDS))
        return self.parse_text_to_nodes(pages, allow_section_headings=True)


def help_of(app: App, name: str) -> str:
    """Give what a command says of itself, and of the commands below it, as Markdown."""
    text = app.generate_docs(heading_level=2, flatten_commands=True)
    text = CONTENTS.sub("", text)
    text = re.sub(rf"^(## |```console\n)(?={name})", r"\1leadiq ", text, flags=re.MULTILINE)
    return text.replace("](#", "](#leadiq-") + "\n\n"


def public_names(app: Sphinx) -> None:
    """Find where each public name is documented."""
    app.env.leadiq_names = {  # type: ignore[attr-defined]
        name: module
        for module in reversed(PUBLIC)
        for name in importlib.import_module(module).__all__
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Add it all."""
    app.connect("builder-inited", public_names)
    app.connect("doctree-read", drawn_within)
    app.connect("autodoc-process-docstring", as_markdown, priority=100)
    app.add_role("word", Word())
    app.add_directive("contract", Contract)
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

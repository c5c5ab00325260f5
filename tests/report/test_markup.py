"""The rules of markup: what is not known to be HTML is escaped, wherever it is put."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._report.markup import GLUE, Markup, element, harmless, markup


def test_elements_are_written_as_they_are_named() -> None:
    """Attributes by their HTML names; those that are None are left out; void elements stay open."""
    assert (
        element("a", "x", class_="b", aria_label="c", id=None)
        == '<a class="b" aria-label="c">x</a>'
    )
    assert element("meta", http_equiv="x") == '<meta http-equiv="x">'
    assert markup("<", None, element("b"), 1) == "&lt;<b></b>1"


class Read(HTMLParser):
    """What a reader of HTML finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_text_stays_text(text: str) -> None:
    """Whatever is in it, a reader finds one element with this text and this attribute."""
    read = Read(element("p", text, title=text))
    shown = "".join(one if one.isprintable() or one == GLUE else "\ufffd" for one in text)
    assert read.tags == [("p", [("title", shown)])]
    assert read.text == shown


@pytest.mark.parametrize("text", ["a\u202eb", "a\nb", "a\x00b", "a\u2028b"])
def test_what_cannot_be_printed_is_marked(text: str) -> None:
    """Above all what turns the direction of writing."""
    assert harmless(text) == "a\ufffdb"


def test_markup_is_put_in_as_it_is() -> None:
    """Only what this module made, or was told to be markup."""
    assert element("style", Markup("a > b")) == "<style>a > b</style>"

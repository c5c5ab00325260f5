"""Rules of folding: people may write a name, a domain or a URL as they do."""

from __future__ import annotations

import pytest

from leadiq.sandbox._text import (
    base36,
    contains_words,
    fold,
    from_base36,
    host,
    linkedin_slug,
    slug,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [(" JOSÉ ", "jose"), ("Łukasz", "lukasz"), ("Søren", "soren"), ("Straße", "strasse"),
     ("İnci", "inci"), ("Yıldız", "yildiz"), ("Æ", "ae")],
)  # fmt: skip
def test_fold_drops_case_and_accents(text: str, folded: str) -> None:
    """Folding ignores case, accents and letters that only look accented."""
    assert fold(text) == folded


def test_words_part_at_anything_but_an_apostrophe() -> None:
    """O'Brien is one word, Smith-Jones two."""
    assert words("O'Brien, Smith-Jones\u2019s") == ("obrien", "smith", "joness")
    assert slug("de la Torre-O'Hara") == "delatorre-ohara"


def test_contains_words_wants_something() -> None:
    """Nothing wanted is not found, in any order otherwise."""
    assert contains_words(("a", "b"), ("b", "a"))
    assert not contains_words(("a", "b"), ("b", "c"))
    assert not contains_words(("a", "b"), ())


@pytest.mark.parametrize(
    "text",
    ["a.example.com", " HTTPS://www.A.example.com:8080/x?y#z ", "www.a.example.com.",
     "a.example.com/"],
)  # fmt: skip
def test_host_takes_urls_apart(text: str) -> None:
    """A domain is read from any form of address."""
    assert host(text) == "a.example.com"


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("https://www.linkedin.com/in/Ada-L%C3%B6-1/?x=1", "in", "ada-lö-1"),
        ("linkedin.com/in/ada", "in", "ada"),
        ("http://uk.linkedin.com/in/ada/details", "in", "ada"),
        ("linkedin.com/company/northwind", "company", "northwind"),
        ("linkedin.com/company/northwind", "in", None),
        ("linkedin.com/in", "in", None),
        ("notlinkedin.com/in/ada", "in", None),
        ("ada", "in", None),
        ("https://[", "in", None),
    ],
)
def test_linkedin_slug(text: str, kind: str, name: str | None) -> None:
    """A profile's slug is read from what people paste, and from nothing else."""
    assert linkedin_slug(text, kind) == name


@pytest.mark.parametrize("number", [0, 35, 36, 10**9])
def test_base36_reads_back(number: int) -> None:
    """What base36 wrote is read back."""
    assert from_base36(base36(number)) == number


@pytest.mark.parametrize("text", ["", "00", "a b", "É", "1" * 13, "Z"])
def test_base36_refuses_what_it_would_not_write(text: str) -> None:
    """Any other text is no number."""
    assert from_base36(text) is None

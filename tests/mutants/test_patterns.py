"""Regular expressions that differ in one place."""

from __future__ import annotations

import pytest

from .patterns import variants


@pytest.mark.parametrize(
    ("pattern", "mutants"),
    [
        ("a+", {"a*"}),
        ("a*b?", {"a+b?", "a*b"}),
        ("^a$", {"a$", "^a"}),
        ("a|b", {"ab"}),
        ("[ab]", {"[^ab]"}),
        ("[^ab]", {"[ab]"}),
        (r"\d\w\s\.", {r"\D\w\s\.", r"\d\W\s\.", r"\d\w\S\."}),
        ("(?=a)b", {"(?!a)b"}),
        ("(?<!a)b", {"(?<=a)b"}),
        ("a{3}", {"a{4}"}),
        ("a{3,}", {"a{4,}"}),
        ("a{1,2}", {"a{2,2}", "a{1,3}"}),
        ("a{2,2}", {"a{2,3}"}),
        ("(?:a)(?P<n>b)", set()),
        ("[+]", {"[^+]", "[*]"}),
    ],
)
def test_a_pattern_is_changed_in_one_place(pattern: str, mutants: set[str]) -> None:
    """Quantifiers, counts, classes, anchors and alternatives; what is no pattern is left out."""
    assert set(variants(pattern)) == mutants

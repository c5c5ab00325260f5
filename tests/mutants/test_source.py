"""Mutants of a module's source: which there are, and how they are named."""

from __future__ import annotations

import textwrap

import pytest

from .source import Name, Source


def changes(text: str) -> set[tuple[str, str]]:
    """What becomes of what, in a module of this text."""
    return {(name.before, name.after) for name in Source("m", textwrap.dedent(text)).mutants}


def after(text: str) -> set[str]:
    return {new for _, new in changes(text)}


@pytest.mark.parametrize(
    ("text", "mutants"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a is b", {"a is not b"}),
        ("a in b", {"a not in b"}),
        ("a - b", {"a + b"}),
        ("a | b", {"a", "b"}),
        ("a and b", {"a or b", "a", "b"}),
        ("a or b or c", {"a and b and c", "b or c", "a or c", "a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("a if b else c", {"a", "c"}),
        ("max(a, b)", {"min(a, b)"}),
        ("any(a)", {"all(a)"}),
        ("int(a)", {"a"}),
        ("a.strip()", {"a"}),
        ("f(a, b=c)", {"f(a)"}),
        ("(a, b)", {"(b,)", "(a,)"}),
        ("[a for a in b if c if d]", {"[a for a in b if d]", "[a for a in b if c]"}),
        ("5", {"6"}),
        ("0.5", {"1.0"}),
        ("0.0", {"1.0"}),
        ("True", {"False"}),
        ("'a'", {"''"}),
        ("''", {"'XX'"}),
        ("b'a'", {"b''"}),
        ("b''", {"b'XX'"}),
        ("None", set()),
        ("...", set()),
        ("a < b < c", set()),
        ("~a", set()),
        ("f(*a, **b)", set()),
    ],
)
def test_an_expression_becomes_what_breaks_its_rule(text: str, mutants: set[str]) -> None:
    """Each operator, constant and condition is changed by itself."""
    assert after(f"x = {text}") == {f"x = {mutant}" for mutant in mutants}


@pytest.mark.parametrize(
    ("text", "mutants"),
    [
        ("if a: f", {"if True", "if False"}),
        ("while a: f", {"while False"}),
        ("return a", {"return None"}),
        ("return None", set()),
        ("return False", {"return True"}),
        ("return", set()),
        ("x = f(y)", set()),
        ("x = f(x)", {"pass"}),
        ("x.y = z", {"pass"}),
        ("x += y", {"pass", "x -= y"}),
        ("x |= y", {"pass"}),
        ("del x", {"pass"}),
        ("raise x", {"pass"}),
        ("f(x)", {"pass"}),
    ],
)
def test_a_statement_is_left_out_or_decided(text: str, mutants: set[str]) -> None:
    """What does something is left out; a branch is always taken, or never."""
    assert after(f"def g():\n    {text}") == mutants


@pytest.mark.parametrize(
    "text",
    [
        '"""Docstring."""',
        "x: int | None",
        "def f(a: int | str) -> int | None: ...",
        "@cache(size=5)\ndef f(): ...",
        "class C(Base[int | str]): ...",
        "if TYPE_CHECKING:\n    x = 5",
        "from a import b",
        "__all__ = ['a']",
        "T = TypeVar('T', bound=C)",
        "X: TypeAlias = int | str",
        "Basis = Literal['a', 'b']",
        "class P(Protocol):\n    x = 5",
    ],
)
def test_what_is_for_readers_and_type_checkers_is_left_alone(text: str) -> None:
    """No test can see it."""
    assert changes(text) == set()


def test_regular_expressions_are_changed_within() -> None:
    """They are code; as text they would only be emptied."""
    assert after(r"x = re.compile('\\d+')") == {
        "x = re.compile('')",
        r"x = re.compile('\\D+')",
        r"x = re.compile('\\d*')",
    }


def test_a_mutant_is_named_by_what_stands_where_and_what_it_becomes() -> None:
    """Equal changes in one function are numbered; lines do not matter."""
    text = "class C:\n    def f(self, a):\n        b(a + 1)\n        b(a + 1)\n"
    names = list(Source("m", text).mutants)
    assert Name("m", "C.f", "b(a + 1)", "b(a - 1)", 1) in names
    assert Name("m", "C.f", "b(a + 1)", "b(a - 1)", 2) in names
    assert list(Source("m", "import x\n\n\n" + text).mutants) == names


def test_long_code_is_shown_around_the_change() -> None:
    """A table's name would be the whole table."""
    (name,) = Source("m", "x = f(" + ", ".join(f"name_{i}" for i in range(99)) + ", b=c)").mutants
    assert (name.before, name.after) == (
        "..._95, name_96, name_97, name_98, b=c)",
        "..._95, name_96, name_97, name_98)",
    )


def test_two_ways_to_one_mutant_are_one() -> None:
    """It would be tried twice, and argued twice."""
    names = list(Source("m", "def f(a):\n    return None if a else b").mutants)
    assert [name.after for name in names].count("return None") == 1


def test_a_mutant_is_code_and_leaves_the_rest_as_it_was() -> None:
    """One change at a time: what was compiled before does not linger."""
    source = Source("m", "x = 1\ny = x + 1\n")
    seen = set()
    for name in source.mutants:
        values: dict[str, int] = {}
        exec(source.compile(name, "m.py"), values)  # noqa: S102
        seen.add((values["x"], values["y"]))
    assert seen == {(2, 3), (1, 0), (1, 3)}

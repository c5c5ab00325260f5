"""The rules of conditions: what is read is what was meant, and evaluation never fails."""

from __future__ import annotations

import operator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq import InputError
from leadiq._engine.conditions import Comparison, Condition, Every, Not, Some, number, parse

COLUMNS = ("title", "leadiq_company", "input.First Name", "and", "a b", "x\"y'")
TEXTS = st.one_of(
    st.sampled_from(["VP", "vp ", "7", "10", "-2.5", "1e3", "NaN", "not", "Sales and Marketing"]),
    st.text(max_size=12),
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)


def comparisons() -> st.SearchStrategy[Condition]:
    column = st.one_of(st.sampled_from(COLUMNS), st.text(max_size=8))
    one = st.tuples(TEXTS)
    return st.one_of(
        st.builds(Comparison, column, st.sampled_from(["=", "!=", "contains"]), one),
        st.builds(Comparison, column, st.sampled_from(["<", "<=", ">", ">="]), st.tuples(NUMBERS)),
        st.builds(
            Comparison,
            column,
            st.just("in"),
            st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(Comparison, column, st.sampled_from(["is empty", "is not empty"])),
    )


def conditions() -> st.SearchStrategy[Condition]:
    def several(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(part, min_size=2, max_size=3).map(tuple)
        return st.one_of(st.builds(Not, part), st.builds(Every, parts), st.builds(Some, parts))

    return st.recursive(comparisons(), several, max_leaves=8)


SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def reference(condition: Condition, row: dict[str, str]) -> bool:
    """The same, said in another way: by value, without short cuts."""
    match condition:
        case Not(part):
            return not reference(part, row)
        case Every(parts):
            return min(reference(part, row) for part in parts)
        case Some(parts):
            return max(reference(part, row) for part in parts)
    text = row.get(condition.column, "").strip().casefold()
    values = {value.strip().casefold() for value in condition.values}
    if condition.operator in SIGNS:
        try:
            left, right = Decimal(text), Decimal(*values)
        except ArithmeticError:
            return False
        return left.is_finite() and SIGNS[condition.operator](left, right)
    return {
        "=": text in values,
        "in": text in values,
        "!=": text not in values,
        "contains": any(value in text for value in values),
        "is empty": text == "",
        "is not empty": text != "",
    }[condition.operator]


@given(conditions())
def test_what_is_written_is_read_as_it_was(condition: Condition) -> None:
    """The text of a condition is read as that condition."""
    assert parse(str(condition)) == condition


@given(conditions(), st.dictionaries(st.sampled_from(COLUMNS), TEXTS))
def test_evaluation_is_as_defined(condition: Condition, row: dict[str, str]) -> None:
    """A condition holds where the reference says so, for any row, and raises for none."""
    assert condition.holds(lambda column: row.get(column, "")) == reference(condition, row)
    assert {*condition.columns()} == {*_columns(condition)}


def _columns(condition: Condition) -> list[str]:
    match condition:
        case Comparison():
            return [condition.column]
        case Not(part):
            return _columns(part)
        case Every(parts) | Some(parts):
            return [column for part in parts for column in _columns(part)]


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is typed, the answer is a condition or an InputError that says where."""
    refusal = None
    try:
        parse(text)
    except InputError as error:
        refusal = error
    assert refusal is None or not refusal.sent
    assert refusal is None or "the condition cannot be read at character " in str(refusal)


VP = Comparison("title", "contains", ("VP",))
EMPTY = Comparison("work_email", "is empty")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("title contains VP", VP),
        ("TITLE Contains vp", Comparison("TITLE", "contains", ("vp",))),
        ("title contains Vice President", Comparison("title", "contains", ("Vice President",))),
        ("First Name = Ada", Comparison("First Name", "=", ("Ada",))),
        ("title='VP'", Comparison("title", "=", ("VP",))),
        ('title = "a ""b"" and c"', Comparison("title", "=", ('a "b" and c',))),
        ("title = 'it''s'", Comparison("title", "=", ("it's",))),
        ("input.score >= 80", Comparison("input.score", ">=", ("80",))),
        ("country in (US, 'United States')", Comparison("country", "in", ("US", "United States"))),
        ("country not in (US)", Not(Comparison("country", "in", ("US",)))),
        ("title not contains VP", Not(VP)),
        ("work_email is empty", EMPTY),
        ("work_email is not empty", Comparison("work_email", "is not empty")),
        ("not title contains VP and work_email is empty", Every((Not(VP), EMPTY))),
        ("not (title contains VP)", Not(VP)),
        (
            "title contains VP or work_email is empty and title contains VP",
            Some((VP, Every((EMPTY, VP)))),
        ),
        (
            "(title contains VP or work_email is empty) and (title contains VP)",
            Every((Some((VP, EMPTY)), VP)),
        ),
    ],
)
def test_the_grammar(text: str, condition: Condition) -> None:
    """Words mean what they seem to mean; `and` binds closer than `or`, and `not` closest."""
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("", 1, "a column belongs here"),
        ("title", 6, "belongs here"),
        ("title contains", 15, "a value belongs here"),
        ("title contains and x = 1", 16, "a value belongs here"),
        ("title is", 9, "empty belongs here"),
        ("title not = VP", 11, "contains, in belongs here"),
        ("title in VP", 10, "( belongs here"),
        ("title in (VP", 13, ") belongs here"),
        ("(title = VP", 12, ") belongs here"),
        ("title = VP)", 11, "and, or, or the end belongs here"),
        ("title = VP score = 1", 18, "and, or, or the end belongs here"),
        ("score > high", 9, "> takes a number"),
        ("title = 'VP", 8, "a lone quote or sign"),
        ("title ! VP", 6, "a lone quote or sign"),
        ("not " * 60 + "title = VP", 201, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, at: int, why: str) -> None:
    """The error names the character, from 1, and what belongs there."""
    with pytest.raises(InputError) as refused:
        parse(text)
    assert f"at character {at}: " in str(refused.value)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "found"), [("7", Decimal(7)), ("-1.5", Decimal("-1.5")), ("", None), ("NaN", None)]
)
def test_numbers(text: str, found: Decimal | None) -> None:
    """What is no finite number is none."""
    assert number(text) == found

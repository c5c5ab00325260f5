"""Conditions in words: which people a stage is for. Pure, and total once parsed.

    title contains VP and (country = "United States" or input.score >= 80)

    condition   and, or, not, parentheses; not binds closest, or widest
    comparison  COLUMN = VALUE, != VALUE, contains VALUE, [not] in (VALUE, ...), is [not] empty
                COLUMN < NUMBER, <=, >, >=
    COLUMN      a result's column, as OUT names it with or without `leadiq_`, else one of the input;
                `input.NAME` is always one of the input
    VALUE       words, or text in quotes, in which a quote is doubled

Text is compared without case and outer blanks. Numbers are compared as numbers; what is no number
is neither less nor greater. A column that is not there is empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, NoReturn, TypeAlias

from .inputs import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read: TypeAlias = Callable[[str], str]
    """Gives the text of a column."""

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "contains", "in", "is empty", "is not empty"]

_SIGNS: Final = ("=", "!=", "<", "<=", ">", ">=")
_NUMERIC: Final = ("<", "<=", ">", ">=")
_KEYWORDS: Final = frozenset({"and", "or", "not", "in", "is", "empty", "contains"})
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<sign>[<>!]=|[=<>(),])|"""
    r"""(?P<word>[^\s"'=<>!(),]+)|(?P<end>\Z))""",
)
_DEEPEST: Final = 50
_PLAIN: Final = re.compile(r"[\w.@+-]+( [\w.@+-]+)*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One column compared with values."""

    column: str
    operator: Operator
    values: tuple[str, ...] = ()

    def holds(self, read: Read) -> bool:
        """Tell whether it holds."""
        text = _folded(read(self.column))
        values = [_folded(value) for value in self.values]
        match self.operator:
            case "is empty":
                return not text
            case "is not empty":
                return bool(text)
            case "contains":
                return values[0] in text
            case "!=":
                return text != values[0]
            case "=" | "in":
                return text in values
            case sign:
                return _compare(number(text), sign, number(values[0]))

    def columns(self) -> Iterator[str]:
        """Yield what has to be read."""
        yield self.column

    def __str__(self) -> str:
        column, values = _quoted(self.column), ", ".join(map(_quoted, self.values))
        if self.operator == "in":
            return f"{column} in ({values})"
        return f"{column} {self.operator} {values}".rstrip()


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Condition

    def holds(self, read: Read) -> bool:
        """Tell whether it holds."""
        return not self.part.holds(read)

    def columns(self) -> Iterator[str]:
        """Yield what has to be read."""
        yield from self.part.columns()

    def __str__(self) -> str:
        return f"not {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class Every:
    """All of several."""

    parts: tuple[Condition, ...]

    def holds(self, read: Read) -> bool:
        """Tell whether it holds."""
        return all(part.holds(read) for part in self.parts)

    def columns(self) -> Iterator[str]:
        """Yield what has to be read."""
        for part in self.parts:
            yield from part.columns()

    def __str__(self) -> str:
        return " and ".join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class Some:
    """One of several."""

    parts: tuple[Condition, ...]

    def holds(self, read: Read) -> bool:
        """Tell whether it holds."""
        return any(part.holds(read) for part in self.parts)

    def columns(self) -> Iterator[str]:
        """Yield what has to be read."""
        for part in self.parts:
            yield from part.columns()

    def __str__(self) -> str:
        return " or ".join(map(_grouped, self.parts))


Condition: TypeAlias = Comparison | Not | Every | Some


def parse(text: str) -> Condition:
    """Read a condition.

    Raises:
        InputError: it cannot be read; the text says at which character, and what belongs there.
    """
    return _Parser(text).condition()


def number(text: str) -> Decimal | None:
    """Give the number that a text is; None if it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


class _Token(NamedTuple):
    kind: str
    text: str
    at: int

    @property
    def key(self) -> str:
        """What it means to the grammar; nothing for a name or a value."""
        if self.kind == "word":
            return self.text.lower() if self.text.lower() in _KEYWORDS else ""
        return "" if self.kind == "quoted" else self.text or "end"


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._depth = 0

    def condition(self) -> Condition:
        found = self._any()
        if self._next.key != "end":
            self._refuse("and, or, or the end belongs here")
        return found

    @property
    def _next(self) -> _Token:
        return self._tokens[0]

    def _take(self, *keys: str) -> str:
        """Take the next token if it is one of these; else give nothing."""
        key = self._next.key
        if key not in keys:
            return ""
        self._tokens.pop(0)
        return key

    def _any(self) -> Condition:
        parts = [self._every()]
        while self._take("or"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _every(self) -> Condition:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("this is nested too deeply")
        try:
            if self._take("not"):
                return Not(self._one())
            if self._take("("):
                found = self._any()
                self._require(")")
                return found
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Condition:
        column = self._words("a column")
        if self._take("is"):
            empty: Operator = "is not empty" if self._take("not") else "is empty"
            self._require("empty")
            return Comparison(column, empty)
        negated = bool(self._take("not"))
        operators = ("contains", "in") if negated else (*_SIGNS, "contains", "in")
        operator = self._take(*operators)
        if not operator:
            self._refuse(f"{', '.join(operators)}{'' if negated else ' or is'} belongs here")
        found = Comparison(column, operator, self._values(operator))  # type: ignore[arg-type]
        return Not(found) if negated else found

    def _values(self, operator: str) -> tuple[str, ...]:
        if operator == "in":
            self._require("(")
            values = [self._words("a value")]
            while self._take(","):
                values.append(self._words("a value"))
            self._require(")")
            return tuple(values)
        at = self._next.at
        value = self._words("a value")
        if operator in _NUMERIC and number(value) is None:
            _refuse(at, f"{operator} takes a number")
        return (value,)

    def _words(self, what: str) -> str:
        """Take a text in quotes, or words up to what means something."""
        if self._next.kind == "quoted":
            text = self._tokens.pop(0).text
            return text[1:-1].replace(text[0] * 2, text[0])
        words: list[str] = []
        while self._next.kind == "word" and not self._next.key:
            words.append(self._tokens.pop(0).text)
        if not words:
            self._refuse(f"{what} belongs here")
        return " ".join(words)

    def _require(self, key: str) -> None:
        if not self._take(key):
            self._refuse(f"{key} belongs here")

    def _refuse(self, why: str) -> NoReturn:
        _refuse(self._next.at, why)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while True:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            _refuse(at, "there is a lone quote or sign")
        kind, at = found.lastgroup, found.end()
        yield _Token(kind, found.group(kind), found.start(kind))
        if kind == "end":
            return


def _refuse(at: int, why: str) -> NoReturn:
    raise refused(f"the condition cannot be read at character {at + 1}: {why}")


def _compare(one: Decimal | None, sign: str, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    signs = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}
    return signs[sign]


def _folded(text: str) -> str:
    return text.strip().casefold()


def _quoted(text: str) -> str:
    words = text.lower().split(" ")
    if _PLAIN.fullmatch(text) and _KEYWORDS.isdisjoint(words):
        return text
    return '"{}"'.format(text.replace('"', '""'))


def _grouped(part: Condition) -> str:
    return f"({part})" if isinstance(part, Every | Some) else str(part)

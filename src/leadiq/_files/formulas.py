"""Cells that a spreadsheet would run are written so that it doesn't. Pure.

The rule. A cell is a formula when its first character is a tab or a line break (spreadsheets
drop it and go on), or when the first one after blanks and invisible characters is `=`, `+`,
`-` or `@`, in their full-width forms too. Such a cell gets a single quote in front, which
spreadsheets take as "this is text". Left alone is what can't do anything, so that numbers
and phones reach the next program undamaged:

- a number with a sign: `-5`, `+1,234.50`, `-3e8`, `-12 %`;
- a phone: `+`, then 7 to 15 digits with blanks, dots, hyphens and parentheses between them
  (a spreadsheet may show `+1-555-0100` as a difference, but there is nothing it could call);
- signs alone: `-`, `--`, `+`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BREAKS: Final = ("\t", "\r", "\n")
_SIGNS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_NUMBER = re.compile(
    r"[+-] ?(?:[0-9]+(?:[.,'][0-9]+)*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)? ?%?"  # no backtracking
)
_PHONE = re.compile(r"\+ ?\(?(?:[0-9][ .()-]{0,3}){7,15}")
_SIGNS_ALONE = re.compile(r"[+\- ]+")


def runs(cell: str) -> bool:
    """True when a spreadsheet would take the cell for a formula."""
    if not cell or cell[0].isalnum():
        return False
    if cell.startswith(_BREAKS):
        return True
    start = next((at for at, char in enumerate(cell) if not _skipped(char)), len(cell))
    return cell[start : start + 1] in _SIGNS and not _harmless(cell[start:].rstrip(" "))


def defused(cell: str) -> str:
    """Return the cell as it may be written: unchanged, or behind a single quote."""
    return f"'{cell}" if runs(cell) else cell


def _skipped(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")


def _harmless(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _PHONE.fullmatch(text) or _SIGNS_ALONE.fullmatch(text))

"""What stops a command: one sentence for the person at the terminal, and the exit code.

Problem       exit 2: the command line, the key's form or the file is wrong; nothing was sent
|- Trouble    exit 1: it was right, and failed
|- RefusedKey exit 4: LeadIQ doesn't take the key
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar, Final

from .._core.errors import (
    AuthenticationError,
    BudgetError,
    ConfigurationError,
    InputError,
    InsufficientCreditsError,
)
from .._ground.wording import cause_of as cause_of
from .._ground.wording import shown as shown

if TYPE_CHECKING:
    from .._core.errors import LeadIQError

ALL_SETTLED: Final = 0
SOME_FAILED: Final = 1
BAD_INPUT: Final = 2
STOPPED_BY_CREDITS: Final = 3
BAD_KEY: Final = 4
#: What a shell reports for a program that ended by Ctrl-C: 128 + SIGINT.
INTERRUPTED: Final = 130


class Problem(Exception):
    """The command can't go on. The text is one sentence, free of keys and personal data."""

    exit_code: ClassVar[int] = BAD_INPUT


class Trouble(Problem):
    """What was asked is fine, and failed all the same: a full disk, an unreachable server."""

    exit_code = SOME_FAILED


class RefusedKey(Problem):
    """LeadIQ refused the key."""

    exit_code = BAD_KEY


def exit_code_of(error: LeadIQError) -> int:
    """Return the exit code for a call that failed."""
    if isinstance(error, AuthenticationError):
        return BAD_KEY
    if isinstance(error, InsufficientCreditsError | BudgetError):
        return STOPPED_BY_CREDITS
    return BAD_INPUT if isinstance(error, ConfigurationError | InputError) else SOME_FAILED


def say(text: str, exit_code: int = ALL_SETTLED) -> int:
    """Print one line to the person at the terminal, on stderr; return the exit code."""
    line = " ".join(text.split())
    harmless = "".join(char if char.isprintable() else "\ufffd" for char in line)
    print(f"leadiq: {harmless}", file=sys.stderr)
    return exit_code

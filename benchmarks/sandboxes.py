"""A sandbox in a process of its own, as a server to measure against."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

from .processes import SERVER, Child, heard, told

KEY: Final = "c2FuZGJveC1rZXk6"


@contextmanager
def served(people: int, *, cursors: bool = True) -> Iterator[str]:
    """A sandbox without a limit, whose team has credits enough; gives its URL.

    Args:
        people: how many exist.
        cursors: whether its searches have any.
    """
    with Child("benchmarks.sandboxes", core=SERVER) as child:
        child.tell({"people": people, "cursors": cursors})
        yield child.hear()


def _serve(people: int, cursors: bool) -> None:
    from leadiq.sandbox import Sandbox, SandboxSettings, load_schema_text

    text = load_schema_text()
    if not cursors:
        text = text.replace("after: [SearchCursorEntry", "later: [SearchCursorEntry")
    settings = SandboxSettings(
        people=people, key=KEY, schema=text, requests_per_minute=None, credits=Decimal(10**9)
    )
    with Sandbox(settings) as sandbox:
        told(sandbox.url)
        sys.stdin.read()


if __name__ == "__main__":
    _serve(**next(heard()))

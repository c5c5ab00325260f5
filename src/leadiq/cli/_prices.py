"""`leadiq prices`: what documents and operations cost, and whether that has risen."""

from __future__ import annotations

import json as json_
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from ._problems import ALL_SETTLED, SOME_FAILED, Problem, Trouble, cause_of, say, shown

if TYPE_CHECKING:
    from decimal import Decimal

    from ..testing import PriceLock

_NOWHERE: Final = Path("leadiq-prices.lock.json")


def prices(
    *documents: Path,
    check: Path | None = None,
    write: Path | None = None,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Tell what documents, and this SDK's operations, can cost. Sends nothing; free of charge.

    Universal credits for one result, or one page, at published prices, with everything that
    @include may include. Exit codes: 0 nothing rose, 1 some price rose or is not locked.

    Example: leadiq prices queries --check leadiq-prices.lock.json

    Args:
        documents: GraphQL files, or folders that are searched for *.graphql.
        check: Compare with this file, and fail if a price rose.
        write: Write this file; prices of flows that tests have put there stay.
        json: Print JSON.
    """
    if find_spec("graphql") is None:
        raise Problem("graphql-core is not installed: pip install 'leadiq-sdk[schema]'")
    if check and write:
        raise Problem("--check compares with a file and --write replaces it: give one of them")
    lock = _lock(check or write or _NOWHERE)
    found = {**_of_documents(lock, documents), **lock.of_operations()}
    if check:
        if not check.exists():
            raise Problem(f"{shown(str(check))} does not exist: make it with --write")
        return _checked(lock, found)
    if write:
        return _written(lock, write, found)
    if json:
        print(json_.dumps({name: str(most) for name, most in found.items()}, indent=2))
    else:
        for name, most in found.items():
            print(f"{most:>8}  {_line(name)}")
    return ALL_SETTLED


def _lock(path: Path) -> PriceLock:
    from ..testing import PriceLock

    try:
        return PriceLock(path)
    except ValueError as error:
        raise Problem(str(error)) from None
    except OSError as error:
        raise Trouble(f"cannot read {shown(str(path))}: {cause_of(error)}") from None


def _of_documents(lock: PriceLock, documents: tuple[Path, ...]) -> dict[str, Decimal]:
    try:
        return lock.of_documents(documents)
    except UnicodeDecodeError:
        raise Problem("a document is not UTF-8") from None
    except ValueError as error:
        raise Problem(str(error)) from None
    except OSError as error:
        text = f"cannot read {shown(str(error.filename))}: {cause_of(error)}"
        raise Problem(text) from None


def _checked(lock: PriceLock, found: dict[str, Decimal]) -> int:
    problems = lock.problems(found)
    for problem in problems:
        print(_line(problem))
    if problems:
        text = f"{len(problems)} of {len(found)} prices rose or are not locked"
        text += "; --write the file if that is meant"
        return say(text, SOME_FAILED)
    return say(f"{len(found)} prices, none rose", ALL_SETTLED)


def _written(lock: PriceLock, path: Path, found: dict[str, Decimal]) -> int:
    try:
        lock.write({**lock.flows, **found})
    except OSError as error:
        raise Trouble(f"cannot write {shown(str(path))}: {cause_of(error)}") from None
    return say(f"wrote {len(found)} prices to {shown(str(path))}", ALL_SETTLED)


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)

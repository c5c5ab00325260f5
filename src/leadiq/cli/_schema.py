"""`leadiq schema`: how a server's schema differs from ours, and a server's schema as files."""

from __future__ import annotations

import json as json_
import os
from collections import Counter
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import anyio
from cyclopts import App, Parameter
from pydantic import RootModel
from pydantic_core import to_json

from .._core.credentials import authorization
from .._core.errors import GraphQLError, InputError, LeadIQError, SchemaDriftError
from .._core.protocol import Envelope, read_reply
from .._http.transport import DEFAULT_ENDPOINT, Transport
from ._problems import ALL_SETTLED, Problem, Trouble, cause_of, say, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .._schema.changes import Change

#: The next free ones after those of all commands.
DANGEROUS: Final = 5
BREAKING: Final = 6

_TIMEOUT_S: Final = 60.0

schema = App(name="schema")


class _Data(RootModel[dict[str, Any]]):
    """What an introspection answers."""


@schema.command
def diff(
    endpoint: str | None = None,
    /,
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Compare a server's schema with the one that this SDK was made from. Free of charge.

    Breaking changes make calls of this SDK, or documents of your own, fail; dangerous ones may
    change what they do. Each change names the root fields that it touches. Exit codes: 0 nothing
    or nothing but safe changes, 5 dangerous, 6 breaking. No key is needed; LEADIQ_API_KEY is sent
    if there is one.

    Example: leadiq schema diff

    Args:
        endpoint: URL of the API [default: LEADIQ_ENDPOINT, else production].
        json: Print JSON.
    """
    _require_library()
    found = _compared(*anyio.run(_introspect, _url(endpoint)))
    if json:
        listed = [change._asdict() for change in found]
        print(json_.dumps({"grade": _worst(found), "changes": listed}, indent=2))
    else:
        for line in _lines(found):
            print(line)
        say(_summary(found))
    return {"breaking": BREAKING, "dangerous": DANGEROUS}.get(_worst(found), ALL_SETTLED)


@schema.command
def pull(
    endpoint: str | None = None,
    /,
    *,
    directory: Path = Path(),
    force: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Write a server's schema as schema.graphql and schema.lock.json, for review. Free of charge.

    The files have what the server has: nothing is taken over from this SDK's own schema, which has
    members that only the published reference knows, and descriptions of its own.

    Example: leadiq schema pull --directory newest

    Args:
        endpoint: URL of the API [default: LEADIQ_ENDPOINT, else production].
        directory: Where to write the files.
        force: Overwrite files that exist.
    """
    _require_library()
    from .._schema.introspection import schema_from
    from .._schema.pulling import LOCK_FILE, SCHEMA_FILE, files_of

    _require_room([directory / SCHEMA_FILE, directory / LOCK_FILE], force=force)
    url = _url(endpoint)
    data, _ = anyio.run(_introspect, url)
    files = files_of(schema_from(data), url, datetime.now(UTC).date())
    for name, text in files.items():
        _write(directory / name, text)
    say(f"wrote {' and '.join(files)} to {shown(str(directory.resolve()))}")
    return ALL_SETTLED


def _require_library() -> None:
    if find_spec("graphql") is None:
        raise Problem("graphql-core is not installed: pip install 'leadiq-sdk[schema]'")


def _url(endpoint: str | None) -> str:
    return endpoint or os.environ.get("LEADIQ_ENDPOINT") or DEFAULT_ENDPOINT


async def _introspect(endpoint: str) -> tuple[dict[str, Any], bool]:
    """Give a server's introspection, and whether it tells of deprecated inputs."""
    from .._schema.introspection import OLDER_QUERY, QUERY

    key = os.environ.get("LEADIQ_API_KEY")
    transport = Transport(
        endpoint,
        None if key is None else authorization(key),
        timeout_s=_TIMEOUT_S,
        max_connections=1,
    )
    try:
        data = await _ask(transport, QUERY)
        return (
            (await _ask(transport, OLDER_QUERY, last=True), False) if data is None else (data, True)
        )
    finally:
        await transport.aclose()


async def _ask(transport: Transport, query: str, *, last: bool = False) -> Any:
    """Give the answer to an introspection, or None if the server doesn't understand the query."""
    reply = await transport.post(to_json({"query": query}))
    answer = read_reply(Envelope[_Data], reply.status, reply.body)
    if not isinstance(answer, LeadIQError):
        return answer.root
    if last or not isinstance(answer, GraphQLError | InputError | SchemaDriftError):
        raise answer
    return None


def _compared(data: dict[str, Any], deprecated_inputs: bool) -> list[Change]:
    from .._generated.operations import ALL
    from .._schema.changes import changes
    from .._schema.footprint import footprint
    from .._schema.introspection import schema_from
    from .._schema.packaged import packaged_schema

    ours = packaged_schema()
    used = footprint(ours, ALL)
    return changes(ours, schema_from(data), used, deprecated_inputs=deprecated_inputs)


def _worst(found: list[Change]) -> str:
    """Return the grade of the whole; what is known counts as the same."""
    return next((str(change.grade) for change in found if change.grade != "known"), "same")


def _lines(found: Iterable[Change]) -> Iterator[str]:
    for change in found:
        if change.grade != "known":
            affects = f" [{', '.join(change.affects)}]" if change.affects else ""
            line = f"{change.grade:10}{' '.join(change.text.split())}{affects}"
            yield "".join(char if char.isprintable() else "\ufffd" for char in line)


def _summary(found: list[Change]) -> str:
    counts = Counter(str(change.grade) for change in found)
    known = counts.pop("known", 0)
    told = ", ".join(f"{count} {grade}" for grade, count in counts.items())
    text = told or "the server's schema is the one that this SDK was made from"
    return f"{text} ({known} known differences are harmless)" if known else text


def _require_room(paths: Iterable[Path], *, force: bool) -> None:
    for path in paths:
        if not path.parent.is_dir():
            raise Problem(f"{shown(str(path.parent))} is not a directory")
        if path.exists() and not force:
            name = shown(str(path))
            raise Problem(f"{name} exists already: --directory another, or overwrite with --force")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {shown(str(path))}: {cause_of(error)}") from None

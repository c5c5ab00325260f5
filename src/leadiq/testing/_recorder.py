"""A real run, kept as a file that names nobody, and played again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from .._core.credentials import authorization, secrets
from .._ground.json import mapping, sequence
from ._exchange import Exchange
from ._extra import require_graphql
from ._script import Script

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from .. import Attempt, Reply
    from ._personal_fields import Kind

_FORMAT: Final = 1


class Recorder:
    """Middleware that keeps what a client asks and what LeadIQ answers, and writes it to a file.

        with Recorder("tests/recordings/find_email.json") as recorder:
            async with LeadIQ(middleware=[recorder]) as leadiq:  # a real run: it is charged
                await find_email(leadiq, "...")

    In the file names, addresses, phone numbers, profiles, ids of people, free text about them and
    the API key are replaced by synthetic ones, the same for the same. Titles, employers and places
    stay: read the file before you share it. It is written when the block is left, also by an
    exception, because what is in it was paid for.

    Args:
        path: the file to make.
        key: the client's API key, if it isn't the one in `LEADIQ_API_KEY`.
        overwrite: replace the file if it exists.

    Raises:
        FileExistsError: at the start of the block, the file exists; nothing was asked.
        ImportError: at the start of the block, the extra is not installed.
    """

    def __init__(
        self, path: str | Path, *, key: str | None = None, overwrite: bool = False
    ) -> None:
        self._path = Path(path)
        self._overwrite = overwrite
        known = key or os.environ.get("LEADIQ_API_KEY")
        self._secrets = secrets(authorization(known)) if known else ()
        self._exchanges: list[Exchange] = []

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send, and keep what came back."""
        reply = await send()
        self._exchanges.append(Exchange.of(attempt.body, reply.body, reply.status))
        return reply

    def __enter__(self) -> Self:
        require_graphql()
        if self._path.exists() and not self._overwrite:
            text = f"{self._path} exists; record to another file, or with overwrite=True"
            raise FileExistsError(text)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write the file."""
        text = json.dumps(
            {"format": _FORMAT, "exchanges": [_plain(one) for one in self._redacted()]},
            ensure_ascii=False,
            indent=2,
        )
        self._path.write_text(text + "\n", encoding="utf-8")

    def _redacted(self) -> list[Exchange]:
        from ._rewriting import rewritten
        from ._stand_ins import StandIns

        stand_ins = StandIns(self._secrets)

        def meet(kind: Kind | None, value: str) -> str:
            return stand_ins.of(kind, value) if kind else value

        def replace(kind: Kind | None, value: str) -> str:
            return stand_ins.of(kind, value) if kind else stand_ins.scrubbed(value)

        for exchange in self._exchanges:  # first all, for an early text may name a later person
            rewritten(exchange, meet)
        return [rewritten(exchange, replace) for exchange in self._exchanges]


def replay(path: str | Path) -> Script:
    """Make a script of a recording: it answers what was asked then, and refuses anything else.

        with replay("tests/recordings/find_email.json") as script:
            async with script.client() as leadiq:
                await find_email(leadiq, "person1@example.com")

    Ask with the synthetic values of the file. A request is the same if its document and all its
    variables are: a document that selects something else has to be recorded again.

    Args:
        path: a file that a `Recorder` has made.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no recording.
    """
    try:
        recording = mapping(json.loads(Path(path).read_text(encoding="utf-8")))
        if recording.get("format") != _FORMAT:
            raise ValueError
        exchanges = [_exchange(mapping(one)) for one in sequence(recording["exchanges"])]
    except (ValueError, LookupError):
        raise ValueError(f"{path} is no recording of this version; record it again") from None
    script = Script()
    for exchange in exchanges:
        script.recorded(exchange)
    return script


def _plain(exchange: Exchange) -> dict[str, Any]:
    return {
        "document": exchange.document,
        "operation": exchange.operation_name,
        "variables": exchange.variables,
        "status": exchange.status,
        "reply": exchange.reply,
    }


def _exchange(one: dict[str, Any]) -> Exchange:
    return Exchange(
        str(one["document"]),
        one["operation"],
        mapping(one["variables"]),
        int(one["status"]),
        one["reply"],
    )

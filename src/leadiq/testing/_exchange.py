"""One request and its reply, as values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Self

from .._ground.json import mapping

_NAMED = re.compile(r"\b(?:query|mutation)\s+(\w+)")
_ROOT = re.compile(r"\{\s*(?:\w+\s*:\s*)?(\w+)")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what was answered. It holds people's data, so its repr says none.

    `reply` is the whole body as JSON has it, or None where it was no JSON.
    """

    document: str
    operation_name: str | None
    variables: dict[str, Any]
    status: int = 200
    reply: Any = None

    @classmethod
    def of(cls, asked: bytes, answered: bytes = b"", status: int = 200) -> Self:
        """Read the bodies of a request and of its reply; what is no JSON counts as nothing."""
        body = mapping(_json(asked))
        document, name = body.get("query"), body.get("operationName")
        return cls(
            document if isinstance(document, str) else "",
            name if isinstance(name, str) else None,
            mapping(body.get("variables")),
            status,
            _json(answered),
        )

    @property
    def operation(self) -> str:
        """Return the operation's name; of one without a name, its first root field."""
        found = _NAMED.search(self.document)
        return self.operation_name or (found[1] if found else self.root)

    @property
    def root(self) -> str:
        """Return the first root field."""
        found = _ROOT.search(self.document)
        return found[1] if found else ""

    def __repr__(self) -> str:
        return f"<exchange of {self.operation or 'no operation'}>"


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None

"""Custom scalars whose wire form pydantic does not take as it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

_ZONE_ID = re.compile(r"\[[^\]]*\]$")


def _lenient(value: Any) -> Any:
    """Take Java's `2021-10-02T00:00Z[UTC]`, and a time without a zone as UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(_ZONE_ID.sub("", value))
        except ValueError:  # whose text holds the value
            raise ValueError("not an ISO 8601 time") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value


# The first branch runs in Rust; Python is asked only when it fails.
ZonedDateTime = Annotated[
    AwareDatetime | Annotated[datetime, BeforeValidator(_lenient)],
    Field(union_mode="left_to_right"),
]
"""An ISO 8601 time with a zone (GraphQL `ZonedDateTime` and `Instant`); always aware."""

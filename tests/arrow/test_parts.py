"""A part is named after its rows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

import leadiq.arrow
from leadiq.arrow._parts import part_of


def test_the_same_rows_are_the_same_part(table: Any) -> None:
    """However they are held, and whatever an engine notes beside the schema."""
    name = part_of(table)
    again = pa.Table.from_pylist(table.to_pylist(), table.schema)
    assert part_of(again) == part_of(again.replace_schema_metadata({"engine": "x"})) == name
    assert part_of(table.to_batches()[0]) == name
    assert part_of(pa.concat_tables([table.slice(0, 7), table.slice(7)])) == name
    assert part_of(table.slice(1)) != name
    assert part_of(table.rename_columns(["mail", "score"])) != name


def test_there_is_nothing_else() -> None:
    """The public names are those of `__all__`."""
    assert dir(leadiq.arrow) == leadiq.arrow.__all__ == ["Enrichment", "SharedQuota"]
    with pytest.raises(AttributeError, match="no attribute 'Enricher'"):
        leadiq.arrow.Enricher  # type: ignore[attr-defined]

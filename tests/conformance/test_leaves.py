"""Rules of leaves: what each scalar of LeadIQ's is written as, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq._conformance.leaves import is_written
from leadiq._schema.packaged import packaged_schema

RIGHT: dict[str, list[Any]] = {
    "BigDecimal": [1, 0.1, "0.10", "-3", 10**30],
    "Boolean": [True, False],
    "Cursor": ["", "x"],
    "Float": [1, -0.5],
    "ID": ["1"],
    "Instant": ["2026-01-01T00:00:00Z"],
    "Int": [0, 2**31 - 1, -(2**31)],
    "Json": [None, 1, [], {}, "x"],
    "LocalDate": ["2026-01-31"],
    "Long": [2**31, 2**63 - 1, -(2**63)],
    "String": ["", "x"],
    "ZonedDateTime": ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123+05:30"],
}
WRONG: dict[str, list[Any]] = {
    "BigDecimal": [True, "", "x", "NaN", "Infinity", [], {}],
    "Boolean": [0, 1, "true", []],
    "Cursor": [1, True, []],
    "Float": ["1", True, float("inf"), float("nan")],
    "ID": [1, True, []],
    "Instant": [0, "", "2026-01-01", "2026-01-01T00:00:00"],
    "Int": [1.5, "1", True, 2**31, -(2**31) - 1],
    "LocalDate": [20260131, "2026-1-31", "20260131", "2026-02-30", "2026-01-31T00:00:00Z"],
    "Long": [2**63, 1.0, "1", False],
    "String": [1, None, []],
    "ZonedDateTime": [0, "2026-01-01T00:00:00", "tomorrow", ""],
}
CASES = [(name, value, True) for name, values in RIGHT.items() for value in values]
CASES += [(name, value, False) for name, values in WRONG.items() for value in values]


@pytest.mark.parametrize(("name", "value", "fits"), CASES)
def test_a_scalar_is_written_in_its_own_way(name: str, value: Any, fits: bool) -> None:
    """Each scalar takes its own JSON, within its own bounds."""
    kind: Any = packaged_schema().type_map[name]
    assert is_written(kind, value) is fits


def test_every_scalar_of_the_contract_is_known() -> None:
    """None is taken for anything at all by oversight; Json is anything by its nature."""
    named = [kind for kind in packaged_schema().type_map.values() if hasattr(kind, "parse_literal")]
    scalars = {kind.name for kind in named if not hasattr(kind, "values")}
    assert scalars <= {*RIGHT}


def test_an_enum_has_its_values() -> None:
    """Another word is none of them, nor is what is no word."""
    kind: Any = packaged_schema().type_map["PlanStatus"]
    assert all(is_written(kind, value) for value in kind.values)
    assert not any(is_written(kind, value) for value in ("Nothing", 1, True, []))

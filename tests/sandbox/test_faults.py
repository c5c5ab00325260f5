"""Rules of declaring faults: one meaning in code, in a line and in JSON; nonsense is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from leadiq.sandbox import Fault, Latency, Refused, Reset, Truncated
from leadiq.sandbox._faults import NoCursor, parse_faults, read_faults


def test_a_line_and_json_mean_the_same_as_code() -> None:
    """Each way of writing a fault gives an equal value."""
    meant = (
        Latency(seconds=0.25, spread="exponential", rate=0.5),
        Refused(status=503, requests=(2, 5), burst=3, retry_after_s=7),
        Reset(at="body", operation="SearchPeople"),
        NoCursor(),
    )
    line = (
        "latency:seconds=0.25,spread=exponential,rate=0.5;"
        "refused:status=503,requests=2+5,burst=3,retry-after-s=7; "
        "reset:at=body,operation=SearchPeople;no-cursor;"
    )
    assert parse_faults(line) == meant
    written = json.dumps([json.loads(fault.model_dump_json()) for fault in meant])
    assert read_faults(written.encode()) == meant
    assert parse_faults(" ") == read_faults(b"") == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("flood", "faults: Input tag 'flood'"),
        ("latency", "faults latency.seconds: Field required"),
        ("latency:seconds=-1", "faults latency.seconds: "),
        ("latency:seconds=many", "faults latency.seconds: "),
        ("reset:rate=2", "faults reset.rate: "),
        ("reset:requests=0", "faults reset.requests.0: "),
        ("reset:requests=x", "faults reset.requests.0: "),
        ("reset:when=now", "faults reset.when: Extra inputs"),
        ("truncated:keep=1", "faults truncated.keep: "),
        ("removed:field=Person", "faults removed.field: "),
    ],
)
def test_what_makes_no_sense_is_named(line: str, says: str) -> None:
    """A ValueError whose sentence begins with the place."""
    with pytest.raises(ValueError, match=f"^{says}"):
        parse_faults(line)


@pytest.mark.parametrize("content", [b"{", b"5", b'[{"kind": "flood"}]', b'[{"seconds": 1}]'])
def test_json_that_is_no_list_of_faults_is_refused(content: bytes) -> None:
    """Whatever is posted, the error is a sentence."""
    with pytest.raises(ValueError, match=r"^faults.*\.$"):
        read_faults(content)


def test_faults_are_frozen_and_strict() -> None:
    """A fault is not changed, and a misspelt member is no fault."""
    fault = Truncated()
    with pytest.raises(ValidationError):
        fault.keep = 0.1  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Truncated(kept=0.1)  # type: ignore[call-arg]


def test_by_default_a_refusal_is_free_and_a_lost_answer_is_not() -> None:
    """What LeadIQ refuses it did not charge; what broke on the way it did."""
    assert not Refused().charged
    assert Reset().charged
    assert Truncated().charged


def test_each_fault_is_documented() -> None:
    """The page has a row for every kind, with its members and whether it is charged."""
    page = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for kind in get_args(Fault):
        members = set(kind.model_fields) - {"kind", "charged", "rate", "requests", "burst"}
        row = rows[kind.model_fields["kind"].default]
        assert all(f"`{name}`" in row for name in members - {"operation"})
        assert row.endswith("| yes |" if kind.model_fields["charged"].default else "| no |")

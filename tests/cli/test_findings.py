"""The rules of what a plan tells: the numbers, each with what it means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import pytest

from leadiq import Prices
from leadiq._core.pricing import Unlock
from leadiq._engine.identity import Lead
from leadiq._jobs.census import Census
from leadiq._jobs.columns import find_columns
from leadiq._jobs.findings import Findings
from leadiq._jobs.forecast import Seen
from leadiq.cli._findings import Report, duration, many

if TYPE_CHECKING:
    from leadiq._jobs.known import Known

ALL = [Seen(found=True, email=True, phone=False)] * 4


class Nothing:
    """Nobody is known from earlier jobs."""

    def charged(self, *_: object) -> None:
        """Say so."""


def findings(*unlock: Unlock, seen: Sequence[Seen] = ALL, failed: int = 0) -> Report:
    """What is found out about four people of a file."""
    leads = [Lead.from_text(email=f"{name}@example.com") for name in ("ann", "bob", "cyd", "dan")]
    with Census(known=cast("Known", Nothing()), unlock=unlock, size=4, seed=1) as census:
        for lead in leads:
            census.add(lead)
    found = Findings(
        unlock=frozenset(unlock),
        stages=(),
        seed=1,
        rate=2,
        counts=census.counts,
        new=census.new,
        unseen=census.unseen,
        repeated=census.repeated,
        prices=Prices(),
        seen=tuple(seen),
        failed=failed,
    )
    columns = find_columns(["notes", "email"])
    now = 1_700_000_000.5
    return Report(source="leads.csv", columns=columns, digest="ab" * 32, now=now, found=found)


def test_the_lines_for_a_person() -> None:
    """Counts, hits, credits, requests, and what each unlock adds or would add."""
    assert list(findings(Unlock.WORK_EMAIL, Unlock.COMPANY).lines()) == [
        "leads.csv: 4 rows",
        "  invalid                          0",
        "  duplicates                       0",
        "  lookups                          4",
        "  previews                         4  4 found, 4 likely with an e-mail, 0 with a phone",
        "expected, for company, work-email",
        "  people                           4  2 to 4",
        "  people with an e-mail            4  0 to 4",
        "  companies                        4  0 to 8",
        "  credits                       16.2  95 of 100 such files: 3.3 to 27.0; at most 52",
        "  budget                          40  so that the job comes to its end",
        "  requests                         4  about 2 minutes at 2 a minute",
        "  unlock                    expected     at most  price",
        "  drop work-email               -3.6          -4  -1 per person with an e-mail",
        "  add personal-email            +0.2          +0  +1 per person with an e-mail",
        "  add work-phone                +1.2         +40  +10 per person with a phone",
        "  add personal-phone            +1.2         +40  +10 per person with a phone",
        "  drop company                 -12.6         -48  -3 per company",
    ]


def test_only_what_there_is_is_told() -> None:
    """Failed previews have a line where there are some."""
    text = "\n".join(findings(seen=ALL[:3], failed=1).lines())
    assert "expected, for the profile alone" in text
    assert "previews failed                  1  they are not counted" in text
    assert "without preview" not in text
    assert "known" not in text


def test_the_numbers_for_a_machine() -> None:
    """Credits are strings, so that no digit is lost."""
    told = json.loads(findings(Unlock.WORK_EMAIL).as_json())
    assert told["credits"]["most"] == "4"
    assert told["budget"] == "4"
    assert told["columns"] == {"email": 1}
    assert told["created"] == "2023-11-14T22:13:20+00:00"
    assert told["hits"]["email"]["expected"] == 4
    assert told["sample"] == {
        "seed": 1,
        "previews": 4,
        "failed": 0,
        "found": 4,
        "email": 4,
        "phone": 0,
    }
    assert (told["requests"], told["requests_per_minute"], told["minutes"]) == (4, 2, 2)
    by_name = {one["unlock"]: one for one in told["unlocks"]}
    assert by_name["work-email"]["selected"] is True
    assert by_name["company"]["each"] == "3"
    assert Decimal(by_name["company"]["most"]) == 48


@pytest.mark.parametrize(
    ("requests", "rate", "says"),
    [(0, 60, "about 0 minutes"), (60, 60, "about 1 minute"), (61, 60, "about 2 minutes")],
)
def test_a_duration_is_in_whole_minutes(requests: int, rate: int, says: str) -> None:
    """Those that were begun count."""
    assert duration(requests, rate) == says


def test_many_things() -> None:
    """One is no plural."""
    assert [many(count, "row") for count in (0, 1, 1_000)] == ["0 rows", "1 row", "1,000 rows"]

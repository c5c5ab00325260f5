"""The rules of `leadiq search`: what fits, one page unless told otherwise, resumable."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox

FAST = ("--requests-per-minute", "600000")


@pytest.fixture(autouse=True)
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> None:
    """The environment points at the sandbox."""
    use(shared_sandbox)


def ids(ran: Any) -> list[str]:
    """The first column."""
    return [row[0] for row in csv.reader(ran.out.splitlines())][1:]


def test_people_are_listed(leadiq: Callable[..., Any]) -> None:
    """One page of what fits, with the total if it is asked for."""
    ran = leadiq("search", "people", "--seniority", "vp,director", "--total", *FAST)
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert (ran.code, len(rows)) == (0, 25)
    assert {row["seniority"] for row in rows} <= {"VP", "Director"}
    assert re.match(r"leadiq: 25 of [0-9,]+ people; 1 request for 1 credit at most\n", ran.err)


@pytest.mark.parametrize("kind", ["people", "companies"])
def test_a_search_goes_on_where_it_stopped(leadiq: Callable[..., Any], kind: str) -> None:
    """Two runs, the second with the token of the first, list what one does."""
    search = ("search", kind, "--seniority", "vp", "--sort", "name-asc", *FAST)
    whole = ids(leadiq(*search, "--limit", 12))
    first = leadiq(*search, "--limit", 7)
    (token,) = re.findall(r"--resume (\S+)", first.err)
    second = leadiq(*search, "--limit", 5, "--resume", token)
    assert ids(first) + ids(second) == whole
    other = leadiq("search", kind, "--seniority", "manager", "--resume", token, *FAST)
    assert (other.code, other.out) == (2, "")
    assert "resume: " in other.err


def test_companies_come_with_their_people(leadiq: Callable[..., Any]) -> None:
    """JSON has LeadIQ's own names; company information is there when it is paid for."""
    search = ("search", "companies", "--seniority", "vp", "--limit", 3, *FAST)
    plain = json.loads(leadiq(*search, "--people", 1, "--format", "json").out)
    assert len(plain) == 3
    assert {len(one["people"]) for one in plain} == {1}
    assert {*plain[0]["company"]} == {"id", "name"}
    paid = leadiq(*search, "--unlock", "company", "--budget", 10, "--sort-people", "id-asc")
    rows = list(csv.DictReader(paid.out.splitlines()))
    assert all(row["company_domain"] and row["company_employees"] for row in rows)


def test_everybody_is_a_word(leadiq: Callable[..., Any]) -> None:
    """--all goes through everything that fits; a limit bounds it all the same."""
    ran = leadiq("search", "people", "--all", "--total", *FAST)
    assert "leadiq: 500 of 500 people; " in ran.err
    assert "--resume" not in ran.err
    assert len(set(ids(ran))) == 500
    assert len(ids(leadiq("search", "people", "--all", "--limit", 3, *FAST))) == 3


def test_people_with_their_companies(leadiq: Callable[..., Any]) -> None:
    """Company columns are there when they are paid for."""
    ran = leadiq(
        *("search", "people", "--seniority", "vp", "--limit", 3, *FAST),
        *("--unlock", "company", "--budget", "unlimited"),
    )
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert len(rows) == 3
    assert all(row["company_domain"] for row in rows)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["people"], "no filter says"),
        (["people", "--title", "x", "--limit", "0"], "--limit has to be at least 1"),
        (["people", "--title", "x", "--unlock", "work-email"], "a search has no contacts"),
        (["people", "--title", "x", "--unlock", "company"], "--budget is missing"),
        (["people", "--title", "x", "--sort", "age"], "--sort: choose from"),
        (["people", "--title", "x", "--resume", "lqx"], "resume: "),
        (["people", "--title", "x", "--format", "xml"], "--format"),
        (["companies", "--title", "x", "--people", "0"], "--people has to be at least 1"),
        (
            ["people", "--title", "x", "--unlock", "company", "--budget", "5"],
            "--limit 25 could cost 76 credits",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    leadiq: Callable[..., Any], words: list[str], says: str
) -> None:
    """A search that can't be meant is exit 2, names the option, and sends nothing."""
    ran = leadiq("search", *words, *FAST)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err

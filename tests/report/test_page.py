"""The rules of the report's page: it is whole in itself, says what is so, and nobody is in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from leadiq._core.pricing import DataPoint
from leadiq._jobs.journal import Journal
from leadiq._report.page import page, render
from leadiq._report.style import POLICY, STYLE

from .samples import ALL, HARM, books, line, moments, usual
from .test_figures import HEAD, settle

CHARTS = ("funnel-chart", "spending-chart", "hits-chart", "waiting-chart")


class Read(HTMLParser):
    """The tags and texts of a page; every tag that is open has to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += " " + data


def read(name: str) -> Read:
    return Read(page(ALL[name]))


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_whole_and_loads_nothing(name: str) -> None:
    """No script, no frame, no form, no address but an empty icon; the policy forbids the rest."""
    text = page(ALL[name])
    found = Read(text)
    assert text.startswith('<!doctype html>\n<html lang="en"><head><meta charset')
    assert found.open == []
    assert not {"script", "iframe", "form", "img", "object", "a", "base"} & set(found.tags)
    assert found.links == ["data:,"]
    assert len(found.ids) == len(set(found.ids))
    assert found.tags.count("style") == 1
    assert POLICY.startswith("default-src 'none'; ")
    assert "script-src" not in POLICY
    assert not re.search(r"url\(|@import|expression", STYLE)


@pytest.mark.parametrize("name", ["usual", "tiny", "huge", "hostile"])
def test_beside_each_chart_there_is_a_table(name: str) -> None:
    """With a caption, and heads that say what they are of."""
    found = read(name)
    assert [one for one in found.ids if one in CHARTS] == list(CHARTS)
    assert found.tags.count("table") == found.tags.count("caption") == len(CHARTS) + 2


def test_the_figures_are_there() -> None:
    """What came of it, at what price, and how it fits together."""
    text = " ".join(read("usual").text.replace("\u00a0", " ").split())
    for words in (
        "Enrichment of leads.csv",
        "LeadIQ was asked for 1,250 people and knew 1,043 of them (83 %)."
        " That cost 849.3 credits of a budget of 1,000.",
        "Credits per person 0.81",
        "Lookups saved 138",
        "Credits saved 2",
        "Time at work 20 min 49 s 1 run, 61 requests a minute",
        "Rows of the file 1,400",
        "With unlocked data 830 80 %",
        "The budget is 1,000 credits.",
        "budget 1,000",
        "E-mail 830 1,250",
        "1,276 requests, 26 of them sent again; the rate limit refused 6.",
        "Sent 4 times or more 1",
        "By what came back 849.3",
        "Expected before (at most 1,250) 700 to 1,010",
        "Difference (the account counts whole credits) -0.3",
        "18 Nov 2026 11:06 to 18 Nov 2026 11:28 UTC",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("over", "stopped_by", "words"),
    [
        (True, "", "complete"),
        (False, "", "not finished"),
        (False, "BudgetError", "stopped: the budget is used up"),
        (False, "interruption", "stopped by hand"),
        (False, HARM, "stopped by an error"),
    ],
)
def test_it_says_how_the_job_stands(over: bool, stopped_by: str, words: str) -> None:
    """In words, and an error by no other name than its own."""
    text = page(usual(over=over, stopped_by=stopped_by))
    assert f">{words}</span>" in text
    assert HARM not in text


def test_what_is_not_known_is_not_said() -> None:
    """No share of nothing, no budget that was not set, no chart of no lookups."""
    text = read("empty").text
    assert "has not answered a lookup" in text
    assert text.count("Nothing to show yet") == 3
    assert "Credits per person" not in text
    assert "No budget was set." in page(usual(books=books()))
    assert "knew nothing of them" in page(usual(answered=1, found=0))
    assert "knew them" in read("tiny").text
    assert "With unlocked data" not in page(usual(unlock=()))


def test_what_did_not_happen_is_left_out() -> None:
    """Longer waits and more repetitions than there were."""
    text = read("tiny").text
    assert "Waited under a second" in text
    assert "Sent once" in text
    assert "Waited 1 to 10 seconds" not in text
    assert "Sent twice" not in text
    assert "Waited 1 to 5 minutes" in read("usual").text
    assert "Waited over 5 minutes" not in read("usual").text


def test_pauses_are_said_and_marked() -> None:
    """As they are left out of the picture."""
    paused = page(usual(moments=moments(50, 60, "1", 20, 30)))
    assert paused.count('class="break"') == 2
    assert "Dashed lines are pauses of the job, 4 d in all" in paused.replace(" 0 h", "")


def test_a_budget_far_away_is_not_drawn() -> None:
    """It would press the line to the ground; it is said instead."""
    far = books(line(DataPoint.EMAIL, 1, 1, "1", "1"), limit=ALL["huge"].books.limit)
    text = page(usual(books=far))
    assert 'class="mark"' not in text
    assert "The budget is 2,000,000,000 credits." in text


@pytest.mark.anyio
async def test_nobody_is_in_a_report(tmp_path: Path) -> None:
    """Neither who was asked for, nor what came back, nor where the files are."""
    path = tmp_path / "a-job.job"
    journal = Journal.create(path, HEAD)
    await settle(journal, b"ann@example.com", "1", unlocked=["email"], amounts={"email": "1"})
    journal.close()
    text = render(path)
    assert "leads.csv" in text
    assert not re.search(r"ann|example\.com|Users|home", text)

"""Rules of company records: ranges hold their value, trends obey their span."""

from __future__ import annotations

from datetime import datetime

from leadiq.sandbox._company_records import CompanyRecords
from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._world import World


def test_ranges_hold_their_value(calendar: Calendar) -> None:
    """employeeRange and revenueRange contain the number, or are absent with it."""
    world = World(people=20_000, seed=1)
    records = CompanyRecords(world, calendar)
    open_ended = set()
    for index in range(world.companies):
        info = records.info(index)
        count, text = info["numberOfEmployees"], info["employeeRange"]
        assert (count is None) == (text is None)
        if text:
            low, _, high = text.rstrip("+").partition("-")
            assert int(low) <= count <= int(high or count)
            open_ended.add(text.endswith("+"))
        span = info["revenueRange"]
        assert (info["revenue"] is None) == (span is None)
        if span:
            assert span["start"] <= info["revenue"] < (span["end"] or info["revenue"] + 1)
    assert open_ended == {True, False}


def test_both_shapes_tell_the_same(world: World, calendar: Calendar) -> None:
    """CompanyInfo and Company agree on what they share."""
    records = CompanyRecords(world, calendar)
    for index in range(50):
        info, company = records.info(index), records.search(index)
        assert [info[k] for k in ("id", "name", "domain", "industry", "linkedinId")] == [
            company[k] for k in ("id", "name", "domain", "industry", "linkedinId")
        ]
        assert info["numberOfEmployees"] == company["employeeCount"]
        assert info["locationInfo"]["city"] == company["city"]
        assert info["fundingInfo"] == company["fundingInfo"]


def test_trends_obey_their_span(world: World, calendar: Calendar) -> None:
    """functionTrends are monthly, oldest first, and from/to cut them, both included."""
    trends = CompanyRecords(world, calendar).info(3)["functionTrends"]
    whole = trends(None)
    times = [month["time"] for month in whole]
    assert times == sorted(times)
    assert len(times) == 12
    part = trends(None, **{"from": times[3], "to": times[6]})
    assert part == whole[3:7]
    assert all(datetime.fromisoformat(time) < calendar.epoch for time in times)
    assert all(bucket["count"] >= 0 for month in whole for bucket in month["buckets"])


def test_a_parent_is_a_company_of_the_world(world: World, calendar: Calendar) -> None:
    """A hierarchy names a company that can be looked up, or says it is the top."""
    records = CompanyRecords(world, calendar)
    tops = 0
    for index in range(world.companies):
        tree = records.info(index)["companyHierarchy"]
        assert tree["isUltimate"] == (tree["parent"] is None)
        tops += tree["isUltimate"]
        if tree["parent"]:
            parent = world.ids.company_index(tree["parent"]["id"])
            assert parent is not None
            assert world.company(parent).name == tree["parent"]["name"]
    assert 0 < tops < world.companies

"""The rules of the forecast: it covers what files cost, and says what each unlock adds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadiq._core.pricing import DataPoint, Prices, Unlock
from leadiq._jobs.charges import charge
from leadiq._jobs.forecast import EMAIL, PHONE, Chance, Forecast, Seen, most_of
from leadiq._jobs.sample import Sample
from leadiq.sandbox import SandboxSettings
from leadiq.sandbox._resolvers import Service, search_people, search_people_preview
from leadiq.types import PersonRecord

PEOPLE = 400
NOBODY = Seen(found=False, email=False, phone=False)
EVERYTHING = Seen(found=True, email=True, phone=True)
PRICES = Prices()
SELECTIONS: tuple[tuple[Unlock, ...], ...] = (
    (),
    (Unlock.WORK_EMAIL,),
    (Unlock.PERSONAL_EMAIL,),
    (Unlock.WORK_PHONE,),
    (Unlock.WORK_EMAIL, Unlock.COMPANY),
    tuple(Unlock),
)


class Somebody(NamedTuple):
    """What a preview says of a person of the sandbox, and what a lookup brings."""

    seen: Seen
    record: PersonRecord


@pytest.fixture(scope="module")
def people() -> list[Somebody]:
    """Everybody of a small world who has an address or a profile to ask by."""
    service = Service(SandboxSettings(people=PEOPLE))
    found = (_somebody(service, index) for index in range(PEOPLE))
    return [one for one in found if one]


def _somebody(service: Service, index: int) -> Somebody | None:
    person = service.world.person(index)
    if person.linkedin_slug is None:
        return None
    asked = {"linkedinUrl": f"https://www.linkedin.com/in/{person.linkedin_slug}"}
    said = search_people_preview(service, asked)
    (record,) = search_people(service, {**asked, "limit": 1})["results"]
    return Somebody(
        Seen(said["personId"] is not None, said["hasEmail"], said["hasPhone"]),
        PersonRecord.model_validate(_resolved({**record, "pastPositions": []})),
    )


def _resolved(value: Any) -> Any:
    """Compute what the server computes only when it is selected."""
    if callable(value):
        return _resolved(value(None))
    if isinstance(value, dict):
        return {name: _resolved(member) for name, member in value.items()}
    return [_resolved(item) for item in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("sample", [60, 12])
@pytest.mark.parametrize("unlock", SELECTIONS, ids="-".join)
def test_the_interval_covers_what_files_cost(
    people: list[Somebody], unlock: tuple[Unlock, ...], sample: int
) -> None:
    """Of 100 files, from tiny to large and from unknown to known people, 95 cost what was told."""
    costs = [charge(person.record, unlock) for person in people]
    covered = 0
    for seed in range(100):
        dice = random.Random(seed)
        lookups, known = round(10 ** dice.uniform(0.5, 3)), dice.random()
        drawn: Sample[Seen] = Sample(sample, seed)
        real = Decimal(0)
        for lead in range(lookups):
            who = dice.randrange(len(people)) if dice.random() < known else None
            real += Decimal(0) if who is None else costs[who]
            drawn.offer(str(lead), NOBODY if who is None else people[who].seen)
        told = Forecast(drawn.items, lookups, PRICES).credits(unlock)
        covered += told.low <= real <= told.high
    assert covered >= 95


def test_the_interval_is_of_use(people: list[Somebody]) -> None:
    """With 60 previews of 600 leads, work addresses cost no less than half of what is expected,
    and no more than half again.
    """
    seen = [person.seen for person in people[:60]]
    told = Forecast(seen, 600, PRICES).credits({Unlock.WORK_EMAIL})
    assert told.expected / 2 < told.low < told.expected < told.high < told.expected * 3 / 2


def test_the_numbers_are_those_of_the_method() -> None:
    """As computed by hand: a sample of 30 of 200 by Agresti and Coull, and a file seen whole."""
    seen = [EVERYTHING] * 16 + [NOBODY] * 14
    told = Forecast(seen, 200, PRICES).credits({Unlock.WORK_EMAIL})
    assert told == (Decimal("39.8"), Decimal("97.1"), Decimal("142.4"), Decimal(200))
    told = Forecast([EVERYTHING] * 100, 100, PRICES).credits({Unlock.WORK_EMAIL, Unlock.COMPANY})
    assert told == (Decimal("245.5"), Decimal(405), Decimal("526.9"), Decimal(1300))


def test_a_sample_that_found_nothing_proves_little() -> None:
    """Where nobody of 60 is found, some of the others may be; of 60 in all hardly anybody is."""
    some = Forecast([NOBODY] * 60, 6_000, PRICES).credits({Unlock.WORK_PHONE})
    all_of_them = Forecast([NOBODY] * 60, 60, PRICES).credits({Unlock.WORK_PHONE})
    assert some.expected == all_of_them.expected == 0
    assert some.high > 6_000 * Decimal("0.5")
    assert all_of_them.high < 60


def test_everything_found_costs_the_most() -> None:
    """The high end reaches the maximum, and never exceeds it; nothing to look up costs nothing."""
    told = Forecast([EVERYTHING] * 9, 9, PRICES).credits({Unlock.WORK_EMAIL, Unlock.WORK_PHONE})
    assert told.high == told.most == 99
    assert told.expected == Decimal("62.1")
    assert set(Forecast([], 0, PRICES).credits({Unlock.COMPANY})) == {Decimal(0)}


def test_without_a_preview_half_of_the_top_is_expected() -> None:
    """No sample, no knowledge: the interval goes from nothing to nearly everything."""
    told = Forecast([], 100, PRICES).credits({Unlock.WORK_EMAIL})
    assert told.low == 0
    assert told.expected == Decimal("45.5")
    assert told.high > 95


def test_what_no_preview_can_see_is_anything() -> None:
    """It is expected to cost what the others do, and the interval takes it for anything."""
    alone = Forecast([EVERYTHING] * 10, 10, PRICES).credits({Unlock.WORK_EMAIL})
    more = Forecast([EVERYTHING] * 10, 10, PRICES, unseen=10).credits({Unlock.WORK_EMAIL})
    assert more.low == alone.low
    assert more.expected == 2 * alone.expected
    assert more.high == alone.high + 10
    assert more.most == 20


def test_silence_is_between_yes_and_no() -> None:
    """What a preview does not say is as likely as not."""
    silent = Seen(found=True)
    ends = [
        Forecast([Seen(found=True, email=said)] * 50, 50, PRICES).credits({Unlock.WORK_EMAIL})
        for said in (False, None, True)
    ]
    assert Forecast([silent] * 50, 50, PRICES).credits({Unlock.WORK_EMAIL}) == ends[1]
    assert ends[0].expected < ends[1].expected < ends[2].expected
    assert ends[1].low < 15
    assert ends[1].high == 50


def test_hits_are_counted_by_data_point() -> None:
    """People are always counted, the other data points when they are asked for."""
    forecast = Forecast([EVERYTHING] * 30 + [NOBODY] * 10, 40, PRICES)
    assert forecast.hits(()).keys() == {DataPoint.PROFILE}
    hits = forecast.hits({Unlock.WORK_EMAIL, Unlock.COMPANY})
    assert hits.keys() == {DataPoint.PROFILE, DataPoint.EMAIL, DataPoint.COMPANY}
    assert hits[DataPoint.PROFILE].expected == 30
    assert hits[DataPoint.EMAIL].expected == 27
    assert hits[DataPoint.EMAIL].low < 18
    assert hits[DataPoint.EMAIL].high <= hits[DataPoint.PROFILE].high <= 40
    assert hits[DataPoint.COMPANY].expected == 32


def test_each_unlock_tells_what_it_adds() -> None:
    """Those that are selected by dropping them, the others by adding them; the profile never."""
    forecast = Forecast([EVERYTHING] * 10, 10, PRICES)
    added = {one.unlock: one for one in forecast.additions({Unlock.WORK_EMAIL, Unlock.COMPANY})}
    assert added.keys() == set(Unlock) - {Unlock.PROFILE}
    assert [one.unlock for one in added.values() if one.selected] == [
        Unlock.WORK_EMAIL,
        Unlock.COMPANY,
    ]
    assert added[Unlock.COMPANY].each == 3
    assert added[Unlock.COMPANY].most == 120
    assert added[Unlock.WORK_EMAIL][3:] == (Decimal(9), Decimal(10))
    assert added[Unlock.PERSONAL_EMAIL][3:] == (Decimal("0.5"), Decimal(0))
    assert added[Unlock.WORK_PHONE][3:] == (Decimal(60), Decimal(100))


@given(
    st.lists(st.builds(Seen, st.booleans(), st.none() | st.booleans(), st.none() | st.booleans())),
    st.integers(0, 500),
    st.integers(0, 50),
    st.sets(st.sampled_from(Unlock)),
)
@settings(max_examples=30)
def test_the_ends_are_in_order(
    seen: list[Seen], more: int, unseen: int, unlock: set[Unlock]
) -> None:
    """Whatever was seen: 0, low, expected, high, most; of hits too."""
    forecast = Forecast(seen, len(seen) + more, PRICES, unseen=unseen)
    told = forecast.credits(unlock)
    assert 0 <= told.low <= told.expected <= told.high <= told.most
    for hits in forecast.hits(unlock).values():
        assert 0 <= hits.low <= hits.expected <= hits.high
        assert all(isinstance(count, int) for count in hits)


def test_the_account_s_prices_count() -> None:
    """A dearer e-mail makes a dearer file."""
    dear = PRICES._replace(email=Decimal(2))
    unlock = {Unlock.WORK_EMAIL}
    assert Forecast([EVERYTHING], 1, dear).credits(unlock).most == 2 == most_of(unlock, dear)


@pytest.mark.parametrize("chances", [chances for table in (EMAIL, PHONE) for _, chances in table])
def test_the_chances_make_sense(chances: Sequence[Chance]) -> None:
    """At least, probably and at most are in that order, and likely is more than unlikely."""
    assert all(0 <= c.low <= c.expected <= c.high <= 1 for c in chances)
    likely, unlikely, silent = chances
    assert unlikely.expected < silent.expected <= likely.expected

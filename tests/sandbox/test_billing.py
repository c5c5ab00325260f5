"""Rules of the bill: the selection and what was found decide, each case with its price."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox import Partial, Prices
from leadiq.sandbox._values import Person
from leadiq.sandbox._world import World

Make = Callable[..., Any]
GOOD = {"Verified", "VerifiedLikely", "Unverified", "LikelyAccurate"}


def the_first(world: World, holds: Callable[[Person], object]) -> Person:
    return next(p for p in map(world.person, range(world.people)) if holds(p))


def is_good(entry: Any) -> bool:
    return entry is not None and entry.status in GOOD


@pytest.fixture(scope="module")
def rich(world: World) -> Person:
    """Somebody with every kind of address and number."""
    return the_first(
        world,
        lambda p: (
            is_good(p.current[0].email)
            and is_good(p.current[0].phone)
            and is_good(p.personal_email)
            and is_good(p.personal_phone)
            and len(p.current) == 1
            and len(p.past) == 1
        ),
    )


@pytest.fixture(scope="module")
def poor(world: World) -> Person:
    """Somebody without any address or number, past or present."""
    return the_first(
        world,
        lambda p: (
            not p.personal_email
            and not p.personal_phone
            and not any(job.email or job.phone for job in (*p.current, *p.past))
        ),
    )


@pytest.fixture(scope="module")
def hushed(world: World) -> Person:
    """Somebody whose address at work is suppressed."""
    return the_first(
        world, lambda p: p.current[0].email and p.current[0].email.status == "Suppressed"
    )


def people(selection: str, head: str = "query Q($id: String!)", tail: str = "") -> str:
    return f"{head} {{ searchPeople(input: {{id: $id}}) {{ results {{ {selection} }} }} }} {tail}"


# What is selected of one person, and what it costs: (rich, poor).
CASES = [
    ("__typename", [], []),
    ("id", ["1 Profile 0.1"], ["1 Profile 0.1"]),
    ("name { fullName } linkedin { linkedinUrl }", ["1 Profile 0.1"], ["1 Profile 0.1"]),
    ("name { __typename }", [], []),
    ("id currentPositions { title }", ["1 Profile 0.1"], ["1 Profile 0.1"]),
    ("currentPositions { __typename }", [], []),
    ("id currentPositions { emails { value } }", ["1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("id currentPositions { workEmail { value } }", ["1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("id currentPositions { emails { status } }", ["1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("id currentPositions { emails { __typename } }", ["1 Profile 0.1"], ["1 Profile 0.1"]),
    ("id personalEmails { value }", ["1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("personalEmails { value }", ["1 PersonEmail 1"], []),
    ("id personalEmails { value } currentPositions { emails { value } }",
     ["1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("id currentPositions { phones { value } }", ["1 PersonPhone 10"], ["1 Profile 0.1"]),
    ("id personalPhones { value }", ["1 PersonPhone 10"], ["1 Profile 0.1"]),
    ("id personalPhones { value } personalEmails { value }",
     ["1 PersonPhone 10", "1 PersonEmail 1"], ["1 Profile 0.1"]),
    ("id currentPositions { companyInfo { id name source __typename } }",
     ["1 Profile 0.1"], ["1 Profile 0.1"]),
    ("id currentPositions { companyInfo { domain } }",
     ["1 Company 3"], ["1 Company 3"]),
    ("id personalEmails { value } currentPositions { companyInfo { domain industry } }",
     ["1 PersonEmail 1", "1 Company 3"], ["1 Company 3"]),
]  # fmt: skip


@pytest.mark.parametrize(("selection", "of_rich", "of_poor"), CASES)
def test_prices_of_one_person(
    make: Make, rich: Person, poor: Person, selection: str, of_rich: list[str], of_poor: list[str]
) -> None:
    """Each selection has its price, and what is missing is free."""
    for person, expected in ((rich, of_rich), (poor, of_poor)):
        sandbox = make()
        sandbox.data(people(selection), {"id": person.id})
        assert sorted(sandbox.spent()) == sorted(expected)


EVERYTHING = "id personalEmails { value } personalPhones { value }"


@pytest.mark.parametrize(
    ("query", "more"),
    [
        (people("id mails: personalEmails { value }"), {}),
        (people("...P", tail="fragment P on PersonRecord { id personalEmails { ...M } } "
                             "fragment M on PersonalEmailRecordType { value }"), {}),
        (people("... on PersonRecord { id } ... { personalEmails { value } }"), {}),
        (people("id personalEmails { value } personalPhones @include(if: false) { value }"), {}),
        (people("id personalEmails { value } personalPhones @skip(if: true) { value }"), {}),
        (people("id personalEmails @include(if: true) @skip(if: false) { value }"), {}),
        (people("id personalEmails { value } personalPhones @include(if: $more) { value }",
                head="query Q($id: String!, $more: Boolean!)"), {"more": False}),
        (people("id personalEmails { value } personalPhones @include(if: $more) { value }",
                head="query Q($id: String!, $more: Boolean = false)"), {}),
        (people("id personalEmails { value } ...P @skip(if: $less)",
                head="query Q($id: String!, $less: Boolean = false)",
                tail="fragment P on PersonRecord { personalPhones { value } }"), {"less": True}),
        (people("id ... @include(if: false) { personalPhones { value } } personalEmails { value }"), {}),
        (people("...P ...P", tail="fragment P on PersonRecord { id personalEmails { value } }"), {}),
        (people("id personalEmails { __typename } personalEmails { value }"), {}),
    ],
)  # fmt: skip
def test_the_selection_is_read_as_graphql_reads_it(
    make: Make, rich: Person, query: str, more: dict[str, Any]
) -> None:
    """Aliases, fragments, @include and @skip, variables and their defaults: always one e-mail."""
    sandbox = make()
    sandbox.data(query, {"id": rich.id, **more})
    assert sandbox.spent() == ["1 PersonEmail 1"]


def test_suppressed_is_no_data(make: Make, hushed: Person) -> None:
    """A suppressed entry is empty and costs nothing beyond the profile."""
    sandbox = make()
    data = sandbox.data(
        people("id currentPositions { emails { value status } }"), {"id": hushed.id}
    )
    emails = data["searchPeople"]["results"][0]["currentPositions"][0]["emails"]
    assert emails == [{"value": "", "status": "Suppressed"}]
    assert sandbox.spent() == ["1 Profile 0.1"]


def test_past_addresses_are_data_too(make: Make, world: World) -> None:
    """An old address that is asked for with includeInvalid is an e-mail like any other."""
    person = the_first(world, lambda p: p.past and p.past[0].email)
    query = (
        "query($id: String!, $all: Boolean!) { searchPeople(input: {id: $id, includeInvalid: $all})"
        " { results { id pastPositions { emails { value } } } } }"
    )
    for wanted, spent in ((False, "1 Profile 0.1"), (True, "1 PersonEmail 1")):
        sandbox = make()
        sandbox.data(query, {"id": person.id, "all": wanted})
        assert sandbox.spent() == [spent]


def test_a_miss_is_free_or_billed(make: Make, poor: Person) -> None:
    """Nobody found, and nothing found of somebody, cost nothing, or as if found if so set."""
    for misses, nobody, nothing in (
        ("free", [], ["1 Profile 0.1"]),
        (
            "billed",
            ["1 PersonEmail 1", "1 PersonPhone 10"],
            ["1 PersonEmail 1", "1 PersonPhone 10"],
        ),
    ):
        sandbox = make(misses=misses)
        sandbox.data(people(EVERYTHING), {"id": "PersonID-gone"})
        assert sorted(sandbox.spent()) == nobody
        sandbox = make(misses=misses)
        sandbox.data(people(EVERYTHING), {"id": poor.id})
        assert sorted(sandbox.spent()) == nothing


def test_a_billed_miss_is_not_unlocked(make: Make) -> None:
    """What was never handed over is charged again, for each root field of its own."""
    sandbox = make(misses="billed")
    query = "query { a: searchPeople(input: {id: \"x\"}) { results { id } } " \
            "b: searchPeople(input: {id: \"y\"}) { results { personalEmails { value } currentPositions" \
            " { companyInfo { domain } } } } c: searchCompany(input: {id: \"z\"}) { results { domain } }" \
            " d: flatAdvancedSearch(input: {contactFilter: {ids: [\"x\"]}}) { totalPeople } }"  # fmt: skip
    for times in (1, 2):
        sandbox.data(query)
        assert sorted(sandbox.spent()) == sorted(
            ["1 Profile 0.1", "1 PersonEmail 1", "1 Company 3", "1 Company 3", "1 Page 1"] * times
        )


def test_repeats_are_free_for_a_year(make: Make, rich: Person) -> None:
    """What the team unlocked is free until a year has passed [guide]."""
    sandbox = make()
    sandbox.data(people("id personalEmails { value }"), {"id": rich.id})
    sandbox.data(people("id personalEmails { value }"), {"id": rich.id})
    sandbox.data(people("id"), {"id": rich.id})
    assert sandbox.spent() == ["1 PersonEmail 1"]
    sandbox.data(people(EVERYTHING), {"id": rich.id})
    assert sandbox.spent() == ["1 PersonEmail 1", "1 PersonPhone 10"]
    sandbox.clock.now += 365 * 86_400 - 1
    sandbox.data(people(EVERYTHING), {"id": rich.id})
    assert len(sandbox.spent()) == 2
    sandbox.clock.now += 1
    sandbox.data(people(EVERYTHING), {"id": rich.id})
    assert len(sandbox.spent()) == 4


def test_an_address_holds_the_profile(make: Make, rich: Person) -> None:
    """Who paid for an e-mail without looking at the profile has the profile for the year."""
    sandbox = make()
    sandbox.data(people("personalEmails { value }"), {"id": rich.id})
    sandbox.data(people("id name { fullName }"), {"id": rich.id})
    assert sandbox.spent() == ["1 PersonEmail 1"]


def test_a_profile_that_was_paid_for_is_not_given_back(make: Make, rich: Person) -> None:
    """An e-mail after a profile costs its whole price."""
    sandbox = make()
    sandbox.data(people("id"), {"id": rich.id})
    sandbox.data(people("id personalEmails { value }"), {"id": rich.id})
    assert sandbox.spent() == ["1 Profile 0.1", "1 PersonEmail 1"]


@pytest.mark.parametrize(("repeats", "times"), [("charged", 2), ("free", 1)])
def test_companies_that_were_paid_for(make: Make, repeats: str, times: int, world: World) -> None:
    """A company is charged at each request, or once a year, as set."""
    sandbox = make(company_repeats=repeats)
    query = "query($id: String) { searchCompany(input: {id: $id}) { results { domain } } }"
    for _ in range(2):
        sandbox.data(query, {"id": world.company(3).id})
    assert sandbox.spent() == ["1 Company 3"] * times


def test_only_a_charged_company_replaces_a_profile(make: Make, rich: Person, world: World) -> None:
    """Where the company of a record is a free repeat, the profile has its own price."""
    sandbox = make(company_repeats="free")
    company = world.company(rich.current[0].company)
    query = "query($id: String) { searchCompany(input: {id: $id}) { results { domain } } }"
    sandbox.data(query, {"id": company.id})
    sandbox.data(people("currentPositions { companyInfo { domain } }"), {"id": rich.id})
    assert sandbox.spent() == ["1 Company 3", "1 Profile 0.1"]


def test_colleagues_share_a_company(make: Make, world: World) -> None:
    """Of two colleagues in one request, one record bears the company and the other its profile."""
    ids = [world.person(index).id for index in world.layout.people_of(3)[:2]]
    sandbox = make()
    one = (
        "searchPeople(input: {id: %s}) { results { currentPositions { companyInfo { domain } } } }"
    )
    first, second = (one.replace("%s", f'"{id_}"') for id_ in ids)
    sandbox.data(f"{{ a: {first} b: {second} }}")
    assert sandbox.spent() == ["1 Company 3", "1 Profile 0.1"]


def test_one_request_charges_a_subject_once(make: Make, rich: Person, world: World) -> None:
    """Several root aliases are one bill: a person and a company count once, at the larger price."""
    sandbox = make()
    company = world.company(rich.current[0].company)
    sandbox.data(
        "query($id: String!, $c: String!) {"
        " a: searchPeople(input: {id: $id}) { results { id } }"
        " b: searchPeople(input: {id: $id}) { results { personalEmails { value } } }"
        " c: searchPeople(input: {id: $id}) { results { currentPositions { companyInfo { domain } } } }"
        " d: searchCompany(input: {id: $c}) { results { industry } } }",
        {"id": rich.id, "c": company.id},
    )
    assert sorted(sandbox.spent()) == ["1 Company 3", "1 PersonEmail 1"]
    assert {charge.request for charge in sandbox.app.ledger()} == {1}


@pytest.mark.parametrize(
    ("selection", "spent"),
    [("id name __typename source", []), ("id domain", ["1 Company 3"]),
     ("functionTrends { time }", ["1 Company 3"]), ("businessTypes { __typename }", []),
     ("facebookUrl", []), ("secondarySicCodes { code }", [])],
)  # fmt: skip
def test_prices_of_a_company(make: Make, world: World, selection: str, spent: list[str]) -> None:
    """Id and name alone are no company information [samples]; nor is what is empty."""
    sandbox = make()
    query = f"query($id: String) {{ searchCompany(input: {{id: $id}}) {{ results {{ {selection} }} }} }}"
    sandbox.data(query, {"id": world.company(3).id})
    assert sandbox.spent() == spent


@pytest.mark.parametrize("field", ["flatAdvancedSearch", "groupedAdvancedSearch"])
def test_a_search_costs_a_page(make: Make, field: str) -> None:
    """A page is one credit whatever its size and selection; an empty one is a miss."""
    total = "totalPeople" if field.startswith("flat") else "totalCompanies"
    sandbox = make()
    sandbox.data(f"{{ {field}(input: {{limit: 1}}) {{ {total} }} }}")
    sandbox.data(f"{{ {field}(input: {{}}) {{ {total} }} }}")
    sandbox.data(f'{{ {field}(input: {{contactFilter: {{ids: ["x"]}}}}) {{ {total} }} }}')
    assert sandbox.spent() == ["1 Page 1", "1 Page 1"]
    sandbox.data(
        f"{{ a: {field}(input: {{}}) {{ {total} }} b: {field}(input: {{}}) {{ {total} }} }}"
    )
    assert sandbox.spent() == ["1 Page 1", "1 Page 1", "1 Page 1", "1 Page 1"]


def test_free_fields_are_free(make: Make, rich: Person) -> None:
    """account, usage, the preview and what is not implemented never appear in the ledger."""
    sandbox = make()
    sandbox.data("{ account { plans { name } } usage { universalUsage { units } } __typename }")
    sandbox.data(
        "query($n: String) { searchPeoplePreview(input: {linkedinUrl: $n}) { personId hasEmail } }",
        {"n": rich.linkedin_slug or "x"},
    )
    sandbox.ask("{ lists { items { id } } }")
    sandbox.ask("{ searchPeople(input: {}) { results { id } } account { plans { name } } }")
    assert sandbox.app.ledger() == []


def test_a_failed_root_field_is_not_charged(make: Make, rich: Person) -> None:
    """Beside a nullable field that failed, what was answered is charged all the same."""
    sandbox = make()
    sandbox.app.set_faults([Partial(field="Query.account")])
    query = people("id").rstrip(" }") + "} } account { plans { name } } }"
    body = sandbox.ask(query, {"id": rich.id})
    assert body["data"]["account"] is None
    assert body["errors"][0]["path"] == ["account"]
    assert sandbox.spent() == ["1 Profile 0.1"]


def test_prices_can_be_set(make: Make, rich: Person) -> None:
    """Each price of the settings is the one charged."""
    prices = Prices(
        profile=Decimal("0.5"),
        person_email=Decimal(2),
        person_phone=Decimal(4),
        company=Decimal(8),
        page=Decimal(16),
    )
    sandbox = make(prices=prices)
    sandbox.data(people("id"), {"id": rich.id})
    sandbox.data(people(EVERYTHING), {"id": rich.id})
    sandbox.data(people("currentPositions { companyInfo { domain } }"), {"id": rich.id})
    sandbox.data("{ flatAdvancedSearch(input: {}) { totalPeople } }")
    assert sum(charge.credits for charge in sandbox.app.ledger()) == Decimal("30.5")

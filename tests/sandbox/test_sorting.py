"""Rules of sorting: every option, both ways, unknown last, ties by index."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from graphql import GraphQLEnumType

from leadiq.sandbox._schema import executable, load_schema_text
from leadiq.sandbox._sorting import order_companies, order_people
from leadiq.sandbox._text import fold
from leadiq.sandbox._trades import INDUSTRIES, SENIORITIES
from leadiq.sandbox._world import World


def options(name: str) -> list[str]:
    kind = executable(load_schema_text()).get_type(name)
    assert isinstance(kind, GraphQLEnumType)
    return list(kind.values)


def mobile(p: Any) -> bool:
    phones = [phone for phone in (p.current[0].phone, p.personal_phone) if phone]
    return any(phone.value and phone.type.endswith("Mobile") for phone in phones)


CONTACT: dict[str, Callable[[Any], Any]] = {
    "Id": lambda p: p.id,
    "Name": lambda p: fold(p.full_name),
    "Role": lambda p: fold(p.current[0].title.function),
    "Seniority": lambda p: SENIORITIES.index(p.current[0].title.seniority),
    "Title": lambda p: fold(p.current[0].title.title),
    "MobilePhone": mobile,
    "UpdatedAt": lambda p: -p.updated,
    "JobChangeStartedAt": lambda p: -p.current[0].start if p.past else None,
}
COMPANY: dict[str, Callable[[Any], Any]] = {
    "Id": lambda c: c.id,
    "Size": lambda c: c.employees,
    "Name": lambda c: fold(c.name),
    "Industry": lambda c: fold(INDUSTRIES[c.industry].name),
}


def ordered_people(people: list[Any], wanted: list[str]) -> list[Any]:
    return [people[index] for index in order_people(people, wanted)]


def ordered_companies(companies: list[Any], wanted: list[str]) -> list[Any]:
    return [companies[index] for index in order_companies(companies, wanted)]


def check(rows: list[Any], ordered: list[Any], option: str, keys: dict[str, Any]) -> None:
    name, way = option.removesuffix("Asc").removesuffix("Desc"), option[-3:]
    values = [keys[name](row) for row in ordered]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    assert known == sorted(known, reverse=way == "esc")
    for left, right in pairwise(ordered):
        if keys[name](left) == keys[name](right):
            assert left.index < right.index
    assert sorted(row.index for row in ordered) == [row.index for row in rows]


@pytest.mark.parametrize("option", options("ContactSortingOption"))
def test_contact_options(world: World, option: str) -> None:
    """People come in the option's order."""
    people = [world.person(index) for index in range(400)]
    check(people, ordered_people(people, [option]), option, CONTACT)


@pytest.mark.parametrize("option", options("CompanySortingOption"))
def test_company_options(world: World, option: str) -> None:
    """Companies come in the option's order."""
    companies = [world.company(index) for index in range(world.companies)]
    check(companies, ordered_companies(companies, [option]), option, COMPANY)


def test_options_apply_in_their_order(world: World) -> None:
    """The first option decides, the second breaks its ties."""
    people = [world.person(index) for index in range(300)]
    ordered = ordered_people(people, ["RoleAsc", "SeniorityDesc", "NameAsc"])
    wanted = sorted(
        people,
        key=lambda p: (CONTACT["Role"](p), -CONTACT["Seniority"](p), CONTACT["Name"](p), p.index),
    )
    assert ordered == wanted
    assert ordered_people(people, []) == people

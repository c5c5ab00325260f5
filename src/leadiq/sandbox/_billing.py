"""What an answer costs: from what was selected and what was found, nothing else.

Pure, and deliberately independent of how the SDK computes prices: this side walks the executed
result beside the selection. Two steps: `items_of` lists the data points that an answer would hand
over, `bill` prices them against what is unlocked already.

Rules: a query is charged for the data points that it selects [guide]; a larger unlock replaces the
profile fee, e-mail and phone are 11 [guide], and so does a company that is charged in the record
[unknown]; company information is charged per company [guide], and id and name are none [samples];
what was not found is free [guide]; what the team unlocked in the past year is free [guide]; an
advanced search costs one page [samples]. Any field of an address or number record but `__typename`
counts as that data point [unknown], a suppressed entry never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from leadiq.sandbox._contacts import SUPPRESSED

if TYPE_CHECKING:
    from graphql import FieldNode

    from leadiq.sandbox._selection import Fields, Selection
    from leadiq.sandbox._settings import Prices, SandboxSettings

Data = Mapping[str, Any]


class DataPoint(StrEnum):
    """What is charged; the values are LeadIQ's, but for PAGE, which has no published name."""

    PROFILE = "Profile"
    PERSON_EMAIL = "PersonEmail"
    PERSON_PHONE = "PersonPhone"
    COMPANY = "Company"
    PAGE = "Page"


class Item(NamedTuple):
    """One data point that an answer hands over, or (`found` False) was asked for in vain.

    `subject` is the id of the person or company; "" for a page and for nobody. `bearer` is, for a
    company, whose record it stands in, in the form of `whose`.
    """

    field: str
    key: str
    point: DataPoint
    subject: str
    found: bool
    bearer: str | None = None

    @property
    def whose(self) -> str:
        """Return what items of one subject share; nobody and pages are told apart by root field."""
        return whose(self.subject, self.key)


def whose(subject: str, key: str) -> str:
    """Return a subject, or what stands for nobody in the root field of a response key."""
    return subject or f"({key})"


class Line(NamedTuple):
    """The price of one item, and the reason for it."""

    item: Item
    credits: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """The settings that a bill depends on."""

    prices: Prices
    misses_billed: bool
    company_repeats_free: bool

    @classmethod
    def from_settings(cls, settings: SandboxSettings) -> Tariff:
        """Return the tariff of a sandbox."""
        return cls(
            prices=settings.prices,
            misses_billed=settings.misses == "billed",
            company_repeats_free=settings.company_repeats == "free",
        )

    def price(self, point: DataPoint) -> Decimal:
        """Return the credits of one data point."""
        prices = self.prices
        return {
            DataPoint.PROFILE: prices.profile,
            DataPoint.PERSON_EMAIL: prices.person_email,
            DataPoint.PERSON_PHONE: prices.person_phone,
            DataPoint.COMPANY: prices.company,
            DataPoint.PAGE: prices.page,
        }[point]


_PEOPLE = "searchPeople"
_COMPANIES = "searchCompany"
_PAGES = {"flatAdvancedSearch": "people", "groupedAdvancedSearch": "companies"}
_COMPANY_IDENTITY = frozenset({"__typename", "id", "source", "name"})
_CONTACTS = {
    "emails": (DataPoint.PERSON_EMAIL, "WorkEmailRecordType"),
    "workEmail": (DataPoint.PERSON_EMAIL, "WorkEmailRecordType"),
    "personalEmails": (DataPoint.PERSON_EMAIL, "PersonalEmailRecordType"),
    "phones": (DataPoint.PERSON_PHONE, "WorkPhoneRecordType"),
    "personalPhones": (DataPoint.PERSON_PHONE, "PersonalPhoneRecordType"),
}
LARGER = (DataPoint.PERSON_EMAIL, DataPoint.PERSON_PHONE)


def items_of(selection: Selection, data: Data, sources: Mapping[str, Data]) -> list[Item]:
    """List the data points of an answer.

    `data` is the executed result; `sources` has, by response key, what each root resolver
    returned: it tells whose the data is when no id is selected, and what is suppressed.
    """
    items: list[Item] = []
    for key, nodes in selection.root().items():
        source = sources.get(key)
        if source is None or data.get(key) is None:
            continue
        walk = _Walk(selection, nodes[0].name.value, key)
        items.extend(walk.answer(nodes, data[key], source))
    return items


class _Walk:
    """A walk over one root field's answer."""

    def __init__(self, selection: Selection, field: str, key: str) -> None:
        self._selection = selection
        self._field = field
        self._key = key

    def answer(self, nodes: list[FieldNode], data: Data, source: Data) -> Iterator[Item]:
        if self._field in _PAGES:
            yield self._item(DataPoint.PAGE, "", bool(source[_PAGES[self._field]]))
        elif self._field == _PEOPLE:
            yield from self._results("SearchResult", nodes, data, source)
        elif self._field == _COMPANIES:
            yield from self._results("CompanySearchResult", nodes, data, source)

    def _results(
        self, kind: str, nodes: list[FieldNode], data: Data, source: Data
    ) -> Iterator[Item]:
        people = kind == "SearchResult"
        walk = self._person if people else self._company
        for key, below in self._selection.below(kind, nodes).items():
            if below[0].name.value != "results":
                continue
            fields = self._selection.below("PersonRecord" if people else "CompanyInfo", below)
            for entry, origin in zip(data[key], source["results"], strict=True):
                yield from walk(fields, entry, origin)
            if not data[key]:
                yield from walk(fields, {}, {"id": ""})

    def _person(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        person = source["id"]
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name in ("currentPositions", "pastPositions"):
                below = self._selection.below("PositionRecord", nodes)
                jobs = list(zip(data.get(key, ()), source.get(name, ()), strict=True))
                for entry, origin in jobs or [({}, {})]:
                    yield from self._position(below, entry, origin, person)
            else:
                yield from self._of_person(nodes, data.get(key), source.get(name), person)

    def _position(self, fields: Fields, data: Data, source: Data, person: str) -> Iterator[Item]:
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "companyInfo":
                below = self._selection.below("CompanyInfo", nodes)
                origin = {"id": source.get("companyId", "")}
                bearer = whose(person, self._key)
                for item in self._company(below, data.get(key) or {}, origin):
                    yield item._replace(bearer=bearer)
                if _filled(data.get(key)):
                    yield self._item(DataPoint.PROFILE, person, True)
            else:
                yield from self._of_person(nodes, data.get(key), source.get(name), person)

    def _of_person(
        self, nodes: list[FieldNode], data: object, source: Any, person: str
    ) -> Iterator[Item]:
        name = nodes[0].name.value
        if name in _CONTACTS:
            point, kind = _CONTACTS[name]
            below = self._selection.below(kind, nodes)
            if any(found[0].name.value != "__typename" for found in below.values()):
                yield self._item(point, person, _is_contact(source))
        elif name != "__typename":
            yield self._item(DataPoint.PROFILE, person, _filled(data))

    def _company(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        wanted = {
            key: nodes
            for key, nodes in fields.items()
            if nodes[0].name.value not in _COMPANY_IDENTITY
        }
        if wanted:
            found = any(_filled(data.get(key)) for key in wanted)
            yield self._item(DataPoint.COMPANY, source["id"], found)

    def _item(self, point: DataPoint, subject: str, found: bool) -> Item:
        return Item(self._field, self._key, point, subject, found)


def _filled(value: object) -> bool:
    """Tell whether a piece of a result says anything: some leaf that is not empty."""
    if isinstance(value, dict):
        parts = cast("dict[str, object]", value)
        return any(_filled(part) for name, part in parts.items() if name != "__typename")
    if isinstance(value, list):
        return any(map(_filled, cast("list[object]", value)))
    return value is not None and value != ""


def _is_contact(source: list[Data] | Data | None) -> bool:
    entries = source if isinstance(source, list) else [source] if source else []
    return any(entry["status"] != SUPPRESSED and entry["value"] for entry in entries)


def bill(
    items: Sequence[Item], tariff: Tariff, is_unlocked: Callable[[str, DataPoint], bool]
) -> list[Line]:
    """Price the items of one request; each data point of a subject is charged once.

    `is_unlocked` tells what the team has paid for in the past year. A profile fee is replaced by
    an address or number of the same person, and by a company that is charged in that record.
    """
    lines: dict[tuple[str, DataPoint], Line] = {}
    larger = {item.whose for item in items if item.point in LARGER and _counts(item, tariff)}
    # Companies first, because they decide about profiles; what was found before what was not.
    for item in sorted(items, key=lambda i: (i.point is not DataPoint.COMPANY, not i.found)):
        if (item.whose, item.point) in lines:
            continue
        line = _line(item, tariff, is_unlocked, item.whose in larger)
        lines[item.whose, item.point] = line
        if item.bearer and line.credits:
            larger.add(item.bearer)
    return list(lines.values())


def _counts(item: Item, tariff: Tariff) -> bool:
    return item.found or tariff.misses_billed


def _line(
    item: Item,
    tariff: Tariff,
    is_unlocked: Callable[[str, DataPoint], bool],
    larger: bool,
) -> Line:
    if not _counts(item, tariff):
        return Line(item, Decimal(0), "nothing found")
    if item.point is DataPoint.PROFILE and larger:
        return Line(item, Decimal(0), "replaced by a larger unlock")
    repeat = item.point is not DataPoint.COMPANY or tariff.company_repeats_free
    if item.subject and repeat and is_unlocked(item.subject, item.point):
        return Line(item, Decimal(0), "unlocked in the past year")
    return Line(item, tariff.price(item.point), "charged" if item.found else "miss, billed")

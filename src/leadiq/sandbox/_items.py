"""Which data points an answer hands over: a walk over the executed result beside the selection.

What was selected comes from the document, whether it was found from the result, and whose it is,
and whether it is suppressed, from what the resolvers returned. Any field of an address or number
record but `__typename` counts as that data point [unknown], a suppressed entry never does. What
drifted away, failed or came as null counts as not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from leadiq.sandbox._billing import DataPoint, Item, whose
from leadiq.sandbox._contacts import SUPPRESSED

if TYPE_CHECKING:
    from graphql import FieldNode

    from leadiq._schema.selection import Fields, Selection

Data = Mapping[str, Any]
Pair = tuple[Data, Data]

_PAGES = {"flatAdvancedSearch": "people", "groupedAdvancedSearch": "companies"}
_COMPANY_IDENTITY = frozenset({"__typename", "id", "source", "name"})
_CONTACTS = {
    "emails": (DataPoint.PERSON_EMAIL, "WorkEmailRecordType"),
    "workEmail": (DataPoint.PERSON_EMAIL, "WorkEmailRecordType"),
    "personalEmails": (DataPoint.PERSON_EMAIL, "PersonalEmailRecordType"),
    "phones": (DataPoint.PERSON_PHONE, "WorkPhoneRecordType"),
    "personalPhones": (DataPoint.PERSON_PHONE, "PersonalPhoneRecordType"),
}
_MATCHED_CONTACTS = {
    "workEmails": DataPoint.PERSON_EMAIL,
    "verifiedWorkEmails": DataPoint.PERSON_EMAIL,
    "verifiedLikelyWorkEmails": DataPoint.PERSON_EMAIL,
    "personalEmails": DataPoint.PERSON_EMAIL,
    "workPhones": DataPoint.PERSON_PHONE,
    "personalPhones": DataPoint.PERSON_PHONE,
}


def items_of(selection: Selection, data: Data, sources: Mapping[str, Data]) -> list[Item]:
    """List the data points of an answer.

    `data` is the executed result; `sources` has, by response key, what each root resolver
    returned: it tells whose the data is when no id is selected, and what is suppressed.
    """
    items: list[Item] = []
    for key, nodes in selection.root().items():
        source = sources.get(key)
        if source is not None and data.get(key) is not None:
            items.extend(
                _Walk(selection, nodes[0].name.value, key).answer(nodes, data[key], source)
            )
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
            return
        for member, (holder, kind) in _LISTS.get(self._field, {}).items():
            walk = _WALKS[kind]
            for found, entry, origin in self._entries(holder, member, nodes, data, source):
                yield from walk(self, self._selection.below(kind, found), entry, origin)

    def _entries(
        self, holder: str, member: str, nodes: list[FieldNode], data: Data, source: Data
    ) -> Iterator[tuple[list[FieldNode], Data, Data]]:
        """Yield the nodes, result and origin of each entry of a list; of an empty one, blanks."""
        for key, found in self._selection.below(holder, nodes).items():
            if found[0].name.value == member:
                for entry, origin in _pairs(data.get(key), source.get(member)):
                    yield found, entry, origin

    def person(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        person = source.get("id", "")
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name in ("currentPositions", "pastPositions"):
                below = self._selection.below("PositionRecord", nodes)
                for entry, origin in _pairs(data.get(key), source.get(name)):
                    yield from self._position(below, entry, origin, person)
            else:
                yield from self._of_person(nodes, data.get(key), source.get(name), person)

    def _position(self, fields: Fields, data: Data, source: Data, person: str) -> Iterator[Item]:
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "companyInfo":
                below = self._selection.below("CompanyInfo", nodes)
                yield from self._employer(below, data.get(key), source, person)
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
                yield self._item(point, person, data is not None and _is_contact(source))
        elif name != "__typename":
            yield self._item(DataPoint.PROFILE, person, _filled(data))

    def match(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        for key, nodes in fields.items():
            if nodes[0].name.value == "person":
                below = self._selection.below("MatchingServicePerson", nodes)
                yield from self._matched(below, data.get(key) or {}, source.get("person") or {})

    def _matched(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        person = source.get("id", "")
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "company":
                below = self._selection.below("MatchingServiceCompany", nodes)
                yield from self._employer(below, data.get(key), source, person)
            elif name != "__typename":
                point = _MATCHED_CONTACTS.get(name, DataPoint.PROFILE)
                yield self._item(point, person, _filled(data.get(key)))

    def _employer(
        self, fields: Fields, data: Data | None, source: Data, person: str
    ) -> Iterator[Item]:
        """Yield a company that stands in a person's record."""
        origin = {"id": source.get("companyId", "")}
        bearer = whose(person, self._key)
        for item in self.company(fields, data or {}, origin):
            yield item._replace(bearer=bearer)
        if _filled(data):
            yield self._item(DataPoint.PROFILE, person, True)

    def company(self, fields: Fields, data: Data, source: Data) -> Iterator[Item]:
        wanted = [
            key for key, nodes in fields.items() if nodes[0].name.value not in _COMPANY_IDENTITY
        ]
        if wanted:
            found = any(_filled(data.get(key)) for key in wanted)
            yield self._item(DataPoint.COMPANY, source.get("id", ""), found)

    def _item(self, point: DataPoint, subject: str, found: bool) -> Item:
        return Item(self._field, self._key, point, subject, found)


# By root field: its lists, each with the type that holds it and the type of its entries.
_LISTS = {
    "searchPeople": {"results": ("SearchResult", "PersonRecord")},
    "searchCompany": {"results": ("CompanySearchResult", "CompanyInfo")},
    "matchProfile": {
        "people": ("MatchingServiceResponse", "MatchedPerson"),
        "fallbackCompanies": ("MatchingServiceResponse", "MatchingServiceCompany"),
    },
}
_WALKS: dict[str, Callable[[_Walk, Fields, Data, Data], Iterator[Item]]] = {
    "PersonRecord": _Walk.person,
    "CompanyInfo": _Walk.company,
    "MatchedPerson": _Walk.match,
    "MatchingServiceCompany": _Walk.company,
}


def _pairs(data: Sequence[Data | None] | None, source: Sequence[Data] | None) -> list[Pair]:
    """Return the entries of a list with their origins; for none, one that has nothing."""
    pairs = [(entry or {}, origin) for entry, origin in zip(data or (), source or (), strict=False)]
    return pairs or [({}, {})]


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

"""Requests that find somebody, and ask for everything: whole records, held against the schema."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

Variables = dict[str, Any]

#: How far below a root field is asked for.
DEPTH = 7
_SIZES = st.integers(1, 10)


def requests(
    schema: GraphQLSchema, kind: str, root: str, known: list[str]
) -> st.SearchStrategy[dict[str, Any]] | None:
    """Requests for everything below one root field; None if there is no telling what finds any."""
    owner = schema.query_type if kind == "query" else schema.mutation_type
    assert owner
    field = owner.fields[root]
    meant = _meant(known).get(root, None if field.args else st.just({}))
    if meant is None:
        return None
    declared = ", ".join(f"${name}: {argument.type}" for name, argument in field.args.items())
    passed = ", ".join(f"{name}: ${name}" for name in field.args)
    query = "{kind} Whole{declared} {{ {root}{passed} {below} }}".format(
        kind=kind,
        root=root,
        declared=f"({declared})" if declared else "",
        passed=f"({passed})" if passed else "",
        below=below(schema, field, DEPTH),
    )
    return meant.map(lambda variables: {"query": query, "variables": variables})


def below(schema: GraphQLSchema, field: GraphQLField, depth: int) -> str:
    """The selection of everything below a field, down to a depth; nothing below a leaf."""
    kind: Any = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    if not is_abstract_type(kind):
        return f"{{ __typename {_members(schema, kind, depth)} }}"
    parts = (
        f"... on {each.name} {{ __typename {_members(schema, each, depth, f'{each.name}_')} }}"
        for each in schema.get_possible_types(kind)
    )
    return f"{{ __typename {' '.join(parts)} }}"


def _members(schema: GraphQLSchema, kind: GraphQLObjectType, depth: int, mark: str = "") -> str:
    parts: list[str] = []
    for name, member in kind.fields.items():
        selection = below(schema, member, depth - 1) if depth > 1 else ""
        if selection or is_leaf_type(get_named_type(member.type)):
            alias = f"{mark}{name}: " if mark else ""
            parts.append(f"{alias}{name}{_needed(member)} {selection}")
    return " ".join(parts)


def _needed(field: GraphQLField) -> str:
    """The arguments that a field cannot do without; all of LeadIQ's are numbers."""
    needed = [f"{name}: 5" for name, each in field.args.items() if is_required_argument(each)]
    return f"({', '.join(needed)})" if needed else ""


def _meant(known: list[str]) -> dict[str, st.SearchStrategy[Variables]]:
    """By root field, variables that mean somebody or something."""

    def of(part: str) -> st.SearchStrategy[str]:
        return st.sampled_from([text for text in known if part in text])

    def given(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Variables]:
        return st.fixed_dictionaries({"input": st.fixed_dictionaries(members)})

    rows = st.sampled_from([text for text in known if len(text) == 24 and text.isalnum()])
    person, company, address = of("PersonID-"), of("MergedCompany-"), of("@")
    page: dict[str, st.SearchStrategy[Any]] = {"limit": _SIZES, "skip": st.integers(0, 300)}
    return {
        "companyTrackingTask": st.fixed_dictionaries({"id": rows}),
        "flatAdvancedSearch": given(**page),
        "groupedAdvancedSearch": given(**page, limitPerCompany=_SIZES),
        "icpDefinitions": st.just({}),
        "list": st.fixed_dictionaries({"id": rows}),
        "lists": st.fixed_dictionaries({"limit": _SIZES}),
        "matchProfile": given(email=address),
        "prospect": st.fixed_dictionaries({"id": rows}),
        "regenerate": given(personId=person),
        "regeneratedTime": given(personId=person),
        "searchCompany": given(id=company),
        "searchPeople": given(id=person) | given(email=address),
        "searchPeoplePreview": given(email=address),
        "startCompanyTrackingTask": given(monthsBack=st.integers(1, 24)),
        "trackedCompanies": st.fixed_dictionaries({"first": _SIZES}),
        "trackedContacts": st.fixed_dictionaries({"limit": _SIZES}),
    }

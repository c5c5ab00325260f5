"""Compiling documents into templates: on a made-up schema with LeadIQ's billed types."""

from __future__ import annotations

import re

import pytest
from graphql import GraphQLSchema, build_schema, parse, print_ast, validate

from leadiq._core.documents import Operation
from leadiq._core.pricing import Bill, DataPoint, Unlock
from leadiq_codegen.templates import Compiled, compile_operation, segments, split
from leadiq_codegen.traps import Trap, check

SCHEMA = build_schema(
    """
    type CompanyInfo { id: ID name: String domain: String phones(first: Int): [String!] }
    type PositionRecord { title: String emails: [Email!] companyInfo: CompanyInfo }
    type Email { value: String type: String }
    type PersonRecord { id: ID positions: [PositionRecord!] personalEmails: [Email!] note: Note }
    union Note = Email | CompanyInfo
    type Page { total: Int people: [PersonRecord!]! }
    type Query {
      searchPeople(name: String, first: Int): Page
      searchCompany: CompanyInfo
      account: PersonRecord
      flatAdvancedSearch: Page
    }
    type Mutation {
      regenerate: Boolean
      removeTrackedCompanies: Boolean
      createList: Boolean
    }
    """
)

PEOPLE = """
query Find($name: String, $first: Int, $workEmail: Boolean = false,
           $company: Boolean = false, $total: Boolean = true) {
  searchPeople(name: $name) { ...Page }
}
fragment Page on Page { total @include(if: $total) people { ...PersonRecord } }
fragment PersonRecord on PersonRecord {
  id
  note { __typename ... on Email { ...Email } ... on CompanyInfo { id firm: name } }
  positions { ...PositionRecord }
}
fragment PositionRecord on PositionRecord {
  emails @include(if: $workEmail) { ...Email }
  title
  companyInfo { ...CompanyInfo }
}
fragment CompanyInfo on CompanyInfo {
  id
  name
  domain @include(if: $company)
  phones(first: $first) @include(if: $company)
}
fragment Email on Email { value type }
"""


def compiled(document: str, schema: GraphQLSchema = SCHEMA) -> Compiled:
    """Compile a document that is checked as the generator checks it."""
    tree = parse(document)
    check(schema, tree)
    return compile_operation(schema, tree)


def operation(document: str) -> Operation:
    """A document as the package would have it."""
    table = {name: segments(node) for name, node in split(parse(document))[1].items()}
    return Operation(fragments=table, **compiled(document)._asdict())


def refusal(document: str) -> str:
    """The message with which compiling a document is refused."""
    with pytest.raises(Trap) as caught:
        operation(document)
    return str(caught.value)


def test_a_document_is_compiled() -> None:
    """Name, kind, root, text, needs, flags and bill come from the document alone."""
    assert compiled(PEOPLE) == Compiled(
        name="Find",
        kind="query",
        root="searchPeople",
        text="query Find($name:String$first:Int){searchPeople(name:$name){...Page}}",
        variables={"name": "String", "first": "Int"},
        needs=(
            ("Page", None),
            ("PersonRecord", None),
            ("Email", None),
            ("PositionRecord", None),
            ("CompanyInfo", None),
        ),
        flags=("company", "total", "workEmail"),
        repeatable=True,
        bill=Bill("person", (DataPoint.PROFILE,), (Unlock.WORK_EMAIL, Unlock.COMPANY)),
    )


def test_a_fragment_is_cut_where_conditions_begin() -> None:
    """What is unconditional comes first and is one text; each condition's text follows."""
    table = split(parse(PEOPLE))[1]
    assert segments(table["PositionRecord"]) == (
        "fragment PositionRecord on PositionRecord{title companyInfo{...CompanyInfo}",
        (" emails{...Email}", "workEmail"),
        "}",
    )
    assert segments(table["CompanyInfo"]) == (
        "fragment CompanyInfo on CompanyInfo{id name",
        (" domain phones(first:$first)", "company"),
        "}",
    )
    assert segments(table["PersonRecord"]) == (
        "fragment PersonRecord on PersonRecord{id note{__typename ...on Email{...Email}"
        "...on CompanyInfo{id firm:name}}positions{...PositionRecord}}",
    )


@pytest.mark.parametrize("on", [{"company"}, {"company", "workEmail"}, {"company", "total"}])
def test_what_is_rendered_is_valid(on: set[str]) -> None:
    """A rendering is a document of its own, without directives and without flags."""
    text = operation(PEOPLE).render(frozenset(on))
    assert validate(SCHEMA, parse(text)) == []
    assert "@" not in text
    assert "Boolean" not in text
    assert ("emails" in text) is ("workEmail" in on)


def test_text_is_as_short_as_it_can_be() -> None:
    """No blank is sent that GraphQL does not need, and every one that it needs."""
    text = operation(PEOPLE).render()
    assert re.sub(r"\s", "", print_ast(parse(text)).replace(",", "")) == re.sub(r"\s", "", text)
    assert "  " not in text
    assert "\n" not in text


def test_a_fragment_behind_a_flag_is_needed_with_the_flag() -> None:
    """A fragment that only conditional fields spread comes with their flags, in order."""
    document = """
    query Find($workEmail: Boolean = false, $personalEmail: Boolean = false) {
      searchPeople { ...Page }
    }
    fragment Page on Page { people { id ...Mail } }
    fragment Mail on PersonRecord {
      id
      positions { title emails @include(if: $workEmail) { ...Email } }
      personalEmails @include(if: $personalEmail) { ...Email }
    }
    fragment Email on Email { value }
    """
    assert compiled(document).needs == (
        ("Page", None),
        ("Mail", None),
        ("Email", ("personalEmail", "workEmail")),
    )


def test_what_is_always_needed_stays_so() -> None:
    """A fragment that is needed once without a flag is needed always, whatever came first."""
    conditional = "positions { title emails @include(if: $workEmail) { ...Email } }"
    plain = "note { __typename ... on Email { ...Email } }"
    for fields in (f"{conditional} {plain}", f"{plain} {conditional}"):
        document = f"""
        query Find($workEmail: Boolean = false) {{ searchPeople {{ ...Page }} }}
        fragment Page on Page {{ people {{ id {fields} }} }}
        fragment Email on Email {{ value }}
        """
        assert compiled(document).needs == (("Page", None), ("Email", None))


def test_what_is_selected_without_a_flag_is_always_billed() -> None:
    """A billed field without a condition makes its data point part of every call's price."""
    bill = compiled("query Firm { searchCompany { id domain } }").bill
    assert bill == Bill("company", (DataPoint.PROFILE, DataPoint.COMPANY), ())
    free = compiled("query Firm { searchCompany { id name __typename } }").bill
    assert free == Bill("company", (DataPoint.PROFILE,), ())
    page = compiled("query Page { flatAdvancedSearch { total } }").bill
    assert page == Bill("page", (DataPoint.PROFILE,), ())


@pytest.mark.parametrize(
    ("document", "kind", "repeatable", "basis"),
    [
        ("query A { account { id } }", "query", True, "free"),
        ("mutation A { regenerate }", "mutation", False, "unpublished"),
        ("mutation A { removeTrackedCompanies }", "mutation", True, "free"),
        ("mutation A { createList }", "mutation", False, "free"),
    ],
)
def test_reads_and_harmless_writes_are_repeatable(
    document: str, kind: str, repeatable: bool, basis: str
) -> None:
    """What may be sent twice is every query, and the writes that the guide names."""
    found = compiled(document)
    assert (found.kind, found.repeatable, found.bill) == (kind, repeatable, Bill(basis))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            "query A($company: Boolean = false) { searchCompany { ...C } }"
            " fragment C on CompanyInfo { domain @include(if: $company) }",
            "C: a selection needs a field that does not depend on a flag",
        ),
        (
            "query A($company: Boolean = false) {"
            " searchCompany { id domain @include(if: $company) } }",
            "operation A: what stands behind a flag has to be in a fragment",
        ),
        (
            "query A($workEmail: Boolean = false) { searchCompany { ...C } }"
            " fragment C on CompanyInfo { id domain @include(if: $workEmail) }",
            "CompanyInfo.domain is billed as company, but stands behind $workEmail",
        ),
        (
            "query A($total: Boolean = false) { searchCompany { ...C } }"
            " fragment C on CompanyInfo { id domain @include(if: $total) }",
            "CompanyInfo.domain is billed as company, but stands behind $total",
        ),
        (
            "query A($workEmail: Boolean = false, $company: Boolean = false) {"
            " searchPeople { people { positions { ...P } } } }"
            " fragment P on PositionRecord { title companyInfo @include(if: $workEmail) { ...C } }"
            " fragment C on CompanyInfo { id domain @include(if: $company) }",
            "CompanyInfo.domain: $company lies within $workEmail",
        ),
        ("query A { account { personalEmails { value } } }", "account is free, but selects billed"),
        (
            "query A($personalEmail: Boolean = false) { account { ...R } } fragment R on"
            " PersonRecord { id personalEmails @include(if: $personalEmail) { value } }",
            "account is free, but selects billed fields",
        ),
    ],
)
def test_what_cannot_be_compiled_faithfully_is_refused(document: str, message: str) -> None:
    """A template that would lose a condition, or a bill that would be wrong, is an error."""
    assert message in refusal(document)


def test_conditions_within_conditions_are_refused() -> None:
    """A field behind a flag cannot have conditional fields of its own in one fragment."""
    document = parse(
        "fragment C on CompanyInfo { id hq @include(if: $a) { id name @include(if: $a) } }"
    )
    with pytest.raises(Trap, match=r"C: a field behind \$a contains another condition"):
        segments(document.definitions[0])  # type: ignore[arg-type]

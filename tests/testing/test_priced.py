"""leadiq.testing._priced: the most that documents and operations can cost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leadiq import InputError, LeadIQ, Prices
from leadiq.testing._priced import document_prices, operation_prices


def test_the_operations_of_the_sdk_have_their_published_prices() -> None:
    """Each charged operation by itself and with each unlock; what is free is not there."""
    found = dict(operation_prices())
    assert found["SearchPeople"] == Decimal("0.1")
    assert found["SearchPeople work-email"] == 1
    assert found["SearchPeople personal-phone"] == 10
    assert found["FlatAdvancedSearch"] == 1
    assert found["TrackContacts"] == Decimal("Infinity")
    assert "GetAccount" not in found
    other = dict(operation_prices(Prices(profile=Decimal(4), email=Decimal(5))))
    assert (other["SearchPeople"], other["SearchPeople work-email"]) == (4, 5)


@pytest.mark.parametrize(
    ("selection", "most"),
    [
        ("totalResults", 0),
        ("results { id }", Decimal("0.1")),
        ("results { personalEmails { value } }", 1),
        ("results { personalEmails @include(if: $no) { value } }", 1),
        ("results { personalEmails @skip(if: $no) { value } }", 1),
        ("results { personalEmails @include(if: $no) @skip(if: $no) { value } }", 1),
        ("results { ...F } more: totalResults", 10),
    ],
)
def test_a_document_costs_what_it_may_select(selection: str, most: Decimal) -> None:
    """Whatever the variables are: what a directive could let in counts."""
    document = f"query Q($no: Boolean! = false) {{ searchPeople(input: {{}}) {{ {selection} }} }}"
    if "$no" not in selection:
        document = document.replace("($no: Boolean! = false)", "")
    if "...F" in selection:
        document += " fragment F on PersonRecord { personalPhones { value } }"
    assert dict(document_prices(document)) == {"Q": most}


def test_every_operation_of_a_document_has_a_price() -> None:
    """By name, "" for one without; root fields add up, as for `LeadIQ.price`."""
    one = "query A { searchPeople(input: {}) { results { id } } a: searchPeople(input: {}) "
    one += "{ results { id } } }"
    assert dict(document_prices(one + " query B { account { plans { name } } }")) == {
        "A": Decimal("0.2"),
        "B": 0,
    }
    assert dict(document_prices("{ account { plans { name } } }")) == {"": 0}
    assert dict(document_prices(one, Prices(profile=Decimal(4)))) == {"A": 8}
    assert LeadIQ("not-a-real-key").price(one).maximum == Decimal("0.2")


def test_a_wrong_document_has_no_price() -> None:
    """It says what is wrong."""
    with pytest.raises(InputError, match="usage"):
        dict(document_prices("{ usages { plans { name } } }"))

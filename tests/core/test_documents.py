"""Rendering: exactly the selections of the flags that are on."""

from __future__ import annotations

import subprocess
import sys
import time

from leadiq._core.documents import Operation
from leadiq._core.pricing import Bill
from leadiq._generated.operations import SEARCH_PEOPLE

FRAGMENTS = {
    "Person": ("fragment Person on Person{id", (" email", "workEmail"), (" phone", "phone"), "}"),
    "Firm": ("fragment Firm on Firm{", "name}"),
    "Mail": ("fragment Mail on Mail{value}",),
}
OPERATION = Operation(
    name="Find",
    kind="query",
    root="find",
    text="query Find{find{...Person}}",
    variables={},
    needs=(("Person", None), ("Firm", ("company",)), ("Mail", ("personalEmail", "workEmail"))),
    fragments=FRAGMENTS,
    flags=("company", "personalEmail", "phone", "workEmail"),
    repeatable=True,
    bill=Bill("person"),
)
HEAD = "query Find{find{...Person}}fragment Person on Person{id"


def test_nothing_on_names_nothing_billed() -> None:
    """Without flags only unconditional text is there, and fragments that it needs."""
    assert OPERATION.render() == HEAD + "}"
    assert OPERATION.render(frozenset()) == OPERATION.render()


def test_a_flag_brings_its_fields_and_their_fragments() -> None:
    """A flag adds its text, and the fragments that any of their flags needs, in one order."""
    mail = "fragment Mail on Mail{value}"
    assert OPERATION.render(frozenset({"workEmail"})) == HEAD + " email}" + mail
    assert OPERATION.render(frozenset({"personalEmail"})) == HEAD + "}" + mail
    assert OPERATION.render(frozenset({"company"})) == HEAD + "}fragment Firm on Firm{name}"
    assert OPERATION.render(frozenset({"phone", "workEmail"})) == HEAD + " email phone}" + mail


def test_a_flag_of_another_operation_changes_nothing() -> None:
    """Flags that the operation does not know are ignored."""
    assert OPERATION.render(frozenset({"unheardOf"})) == OPERATION.render()


def test_rendering_needs_no_graphql_library() -> None:
    """Importing graphql-core costs more than the rest of the SDK: rendering does without."""
    code = (
        "import sys; from leadiq._generated.operations import SEARCH_PEOPLE as o;"
        "o.render(frozenset(o.flags)); sys.exit('graphql' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_rendering_is_cheap() -> None:
    """A document is joined from text, not printed from a tree: far below a millisecond."""
    on = frozenset(SEARCH_PEOPLE.flags)
    fastest = min(_seconds_to_render(on) for _ in range(20))
    assert fastest < 0.001


def _seconds_to_render(on: frozenset[str]) -> float:
    began = time.perf_counter()
    SEARCH_PEOPLE.render(on)
    return time.perf_counter() - began

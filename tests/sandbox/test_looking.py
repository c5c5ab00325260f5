"""Rules of the sandbox's pages, looked at in headless Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from browser import Page
from leadiq.sandbox import Latency, Sandbox, SandboxSettings

HOSTILE = "<img src=x onerror=document.title='broken'>"
PHONE = (360, 740)
# A document that breaks off at the bar, and what is offered first there.
OFFERED: dict[str, str | None] = {
    "|": "query",
    "query Q($id: Str|": "String",
    "{ |": "account { | }",
    "mutation { createL|": "createList { | }",
    "{ searchPeople(|": "input: ",
    "{ searchPeople(input: {fi|": "firstName: ",
    '{ searchPeople(input: {company: {name: "a}"}, fu|': "fullName: ",
    "{ searchPeople(input: {workEmailStatusIn: [|": "Verified",
    "query Q($b: Boolean) { searchPeople(input: {includeInvalid: |": "true",
    "query Q($who: Int) { searchPeople(input: {skip: |": "$who",
    "{ searchPeople(input: {}) { results { name { fi|": "first",
    "{ searchPeople(input: {}) { results { name { first } currentPositions { tit|": "title",
    "{ account { plans { ... on Api|": "ApiPlan",
    "{ account { plans { ... on ApiPlan { prod|": "product",
    "{ a: searchPeople(input: {}) @|": "include",
    "{ searchPeople(input: {}) @include(|": "if: ",
    "fragment F on PersonRec|": "PersonRecord",
    "fragment F on PersonRecord { linked|": "linkedin { | }",
    "{ a } mutation { subm|": "submitPersonFeedback",
    "{ # acc|": None,
    '{ searchPeople(input: {id: "fi|': None,
    "{ nothing(x: [{y: 1}, {|": None,
    'mutation { addTrackedCompanies(input: {companies: [{name: "a"}, {|': "name: ",
    'mutation { addTrackedCompanies(input: {companies: [{name: "a"}]}) {|': "companies { | }",
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox that serves."""
    with Sandbox(SandboxSettings(people=500)) as served:
        yield served


@pytest.fixture
def explorer(page: Page, sandbox: Sandbox) -> Page:
    """The explorer, with its schema loaded."""
    page.open(host(sandbox) + "/")
    page.wait_for("document.querySelector('#schema button')")
    return page


@pytest.fixture
def status(page: Page, sandbox: Sandbox) -> Page:
    """The status page, with its first look."""
    page.open(host(sandbox) + "/_sandbox")
    page.wait_for("document.querySelector('#requests thead')")
    return page


def host(sandbox: Sandbox) -> str:
    return sandbox.url.removesuffix("/graphql")


def write(page: Page, place: str, text: str) -> None:
    """Replace what stands in a field, as somebody who types."""
    page.click(place)
    page.evaluate(f"document.querySelector({json.dumps(place)}).select()")
    page.type(text)


def ran(page: Page) -> str:
    """Press Run, and give the reply once its charge is there."""
    page.evaluate("document.querySelector('#charges').replaceChildren()")
    page.click("#run")
    page.wait_for("document.querySelector('#charges').textContent")
    return page.text("#reply")


def post(sandbox: Sandbox, query: str, **rest: str) -> None:
    headers = {"Authorization": f"Basic {sandbox.key}"}
    httpx.post(sandbox.url, json={"query": query, **rest}, headers=headers, timeout=60)


def test_a_query_is_written_run_and_priced(explorer: Page, sandbox: Sandbox) -> None:
    """What is typed is sent with the key and the variables; reply, charge and balance are shown."""
    person = sandbox.app.about()["person"]
    document = "query Q($id: String!) { searchPeople(input: {id: $id}) { results { id } } }"
    write(explorer, "#query", document)
    write(explorer, "#variables", json.dumps({"id": person["id"]}))
    assert person["id"] in ran(explorer)
    assert explorer.text("#charges td:nth-child(4)") == "0.1"
    assert "999.9 credits left" in explorer.text("#balance")
    assert [charge.operation for charge in sandbox.ledger()] == ["Q"]
    explorer.press("Enter", "Control")
    explorer.wait_for("document.querySelector('#charges').innerText.includes('past year')")
    assert explorer.problems == []


def test_each_example_works(explorer: Page) -> None:
    """They are answered without an error, at the price that their names tell."""
    names = explorer.evaluate("[...document.querySelectorAll('#examples option')].map(o => o.text)")
    spent = 1000.0
    for at, name in enumerate(names[1:]):
        choose(explorer, "#examples", str(at))
        assert '"errors"' not in ran(explorer)
        price = name.rpartition("(")[2].rstrip(")")
        spent -= 0 if price == "free" else float(price)
        assert explorer.text("#balance") == f"sandbox: {spent:.1f} credits left".replace(".0 ", " ")
    assert len(names) == 6


def choose(page: Page, place: str, value: str) -> None:
    page.evaluate(
        f"(one => {{ one.value = {json.dumps(value)}; one.dispatchEvent(new Event('change')); }})"
        f"(document.querySelector({json.dumps(place)}))"
    )


def test_fields_are_completed(explorer: Page) -> None:
    """Ctrl-Space offers what fits the place, arrows choose, Enter writes it with its braces."""
    write(explorer, "#query", "{ searchP")
    explorer.press(" ", "Control")
    first, second = explorer.text("#choices").splitlines()[:2]
    assert first.startswith("searchPeople SearchResult!")
    assert second.startswith("searchPeoplePreview")
    explorer.press("ArrowDown")
    explorer.press("ArrowUp")
    explorer.press("Enter")
    assert value(explorer) == "{ searchPeople {  }"
    explorer.press(" ", "Control")
    explorer.type("tot")
    explorer.press("Tab")
    assert value(explorer) == "{ searchPeople { totalResults }"
    explorer.press(" ", "Control")
    explorer.press("Escape")
    assert not explorer.evaluate("document.querySelector('#choices').checkVisibility()")


def value(page: Page) -> str:
    return str(page.evaluate("document.querySelector('#query').value"))


def test_what_is_offered_fits_the_place(explorer: Page) -> None:
    """Fields, arguments, members, values, types: those of the place, in a text that breaks off."""
    places = [(text.replace("|", ""), text.index("|")) for text in OFFERED]
    found = explorer.evaluate(f"""(async () => {{
      const language = await import("/_sandbox/web/language.js");
      const schema = new language.Schema((await (await fetch("/_sandbox/schema")).json()).__schema);
      return {json.dumps(places)}.map(([text, caret]) =>
        language.complete(schema, text, caret).choices[0]?.insert ?? null);
    }})()""")
    assert dict(zip(OFFERED, found, strict=True)) == OFFERED


def test_the_schema_is_browsed_and_searched(explorer: Page) -> None:
    """From a root to a type and back, and by a part of a name."""
    explorer.click("#schema button")
    assert "searchPeople: " in explorer.text("#schema")
    explorer.click("#schema button")
    write(explorer, "#find", "emailver")
    assert "EmailVerificationStatusType" in explorer.text("#schema")
    explorer.click("#schema button")
    assert "Verified" in explorer.text("#schema")
    write(explorer, "#find", "no such name")
    assert "nothing is called so" in explorer.text("#schema")


def test_what_goes_wrong_is_said(explorer: Page, sandbox: Sandbox) -> None:
    """Errors with their place, variables that are no JSON, an answer that is none, a cut one."""
    write(explorer, "#query", "{\n  nothing\n}")
    ran(explorer)
    explorer.click("#errors button")
    caret = explorer.evaluate("document.querySelector('#query').selectionStart")
    assert (explorer.text("#errors button"), caret) == ("line 2, column 3", 4)
    write(explorer, "#variables", "{")
    explorer.click("#run")
    assert explorer.text("#summary") == "The variables are not JSON."
    write(explorer, "#variables", " ")
    write(explorer, "#fault", "gateway")
    assert "The server is not reachable" in ran(explorer)
    assert explorer.text("#errors") == "This is not JSON."
    write(explorer, "#fault", "reset")
    ran(explorer)
    assert explorer.text("#summary").startswith("No whole answer came")
    assert explorer.problems == [one for one in explorer.problems if "exception" not in one]
    write(explorer, "#fault", " ")
    write(explorer, "#key", "d3Jvbmc6")
    write(explorer, "#query", "{ account { plans { name } } }")
    ran(explorer)
    assert explorer.text("#errors").startswith("401: ")
    assert sandbox.ledger() == []


def test_one_of_several_operations_is_chosen(explorer: Page) -> None:
    """A document of two asks which, and runs that one."""
    write(explorer, "#query", "query A { a: __typename } query B { b: __typename }")
    choose(explorer, "#operations", "B")
    assert json.loads(ran(explorer)) == {"data": {"b": "Query"}}
    explorer.evaluate("document.querySelector('details').open = true")
    write(explorer, "#query", "{ __typename }")
    assert not explorer.evaluate("document.querySelector('#operations').checkVisibility()")
    explorer.click("#history button")
    assert value(explorer).startswith("query A")


@pytest.mark.parametrize("path", ["/", "/_sandbox"])
def test_a_page_fits_a_phone_by_night(page: Page, sandbox: Sandbox, path: str) -> None:
    """At 360 pixels nothing makes it scroll sideways, and in the dark it is dark."""
    post(sandbox, "query " + "Long" * 15 + " { flatAdvancedSearch(input: {}) { totalPeople } }")
    sandbox.set_faults(Latency(seconds=0.01, operation="Long" * 15, requests=(*range(1, 40),)))
    page.view(*PHONE)
    page.open(host(sandbox) + path)
    page.wait_for("document.querySelector('#schema button, #requests td')")
    if path == "/":
        ran(page)
    assert page.wide() == []
    assert page.screenshot().brightness > 200
    page.view(*PHONE, dark=True)
    assert page.wide() == []
    assert page.screenshot().brightness < 60
    assert page.problems == []
    assert all(one.startswith((host(sandbox), "data:,")) for one in page.requests)


def test_what_goes_on_is_seen_as_it_happens(status: Page, sandbox: Sandbox) -> None:
    """A request, its charge, the balance and the limit appear without a reload."""
    post(sandbox, "query Seen { flatAdvancedSearch(input: {}) { totalPeople } }")
    status.wait_for("document.querySelector('#charges td')")
    assert "Page" in status.text("#charges")
    row = status.text("#requests tbody tr").split("\t")
    assert (row[0], row[3], row[4], row[5], row[7]) == ("1", "sandbox", "Seen", "200", "1")
    assert "999" in status.text("#tiles")
    assert "59\n" in status.text("#tiles")
    post(sandbox, "{ nothing }")
    status.wait_for("document.querySelectorAll('#requests tbody tr').length === 2")
    assert status.problems == []


def test_a_fault_is_switched_on_and_off(status: Page, sandbox: Sandbox) -> None:
    """The form sets what it says, a wrong one is explained, and a press takes it away."""
    choose(status, "#kind", "removed")
    write(status, "[name=field]", "Nobody.id")
    status.click("#new button")
    assert "Nobody" in status.wait_for("document.querySelector('#told').textContent")
    choose(status, "#kind", "refused")
    write(status, "[name=status]", "503")
    write(status, "[name=requests]", "3+9")
    status.click("#new button")
    status.wait_for("document.querySelector('.fault')")
    assert status.text(".fault code") == "refused:requests=3+9,status=503"
    (fault,) = sandbox.app.faults
    assert (fault.kind, fault.requests, fault.charged) == ("refused", (3, 9), False)
    assert status.text("#told") == ""
    status.click(".fault button")
    status.wait_for("!document.querySelector('.fault')")
    assert sandbox.app.faults == ()


def test_a_reset_is_asked_for_twice(status: Page, sandbox: Sandbox) -> None:
    """One press changes nothing; the second goes back to the settings."""
    post(sandbox, "query Seen { flatAdvancedSearch(input: {}) { totalPeople } }")
    # Its row has to be there before it can go, and nothing may move between aiming and pressing.
    status.wait_for("document.querySelector('#requests td')")
    status.click("#reset")
    assert status.text("#reset") == "Really reset"
    assert len(sandbox.ledger()) == 1
    status.click("#reset")
    status.wait_for("!document.querySelector('#requests td')")
    assert sandbox.ledger() == []


def test_what_is_hostile_is_text(status: Page, sandbox: Sandbox) -> None:
    """Markup in a name, a fault or a reply is shown letter by letter, and nothing of it runs."""
    post(sandbox, "{ flatAdvancedSearch(input: {}) { totalPeople } }", operationName=HOSTILE)
    sandbox.set_faults(Latency(seconds=0, operation=HOSTILE))
    status.wait_for("document.querySelector('.fault') && document.querySelector('#requests td')")
    assert HOSTILE in status.text("#requests")
    assert HOSTILE in status.text("#faults")
    status.open(host(sandbox) + "/")
    status.wait_for("document.querySelector('#schema button')")
    field = "searchPeople(input: {profileFilter: $p}) { hasMore }"
    write(status, "#query", f"query Q($p: [ProfileFilterType!]) {{ {field} }}")
    write(status, "#variables", json.dumps({"p": [HOSTILE]}))
    ran(status)
    assert HOSTILE in status.text("#errors")
    write(status, "#fault", "gateway")
    assert "<center>" in ran(status)
    assert status.evaluate("document.querySelectorAll('center, h1').length") == 1
    assert status.evaluate("document.images.length") == 0
    assert status.evaluate("document.title") == "leadiq sandbox: explorer"
    assert [one for one in status.problems if "502" not in one] == []


def test_an_end_of_the_sandbox_is_told(status: Page, sandbox: Sandbox) -> None:
    """A page that is left open says that nobody answers."""
    sandbox.close()
    assert "does not answer" in status.wait_for("document.querySelector('#alive').textContent")


def test_a_query_to_nobody_is_told(explorer: Page, sandbox: Sandbox) -> None:
    """Where the sandbox has gone, both the answer and the bill say so."""
    sandbox.close()
    ran(explorer)
    assert explorer.text("#summary").startswith("No whole answer came")
    assert explorer.text("#charges") == "The sandbox does not answer."
    assert not [one for one in explorer.problems if one.startswith("exception")]

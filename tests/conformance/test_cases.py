"""Rules of the suite: the sandbox answers every case as documented; what differs is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import anyio
import httpx
import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.slots import Slots
from leadiq._conformance import cases_language, cases_refused
from leadiq._conformance.case import Case, Data, Reach, Refused, Who
from leadiq._conformance.cases import CASES, most_credits, reachable
from leadiq._conformance.guesses import guess_of
from leadiq._conformance.runner import Came, Target, Verdict, run
from leadiq._schema.packaged import packaged_schema
from leadiq.sandbox import (
    Fault,
    Key,
    NoIntrospection,
    Nullable,
    Removed,
    Sandbox,
    SandboxApp,
    SandboxSettings,
    Team,
    UnknownEnum,
    build_app,
)

URL = "https://sandbox.example.com/graphql"
LIMITED, POOR = "bGltaXRlZC1rZXk6", "cG9vci1rZXk6"
TEAMS = (
    Team(name="limited", keys=(Key(key=LIMITED, requests_per_minute=1),)),
    Team(name="poor", keys=(Key(key=POOR),), credits=Decimal(0)),
)


def settings(**chosen: Any) -> SandboxSettings:
    return SandboxSettings(people=2_000, requests_per_minute=None, teams=TEAMS, **chosen)


def target(url: str, key: str, reach: Reach = Reach.SANDBOX) -> Target:
    return Target(url=url, key=key, reach=reach, limited=LIMITED, poor=POOR)


async def verdicts(
    http: httpx.AsyncClient, at: Target, cases: Iterable[Case] = CASES
) -> list[Verdict]:
    pacer = LocalPacer(Slots(600_000, 60.0, burst=1_000))
    return [verdict async for verdict in run(cases, at, http, pacer)]


async def judged(
    app: SandboxApp, cases: Iterable[Case] = CASES, reach: Reach = Reach.SANDBOX
) -> list[Verdict]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as http:
        return await verdicts(http, target(URL, app.settings.key, reach), cases)


def amiss(found: Iterable[Verdict]) -> dict[str, tuple[str, ...]]:
    return {each.case.name: each.why for each in found if each.came is not Came.OK}


@pytest.mark.anyio
async def test_the_sandbox_answers_every_case_as_documented() -> None:
    """On both event loops, and none is skipped."""
    assert amiss(await judged(build_app(settings()))) == {}


def test_the_sandbox_answers_every_case_over_a_socket() -> None:
    """As any server would be asked, and with a refusal's status in HTTP as well."""

    async def ask(url: str, key: str) -> list[Verdict]:
        async with httpx.AsyncClient(timeout=60) as http:
            return await verdicts(http, target(url, key))

    with Sandbox(settings(error_form="http")) as sandbox:
        assert amiss(anyio.run(ask, sandbox.url, sandbox.key)) == {}


@pytest.mark.anyio
async def test_what_is_free_costs_nothing_and_changes_nothing() -> None:
    """After the cases that may be sent to anybody the ledger is empty, and so are the lists."""
    app = build_app(settings())
    found = await judged(app, reach=Reach.FREE)
    assert app.ledger() == []
    counts = Counter(each.came for each in found)
    assert counts[Came.DIFFERS] == 0
    assert counts[Came.OK] > 80
    lists = [case for case in CASES if case.name == "lists: the first page"]
    (after,) = await judged(app, [Case(name="x", query=lists[0].query, keep={"l": "lists.items"},
                                       expect=Data({"lists.items": []}))])  # fmt: skip
    assert after.came is Came.OK


@pytest.mark.anyio
async def test_what_is_paid_stays_within_what_was_told() -> None:
    """The ledger has no more than the maximum that was announced."""
    app = build_app(settings())
    found = await judged(app, reach=Reach.PAID)
    assert not [each for each in found if each.came is Came.DIFFERS]
    spent = sum(charge.credits for charge in app.ledger())
    assert Decimal(5) < spent <= most_credits(reachable(Reach.PAID)) < 15
    assert most_credits(reachable(Reach.FREE)) == 0


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("chosen", "differs"),
    [
        ({"max_aliases": 5}, "aliases: 25 root fields in one request"),
        ({"max_body_bytes": 10**7}, "a body that is too large"),
        ({"max_document_bytes": 10**6}, "a document that is too large"),
    ],
)
async def test_a_guess_that_is_wrong_differs(chosen: dict[str, Any], differs: str) -> None:
    """A sandbox that is set otherwise fails the case of that guess, and only that one."""
    cases = (*cases_language.CASES, *cases_refused.BODIES)
    assert [*amiss(await judged(build_app(settings(**chosen)), cases))] == [differs]
    guess = guess_of(differs)
    assert guess
    assert guess.setting in chosen


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "differs"),
    [
        (Removed(field="UniversalPlan.used"), "account: plans, balance and prices"),
        (Nullable(field="Account.plans"), "account: plans, balance and prices"),
        (UnknownEnum(enum="PlanStatus"), "account: plans, balance and prices"),
        (NoIntrospection(), "introspection without a key"),
    ],
)
async def test_a_contract_that_has_drifted_differs(fault: Fault, differs: str) -> None:
    """What is gone, null or unknown is seen by the case that asks for it."""
    app = build_app(settings())
    app.set_faults([fault])
    assert differs in amiss(await judged(app, [case for case in CASES if case.name == differs]))


def test_every_root_field_has_a_case_of_data() -> None:
    """Each of the 29 is asked for where it can be answered."""
    schema = packaged_schema()
    fields = {
        name
        for kind in (schema.query_type, schema.mutation_type)
        if kind is not None
        for name in kind.fields
    }
    asked = {
        selection.name.value
        for case in CASES
        if isinstance(case.expect, Data) and case.query
        for node in parse(case.query).definitions
        if isinstance(node, OperationDefinitionNode)
        for selection in node.selection_set.selections
        if isinstance(selection, FieldNode)
    }
    assert fields - asked == set()
    assert len(fields) == 29


def test_every_documented_refusal_has_a_case() -> None:
    """401, 402 and 429 of the guide, 409 of a list, and the bodies that LeadIQ cannot take."""
    statuses = {case.expect.status for case in CASES if isinstance(case.expect, Refused)}
    assert statuses == {400, 401, 402, 404, 405, 409, 413, 415, 429}


def test_cases_are_told_apart_by_name() -> None:
    """A verdict names its case, so no name stands twice."""
    assert len({case.name for case in CASES}) == len(CASES)


def test_nothing_that_writes_leaves_for_a_server_in_earnest() -> None:
    """A mutation, or a token, is for a sandbox only."""
    earnest = [case for case in CASES if case.reach is not Reach.SANDBOX and case.raw is None]
    assert not [case.name for case in earnest if "mutation" in case.query.split("{")[0]]
    assert not [case.name for case in earnest if "workatoToken" in case.query]
    assert not [case.name for case in earnest if case.who in (Who.LIMITED, Who.POOR)]

"""Records, as the client offers them: account, research, feedback, lists, prospects, secrets."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import anyio
import pytest

from leadiq import (
    ConnectError,
    GraphQLError,
    InputError,
    LeadIQError,
    ListExistsError,
    Prices,
    RequestTimeoutError,
    StillRunningError,
)
from leadiq._engine.writes import WriteStatus
from leadiq.types import ApiPersonFeedback, CreateListInput, CreateProspectInput
from script import Script, failed
from team_replies import LATER, WHEN, a_list, created, lists, refused, regenerated, saved, scripted
from virtual_time import anyio_backend  # noqa: F401

PERSON = "PersonID-0a1b2c3d-0000-4000-8000-00000000000f"
URL = "https://www.linkedin.com/in/ada-example"
LIST = "0" * 24
LOST = RequestTimeoutError("no answer", sent=True)
NO_ACCOUNT = {"data": {"account": None}}
FINISHED = datetime(2026, 1, 6, tzinfo=UTC)


def sent(script: Script) -> list[str]:
    return [body["operationName"] for body in script.sent]


def answer(word: str) -> dict[str, Any]:
    return {"data": {"regenerate": word}}


def prospects(names: str) -> list[CreateProspectInput]:
    return [CreateProspectInput(first_name=name, last_name="Example") for name in names]


@pytest.mark.anyio
async def test_prices_and_balance_come_from_the_account() -> None:
    """One free request each; an account that shows nothing leaves what is published."""
    costs = [{"dataPoint": "PersonPhone", "cost": 7, "costInDecimals": "7.5"}]
    plan = {
        "name": "U",
        "product": "UniversalCredits",
        "status": "Active",
        "available": 9,
        "used": 1,
        "visibility": [],
        "costs": [{"sku": "Api", "costs": costs}],
    }
    shown = {"data": {"account": {"plans": [], "universalPlan": plan}}}
    leadiq = scripted(Script(shown, shown, NO_ACCOUNT, NO_ACCOUNT))
    assert (await leadiq.prices()).phone == Decimal("7.5")
    balance = await leadiq.balance()
    assert balance is not None
    assert balance.available == 9
    assert await leadiq.prices() == Prices()
    assert await leadiq.balance() is None


@pytest.mark.anyio
@pytest.mark.parametrize("word", ["Started", "InProgress", "Tomorrow"])
async def test_a_person_is_researched_once_and_waited_for(word: str) -> None:
    """Asked once; the end is a time later than the one before, looked for at growing intervals."""
    script = Script(
        regenerated(WHEN), answer(word), regenerated(WHEN), regenerated(None), regenerated(LATER)
    )
    refreshed = await scripted(script).refresh_person(PERSON)
    assert (str(refreshed.answer), refreshed.finished_at) == (word, FINISHED)
    assert sent(script).count("Regenerate") == 1
    assert script.at[3] - script.at[2] == pytest.approx(3.1, abs=0.1)
    assert script.at[4] - script.at[3] == pytest.approx(4.6, abs=0.1)


@pytest.mark.anyio
async def test_who_does_not_exist_is_not_waited_for() -> None:
    """NotFound is an answer."""
    script = Script(regenerated(None), answer("NotFound"))
    refreshed = await scripted(script).refresh_person(linkedin_url="linkedin.com/in/Ada-Example")
    assert (refreshed.answer, refreshed.finished_at) == ("NotFound", None)
    assert script.sent[1]["variables"] == {"input": {"linkedinUrl": URL}}


@pytest.mark.anyio
async def test_a_research_whose_start_is_unknown_is_not_asked_for_again() -> None:
    """It may have begun: the error says so, and waiting asks for nothing."""
    script = Script(regenerated(WHEN), LOST, regenerated(WHEN), regenerated(LATER))
    leadiq = scripted(script)
    with pytest.raises(RequestTimeoutError, match="LeadIQ may have done it"):
        await leadiq.refresh_person(PERSON)
    before = datetime(2026, 1, 5, tzinfo=UTC)
    assert await leadiq.wait_for_refresh(PERSON, after=before) == FINISHED
    assert sent(script).count("Regenerate") == 1


@pytest.mark.anyio
async def test_patience_with_a_research_ends() -> None:
    """After `wait_s` the error names the method that waits on."""
    script = Script(regenerated(None), answer("Started"), *[regenerated(None)] * 3)
    began = anyio.current_time()
    with pytest.raises(StillRunningError, match="wait_for_refresh"):
        await scripted(script).refresh_person(PERSON, wait_s=5)
    assert anyio.current_time() - began == pytest.approx(5, abs=1)


@pytest.mark.anyio
async def test_whom_to_research_is_said_once_and_well() -> None:
    """Neither, both, or malformed: refused before anything is sent."""
    script = Script()
    leadiq = scripted(script)
    for who in ({}, {"person_id": PERSON, "linkedin_url": URL}):
        with pytest.raises(InputError, match="exactly one"):
            await leadiq.refresh_person(**who)
    with pytest.raises(InputError, match="person_id"):
        await leadiq.refresh_person("1")
    with pytest.raises(InputError, match="wait_s"):
        await leadiq.wait_for_refresh(PERSON, wait_s=-1)
    assert script.sent == []


@pytest.mark.anyio
async def test_feedback_is_checked_and_sent_once() -> None:
    """The generated method, with checked fields; a lost answer is not sent again."""
    script = Script({"data": {"submitPersonFeedback": "f-1"}}, LOST)
    leadiq = scripted(script)
    given = ApiPersonFeedback(person_id=PERSON, value="ADA@example.com")
    assert await leadiq.submit_person_feedback(given) == "f-1"
    assert script.sent[0]["variables"]["input"]["value"] == "ada@example.com"
    with pytest.raises(RequestTimeoutError):
        await leadiq.submit_person_feedback(given)
    with pytest.raises(InputError, match="value"):
        await leadiq.submit_person_feedback(ApiPersonFeedback(person_id=PERSON, value="x"))
    assert len(script.sent) == 2


@pytest.mark.anyio
@pytest.mark.parametrize("status", [409, 400, None], ids=str)
async def test_a_name_in_use_gives_the_list_that_has_it(status: int | None) -> None:
    """However LeadIQ words the conflict: the list is found by its name, and is in the error."""
    script = Script(refused("in use", status=status), lists("Other", "q3 leads"))
    with pytest.raises(ListExistsError, match=r"`error\.list`") as conflict:
        await scripted(script).create_list(CreateListInput(name="Q3 Leads"))
    assert conflict.value.list.name == "q3 leads"
    assert conflict.value.attempts == 1
    assert "Q3" not in str(conflict.value)


@pytest.mark.anyio
async def test_what_is_no_conflict_stays_what_it_is() -> None:
    """No list of the name, lists that cannot be read, and input that was never sent."""
    for after in (lists("Other"), failed(401)):
        with pytest.raises(GraphQLError, match="no way") as error:
            await scripted(Script(refused("no way"), after)).create_list(CreateListInput(name="Q3"))
        assert not isinstance(error.value, ListExistsError)
    script = Script()
    with pytest.raises(InputError, match="name"):
        await scripted(script).create_list(CreateListInput(name=" "))
    with pytest.raises(InputError):
        await scripted(script).create_list("Q3")  # type: ignore[arg-type]
    made = refused("half", createList=a_list("Q3"))
    with pytest.raises(GraphQLError, match="half"):
        await scripted(Script(made)).create_list(CreateListInput(name="Q3"))
    assert script.sent == []


@pytest.mark.anyio
async def test_a_list_is_found_or_made() -> None:
    """What is there is given; what is not is made, with its description if there is one."""
    assert (await scripted(Script(lists("Q3"))).find_or_create_list("q3")).name == "Q3"
    for words in ((), ("for what",)):
        script = Script(lists(), created("Q3"))
        assert (await scripted(script).find_or_create_list("Q3", *words)).name == "Q3"
        assert len(script.sent[1]["variables"]["input"]) == 1 + len(words)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "between",
    [
        [refused("in use", status=409), lists("Q3")],
        [LOST, lists("Q3")],
        [{"data": {"createList": None}}, lists("Q3")],
        [refused("half", createList=a_list("Q3"))],
    ],
    ids=["raced", "lost", "null", "beside an error"],
)
async def test_a_list_is_never_made_twice(between: list[Any]) -> None:
    """Whatever came instead of a clear answer, the list is looked for, not made again."""
    script = Script(lists(), *between)
    assert (await scripted(script).find_or_create_list("Q3")).name == "Q3"
    assert sent(script).count("CreateList") == 1


@pytest.mark.anyio
async def test_a_list_that_is_neither_there_nor_made_is_an_error() -> None:
    """The error of making it, where there was one."""
    with pytest.raises(RequestTimeoutError):
        await scripted(Script(lists(), LOST, lists())).find_or_create_list("Q3")
    nothing = {"data": {"createList": None}}
    with pytest.raises(LeadIQError, match="without the list"):
        await scripted(Script(lists(), nothing, lists())).find_or_create_list("Q3")
    unsent = [ConnectError("down", sent=False)] * 4
    with pytest.raises(ConnectError):
        await scripted(Script(lists(), *unsent)).find_or_create_list("Q3")


@pytest.mark.anyio
async def test_prospects_are_saved_one_by_one_and_never_twice() -> None:
    """Saved, refused, lost, and null are told apart, and each was sent once."""
    script = Script(
        saved("1"),
        failed(400),
        LOST,
        {"data": {"addProspectToList": None}},
        refused("half", addProspectToList=saved("5")["data"]["addProspectToList"]),
    )
    told: list[str] = []
    report = await scripted(script).add_prospects(
        LIST, prospects("abcde"), on_row=lambda row: told.append(row.status)
    )
    assert [str(row.status) for row in report.rows] == told
    assert told == ["done", "refused", "unknown", "unknown", "done"]
    assert [prospect.id for prospect in report.answers] == ["1", "5"]
    assert len(script.sent) == 5


@pytest.mark.anyio
async def test_prospects_that_cannot_be_sent_are_refused_before_any_is() -> None:
    """The list's id and every row are checked first."""
    script = Script()
    leadiq = scripted(script)
    with pytest.raises(InputError, match="list_id"):
        await leadiq.add_prospects("1", prospects("a"))
    bad = prospects("a")[0].model_copy(update={"work_email": "ada"})
    with pytest.raises(InputError, match=r"prospects\[1\].work_email"):
        await leadiq.add_prospects(LIST, [*prospects("b"), bad])
    assert script.sent == []
    assert (await leadiq.add_prospects(LIST, [])).rows == ()
    assert WriteStatus.DONE == "done"


@pytest.mark.anyio
async def test_the_workato_token_comes_wrapped() -> None:
    """A secret that is asked for by name, for a domain that is one."""
    success = {"__typename": "WorkatoTokenResponseSuccess", "token": "hush", "apiKey": None}
    script = Script({"data": {"workatoToken": success}})
    found = await scripted(script).workato_credentials("https://app.example.com")
    assert found.token.get_secret_value() == "hush"
    assert "hush" not in repr(found)
    assert script.sent[0]["variables"] == {"orgDomainUrl": "https://app.example.com"}
    with pytest.raises(InputError, match="org_domain_url"):
        await scripted(script).workato_credentials("example")


@pytest.mark.anyio
async def test_a_list_that_cannot_be_asked_for_is_not_looked_for() -> None:
    """Name and description are checked first, not after the lists were read."""
    script = Script()
    leadiq = scripted(script)
    for call in (
        lambda: leadiq.find_list(" "),
        lambda: leadiq.find_or_create_list("Mine", 5),  # type: ignore[arg-type]
    ):
        with pytest.raises(InputError, match=r"(name|description): ") as refusal:
            await call()
        assert not refusal.value.sent
    assert script.sent == []

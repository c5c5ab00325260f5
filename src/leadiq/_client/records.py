"""What the team keeps at LeadIQ: lists, prospects, feedback, refreshed records; and its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import _engine as engine
from .._core.errors import GraphQLError, InputError, LeadIQError, ListExistsError
from .._engine.defaults import REFRESH_WAIT_S
from .list_pages import ListPages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._core.pricing import Prices
    from .._engine.secrets import WorkatoCredentials
    from .._engine.tariff import Balance
    from .._engine.writes import WriteReport, WriteRow
    from ..types import (
        ApiPersonFeedback,
        CreateListInput,
        CreateProspectInput,
        List,
        Prospect,
        RegenerateResponse,
    )


class Refreshed(NamedTuple):
    """How a wish to research a person again ended."""

    answer: RegenerateResponse
    """`NotFound`: there is no such person, and nothing was waited for."""
    finished_at: datetime | None
    """When the research ended, by LeadIQ's clock; None with `NotFound`."""


class Records(ListPages):
    """What the team keeps at LeadIQ: lists, prospects, feedback, refreshed records."""

    async def prices(self) -> Prices:
        """Read the account's own prices, which win over the published ones. Free.

        What the account does not show, such as a page of an advanced search, is as published.
        """
        return engine.tariff.live_prices(await self.account())

    async def balance(self) -> Balance | None:
        """Read what is left in universal credits; None when the account has no plan of them."""
        return engine.tariff.balance(await self.account())

    async def submit_person_feedback(
        self,
        input: ApiPersonFeedback,  # noqa: A002 - LeadIQ's name for it
        **options: Unpack[CallOptions],
    ) -> str:
        """Tell LeadIQ that contact data of a person is right or wrong; gives the feedback's id.

        Sent once. E-mails, domains, LinkedIn addresses and ids go in canonical form.

        Args:
            input: the person, the value and the verdict.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: a field that cannot be right, no person, or a contradiction; nothing was
                sent.
        """
        return await super().submit_person_feedback(
            engine.feedback.checked_feedback(input), **options
        )

    async def refresh_person(
        self,
        person_id: str | None = None,
        *,
        linkedin_url: str | None = None,
        wait_s: float | None = REFRESH_WAIT_S,
    ) -> Refreshed:
        """Have a person researched again, and wait until that is done.

        It is asked for once; the price is not published. A research that is under way already is
        waited for.

        Args:
            person_id: LeadIQ id of the person.
            linkedin_url: the person's LinkedIn profile, instead.
            wait_s: seconds to wait for the end; None: as long as it takes.

        Raises:
            StillRunningError: not over after `wait_s`; see `wait_for_refresh`.
            LeadIQError: where `sent` is true and nothing was answered, the research may have
                begun: wait for it rather than ask again.
        """
        who = _who(person_id, linkedin_url, wait_s)
        before = await self._regenerated(who)
        from ..types import RegenerateRecordInput

        answer = await self.regenerate(RegenerateRecordInput(**who))
        if answer == "NotFound":
            return Refreshed(answer, None)
        return Refreshed(answer, await self._refreshed(who, before, wait_s))

    async def wait_for_refresh(
        self,
        person_id: str | None = None,
        *,
        linkedin_url: str | None = None,
        after: datetime | None = None,
        wait_s: float | None = REFRESH_WAIT_S,
    ) -> datetime:
        """Wait for a research that was asked for before; nothing is asked for again.

        Args:
            person_id: LeadIQ id of the person.
            linkedin_url: the person's LinkedIn profile, instead.
            after: wait for one that ended after this time; None: for any.
            wait_s: seconds to wait; None: as long as it takes.

        Returns:
            When it ended, by LeadIQ's clock.

        Raises:
            StillRunningError: not over after `wait_s`.
        """
        return await self._refreshed(_who(person_id, linkedin_url, wait_s), after, wait_s)

    async def create_list(
        self,
        input: CreateListInput,  # noqa: A002 - LeadIQ's name for it
        **options: Unpack[CallOptions],
    ) -> List | None:
        """Make a list of prospects. Free, and sent once.

        Args:
            input: name and purpose of the list.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            ListExistsError: the name is in use; `error.list` is the list that has it.
        """
        engine.forms.of_kind(input, "CreateListInput", "input")
        engine.forms.words(input.name, "name")
        try:
            return await super().create_list(input, **options)
        except (GraphQLError, InputError) as error:
            found = await self._list_named(input.name, error)
            if found is None:
                raise
            raise _exists(error, found) from error

    async def find_list(self, name: str) -> List | None:
        """Find a list by its name, in whatever case; None when there is none. Free.

        Raises:
            InputError: the name is no text, or says nothing; nothing was sent.
        """
        from .._engine.prospects import same_name

        engine.forms.words(name, "name")
        async for one in self.iter_lists():
            if same_name(one, name):
                return one
        return None

    async def find_or_create_list(self, name: str, description: str | None = None) -> List:
        """Give the list of this name, and make it if there is none. Free.

        When no answer comes, the list is looked for again instead of made twice.

        Raises:
            LeadIQError: it is neither there nor made.
        """
        from ..types import CreateListInput

        engine.forms.words(name, "name")
        wanted = engine.inputs.built(CreateListInput, {"name": name, "description": description})
        if found := await self.find_list(name):
            return found
        lost: LeadIQError | None = None
        try:
            made = await engine.outcomes.answered(self.create_list(wanted), "create_list")
        except ListExistsError as error:  # somebody was faster
            made = error.list
        except LeadIQError as error:
            if engine.outcomes.was_refused(error):
                raise
            made, lost = None, error
        made = made or await self.find_list(name)
        if made is None:
            raise lost or LeadIQError("LeadIQ answered without the list; try again")
        return made

    async def add_prospects(
        self,
        list_id: str,
        rows: Iterable[CreateProspectInput],
        *,
        on_row: Callable[[WriteRow[CreateProspectInput, Prospect]], None] | None = None,
    ) -> WriteReport[CreateProspectInput, Prospect]:
        """Save prospects in a list, one to a call, and tell what became of each. Free.

        Every call makes a new prospect, the same one or not [guide]: none is sent twice. One whose
        answer is lost is `UNKNOWN`; `iter_list_prospects` shows whether it is there.

        Args:
            list_id: id of the list: 24 hex digits.
            rows: the prospects.
            on_row: is told of each prospect as soon as its fate is known.

        Raises:
            InputError: a prospect that LeadIQ would refuse; nothing was sent.
        """
        engine.forms.object_id(list_id, "list_id")
        checked = engine.prospects.checked_prospects(rows)

        async def send(
            chunk: Sequence[CreateProspectInput],
        ) -> list[WriteRow[CreateProspectInput, Prospect]]:
            (one,) = chunk
            saved = await engine.outcomes.answered(
                self.add_prospect_to_list(list_id, one), "add_prospect_to_list"
            )
            if saved is None:
                unknown = engine.writes.WriteStatus.UNKNOWN
                return [engine.writes.WriteRow(one, unknown, None, "LeadIQ answered without it")]
            return [engine.writes.WriteRow(one, engine.writes.WriteStatus.DONE, saved)]

        return await engine.writes.write(checked, 1, send, on_row)

    async def workato_credentials(self, org_domain_url: str) -> WorkatoCredentials:
        """Get a token for the Workato integration, in a form that shows no secret.

        Whether each call makes a new token is not published.

        Raises:
            GraphQLError: LeadIQ gives none, and says why.
        """
        from .._engine.secrets import credentials

        engine.forms.domain(org_domain_url, "org_domain_url")
        return credentials(await self.workato_token(org_domain_url))

    async def _regenerated(self, who: dict[str, str]) -> datetime | None:
        from ..types import RegeneratedTimeInput

        return (await self.regenerated_time(RegeneratedTimeInput(**who))).time

    async def _refreshed(
        self, who: dict[str, str], after: datetime | None, wait_s: float | None
    ) -> datetime:
        async def look() -> datetime | None:
            time = await self._regenerated(who)
            return time if time and (after is None or time > after) else None

        go_on = "LeadIQ goes on: wait_for_refresh waits again, without asking again"
        return await engine.waiting.until(look, engine.polling.REFRESH, wait_s, go_on)

    async def _list_named(self, name: str, error: LeadIQError) -> List | None:
        """Find the list that an error may be about; None also when the lists cannot be read."""
        if not error.sent or getattr(error.data, "create_list", None) is not None:
            return None
        try:
            return await self.find_list(name)
        except LeadIQError:
            return None


def _who(person_id: str | None, linkedin_url: str | None, wait_s: float | None) -> dict[str, str]:
    engine.polling.check_wait(wait_s)
    if person_id is not None and linkedin_url is None:
        return {"person_id": engine.forms.person_id(person_id, "person_id")}
    if linkedin_url is not None and person_id is None:
        return {"linkedin_url": engine.forms.linkedin(linkedin_url, "linkedin_url")}
    raise engine.forms.refuse("person_id and linkedin_url", "give exactly one of them")


def _exists(error: LeadIQError, found: List) -> ListExistsError:
    """Say what a refusal is about: the name is in use."""
    text = "a list of this name exists; it is `error.list`"
    kind = ListExistsError(text, status=error.status, errors=error.errors, data=error.data)
    kind.list = found
    return kind if error.receipt is None else kind.after(error.receipt)

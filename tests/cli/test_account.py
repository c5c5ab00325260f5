"""The rules of `leadiq account`: plans, credits and prices, and nothing where there is nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq import LeadIQ
from leadiq.types import Account

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox


@pytest.fixture(autouse=True)
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> None:
    """The environment points at the sandbox."""
    use(shared_sandbox)


def test_the_account_is_shown(leadiq: Callable[..., Any]) -> None:
    """There is a line for each plan, the balance, and each price."""
    ran = leadiq("account")
    assert (ran.code, ran.err) == (0, "")
    for words in ("plan ", "credits available ", "credits used ", "Profile 0.1", "Company 3"):
        assert words in ran.out


def test_the_account_as_json(leadiq: Callable[..., Any]) -> None:
    """--json has LeadIQ's own names."""
    plan = json.loads(leadiq("account", "--json").out)["universalPlan"]
    assert {"available", "used", "costs"} <= plan.keys()


@pytest.mark.parametrize(
    ("account", "out", "err"),
    [
        (None, "", "leadiq: LeadIQ shows no account for this key\n"),
        (
            Account.model_validate(
                {"plans": [{"__typename": "P", "name": "A", "product": "Api", "status": "Active"}]}
            ),
            "plan                    A (Api, Active)\n",
            "",
        ),
    ],
)
def test_an_account_may_show_little(
    leadiq: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    account: Account | None,
    out: str,
    err: str,
) -> None:
    """No account and no plan with credits are answers like any other."""

    async def answer(_: object) -> Account | None:
        return account

    monkeypatch.setattr(LeadIQ, "account", answer)
    assert leadiq("account") == (0, out, err)

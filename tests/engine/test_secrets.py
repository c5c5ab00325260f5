"""The Workato token: usable, and shown nowhere."""

from __future__ import annotations

import pickle
import traceback

import pytest

from leadiq import GraphQLError, SchemaDriftError
from leadiq._engine.secrets import credentials
from leadiq._generated.workato_token import WorkatoToken
from leadiq._ground.base import UnknownVariant
from leadiq.types import WorkatoTokenResponseFailure, WorkatoTokenResponseSuccess

TOKEN = "hush-token-of-the-tests"
API_KEY = "hush-key-of-the-tests"


def success(**changed: object) -> WorkatoTokenResponseSuccess:
    raw = {"__typename": "WorkatoTokenResponseSuccess", "token": TOKEN, "apiKey": API_KEY}
    return WorkatoTokenResponseSuccess.model_validate(raw | changed)


def test_the_credentials_show_no_secret() -> None:
    """Neither as text nor in a container; who wants it asks for it by name, also after a pickle."""
    found = credentials(success(customerAccountId="customer-1"))
    for shown in (repr(found), str(found), f"{found}", f"{found.token} {found.api_key!r}"):
        assert "hush" not in shown
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert again.token.get_secret_value() == TOKEN
    assert again.api_key.get_secret_value() == API_KEY
    assert again.customer_account_id == "customer-1"
    assert credentials(success(apiKey=None)).api_key is None


def test_the_answer_itself_shows_no_secret() -> None:
    """The generated models, alone and inside their envelope, in every way to show a model."""
    envelope = WorkatoToken(workato_token=success())
    for model in (success(), envelope):
        for shown in (repr(model), str(model), f"{model}", repr([model])):
            assert "hush" not in shown


def test_a_failure_says_why_without_what_was_sent() -> None:
    """LeadIQ's reason is redacted; an answer of a new kind says to update."""
    raw = {"__typename": "WorkatoTokenResponseFailure", "message": f"no {'a1' * 12} for you"}
    failure = WorkatoTokenResponseFailure.model_validate(raw)
    with pytest.raises(GraphQLError, match="no <hidden> for you"):
        credentials(failure)
    unknown = UnknownVariant.model_validate({"__typename": "BrandNew", "token": TOKEN})
    with pytest.raises(SchemaDriftError) as drift:
        credentials(unknown)
    assert "hush" not in "".join(traceback.format_exception(drift.value))

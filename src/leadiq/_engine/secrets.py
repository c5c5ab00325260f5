"""The answer of `workatoToken`, in a form that shows no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import SecretStr

from .._core.errors import GraphQLError, SchemaDriftError
from .._core.redaction import redact
from .._ground.base import UnknownVariant

if TYPE_CHECKING:
    from ..types import WorkatoTokenResponseFailure, WorkatoTokenResponseSuccess


class WorkatoCredentials(NamedTuple):
    """What the Workato integration needs. `token.get_secret_value()` shows a secret."""

    token: SecretStr
    api_key: SecretStr | None
    customer_account_id: str | None


def credentials(
    answer: WorkatoTokenResponseFailure | WorkatoTokenResponseSuccess | UnknownVariant,
) -> WorkatoCredentials:
    """Give the credentials of an answer.

    Raises:
        GraphQLError: LeadIQ gave none, and says why.
        SchemaDriftError: the answer is of a kind that this version does not know.
    """
    if isinstance(answer, UnknownVariant):
        raise SchemaDriftError("LeadIQ's answer is of a new kind: update the SDK")
    if answer.typename__ == "WorkatoTokenResponseFailure":
        raise GraphQLError(f"LeadIQ gives no token: {redact(answer.message)}")
    api_key = None if answer.api_key is None else SecretStr(answer.api_key)
    return WorkatoCredentials(SecretStr(answer.token), api_key, answer.customer_account_id)

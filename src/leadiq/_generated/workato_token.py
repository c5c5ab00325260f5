# @generated from queries by `make generate`. Do not edit.

from typing import Annotated

from pydantic import Field

from .base_model import BaseModel, UnknownVariant
from .fragments import WorkatoTokenResponseFailure, WorkatoTokenResponseSuccess


class WorkatoToken(BaseModel):
    workato_token: Annotated[
        Annotated[
            WorkatoTokenResponseFailure | WorkatoTokenResponseSuccess,
            Field(discriminator="typename__"),
        ]
        | UnknownVariant,
        Field(union_mode="left_to_right"),
    ]
    """Get a token for the Workato integration.

    The answer holds secrets: never log it. Price: not published. Repeatable; whether each call makes
    a new token is not published.
    """

"""What a document of the user's own is answered with."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ConfigDict, Field, RootModel

M = TypeVar("M", bound=PydanticBaseModel)


class Answer(RootModel[Any], Generic[M]):
    """A whole `data`: as the caller's model, or as it came if it does not fit.

    What does not fit was paid for all the same.
    """

    model_config = ConfigDict(defer_build=True, hide_input_in_errors=True)

    root: Annotated[M | dict[str, Any], Field(union_mode="left_to_right")]


class Plain(RootModel[dict[str, Any]]):
    """A whole `data`, as it came."""

    model_config = ConfigDict(defer_build=True)

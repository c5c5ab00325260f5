"""Ground of every generated model: tolerant when reading, strict when writing.

LeadIQ's schema grows without notice, and an answer may have been paid for: what this version
does not know must never make an answer unreadable. What a caller misspells must never be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from .json import sequence

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnsetType:
    """The type of `UNSET`: an argument that was not given, which is not the same as `None`."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = UnsetType()


class _Hidden:
    def __repr__(self) -> str:
        return "..."


_HIDDEN: Final = _Hidden()


class BaseModel(PydanticBaseModel):
    """Base of everything that LeadIQ answers with.

    Unknown fields are dropped. A field that was not selected is `None`. The repr names the type
    only: answers are personal data, and reprs end up in logs and tracebacks.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        defer_build=True,
        extra="ignore",
        hide_input_in_errors=True,
        populate_by_name=True,
        protected_namespaces=(),
    )

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return ()

    def __str__(self) -> str:
        return repr(self)


class InputModel(PydanticBaseModel):
    """Base of everything that is sent to LeadIQ: a misspelt argument is a `ValidationError`.

    Only fields that were set are sent; `None` is sent as null. Validation errors leave the
    rejected value out of their text.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        defer_build=True,
        extra="forbid",
        hide_input_in_errors=True,
        populate_by_name=True,
        protected_namespaces=(),
    )

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return ((name, _HIDDEN) for name in sorted(self.model_fields_set))

    def __str__(self) -> str:
        return repr(self)


class UnknownVariant(PydanticBaseModel):
    """A union member that this version of the SDK does not know; every field of it is kept."""

    model_config = ConfigDict(
        defer_build=True, extra="allow", hide_input_in_errors=True, protected_namespaces=()
    )

    typename__: str = Field(validation_alias="__typename", serialization_alias="__typename")

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return (("typename__", self.typename__),)

    def __str__(self) -> str:
        return repr(self)


def to_wire(value: Any) -> Any:
    """Give a variable's JSON-ready form: models by their GraphQL names, without unset fields."""
    if isinstance(value, PydanticBaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [to_wire(item) for item in sequence(value)]
    return value

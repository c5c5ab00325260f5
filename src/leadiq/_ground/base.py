"""Ground of every generated model: tolerant when reading, strict when writing.

LeadIQ's schema grows without notice, and an answer may have been paid for: what this version
does not know must never make an answer unreadable. What a caller misspells must never be sent.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from .json import mapping, sequence
from .unset import UNSET, UnsetType

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["UNSET", "BaseModel", "InputModel", "UnknownVariant", "UnsetType", "to_wire"]


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

    def _repr_html_(self) -> str:
        """What a notebook shows: which members there are, and none of their values."""
        from .notebook import model_table

        return model_table(type(self).__name__, self)


_UNKNOWN: Final = "{name}: Extra inputs are not permitted{hint}"


class InputModel(PydanticBaseModel):
    """Base of everything that is sent to LeadIQ: a misspelt argument is a `ValidationError`.

    Only fields that were set are sent; `None` is sent as null. Validation errors leave the
    rejected value out of their text. Setting a field that live servers do not have warns.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        defer_build=True,
        extra="forbid",
        hide_input_in_errors=True,
        populate_by_name=True,
        protected_namespaces=(),
    )

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, given: Any) -> Any:
        """Name a member that the contract lacks, and the one that was probably meant."""
        fields, names = cls.model_fields, mapping(given).keys()
        if not names <= fields.keys():
            known = {*fields, *(str(field.validation_alias) for field in fields.values())}
            for name in sorted(names - known):
                from difflib import get_close_matches  # rarely needed, and a millisecond to import

                near = get_close_matches(name, fields, 1)
                hint = {"name": name, "hint": f"; did you mean {near[0]}?" if near else ""}
                raise PydanticCustomError("extra_forbidden", _UNKNOWN, hint)
        return given

    def model_post_init(self, context: Any, /) -> None:
        """Warn of deprecated fields where the model is made; pydantic does so where one is read."""
        kind = type(self)
        for name in sorted(self.model_fields_set):
            if reason := kind.model_fields[name].deprecation_message:
                text = f"{kind.__name__}.{name}: {reason}"
                warnings.warn(text, DeprecationWarning, stacklevel=3)

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

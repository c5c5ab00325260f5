"""Every model, input and enum of the LeadIQ contract.

    from leadiq.types import SearchPeopleInput, PersonRecord

Generated from `schema.graphql`; a module of the three behind it loads when a name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _generated

if TYPE_CHECKING:
    from ._generated import *  # noqa: F403
else:

    def __getattr__(name: str) -> object:
        return globals().setdefault(name, getattr(_generated, name))  # next time found at once

    def __dir__() -> list[str]:
        return _generated.__all__

    __all__ = _generated.__all__

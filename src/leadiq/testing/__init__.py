"""A test kit: your own code against a LeadIQ that costs nothing, and what it would have cost.

    from leadiq.testing import assert_no_personal_data, assert_spent, no_spend

The pytest plugin comes with the package: its fixtures `leadiq`, `leadiq_sandbox` and
`leadiq_prices` need no import. Everything loads when it is first used. All but scripts need the
extra: `pip install 'leadiq-sdk[sandbox]'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._personal import assert_no_personal_data
    from ._price_lock import PriceLock
    from ._recorder import Recorder, replay
    from ._sandbox import LocalSandbox
    from ._script import Script
    from ._spending import Spending, assert_spent, no_spend
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "LocalSandbox",
    "PriceLock",
    "Recorder",
    "Script",
    "Spending",
    "assert_no_personal_data",
    "assert_spent",
    "no_spend",
    "replay",
]

_MODULES = {
    "LocalSandbox": "_sandbox",
    "PriceLock": "_price_lock",
    "Recorder": "_recorder",
    "Script": "_script",
    "Spending": "_spending",
    "assert_no_personal_data": "_personal",
    "assert_spent": "_spending",
    "no_spend": "_spending",
    "replay": "_recorder",
}

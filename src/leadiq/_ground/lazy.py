"""Packages whose modules are imported when they are first used, so that importing stays cheap."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def modules_of(package: str) -> Callable[[str], object]:
    """Give the `__getattr__` of a package: `package.module` imports that module, once.

    Afterwards it is an attribute like any other. The function raises AttributeError for a name that
    is no module of the package.
    """

    def import_it(name: str) -> object:
        from importlib import import_module

        module = f"{package}.{name}"
        try:
            return import_module(module)
        except ModuleNotFoundError as missing:
            if missing.name != module:
                raise
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return import_it

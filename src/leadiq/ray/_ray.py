"""Ray, or the command that installs it; and the actors of a cluster."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from leadiq._core.errors import ConfigurationError

NAMESPACE: Final = "leadiq"


def ray_() -> Any:
    """Give the module, with Ray Data.

    Raises:
        ConfigurationError: it is not installed; nothing was sent.
    """
    try:
        import_module("ray.data")
        return import_module("ray")
    except ImportError:
        text = "a dataset of Ray needs Ray Data: pip install 'leadiq-sdk[ray]'"
        raise ConfigurationError(text, sent=False) from None


def actor(kind: type, *given: Any, **options: Any) -> Any:
    """Give the handle of an actor that needs no CPU, so that it can always be placed.

    A node that dies is no end of it: it begins anew on another one.
    """
    options = {"num_cpus": 0, "max_restarts": -1, "namespace": NAMESPACE, **options}
    return ray_().remote(kind).options(**options).remote(*given)

"""pyarrow, or the command that installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from leadiq._core.errors import ConfigurationError


def pyarrow() -> Any:
    """Give the module.

    Raises:
        ConfigurationError: it is not installed; nothing was sent.
    """
    try:
        return import_module("pyarrow")
    except ImportError:
        text = "Arrow batches need pyarrow: pip install 'leadiq-sdk[arrow]'"
        raise ConfigurationError(text, sent=False) from None

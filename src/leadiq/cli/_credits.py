"""The first request of a command, and what it finds out about the key and the server."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .._core.errors import AuthenticationError, ConfigurationError, TransportError
from ._problems import Problem, RefusedKey, Trouble

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def reaching() -> Generator[None]:
    """Say what keeps a command from reaching LeadIQ. Raises `Problem`."""
    try:
        yield
    except AuthenticationError as error:
        raise RefusedKey(f"LeadIQ refused the key: {error}") from None
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    except TransportError as error:
        raise Trouble(f"LeadIQ can't be reached: {error}") from None

"""A connection to Redis (extra `[redis]`) for what jobs share. It blocks."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .budget_rules import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    Script = Callable[[Sequence[str | bytes], Sequence[str | bytes | int | float]], Any]

TIMEOUT_S: Final = 2.0


class RedisLink:
    """A client of redis-py, and the failures that mean that the server did not do it.

    It is called in threads, so that it works on trio as well. Nothing is repeated by redis-py.

    Args:
        url: of the server, redis:// or rediss:// or unix://; it may hold a password.
        what: is kept there, for the texts of errors.

    Raises:
        ConfigurationError: without redis-py, or for a URL that is none of its.
    """

    def __init__(self, url: str, what: str) -> None:
        self._what = what
        redis = self._import("redis")
        never = self._import("redis.retry").Retry(self._import("redis.backoff").NoBackoff(), 0)
        self._failures = (self._import("redis.exceptions").RedisError, OSError)
        try:
            self.client: Any = redis.Redis.from_url(
                url, retry=never, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
            )
        except ValueError:  # its text is not repeated: the URL may hold a password
            text = f"the store of {what}: write redis://, rediss:// or unix://"
            raise ConfigurationError(text, sent=False) from None

    def script(self, text: str) -> Script:
        """Prepare a script in Lua."""
        script: Script = self.client.register_script(text)
        return script

    @contextmanager
    def reaching(self) -> Generator[None]:
        """Say of every failure that it is `Unreachable`."""
        try:
            yield
        except self._failures as error:
            # Not its text, which may name the server, the user or the command.
            raise Unreachable(type(error).__name__) from None

    def close(self) -> None:
        """Close the connections."""
        with self.reaching():
            self.client.close()

    def _import(self, name: str) -> Any:
        try:
            return import_module(name)
        except ImportError:
            text = f"{self._what} in Redis need redis-py: pip install 'leadiq-sdk[redis]'"
            raise ConfigurationError(text, sent=False) from None


def text_of(value: bytes | str) -> str:
    """Give what Redis answered as text."""
    return value.decode() if isinstance(value, bytes) else value

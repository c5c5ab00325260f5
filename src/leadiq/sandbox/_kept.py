"""The latest values that were worth keeping, by name."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Kept(Generic[T]):
    """Up to `size` values, those used longest ago dropped first. Thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._values)

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return the value of a name, made if it is not kept.

        Two callers may make it at once, and then share what the first one made. What `make` raises
        is not kept.
        """
        with self._lock:
            if name in self._values:
                self._values.move_to_end(name)
                return self._values[name]
        made = make()
        with self._lock:
            value = self._values.setdefault(name, made)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
            return value

"""The event loop of commands that send much, in a process that is theirs alone."""

from __future__ import annotations

import gc
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, TypeVar, TypeVarTuple

import anyio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

#: Answers hold no cycles: at the usual threshold a quarter of decoding goes to looking for some.
_MANY_OBJECTS: Final = 20_000


def run(main: Callable[[*Arguments], Awaitable[Result]], *arguments: *Arguments) -> Result:
    """Run a coroutine function to its end: on uvloop where it is installed (extra `[fast]`).

    Until then the garbage collector looks less often, and not at what was there before.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS, *before[1:])
    try:
        fast = {"use_uvloop": find_spec("uvloop") is not None}
        return anyio.run(main, *arguments, backend_options=fast)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()

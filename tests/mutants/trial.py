"""One mutant, one forked process: it puts the mutant in the module's place and runs the tests."""

from __future__ import annotations

import gc
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

TESTS = Path(__file__).parents[1]

_MEMORY_BYTES = 4 << 30  # a loop that grows a list must not take the machine with it
_NO_VERDICT = 70  # pytest has no such exit code
_OPTIONS = ["-x", "-q", "--no-header", "--tb=no", "--assert=plain", f"--rootdir={TESTS.parent}"]
_OPTIONS += ["-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:xdist"]


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from code of its own; what was imported of it before is to be forgotten."""

    def __init__(self, module: str, code: CodeType, path: str) -> None:
        self._module = module
        self._code = code
        self._path = path

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name != self._module:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102


def start(module: str, code: CodeType, path: Path, tests: Sequence[str], cpu_s: int) -> int:
    """Begin a trial; give the process, whose status tells how it ended.

    Args:
        module: full name of the module that the code takes the place of.
        code: what runs instead of it.
        path: where the module's source is.
        tests: files in tests/.
        cpu_s: seconds of processor time after which it ends by a signal; ten times as many on
            the clock, for what waits for ever.
    """
    pid = os.fork()
    if pid:
        return pid
    status = _NO_VERDICT
    try:
        _limit(cpu_s)
        if "MUTANTS_LOUD" not in os.environ:  # to look into a trial
            _hush()
        sys.meta_path.insert(0, Mutated(module, code, str(path)))
        status = int(pytest.main([*_OPTIONS, *(str(TESTS / test) for test in tests)]))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _limit(cpu_s: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(10 * cpu_s)


def _hush() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)


def forget(package: str) -> None:
    """Take a package out of memory, for the next import to load it anew."""
    for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
        del sys.modules[name]


def warm_up(module: str) -> None:
    """Load what a module builds upon, and not the module: trials that follow need not."""
    forget("leadiq")
    __import__(module)
    parent, _, name = module.rpartition(".")
    del sys.modules[module]
    delattr(sys.modules[parent], name)
    gc.freeze()  # pytest collects garbage twice in a trial: a third of its time with all of this

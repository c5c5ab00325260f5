"""Tries every mutant of a module, some at a time, and tells which ones no test saw."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import anyio.pytest_plugin  # noqa: F401 - these are loaded here once, and not in every trial
import httpx  # noqa: F401
import hypothesis.strategies  # noqa: F401
import pydantic  # noqa: F401
import pytest_asyncio.plugin  # noqa: F401
import pytest_httpx  # noqa: F401
import trio  # noqa: F401

from . import trial
from .source import Name, Source

PACKAGE = "leadiq"
SOURCES = trial.TESTS.parent / "src" / PACKAGE

_FAILED = (1, 2)  # of pytest: a test failed; a file of tests could not be imported


class Result(NamedTuple):
    """What became of a module's mutants."""

    mutants: int
    survived: list[Name]


class CannotJudgeError(Exception):
    """The tests do not run as they should without any mutant, or did not run at all."""


def try_all(module: str, tests: list[str], workers: int) -> Result:
    """Give every mutant of a module to the tests.

    Args:
        module: its name below the package.
        tests: files in tests/ that hold its rules.
        workers: how many trials run at a time.

    Raises:
        CannotJudgeError: when the tests fail on the module as it is, or there are none.
    """
    path = SOURCES.joinpath(*module.split(".")).with_suffix(".py")
    text = path.read_text(encoding="utf-8")
    source = Source(module, text)
    trial.warm_up(f"{PACKAGE}.{module}")
    cpu_s = _cpu_s_of_a_healthy_run(module, text, path, tests)

    def start(name: Name) -> int:
        code = source.compile(name, str(path))
        return trial.start(f"{PACKAGE}.{module}", code, path, tests, cpu_s)

    survived = list[Name]()
    running = dict[int, Name]()
    waiting: Iterator[Name] = iter(source.mutants)
    for name in waiting:
        running[start(name)] = name
        if len(running) == workers:
            survived += _reap(running)
    while running:
        survived += _reap(running)
    return Result(len(source.mutants), sorted(survived, key=list(source.mutants).index))


def _reap(running: dict[int, Name]) -> list[Name]:
    """Wait for one trial to end; give its mutant if it survived."""
    pid, status = os.wait()
    name = running.pop(pid)
    code = os.waitstatus_to_exitcode(status)
    if code > 0 and code not in _FAILED:
        raise CannotJudgeError(f"pytest ended with {code} for {name}")
    return [] if code else [name]  # by a signal: it used up its time


def _cpu_s_of_a_healthy_run(module: str, text: str, path: Path, tests: list[str]) -> int:
    code = compile(text, str(path), "exec")
    pid = trial.start(f"{PACKAGE}.{module}", code, path, tests, 120)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise CannotJudgeError(f"the tests of {module} do not pass, run them first")
    return 3 + 5 * int(used.ru_utime + used.ru_stime)

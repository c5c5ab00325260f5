"""As much of Ray as `leadiq.ray` uses, in this process: what it does not expect it refuses.

    from fake_ray import fake_ray  # noqa: F401 - the fixture

What a real cluster does is in tests/engines/test_cluster.py.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


def moved(value: Any) -> Any:
    """What arrives in another process."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


class RayError(Exception):
    """What Ray raises."""


class RayTaskError(RayError):
    """What a method of an actor has raised."""

    def __init__(self, cause: Exception) -> None:
        super().__init__("the whole traceback of the actor")
        self.cause = cause


class Ref:
    """What a remote call gives: it can be awaited."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work

    def value(self) -> Any:
        return self._work()

    def __await__(self) -> Generator[Any, Any, Any]:
        done = Future[Any]()
        try:
            done.set_result(self._work())
        except Exception as error:
            done.set_exception(error)
        return asyncio.wrap_future(done).__await__()


class Handle:
    """An actor, seen from elsewhere: what goes there and comes back is pickled."""

    def __init__(self, cluster: FakeRay, actor: Any) -> None:
        self._cluster = cluster
        self._actor = actor

    def __reduce__(self) -> Any:
        return _same, (id(self),)

    def __getattr__(self, method: str) -> Any:
        if method.startswith("_"):
            raise AttributeError(method)
        call = getattr(self._actor, method)

        def work(given: Any) -> Any:
            if self._cluster.failures:
                raise self._cluster.failures.pop(0)
            try:
                return moved(call(*given))
            except Exception as error:
                raise RayTaskError(error) from error

        return SimpleNamespace(remote=lambda *given: Ref(lambda: work(moved(given))))


_HANDLES: dict[int, Handle] = {}


def _same(number: int) -> Handle:
    return _HANDLES[number]


@dataclass
class Dataset:
    """Blocks of rows, and what is to be done with them."""

    blocks: list[Any]
    mapped: tuple[type, dict[str, Any]] | None = None

    def schema(self) -> Any:
        return self.blocks[0].schema if self.blocks else None

    def map_batches(self, worker: type, **options: Any) -> Dataset:
        return Dataset(self.blocks, (worker, options))


@dataclass
class FakeRay:
    """A cluster.

    Attributes:
        running: whether `ray.init` was called.
        actors: the options of each actor that was made.
        failures: what the next calls of actors raise.
    """

    running: bool = True
    actors: list[dict[str, Any]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    _named: dict[str, Handle] = field(default_factory=dict)

    def remote(self, kind: type) -> Any:
        def options(**given: Any) -> Any:
            return SimpleNamespace(remote=lambda *args: self._made(kind, args, given))

        return SimpleNamespace(options=options)

    def _made(self, kind: type, args: tuple[Any, ...], given: dict[str, Any]) -> Handle:
        name = given.get("name", "")
        if given.get("get_if_exists") and name in self._named:
            return self._named[name]
        self.actors.append(given)
        handle = Handle(self, kind(*moved(args)))
        _HANDLES[id(handle)] = handle
        if name:
            self._named[name] = handle
        return handle

    def lose(self, name: str) -> None:
        """Take an actor away."""
        del self._named[name]

    @staticmethod
    def get(ref: Ref, *, timeout: float) -> Any:
        assert timeout > 0
        return ref.value()

    @property
    def modules(self) -> dict[str, ModuleType]:
        here = SimpleNamespace(get_node_id=lambda: "this-node")

        def affinity(node: str, *, soft: bool) -> tuple[str, bool]:
            return node, soft

        def strategy(**sizes: int) -> dict[str, int]:
            return sizes

        ray, data = ModuleType("ray"), ModuleType("ray.data")
        data.__dict__.update(Dataset=Dataset, ActorPoolStrategy=strategy)
        schedule = SimpleNamespace(NodeAffinitySchedulingStrategy=affinity)
        ray.__dict__.update(
            data=data,
            exceptions=SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError),
            get=self.get,
            get_runtime_context=lambda: here,
            is_initialized=lambda: self.running,
            remote=self.remote,
            util=SimpleNamespace(scheduling_strategies=schedule),
        )
        return {"ray": ray, "ray.data": data}


@pytest.fixture
def fake_ray(monkeypatch: pytest.MonkeyPatch) -> FakeRay:
    """A cluster that runs."""
    cluster = FakeRay()
    for name, module in cluster.modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    return cluster

"""What a team has written: one state for all the keys of that team, in memory."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from leadiq.sandbox._feedback import Feedback
from leadiq.sandbox._imports import Imports
from leadiq.sandbox._lists import Lists
from leadiq.sandbox._research import Research
from leadiq.sandbox._tasks import Tasks
from leadiq.sandbox._tracked_companies import TrackedCompanies

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._dates import Moments
    from leadiq.sandbox._job_changes import JobChanges, Pay
    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._movers import Movers
    from leadiq.sandbox._settings import SandboxSettings
    from leadiq.sandbox._world import World


class TeamState:
    """The state of one team. Whoever writes holds `lock`."""

    def __init__(
        self,
        name: str,
        settings: SandboxSettings,
        moments: Moments,
        world: World,
        lookup: Lookup,
        changes: JobChanges,
        movers: Movers,
    ) -> None:
        self.name = name
        self.lock = Lock()
        self.lists = Lists(name, world, lookup)
        self.companies = TrackedCompanies(name)
        self.tasks = Tasks(name, changes, moments, settings)
        self.imports = Imports(name, movers, moments, settings)
        self.research = Research(lookup, settings.regenerate_s)
        self.feedback = Feedback(name)

    def settle(self, pay: Pay) -> None:
        """Charge what tracking has unlocked since the last call."""
        self.tasks.settle(pay)
        self.imports.settle(pay)


class TeamStates:
    """The states of a sandbox's teams, each made when its first key asks. Thread-safe."""

    def __init__(self, make: Callable[[str], TeamState]) -> None:
        self._make = make
        self._teams: dict[str, TeamState] = {}
        self._lock = Lock()

    def of(self, name: str) -> TeamState:
        """Return the state of a team by name."""
        with self._lock:
            if name not in self._teams:
                self._teams[name] = self._make(name)
            return self._teams[name]

    def reset(self) -> None:
        """Forget what every team has written."""
        with self._lock:
            self._teams.clear()

"""Where journals are kept: one directory, one file for each job.

`LEADIQ_STATE` names the directory; otherwise it is where the system keeps the state of programs:
`$XDG_STATE_HOME/leadiq`, `~/.local/state/leadiq`, or `%LOCALAPPDATA%\\leadiq`.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from .._core.errors import ConfigurationError
from .catalog import look
from .journal import Journal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .journal import Head

_SUFFIX: Final = ".job"


class Store:
    """The journals of one directory, which comes into being with the first of them.

    Args:
        directory: readable for its owner alone when it is made.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @classmethod
    def default(cls, environment: Mapping[str, str] = os.environ) -> Store:
        """Give the store of this user."""
        if given := environment.get("LEADIQ_STATE"):
            return cls(Path(given).expanduser())
        if sys.platform == "win32":  # pragma: no cover - a place of another system
            return cls(Path(environment["LOCALAPPDATA"]) / "leadiq")
        state = environment.get("XDG_STATE_HOME") or "~/.local/state"
        return cls(Path(state).expanduser() / "leadiq")

    def paths(self) -> list[Path]:
        """List the files of all jobs, the oldest first."""
        return sorted(self.directory.glob(f"*{_SUFFIX}"))

    def prepare(self) -> None:
        """Make the directory if there is none.

        Raises:
            ConfigurationError: it cannot be made.
        """
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            text = f"cannot make {self.directory}: {error.strerror} (LEADIQ_STATE names another)"
            raise ConfigurationError(text, sent=False) from None

    def path_of(self, job: str) -> Path:
        """Give the file of a job by its id, whether or not there is one."""
        return self.directory / f"{job}{_SUFFIX}"

    def create(self, head: Head, path: Path | None = None) -> Journal:
        """Begin a job; without a path its file is named by the time.

        Raises:
            ConfigurationError: there is no writing there.
        """
        self.prepare()
        began = datetime.fromtimestamp(head.began, UTC)
        named = self.path_of(f"{began:%Y%m%d-%H%M%S-%f}-{token_hex(2)}")
        return Journal.create(path or named, head)

    def unfinished(self, head: Head) -> Path | None:
        """Find the newest job with this head that has not ended; what is unreadable is none."""
        for path in reversed(self.paths()):
            job = look(path)
            if job and job.seen and job.seen.head.same_job(head) and not job.seen.ended:
                return path
        return None

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
from .journal import Journal, glance

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

    def create(self, head: Head) -> Journal:
        """Begin a job.

        Raises:
            ConfigurationError: there is no writing there.
        """
        self.prepare()
        began = datetime.fromtimestamp(head.began, UTC)
        return Journal.create(
            self.directory / f"{began:%Y%m%d-%H%M%S-%f}-{token_hex(2)}{_SUFFIX}", head
        )

    def unfinished(self, head: Head) -> Path | None:
        """Find the newest job with this head that has not ended."""
        for path in reversed(self.paths()):
            seen = glance(path)
            if seen.head.same_job(head) and not seen.ended:
                return path
        return None

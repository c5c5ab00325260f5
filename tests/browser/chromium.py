"""A headless Chromium in a process of its own, with a profile that is thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from .page import Page
from .pipe import Pipe

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # of Chromium: it refuses to start as root with it; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en-GB",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# Chromium reads from 3 and writes to 4; the ends we made may stand there themselves.
LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_PATIENCE_S = 20.0


def installed() -> str | None:
    """Where Chromium is, if it is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """A browser while its `with` block runs. For one thread."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._profile = Path(tempfile.mkdtemp(prefix="leadiq-chromium-"))

    def __enter__(self) -> Self:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        launch = [sys.executable, "-c", LAUNCH, str(theirs_in), str(theirs_out)]
        profile = f"--user-data-dir={self._profile}"
        # Its own HOME: Chromium keeps crash reports and settings of the desktop beside the profile.
        self._process = subprocess.Popen(
            [*launch, self._program, *OPTIONS, profile],
            pass_fds=(theirs_in, theirs_out),
            env={**os.environ, "HOME": str(self._profile), "XDG_CONFIG_HOME": str(self._profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._pipe = Pipe(ours_in, ours_out)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._pipe.call("Browser.close")
            self._process.wait(_PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait()
            self._pipe.close()
            shutil.rmtree(self._profile, ignore_errors=True)

    def page(self) -> Page:
        """A blank page that shares cookies and storage with no other."""
        context = self._pipe.call("Target.createBrowserContext")["browserContextId"]
        return Page(self._pipe, context)

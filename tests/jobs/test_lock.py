"""One writer for a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from leadiq import ConfigurationError
from leadiq._jobs.lock import Lock, is_held

HOLD = """
import sys, pathlib
from leadiq._jobs.lock import Lock
lock = Lock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    """Two writers in one process exclude each other too."""
    lock = Lock(tmp_path / "a.job")
    with pytest.raises(ConfigurationError, match=r"another process writes to a\.job"):
        Lock(tmp_path / "a.job")
    Lock(tmp_path / "b.job").release()
    lock.release()
    Lock(tmp_path / "a.job").release()


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    """The lock ends with the process, however that ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "a.job")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConfigurationError):
            Lock(tmp_path / "a.job")
        holder.kill()
        holder.wait()
    Lock(tmp_path / "a.job").release()


def test_two_who_look_do_not_take_each_other_for_writers(tmp_path: Path) -> None:
    """Looking is shared; only a writer is seen, and one who looks keeps no writer out for long."""
    fcntl = pytest.importorskip("fcntl")
    lock = Lock(tmp_path / "a.job")
    assert is_held(tmp_path / "a.job")
    lock.release()
    with (tmp_path / "a.job.lock").open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not is_held(tmp_path / "a.job")
    Lock(tmp_path / "a.job").release()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A directory that is not there is refused with its name."""
    with pytest.raises(ConfigurationError, match=r"cannot write to .*nowhere: No such"):
        Lock(tmp_path / "nowhere" / "a.job")

"""The rules of targets: refused before anything is paid, whole when they have their name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from leadiq import ConfigurationError
from leadiq._files.targets import Target, parts_of, require_writable

if TYPE_CHECKING:
    from pathlib import Path


def refused(target: object, *, source: object = "-", force: bool = False) -> str:
    """Return why a target is refused."""
    with pytest.raises(ConfigurationError) as problem:
        require_writable(str(target), source=str(source), force=force)
    assert not problem.value.sent
    return str(problem.value)


def test_a_target_is_checked_before_anything_is_paid(tmp_path: Path) -> None:
    """What can't or shouldn't be written is refused by name."""
    source, exists = tmp_path / "in.csv", tmp_path / "out.csv"
    source.touch()
    exists.touch()
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert "is a directory: end it with /" in refused(tmp_path)
    assert "directory of" in refused(tmp_path / "no" / "out.csv")
    assert "would overwrite the input" in refused(source, source=source, force=True)
    assert "would overwrite the input" in refused(tmp_path / "link", source=source, force=True)
    assert "overwrite it with --force" in refused(exists)
    assert "no regular file" in refused(os.devnull, force=True)
    assert "OUT is empty" in refused("")
    assert "File name too long" in refused(tmp_path / ("x" * 300))
    assert "cannot write" in refused(f"{tmp_path}/x\0.csv")
    assert "cannot write" in refused(tmp_path / "circle")
    require_writable(str(exists), source=str(source), force=True)
    require_writable(str(tmp_path / "new.csv"), source="-", force=False)
    require_writable(str(exists), source=str(tmp_path / "nowhere"), force=True)
    require_writable(str(exists), source="x" * 300, force=True)
    require_writable("-", source="-", force=False)


def test_a_directory_is_checked_too(tmp_path: Path) -> None:
    """It takes parts alone, and nothing of anybody else's is in danger."""
    out = tmp_path / "out"
    require_writable(f"{out}/", source="-", force=False)
    assert "the directory of" in refused(f"{out}/in/")
    out.mkdir()
    require_writable(f"{out}/", source="-", force=False)
    (out / ".part-00001.parquet.0123.partial").touch()
    require_writable(f"{out}/", source="-", force=False)
    part = out / "part-00000.parquet"
    part.touch()
    assert "has parts already" in refused(f"{out}/")
    require_writable(f"{out}/", source="-", force=True)
    require_writable(f"{out}/", source=str(tmp_path / "in.csv"), force=True)
    assert "would overwrite the input" in refused(f"{out}/", source=part, force=True)
    (out / "part-0.parquet").touch()
    assert "holds other files" in refused(f"{out}/", force=True)
    (tmp_path / "file").touch()
    assert "is a file" in refused(f"{tmp_path}/file/", force=True)


def test_parts_are_known_by_their_names(tmp_path: Path) -> None:
    """A number of five digits, or more where it takes them."""
    for name in ("part-00007.parquet", "part-100000.parquet", "part-7.parquet", "x.parquet"):
        (tmp_path / name).touch()
    assert parts_of(tmp_path) == {
        7: tmp_path / "part-00007.parquet",
        100_000: tmp_path / "part-100000.parquet",
    }


def test_a_directory_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """When the partial file can't be made, nothing was paid, and one sentence says so."""
    with pytest.raises(ConfigurationError, match=r"cannot write beside .*: File name too long"):
        Target(str(tmp_path / ("x" * 250)), force=False)


def test_what_is_dropped_is_gone_or_kept(tmp_path: Path) -> None:
    """Before it has its name it can be given up; after that there is nothing to give up."""
    for keep in (False, True):
        target = Target(str(tmp_path / "out"), force=False)
        partial = target.partial
        assert partial is not None
        assert partial.parent == tmp_path
        assert target.drop(keep=keep) == (partial if keep else None)
        assert partial.exists() is keep
        assert target.file.closed
    target = Target(str(tmp_path / "out"), force=False)
    target.put()
    assert target.drop(keep=True) is None
    assert (tmp_path / "out").exists()

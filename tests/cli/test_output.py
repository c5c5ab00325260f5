"""The rules of writing: whole or not at all, never over what is dear, and as the input was."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq.cli._formulas import defused
from leadiq.cli._output import Output, require_writable
from leadiq.cli._problems import Problem, Trouble
from leadiq.cli._tables import Dialect

UNIX = Dialect(",", "\n")


def partials(directory: Path) -> list[Path]:
    """Return the partial files in a directory."""
    return list(directory.glob(".*.partial"))


def test_the_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    """Until commit there is only a hidden partial file beside the target, then only the target."""
    target = tmp_path / "out.csv"
    with Output(str(target), UNIX, force=False) as output:
        output.write_row(["a", "b"])
        assert not target.exists()
        (partial,) = partials(tmp_path)
        assert partial.name.startswith(".out.csv.")
        output.commit()
        assert target.read_text() == "a,b\n"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut never leaves the name with half a file behind it."""
    target, written = tmp_path / "out.csv", list[bytes]()

    def fsync(_: int) -> None:
        (partial,) = partials(tmp_path)
        written.append(partial.read_bytes())
        assert not target.exists()

    monkeypatch.setattr(os, "fsync", fsync)
    with Output(str(target), UNIX, force=False) as output:
        output.write_row(["a", "b"])
        output.commit()
    assert written == [b"a,b\n"]


def test_every_row_is_in_the_partial_file_at_once(tmp_path: Path) -> None:
    """A process that is killed loses no row that was written."""
    with Output(str(tmp_path / "out.csv"), UNIX, force=False) as output:
        (partial,) = partials(tmp_path)
        for count in (1, 2):
            output.write_row(["paid"])
            assert partial.read_text() == "paid\n" * count


def test_a_defect_tells_where_what_is_precious_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that nobody expected leaves the paid rows, and the last word is where they are."""

    def defect() -> None:
        with Output(str(tmp_path / "out.csv"), UNIX, force=False) as output:
            output.write_row(["paid"])
            output.precious = True
            raise KeyError

    with pytest.raises(KeyError):
        defect()
    (partial,) = partials(tmp_path)
    assert capsys.readouterr().err == f"leadiq: what was paid for is kept in {partial}\n"


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    """Without commit nothing stays."""
    with Output(str(tmp_path / "out.csv"), UNIX, force=False) as output:
        output.write_row(["a"])
    assert list(tmp_path.iterdir()) == []


def test_the_dialect_is_the_inputs(tmp_path: Path) -> None:
    """Delimiter, line end and byte order mark are kept; cells that run are quoted."""
    target = tmp_path / "out.csv"
    with Output(str(target), Dialect(";", "\r\n", has_bom=True), force=False) as output:
        output.write_row(["a;b", "=1+1", "c,d"])
        output.commit()
    assert target.read_bytes() == b'\xef\xbb\xbf"a;b";\'=1+1;c,d\r\n'


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=2),
        max_size=4,
    ),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_cell_survives(
    rows: list[list[str]], line_end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is in a cell, line breaks of every kind too, is read back as it was written."""
    target = tmp_path_factory.mktemp("out") / "out.csv"
    with Output(str(target), Dialect(",", line_end), force=False) as output:
        for row in rows:
            output.write_row(row)
        output.commit()
    with target.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, strict=True)) == [[*map(defused, row)] for row in rows]


def test_a_target_is_checked_before_anything_is_paid(tmp_path: Path) -> None:
    """What can't or shouldn't be written is refused by name."""
    source, exists = tmp_path / "in.csv", tmp_path / "out.csv"
    source.touch()
    exists.touch()
    (tmp_path / "link").symlink_to(source)

    def refused(target: object, *, force: bool = False) -> str:
        with pytest.raises(Problem) as problem:
            require_writable(str(target), source=str(source), force=force)
        return str(problem.value)

    assert "is a directory" in refused(tmp_path)
    assert "directory of" in refused(tmp_path / "no" / "out.csv")
    assert "would overwrite the input" in refused(source, force=True)
    assert "would overwrite the input" in refused(tmp_path / "link", force=True)
    assert "overwrite it with --force" in refused(exists)
    assert "no regular file" in refused(os.devnull, force=True)
    assert "OUT is empty" in refused("")
    assert "File name too long" in refused(tmp_path / ("x" * 300))
    assert "cannot write" in refused(f"{tmp_path}/x\0.csv")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert "cannot write" in refused(tmp_path / "circle")
    require_writable(str(exists), source=str(source), force=True)
    require_writable(str(tmp_path / "new.csv"), source="-", force=False)
    require_writable(str(exists), source=str(tmp_path / "nowhere"), force=True)
    require_writable(str(exists), source="x" * 300, force=True)
    require_writable("-", source="-", force=False)


def test_force_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    """The old content goes in one step; who may read the file doesn't change."""
    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o640)
    with Output(str(target), UNIX, force=True) as output:
        output.write_row(["new"])
        assert target.read_text() == "old"
        output.commit()
    assert target.read_text() == "new\n"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a symbolic link writes to the file that it leads to."""
    (tmp_path / "link").symlink_to(tmp_path / "out.csv")
    with Output(str(tmp_path / "link"), UNIX, force=False) as output:
        output.commit()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out.csv").exists()


def test_what_is_precious_is_kept(tmp_path: Path) -> None:
    """When a paid result can't get its name, the partial file stays and the error tells where."""
    target = tmp_path / "out.csv"
    with Output(str(target), UNIX, force=False) as output:
        output.write_row(["paid"])
        output.precious = True
        target.write_text("somebody else's")
        with pytest.raises(Trouble, match=r"meanwhile; what was paid for is kept in .*partial"):
            output.commit()
    assert target.read_text() == "somebody else's"
    (partial,) = partials(tmp_path)
    assert partial.read_text() == "paid\n"


@pytest.mark.parametrize("precious", [False, True])
@pytest.mark.parametrize("cells", [["x" * 100_000], ["x"]])
def test_a_full_disk_is_told(tmp_path: Path, cells: list[str], precious: bool) -> None:
    """A write that fails ends in one sentence, which names the partial file if it is dear."""

    def write(output: Output) -> None:
        output.write_row(cells)
        output.commit()

    with Output(str(tmp_path / "out.csv"), UNIX, force=False) as output:
        output.precious = precious
        output._file.close()
        output._file = io.TextIOWrapper(Path("/dev/full").open("wb"))  # noqa: SIM115
        with pytest.raises(Trouble, match=r"cannot write out\.csv: No space left") as trouble:
            write(output)
    assert ("is kept in" in str(trouble.value)) is precious
    assert len(partials(tmp_path)) == precious


def test_a_directory_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """When the partial file can't be made, nothing was paid, and one sentence says so."""
    with pytest.raises(Problem, match=r"cannot write beside .*: File name too long") as refused:
        Output(str(tmp_path / ("x" * 250)), UNIX, force=False)
    assert refused.value.exit_code == 2


def test_standard_output_gets_the_whole_at_the_end(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """- is standard output; nothing reaches it before commit."""
    with Output("-", Dialect(",", "\n", has_bom=True), force=False) as output:
        output.write_row(["a", "\u00f6"])
        assert capfdbinary.readouterr().out == b""
        output.commit()
    assert capfdbinary.readouterr().out == b"\xef\xbb\xbfa,\xc3\xb6\n"
    with Output("-", UNIX, force=False) as output:
        output.write_row(["never"])
    assert capfdbinary.readouterr().out == b""


@pytest.mark.parametrize("precious", [False, True])
def test_a_reader_that_has_gone_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, precious: bool
) -> None:
    """A closed pipe on standard output is one sentence; what is dear stays, for its owner alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(_Closed()))

    def write() -> None:
        with Output("-", UNIX, force=False) as output:
            output.write_row(["paid"])
            output.precious = precious
            output.commit()

    with pytest.raises(Trouble, match="cannot write the output: Broken pipe") as trouble:
        write()
    assert ("what was paid for is kept in" in str(trouble.value)) is precious
    kept = list(tmp_path.iterdir())
    assert [path.read_text() for path in kept] == ["paid\n"] * precious
    assert {path.stat().st_mode & 0o777 for path in kept} <= {0o600}


class _Closed(io.BytesIO):
    def flush(self) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    def close(self) -> None:
        """Nothing to give back."""

"""The rules of parts: each is whole when it appears, and a settled one is written once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from leadiq import ConfigurationError
from leadiq._files import parts_sink
from leadiq._files.parts_sink import PartsSink
from leadiq._files.problems import OutputError
from leadiq._files.records import Record

if TYPE_CHECKING:
    from collections.abc import Collection


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are a part."""
    monkeypatch.setattr(parts_sink, "PART_ROWS", 3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The directory."""
    return tmp_path / "out"


def write(out: Path, rows: int, *, job: str = "job", own: str = "", unsettled: Collection[int] = (),
          commit: bool = True) -> PartsSink:  # fmt: skip
    """Write rows 0, 1 and so on, with one column of one's own; some are not settled."""
    with PartsSink(f"{out}/", ["a", "own"], job=job) as sink:
        for at in range(rows):
            sink.write(Record(at + 1, [str(at)]), [own], settled=at not in unsettled)
        if commit:
            sink.commit()
    return sink


def rows_of(out: Path) -> dict[str, list[tuple[str, str]]]:
    """Return what is in each file of the directory."""
    tables = {path.name: pq.read_table(path).to_pylist() for path in sorted(out.iterdir())}
    return {name: [(row["a"], row["own"]) for row in rows] for name, rows in tables.items()}


def test_rows_become_parts(out: Path) -> None:
    """All but the last have the same number of rows; no other file is there."""
    write(out, 7, own="x")
    assert rows_of(out) == {
        "part-00000.parquet": [("0", "x"), ("1", "x"), ("2", "x")],
        "part-00001.parquet": [("3", "x"), ("4", "x"), ("5", "x")],
        "part-00002.parquet": [("6", "x")],
    }


def test_no_rows_are_one_part(out: Path) -> None:
    """It has the columns, which a reader of the directory needs."""
    write(out, 0)
    assert rows_of(out) == {"part-00000.parquet": []}
    write(out, 6, job="other")
    assert [*rows_of(out)] == ["part-00000.parquet", "part-00001.parquet"]


def test_what_is_cut_short_leaves_whole_parts(out: Path) -> None:
    """Of the rest nothing is left; and without any, no directory."""
    write(out, 5, commit=False)
    assert [*rows_of(out)] == ["part-00000.parquet"]
    write(out.with_name("none"), 2, commit=False)
    assert not out.with_name("none").exists()


def test_settled_parts_of_the_job_are_kept(out: Path) -> None:
    """A part with a row that is not settled is written anew, and so is one of another job."""
    write(out, 8, own="first", unsettled=[4])
    inodes = {path.name: path.stat().st_ino for path in out.iterdir()}
    write(out, 8, own="second")
    owns = [{own for _, own in rows} for rows in rows_of(out).values()]
    assert owns == [{"first"}, {"second"}, {"first"}]
    assert (out / "part-00000.parquet").stat().st_ino == inodes["part-00000.parquet"]
    for job in ("other", ""):
        write(out, 8, own="third" + job, job=job)
        assert {own for rows in rows_of(out).values() for _, own in rows} == {"third" + job}
    write(out, 8, own="fourth", job="")
    assert {own for rows in rows_of(out).values() for _, own in rows} == {"fourth"}


def test_a_part_with_other_columns_is_not_kept(out: Path) -> None:
    """A job that goes on with --with-receipts has the same columns in every part."""
    write(out, 3)
    with PartsSink(f"{out}/", ["a", "own", "more"], job="job") as sink:
        for at in range(6):
            sink.write(Record(at + 1, [str(at)]), ["x", "y"])
        sink.commit()
    assert all(pq.read_schema(path).names == ["a", "own", "more"] for path in out.iterdir())


def test_what_is_left_of_a_longer_output_goes(out: Path) -> None:
    """When the new one is whole, and not before."""
    write(out, 9, own="old")
    write(out, 4, own="new", job="other", commit=False)
    assert len(rows_of(out)) == 3
    write(out, 4, own="new", job="other")
    assert [*rows_of(out)] == ["part-00000.parquet", "part-00001.parquet"]


def test_a_damaged_part_is_no_settled_one(out: Path) -> None:
    """It is written anew, like one that is not of ours."""
    write(out, 3, own="old")
    (out / "part-00000.parquet").write_bytes(b"PAR1")
    write(out, 3, own="new")
    assert rows_of(out)["part-00000.parquet"][0] == ("0", "new")
    pq.write_table(pq.read_table(out / "part-00000.parquet"), out / "part-00000.parquet")
    write(out, 3, own="newer")
    assert rows_of(out)["part-00000.parquet"][0] == ("0", "newer")


def test_parts_of_a_job_are_the_same_each_time(out: Path) -> None:
    """However it came to its end: at once, or in two runs."""
    write(out, 7, own="x")
    other = out.with_name("other")
    write(other, 7, own="x", unsettled=[6])
    write(other, 5, own="x", commit=False)
    write(other, 7, own="x")
    for path in out.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Nothing was paid then."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"^cannot make the directory .*: File exists"):
        PartsSink(f"{tmp_path}/file/", ["a"], job="")


@pytest.mark.parametrize("rows", [2, 4])
def test_a_full_disk_is_told(out: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """When a part is begun, ended or put in place; nothing of that part is left."""

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts_sink.Target, "put", full)
    with pytest.raises(OutputError, match=rf"^cannot write to {out}: No space left on device"):
        write(out, rows)
    assert not out.exists()


def test_giving_up_on_a_full_disk_hides_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error that ended the job is the one that is seen."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts_sink.RowGroups, "close", full)
    sink = PartsSink(f"{out}/", ["a"], job="")

    def failing() -> None:
        with sink:
            sink.write(Record(1, ["x"]), [])
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert not out.exists()

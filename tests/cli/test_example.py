"""The rules of the example file: it is the one that its script writes, and it is messy."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_script_writes_the_file_that_is_there(tmp_path: Path) -> None:
    """Running the script again gives the same bytes."""
    spec = importlib.util.spec_from_file_location("make_leads", EXAMPLES / "make_leads.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path / "leads.csv")
    assert (tmp_path / "leads.csv").read_bytes() == (EXAMPLES / "leads.csv").read_bytes()


def test_everybody_in_it_is_synthetic() -> None:
    """Every address is of an example domain, every number of the 555 range."""
    with (EXAMPLES / "leads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            email = row["Work Email"].strip("\u200b\u00a0 ").casefold()
            assert email in ("", "n/a") or email.endswith((".example.com", "example.org"))
            assert row["Phone"] == "" or "555" in row["Phone"]
            assert row["crm_id"].startswith("000")

"""The rules of lazy packages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leadiq import _engine
from leadiq._ground.lazy import modules_of


def test_a_module_is_imported_when_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`package.module` imports it once; then it is an attribute like any other."""
    (tmp_path / "ground_lazy_shelf").mkdir()
    (tmp_path / "ground_lazy_shelf/__init__.py").write_text(
        "from leadiq._ground.lazy import modules_of\n__getattr__ = modules_of(__name__)\n"
    )
    (tmp_path / "ground_lazy_shelf/book.py").write_text("pages = 3\n")
    (tmp_path / "ground_lazy_shelf/torn.py").write_text("import ground_lazy_nowhere\n")
    monkeypatch.syspath_prepend(tmp_path)
    shelf = __import__("ground_lazy_shelf")
    assert "ground_lazy_shelf.book" not in sys.modules
    assert shelf.book.pages == 3
    assert shelf.__dict__["book"] is sys.modules["ground_lazy_shelf.book"]
    with pytest.raises(ModuleNotFoundError, match="ground_lazy_nowhere"):
        shelf.torn  # what a module misses is not taken for a module that is missing


def test_a_name_that_is_no_module_is_no_attribute() -> None:
    """`hasattr` and misspellings behave as with any package."""
    assert not hasattr(_engine, "no_such_module")
    with pytest.raises(AttributeError, match=r"'leadiq\._engine' has no attribute 'lookup'"):
        modules_of("leadiq._engine")("lookup")

"""What is public, and what is said where the extra is missing."""

from __future__ import annotations

import sys

import pytest


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it imported anew."""
    for name in [name for name in sys.modules if name.startswith("leadiq.fastapi")]:
        monkeypatch.delitem(sys.modules, name)


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FastAPI the import says what to install."""
    forget(monkeypatch)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(ImportError, match=r"pip install 'leadiq-sdk\[fastapi\]'"):
        import leadiq.fastapi  # noqa: F401


def test_a_defect_of_ours_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else cannot be imported says so itself."""
    forget(monkeypatch)
    monkeypatch.setitem(sys.modules, "leadiq.fastapi._problems", None)
    with pytest.raises(ImportError, match=r"leadiq\.fastapi\._problems"):
        import leadiq.fastapi  # noqa: F401


def test_the_public_names_are_sorted_and_there() -> None:
    """Everything in `__all__` can be had."""
    import leadiq.fastapi as module

    assert sorted(module.__all__) == module.__all__
    assert all(getattr(module, name) for name in module.__all__)

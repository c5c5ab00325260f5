"""leadiq.testing._extra: without the extra, nothing is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadiq.testing import PriceLock, Recorder, _extra


def test_without_the_extra_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording that could not be written is refused before it is paid for."""
    monkeypatch.setattr(_extra, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match="pip install 'leadiq-sdk"):
        Recorder(tmp_path / "run.json").__enter__()
    with pytest.raises(ImportError, match="pip install 'leadiq-sdk"):
        PriceLock(tmp_path / "lock.json").document("who", "{ account { plans { name } } }")
    assert not (tmp_path / "run.json").exists()

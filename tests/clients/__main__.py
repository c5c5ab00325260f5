"""Runs every client; one that is missing is a failure here.

python -m clients     with `tests` on the path
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from .flow import ALL

if __name__ == "__main__":
    os.environ[ALL] = "1"
    sys.exit(pytest.main([str(Path(__file__).parent), "-v"]))

"""`leadiq` on a disk with little room: `python -m outages.child PAGES WORD...`.

SQLite refuses a page more than PAGES to the journal, with the error of a full disk.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any
from unittest.mock import patch

from leadiq.cli import main

_connect = sqlite3.connect


def connect(path: Any, **settings: Any) -> sqlite3.Connection:
    """Open a database that may grow to PAGES, if it is a journal."""
    database = _connect(path, **settings)
    if str(path).endswith(".job"):
        database.execute(f"pragma max_page_count = {int(sys.argv[1])}")
    return database


if __name__ == "__main__":
    with patch.object(sqlite3, "connect", connect):
        sys.exit(main(sys.argv[2:]))

"""The client that stock ariadne-codegen makes of the same schema and documents."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

GENERATOR: Final = Path(".venv-codegen/bin/ariadne-codegen")
TARGET: Final = Path("build/stock")
CONFIG: Final = """\
[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "queries"
target_package_name = "stock_client"
target_package_path = "build/stock"
default_optional_fields_to_none = true
show_deprecation_warnings = false
"""


@cache
def make() -> None:
    """Generate the stock client, once in a process.

    Raises:
        FileNotFoundError: there is no environment of the generator; `make generate` makes it.
    """
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    config = TARGET / "stock.toml"
    config.write_text(CONFIG)
    subprocess.run([GENERATOR, "--config", config], check=True, stdout=subprocess.DEVNULL)


def load() -> Any:
    """Import the client that was generated."""
    if str(TARGET) not in sys.path:
        sys.path.insert(0, str(TARGET))
    return importlib.import_module("stock_client")

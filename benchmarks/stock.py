"""The client that stock ariadne-codegen makes of the same schema and documents."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

CONFIG = """\
[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "queries"
target_package_name = "stock_client"
target_package_path = "build/stock"
default_optional_fields_to_none = true
show_deprecation_warnings = false
"""


def load(generator: Path) -> ModuleType:
    """Generate the stock client with the given `ariadne-codegen`, and import it."""
    target = Path("build/stock")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    config = target / "stock.toml"
    config.write_text(CONFIG)
    subprocess.run([generator, "--config", config], check=True, stdout=subprocess.DEVNULL)
    sys.path.insert(0, str(target))
    return importlib.import_module("stock_client")

"""How the documentation is built: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from leadiq._version import __version__

project = "leadiq-sdk"
author = "The leadiq-sdk authors"
release = version = __version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "leadiq_docs",
]
exclude_patterns = ["site"]
smartquotes = False  # options have two dashes
source_suffix = {".md": "markdown"}

myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "fieldlist"]

# Docstrings are written with Markdown's `code`; a name of the package becomes a link.
default_role = "word"
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_mock_imports = ["pyspark", "ray"]
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = "leadiq-sdk"
html_static_path = ["static"]
html_extra_path = ["../llms.txt"]
html_css_files = ["leadiq.css"]
html_favicon = "static/mark.svg"
html_logo = "static/mark.svg"
html_sourcelink_suffix = ""
html_show_sphinx = False
html_copy_source = True
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#0b6e63", "color-brand-content": "#0b6e63"},
    "dark_css_variables": {"color-brand-primary": "#4fc3b2", "color-brand-content": "#4fc3b2"},
}
toc_object_entries_show_parents = "hide"
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

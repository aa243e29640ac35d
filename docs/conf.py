"""How the documentation is built: ``sphinx-build -W --keep-going -b html docs build/docs``, without any network."""
# ruff: noqa: INP001 - Sphinx reads this file; nobody imports it

import sys
from pathlib import Path

import shadowline

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

project = "shadowline"
author = copyright = "The shadowline authors"  # noqa: A001 - Sphinx wants this name
version = release = shadowline.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "generated"]
exclude_patterns = ["README.md", "extensions", "style"]  # README.md is the list of pages for people who read on a code host
nitpicky = False
smartquotes = False  # they would turn --out into –out
highlight_language = "text"  # blocks that name no language are drawings or equations
default_role = "code"  # docstrings of the code write names in single backticks

myst_heading_anchors = 4
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False

html_theme = "furo"
html_title = f"shadowline {release}"
html_static_path = ["style"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None

"""
How Sphinx builds the docs. Warnings are errors: `sphinx-build -W docs docs/_build`.
"""

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import peerkit

project = "peerkit"
author = "the authors of peerkit"
version = release = peerkit.__version__
language = "en-GB"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}
root_doc = "index"
nitpicky = True

myst_heading_anchors = 4

html_theme = "furo"
html_title = "peerkit"
html_copy_source = False
html_show_sphinx = False


def setup(app: Sphinx) -> None:
    """
    Show drawings as the text they are, where nothing draws them.
    """
    app.add_lexer("mermaid", TextLexer)

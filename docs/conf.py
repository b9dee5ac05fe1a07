"""How the docs site is made by `make docs`: Markdown pages, and the reference from the code."""

import re
from collections.abc import Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

project = "Community Navigator"
html_title = project
copyright = "Community Navigator contributors, Apache License 2.0"  # noqa: A001 - Sphinx's name

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
root_doc = "index"

# Headings down to this level can be linked to, by the name that GitHub gives them as well.
myst_heading_anchors = 4

# One page a module is written by scripts/build_docs.py; Sphinx makes the tables on them only.
autosummary_generate = False
autodoc_default_options = {
    "members": True,
    "undoc-members": True,
    "show-inheritance": True,
    "member-order": "bysource",
}
autodoc_inherit_docstrings = False

# A theme that Sphinx brings: pages ask nobody else for anything.
html_theme = "alabaster"
html_theme_options = {
    "description": "Human services in Halton: directory, search, interview, referral",
    "show_powered_by": False,
    "page_width": "68rem",
}
# No tree of all pages beside each page: to draw it takes longer than all the rest.
html_sidebars = {"**": ["about.html", "searchfield.html", "relations.html"]}
html_copy_source = False
html_show_sphinx = False

OURS = ("navigator.", "directory_data.", "search_index.", "sms.")
ASKED_FOR_BY_SQLALCHEMY = {"cache_ok", "impl", "metadata", "type_annotation_map"}
"""Settings that a library reads from our classes; its own docs say what they mean."""


def setup(app: Sphinx) -> None:
    """Hook our three changes in."""
    app.connect("autodoc-process-docstring", take_as_plain)
    app.connect("autodoc-skip-member", leave_out)
    app.connect("doctree-read", link_only_ours)


def take_as_plain(*told: object) -> None:
    """Take a docstring as the plain English that it is: only `names` are marked."""
    lines = told[-1]
    assert isinstance(lines, list)
    for place, line in enumerate(lines):
        between = re.split("`+", line)
        # Every second piece stands between backticks.
        between[::2] = [re.sub(r"([*|_\\])", r"\\\1", words) for words in between[::2]]
        lines[place] = "``".join(between)


def leave_out(_app: Sphinx, _kind: str, name: str, *_: object) -> bool | None:
    """Say which members have no place in our reference; None leaves it to Sphinx."""
    return True if name in ASKED_FOR_BY_SQLALCHEMY else None


def link_only_ours(_app: Sphinx, page: nodes.document) -> None:
    """Link the types of ours by their full names; a search for any other is slow and in vain."""
    marks: Sequence[pending_xref] = [
        mark for mark in page.findall(pending_xref) if mark.get("refdomain") == "py"
    ]
    for mark in marks:
        if mark["reftarget"].startswith(OURS):
            mark.attributes.pop("refspecific", None)
        else:
            mark.replace_self(mark.children)

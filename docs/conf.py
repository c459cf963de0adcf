"""Configuration of the site: the Markdown and notebooks of the repository, in place.

``make docs`` lets Sphinx read the whole repository (``sphinx-build -c docs . build/docs``), so that a link between two
files is the same link on the site. Nothing is downloaded while it is built, and no page loads anything from elsewhere.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generated
import llms

import vision_magic

project = "vision_magic"
author = "The vision_magic authors"
project_copyright = "2026, the vision_magic authors"
release = version = vision_magic.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "notebooks/*.ipynb",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "PRIVACY.md",
    "SECURITY.md",
    "SUPPORT.md",
]
exclude_patterns = [".*", "benchmarks", "build", "dist", "tests", "tools", "vision_magic", "**/.ipynb_checkpoints"]
default_role = "py:obj"
smartquotes = False  # two dashes are an option

# The notebooks are run by `make notebooks`; the site shows the outputs that they have.
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js = {}  # by default two scripts from elsewhere
nb_mime_priority_overrides = [("html", "text/html", 5), ("html", "image/png", 10)]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
python_use_unqualified_type_names = True
# Types of Python and of other libraries: their inventories would have to be downloaded.
nitpick_ignore_regex = [("py:.*", r"(?!vision_magic\b).*")]
# Names in signatures that are not public: shown without a link.
nitpick_ignore = [
    ("py:class", f"vision_magic.{name}")
    for name in (
        "each.batch.lines.Estimate",
        "each.evaluation.classes.ClassScore",
        "each.evaluation.consistency.Consensus",
        "each.evaluation.pairs.Missing",
        "each.evaluation.pairs.Pair",
        "each.run_file.run_file.RunFile",
        "each.table.usage.Rest",
        "session.usage.UsageReport",
        "engine.chart.calibrate.Calibration",
        "engine.chart.data.Summary",
        "session.conversation.Question",
        "chat.tools.F",
        "images.tokens.Estimate",
        "images.figure_facts.values.AxesFacts",
        "session.store.recording.Recording",
        "session.stream.AsyncReplyStream",
        "session.stream.ReplyStream",
        "secrets.Secret",
        "chat.messages.TextPart",
        "chat.provider_fields.ProviderFields",
        "chat.messages.ImagePart",
    )
]

html_theme = "pydata_sphinx_theme"
html_title = "vision_magic"
html_show_sourcelink = False
html_additional_pages = {"index": "to_docs.html"}
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_theme_options = {
    "show_nav_level": 2,
    "navigation_with_keys": False,
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}


def setup(app):
    """Fill in the generated parts, resolve public names, highlight ``%%vision`` cells, and write llms.txt."""
    app.connect("source-read", generated.fill)
    app.connect("env-get-outdated", generated.outdated)
    app.connect("missing-reference", generated.public_name)
    app.connect("build-finished", llms.write)
    app.add_lexer("python", generated.CellLexer)

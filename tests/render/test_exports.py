"""Answers where pages are exported or sanitized: each formula is shown once, and as mathematics where that can be."""

from __future__ import annotations

import nbformat
import nh3
import pytest

from tests.render.pages import Page
from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.reply import reply_bundle
from vision_magic.render.theme import style_html

nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is missing: pip install nbconvert")

TEXT = "# Title\n\n- So $x=2024$ and\n\n$$\n\\frac{1}{2}\n$$\n\n| a |\n|---|\n| b |\n\n```python\nx = 1\n```"
# What GitHub's pipeline was last published to keep; it removes style sheets, styles and classes.
_KEPT = """h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p ol ul table thead tbody tfoot
blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details span"""
GITHUB = set(_KEPT.split())


def answer() -> str:
    return reply_bundle(Reply(choices=(Choice(text=TEXT),), model="m"))["text/html"]


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_an_export_has_the_mathml_and_the_style_sheet_that_shows_it(template: str) -> None:
    output = nbformat.v4.new_output("display_data", {"text/html": answer()})
    cell = nbformat.v4.new_code_cell("%%vision", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    exported, _ = nbconvert.HTMLExporter(template_name=template).from_notebook_node(notebook)
    assert style_html() in exported
    assert exported.count("<math ") == 2
    assert exported.count('<rp class="vision-magic-mathml"><span style="display:none"><math ') == 2


def test_where_styles_are_stripped_the_source_is_shown_once() -> None:
    cleaned = nh3.clean(answer(), tags=GITHUB, attributes={"a": {"href"}}, clean_content_tags={"script", "style"})
    page = Page(cleaned)
    visible = "".join(words.text for words in page.words if "rp" not in words.inside)
    assert visible.count("$x=2024$") == 1
    assert visible.count("2024") == 1
    assert "$$\\frac{1}{2}$$" in visible
    assert {"h1", "ul", "li", "table", "pre", "code"} <= {tag.name for tag in page.tags}

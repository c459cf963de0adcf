"""Colours and sizes of an answer, from the theme of JupyterLab, of VS Code, or of the browser."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

__all__ = ["ACCENT", "BORDER", "ERROR", "GREY", "SMALL", "STYLE_SHEET", "TEXT", "style_html"]

# The last fallbacks are system colours, which are readable on white and on black.
ACCENT: Final = "var(--jp-brand-color1,var(--vscode-focusBorder,Highlight))"
BORDER: Final = "var(--jp-border-color2,var(--vscode-widget-border,GrayText))"
ERROR: Final = "color:var(--jp-error-color1,var(--vscode-errorForeground,#c62828))"
GREY: Final = "color:var(--jp-content-font-color2,var(--vscode-descriptionForeground,GrayText))"
SMALL: Final = f"{GREY};font-size:var(--jp-ui-font-size1,13px);line-height:1.5"
TEXT: Final = "color:var(--jp-content-font-color1,var(--vscode-editor-foreground,CanvasText))"

STYLE_SHEET: Final = Path(__file__).with_name("answer.css")


@functools.cache
def style_html() -> str:
    """Return the style sheet of answers as HTML, on one line: a blank line would end HTML within Markdown."""
    rules = re.sub(r"/\*.*?\*/", "", STYLE_SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    short = re.sub(r" ?([{};]) ?", r"\1", " ".join(rules.split()))
    return f"<style>{short}</style>"

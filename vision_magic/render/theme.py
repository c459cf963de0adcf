"""Colours and sizes of an answer, from the theme of JupyterLab, of VS Code, or of the browser."""

from __future__ import annotations

from typing import Final

__all__ = ["ACCENT", "BORDER", "ERROR", "GREY", "SMALL", "TEXT"]

# The last fallbacks are system colours, which are readable on white and on black.
ACCENT: Final = "var(--jp-brand-color1,var(--vscode-focusBorder,Highlight))"
BORDER: Final = "var(--jp-border-color2,var(--vscode-widget-border,GrayText))"
ERROR: Final = "color:var(--jp-error-color1,var(--vscode-errorForeground,#c62828))"
GREY: Final = "color:var(--jp-content-font-color2,var(--vscode-descriptionForeground,GrayText))"
SMALL: Final = f"{GREY};font-size:var(--jp-ui-font-size1,13px);line-height:1.5"
TEXT: Final = "color:var(--jp-content-font-color1,var(--vscode-editor-foreground,CanvasText))"

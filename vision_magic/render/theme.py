"""Which colours and sizes has an answer? The theme's own: of JupyterLab, else of VS Code, else of the browser."""

from __future__ import annotations

from typing import Final

__all__ = ["ACCENT", "BORDER", "ERROR", "GREY", "SMALL", "TEXT"]

# The last fall-backs are system colours: readable on white and on black.
ACCENT: Final = "var(--jp-brand-color1,var(--vscode-focusBorder,Highlight))"
BORDER: Final = "var(--jp-border-color2,var(--vscode-widget-border,GrayText))"
ERROR: Final = "color:var(--jp-error-color1,var(--vscode-errorForeground,#c62828))"
GREY: Final = "color:var(--jp-content-font-color2,var(--vscode-descriptionForeground,GrayText))"
SMALL: Final = f"{GREY};font-size:var(--jp-ui-font-size1,13px);line-height:1.5"
TEXT: Final = "color:var(--jp-content-font-color1,var(--vscode-editor-foreground,CanvasText))"

"""Small drawings as SVG, which are readable on white and on black, and an image of them in HTML.

They are embedded as images and not as elements: JupyterLab and other viewers remove SVG elements from the outputs of a
notebook that they do not trust, and keep images. An image does not know the theme of its page, so that its lines and
letters are of a grey that has a contrast of 4.5 to 1 on white and on black.
"""

from __future__ import annotations

import base64
import html
from typing import Final

from vision_magic.text import clean_text

__all__ = ["BLUE", "GREY", "ORANGE", "drawing", "escaped", "image_html", "text_element"]

GREY: Final = "#767676"
BLUE: Final = "#3d7dca"
ORANGE: Final = "#c8641e"

_FONT: Final = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def drawing(content: str, width: float, height: float) -> str:
    """Return an SVG document of a size (pixels)."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{_FONT}" font-size="13" fill="{GREY}">{content}</svg>'
    )


def escaped(text: str) -> str:
    """Return untrusted text for SVG."""
    return html.escape(clean_text(text).replace("\n", " "))


def text_element(x: float, y: float, text: str, *, anchor: str = "start", fill: str = "", extra: str = "") -> str:
    """Return a line of untrusted text.

    Parameters
    ----------
    x, y : float
        Its place; `y` is the base line.
    text : str
        The text.
    anchor : {"start", "middle", "end"}
        Which part of it stands at `x`.
    fill : str
        Its colour; grey if empty.
    extra : str
        Further attributes.
    """
    colour = f' fill="{fill}"' if fill else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{colour}{extra}>{escaped(text)}</text>'


def image_html(svg: str, alt: str) -> str:
    """Return a drawing as an image in HTML, with a description for those who cannot see it."""
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    described = html.escape(clean_text(alt).replace("\n", "; "))
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{described}" style="max-width:100%;height:auto">'

"""The confusion matrix as a drawing: blue where both are equal, orange where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vision_magic.render.svg import GREY, drawing, escaped, text_element
from vision_magic.text import clean_text, one_line

__all__ = ["confusion_svg"]

_CELL: Final = 46  # pixels; fewer with many classes
_LEAST_CELL: Final = 22
_LETTER: Final = 7.2  # width of a letter of 13 pixels
_LONGEST: Final = 18  # letters of a name
_SHADES: Final = {  # of small and of large shares
    True: ((0xED, 0xF4, 0xFB), (0x1F, 0x5F, 0xA8)),
    False: ((0xFD, 0xF1, 0xE8), (0xB0, 0x4A, 0x10)),
}
_DARK: Final = 140  # brightness below which the numbers are white
_MARGIN: Final = 6


def confusion_svg(
    classes: Sequence[Any], matrix: Sequence[Sequence[int]], *, rows: str = "label", columns: str = "answer"
) -> str:
    """Return a confusion matrix as SVG.

    The stronger the colour of a cell, the larger its share of its row. A cell without pictures is empty.

    Parameters
    ----------
    classes : sequence
        The names of the classes; untrusted.
    matrix : sequence of sequences of int
        A row for each class of the labels, a column for each class of the answers.
    rows, columns : str
        What the rows and the columns are.
    """
    names = [one_line(clean_text(str(name)), _LONGEST) for name in classes]
    cell = max(_LEAST_CELL, min(_CELL, 700 // max(1, len(names))))
    longest = max((len(name) for name in names), default=0) * _LETTER
    slanted = longest > cell - 4
    left = longest + 32
    top = (longest * 0.72 if slanted else 16) + 30
    size = cell * len(names)
    right = left + size + (longest * 0.72 if slanted else 0) + _MARGIN
    side = f'x="{left:.1f}" y="{top:.1f}" width="{size}" height="{size}"'
    parts = [
        # White, as a figure is: on a dark page, the faint colours of small shares would shine.
        f'<rect {side} fill="#fff" stroke="{GREY}" stroke-opacity="0.6"/>',
        text_element(left, 14, f"{columns} →"),
        text_element(14, top + 4, f"← {rows}", anchor="end", extra=f' transform="rotate(-90 14 {top + 4:.1f})"'),
    ]
    for at, name in enumerate(names):
        middle = left + (at + 0.5) * cell
        turn = f' transform="rotate(-46 {middle:.1f} {top - 8:.1f})"' if slanted else ""
        parts.append(text_element(middle, top - 8, name, anchor="start" if slanted else "middle", extra=turn))
        parts.append(text_element(left - 8, top + (at + 0.5) * cell + 4.5, name, anchor="end"))
    for row, counts in enumerate(matrix):
        total = sum(counts)
        for column, count in enumerate(counts):
            title = f"{rows} {names[row]}, {columns} {names[column]}: {count:,} of {total:,}"
            parts.append(_cell(left + column * cell, top + row * cell, cell, count, total, row == column, title))
    return drawing("".join(parts), max(right, left + 80), top + size + _MARGIN)


def _cell(x: float, y: float, cell: int, count: int, total: int, equal: bool, title: str) -> str:
    if not count:
        return ""
    red, green, blue = (round(low + (high - low) * count / total) for low, high in zip(*_SHADES[equal], strict=True))
    size = min(13.0, cell * 0.5, (cell - 2) / (0.62 * len(f"{count:,}")))
    number = text_element(
        x + cell / 2,
        y + cell / 2 + 0.36 * size,
        f"{count:,}",
        anchor="middle",
        fill="#fff" if 0.3 * red + 0.59 * green + 0.11 * blue < _DARK else "#1a1a1a",
        extra=f' font-size="{size:.1f}"',
    )
    return (
        f'<g><title>{escaped(title)}</title><rect x="{x:.1f}" y="{y:.1f}" width="{cell}" height="{cell}" '
        f'fill="#{red:02x}{green:02x}{blue:02x}"/>{number}</g>'
    )

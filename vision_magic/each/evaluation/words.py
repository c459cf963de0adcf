"""The words, tables and folds in which evaluations are shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from vision_magic.each.evaluation.pairs import Missing, Pair
from vision_magic.each.evaluation.statistics import Interval
from vision_magic.each.progress.words import key_words
from vision_magic.images.image import Image
from vision_magic.render.markup import plain_html
from vision_magic.render.svg import image_html
from vision_magic.render.theme import BORDER, SMALL, TEXT
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.text import clean_text, one_line

__all__ = [
    "aligned",
    "class_words",
    "consensus_html",
    "different_html",
    "fold_html",
    "interval_words",
    "matrix_text",
    "missing_words",
    "number_words",
    "paragraph_html",
    "picture_html",
    "scores_html",
    "share_words",
    "unanswered_words",
]

_NAME: Final = 18  # letters of a class
_PICTURES: Final = 12  # of the worst that are shown
_CELL: Final = f"padding:2px 14px 2px 0;text-align:left;border:0;border-bottom:1px solid {BORDER}"


def share_words(share: float, ends: Interval) -> str:
    """Return a share with its interval in percent: ``93.8 % (95 % interval 87.2 to 97.1 %)``."""
    return f"{100 * share:.1f} % (95 % interval {100 * ends[0]:.1f} to {100 * ends[1]:.1f} %)"


def number_words(value: float) -> str:
    """Return a coefficient with two decimals; – where it is not defined."""
    return "–" if math.isnan(value) else f"{value:.2f}".replace("-", "−")


def interval_words(value: float, ends: Interval) -> str:
    """Return a coefficient with its interval: ``0.90 (95 % interval 0.82 to 0.97)``."""
    if math.isnan(ends[0]):
        return number_words(value)
    return f"{number_words(value)} (95 % interval {number_words(ends[0])} to {number_words(ends[1])})"


def unanswered_words(count: int) -> str:
    """Return why nothing could be compared, where no picture with a label has an answer."""
    pictures = "1 labelled picture has" if count == 1 else f"{count:,} labelled pictures have"
    return f"{pictures} no answer in this field; failed rows, and doubtful ones without a value, cannot be compared."


def missing_words(missing: Missing, kind: Literal["labels", "tables"]) -> list[str]:
    """Return what could not be compared, in sentences."""
    words = []
    if kind == "labels":
        if missing.no_row:
            words.append(f"{missing.no_row:,} label{'s' * (missing.no_row != 1)} without a row.")
        if missing.no_reference:
            words.append(f"{missing.no_reference:,} picture{'s' * (missing.no_reference != 1)} without a label.")
        return words
    alone = missing.no_row + missing.no_reference
    if missing.unanswered:
        words.append(f"{missing.unanswered:,} without an answer in one of the tables, left out.")
    if alone:
        words.append(f"{alone:,} in one of the tables alone, left out.")
    return words


def class_words(name: object) -> str:
    """Return the name of a class on one line."""
    return one_line(clean_text(str(name)), _NAME)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of strings as a table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        lines.append("  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)]).rstrip())
    return "\n".join(lines)


def matrix_text(classes: Sequence[Any], matrix: Sequence[Sequence[int]], corner: str) -> str:
    """Return a confusion matrix as text."""
    names = [class_words(name) for name in classes]
    rows = [[name, *(f"{count:,}" for count in counts)] for name, counts in zip(names, matrix, strict=True)]
    return aligned([[corner, *names], *rows])


def paragraph_html(sentences: Sequence[str]) -> str:
    """Return sentences as HTML: the first as text, the others small and grey."""
    first, *rest = (plain_html(clean_text(sentence)) for sentence in sentences)
    more = f'<div style="{SMALL}">{" ".join(rest)}</div>' if rest else ""
    return f'<div style="{TEXT}">{first}</div>{more}'


def picture_html(svg: str, alt: str) -> str:
    """Return a drawing with a description."""
    return f'<div style="margin:8px 0">{image_html(svg, alt)}</div>'


def fold_html(title: str, inside: str) -> str:
    """Return a fold."""
    return f'<details style="{SMALL};margin-top:6px"><summary>{plain_html(title)}</summary>{inside}</details>'


def scores_html(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of strings as a table in HTML, the first of them as headings."""
    head, *body = rows
    lines = [_row_html(head, "th"), *(_row_html(row, "td") for row in body)]
    return f'<table style="{TEXT};border-collapse:collapse;margin:4px 0">{"".join(lines)}</table>'


def _row_html(row: Sequence[str], tag: str) -> str:
    cells = [
        f'<{tag} style="{_CELL}{";text-align:right;font-variant-numeric:tabular-nums" if at else ""}">'
        f"{plain_html(clean_text(text))}</{tag}>"
        for at, text in enumerate(row)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def different_html(
    pairs: Sequence[Pair], axes: tuple[str, str], picture: Callable[[Any], Image | None] | None, title: str
) -> str:
    """Return a fold with the first pairs, each with its picture, what it should be, and what it is."""
    rows = "".join(_pair_html(pair, axes, picture) for pair in pairs[:_PICTURES])
    more = len(pairs) - _PICTURES
    rest = f"<div>and {more:,} more</div>" if more > 0 else ""
    return fold_html(title, f'<table style="{TEXT};border-collapse:collapse;margin:4px 0">{rows}</table>{rest}')


def _pair_html(pair: Pair, axes: tuple[str, str], picture: Callable[[Any], Image | None] | None) -> str:
    image = picture(pair.key) if picture is not None else None
    sure = "" if pair.confidence is None else f", {pair.confidence:.3g} sure"
    said = f"{axes[0]} {_value(pair.reference)}, {axes[1]} {_value(pair.answer)}{sure}"
    cells = [key_words(pair.key), *([] if picture is None else [None]), said, pair.doubt]
    shown = thumbnails_html([image]) if image is not None else ""
    return (
        "<tr>"
        + "".join(
            f'<td style="{_CELL}">{shown if text is None else plain_html(clean_text(text))}</td>' for text in cells
        )
        + "</tr>"
    )


def consensus_html(
    answers: Sequence[tuple[Any, str]], count: int, picture: Callable[[Any], Image | None] | None
) -> str:
    """Return a fold with pictures that were answered differently, each with its answers in words."""
    if not answers:
        return ""
    rows = []
    for key, words in answers:
        image = picture(key) if picture is not None else None
        shown = thumbnails_html([image]) if image is not None else ""
        cells = [plain_html(key_words(key)), *([] if picture is None else [shown]), plain_html(clean_text(words))]
        rows.append("<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>")
    more = count - len(answers)
    rest = f"<div>and {more:,} more</div>" if more > 0 else ""
    table = f'<table style="{TEXT};border-collapse:collapse;margin:4px 0">{"".join(rows)}</table>'
    return fold_html(f"Answered differently: {count:,}", table + rest)


def _value(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else one_line(str(value))

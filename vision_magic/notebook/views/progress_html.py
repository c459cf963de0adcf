"""The HTML of a run that goes on: what is done, a bar, the pace, and the last pictures with their answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from vision_magic.each.progress.words import (
    answer_words,
    end_words,
    key_words,
    left_out_words,
    pace_words,
    pause_words,
    rows_words,
)
from vision_magic.images.image import Image
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import ACCENT, BORDER, ERROR, SMALL, TEXT

if TYPE_CHECKING:
    from vision_magic.each.progress.progress import Counts
    from vision_magic.each.row import Row
    from vision_magic.images.image import RemoteImage

__all__ = ["Tiles", "bar_html", "end_html", "pace_html", "rows_html", "running_html"]

_HEIGHT: Final = 64  # of a picture (pixels)
_WIDTH: Final = 132  # of a tile, at least (pixels): six of them are beside each other in a usual notebook
_TILES: Final = 6
_SHARE: Final = 0.05  # of a processor that making small pictures may take
_LEAST: Final = 1.0  # seconds between two sets of pictures, which could not be looked at for less

_BAR: Final = f"display:flex;height:6px;margin:4px 0;background:{BORDER};overflow:hidden"
_GRID: Final = (
    f"display:grid;grid-template-columns:repeat(auto-fill,minmax({_WIDTH}px,1fr));gap:8px 12px;margin-top:4px"
)
_CUT: Final = "overflow:hidden;text-overflow:ellipsis;white-space:nowrap"
_RED: Final = ERROR.removeprefix("color:")


def rows_html(counts: Counts) -> str:
    """Return how many rows there are, and what was left out; what has failed is in the colour of errors."""
    parts = [*rows_words(counts).split(" · "), *filter(None, [left_out_words(counts)])]
    return " · ".join(
        f'<span style="{ERROR}">{plain_html(part)}</span>' if part.endswith(" failed") else plain_html(part)
        for part in parts
    )


def bar_html(counts: Counts) -> str:
    """Return a bar of the rows: those of an earlier run paler, the failed ones in the colour of errors.

    Without a total there is no bar.
    """
    if not counts.total:
        return ""
    segments = (
        (counts.kept, f"background:{ACCENT};opacity:0.5"),
        (counts.done + counts.refused, f"background:{ACCENT}"),
        (counts.failed, f"background:{_RED}"),
    )
    inner = "".join(
        f'<div style="{style};width:{100 * number / counts.total:.2f}%;{"min-width:2px" if number else ""}"></div>'
        for number, style in segments
    )
    return (
        f'<div role="progressbar" aria-label="Rows" aria-valuemin="0" aria-valuemax="{counts.total}" '
        f'aria-valuenow="{counts.finished}" aria-valuetext="{plain_html(rows_words(counts))}" style="{_BAR}">'
        f"{inner}</div>"
    )


def pace_html(counts: Counts) -> str:
    """Return the pace, after a pause and its reason, which are in the colour of the text."""
    pause, pace = pause_words(counts), plain_html(pace_words(counts))
    said = f'<span style="{TEXT}">{plain_html(pause)}</span>{" · " if pace else ""}{pace}' if pause else pace
    return f'<div style="{SMALL};min-height:1.5em;font-variant-numeric:tabular-nums">{said}</div>'


def running_html(counts: Counts, pictures: str) -> str:
    """Return all of it, for a page without widgets."""
    return (
        f'<div style="border-left:2px solid {ACCENT};padding-left:12px">'
        f'<div style="{SMALL}">{rows_html(counts)}</div>{bar_html(counts)}{pace_html(counts)}{pictures}</div>'
    )


def end_html(counts: Counts) -> str:
    """Return the line that stays after a run."""
    return f'<div style="{SMALL}">{plain_html(end_words(counts))}</div>'


class Tiles:
    """The last pictures with their answers. A new one takes the place of the oldest, so that the others stay still.

    Attributes
    ----------
    html : str
        The tiles; empty before the first one.
    """

    def __init__(self) -> None:
        self.html = ""
        self._shown: list[Row] = []
        self._tiles: list[str] = []
        self._place = 0  # of the oldest tile
        self._next = 0.0

    def add(self, recent: Sequence[tuple[Row, Image | RemoteImage | None]], now: float) -> None:
        """Show the rows that are new, if the last ones could be looked at for long enough.

        Parameters
        ----------
        recent : sequence of (Row, Image or None)
            The last rows with their pictures, newest last.
        now : float
            The time (seconds of the monotonic clock).
        """
        new = [(row, image) for row, image in recent if not any(row is one for one in self._shown)]
        if not new or now < self._next:
            return
        started = time.thread_time()
        for row, image in new:
            self._put(row, _tile_html(row, image))
        # Small pictures cost time that the run needs: a large one takes a hundredth of a second.
        self._next = now + max(_LEAST, (time.thread_time() - started) / _SHARE)
        self.html = f'<div style="{_GRID}">{"".join(self._tiles)}</div>'

    def _put(self, row: Row, tile: str) -> None:
        if len(self._tiles) < _TILES:
            self._shown.append(row)
            self._tiles.append(tile)
            return
        self._shown[self._place], self._tiles[self._place] = row, tile
        self._place = (self._place + 1) % _TILES


def _tile_html(row: Row, image: Image | RemoteImage | None) -> str:
    key, said, short = key_words(row.key), answer_words(row, 200), answer_words(row, names=False)
    colour = TEXT if row.state == "done" else ERROR
    return (
        f'<figure style="margin:0;min-width:0;{SMALL}">{_picture_html(image, key)}'
        f'<figcaption style="margin:0;text-align:left;font-style:normal;{SMALL}">'
        f'<div style="{_CUT}" title="{escape(key)}">{plain_html(key)}</div>'
        f'<div style="{_CUT};{colour}" title="{escape(said)}">{plain_html(short)}</div></figcaption></figure>'
    )


def _picture_html(image: Image | RemoteImage | None, key: str) -> str:
    source = ""
    if isinstance(image, Image):  # a remote one is not shown, since an output never loads an address
        try:
            source = image.thumbnail(_HEIGHT)
        except (OSError, ValueError):  # an Image that the user made from invalid bytes
            source = ""
    if not source:
        return f'<div style="height:{_HEIGHT}px;box-sizing:border-box;border:1px dashed {BORDER}"></div>'
    style = f"display:block;margin:0;height:{_HEIGHT}px;width:100%;object-fit:contain;object-position:left"
    return f'<img src="{source}" alt="{escape(f"Picture {key}")}" style="{style}">'

"""How well the embedded reader reads texts, axes and legends, on figures whose content is known.

``python benchmarks/axes.py 1000 1130``: the seeds to measure. ``--cache FOLDER`` keeps the lines that OCR read.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.engine.known_axes import Known, KnownFigure, KnownPanel, figure_of
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.roles import find_plot
from vision_magic.engine.colours import colour_name
from vision_magic.engine.reading import read_text
from vision_magic.engine.texts import Text


class Score:
    """Counts of what is right, and the false statements."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.false: list[str] = []
        self.missed: list[str] = []

    def add(self, name: str, right: bool, about: str = "") -> None:
        """Count a part of a figure, and note what is wrong about it."""
        self.all[name] += 1
        self.right[name] += right
        if not right:
            self.missed.append(f"{name}: {about}")


def main() -> None:
    """Measure the figures of some seeds and print what is right."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--kind", default="")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    score, false, pictures, seconds = Score(), 0, 0, 0.0
    for seed in range(options.first, options.last):
        figure = figure_of(seed)
        if options.kind and figure.kind != options.kind:
            continue
        texts = _texts(figure, options.cache)
        before = time.process_time()
        plot = find_plot(figure.picture, texts)
        seconds += time.process_time() - before
        score.false, score.missed = [], []
        _judge(figure, texts, plot, score)
        pictures += 1
        false += len(score.false)
        if not options.quiet and (score.false or score.missed):
            print(seed, figure.about)
            print(*(f"   FALSE {each}" for each in score.false), *(f"   {each}" for each in score.missed), sep="\n")
    for name in score.all:
        print(f"{name:22} {100 * score.right[name] / score.all[name]:6.1f} %  of {score.all[name]}")
    print(f"false statements: {false} in {pictures} pictures; CPU {seconds / pictures:.3f} s a picture without OCR")


def _texts(figure: KnownFigure, cache: Path | None) -> tuple[Text, ...]:
    if cache is None:
        return read_text(figure.picture)
    key = hashlib.sha256(repr(figure.picture.size).encode() + figure.picture.tobytes()).hexdigest()[:20]
    file = cache / f"{key}.json"
    if not file.exists():
        file.write_text(json.dumps([asdict(text) for text in read_text(figure.picture)]))
    return tuple(Text(**text | {"box": tuple(text["box"])}) for text in json.loads(file.read_text()))


def _judge(figure: KnownFigure, texts: Any, plot: Any, score: Score) -> None:
    _judge_words(figure, texts, score)
    score.add("found", plot is not None)
    if plot is None:
        score.false.append("no axes")
        return
    same = len(plot.panels) == len(figure.panels)
    score.add("panels", same, f"{len(plot.panels)} of {len(figure.panels)}")
    if not same:
        score.false.append(f"panels: {len(plot.panels)} of {len(figure.panels)}")
        return
    if len(figure.panels) > 1:
        _judge_text("title", plot.title, figure.title, score)
    for panel, known in zip(plot.panels, figure.panels, strict=True):
        _judge_panel(panel, known, plot, score)


def _judge_words(figure: KnownFigure, texts: Any, score: Score) -> None:
    joined = "\n".join(text.text.replace(" ", "") for text in texts)
    for word in set(figure.words):
        score.add("words", word in joined, word)


def _judge_panel(panel: Panel, known: KnownPanel, plot: Any, score: Score) -> None:
    _judge_text("title", panel.title, known.title, score)
    _judge_text("label", panel.x.label or plot.x_label, known.x.label, score)
    _judge_text("label", panel.y.label or plot.y_label, known.y.label, score)
    _judge_legend(panel, known, score)
    for name, axis, truth in (
        ("x", panel.x, known.x),
        ("y", panel.y, known.y),
        ("right", getattr(panel, "right", None), known.right),
        ("top", getattr(panel, "top", None), known.top),
        ("colour", panel.colour_bar, known.bar),
    ):
        _judge_axis(name, axis, truth, score)


def _same(a: str, b: str) -> bool:
    def plain(text: str) -> str:
        return "".join(text.split()).casefold().replace("[", "(").replace("]", ")")

    a, b = plain(a), plain(b)
    return a == b or (len(b) > 5 and difflib.SequenceMatcher(None, a, b).ratio() > 0.87)


def _judge_text(name: str, read: str, known: str, score: Score) -> None:
    if known or read:
        score.add(name, _same(read, known), f"{read!r} for {known!r}")
    if read and not _same(read, known):
        score.false.append(f"{name} {read!r} for {known!r}")


def _judge_legend(panel: Panel, known: KnownPanel, score: Score) -> None:
    read = sorted("".join(entry.text.split()).casefold() for entry in panel.legend)
    true = sorted("".join(name.split()).casefold() for name in known.legend)
    if not (read or true):
        return
    right = len(read) == len(true) and all(_same(a, b) for a, b in zip(read, true, strict=True))
    score.add("legend", right, f"{read} for {true}")
    if not right:
        if read and (panel.legend_complete or not set(read) <= set(true)):
            score.false.append(f"legend {read} for {true}")
        return
    if known.legend_title or panel.legend_title:
        score.add(
            "legend title",
            _same(panel.legend_title, known.legend_title),
            f"{panel.legend_title!r} for {known.legend_title!r}",
        )
    for entry in panel.legend:
        colour = next((rgb for name, rgb in known.colours.items() if _same(entry.text, name)), None)
        if colour is not None:
            near = max(abs(a - b) for a, b in zip(colour, entry.rgb, strict=True)) <= 24
            score.add("colour", near, f"{entry.text} {entry.rgb} for {colour}")
            if colour_name(colour) != colour_name(entry.rgb) and not near:
                score.false.append(f"colour of {entry.text} {entry.rgb} for {colour}")


def _judge_axis(name: str, axis: Axis | None, known: Known | None, score: Score) -> None:
    if known is None or known.scale in ("none", "other"):
        if known is None and axis is not None and axis.ticks:
            score.false.append(f"{name} axis that is none: {axis.ticks}")
        return
    if name in ("right", "top", "colour"):
        score.add(f"{name} axis", axis is not None, str(known.ticks))
        if axis is None:
            return
        _judge_text("label", axis.label, known.label, score)
    assert axis is not None
    if known.scale == "log" and len(known.ticks) > 1:
        score.add("log said", axis.kind == "log", f"{axis.kind} {axis.ticks}")
    if axis.kind in ("log", "linear") and known.scale != axis.kind and not _years(known, axis):
        score.false.append(f"{name} said {axis.kind}, is {known.scale}: {axis.ticks} for {known.ticks}")
    _judge_ticks(name, axis, known, score)
    if known.scale != "labels" and len(known.ticks) >= 3:
        _judge_calibration(name, axis, known, score)
    if known.scale == "labels":
        near = len(axis.places) == len(known.names) and all(
            abs(place - truth) <= 3
            for place, truth in zip(sorted(axis.places), sorted(truth for _, truth in known.names), strict=True)
        )
        score.add("names at places", near, f"{axis.places} for {known.names}")


def _years(known: Known, axis: Axis) -> bool:
    return known.scale == "date" and all(tick.isdigit() and len(tick) == 4 for tick in axis.ticks)


def _judge_ticks(name: str, axis: Axis, known: Known, score: Score) -> None:
    read = [tick.replace(" ", "") for tick in axis.ticks]
    ordered = sorted(known.names, key=lambda pair: pair[1] if name in ("x", "top") else -pair[1])
    true = [_raised(tick).replace(" ", "") for tick, _ in ordered]
    score.add("ticks all right", read == true, f"{name} {read} for {true}")
    if not axis.complete or not read:
        return
    ends_right = _tick(read[0], true[0]) and _tick(read[-1], true[-1]) and len(read) == len(true)
    if not ends_right:
        score.false.append(f"{name} ticks {read} for {true}")


def _tick(read: str, true: str) -> bool:
    return read == true or _same(read, true)


def _raised(tick: str) -> str:
    import re

    raised = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
    return re.sub(r"\^([-\d]+)", lambda found: found[1].translate(raised), tick)


def _judge_calibration(name: str, axis: Axis, known: Known, score: Score) -> None:
    found = axis.calibration
    sure = found is not None and found.sure
    off = max(axis_errors(axis, known)) if found is not None else 99.0
    why = found.why_not if found is not None else "none"
    about = f"{name} off {off:.3f} {axis.ticks} {axis.offset!r} for {known.ticks} {known.offset!r}"
    score.add("calibrated", sure and off <= MAX_OFF, f"{about} {why}")
    if sure:
        score.add("sure is right", off <= MAX_OFF, about)
        if off > MAX_OFF:
            score.false.append(f"sure and wrong: {about}")


MAX_OFF = 0.02
"""An axis is right when both ends are off by at most this share of it."""


def axis_errors(axis: Axis, known: Known) -> Iterator[float]:
    """Yield how far the two ends of an axis are off, as shares of it."""
    import math

    assert axis.calibration is not None
    (low, low_pixel), (high, high_pixel) = known.ends
    if (axis.calibration.scale == "log") != (known.scale == "log"):
        yield 9.0
        return
    if known.scale == "log":
        read = [math.log10(axis.calibration.value(pixel)) for pixel in (low_pixel, high_pixel)]
        low, high = math.log10(low), math.log10(high)
    else:
        read = [axis.calibration.value(pixel) for pixel in (low_pixel, high_pixel)]
        if known.scale == "date" and axis.calibration.scale == "linear":  # years
            read = [(year - 1970) * 365.2425 for year in read]
        elif known.scale == "date" and axis.calibration.largest != "year":
            turn = 365.2425 * round((low - read[0]) / 365.2425)
            read = [day + turn for day in read]
    yield abs(read[0] - low) / abs(high - low)
    yield abs(read[1] - high) / abs(high - low)


if __name__ == "__main__":
    main()

"""Charts for questions that were written about their words: with values that fit the numbers in the questions."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Kind, Place, Series

QUESTIONS: Final = Path(__file__).parent / "questions"
_KINDS: Final[dict[str, Kind]] = {
    "bars": "bars",
    "grouped bars": "bars",
    "stacked bars": "stacked bars",
    "line": "line",
    "area": "area",
    "points": "points",
    "histogram": "histogram",
    "pie": "pie",
    "heat map": "heat map",
    "box": "box plot",
}
_UNIT: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")


def read(files: Sequence[Path]) -> Iterator[tuple[str, Chart, list[tuple[str, str]]]]:
    """Yield the name of a file, a chart of it, and its questions with their labels."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            entry = json.loads(line)
            yield file.stem, chart_of(entry["chart"], [text for _, text in entry["questions"]]), entry["questions"]


def chart_of(words: dict[str, Any], questions: Sequence[str]) -> Chart:
    """Return a chart with the words that are given, and with values among which the numbers in the questions lie."""
    names: list[Place] = [name if isinstance(name, str) else float(name) for name in words["names"]] or [0.0, 1.0]
    values_of = random.Random(f"{words['title']} {names}")
    numbers = [float(found) for text in questions for found in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", text)]
    values = [number for number in numbers if number not in names and not 1900 < number < 2100] or [10.0, 90.0]
    low, high = min(values) * 0.6, max(values) * 1.4 + 1.0
    kind = _KINDS[words["kind"]]
    series = tuple(
        Series(
            name=name,
            kind=kind,
            x=tuple(names),
            y=tuple(round(values_of.uniform(low, high), 1) for _ in names),
            source="figure",
        )
        for name in words["series"] or [""]
    )
    texts = [name for name in names if isinstance(name, str)]
    x = ChartAxis(
        label=words["x"], unit=_unit(words["x"]), scale="categories" if texts else "linear", categories=tuple(texts)
    )
    y = ChartAxis(label=words["y"], unit=_unit(words["y"]), scale="linear")
    return Chart(panels=(ChartPanel(title=words["title"], x=x, y=y, series=series),))


def _unit(label: str) -> str:
    found = _UNIT.search(label)
    return found[1] if found else ""

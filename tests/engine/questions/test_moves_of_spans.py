"""Changes over two spans of a course that a question compares."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def pond() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Distance (m)", ylabel="Depth (cm)")
    axes.plot([0, 1, 2, 4, 8, 16], [20, 24, 31, 38, 42, 40], label="Depth")
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does the depth rise more between 1 m and 2 m or between 4 m and 8 m?", ("24 cm", "by 7 cm.", "by 4 cm.")),
        ("Stieg die Tiefe zwischen 1 m und 2 m stärker als zwischen 4 m und 8 m?", ("um 7 cm.", "um 4 cm.")),
        ("La profondeur augmente-t-elle davantage entre 1 m et 2 m ou entre 4 m et 8 m ?", ("7 cm", "4 cm")),
        ("¿Subió más la profundidad entre 1 m y 2 m o entre 4 m y 8 m?", ("en 7 cm", "en 4 cm")),
        ("Does the depth fall more from 0 m to 2 m or from 8 m to 16 m?", ("falls from 42 cm", "rises from 20 cm")),
    ],
)
def test_changes_over_two_spans_are_told_for_each(question: str, words: tuple[str, ...]) -> None:
    told(question, pond, words)

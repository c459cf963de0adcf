"""Tick labels that detection missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest

from tests.engine.test_everyday_marks import FRUIT, Drawing
from vision_magic.engine.chart.frames import find_frames
from vision_magic.engine.missed_labels import missed_labels
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text


def boxes_of(drawing: Drawing, labels: Sequence[object]) -> dict[str, Box]:
    """Return the boxes of labels as OCR finds them, with a margin around the letters."""
    boxes = {label.get_text(): drawing.box(label) for label in labels}  # type: ignore[attr-defined]
    return {text: (box[0] - 2, box[1] - 1, box[2] + 2, box[3] + 1) for text, box in boxes.items()}


def missed(drawing: Drawing, unread: Collection[str]) -> list[Box]:
    axes = drawing.axes
    known = boxes_of(drawing, [*axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.label])
    texts = [Text(text=text, box=box) for text, box in known.items() if text and text not in unread]
    return list(missed_labels(np.asarray(drawing.image), find_frames(drawing.image)[0], texts))


def bars(axes: object) -> None:
    axes.bar(FRUIT, (1, 2, 3, 4, 5))  # type: ignore[attr-defined]
    axes.set(xlabel="Kind of fruit", yticks=range(6))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "unread",
    [
        pytest.param(["4"], id="a digit between others"),
        pytest.param(["0", "5"], id="the first and the last digit"),
        pytest.param(["0", "1", "2", "4", "5"], id="all but one"),
        pytest.param(["plums", "figs"], id="names, of which one is right above the label of the axis"),
        pytest.param(["apples", "3"], id="on both sides"),
    ],
)
def test_labels_in_line_with_others_at_tick_marks_are_found(unread: list[str]) -> None:
    """Axes of which three labels of five were missed could not be read: seeds 9411, 9419, 9513 and 9608."""
    drawing = Drawing(bars)
    found = missed(drawing, unread)
    true = boxes_of(drawing, [*drawing.axes.get_yticklabels(), *drawing.axes.get_xticklabels()])
    assert len(found) == len(unread)
    for text in unread:
        middle = (true[text][0] + true[text][2]) / 2, (true[text][1] + true[text][3]) / 2
        nearest = min(
            found, key=lambda box: abs(box[0] + box[2] - 2 * middle[0]) + abs(box[1] + box[3] - 2 * middle[1])
        )
        assert nearest[0] <= true[text][0] + 4 <= true[text][2] - 4 <= nearest[2]
        assert nearest[1] < middle[1] < nearest[3]


def test_nothing_is_found_where_all_labels_were_read_or_none_is_printed() -> None:
    assert missed(Drawing(bars), []) == []
    sparse = Drawing(lambda axes: axes.set(yticks=range(6), yticklabels=["0", "", "2", "", "4", ""], ylim=(0, 5)))
    assert missed(sparse, []) == []


def close_to_axes(axes: object) -> None:
    bars(axes)
    axes.set_ylabel("Forest", labelpad=0)  # type: ignore[attr-defined]
    axes.tick_params(axis="y", direction="in", pad=1)  # type: ignore[attr-defined]


def test_labels_close_to_the_axes_and_to_their_label_are_found() -> None:
    """Detection took the labels above each other for one line that is turned: seed 15435 of the axes."""
    drawing = Drawing(close_to_axes)
    known = boxes_of(drawing, [*drawing.axes.get_xticklabels(), *drawing.axes.get_yticklabels()])
    texts = [Text(text=text, box=box) for text, box in known.items() if text not in ("1", "2", "3")]
    texts.append(Text(text="Forest", box=drawing.box(drawing.axes.yaxis.label), rotated=True))
    assert len(list(missed_labels(np.asarray(drawing.image), find_frames(drawing.image)[0], texts))) == 3


@pytest.mark.parametrize("unread", [["apples"], ["apples", "limes"]])
def test_names_that_go_on_in_the_steps_of_others_are_found_without_tick_marks(unread: list[str]) -> None:
    """Bars hide the grid lines above them, and there are no tick marks: seed 18243 of the axes."""

    def unmarked(axes: object) -> None:
        bars(axes)
        axes.tick_params(length=0)  # type: ignore[attr-defined]

    assert len(missed(Drawing(unmarked), unread)) == len(unread)

"""Labels of months and weekdays of which one was not read."""

from __future__ import annotations

import pytest

from vision_magic.engine.chart.sequences import with_unread
from vision_magic.engine.texts import Text


@pytest.mark.parametrize(
    ("labels", "whole"),
    [
        ("Jan Feb Mar - May", "Jan Feb Mar Apr May"),
        ("nov. déc - févr mars avr", "nov. déc janv févr mars avr"),
        ("Mon Tue - Thu Fri", "Mon Tue Wed Thu Fri"),
        ("Mon Tue - Wed Thu", "Mon Tue Wed Thu"),  # a gap, but nothing is missing
        ("Jan Mar - May Jun", "Jan Mar May Jun"),
        ("ant bee - dog elk", "ant bee dog elk"),
    ],
)
def test_a_label_is_put_in_where_its_neighbours_tell_it(labels: str, whole: str) -> None:
    ticks = [
        Text(text=label, box=(40 * number, 0, 40 * number + 20, 10))
        for number, label in enumerate(labels.split())
        if label != "-"
    ]
    found = with_unread(ticks, 0)
    assert [text.text for text in found] == whole.split()
    assert [text.box[0] for text in found] == sorted(text.box[0] for text in found)

"""Which tick labels are marked as agreeing with their scale."""

from __future__ import annotations

import pytest

from tests.engine.charts_by_hand import scale
from vision_magic.engine.chart.plot import Axis
from vision_magic.engine.chart.tick_agreement import agreeing_ticks

PLACES = (0.0, 100.0, 200.0)


@pytest.mark.parametrize(
    ("axis", "agrees"),
    [
        pytest.param(
            Axis(ticks=("0", "1", "2"), places=PLACES, calibration=scale(0.01, 0)), (True, True, True), id="all"
        ),
        pytest.param(
            Axis(ticks=("0", "7", "2"), places=PLACES, calibration=scale(0.01, 0)),
            (True, False, True),
            id="one is misread",
        ),
        pytest.param(
            Axis(ticks=("0", "T", "2"), places=PLACES, calibration=scale(0.01, 0)), (True, False, True), id="no number"
        ),
        pytest.param(
            Axis(ticks=("0", "1", "2"), offset="1e6", places=PLACES, calibration=scale(1e4, 0)),
            (True, True, True),
            id="with an offset",
        ),
        pytest.param(
            Axis(ticks=("10⁰", "10¹", "10²"), places=PLACES, calibration=scale(0.01, 0, "log")),
            (True, True, True),
            id="powers",
        ),
        pytest.param(
            Axis(
                ticks=("2022-01-08", "2022-01-09", "2022-01-11"), places=PLACES, calibration=scale(0.01, 19000, "date")
            ),
            (True, True, False),
            id="dates",
        ),
        pytest.param(Axis(ticks=("a", "b"), kind="labels", places=(1.0, 2.0)), (True, True), id="names"),
        pytest.param(Axis(ticks=("a", "b"), places=(1.0, 2.0)), (False, False), id="not read"),
        pytest.param(Axis(), (), id="none"),
    ],
)
def test_a_label_agrees_if_its_value_belongs_there(axis: Axis, agrees: tuple[bool, ...]) -> None:
    assert agreeing_ticks(axis) == agrees

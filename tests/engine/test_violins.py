"""Violins: told from bands, and not read."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from tests.engine.drawn import read_of


@pytest.mark.parametrize("upright", [True, False])
def test_violins_are_called_so_and_not_read(upright: bool) -> None:
    rng = np.random.default_rng(3)
    data = [rng.normal(0, 1, 60), rng.normal(1, 2, 60)]
    if mpl.__version_info__ < (3, 10):
        options: dict[str, Any] = {"vert": upright}
    else:
        options = {"orientation": "vertical" if upright else "horizontal"}
    series = read_of(lambda axes: axes.violinplot(data, **options))
    assert {(one.kind, one.sure) for one in series} == {("violins", False)}


def test_a_band_that_is_narrow_in_places_is_not_a_row_of_violins() -> None:
    x = np.linspace(0, 12, 200)
    series = read_of(lambda axes: axes.fill_between(x, 5 + np.sin(x), 5 - np.sin(x)))
    assert all(one.kind != "violins" for one in series)

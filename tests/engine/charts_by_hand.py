"""Charts with known values, written by hand."""

from __future__ import annotations

import io

from PIL import Image as PILImage

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Series
from vision_magic.images.image import Image

MONTHS = ("Jan", "Feb", "Mar")


def picture(width: int = 200, height: int = 120, ground: str = "white") -> Image:
    buffer = io.BytesIO()
    PILImage.new("RGB", (width, height), ground).save(buffer, "PNG")
    return Image(data=buffer.getvalue(), media_type="image/png", width=width, height=height)


def scale(slope: float, offset: float, kind: str = "linear") -> Calibration:
    return Calibration(scale=kind, slope=slope, offset=offset, agreeing=3, labels=3, misfit=0.1)  # type: ignore[arg-type]


def bars(**changes: object) -> Chart:
    """Return a chart of bars: 10 at pixel 90, 0 at pixel 110."""
    x = ChartAxis(
        label="Month",
        scale="categories",
        categories=MONTHS,
        ticks=MONTHS,
        places=(50.0, 100.0, 150.0),
        agrees=(True, True, False),
    )
    y = ChartAxis(label="Rain (mm)", scale="linear", calibration=scale(-0.5, 55.0), agreeing=3, labels=3)
    values = {
        "name": "north",
        "kind": "bars",
        "x": MONTHS,
        "y": (10.0, 40.0, 20.0),
        "sigma": 0.5,
        "rgb": (31, 119, 180),
    }
    series = Series(**(values | changes))  # type: ignore[arg-type]
    panel = ChartPanel(title="Rain", x=x, y=y, series=(series,), box=(20, 5, 190, 110))
    return Chart(panels=(panel,), image=picture())


def two_lines(*, sure: bool = True) -> Chart:
    axis = ChartAxis(scale="linear", agreeing=3, labels=3, calibration=scale(1.0, 0.0))
    down = ChartAxis(scale="linear", agreeing=3, labels=3, calibration=scale(-1.0, 100.0))
    north = Series(name="north", x=(10.0, 60.0), y=(20.0, 80.0), sigma=1.0, rgb=(31, 119, 180))
    reason = "" if sure else "the legend hides part of it"
    south = Series(name="south", x=(10.0, 60.0), y=(50.0, 30.0), sigma=1.0, sure=sure, why_not=reason)
    return Chart(panels=(ChartPanel(x=axis, y=down, series=(north, south), box=(5, 0, 190, 110)),), image=picture())

"""Converters for figures that a browser draws: the exporter of their library renders them, within a time limit."""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import decode_image
from vision_magic.images.lazy_types import is_instance
from vision_magic.images.registry import ConvertedImage, converts

_EXPORT_TIMEOUT: Final = 60.0  # seconds; the first export may start a browser

_BROWSER_FIGURES: Final = (
    "plotly.basedatatypes.BaseFigure",
    "altair.TopLevelMixin",
    "bokeh.models.layouts.LayoutDOM",
    "holoviews.core.dimension.LabelledData",
)


def is_browser_figure(obj: object) -> bool:
    """Whether an object is a figure that a browser draws."""
    return any(is_instance(obj, path) for path in _BROWSER_FIGURES)


@converts("plotly.basedatatypes.BaseFigure")
def _from_plotly(figure: Any) -> ConvertedImage:
    return _export(
        "plotly", lambda: figure.to_image(format="png"), "pip install kaleido, which draws with an installed Chrome"
    )


@converts("altair.TopLevelMixin")
def _from_altair(chart: Any) -> ConvertedImage:
    def export() -> bytes:
        import vl_convert  # the exporter that Altair uses

        kind = "vega" if "vega.github.io/schema/vega/" in str(chart.to_dict().get("$schema")) else "vegalite"
        png: bytes = getattr(vl_convert, f"{kind}_to_png")(chart.to_json(), scale=2)
        return png

    return _export("altair", export, "pip install vl-convert-python")


@converts("bokeh.models.layouts.LayoutDOM")
@converts("bokeh.document.Document")
def _from_bokeh(model: Any) -> ConvertedImage:
    def export() -> object:
        from bokeh.io.export import get_screenshot_as_png

        return get_screenshot_as_png(model)

    return _export("bokeh", export, "pip install selenium, with Chrome or Firefox and its driver")


@converts("holoviews.core.dimension.LabelledData")
def _from_holoviews(obj: Any) -> object:
    """Convert the figure of the plotting library that HoloViews or hvPlot draws with."""
    return sys.modules["holoviews"].render(obj)


def _export(library: str, export: Callable[[], object], missing: str) -> ConvertedImage:
    result = _run_with_timeout(library, export, missing)
    if isinstance(result, bytes):
        pixels, notes = decode_image(result)
        return ConvertedImage(pixels=pixels, source=f"{library} figure", notes=notes)
    return ConvertedImage(pixels=result, source=f"{library} figure")  # type: ignore[arg-type]  # bokeh exports a Pillow image


def _run_with_timeout(library: str, export: Callable[[], object], missing: str) -> object:
    """Run an exporter in a thread. If it fails, say what to install; if it hangs, abandon the thread."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(export())
        except BaseException as error:
            outcome.append(error)

    # A daemon thread does not keep the kernel alive: some exporters wait forever for a browser.
    worker = threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True)
    worker.start()
    worker.join(_EXPORT_TIMEOUT)
    if not outcome:
        raise ImageError(
            f"The exporter of {library} did not finish within {_EXPORT_TIMEOUT:.0f} s. "
            "Save the figure as PNG yourself and pass its pathlib.Path(…)."
        )
    if isinstance(outcome[0], BaseException):
        raise ImageError(_export_failure(library, outcome[0], missing)) from None
    return outcome[0]


def _export_failure(library: str, error: BaseException, missing: str) -> str:
    reason = " ".join(str(error).split())[:200]
    return (
        f"{library} draws in the browser, and its exporter failed ({type(error).__name__}: {reason}). "
        f"Install the exporter ({missing}), or save the figure as PNG yourself and pass its pathlib.Path(…)."
    )

"""How do figures that a browser draws become pixels? By their own library's exporter, in bounded time."""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_of
from vision_magic.images.registry import ConvertedImage, converts
from vision_magic.images.safe import open_image

_PATIENCE: Final = 60.0  # seconds; an exporter starts a browser, the first time


_EXPORTED: Final = (
    "plotly.basedatatypes.BaseFigure",
    "altair.TopLevelMixin",
    "bokeh.models.layouts.LayoutDOM",
    "holoviews.core.dimension.LabelledData",
)


def is_exported(obj: object) -> bool:
    """Whether an object is a figure that a browser draws."""
    return any(is_of(obj, path) for path in _EXPORTED)


@converts("plotly.basedatatypes.BaseFigure")
def _from_plotly(figure: Any) -> ConvertedImage:
    return _exported(
        "plotly", lambda: figure.to_image(format="png"), "pip install kaleido, which draws with an installed Chrome"
    )


@converts("altair.TopLevelMixin")
def _from_altair(chart: Any) -> ConvertedImage:
    def export() -> bytes:
        import vl_convert  # altair's own exporter

        kind = "vega" if "vega.github.io/schema/vega/" in str(chart.to_dict().get("$schema")) else "vegalite"
        png: bytes = getattr(vl_convert, f"{kind}_to_png")(chart.to_json(), scale=2)
        return png

    return _exported("altair", export, "pip install vl-convert-python")


@converts("bokeh.models.layouts.LayoutDOM")
@converts("bokeh.document.Document")
def _from_bokeh(model: Any) -> ConvertedImage:
    def export() -> object:
        from bokeh.io.export import get_screenshot_as_png

        return get_screenshot_as_png(model)

    return _exported("bokeh", export, "pip install selenium, with Chrome or Firefox and its driver")


@converts("holoviews.core.dimension.LabelledData")
def _from_holoviews(obj: Any) -> object:
    """HoloViews and hvPlot draw with one of the others: the figure that it makes is taken."""
    return sys.modules["holoviews"].render(obj)


def _exported(library: str, export: Callable[[], object], missing: str) -> ConvertedImage:
    made = _in_time(library, export, missing)
    if isinstance(made, bytes):
        pixels, notes = open_image(made)
        return ConvertedImage(pixels=pixels, source=f"{library} figure", notes=notes)
    return ConvertedImage(pixels=made, source=f"{library} figure")  # type: ignore[arg-type]  # bokeh's is a Pillow image


def _in_time(library: str, export: Callable[[], object], missing: str) -> object:
    """Return what an exporter gives, or say what to install; one that hangs is left behind."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(export())
        except BaseException as error:
            outcome.append(error)

    # A thread that does not keep the kernel alive: some exporters wait for a browser that never comes.
    worker = threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True)
    worker.start()
    worker.join(_PATIENCE)
    if not outcome:
        raise ImageError(f"{library} did not draw its figure within {_PATIENCE:.0f} s; save it, and name its Path(…).")
    if isinstance(outcome[0], BaseException):
        raise ImageError(_why(library, outcome[0], missing)) from None
    return outcome[0]


def _why(library: str, error: BaseException, missing: str) -> str:
    reason = " ".join(str(error).split())[:200]
    return (
        f"{library} draws in the browser, and its exporter gave no picture ({type(error).__name__}: {reason}). "
        f"Install it ({missing}), or save the figure as PNG yourself and name its Path(…)."
    )

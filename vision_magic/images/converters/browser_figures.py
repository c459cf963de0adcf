"""Converters for figures that a browser draws: the exporter of their library renders them, within a time limit."""

from __future__ import annotations

import contextvars
import importlib.util
import io
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import decode_image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.registry import ConvertedImage, converts, reason_of
from vision_magic.text import one_line

_EXPORT_TIMEOUT: Final = 60.0  # seconds; the first export may start a browser

_BROWSER_FIGURES: Final = (
    "plotly.basedatatypes.BaseFigure",
    "altair.TopLevelMixin",
    "altair.jupyter.jupyter_chart.JupyterChart",
    "bokeh.models.layouts.LayoutDOM",
    "holoviews.core.dimension.LabelledData",
)


class ExportFailed(ImageError):
    """A library cannot draw its figure outside a browser; what the figure object knows can still be read."""


@dataclass(frozen=True, slots=True)
class _Exporter:
    """The exporter of a library: its name, the module that it needs, how to install it, and what else must be there."""

    name: str
    module: str
    install: str
    needs: str = ""


_PLOTLY: Final = _Exporter("plotly", "kaleido", "pip install kaleido, which draws with an installed Chrome", "Chrome")
_ALTAIR: Final = _Exporter("altair", "vl_convert", "pip install vl-convert-python")
_BOKEH: Final = _Exporter(
    "bokeh",
    "selenium",
    "pip install selenium, with Chrome or Firefox and its driver",
    "Chrome or Firefox and its driver",
)


def is_browser_figure(obj: object) -> bool:
    """Whether an object is a figure that a browser draws."""
    return any(is_instance(obj, path) for path in _BROWSER_FIGURES)


@converts("plotly.basedatatypes.BaseFigure")
def _from_plotly(figure: Any) -> ConvertedImage:
    return _export(_PLOTLY, lambda: figure.to_image(format="png"))


@converts("altair.TopLevelMixin")
def _from_altair(chart: Any) -> ConvertedImage:
    """Export a chart by its own `save`, which inlines its data whatever data transformer and row limit are set."""
    addresses = set(_addresses_in(chart))
    local = next((address for address in addresses if not address.startswith(("https://", "http://", "data:"))), "")
    if local:
        raise ImageError(
            f"The altair chart loads {one_line(local)!r}, which its exporter cannot read; the chart would be empty. "
            "Load the data into a table, and make the chart of that."
        )

    def save() -> bytes:
        buffer = io.BytesIO()
        chart.save(buffer, format="png", scale_factor=2)
        return buffer.getvalue()

    def export() -> bytes:
        try:
            return save()
        except ImportError:
            if not _is_installed(_ALTAIR.module):
                raise
            # The vegafusion transformer is the only one that `save` keeps, and one of its libraries is missing.
            with sys.modules["altair"].data_transformers.enable("default"):
                return save()

    exported = _export(_ALTAIR, export)
    remote = sorted(one_line(each.partition("?")[0]) for each in addresses if not each.startswith("data:"))
    return replace(exported, notes=(*exported.notes, *(f"without marks if {each} did not load" for each in remote)))


def _addresses_in(node: Any) -> Iterator[str]:
    """Yield the addresses from which a chart loads its data, without looking at the data."""
    if isinstance(node, list | tuple):
        for item in node:
            yield from _addresses_in(item)
    fields = node if isinstance(node, dict) else getattr(node, "_kwds", None)
    for name, value in (fields if isinstance(fields, dict) else {}).items():
        if name in ("data", "url") and isinstance(value, str):
            yield value
        elif name not in ("values", "datasets", "encoding"):
            yield from _addresses_in(value)


@converts("altair.jupyter.jupyter_chart.JupyterChart")
def _from_jupyter_chart(widget: Any) -> object:
    return widget.chart


@converts("bokeh.models.layouts.LayoutDOM")
@converts("bokeh.document.Document")
def _from_bokeh(model: Any) -> ConvertedImage:
    def export() -> object:
        from bokeh.io.export import get_screenshot_as_png

        return get_screenshot_as_png(model)

    return _export(_BOKEH, export)


@converts("holoviews.core.dimension.LabelledData")
def _from_holoviews(obj: Any) -> object:
    """Convert the figure of the plotting library that HoloViews or hvPlot draws with."""
    try:
        return sys.modules["holoviews"].render(obj)
    except Exception as error:
        raise ImageError(
            f"HoloViews cannot draw {type_name(obj)} ({reason_of(error)}). Check that it displays in a cell, after "
            "holoviews.extension('matplotlib') or another plotting library."
        ) from error


def _export(exporter: _Exporter, export: Callable[[], object]) -> ConvertedImage:
    result = _run_with_timeout(exporter, export)
    source = f"{exporter.name} figure"
    if isinstance(result, bytes):
        pixels, notes = decode_image(result)
        return ConvertedImage(pixels=pixels, source=source, notes=notes)
    return ConvertedImage(pixels=result, source=source)  # type: ignore[arg-type]  # bokeh exports a Pillow image


def _run_with_timeout(exporter: _Exporter, export: Callable[[], object]) -> object:
    """Run an exporter in a thread. If it fails, say why; if it hangs, abandon the thread."""
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
        raise ExportFailed(
            f"The exporter of {exporter.name} did not finish within {_EXPORT_TIMEOUT:.0f} s. "
            "Save the figure as PNG yourself and pass its pathlib.Path(…)."
        )
    if isinstance(outcome[0], BaseException):
        raise ExportFailed(_export_failure(exporter, outcome[0])) from None
    return outcome[0]


def _export_failure(exporter: _Exporter, error: BaseException) -> str:
    """Return what to do: install the exporter if it is missing, and otherwise see to the reason that it gave."""
    itself = "save the figure as PNG yourself and pass its pathlib.Path(…)"
    if not _is_installed(exporter.module):
        return (
            f"{exporter.name} draws in the browser, and its exporter is not installed. "
            f"Install it ({exporter.install}), or {itself}."
        )
    needs = (
        f"It needs {exporter.needs}; check that, or {itself}." if exporter.needs else f"Check the figure, or {itself}."
    )
    return f"{exporter.name} draws in the browser, and its exporter failed ({reason_of(error)}). {needs}"


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # ValueError: a stand-in in sys.modules without a specification
        return module in sys.modules and sys.modules[module] is not None

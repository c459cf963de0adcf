"""The picture in one output of a notebook: its data, an image embedded in it, its object, or the reason why not.

Text, tables, formulas, printed output and the usual controls of ipywidgets are not pictures. Images in any format,
figures, maps, videos, embedded pages, drawings by scripts and widgets that draw are. If a picture was shown of which
there are no pixels here, it is a `MissingPicture`, so that no older one is sent in its place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import unquote_to_bytes

from vision_magic.errors import ImageError
from vision_magic.images.convert import is_image
from vision_magic.images.converters.arrays import is_array_like
from vision_magic.images.converters.browser_figures import is_browser_figure
from vision_magic.images.converters.holders import figure_behind
from vision_magic.images.displayed import DisplayedImage, is_known_by_display
from vision_magic.images.html_pictures import HtmlPictures, may_show_pictures, pictures_in_html
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.registry import is_own_kind, reason_of
from vision_magic.text import one_line

__all__ = ["PLOTLY", "MissingPicture", "data_of", "is_picture_as_text", "picture_in", "picture_parts"]

PLOTLY: Final = "application/vnd.plotly.v1+json"
_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_HTML: Final = "text/html"
_MARKDOWN: Final = "text/markdown"
_SCRIPT: Final = "application/javascript"
_HOLOVIEWS: Final = "application/vnd.holoviews_exec.v0+json"
_LOADER: Final = "_load.v0+json"  # with it, bokeh and HoloViews load their scripts and draw nothing yet
_DECODED: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")

# Other types that a browser draws, by a part of their name, and what they are.
_DRAWN: Final = {
    "image/svg+xml": "SVG",
    "image/": "an image in a format that is not decoded",
    "video/": "a video",
    "application/pdf": "a PDF",
    "application/vnd.plotly": "a plotly figure",
    "application/vnd.vega": "an Altair chart",
    "application/vnd.bokehjs_exec": "a bokeh figure",
    _HOLOVIEWS: "a HoloViews plot",
    "application/geo+json": "a map",
    "text/vnd.mermaid": "a Mermaid diagram",
}

# What to do, by a word in the description of an output, and then by one in its HTML; the first that fits.
_WAYS: Final = {
    "exist any more": "Make it again, and show it.",
    "svg": "Convert it to PNG, such as with cairosvg.svg2png(…), and pass the bytes.",
    "pdf": "Convert a page to PNG, and pass the bytes.",
    "video": "Pass one frame of it, as an array or a Pillow image.",
    "address": "Load it: vision_magic.url(…, fetch=True).",
}
_LIBRARIES: Final = {
    "plotly": "Name the figure itself, which kaleido exports: %%vision fig.",
    "holoviews": "Name the plot itself: %%vision plot.",
    "bokeh": "Name the figure itself, which selenium exports: %%vision p.",
    "vega": "Name the chart itself, which vl-convert exports: %%vision chart.",
    "altair": "Name the chart itself, which vl-convert exports: %%vision chart.",
    "lets-plot": "Name the plot itself: %%vision plot.",
    "leaflet": "Pass a screenshot: the bytes of map._to_png() for a folium map, which needs selenium and Firefox.",
}
_WAY: Final = "Export it as PNG with its library, or take a screenshot, and pass the bytes or its pathlib.Path(…)."

# Pictures that a terminal shows as text, and a notebook too where nothing draws them; beside those of `is_own_kind`.
_SEEN: Final = (
    "matplotlib.figure.Figure",
    "PIL.Image.Image",
    "IPython.core.display.Image",
    "lets_plot.plot.core.PlotSpec",
    "lets_plot.plot.subplots.SupPlotsSpec",
    "plotnine.ggplot.ggplot",
    "seaborn._core.plot.Plot",
)

# Objects that describe data; what is drawn in their HTML is decoration, such as the chunks of a dask array.
_DATA: Final = ("xarray.Dataset", "xarray.DataTree", "sklearn.base.BaseEstimator", "dask.base.DaskMethodsMixin")
_CONTROLS: Final = ("@jupyter-widgets/controls", "@jupyter-widgets/base", "@jupyter-widgets/output")

# A script that works on the output or the page; others only change settings, such as those that format code.
_DRAWS: Final = re.compile(r"\belement\b|createElement|appendChild|innerHTML|document\.body")
_MARKDOWN_IMAGE: Final = re.compile(r"!\[[^\]\n]{0,1000}\]\(\s*+<?([^)\s>]++)")
_DATA_URI: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp|tiff)(?:;[\w.=-]+)*?;base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """A picture that the notebook showed and of which there are no pixels here; it is refused when it is needed."""

    reason: str

    def __vision_image__(self) -> NoReturn:
        raise ImageError(self.reason)


def _missing(what: str, hints: str = "") -> MissingPicture:
    described, words = what.lower(), f"{what} {hints}".lower()
    way = next((way for word, way in _WAYS.items() if word in described), "")
    way = way or next((way for word, way in _LIBRARIES.items() if word in words), _WAY)
    return MissingPicture(
        f"The picture shown last is {what}, which has no pixels here, and an older one is not sent instead. "
        f"{way} Or name another picture on the line (%%vision fig), or ask without one: --no-image."
    )


def picture_parts(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an output's data that may show a picture; quick, since it runs at every display."""
    if any(str(kind).endswith(_LOADER) for kind in data):
        return {}
    return {kind: value for kind, value in data.items() if isinstance(kind, str) and _may_show(kind, value)}


def _may_show(kind: str, value: Any) -> bool:
    if kind in (_HTML, _MARKDOWN, _SCRIPT):
        if not isinstance(value, str):
            return False
        if kind == _SCRIPT:
            return _DRAWS.search(value) is not None
        return may_show_pictures(value) or (kind == _MARKDOWN and "![" in value)
    return bool(value or kind.startswith("application/")) and (kind == _WIDGET or _drawn_kind(kind) != "")


def _drawn_kind(kind: str) -> str:
    return next((what for start, what in _DRAWN.items() if kind.startswith(start)), "")


def is_picture_as_text(obj: object) -> bool:
    """Whether an object is a picture even if the data of its display does not show one, as in a terminal."""
    return is_browser_figure(obj) or any(is_instance(obj, path) for path in _SEEN) or is_own_kind(obj)


def data_of(parts: Mapping[str, Any]) -> bytes | str | None:
    """Return the encoded image in an output, or its Base64; None if there is none that can be decoded."""
    return next((parts[kind] for kind in _DECODED if isinstance(parts.get(kind), bytes | str)), None)


def picture_in(parts: Mapping[str, Any], obj: object, *, name: str = "", failed: bool = False) -> object | None:
    """Return the picture that an output shows.

    Parameters
    ----------
    parts : mapping
        The parts of its data that may show one, by `picture_parts`.
    obj : object
        What was displayed, or None if it is not known or does not exist any more.
    name : str
        The name of the class of what was displayed, if it is known.
    failed : bool
        Whether its display raised an error.

    Returns
    -------
    object or None
        What `as_image` accepts, or a list of them; a `MissingPicture`; None if the output shows no picture.
    """
    try:
        return _picture_in(parts, obj, name, failed)
    except Exception as error:  # an object of other code, such as a widget, may raise anything
        return _missing(f"an output that could not be read ({reason_of(error)})")


def _picture_in(parts: Mapping[str, Any], obj: object, name: str, failed: bool) -> object | None:
    if not name and _HOLOVIEWS in parts:
        return None  # what holoviews.extension loads; its plots are displayed as objects
    payload = data_of(parts)
    if is_own_kind(obj):  # its class says what to send, also where it displays as something else
        return obj if payload is None else DisplayedImage(payload=payload, obj=obj, redraw=True)
    if payload is not None:
        return _with_object(payload, obj)
    if _WIDGET in parts:
        return _in_widget(_widget(obj, parts[_WIDGET]))
    if failed:
        return obj if _is_convertible(obj) else _missing(f"a {name} whose display failed")
    if obj is None and name and not parts:
        return _missing(f"a {name} that does not exist any more")
    embedded = _embedded(parts) if not _describes_data(obj) else HtmlPictures()
    drawn = next((what for kind in parts if (what := _drawn_kind(kind))), embedded.drawn)
    if not drawn and not embedded.sources:
        return _in_script(parts) or (obj if is_picture_as_text(obj) else None)
    if not drawn and (images := _decoded(embedded.sources)):
        return images
    if _is_convertible(obj):
        return obj
    return _plotly_figure(parts) or _refused(drawn, parts, name)


def _with_object(payload: bytes | str, obj: object) -> object:
    """Return the data of an image with its object; an interactive canvas stands for its figure as it is now.

    An image of this package is returned as it is, with its source and its note.
    """
    if issubclass(type(obj), Image):
        return obj
    if is_instance(obj, "matplotlib.backend_bases.FigureCanvasBase"):
        return DisplayedImage(payload=payload, obj=figure_behind(obj), redraw=True)
    return DisplayedImage(payload=payload, obj=obj)


def _is_convertible(obj: object) -> bool:
    return obj is not None and not is_known_by_display(obj) and is_image(obj)


def _describes_data(obj: object) -> bool:
    return is_array_like(obj) or any(is_instance(obj, path) for path in _DATA)


def _embedded(parts: Mapping[str, Any]) -> HtmlPictures:
    found = pictures_in_html(parts.get(_HTML) or parts.get(_MARKDOWN) or "")
    if _HTML not in parts:
        found.sources += _MARKDOWN_IMAGE.findall(parts.get(_MARKDOWN) or "")
    return found


def _decoded(sources: list[str]) -> object | None:
    """Return the images of data URIs; None if one of the sources is anything else.

    They are not the object that was displayed, whose HTML may also have a title or a table.
    """
    images: list[object] = []
    for source in sources:
        start = _DATA_URI.match(source)
        if start is None:
            return None
        payload = unquote_to_bytes(source[start.end() :]).decode("ascii", "ignore")
        images.append(DisplayedImage(payload="".join(payload.split())))
    return images[0] if len(images) == 1 else images


def _in_script(parts: Mapping[str, Any]) -> MissingPicture | None:
    return _missing("the output of a script (JavaScript)") if _SCRIPT in parts else None


def _plotly_figure(parts: Mapping[str, Any]) -> object | None:
    """Return the figure of a specification, which plotly's ``show`` publishes without the figure."""
    plotly, spec = sys.modules.get("plotly.graph_objects"), parts.get(PLOTLY)
    if plotly is None or not isinstance(spec, Mapping):
        return None
    try:
        made: object = plotly.Figure(spec.get("data"), spec.get("layout"), skip_invalid=True)
    except Exception:  # plotly raises errors of many kinds for a specification that is not one
        return None
    return made


def _refused(drawn: str, parts: Mapping[str, Any], name: str) -> MissingPicture:
    text = str(parts.get(_HTML) or "")
    what = drawn
    if not what:
        sources = _embedded(parts).sources
        address = next((each for each in sources if _DATA_URI.match(each) is None), "")
        what = "SVG in HTML" if address.startswith("data:image/svg") else f"an image by its address, {_short(address)}"
    return _missing(
        f"{what} ({name})" if name and name not in what else what, f"{name} {text[:20_000]} {text[-20_000:]}"
    )


def _short(address: str) -> str:
    return one_line(address.partition("?")[0], 60) if not address.startswith("data:") else "data in another format"


# --- widgets --------------------------------------------------------------------------------------------------------


def _widget(obj: object, view: Any) -> object | None:
    """Return the widget of an output, which is looked up by its id if the output was published without it."""
    if obj is not None:
        return obj
    known = getattr(sys.modules.get("ipywidgets.widgets.widget"), "_instances", None)  # private: none without it
    return known.get(view.get("model_id")) if isinstance(known, dict) and isinstance(view, Mapping) else None


def _in_widget(widget: Any, depth: int = 8) -> object | None:
    """Return the picture in a widget; None for controls, and a `MissingPicture` for a widget that draws by itself."""
    if widget is None or depth == 0:
        return None
    if _is_convertible(widget):
        return figure_behind(widget) or widget
    if type(widget).__module__.partition(".")[0] == "vision_magic":
        return None
    if is_instance(widget, "ipywidgets.widgets.widget_box.Box"):
        return _together([_in_widget(child, depth - 1) for child in _children(widget)])
    if is_instance(widget, "ipywidgets.widgets.widget_output.Output"):
        shown = (picture_in(picture_parts(each.get("data") or {}), None) for each in reversed(widget.outputs))
        return next((picture for picture in shown if picture is not None), None)
    if is_instance(widget, "ipywidgets.widgets.widget_string.HTML"):
        return picture_in(picture_parts({_HTML: widget.value}), None)
    if is_instance(widget, "ipywidgets.widgets.widget_media.Video"):
        return _missing("a video")
    if getattr(widget, "_model_module", "") in _CONTROLS:
        return None
    return _missing(f"a widget that the browser draws ({type_name(widget)})", type_name(widget))


def _children(box: Any) -> list[Any]:
    """Return the children of a box that can be seen: tabs and the like show the one that is selected."""
    children = list(box.children)
    if not hasattr(type(box), "selected_index"):
        return children
    selected = box.selected_index
    return children[selected : selected + 1] if selected is not None else []


def _together(pictures: list[object | None]) -> object | None:
    found = [picture for picture in pictures if picture is not None]
    missing = next((picture for picture in found if isinstance(picture, MissingPicture)), None)
    return missing or (found[0] if len(found) == 1 else found or None)

"""The images that the notebook displayed last, which ``%%vision`` sends if it names no image, or for ``last``.

matplotlib's inline backend shows every figure after its cell and closes it, so the figure no longer exists when the
next cell runs. The images are therefore recorded while they are displayed: IPython's display formatter has the object
and its image, and its display publisher has images that are published without an object.
"""

from __future__ import annotations

import sys
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.images.converters.browser_figures import is_browser_figure
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.lazy_types import is_instance

__all__ = ["DisplayHistory"]

_KEPT: Final = 16
_KEPT_BYTES: Final = 64_000_000
_MEDIA_TYPES: Final = ("image/png", "image/jpeg")
_PLOTLY: Final = "application/vnd.plotly.v1+json"
_FIGURE: Final = "matplotlib.figure.Figure"


@dataclass(slots=True)
class _Record:
    """One image that was displayed: its bytes or their Base64, and a weak reference to its object."""

    payload: bytes | str | None
    find: Callable[[], object]

    def image(self) -> object | None:
        """Return the image as displayed, otherwise the object; None if neither exists any more."""
        obj = self.find()
        return obj if self.payload is None else DisplayedImage(payload=self.payload, obj=obj)


class DisplayHistory:
    """Records the images that a shell displays.

    Its memory is limited in images and in bytes. Objects are referenced weakly, except for the newest one, which the
    next cell is likely to ask about.

    Parameters
    ----------
    shell : InteractiveShell
        Between `start` and `stop`, its ``display_formatter.format`` and ``display_pub.publish`` are wrapped.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._publisher: Any = None
        self._paused = False
        self._records: deque[_Record] = deque(maxlen=_KEPT)
        self._newest: object = None

    @property
    def recording(self) -> bool:
        """Whether the displays of the shell are recorded."""
        return self._publisher is not None

    def start(self) -> None:
        """Wrap the two functions of the shell."""
        self._format = self._shell.display_formatter.format
        self._publisher = self._shell.display_pub
        self._publish = self._publisher.publish
        self._shell.display_formatter.format = self._watch_format
        self._publisher.publish = self._watch_publish

    def stop(self) -> None:
        """Restore the two functions of the shell and forget the images."""
        # If other code has wrapped our function since, ours stays below it and only passes calls on.
        if self._shell.display_formatter.__dict__.get("format") == self._watch_format:
            del self._shell.display_formatter.format
        if self._publisher.__dict__.get("publish") == self._watch_publish:
            del self._publisher.publish
        self._publisher = None
        self._records.clear()
        self._newest = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing inside the block, because previews by this package are not the notebook's images."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def last(self, count: int = 1) -> list[object]:
        """Return the images displayed last, at most `count`, the newest at the end."""
        found: list[object] = []
        for record in reversed(self._records):
            if len(found) == count:
                break
            image = record.image()
            if image is not None:
                found.insert(0, image)
        if not found and (figure := _open_figure()) is not None:
            found.append(figure)
        return found

    def as_displayed(self, obj: object) -> object:
        """Return the image of a figure as it was displayed, if drawing it again gives the same; otherwise the object.

        A matplotlib figure that has not changed since then is not drawn twice. A figure that only a browser can draw
        may have been displayed as an image even if its library has no exporter.
        """
        figure = is_instance(obj, _FIGURE)
        if not figure and not is_browser_figure(obj):
            return obj
        payload = next((record.payload for record in reversed(self._records) if record.find() is obj), None)
        if payload is None or (figure and getattr(obj, "stale", True)):
            return obj
        return DisplayedImage(payload=payload, obj=obj, redraw=not figure)

    def _watch_format(self, obj: object, *args: Any, **kwargs: Any) -> Any:
        result = self._format(obj, *args, **kwargs)
        data = result[0] if isinstance(result, tuple) and result else {}
        if len(data) > 1:  # most displays are plain text alone
            self._see(data, obj)
        return result

    def _watch_publish(self, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if isinstance(data, Mapping) and data:
            self._see(data, None)
        return self._publish(data, *args, **kwargs)

    def _see(self, data: Mapping[str, Any], obj: object) -> None:
        payload = next((data[kind] for kind in _MEDIA_TYPES if data.get(kind)), None)
        if payload is None:
            obj = _drawn_elsewhere(data, obj)
            if obj is None:
                return
        if not self.recording or self._paused or _captured(self._shell):  # %%capture displays nothing
            return
        last = self._records[-1] if self._records else None
        if last is not None and payload is not None and last.payload is payload:
            return  # the publisher gets the image that the formatter has just made
        if last is not None and obj is not None and last.find() is obj:
            self._records.pop()  # the same figure again, as it is now
        self._keep(payload, obj)

    def _keep(self, payload: bytes | str | None, obj: object) -> None:
        self._records.append(_Record(payload, _weakly(obj)))
        self._newest = obj
        if payload is not None and is_instance(obj, _FIGURE):
            # Saving a figure marks it as changed. After this reset, the mark means a change since it was displayed.
            obj.stale = False  # type: ignore[attr-defined]
        while len(self._records) > 1 and self._bytes() > _KEPT_BYTES:
            self._records.popleft()

    def _bytes(self) -> int:
        return sum(len(record.payload) for record in self._records if record.payload is not None)


def _weakly(obj: object) -> Callable[[], object]:
    try:
        return weakref.ref(obj)
    except TypeError:  # an object without weak references is not kept
        return _nothing


def _nothing() -> None:
    return None


def _drawn_elsewhere(data: Mapping[str, Any], obj: object) -> object | None:
    """Return the figure behind a display without pixels: the browser draws it, or it is SVG."""
    if obj is not None:
        figure = is_instance(obj, _FIGURE) and "image/svg+xml" in data
        return obj if figure or is_browser_figure(obj) else None
    plotly = sys.modules.get("plotly.graph_objects")
    spec = data.get(_PLOTLY)
    if plotly is None or not isinstance(spec, Mapping):
        return None
    # plotly's show() publishes the specification of a figure without the figure.
    made: object = plotly.Figure(spec.get("data"), spec.get("layout"), skip_invalid=True)
    return made


def _captured(shell: Any) -> bool:
    return is_instance(shell.display_pub, "IPython.core.displaypub.CapturingDisplayPublisher")


def _open_figure() -> object | None:
    """Return pyplot's current figure if one is open: in a terminal, figures have their own windows."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    manager = helpers.Gcf.get_active() if helpers is not None else None
    return None if manager is None else manager.canvas.figure

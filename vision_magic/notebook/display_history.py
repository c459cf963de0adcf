"""Which pictures has the notebook shown lately? What ``%%vision`` means where it names none, or says ``last``.

matplotlib's inline backend shows every figure after its cell and closes it, so the figure is gone when the
next cell runs. What was shown is seen on its way out instead: IPython's display formatter knows the object and
the picture made of it, its display publisher sees pictures that were published without an object.
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
_KINDS: Final = ("image/png", "image/jpeg")
_PLOTLY: Final = "application/vnd.plotly.v1+json"
_FIGURE: Final = "matplotlib.figure.Figure"


@dataclass(slots=True)
class _Record:
    """One picture that was shown: its bytes (or their Base64) as displayed, and the object while somebody has it."""

    payload: bytes | str | None
    find: Callable[[], object]

    def picture(self) -> object | None:
        """Return what is sent: the picture as shown, else the object; None where neither is there any more."""
        obj = self.find()
        return obj if self.payload is None else DisplayedImage(payload=self.payload, obj=obj)


class DisplayHistory:
    """Watches a shell's displays; ask it for the `last` pictures.

    Memory is bounded: so many pictures, so many bytes, and objects only while somebody else holds them, but for
    the newest, which a cell is likely to ask about.

    Parameters
    ----------
    shell : InteractiveShell
        Its ``display_formatter.format`` and ``display_pub.publish`` are wrapped until `stop`.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._paused = False
        self._records: deque[_Record] = deque(maxlen=_KEPT)
        self._newest: object = None
        self._format = shell.display_formatter.format
        self._publisher = shell.display_pub
        self._publish = self._publisher.publish
        shell.display_formatter.format = self._watch_format
        self._publisher.publish = self._watch_publish

    def stop(self) -> None:
        """Leave the shell as it was."""
        # Somebody may have wrapped ours since: then ours stays below theirs, and only forgets.
        if self._shell.display_formatter.__dict__.get("format") == self._watch_format:
            del self._shell.display_formatter.format
        if self._publisher.__dict__.get("publish") == self._watch_publish:
            del self._publisher.publish
        self._records.clear()
        self._newest = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let what is shown meanwhile pass unseen: our own previews are not the notebook's pictures."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def last(self, count: int = 1) -> list[object]:
        """Return the pictures shown last, at most `count`, the newest at the end."""
        found: list[object] = []
        for record in reversed(self._records):
            if len(found) == count:
                break
            picture = record.picture()
            if picture is not None:
                found.insert(0, picture)
        if not found and (figure := _open_figure()) is not None:
            found.append(figure)
        return found

    def instead_of(self, obj: object) -> object:
        """Return a figure's picture as it was shown, where that is as good as drawing it again; else the object.

        A figure of matplotlib that has not changed since is not drawn twice; one that only a browser draws may
        have been shown as a picture where its library has no exporter.
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
        if len(data) > 1:  # most of what is shown is text alone
            self._see(data, obj)
        return result

    def _watch_publish(self, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if isinstance(data, Mapping) and data:
            self._see(data, None)
        return self._publish(data, *args, **kwargs)

    def _see(self, data: Mapping[str, Any], obj: object) -> None:
        payload = next((data[kind] for kind in _KINDS if data.get(kind)), None)
        if payload is None:
            obj = _drawn_elsewhere(data, obj)
            if obj is None:
                return
        if self._paused or _captured(self._shell):  # inside %%capture nobody sees it
            return
        last = self._records[-1] if self._records else None
        if last is not None and payload is not None and last.payload is payload:
            return  # the publisher sees again what the formatter has just made
        if last is not None and obj is not None and last.find() is obj:
            self._records.pop()  # the same figure again, as it is now
        self._keep(payload, obj)

    def _keep(self, payload: bytes | str | None, obj: object) -> None:
        self._records.append(_Record(payload, _weakly(obj)))
        self._newest = obj
        if payload is not None and is_instance(obj, _FIGURE):
            # Saving it has left it marked as changed; from now on the mark means a change since it was shown.
            obj.stale = False  # type: ignore[attr-defined]
        while len(self._records) > 1 and self._bytes() > _KEPT_BYTES:
            self._records.popleft()

    def _bytes(self) -> int:
        return sum(len(record.payload) for record in self._records if record.payload is not None)


def _weakly(obj: object) -> Callable[[], object]:
    try:
        return weakref.ref(obj)
    except TypeError:  # an object that cannot be watched is forgotten
        return _nothing


def _nothing() -> None:
    return None


def _drawn_elsewhere(data: Mapping[str, Any], obj: object) -> object | None:
    """Return the figure behind a display that holds no pixels: the browser draws it, or it is SVG."""
    if obj is not None:
        figure = is_instance(obj, _FIGURE) and "image/svg+xml" in data
        return obj if figure or is_browser_figure(obj) else None
    plotly = sys.modules.get("plotly.graph_objects")
    spec = data.get(_PLOTLY)
    if plotly is None or not isinstance(spec, Mapping):
        return None  # plotly's show() publishes what it draws from, and not the figure
    made: object = plotly.Figure(spec.get("data"), spec.get("layout"), skip_invalid=True)
    return made


def _captured(shell: Any) -> bool:
    return is_instance(shell.display_pub, "IPython.core.displaypub.CapturingDisplayPublisher")


def _open_figure() -> object | None:
    """Return pyplot's current figure, where one is open: terminals show figures in windows of their own."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    manager = helpers.Gcf.get_active() if helpers is not None else None
    return None if manager is None else manager.canvas.figure

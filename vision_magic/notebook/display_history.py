"""The pictures that the notebook showed last, which ``%%vision`` sends if it names no image, or for ``last``.

matplotlib's inline backend shows every figure after its cell and closes it, so the figure no longer exists when the
next cell runs. The images are therefore recorded while they are displayed: IPython's display formatter has the object
and its image, and its display publisher has images that are published without an object. In a terminal, figures have
their own windows, or are not seen at all; those that pyplot has open after a cell are recorded.
"""

from __future__ import annotations

import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.images.convert import is_image
from vision_magic.images.converters.browser_figures import is_browser_figure
from vision_magic.images.displayed import DisplayedImage, is_known_by_display
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.refusal import misnamed
from vision_magic.notebook.output_pictures import PLOTLY, data_of, is_picture_as_text, picture_in, picture_parts

__all__ = ["DisplayHistory"]

_KEPT: Final = 16
_KEPT_BYTES: Final = 64_000_000
_SPECIFICATION_BYTES: Final = 16_000_000  # assumed for a figure of plotly, whose size is not counted
_FIGURE: Final = "matplotlib.figure.Figure"


@dataclass(slots=True)
class _Record:
    """One output that may show a picture: the parts of its data that do, and a reference to its object."""

    parts: Mapping[str, Any]
    obj: object  # of the newest record only
    weak: Callable[[], object]
    name: str = ""
    failed: bool = False
    place: object = None
    display_id: str = ""
    payload: bytes | str | None = field(init=False)

    def __post_init__(self) -> None:
        self.payload = data_of(self.parts)

    def find(self) -> object:
        """Return the object that was displayed, or None if it does not exist any more."""
        return self.weak() if self.obj is None else self.obj

    def picture(self) -> object | None:
        """Return the picture, or a `MissingPicture`; None if the output shows none."""
        return picture_in(self.parts, self.find(), name=self.name, failed=self.failed)

    def size(self) -> int:
        """Return the bytes that the record keeps."""
        sizes = (len(value) for value in self.parts.values() if isinstance(value, bytes | str))
        return sum(sizes) + (_SPECIFICATION_BYTES if PLOTLY in self.parts else 0)


class DisplayHistory:
    """Records the outputs of a shell that may show a picture.

    Its memory is limited in outputs and in bytes. Objects are referenced weakly, except for the newest one, which the
    next cell is likely to ask about. What was cleared or replaced is forgotten, because it is not seen any more.

    Parameters
    ----------
    shell : InteractiveShell
        Between `start` and `stop`, its ``display_formatter.format``, ``display_pub.publish`` and
        ``display_pub.clear_output`` are wrapped, and pyplot's open figures are looked at after each cell.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._publisher: Any = None
        self._paused = False
        self._records: deque[_Record] = deque(maxlen=_KEPT)
        self._to_clear: object = None
        self.passed_over = ""  # a note on what was shown after the last picture, and is probably taken for one
        self._formatting = _Formatting()
        self._open: weakref.WeakKeyDictionary[Any, bool] = weakref.WeakKeyDictionary()  # pyplot's, before the cell

    @property
    def recording(self) -> bool:
        """Whether the displays of the shell are recorded."""
        return self._publisher is not None

    def start(self) -> None:
        """Wrap the functions of the shell."""
        self._format = self._shell.display_formatter.format
        self._publisher = self._shell.display_pub
        self._publish = self._publisher.publish
        self._clear = self._publisher.clear_output
        self._shell.display_formatter.format = self._watch_format
        self._publisher.publish = self._watch_publish
        self._publisher.clear_output = self._watch_clear
        self._shell.events.register("pre_execute", self._note_open_figures)
        self._shell.events.register("post_execute", self._see_open_figures)

    def stop(self) -> None:
        """Restore the functions of the shell and forget the images."""
        # If other code has wrapped our function since, ours stays below it and only passes calls on.
        wrapped = (
            (self._shell.display_formatter, "format"),
            (self._publisher, "publish"),
            (self._publisher, "clear_output"),
        )
        ours = (self._watch_format, self._watch_publish, self._watch_clear)
        for (owner, name), function in zip(wrapped, ours, strict=True):
            if owner.__dict__.get(name) == function:
                delattr(owner, name)
        self._shell.events.unregister("pre_execute", self._note_open_figures)
        self._shell.events.unregister("post_execute", self._see_open_figures)
        self._publisher = None
        self._records.clear()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing inside the block, because previews by this package are not the notebook's images."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def last(self, count: int = 1) -> list[object]:
        """Return the pictures shown last, at most `count`, the newest at the end.

        One of which there are no pixels is a `MissingPicture`, and one output with several pictures is a list of them.
        """
        found: list[object] = []
        for record in reversed(self._records):
            if len(found) == count:
                break
            picture = record.picture()
            if picture is not None:
                found.insert(0, picture)
        return found or _open_figures()[-1:]

    def add_shown(self, image: Image) -> None:
        """Record an image that an answer has shown; the outputs of answers are not recorded otherwise."""
        if self.recording and not self._paused:
            parts: dict[str, Any] = {image.media_type: image.data}
            self._keep(_Record(parts, image, _nothing, place=_place(self._publisher)))

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
        before = _last_error()
        with self._formatting.of(obj):
            result = self._format(obj, *args, **kwargs)
        with suppress(Exception):  # no output fails because it cannot be recorded
            data, metadata = result
            failed = _last_error() is not before
            self._formatting.done = data, self._see(data, obj, metadata, failed=failed)
        return result

    def _watch_publish(self, data: Any = None, metadata: Any = None, *args: Any, **kwargs: Any) -> Any:
        with suppress(Exception):
            formatted, record = self._formatting.done
            if formatted is not data:  # an object that publishes its output itself is being formatted, or is not known
                record = self._see(data, self._formatting.obj, metadata)
            self._identify(record, str((kwargs.get("transient") or {}).get("display_id") or ""), kwargs.get("update"))
        self._formatting.done = None, None
        return self._publish(data, metadata, *args, **kwargs)

    def _watch_clear(self, wait: bool = False, *args: Any, **kwargs: Any) -> Any:
        with suppress(Exception):
            place = _place(self._publisher)
            if not _captured(self._shell):
                self._to_clear = place
                if not wait:  # otherwise with the next output in the same place
                    self._carry_out_clear(place)
        return self._clear(wait, *args, **kwargs)

    def _carry_out_clear(self, place: object) -> None:
        if place is not None and self._to_clear == place:
            self._to_clear = None
            self._forget(lambda record: record.place == place)

    def _identify(self, record: _Record | None, display_id: str, update: Any) -> None:
        """Store the id of an output; an update replaces the outputs that have it already."""
        if not display_id:
            return
        if update and not self._paused:
            self._forget(lambda other: other.display_id == display_id and other is not record)
        if record is not None:
            record.display_id = display_id

    def _forget(self, test: Callable[[_Record], bool]) -> None:
        kept = [record for record in self._records if not test(record)]
        if len(kept) < len(self._records):
            self._records = deque(kept, maxlen=_KEPT)

    def _see(self, data: Any, obj: object, metadata: Any = None, *, failed: bool = False) -> _Record | None:
        """Record an output if it may show a picture."""
        if not self.recording or self._paused or _captured(self._shell):  # %%capture displays nothing
            return None
        if self._to_clear is not None:
            self._carry_out_clear(_place(self._publisher))
        if not isinstance(data, Mapping) or _is_ours(obj, metadata):
            return None
        parts = picture_parts(data)
        failed = failed and data_of(parts) is None and (is_image(obj) or is_known_by_display(obj))
        if not parts and not failed and not is_picture_as_text(obj):
            self.passed_over = _note_on(obj) or self.passed_over
            return None
        last = self._records[-1] if self._records else None
        if last is not None and not data and obj is not None and last.find() is obj:
            return last  # an object that has published its output itself
        if last is not None and last.payload is not None and last.payload is data_of(parts):
            return last  # the publisher gets the image that the formatter has just made
        name = "" if obj is None else type_name(obj)
        record = _Record(parts, obj, _weakly(obj), name, failed, _place(self._publisher))
        self._keep_newest(record)
        return record

    def _note_open_figures(self) -> None:
        """Note which figures pyplot has open before a cell, and whether they are still to be drawn."""
        self._open = weakref.WeakKeyDictionary({figure: figure.stale for figure in self._seen_without_display()})

    def _see_open_figures(self) -> None:
        """Record the figures that a cell opened or changed."""
        if self._paused or _captured(self._shell):
            return
        for figure in self._seen_without_display():
            if figure not in self._open or (figure.stale and not self._open[figure]):
                self._keep_newest(_Record({}, figure, _weakly(figure), type_name(figure)))

    def _seen_without_display(self) -> list[Any]:
        """Return the open figures that no display shows: those with a window, and in a terminal all of them."""
        figures = _open_figures()
        if getattr(self._shell, "kernel", None) is None:
            return figures
        return [figure for figure in figures if _has_window(figure)]

    def _keep_newest(self, record: _Record) -> None:
        """Keep a record; of the same object, as it is now, in place of the one before it."""
        if self._records and record.obj is not None and self._records[-1].find() is record.obj:
            self._records.pop()
        self._keep(record)

    def _keep(self, record: _Record) -> None:
        self.passed_over = ""
        for older in self._records:
            older.obj = None
        self._records.append(record)
        if record.payload is not None and is_instance(record.obj, _FIGURE):
            # Saving a figure marks it as changed. After this reset, the mark means a change since it was displayed.
            record.obj.stale = False  # type: ignore[attr-defined]
        while len(self._records) > 1 and self._bytes() > _KEPT_BYTES:
            self._records.popleft()

    def _bytes(self) -> int:
        return sum(record.size() for record in self._records)


class _Formatting(threading.local):
    """The object that a thread is formatting, and the last result, which is published next if it is displayed."""

    def __init__(self) -> None:
        self.obj: object = None
        self.done: tuple[Any, _Record | None] = (None, None)

    @contextmanager
    def of(self, obj: object) -> Iterator[None]:
        outer, self.obj = self.obj, obj
        try:
            yield
        finally:
            self.obj = outer


def _weakly(obj: object) -> Callable[[], object]:
    try:
        return weakref.ref(obj)
    except TypeError:  # an object without weak references is not kept
        return _nothing


def _note_on(obj: object) -> str:
    """Return a note on what is shown as text and probably taken for a picture; empty for other values."""
    if images := _pictures_in(obj):
        return f"What was shown last is a {type_name(obj)} of {images} pictures, and is not sent: name it on the line."
    fault = misnamed(obj)
    if not fault and type(obj).__repr__ is not object.__repr__:  # one that tells what it is is text
        return ""
    return f"What was shown last is a {type_name(obj)} and not a picture, so the picture before it is sent" + (
        f": {fault}" if fault else "."
    )


def _pictures_in(obj: object) -> int:
    if not issubclass(type(obj), list | tuple) or not obj:
        return 0
    items: Any = obj
    return len(items) if all(map(is_image, items)) else 0


def _nothing() -> None:
    return None


def _is_ours(obj: object, metadata: Any) -> bool:
    """Whether an output is an answer or a receipt, whose thumbnails are not pictures of the notebook."""
    if isinstance(metadata, Mapping) and "vision_magic" in metadata:
        return True
    return type(obj).__module__.partition(".")[0] == "vision_magic" and not is_image(obj)


def _last_error() -> object:
    """Return the error that IPython reported last, such as one of a formatter, which it does not raise."""
    return getattr(sys, "last_value", None)


def _place(publisher: Any) -> object:
    """Return where outputs appear: below the running cell, or in Output widgets. None in a terminal.

    ``clear_output`` clears only what appears in the same place.
    """
    parent = getattr(publisher, "parent_header", None)
    cell = parent.get("msg_id") if isinstance(parent, Mapping) else None
    if cell is None:
        return None
    widgets = getattr(sys.modules.get("ipywidgets.widgets.widget"), "_instances", None)  # private: none without it
    known = list(widgets.items()) if isinstance(widgets, dict) else []
    return cell, frozenset(key for key, widget in known if getattr(widget, "msg_id", None) == cell)


def _captured(shell: Any) -> bool:
    return is_instance(shell.display_pub, "IPython.core.displaypub.CapturingDisplayPublisher")


def _open_figures() -> list[Any]:
    """Return the figures that pyplot has open and in which something is drawn, the current one last.

    ``plt.gcf()`` opens an empty figure if there is none.
    """
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    managers = [] if helpers is None else helpers.Gcf.get_all_fig_managers()
    figures = [manager.canvas.figure for manager in managers]
    return [figure for figure in figures if len(figure.get_children()) > 1]  # its background is one


def _has_window(figure: Any) -> bool:
    return getattr(figure.canvas, "required_interactive_framework", None) is not None

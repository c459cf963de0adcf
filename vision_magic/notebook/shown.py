"""Which pictures has the notebook shown lately? What ``%%vision`` means where it names none.

matplotlib's inline backend shows every figure after its cell and closes it, so the figure is gone when the
next cell runs. What was shown is seen on its way out instead: IPython's display formatter knows the object and
the picture made of it, its display publisher sees pictures that were published without an object.
"""

from __future__ import annotations

import base64
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from vision_magic.images.convert import as_image, is_picture
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_of

__all__ = ["Shown"]

_KEPT = 8
_KINDS = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class _Record:
    """One picture that was shown: its bytes (or their Base64) as displayed, or the object alone."""

    payload: bytes | str | None
    obj: object

    def image(self, max_side: int | None) -> Image:
        if self.payload is None:
            return as_image(self.obj, max_side=max_side)
        data = base64.b64decode(self.payload) if isinstance(self.payload, str) else self.payload
        image = as_image(data, max_side=max_side)
        return replace(image, source=f"{_kind(self.obj)}, as shown")


class Shown:
    """Watches a shell's displays; ask it for the `last` picture.

    Parameters
    ----------
    shell : InteractiveShell
        Its ``display_formatter.format`` and ``display_pub.publish`` are wrapped until `stop`.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._paused = False
        self._records: deque[_Record] = deque(maxlen=_KEPT)
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

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let what is shown meanwhile pass unseen: our own previews are not the notebook's pictures."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def last(self, max_side: int | None = None) -> Image | None:
        """Return the picture shown last, or None where there is none.

        Parameters
        ----------
        max_side : int, optional
            As for `as_image`.
        """
        if self._records:
            return self._records[-1].image(max_side)
        figure = _open_figure()
        return None if figure is None else as_image(figure, max_side=max_side)

    def _watch_format(self, obj: object, *args: Any, **kwargs: Any) -> Any:
        result = self._format(obj, *args, **kwargs)
        data = result[0] if isinstance(result, tuple) and result else {}
        self._see(data, obj)
        return result

    def _watch_publish(self, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if isinstance(data, Mapping):
            self._see(data, None)
        return self._publish(data, *args, **kwargs)

    def _see(self, data: Mapping[str, Any], obj: object) -> None:
        if self._paused or _captured(self._shell):  # inside %%capture nobody sees it
            return
        payload = next((data[kind] for kind in _KINDS if data.get(kind)), None)
        if payload is None and not (obj is not None and "image/svg+xml" in data and is_picture(obj)):
            return
        if self._records and payload is not None and self._records[-1].payload is payload:
            return  # the publisher sees again what the formatter has just made
        self._records.append(_Record(payload, obj))


def _captured(shell: Any) -> bool:
    return is_of(shell.display_pub, "IPython.core.displaypub.CapturingDisplayPublisher")


def _open_figure() -> object | None:
    """Return pyplot's current figure, where one is open: terminals show figures in windows of their own."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    manager = helpers.Gcf.get_active() if helpers is not None else None
    return None if manager is None else manager.canvas.figure


def _kind(obj: object) -> str:
    if is_of(obj, "matplotlib.figure.Figure"):
        return "matplotlib figure"
    if is_of(obj, "PIL.Image.Image"):
        return "Pillow image"
    return "picture"

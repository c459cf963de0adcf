"""How does a picture get from a person into the kernel? Pasted, dropped, chosen or taken; in chunks that are checked.

The bytes travel as buffers of custom messages, never as state: state is saved with the notebook and sent to every
page. A server drops a websocket message above 10 MB and says nothing, so a picture goes in pieces of 1 MB, each of
which is acknowledged. The pieces may be handled in several threads (a kernel with subshells does), in any order.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets

from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image
from vision_magic.images.decode import MAX_BYTES, decode_image
from vision_magic.images.registry import ConvertedImage
from vision_magic.notebook.live import answer_beside_the_cell
from vision_magic.text import clean_text, format_bytes

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["ImageInput"]

_HERE: Final = Path(__file__).parent
_CHUNK: Final = 1_000_000  # bytes
_PREVIEW: Final = 1280  # pixels of the longer side: what a browser draws, and small enough for one message
_MOST: Final = 16  # pictures in one widget
_ARRIVING: Final = 4  # pictures on their way at a time; an abandoned one is forgotten when another comes

Box = tuple[int, int, int, int]


class ImageInput(anywidget.AnyWidget):
    """A frame for pictures: paste, drop, choose a file or use the camera; then crop.

    It is a picture itself: ``vm.ask("What is this?", widget)`` asks about the one that is shown.

    Parameters
    ----------
    label : str
        What the frame is called.
    multiple : bool
        Whether it holds several pictures; otherwise a new one takes the place of the old one.
    max_bytes : int
        Largest file that is taken (bytes).

    Attributes
    ----------
    value : tuple of (str, int, int, str)
        Name, width and height of each picture, as cropped, and a word that changes with its pixels; observe it to
        hear of changes.

    Examples
    --------
    >>> ImageInput(label="Photograph").images
    ()
    """

    _esm = _HERE / "image_input.js"
    _css = _HERE / "image_input.css"

    label = traitlets.Unicode("Picture", help="what the frame is called").tag(sync=True)
    multiple = traitlets.Bool(True, help="whether it holds several pictures").tag(sync=True)
    max_bytes = traitlets.Int(MAX_BYTES, min=1, max=MAX_BYTES, help="largest file (bytes)").tag(sync=True)
    value = traitlets.Tuple(help="name, width, height and version of each picture", read_only=True)

    # What the browser shows: names and sizes. The pixels of it come when it asks for them.
    _pictures: Any = traitlets.List(help="key, name, width, height, version of each").tag(sync=True)
    _current = traitlets.Unicode("", help="key of the picture that is shown").tag(sync=True)
    _chunk = traitlets.Int(_CHUNK, help="bytes in one message").tag(sync=True)
    _most = traitlets.Int(_MOST, help="pictures at most").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._lock = threading.RLock()
        self._held: dict[str, _Held] = {}
        self._arriving: dict[str, _Arriving] = {}
        self._taken: dict[str, str] = {}  # files that are whole, and their keys: empty while they are decoded
        self._count = 0
        super().__init__(**traits)
        self.on_msg(self._hear)
        # A picture may be pasted while a cell runs.
        answer_beside_the_cell(self.comm)

    # -- what a person's code asks for ---------------------------------------------------------------------

    @property
    def image(self) -> PILImage.Image | None:
        """The picture that is shown, as cropped; None where there is none."""
        held = self._shown()
        return held.cropped() if held else None

    @property
    def images(self) -> tuple[PILImage.Image, ...]:
        """All pictures, as cropped, in their order."""
        with self._lock:
            held = tuple(self._held.values())
        return tuple(one.cropped() for one in held)

    def __vision_image__(self) -> ConvertedImage:
        """Return the picture that is shown; how many others there are stands in its notes."""
        held = self._shown()
        if held is None:
            raise ImageError(
                "The ImageInput holds no picture yet. Click its frame and press Ctrl+V, drop a file on it or choose "
                "one; then ask again."
            )
        picture, others = held.__vision_image__(), len(self._held) - 1
        return replace(picture, notes=(*picture.notes, f"{others} more in the widget, not sent")) if others else picture

    def each(self) -> tuple[object, ...]:
        """Return all pictures with their names and notes, for `vision_magic.ask`."""
        with self._lock:
            return tuple(self._held.values())

    def discard(self, pictures: Collection[object]) -> None:
        """Take pictures out that `each` gave, where they are still as they were."""
        with self._lock:
            self._held = {key: held for key, held in self._held.items() if held not in pictures}
        self._tell(current=self._current)

    def clear(self) -> None:
        """Take all pictures out."""
        with self._lock:
            self._held.clear()
        self._tell()

    def __repr__(self) -> str:
        return f"<ImageInput: {len(self._held)} picture{'' if len(self._held) == 1 else 's'}>"

    def _shown(self) -> _Held | None:
        with self._lock:
            return self._held.get(self._current) or next(iter(self._held.values()), None)

    # -- what the browser says -----------------------------------------------------------------------------

    def _hear(self, widget: object, content: Any, buffers: Any) -> None:
        """Take a message; whatever is no message of ours is left alone."""
        if not isinstance(content, Mapping):
            return
        kinds = {
            "chunk": self._take_chunk,
            "forget": self._forget,
            "preview": self._send_preview,
            "crop": self._crop,
            "remove": self._remove,
        }
        handle = kinds.get(str(content.get("kind")))
        if handle is not None:
            handle(content, list(buffers or ()))

    def _take_chunk(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        name = str(content.get("id", ""))[:64]
        if name in self._taken:  # a part that was sent again, because the answer to it was late
            self._confirm(name)
            return
        try:
            whole = self._assemble(name, content, buffers)
            if whole is None:
                self.send({"kind": "ack", "id": name, "index": content["index"]})
                return
            key = self._add(_plain_name(content.get("name")), *decode_image(whole))
        except _Damaged as error:
            self._refuse(name, str(error), again=True)
        except ImageError as error:
            self._refuse(name, str(error), again=False)
        except MemoryError:
            self._refuse(name, "The kernel has not memory enough for this picture; shrink it first.", again=False)
        else:
            self._taken[name] = key
            self._confirm(name)

    def _confirm(self, name: str) -> None:
        if self._taken[name]:
            self.send({"kind": "taken", "id": name, "key": self._taken[name]})

    def _assemble(self, name: str, content: Mapping[str, Any], buffers: list[Any]) -> bytes | None:
        """Put a chunk in its place; return the whole file when it was the last one missing."""
        total, index = content.get("total"), content.get("index")
        if not (name and _is_count(total) and _is_count(index)):
            raise _Damaged("A part of the picture arrived without its number.")
        if not 0 < total <= self.max_bytes:  # type: ignore[operator]  # a count
            raise ImageError(
                f"The file holds {format_bytes(total)}; the limit is {format_bytes(self.max_bytes)}. "  # type: ignore[arg-type]
                "Save it smaller."
            )
        with self._lock:
            self._room_for(name)
            arriving = self._arriving.setdefault(name, _Arriving(total=total))  # type: ignore[arg-type]
            arriving.put(index, total, buffers)  # type: ignore[arg-type]
            if not arriving.complete:
                return None
            del self._arriving[name]
            self._taken[name] = ""
            for old in list(self._taken)[:-_MOST]:
                del self._taken[old]
        return arriving.whole(str(content.get("sha256") or ""))

    def _room_for(self, name: str) -> None:
        if len(self._held) >= _MOST and self.multiple:
            raise ImageError(f"There are {_MOST} pictures already; remove one first.")
        while name not in self._arriving and len(self._arriving) >= _ARRIVING:
            del self._arriving[next(iter(self._arriving))]

    def _add(self, name: str, picture: PILImage.Image, notes: tuple[str, ...]) -> str:
        with self._lock:
            if not self.multiple:
                self._held.clear()
            self._count += 1
            key = f"p{self._count}"
            self._held[key] = _Held(name=name, picture=picture, notes=notes)
        self._tell(current=key)
        return key

    def _refuse(self, name: str, message: str, *, again: bool) -> None:
        with self._lock:
            self._arriving.pop(name, None)
            self._taken.pop(name, None)
        self.send({"kind": "refused", "id": name, "message": clean_text(message), "again": again})

    def _forget(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        with self._lock:
            self._arriving.pop(str(content.get("id", ""))[:64], None)

    def _send_preview(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        """Send what the browser draws: upright, in its colours, and of any format that was opened."""
        key = str(content.get("key"))
        with self._lock:
            held = self._held.get(key)
        if held is None:
            return
        try:
            image = as_image(held.cropped(), max_side=_PREVIEW)
        except ImageError as error:
            self.send({"kind": "trouble", "message": clean_text(str(error))})
            return
        about = {"kind": "preview", "key": key, "version": held.version, "type": image.media_type}
        self.send(about, [image.data])

    def _crop(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        """Cut the picture to a box of the picture as it is shown, or give all of it back where there is none."""
        key, box = str(content.get("key")), content.get("box")
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return
            inner = held.inside(box) if box is not None else None
            if box is not None and inner is None:
                self.send({"kind": "trouble", "message": "There is nothing of the picture in that frame."})
                return
            self._held[key] = replace(held, box=inner, version=held.version + 1)
        self._tell(current=key)

    def _remove(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        with self._lock:
            keys = list(self._held)
            key = str(content.get("key"))
            if key not in self._held:
                return
            del self._held[key]
            keys_left = [other for other in keys[keys.index(key) :] if other != key] or list(self._held)[-1:]
            current = self._current if self._current in self._held else next(iter(keys_left), "")
        self._tell(current=current)

    def _tell(self, current: str = "") -> None:
        """Say what is held, to the browser and to observers; outside of the lock, for observers may look."""
        with self._lock:
            held = dict(self._held)
        self.set_trait("_pictures", [one.about(key) for key, one in held.items()])
        self.set_trait("_current", current if current in held else next(iter(held), ""))
        try:
            self.set_trait("value", tuple((one.name, *one.size, f"{key}.{one.version}") for key, one in held.items()))
        except Exception as error:  # an observer's: a notebook would swallow it
            message = f"A function that observes this widget failed ({type(error).__name__}: {error})."
            self.send({"kind": "trouble", "message": clean_text(message)})


class _Damaged(Exception):
    """A part of a file that is not what was sent: sending it again may help."""


@dataclass(slots=True)
class _Arriving:
    """A file on its way, in parts of which each knows its place."""

    total: int
    parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return -(-self.total // _CHUNK)

    @property
    def complete(self) -> bool:
        return len(self.parts) == self.count

    def put(self, index: int, total: int, buffers: list[Any]) -> None:
        """Keep a part; the same one again, because its acknowledgement was lost, does no harm."""
        if total != self.total or index >= self.count:
            raise _Damaged("The parts of the picture do not belong together.")
        expected = min(_CHUNK, self.total - index * _CHUNK)
        data = bytes(buffers[0]) if len(buffers) == 1 else b""
        if len(data) != expected:
            sizes = f"{format_bytes(len(data))} of {format_bytes(expected)}"
            raise _Damaged(f"Part {index + 1} of {self.count} arrived with {sizes}.")
        self.parts[index] = data

    def whole(self, sha256: str) -> bytes:
        """Return the file. Over plain http browsers compute no SHA-256; its length is then what is checked."""
        data = b"".join(self.parts[index] for index in range(self.count))
        if sha256 and hashlib.sha256(data).hexdigest() != sha256.lower():
            raise _Damaged("The picture was damaged on its way.")
        return data


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Held:
    """A picture in the widget; `box` is what is left of it (left, top, right, bottom in pixels).

    Equal to itself only: the same pixels that are pasted again are another picture.
    """

    name: str
    picture: PILImage.Image = field(repr=False)
    notes: tuple[str, ...] = ()
    box: Box | None = None
    version: int = 0

    @property
    def size(self) -> tuple[int, int]:
        left, top, right, bottom = self.box or (0, 0, *self.picture.size)
        return right - left, bottom - top

    def cropped(self) -> PILImage.Image:
        return self.picture.crop(self.box) if self.box else self.picture.copy()

    def __vision_image__(self) -> ConvertedImage:
        cut = (f"cropped from {self.picture.width}×{self.picture.height}",) if self.box else ()
        return ConvertedImage(pixels=self.cropped(), source=f"picture {self.name}", notes=(*self.notes, *cut))

    def inside(self, box: object) -> Box | None:
        """Return a box of the cropped picture as one of the whole; None where it holds no pixel."""
        if not (isinstance(box, list | tuple) and len(box) == 4 and all(type(edge) is int for edge in box)):
            return None
        width, height = self.size
        x, y = (self.box or (0, 0))[:2]
        left, right = (min(max(edge, 0), width) for edge in (box[0], box[2]))
        top, bottom = (min(max(edge, 0), height) for edge in (box[1], box[3]))
        return (x + left, y + top, x + right, y + bottom) if left < right and top < bottom else None

    def about(self, key: str) -> dict[str, Any]:
        """Return what the browser knows of it."""
        width, height = self.size
        about = {"key": key, "name": self.name, "width": width, "height": height, "version": self.version}
        return {**about, "cropped": self.box is not None}


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _plain_name(name: object) -> str:
    """Return a file's name without folders and without letters that cannot be seen."""
    text = PurePosixPath(str(name or "").replace("\\", "/")).name
    return clean_text(text)[:80] or "picture"

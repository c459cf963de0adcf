"""A frame for images that are pasted, dropped, chosen or taken with the camera, and sent to the kernel in chunks.

The bytes are sent as buffers of custom messages, never as state, which is saved with the notebook and sent to every
page. A server silently drops a websocket message above 10 MB, so an image is sent in chunks of 1 MB, each of which is
acknowledged. The chunks may be handled in several threads (as in a kernel with subshells), in any order.
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
from vision_magic.notebook.frontend import handle_beside_cells, join_files
from vision_magic.text import clean_text, format_bytes

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["ImageInput"]

_HERE: Final = Path(__file__).parent
_CHUNK: Final = 1_000_000  # bytes
_PREVIEW: Final = 1280  # pixels of the longer side: enough for the page, and small enough for one message
_MAX_IMAGES: Final = 16  # in one widget
_MAX_UPLOADS: Final = 4  # at a time; when another one begins, the oldest is dropped as probably abandoned

Box = tuple[int, int, int, int]


class ImageInput(anywidget.AnyWidget):
    """A frame for images: paste, drop, choose a file or use the camera; then mark the part to ask about.

    The widget can be used as an image: ``vm.ask("What is this?", widget)`` asks about the image that is shown, or about
    the part of it that is marked.

    Parameters
    ----------
    label : str
        The caption of the frame.
    multiple : bool
        Whether the frame holds several images; otherwise a new image replaces the old one.
    max_bytes : int
        Largest file that is accepted (bytes).

    Attributes
    ----------
    value : tuple of (str, int, int, str)
        Name, width and height of each image or its marked part, and a version that changes with its pixels. Observe it
        to be notified of changes.

    Examples
    --------
    >>> ImageInput(label="Photograph").images
    ()
    """

    _esm = join_files(_HERE / "elements.js", _HERE / "image_input.js")  # without innerHTML of frontend.js
    _css = _HERE / "image_input.css"

    label = traitlets.Unicode("Picture", help="caption of the frame").tag(sync=True)
    multiple = traitlets.Bool(True, help="whether it holds several images").tag(sync=True)
    max_bytes = traitlets.Int(MAX_BYTES, min=1, max=MAX_BYTES, help="largest file (bytes)").tag(sync=True)
    value = traitlets.Tuple(help="name, width, height and version of each image", read_only=True)

    # State for the controls in the browser, which requests the pixels as previews.
    _images: Any = traitlets.List(help="key, name, size, marked part and version of each image").tag(sync=True)
    _current = traitlets.Unicode("", help="key of the image that is shown").tag(sync=True)
    _chunk = traitlets.Int(_CHUNK, help="bytes in one message").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._lock = threading.RLock()
        self._held: dict[str, _HeldImage] = {}
        self._uploads: dict[str, _Upload] = {}
        self._complete: dict[str, str] = {}  # key of the image by upload id; empty while the image is being decoded
        self._count = 0
        try:
            super().__init__(**traits)
        except traitlets.TraitError as error:
            raise ImageError(f"ImageInput: {' '.join(str(error).split())}") from None
        self.on_msg(self._on_message)
        handle_beside_cells(self.comm)

    # -- for the user's code -------------------------------------------------------------------------------

    @property
    def image(self) -> PILImage.Image | None:
        """The image that is shown, or its marked part; None if there is none."""
        held = self._shown()
        return held.cropped() if held else None

    @property
    def images(self) -> tuple[PILImage.Image, ...]:
        """All images in order, or their marked parts."""
        with self._lock:
            held = tuple(self._held.values())
        return tuple(one.cropped() for one in held)

    def __vision_image__(self) -> ConvertedImage:
        """Return the image that is shown, with a note on how many others there are."""
        held = self._shown()
        if held is None:
            raise ImageError(
                "There is no picture in the frame yet. Click the frame and press Ctrl+V, drop a file on it or choose "
                "one; then ask again."
            )
        image, others = held.__vision_image__(), len(self._held) - 1
        return replace(image, notes=(*image.notes, f"{others} more in the widget, not sent")) if others else image

    def each(self) -> tuple[object, ...]:
        """Return all images with their names and notes, each one an argument for `vision_magic.ask`."""
        with self._lock:
            return tuple(self._held.values())

    def discard(self, images: Collection[object]) -> None:
        """Remove images that `each` returned, unless another part of them has been marked since."""
        with self._lock:
            self._held = {key: held for key, held in self._held.items() if held not in images}
        self._publish(current=self._current)

    def clear(self) -> None:
        """Remove all images."""
        with self._lock:
            self._held.clear()
        self._publish()

    def __repr__(self) -> str:
        return f"<ImageInput: {len(self._held)} picture{'' if len(self._held) == 1 else 's'}>"

    def _shown(self) -> _HeldImage | None:
        with self._lock:
            return self._held.get(self._current) or next(iter(self._held.values()), None)

    # -- messages from the browser -------------------------------------------------------------------------

    def _on_message(self, widget: object, content: Any, buffers: Any) -> None:
        """Handle a message; ignore unknown messages."""
        if not isinstance(content, Mapping):
            return
        handlers = {
            "chunk": self._take_chunk,
            "cancel": self._cancel_upload,
            "preview": self._send_preview,
            "crop": self._crop,
            "remove": self._remove,
        }
        handler = handlers.get(str(content.get("kind")))
        if handler is not None:
            handler(content, list(buffers or ()))

    def _take_chunk(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        upload_id = str(content.get("id", ""))[:64]
        if upload_id in self._complete:  # sent again, because the confirmation was late
            self._confirm(upload_id)
            return
        try:
            data = self._assemble(upload_id, content, buffers)
            if data is None:
                self.send({"kind": "ack", "id": upload_id, "index": content["index"]})
                return
            key = self._add(_plain_name(content.get("name")), *decode_image(data))
        except _DamagedUpload as error:
            self._refuse(upload_id, str(error), again=True)
        except ImageError as error:
            self._refuse(upload_id, str(error), again=False)
        except MemoryError:
            message = "The kernel does not have enough memory for this picture; make it smaller first."
            self._refuse(upload_id, message, again=False)
        else:
            self._complete[upload_id] = key
            self._confirm(upload_id)

    def _confirm(self, upload_id: str) -> None:
        if self._complete[upload_id]:
            self.send({"kind": "complete", "id": upload_id, "key": self._complete[upload_id]})

    def _assemble(self, upload_id: str, content: Mapping[str, Any], buffers: list[Any]) -> bytes | None:
        """Store a chunk; return the whole file if no other chunk is missing."""
        total, index = content.get("total"), content.get("index")
        if not (upload_id and _is_count(total) and _is_count(index)):
            raise _DamagedUpload("A part of the picture arrived without a valid number.")
        if not 0 < total <= self.max_bytes:  # type: ignore[operator]  # a count
            raise ImageError(
                f"The file holds {format_bytes(total)}; the limit is {format_bytes(self.max_bytes)}. "  # type: ignore[arg-type]
                "Save it at a smaller size."
            )
        with self._lock:
            self._make_room(upload_id)
            upload = self._uploads.setdefault(upload_id, _Upload(total=total))  # type: ignore[arg-type]
            upload.put(index, total, buffers)  # type: ignore[arg-type]
            if not upload.complete:
                return None
            del self._uploads[upload_id]
            self._complete[upload_id] = ""
            for old in list(self._complete)[:-_MAX_IMAGES]:
                del self._complete[old]
        return upload.data(str(content.get("sha256") or ""))

    def _make_room(self, upload_id: str) -> None:
        if len(self._held) >= _MAX_IMAGES and self.multiple:
            raise ImageError(f"There are {_MAX_IMAGES} pictures already; remove one first.")
        while upload_id not in self._uploads and len(self._uploads) >= _MAX_UPLOADS:
            del self._uploads[next(iter(self._uploads))]

    def _add(self, name: str, pixels: PILImage.Image, notes: tuple[str, ...]) -> str:
        with self._lock:
            if not self.multiple:
                self._held.clear()
            self._count += 1
            key = f"p{self._count}"
            self._held[key] = _HeldImage(name=name, pixels=pixels, notes=notes)
        self._publish(current=key)
        return key

    def _refuse(self, upload_id: str, message: str, *, again: bool) -> None:
        with self._lock:
            self._uploads.pop(upload_id, None)
            self._complete.pop(upload_id, None)
        self.send({"kind": "refused", "id": upload_id, "message": clean_text(message), "again": again})

    def _cancel_upload(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        with self._lock:
            self._uploads.pop(str(content.get("id", ""))[:64], None)

    def _send_preview(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        """Send an image or a box of it to the browser: upright, in sRGB, and in a format that it can open."""
        key = str(content.get("key"))
        with self._lock:
            held = self._held.get(key)
        if held is None:
            return
        try:
            part = replace(held, box=held.inside(content.get("box")) or held.whole)
            image = as_image(part.cropped(), max_side=_PREVIEW)
        except ImageError as error:
            self._send_error(str(error))
            return
        about = {"kind": "preview", "key": key, "box": part.box, "type": image.media_type}
        self.send(about, [image.data])

    def _crop(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        """Mark a box of an image as the part to send, or the whole image if there is no box."""
        key, box = str(content.get("key")), content.get("box")
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return
            part = held.inside(box) if box is not None else held.whole
            if part is None:
                self._send_error("The selection contains no part of the picture.")
                return
            inner = part if part != held.whole else None
            edit = str(content.get("edit", ""))[:64]
            self._held[key] = replace(held, box=inner, version=held.version + 1, edit=edit)
        self._publish(current=key)

    def _remove(self, content: Mapping[str, Any], buffers: list[Any]) -> None:
        with self._lock:
            keys = list(self._held)
            key = str(content.get("key"))
            if key not in self._held:
                return
            del self._held[key]
            neighbours = [other for other in keys[keys.index(key) :] if other != key] or list(self._held)[-1:]
            current = self._current if self._current in self._held else next(iter(neighbours), "")
        self._publish(current=current)

    # -- messages to the browser ---------------------------------------------------------------------------

    def _publish(self, current: str = "") -> None:
        """Update the traits for the browser and observers, outside the lock, since observers may use the widget."""
        with self._lock:
            held = dict(self._held)
        self.set_trait("_images", [one.about(key) for key, one in held.items()])
        self.set_trait("_current", current if current in held else next(iter(held), ""))
        try:
            self.set_trait("value", tuple((one.name, *one.size, f"{key}.{one.version}") for key, one in held.items()))
        except Exception as error:  # raised by an observer; a notebook would hide it
            self._send_error(f"A function that observes this widget failed ({type(error).__name__}: {error}).")

    def _send_error(self, message: str) -> None:
        self.send({"kind": "error", "message": clean_text(message)})


class _DamagedUpload(Exception):
    """A chunk arrived damaged; sending the file again may help."""


@dataclass(slots=True)
class _Upload:
    """A file that is being received, in numbered chunks."""

    total: int
    chunks: dict[int, bytes] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return -(-self.total // _CHUNK)

    @property
    def complete(self) -> bool:
        return len(self.chunks) == self.count

    def put(self, index: int, total: int, buffers: list[Any]) -> None:
        """Store a chunk, which may arrive twice: its acknowledgement can be lost."""
        if total != self.total or index >= self.count:
            raise _DamagedUpload("The parts of the picture do not belong together.")
        expected = min(_CHUNK, self.total - index * _CHUNK)
        data = bytes(buffers[0]) if len(buffers) == 1 else b""
        if len(data) != expected:
            sizes = f"{format_bytes(len(data))} of {format_bytes(expected)}"
            raise _DamagedUpload(f"Part {index + 1} of {self.count} arrived with {sizes}.")
        self.chunks[index] = data

    def data(self, sha256: str) -> bytes:
        """Return the file. Only its length is checked on plain HTTP, where browsers cannot compute a SHA-256."""
        data = b"".join(self.chunks[index] for index in range(self.count))
        if sha256 and hashlib.sha256(data).hexdigest() != sha256.lower():
            raise _DamagedUpload("The picture was damaged in transit.")
        return data


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _HeldImage:
    """An image in the widget, cropped to `box` (left, top, right, bottom in pixels) if there is one.

    `edit` is the page's id of the change that set the box: while others are on their way, it keeps its own box.
    It is equal only to itself, since the same pixels may be pasted again as another image.
    """

    name: str
    pixels: PILImage.Image = field(repr=False)
    notes: tuple[str, ...] = ()
    box: Box | None = None
    version: int = 0
    edit: str = ""

    @property
    def whole(self) -> Box:
        return (0, 0, *self.pixels.size)

    @property
    def size(self) -> tuple[int, int]:
        left, top, right, bottom = self.box or self.whole
        return right - left, bottom - top

    def cropped(self) -> PILImage.Image:
        return self.pixels.crop(self.box) if self.box else self.pixels.copy()

    def __vision_image__(self) -> ConvertedImage:
        note = (f"cropped from {self.pixels.width}×{self.pixels.height}",) if self.box else ()
        return ConvertedImage(pixels=self.cropped(), source=f"picture {self.name}", notes=(*self.notes, *note))

    def inside(self, box: object) -> Box | None:
        """Return the part of a box inside the image; None if it contains no pixels."""
        if not (isinstance(box, list | tuple) and len(box) == 4 and all(type(edge) is int for edge in box)):
            return None
        width, height = self.pixels.size
        left, right = (min(max(edge, 0), width) for edge in (box[0], box[2]))
        top, bottom = (min(max(edge, 0), height) for edge in (box[1], box[3]))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def about(self, key: str) -> dict[str, Any]:
        """Return the state of the image for the controls in the browser."""
        width, height = self.pixels.size
        about = {"key": key, "name": self.name, "width": width, "height": height, "version": self.version}
        return {**about, "box": self.box, "edit": self.edit}


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _plain_name(name: object) -> str:
    """Return the name of a file without its folder, and with invisible characters made visible."""
    text = PurePosixPath(str(name or "").replace("\\", "/")).name
    return clean_text(text)[:80] or "picture"

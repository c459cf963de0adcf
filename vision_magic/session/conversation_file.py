"""Saved conversations: a JSON file, and beside it a folder with the images, each named by its hash."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vision_magic.chat.json_types import is_json_value
from vision_magic.chat.messages import FactsPart, ImagePart, Message, Part, TextPart, ToolCall
from vision_magic.chat.provider_fields import ProviderFields
from vision_magic.chat.request import FIELDS
from vision_magic.errors import ImageError, RequestError, VisionError
from vision_magic.images.decode import decode_image
from vision_magic.images.image import Image, RemoteImage
from vision_magic.reprs import short_repr
from vision_magic.secrets import map_strings, redact, redact_in, redact_keys
from vision_magic.session.paths import read_file, reason
from vision_magic.session.turns import Turn

__all__ = ["StoredConversation", "load", "save"]

_VERSION: Final = 2
_TOOL_OPTIONS: Final = {
    "tools",
    "tool_choice",
    "parallel_tool_calls",
}  # the functions are not saved, and servers refuse the others alone
_SAVED_OPTIONS: Final = (
    "profile",
    "model",
    "system",
    "detail",
    "max_side",
    "facts",
    *(set(FIELDS) - {"user", *_TOOL_OPTIONS}),
)
"""The options that are saved. None of them contains a key, a function or an address."""

_STATES: Final = ["complete", "interrupted", "truncated"]
_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg"}
_BLOCK: Final = 1024 * 1024  # bytes
_LONGEST_NAME: Final = 80  # bytes
_IMAGE_NAME: Final = re.compile(rb"[0-9a-f]{64}\.(?:png|jpg|bin)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConversation:
    """The content of the file of a conversation."""

    name: str
    keep_images: int
    options: Mapping[str, Any]
    turns: tuple[Turn, ...]


def save(path: Path, conversation: StoredConversation) -> Path:
    """Write a conversation and return its path. An earlier file is replaced only when the new one is complete.

    Pictures of the folder that no conversation needs any more, such as those of a turn that was removed, are deleted.
    """
    folder = _images_folder(path)
    images = {
        _file_name(image): image.data
        for turn in conversation.turns
        for image in turn.images
        if isinstance(image, Image)
    }
    head = {
        "vision_magic": "conversation",
        "version": _VERSION,
        "name": conversation.name,
        "keep_images": conversation.keep_images,
        "options": {
            name: value
            for name, value in conversation.options.items()
            if name in _SAVED_OPTIONS and is_json_value(value)
        },
    }
    content = {**redact_in(head), "turns": [_turn(turn) for turn in conversation.turns]}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write_images(folder, images)
        _write(path, json.dumps(content, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
    finally:
        _delete_unused_images(folder)
    _write_images(folder, images)  # again: another conversation may have been saved here meanwhile, and deleted one
    return path


def load(path: Path) -> StoredConversation:
    """Read a conversation. An image whose file is missing or was changed becomes a line of text.

    Raises
    ------
    RequestError
        The file is not a conversation, is damaged, or was written by a later version.
    """
    try:
        content = json.loads(read_file(path).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RequestError(f"{path} could not be read as a conversation ({reason(error)}).") from None
    if not isinstance(content, dict) or content.get("vision_magic") != "conversation":
        raise RequestError(f"{path} is not a conversation; expected a file that Conversation.save has written.")
    found = content.get("version")
    if found != _VERSION:
        earlier = isinstance(found, int) and found < _VERSION
        step = "Save it again from the notebook that made it." if earlier else "Install a newer vision_magic."
        raise RequestError(
            f"{path} is a conversation of version {found!r}; this vision_magic reads version {_VERSION}. {step}"
        )
    try:
        return StoredConversation(
            name=str(content["name"]),
            keep_images=int(content["keep_images"]),
            options={name: value for name, value in content["options"].items() if name in _SAVED_OPTIONS},
            turns=tuple(_read_turn(turn, _images_folder(path)) for turn in content["turns"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, VisionError) as error:
        raise RequestError(f"{path} is a damaged conversation ({type(error).__name__}: {error}).") from None


def _images_folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}.images")


def _write_images(folder: Path, images: Mapping[str, bytes]) -> None:
    if images:
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in images.items():
        if not (folder / name).exists():
            _write(folder / name, data)


def _delete_unused_images(folder: Path) -> None:
    """Delete the pictures that no saved conversation of this folder needs.

    Other files in the folder, and a folder that is a link to another place, are left alone.
    """
    if not folder.is_dir() or folder.is_symlink():
        return
    try:
        needed = {name for file in _files_of(folder) for name in _image_names(file)}
        for image in folder.iterdir():
            name = os.fsencode(image.name)
            if _IMAGE_NAME.fullmatch(name) and name not in needed:
                image.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or error
        warnings.warn(f"vision_magic: {folder} may hold pictures that are no longer needed ({reason}).", stacklevel=4)


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the files whose pictures are in a folder. Those that differ only in their suffix share one."""
    for file in folder.parent.iterdir():
        own_folder = _images_folder(file)
        if file.is_file() and own_folder.is_dir() and own_folder.samefile(folder):
            yield file


def _image_names(file: Path) -> Iterator[bytes]:
    """Yield the names of pictures in a file, which need not be a conversation and may be large."""
    end = b""
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield from _IMAGE_NAME.findall(end + block)
            end = block[-_LONGEST_NAME:]


def _file_name(image: Image) -> str:
    return f"{hashlib.sha256(image.data).hexdigest()}.{_SUFFIXES.get(image.media_type, 'bin')}"


def _write(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read; it appears under its name when it is complete."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "state": turn.state,
        "cell_id": redact(turn.cell_id),
        "messages": [_message(message) for message in turn.messages],
    }


def _message(message: Message) -> dict[str, Any]:
    content: Any = message.content
    content = [_part(part) for part in content] if not isinstance(content, str) else content
    calls = [{"id": call.id, "name": call.name, "arguments": call.arguments} for call in message.tool_calls]
    fields = {"role": message.role, "content": content, "tool_calls": calls, "tool_call_id": message.tool_call_id}
    fields = {**redact_in(fields), "provider_fields": _provider_fields(message)}
    return {name: value for name, value in fields.items() if value or name == "content"}


def _provider_fields(message: Message) -> dict[str, Any] | None:
    """Return what only the server that wrote a message gets back; nothing if a part looks like a key."""
    fields = message.provider_fields.to_dict() if message.provider_fields is not None else None
    return fields if map_strings(fields, redact_keys) == fields else None


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, TextPart):
        return {"facts" if isinstance(part, FactsPart) else "text": part.text}
    if isinstance(part.image, RemoteImage):
        return {"url": part.image.address, "detail": part.detail}
    image = part.image
    return {
        "image": _file_name(image),
        "detail": part.detail,
        "size": [image.width, image.height],
        "source": image.source,
        "note": image.note,
        "original": list(image.original),
        "quality": image.quality,
    }


def _read_turn(turn: Mapping[str, Any], folder: Path) -> Turn:
    messages = tuple(_read_message(message, folder) for message in turn["messages"])
    if not messages:
        raise RequestError("a turn without messages")
    if turn["state"] not in _STATES:
        raise RequestError(f"a turn with the state {short_repr(turn['state'])}")
    return Turn(messages=messages, state=turn["state"], cell_id=str(turn["cell_id"]))


def _read_message(message: Mapping[str, Any], folder: Path) -> Message:
    content = message["content"]
    calls = [
        ToolCall(id=str(call["id"]), name=str(call["name"]), arguments=str(call["arguments"]))
        for call in message.get("tool_calls", ())
    ]
    return Message(
        role=message["role"],
        content=content if isinstance(content, str) else tuple(_read_part(part, folder) for part in content),
        tool_calls=tuple(calls),
        tool_call_id=str(message.get("tool_call_id", "")),
        provider_fields=ProviderFields.from_dict(message.get("provider_fields")),
    )


def _read_part(part: Mapping[str, Any], folder: Path) -> Part:
    if "text" in part:
        return TextPart(part["text"])
    if "facts" in part:
        return FactsPart(part["facts"])
    if "url" in part:
        return ImagePart(RemoteImage(part["url"]), part["detail"])
    name = Path(part["image"]).name  # without folders, so that it cannot lead out of this one
    try:
        data = read_file(folder / name)
        if hashlib.sha256(data).hexdigest() != Path(name).stem:
            raise ImageError("changed")
        decode_image(data)  # has the same limits as any other data from outside
    except (OSError, ImageError):
        width, height = part["size"]
        return TextPart(f"[A picture of {width}×{height} pixels, {part['source']}: its file is missing or was changed]")
    return ImagePart(_saved_image(data, part), part["detail"])


def _saved_image(data: bytes, part: Mapping[str, Any]) -> Image:
    width, height = part["size"]
    original_width, original_height = part.get("original", part["size"])
    quality = part.get("quality")
    return Image(
        data=data,
        media_type="image/jpeg" if Path(part["image"]).suffix == ".jpg" else "image/png",
        width=int(width),
        height=int(height),
        source=str(part["source"]),
        note=str(part["note"]),
        original=(int(original_width), int(original_height)),
        quality=None if quality is None else int(quality),
    )

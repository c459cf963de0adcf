"""How is a conversation kept in a file? JSON with the pictures' hashes, and the pictures beside it by these names."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vision_magic.chat.json_types import is_json_value
from vision_magic.chat.messages import FactsPart, ImagePart, Message, Part, TextPart, ToolCall
from vision_magic.chat.request import FIELDS
from vision_magic.errors import ImageError, RequestError, VisionError
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image, RemoteImage
from vision_magic.secrets import redact
from vision_magic.session.history import Turn

__all__ = ["Stored", "load", "save"]

_VERSION: Final = 1
_OF_FUNCTIONS: Final = {"tools", "tool_choice", "parallel_tool_calls"}  # servers refuse the others without the first
_KEPT: Final = ("profile", "model", "system", "detail", "max_side", "facts", *(set(FIELDS) - {"user", *_OF_FUNCTIONS}))
"""The options that go into the file: none of them is for a key, a function or an address."""

_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the file of a conversation holds."""

    name: str
    keep_images: int
    options: Mapping[str, Any]
    turns: tuple[Turn, ...]


def save(path: Path, conversation: Stored) -> Path:
    """Write a conversation; a file that is there already stays whole until the new one is."""
    pictures = _pictures_of(path)
    held = [image for turn in conversation.turns for image in turn.images if isinstance(image, Image)]
    if held:
        pictures.mkdir(parents=True, exist_ok=True)
    for image in dict.fromkeys(held):
        target = pictures / _file_name(image)
        if not target.exists():
            _write(target, image.data)
    content = {
        "vision_magic": "conversation",
        "version": _VERSION,
        "name": redact(conversation.name),
        "keep_images": conversation.keep_images,
        "options": {
            name: _without_keys(value)
            for name, value in conversation.options.items()
            if name in _KEPT and is_json_value(value)
        },
        "turns": [_turn(turn) for turn in conversation.turns],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, json.dumps(content, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
    return path


def load(path: Path) -> Stored:
    """Read a conversation; a picture whose file is gone or changed becomes a line of text.

    Raises
    ------
    RequestError
        The file is no conversation, or of a later version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RequestError(f"{path} could not be read as a conversation ({error}).") from None
    if not isinstance(content, dict) or content.get("vision_magic") != "conversation":
        raise RequestError(f"{path} is no conversation; expected a file that Conversation.save has written.")
    if content.get("version") != _VERSION:
        raise RequestError(
            f"{path} is a conversation of version {content.get('version')!r}; this vision_magic reads {_VERSION}. "
            "Install a newer one."
        )
    try:
        return Stored(
            name=str(content["name"]),
            keep_images=int(content["keep_images"]),
            options={name: value for name, value in content["options"].items() if name in _KEPT},
            turns=tuple(_read_turn(turn, _pictures_of(path)) for turn in content["turns"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, VisionError) as error:
        raise RequestError(f"{path} is a conversation that is damaged ({type(error).__name__}: {error}).") from None


def _pictures_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.pictures")


def _file_name(image: Image) -> str:
    return f"{hashlib.sha256(image.data).hexdigest()}.{_ENDINGS.get(image.media_type, 'bin')}"


def _write(path: Path, data: bytes) -> None:
    """Write a file in one step, for its owner alone: what was shown to a model is nobody else's business."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _without_keys(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {name: _without_keys(item) for name, item in value.items()}
    return [_without_keys(item) for item in value] if isinstance(value, list | tuple) else value


def _turn(turn: Turn) -> dict[str, Any]:
    return {"state": turn.state, "key": turn.key, "messages": [_message(message) for message in turn.messages]}


def _message(message: Message) -> dict[str, Any]:
    content: Any = message.content
    content = [_part(part) for part in content] if not isinstance(content, str) else redact(content)
    calls = [{"id": call.id, "name": call.name, "arguments": redact(call.arguments)} for call in message.tool_calls]
    said = {"role": message.role, "content": content, "tool_calls": calls, "tool_call_id": message.tool_call_id}
    return {name: value for name, value in said.items() if value or name == "content"}


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, TextPart):
        return {"facts" if isinstance(part, FactsPart) else "text": redact(part.text)}
    if isinstance(part.image, RemoteImage):
        return {"address": part.image.address, "detail": part.detail}
    image = part.image
    return {
        "picture": _file_name(image),
        "detail": part.detail,
        "size": [image.width, image.height],
        "source": image.source,
        "note": image.note,
        "original": list(image.original),
        "quality": image.quality,
    }


def _read_turn(turn: Mapping[str, Any], pictures: Path) -> Turn:
    messages = tuple(_read_message(message, pictures) for message in turn["messages"])
    if not messages:
        raise RequestError("a turn without messages")
    return Turn(messages=messages, state=turn["state"], key=str(turn["key"]))


def _read_message(message: Mapping[str, Any], pictures: Path) -> Message:
    content = message["content"]
    calls = [
        ToolCall(id=str(call["id"]), name=str(call["name"]), arguments=str(call["arguments"]))
        for call in message.get("tool_calls", ())
    ]
    return Message(
        role=message["role"],
        content=content if isinstance(content, str) else tuple(_read_part(part, pictures) for part in content),
        tool_calls=tuple(calls),
        tool_call_id=str(message.get("tool_call_id", "")),
    )


def _read_part(part: Mapping[str, Any], pictures: Path) -> Part:
    if "text" in part:
        return TextPart(part["text"])
    if "facts" in part:
        return FactsPart(part["facts"])
    if "address" in part:
        return ImagePart(RemoteImage(part["address"]), part["detail"])
    name = Path(part["picture"]).name  # never a way out of the folder
    try:
        data = (pictures / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != Path(name).stem:
            raise ImageError("changed")
        as_image(data)  # opened under the same caps as any foreign bytes
    except (OSError, ImageError):
        width, height = part["size"]
        return TextPart(f"[A picture of {width}×{height} pixels, {part['source']}: its file is gone or was changed]")
    return ImagePart(_as_it_was(data, part), part["detail"])


def _as_it_was(data: bytes, part: Mapping[str, Any]) -> Image:
    width, height = part["size"]
    across, down = part.get("original", part["size"])
    quality = part.get("quality")
    return Image(
        data=data,
        media_type="image/jpeg" if Path(part["picture"]).suffix == ".jpg" else "image/png",
        width=int(width),
        height=int(height),
        source=str(part["source"]),
        note=str(part["note"]),
        original=(int(across), int(down)),
        quality=None if quality is None else int(quality),
    )

"""Ask a vision model about a picture that is in memory.

>>> import vision_magic as vm
>>> vm.as_image(b"no picture")
Traceback (most recent call last):
    ...
vision_magic.errors.PictureError: 10 B starting with b'no pictu' are not a picture that can be opened ...
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vision_magic.chat.events import (
        Event,
        Finished,
        ReasoningDelta,
        RefusalDelta,
        Retrying,
        TextDelta,
        ToolCallDelta,
        ToolFinished,
        ToolStarted,
        Waiting,
    )
    from vision_magic.chat.messages import Message, ToolCall
    from vision_magic.chat.receipt import Receipt, Sent
    from vision_magic.chat.reply import Choice, Reply, Timing, Usage
    from vision_magic.chat.request import ChatRequest
    from vision_magic.chat.tools import Tool, tool
    from vision_magic.errors import (
        BrokenReply,
        CellError,
        ConnectionFailed,
        Interrupted,
        PictureError,
        RecordingError,
        RecordingMiss,
        RequestError,
        ServerError,
        SettingsError,
        SpendingCapReached,
        TruncatedReply,
        VisionError,
        WireError,
    )
    from vision_magic.images.convert import as_image
    from vision_magic.images.image import Image, RemoteImage
    from vision_magic.images.knowledge.of import facts
    from vision_magic.images.knowledge.values import Facts
    from vision_magic.images.registry import Picture, converts
    from vision_magic.notebook.widgets.ask_panel import AskPanel
    from vision_magic.notebook.widgets.chat import ChatPanel
    from vision_magic.notebook.widgets.image_input import ImageInput
    from vision_magic.session.address import url
    from vision_magic.session.ask import aask, ask, astream, prepare, stream, usage, use
    from vision_magic.session.choose import Chosen, achoose, choose
    from vision_magic.session.conversation import Conversation
    from vision_magic.session.history import Turn
    from vision_magic.session.keep import keep
    from vision_magic.session.log import log
    from vision_magic.session.recordings import recording
    from vision_magic.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "AskPanel",
    "BrokenReply",
    "CellError",
    "ChatPanel",
    "ChatRequest",
    "Choice",
    "Chosen",
    "ConnectionFailed",
    "Conversation",
    "Event",
    "Facts",
    "Finished",
    "Image",
    "ImageInput",
    "Interrupted",
    "Message",
    "Picture",
    "PictureError",
    "ReasoningDelta",
    "Receipt",
    "RecordingError",
    "RecordingMiss",
    "RefusalDelta",
    "RemoteImage",
    "Reply",
    "RequestError",
    "Retrying",
    "Sent",
    "ServerError",
    "Settings",
    "SettingsError",
    "SpendingCapReached",
    "TextDelta",
    "Timing",
    "Tool",
    "ToolCall",
    "ToolCallDelta",
    "ToolFinished",
    "ToolStarted",
    "TruncatedReply",
    "Turn",
    "Usage",
    "VisionError",
    "Waiting",
    "WireError",
    "aask",
    "achoose",
    "as_image",
    "ask",
    "astream",
    "choose",
    "converts",
    "facts",
    "keep",
    "log",
    "prepare",
    "recording",
    "stream",
    "tool",
    "url",
    "usage",
    "use",
]

# Where each name lives: importing the package loads nothing but this file.
_ROOMS = {
    "vision_magic.chat.events": "Event Finished ReasoningDelta RefusalDelta Retrying TextDelta ToolCallDelta "
    "ToolFinished ToolStarted Waiting",
    "vision_magic.chat.messages": "Message ToolCall",
    "vision_magic.chat.receipt": "Receipt Sent",
    "vision_magic.chat.reply": "Choice Reply Timing Usage",
    "vision_magic.chat.request": "ChatRequest",
    "vision_magic.chat.tools": "Tool tool",
    "vision_magic.errors": "BrokenReply CellError ConnectionFailed Interrupted PictureError RecordingError "
    "RecordingMiss RequestError ServerError SettingsError SpendingCapReached TruncatedReply VisionError WireError",
    "vision_magic.images.convert": "as_image",
    "vision_magic.images.knowledge.of": "facts",
    "vision_magic.images.knowledge.values": "Facts",
    "vision_magic.images.image": "Image RemoteImage",
    "vision_magic.images.registry": "Picture converts",
    "vision_magic.notebook.widgets.ask_panel": "AskPanel",
    "vision_magic.notebook.widgets.chat": "ChatPanel",
    "vision_magic.notebook.widgets.image_input": "ImageInput",
    "vision_magic.session.address": "url",
    "vision_magic.session.ask": "aask ask astream prepare stream usage use",
    "vision_magic.session.choose": "Chosen achoose choose",
    "vision_magic.session.conversation": "Conversation",
    "vision_magic.session.history": "Turn",
    "vision_magic.session.keep": "keep",
    "vision_magic.session.log": "log",
    "vision_magic.session.recordings": "recording",
    "vision_magic.settings": "Settings",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_ROOM_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load_ipython_extension(shell: Any) -> None:
    """Answer ``%load_ext vision_magic``."""
    from vision_magic.notebook.extension import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Answer ``%unload_ext vision_magic``."""
    from vision_magic.notebook.extension import unload

    unload(shell)

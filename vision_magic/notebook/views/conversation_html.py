"""A conversation as HTML: each question with its pictures, and the answer as the notebook shows an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vision_magic.render.markup import plain_html, plain_lines_html, safe_html
from vision_magic.render.theme import BORDER, SMALL, style_html
from vision_magic.session.turns import describe_image, text_of

if TYPE_CHECKING:
    from vision_magic.images.image import Image, RemoteImage
    from vision_magic.session.conversation import Conversation
    from vision_magic.session.turns import Turn

__all__ = ["conversation_html"]


def conversation_html(conversation: Conversation) -> str:
    """Return the turns of a conversation, oldest first."""
    turns = "".join(part for turn in conversation.turns for part in _parts(turn))
    return (
        f'{style_html()}<div style="{SMALL}">{plain_html(repr(conversation).strip("<>"))}</div>'
        f'<div class="vision-magic-text">{turns or "<p>No questions yet.</p>"}</div>'
    )


def _parts(turn: Turn) -> Iterator[str]:
    yield f'<div style="border-left:3px solid {BORDER};padding-left:10px">{plain_lines_html(turn.question)}</div>'
    yield from map(_image_line, turn.messages[0].images)
    for message in turn.messages[1:]:
        yield from (_line(f"calls {call.name}({call.arguments})") for call in message.tool_calls)
        if message.role == "tool":
            yield _line(f"→ {text_of(message)}")
        elif message.role == "assistant":
            yield safe_html(text_of(message))
        yield from map(_image_line, message.images)


def _image_line(image: Image | RemoteImage) -> str:
    return _line(describe_image(image))


def _line(text: str) -> str:
    return f'<div style="{SMALL}">{plain_html(text)}</div>'

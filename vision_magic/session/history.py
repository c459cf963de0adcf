"""What does a conversation remember? Turns, and which of their pictures go along with the next question."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vision_magic.chat.messages import ImagePart, Message, Part, TextPart
from vision_magic.chat.reply import Reply, State
from vision_magic.images.image import Image, RemoteImage

__all__ = ["Turn", "drop_old_images", "in_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and its answer.

    Attributes
    ----------
    messages : tuple of Message
        The question, the answer, and between them the functions that were called.
    state : {"complete", "interrupted", "truncated"}
        Whether all of the answer is there.
    reply : Reply or None
        The reply itself; None in a conversation that was loaded.
    key : str
        Which cell asked; empty elsewhere.
    """

    messages: tuple[Message, ...] = field(repr=False)
    state: State = "complete"
    reply: Reply | None = field(default=None, repr=False)
    key: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False, repr=False)

    @property
    def question(self) -> str:
        """What was asked, without its pictures."""
        return _text(self.messages[0])

    @property
    def answer(self) -> str:
        """What was answered in the end."""
        return _text(self.messages[-1]) if self.messages[-1].role == "assistant" else ""

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """Every picture of the turn, in order."""
        return tuple(image for message in self.messages for image in message.images)


def drop_old_images(
    messages: Sequence[Message], keep: int, seen: Sequence[Image | RemoteImage] = ()
) -> tuple[Message, ...]:
    """Return messages with only their newest different pictures; each other picture as a line of text.

    Parameters
    ----------
    messages : sequence of Message
        Oldest first.
    keep : int
        How many pictures stay.
    seen : sequence of Image
        Pictures that come later anyway.
    """
    kept: list[Image | RemoteImage] = []
    made: list[Message] = []
    for message in reversed(messages):
        if not message.images:
            made.append(message)
            continue
        parts: list[Part] = []
        for part in reversed(message.content if not isinstance(message.content, str) else ()):
            if not isinstance(part, ImagePart):
                parts.append(part)
            elif part.image in seen or part.image in kept:
                parts.append(TextPart(f"[{_sent(part.image)}: it comes again below]"))
            elif len(kept) < keep:
                kept.append(part.image)
                parts.append(part)
            else:
                parts.append(TextPart(f"[{_sent(part.image)}: sent earlier, not repeated]"))
        made.append(replace(message, content=tuple(reversed(parts))))
    return tuple(reversed(made))


def _sent(image: Image | RemoteImage) -> str:
    """Describe a picture to a server, which has no use for the name of a file."""
    words = _described(image)
    return f"{words.partition(', file ')[0]}, a file" if ", file " in words else words


def _described(image: Image | RemoteImage) -> str:
    if isinstance(image, RemoteImage):
        return "A picture by its address"
    return f"A picture of {image.width}×{image.height} pixels, {image.source or 'from the notebook'}"


def _text(message: Message) -> str:
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part.text for part in message.content if type(part) is TextPart)


def in_words(turn: Turn) -> str:
    """Return a turn as text: the question as a quotation, its pictures, the functions that were called, the answer."""
    return "\n".join(_lines(turn))


def _lines(turn: Turn) -> Iterator[str]:
    yield f"> {turn.question}"
    for image in turn.messages[0].images:
        yield f"  [{_described(image)}]"
    for message in turn.messages[1:]:
        yield from (f"  calls {call.name}({call.arguments})" for call in message.tool_calls)
        if message.role == "tool":
            yield f"  → {_text(message)}"
        elif message.role == "assistant" and _text(message):
            yield _text(message)

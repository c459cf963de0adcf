"""Turns of a conversation, and which of their pictures are sent again with the next question."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from vision_magic.chat.messages import ImagePart, Message, Part, TextPart
from vision_magic.chat.reply import Reply, State
from vision_magic.images.image import Image, RemoteImage

__all__ = ["MADE", "Turn", "drop_old_images", "format_turn"]

MADE: Final = "You made this picture:"
"""The words before each picture that the model made, in the message that sends it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and its answer.

    Attributes
    ----------
    messages : tuple of Message
        The question, the calls of functions and their results, and the answer.
    state : {"complete", "interrupted", "truncated"}
        Whether the whole answer arrived.
    reply : Reply or None
        The reply; None in a conversation that was loaded from a file.
    cell_id : str
        Id of the cell that asked; empty outside a notebook.
    id : str
        Unique id of the turn.
    """

    messages: tuple[Message, ...] = field(repr=False)
    state: State = "complete"
    reply: Reply | None = field(default=None, repr=False)
    cell_id: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False, repr=False)

    @property
    def question(self) -> str:
        """The text of the question, without its pictures."""
        return text_of(self.messages[0])

    @property
    def answer(self) -> str:
        """The text of the final answer; empty if there is none."""
        *_, last = [message for message in self.messages if message is self.messages[0] or message.role != "user"]
        return text_of(last) if last.role == "assistant" else ""

    @property
    def output_images(self) -> tuple[Image, ...]:
        """The pictures that the model made, as they are sent back with the next question."""
        pairs = (pair for message in self.messages[1:] for pair in pairwise(_parts(message)))
        return tuple(
            part.image
            for words, part in pairs
            if words == TextPart(MADE) and isinstance(part, ImagePart) and isinstance(part.image, Image)
        )

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """All pictures of the turn, in order."""
        return tuple(image for message in self.messages for image in message.images)


def drop_old_images(
    messages: Sequence[Message], keep: int, later: Sequence[Image | RemoteImage] = ()
) -> tuple[Message, ...]:
    """Replace all pictures except the newest ones by a line of text that describes them.

    Parameters
    ----------
    messages : sequence of Message
        Oldest first.
    keep : int
        The number of pictures to keep. Equal pictures count once, and the last of them is kept.
    later : sequence of Image
        Pictures of the message that follows; an equal picture in `messages` is replaced.
    """
    sent = list(later)
    limit = len(sent) + max(0, keep)

    def replacement(part: Part) -> Part:
        if not isinstance(part, ImagePart):
            return part
        if part.image in sent:
            return TextPart(f"[{_describe_for_server(part.image)}: sent again below]")
        if len(sent) >= limit:
            return TextPart(f"[{_describe_for_server(part.image)}: sent earlier, not repeated]")
        sent.append(part.image)
        return part

    made: list[Message] = []
    for message in reversed(messages):  # from the newest, so that the newest pictures are kept
        if isinstance(message.content, str) or not message.images:
            made.append(message)
        else:
            content = [replacement(part) for part in reversed(message.content)]
            made.append(replace(message, content=tuple(reversed(content))))
    return tuple(reversed(made))


def _describe_for_server(image: Image | RemoteImage) -> str:
    """Describe a picture without the name of its file, which is private and useless to a server."""
    before, is_file, _ = describe_image(image).partition(", file ")
    return f"{before}, a file" if is_file else before


def describe_image(image: Image | RemoteImage) -> str:
    """Describe a picture in words: its size and what it was made from."""
    if isinstance(image, RemoteImage):
        return "A picture given by its address"
    return f"A picture of {image.width}×{image.height} pixels, {image.source or 'from the notebook'}"


def _parts(message: Message) -> tuple[Part, ...]:
    return () if isinstance(message.content, str) else message.content


def text_of(message: Message) -> str:
    """Return the text of a message, without its pictures and facts."""
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part.text for part in message.content if type(part) is TextPart)


def format_turn(turn: Turn) -> str:
    """Format a turn as text: the quoted question, its pictures, the function calls and the answer."""
    return "\n".join(_lines(turn))


def _lines(turn: Turn) -> Iterator[str]:
    yield f"> {turn.question}"
    for image in turn.messages[0].images:
        yield f"  [{describe_image(image)}]"
    for message in turn.messages[1:]:
        yield from (f"  calls {call.name}({call.arguments})" for call in message.tool_calls)
        if message.role == "tool":
            yield f"  → {text_of(message)}"
        elif message.role == "assistant" and text_of(message):
            yield text_of(message)
        yield from (f"  [{describe_image(image)}]" for image in message.images)

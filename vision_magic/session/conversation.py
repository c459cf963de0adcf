"""Conversations: the turns so far go along with the next question, and the newest of their images.

The last few different images are sent again with each question. An older image, or one that is sent again later,
becomes a line that describes it. The turns themselves keep every image.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.messages import Message
from vision_magic.chat.reply import Reply
from vision_magic.errors import RequestError
from vision_magic.session import default
from vision_magic.session.history import Turn, drop_old_images, in_words
from vision_magic.session.stream import acollect, collect
from vision_magic.session.tool_loop import messages_of

if TYPE_CHECKING:
    from vision_magic.session.prepare import PreparedCall
    from vision_magic.session.session import Session
    from vision_magic.session.stream import AsyncReplyStream, ReplyStream

__all__ = ["KEEP_IMAGES", "Conversation", "Question"]

KEEP_IMAGES: Final = 4  # pictures that go along with a question, its own among them


class Conversation:
    """Questions that know what was said before.

    Parameters
    ----------
    name : str
        What it is called.
    keep_images : int
        How many pictures go along with a question, from the newest back; 0 or more.
    session : Session, optional
        Which session asks; the default session of `vision_magic.ask` where it is not given.
    **options
        As for `vision_magic.ask`: ``model``, ``system``, ``tools`` and so on, for every question.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> chat = vm.Conversation(profile="embedded")
    >>> first = chat.ask("What size is it?", Image.new("RGB", (320, 200), "navy"))
    >>> second = chat.ask("And which colours?")
    >>> len(chat.turns)
    2
    """

    def __init__(
        self, name: str = "", *, keep_images: int = KEEP_IMAGES, session: Session | None = None, **options: Any
    ) -> None:
        if isinstance(keep_images, bool) or not isinstance(keep_images, int) or keep_images < 0:
            raise RequestError(f"keep_images got {keep_images!r}; expected how many pictures go along, from 0 up.")
        self.name = name
        self.keep_images = keep_images
        self.options = options
        self.session = session or default.session
        self._turns: list[Turn] = []
        self._numbers = itertools.count(1)  # of the questions, in the order in which they were made
        self._newest: dict[str, int] = {}  # by key, the newest question that was begun or taken away
        self._reset = 0  # the questions up to here were forgotten
        self._listeners: list[Callable[[], None]] = []

    # -- asking ------------------------------------------------------------------------------------------------

    def ask(self, *parts: object, **options: Any) -> Reply:
        """Ask, and wait for the whole answer; takes and raises what `vision_magic.ask` does."""
        return collect(self.stream(*parts, **options))

    def stream(self, *parts: object, key: str = "", **options: Any) -> ReplyStream:
        """Ask, and return the events as they arrive; what has arrived is kept, however the stream ends.

        Parameters
        ----------
        *parts, **options
            As for `vision_magic.ask`.
        key : str
            Who asks: the turn of the same key is replaced, in its place, and sees only the turns before it.
        """
        return self.question(*parts, key=key, **options).stream()

    async def aask(self, *parts: object, **options: Any) -> Reply:
        """Ask from asynchronous code."""
        return await acollect(self.astream(*parts, **options))

    def astream(self, *parts: object, key: str = "", **options: Any) -> AsyncReplyStream:
        """As `stream`, from asynchronous code."""
        return self.question(*parts, key=key, **options).astream()

    def question(self, *parts: object, key: str = "", **options: Any) -> Question:
        """Return a question that is checked and ready, and not yet asked."""
        return Question(self, key, self._calls(parts, options, key), next(self._numbers))

    def before(self, key: str = "") -> tuple[Turn, ...]:
        """Return the turns that a question of this key would follow."""
        return tuple(self._turns[: self._place_of(key)])

    def _calls(self, parts: Sequence[object], options: dict[str, Any], key: str) -> list[PreparedCall]:
        merged = {**self.options, **options}
        before = tuple(message for turn in self.before(key) for message in turn.messages)
        calls = self.session.calls(parts, merged, before)
        return [replace(call, request=replace(call.request, messages=self._without_old_images(call))) for call in calls]

    def _without_old_images(self, call: PreparedCall) -> tuple[Message, ...]:
        own = call.request.messages[-1]
        return (*drop_old_images(call.request.messages[:-1], self.keep_images - len(own.images), own.images), own)

    def _place_of(self, key: str) -> int:
        places = (place for place, turn in enumerate(self._turns) if key and turn.key == key)
        return next(places, len(self._turns))

    def begin(self, question: Question) -> None:
        """Let a question be the newest of its key: the answer to an older one, still on its way, is not kept."""
        self._newest[question.key] = max(question.number, self._newest.get(question.key, 0))

    def keep(self, reply: Reply, question: Question) -> None:
        """Keep a turn as far as it has come; a question without any answer is not one, and an overtaken one neither."""
        overtaken = bool(question.key) and question.number < self._newest.get(question.key, 0)
        if overtaken or question.number <= self._reset:
            return
        if reply.state != "complete" and not reply.has_answer:
            return
        key, asked = question.key, question.call.request.messages[-1]
        between = (message for one in reply.rounds for message in messages_of(one))
        turn = Turn(messages=(asked, *between, *messages_of(reply)), state=reply.state, reply=reply, key=key)
        place = self._place_of(key)  # now: earlier turns may have gone since it was asked
        self._turns[place : place + 1] = [turn]
        self._tell()

    # -- what was said -----------------------------------------------------------------------------------------

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns, oldest first."""
        return tuple(self._turns)

    @property
    def last(self) -> Turn | None:
        """The last turn."""
        return self._turns[-1] if self._turns else None

    def undo(self, count: int = 1) -> tuple[Turn, ...]:
        """Take the last turns away and return them, oldest first."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise RequestError(f"undo got {count!r}; expected how many turns, from 1 up.")
        if count > len(self._turns):
            raise RequestError(f"undo got {count}; the conversation has {len(self._turns)} turns.")
        taken = tuple(self._turns[-count:])
        del self._turns[-count:]
        self._tell()
        return taken

    def remove(self, key: str) -> None:
        """Take the turn of a key away, where there is one; an answer on its way to it does not bring it back."""
        self._newest[key] = next(self._numbers)
        kept = [turn for turn in self._turns if turn.key != key]
        if len(kept) != len(self._turns):
            self._turns[:] = kept
            self._tell()

    def reset(self) -> None:
        """Forget every turn; answers on their way do not bring any back."""
        self._reset = next(self._numbers)
        self._turns.clear()
        self._tell()

    def fork(self, name: str = "", turns: int | None = None) -> Conversation:
        """Return a conversation that begins with the turns of this one, and goes its own way from here.

        Parameters
        ----------
        name : str
            What it is called.
        turns : int, optional
            With how many of the turns it begins; with all where it is not given.
        """
        twin = Conversation(name, keep_images=self.keep_images, session=self.session, **self.options)
        twin._turns = [replace(turn, key="") for turn in self._turns[:turns]]
        return twin

    def save(self, path: str | Path) -> Path:
        """Write the conversation as JSON, its pictures as files beside it; keys and functions are never written."""
        from vision_magic.session import storage

        return storage.save(
            Path(path),
            storage.StoredConversation(
                name=self.name, keep_images=self.keep_images, options=self.options, turns=self.turns
            ),
        )

    @classmethod
    def load(cls, path: str | Path) -> Conversation:
        """Read a conversation that `save` has written."""
        from vision_magic.session import storage

        stored = storage.load(Path(path))
        conversation = cls(stored.name, keep_images=stored.keep_images, **stored.options)
        conversation._turns = list(stored.turns)
        return conversation

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function whenever the turns have changed; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def __len__(self) -> int:
        return len(self._turns)

    def __bool__(self) -> bool:
        return True  # an empty conversation is one

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<Conversation{name}: {len(self._turns)} turn{'' if len(self._turns) == 1 else 's'}>"

    def __str__(self) -> str:
        from vision_magic.text import clean_text

        return clean_text("\n\n".join(in_words(turn) for turn in self._turns) or "Nothing was said yet.")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a conversation, checked and ready: whose turn it will be, and what is asked of whom."""

    conversation: Conversation
    key: str
    calls: list[PreparedCall]
    number: int  # in the order in which the questions of the conversation were made

    @property
    def call(self) -> PreparedCall:
        """What is asked; of the first, where several models are."""
        return self.calls[0]

    @property
    def kept(self) -> bool:
        """Whether it has become a turn: something was answered."""
        asked = self.call.request.messages[-1]
        return any(turn.messages[0] is asked for turn in self.conversation.turns)

    def stream(self) -> ReplyStream:
        """Ask, and return the events as they arrive; the turn is kept however the stream ends."""
        self.conversation.begin(self)
        return self.conversation.session.run(self.calls, self._keep)

    def astream(self) -> AsyncReplyStream:
        """As `stream`, for asynchronous code."""
        self.conversation.begin(self)
        return self.conversation.session.arun(self.calls, self._keep)

    def _keep(self, reply: Reply) -> None:
        self.conversation.keep(reply, self)

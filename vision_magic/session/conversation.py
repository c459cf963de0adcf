"""Conversations: each question is sent with the earlier turns, and with the newest of their images.

The last few different images are sent again with each question. A line of text replaces an older image, or one that is
sent again later. The turns themselves keep every image.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.messages import Message
from vision_magic.chat.reply import Reply
from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr
from vision_magic.session import default
from vision_magic.session.guarded import refuses_keys
from vision_magic.session.paths import as_path, reason
from vision_magic.session.prepare import check_option_names
from vision_magic.session.stream import acollect, collect
from vision_magic.session.tool_loop import messages_of
from vision_magic.session.turns import Turn, drop_old_images, format_turn

if TYPE_CHECKING:
    from vision_magic.session.prepare import PreparedCall
    from vision_magic.session.session import Session
    from vision_magic.session.stream import AsyncReplyStream, ReplyStream

__all__ = ["KEEP_IMAGES", "Conversation", "Question"]

KEEP_IMAGES: Final = 4  # pictures sent with a question, its own included


class Conversation:
    """A conversation with a model: each question is sent with the earlier questions and answers.

    Parameters
    ----------
    name : str
        Name of the conversation.
    keep_images : int
        Number of pictures that are sent with a question (0 or more), newest first, its own included. The pictures of
        the question itself are always sent.
    session : Session, optional
        Session that asks; by default the one of `vision_magic.ask`.
    **options
        Options of every question, such as ``model``, ``system`` and ``tools``; as for `vision_magic.ask`.

    Raises
    ------
    RequestError
        `keep_images` is not an integer of 0 or more.

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

    @refuses_keys
    def __init__(
        self, name: str = "", *, keep_images: int = KEEP_IMAGES, session: Session | None = None, **options: Any
    ) -> None:
        if isinstance(keep_images, bool) or not isinstance(keep_images, int) or keep_images < 0:
            raise RequestError(f"keep_images got {short_repr(keep_images)}; expected an integer of 0 or more.")
        if not isinstance(name, str):
            raise RequestError(f"name got {short_repr(name)}; expected a string.")
        if session is not None and not hasattr(type(session), "prepare_calls"):
            raise RequestError(f"session got {short_repr(session)}; expected a vision_magic.Session.")
        check_option_names(options)
        self.name = name
        self.keep_images = keep_images
        self.options = options
        self.session = default.session if session is None else session
        self._lock = threading.RLock()  # for what follows; listeners are called without it
        self._turns: list[Turn] = []
        self._numbers = itertools.count(1)  # numbers the questions, in the order in which they were prepared
        self._newest: dict[str, int] = {}  # by cell id, the number of the last question that was asked or removed
        self._last_forgotten = 0  # answers to questions up to this number are not kept: `reset` came after them
        self._listeners: list[Callable[[], None]] = []

    # -- asking ------------------------------------------------------------------------------------------------

    @refuses_keys
    def ask(self, *parts: object, **options: Any) -> Reply:
        """Ask a question and return the whole reply; parameters and errors as for `vision_magic.ask`."""
        return collect(self.stream(*parts, **options))

    @refuses_keys
    def stream(self, *parts: object, cell_id: str = "", **options: Any) -> ReplyStream:
        """Ask a question and return its events as they arrive. What has arrived becomes a turn, also after an error.

        Parameters
        ----------
        *parts, **options
            As for `vision_magic.ask`.
        cell_id : str
            Id of the cell that asks. Its question replaces the turn of the same cell, in the same place, and is sent
            with the turns before that place only. If empty, the turn is added at the end.
        """
        return self.question(*parts, cell_id=cell_id, **options).stream()

    @refuses_keys
    async def aask(self, *parts: object, **options: Any) -> Reply:
        """Ask a question from asynchronous code and return the whole reply; as `ask`."""
        return await acollect(self.astream(*parts, **options))

    @refuses_keys
    def astream(self, *parts: object, cell_id: str = "", **options: Any) -> AsyncReplyStream:
        """Ask a question from asynchronous code and return its events; as `stream`."""
        return self.question(*parts, cell_id=cell_id, **options).astream()

    @refuses_keys
    def question(self, *parts: object, cell_id: str = "", **options: Any) -> Question:
        """Return a question that is checked and ready, but not yet asked; parameters as for `stream`."""
        return Question(self, cell_id, self._calls(parts, options, cell_id), next(self._numbers))

    def turns_before(self, cell_id: str = "") -> tuple[Turn, ...]:
        """Return the turns before the question of a cell; all turns if the cell has none."""
        with self._lock:
            return tuple(self._turns[: self._position_of(cell_id)])

    def _calls(self, parts: Sequence[object], options: dict[str, Any], cell_id: str) -> list[PreparedCall]:
        merged = {**self.options, **options}
        history = tuple(message for turn in self.turns_before(cell_id) for message in turn.messages)
        calls = self.session.prepare_calls(parts, merged, history)
        if not history:
            return calls  # a request is checked when it is made: once is enough
        return [replace(call, request=replace(call.request, messages=self._without_old_images(call))) for call in calls]

    def _without_old_images(self, call: PreparedCall) -> tuple[Message, ...]:
        *earlier, question = call.request.messages
        return (*drop_old_images(earlier, self.keep_images - len(question.images), question.images), question)

    def _position_of(self, cell_id: str) -> int:
        """Return the index of a cell's turn, or the end."""
        positions = (position for position, turn in enumerate(self._turns) if cell_id and turn.cell_id == cell_id)
        return next(positions, len(self._turns))

    def mark_newest(self, question: Question) -> None:
        """Make a question the newest of its cell, so that answers to older ones, still arriving, are not kept."""
        with self._lock:
            self._newest[question.cell_id] = max(question.number, self._newest.get(question.cell_id, 0))

    def add_turn(self, question: Question, reply: Reply) -> None:
        """Add the turn of a question and its reply, complete or not.

        Nothing is added if the reply ended early without an answer, or if a newer question of the cell, `remove` or
        `reset` has made it obsolete.
        """
        if reply.state != "complete" and not reply.has_answer:
            return
        rounds = (message for one in reply.rounds for message in messages_of(one))
        messages = (question.call.request.messages[-1], *rounds, *messages_of(reply))
        turn = Turn(messages=messages, state=reply.state, reply=reply, cell_id=question.cell_id)
        with self._lock:
            superseded = bool(question.cell_id) and question.number < self._newest.get(question.cell_id, 0)
            if superseded or question.number <= self._last_forgotten:
                return
            position = self._position_of(question.cell_id)  # looked up now: turns may have been removed meanwhile
            self._turns[position : position + 1] = [turn]
        self._notify()

    # -- turns -------------------------------------------------------------------------------------------------

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns, oldest first."""
        return tuple(self._turns)

    @property
    def last(self) -> Turn | None:
        """The last turn; None if there is none."""
        return next(iter(self.turns[-1:]), None)

    def undo(self, count: int = 1) -> tuple[Turn, ...]:
        """Remove the last turns and return them, oldest first.

        Raises
        ------
        RequestError
            `count` is not an integer from 1 to the number of turns.
        """
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise RequestError(f"undo got {short_repr(count)}; expected an integer of 1 or more.")
        with self._lock:
            if count > len(self._turns):
                raise RequestError(f"undo got {count}; the conversation has {_count_turns(self._turns)}.")
            removed = tuple(self._turns[-count:])
            del self._turns[-count:]
        self._notify()
        return removed

    def remove(self, cell_id: str) -> None:
        """Remove the turn of a cell, if there is one. An answer that is still arriving does not bring it back."""
        with self._lock:
            self._newest[cell_id] = next(self._numbers)
            remaining = [turn for turn in self._turns if turn.cell_id != cell_id]
            changed = len(remaining) != len(self._turns)
            self._turns[:] = remaining
        if changed:
            self._notify()

    def reset(self) -> None:
        """Remove all turns. Answers that are still arriving do not bring them back."""
        with self._lock:
            self._last_forgotten = next(self._numbers)
            self._turns.clear()
        self._notify()

    def fork(self, name: str = "", turns: int | None = None) -> Conversation:
        """Return a new conversation that begins with the turns of this one and is independent of it.

        Parameters
        ----------
        name : str
            Name of the new conversation.
        turns : int, optional
            Number of turns that it begins with; by default all.

        Raises
        ------
        RequestError
            The name or the number of turns is of another type.
        """
        if turns is not None and (isinstance(turns, bool) or not isinstance(turns, int) or turns < 0):
            raise RequestError(f"fork got {short_repr(turns)} turns; expected an integer of 0 or more.")
        fork = Conversation(name, keep_images=self.keep_images, session=self.session, **self.options)
        fork._turns = [replace(turn, cell_id="") for turn in self._turns[:turns]]
        return fork

    def save(self, path: str | Path) -> Path:
        """Write the conversation to a JSON file, and its pictures to a folder beside it; return the path.

        Keys of servers and functions are never written.

        Raises
        ------
        RequestError
            The path cannot be one, or nothing can be written there; an earlier file is unchanged.
        """
        from vision_magic.session import conversation_file

        file = as_path(path, "save", "talk.json", RequestError)
        stored = conversation_file.StoredConversation(
            name=self.name, keep_images=self.keep_images, options=dict(self.options), turns=self.turns
        )
        try:
            return conversation_file.save(file, stored)
        except (OSError, ValueError) as error:
            raise RequestError(
                f"{file} could not be written ({reason(error)}); an earlier file is unchanged."
            ) from None

    @classmethod
    def load(cls, path: str | Path) -> Conversation:
        """Read a conversation that `save` has written.

        A picture whose file is missing or was changed becomes a line of text.

        Raises
        ------
        RequestError
            The file cannot be read, is not a conversation, is damaged, or was written by a later version.
        """
        from vision_magic.session import conversation_file

        stored = conversation_file.load(as_path(path, "load", "talk.json", RequestError))
        conversation = cls(stored.name, keep_images=stored.keep_images, **stored.options)
        conversation._turns = list(stored.turns)
        return conversation

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function after each change of the turns; return a function that stops this."""
        if not callable(listener):
            raise RequestError(f"on_change got {short_repr(listener)}; expected a function.")
        self._listeners.append(listener)

        def stop() -> None:
            with contextlib.suppress(ValueError):  # stopped already
                self._listeners.remove(listener)

        return stop

    def _notify(self) -> None:
        for listener in list(self._listeners):
            listener()

    def __len__(self) -> int:
        return len(self._turns)

    def __bool__(self) -> bool:
        return True  # although `__len__` may return 0

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<Conversation{name}: {_count_turns(self._turns)}>"

    def __str__(self) -> str:
        from vision_magic.text import clean_text

        return clean_text("\n\n".join(format_turn(turn) for turn in self.turns) or "No questions yet.")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a conversation, checked and ready to be asked.

    Attributes
    ----------
    conversation : Conversation
        The conversation that it belongs to.
    cell_id : str
        Id of the cell that asks; empty outside a notebook.
    calls : list of PreparedCall
        The calls: one for each model.
    number : int
        Its place among the questions of the conversation, in the order in which they were prepared.
    """

    conversation: Conversation
    cell_id: str
    calls: list[PreparedCall]
    number: int

    @property
    def call(self) -> PreparedCall:
        """The call; the first one if several models are asked."""
        return self.calls[0]

    @property
    def has_turn(self) -> bool:
        """Whether the conversation has a turn of this question: something was answered."""
        asked = self.call.request.messages[-1]
        return any(turn.messages[0] is asked for turn in self.conversation.turns)

    def stream(self) -> ReplyStream:
        """Ask the question and return its events as they arrive; the turn is added however the stream ends."""
        self.conversation.mark_newest(self)
        return self.conversation.session.run(self.calls, self._add_turn)

    def astream(self) -> AsyncReplyStream:
        """Ask the question from asynchronous code and return its events; as `stream`."""
        self.conversation.mark_newest(self)
        return self.conversation.session.arun(self.calls, self._add_turn)

    def _add_turn(self, reply: Reply) -> None:
        self.conversation.add_turn(self, reply)


def _count_turns(turns: Sequence[Turn]) -> str:
    return f"{len(turns)} turn{'' if len(turns) == 1 else 's'}"

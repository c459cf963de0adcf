"""Which conversation does a cell belong to? The notebook's conversations: the last, those with names, and who asked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from vision_magic.errors import CellError
from vision_magic.naming import near_miss
from vision_magic.session.conversation import Conversation

if TYPE_CHECKING:
    from vision_magic.session.conversation import Question

__all__ = ["Conversations", "TurnGuard", "conversations_of"]

_open: WeakKeyDictionary[Any, Conversations] = WeakKeyDictionary()

_KEPT: Final = 16  # conversations without a name; their pictures stay in memory

_INHERITED: Final = ("profile", "base_url", "key_env", "model", "system", "tools", "approve")
"""What a cell that goes on takes from the one before it, where it says nothing itself."""


def conversations_of(shell: Any) -> Conversations:
    """Return the conversations of a notebook, for its cells and its panels."""
    return _open.setdefault(shell, Conversations())


class Conversations:
    """The conversations of a notebook."""

    def __init__(self) -> None:
        self.named: dict[str, Conversation] = {}
        self.last: Conversation | None = None
        self._unnamed: list[Conversation] = []

    def of(self, key: str, *, continues: bool, name: str) -> Conversation:
        """Return the conversation that a cell belongs to; a new one is not yet one of the notebook's.

        Parameters
        ----------
        key : str
            Which cell it is; empty where the front end does not say. A cell that is run again replaces its own turn.
        goes_on : bool
            Whether it goes on with the last conversation.
        name : str
            The name of a conversation; empty for none.
        """
        if name:
            return self.named.get(name) or Conversation(name)
        if continues:
            return self._with(key) or self.last or Conversation()
        # The cell that began a conversation, run again: what was asked after it stays.
        return self._begun_by(key) or Conversation()

    def enter(self, conversation: Conversation, key: str = "", values: Mapping[str, Any] | None = None) -> TurnGuard:
        """Let the next cell that goes on go on in a conversation, and likewise; return what a cell makes of that.

        Parameters
        ----------
        conversation : Conversation
            From `of`, or any other.
        key : str
            Which cell it is.
        values : mapping
            How it asks.
        """
        entry = TurnGuard(self, conversation, key)
        if conversation.name:
            self.named[conversation.name] = conversation
        elif conversation not in self._unnamed:
            self._unnamed.append(conversation)
            del self._unnamed[:-_KEPT]
        conversation.options.update({name: value for name, value in (values or {}).items() if name in _INHERITED})
        self.last = conversation
        return entry

    def settle(self, conversation: Conversation, key: str) -> None:
        """Let a cell belong to a conversation and to no other: it has a turn there now."""
        for other in (*self.named.values(), *self._unnamed):
            if key and other is not conversation:
                other.remove(key)

    def forget(self, conversation: Conversation) -> None:
        """Let a conversation in which nothing was said be none."""
        if conversation.turns:
            return
        if self.named.get(conversation.name) is conversation:
            del self.named[conversation.name]
        if conversation in self._unnamed:
            self._unnamed.remove(conversation)

    def find(self, name: str) -> Conversation:
        """Return a conversation by its name, or the last one."""
        if name and name not in self.named:
            known = ", ".join(self.named) or "none has a name yet"
            raise CellError(f"No conversation is called {name!r}{near_miss(name, self.named)}; there are: {known}.")
        found = self.named[name] if name else self.last
        if found is None:
            raise CellError("No conversation has begun yet; every %%vision cell begins one.")
        return found

    def _with(self, key: str) -> Conversation | None:
        everything = (*self._unnamed, *self.named.values())
        return next((one for one in everything if key and any(turn.key == key for turn in one.turns)), None)

    def _begun_by(self, key: str) -> Conversation | None:
        return next((one for one in self._unnamed if key and one.turns and one.turns[0].key == key), None)


class TurnGuard:
    """A cell that has entered a conversation: it stays where something was answered, and leaves no trace else."""

    def __init__(self, chats: Conversations, conversation: Conversation, key: str) -> None:
        self._chats = chats
        self._conversation = conversation
        self._key = key
        self._last = chats.last
        self._options = dict(conversation.options)

    @contextlib.contextmanager
    def of(self, ready: Callable[[], Question]) -> Iterator[Question]:
        """Make the question, and see at the end whether it has become a turn."""
        question: Question | None = None
        try:
            question = ready()
            yield question
        finally:
            if question is not None and question.kept:
                self._chats.settle(self._conversation, self._key)
            else:
                self._leave()

    def _leave(self) -> None:
        self._conversation.options.clear()
        self._conversation.options.update(self._options)
        if self._chats.last is self._conversation:
            self._chats.last = self._last
        self._chats.forget(self._conversation)

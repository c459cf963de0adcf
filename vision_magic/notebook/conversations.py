"""The conversations of a notebook: the current one, those with names, and the cells that belong to each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import CellError
from vision_magic.naming import as_word, near_miss
from vision_magic.session.conversation import Conversation

if TYPE_CHECKING:
    from vision_magic.session.conversation import Question

__all__ = ["Conversations"]

_KEPT: Final = 16  # conversations without a name; each keeps its images in memory

_INHERITED: Final = ("profile", "base_url", "key_env", "headers", "model", "system", "tools", "approve")
"""Options that a conversation keeps for its later questions."""


class Conversations:
    """The conversations of a notebook.

    Attributes
    ----------
    named : dict of str to Conversation
        Conversations by name, which ``--chat NAME`` continues.
    last : Conversation or None
        The conversation that ``-c`` continues.
    """

    def __init__(self) -> None:
        self.named: dict[str, Conversation] = {}
        self.last: Conversation | None = None
        self._unnamed: list[Conversation] = []

    def for_cell(self, cell_id: str, *, continues: bool, name: str) -> Conversation:
        """Return the conversation in which a cell asks.

        A new conversation is added to the notebook's conversations only by `make_current` or `turn`.

        Parameters
        ----------
        cell_id : str
            The id of the cell; empty if the front end gives none. A cell that runs again replaces its own turn.
        continues : bool
            Whether the cell continues the last conversation.
        name : str
            The name of a conversation; empty for none.
        """
        if name:
            return self.named.get(name) or Conversation(name)
        if continues:
            return self._with_turn_of(cell_id) or self.last or Conversation()
        # If the cell that began a conversation runs again, the turns after its own stay.
        return self._begun_by(cell_id) or Conversation()

    def make_current(self, conversation: Conversation, options: Mapping[str, Any] | None = None) -> None:
        """Make this conversation the one that `-c` continues.

        Parameters
        ----------
        conversation : Conversation
            A conversation from `for_cell`, or any other.
        options : mapping, optional
            Options of its newest question; the conversation keeps the model, the server, the system prompt and the
            tools for later questions.
        """
        if conversation.name:
            self.named[conversation.name] = conversation
        elif conversation not in self._unnamed:
            self._unnamed.append(conversation)
            del self._unnamed[:-_KEPT]
        conversation.options.update({name: value for name, value in (options or {}).items() if name in _INHERITED})
        self.last = conversation

    @contextlib.contextmanager
    def turn(
        self,
        conversation: Conversation,
        cell_id: str,
        options: Mapping[str, Any],
        prepare: Callable[[], Question],
    ) -> Iterator[Question]:
        """Ask in a conversation, and make it the current one. A failed cell changes nothing.

        Parameters
        ----------
        conversation : Conversation
            The conversation in which the cell asks.
        cell_id : str
            The id of the cell.
        options : mapping
            The options of the question.
        prepare : callable
            Returns the question, with its images read and encoded.

        Yields
        ------
        Question
            The question. If it has an answer at the end of the block, the cell belongs only to this conversation.
        """
        last, kept_options = self.last, dict(conversation.options)
        question: Question | None = None
        try:
            self.make_current(conversation, options)
            question = prepare()
            yield question
        finally:
            if question is not None and question.has_turn:
                self._remove_elsewhere(conversation, cell_id)
            else:
                conversation.options = kept_options  # at once: another thread may be asking
                if self.last is conversation:  # not if another cell has asked in the meantime
                    self.last = last
                self._discard_empty(conversation)

    def find(self, name: str) -> Conversation:
        """Return the conversation of a name, or the last one if the name is empty."""
        if name and name not in self.named:
            known = ", ".join(map(as_word, self.named)) or "none yet"
            raise CellError(
                f"No conversation is called {name!r}{near_miss(name, self.named)}; existing names: {known}."
            )
        found = self.named[name] if name else self.last
        if found is None:
            raise CellError("There is no conversation yet; every %%vision cell begins one.")
        return found

    def _remove_elsewhere(self, conversation: Conversation, cell_id: str) -> None:
        """Remove the turn of a cell from every other conversation."""
        for other in (*self.named.values(), *self._unnamed):
            if cell_id and other is not conversation:
                other.remove(cell_id)

    def _discard_empty(self, conversation: Conversation) -> None:
        """Remove a conversation that has no turns."""
        if conversation.turns:
            return
        if self.named.get(conversation.name) is conversation:
            del self.named[conversation.name]
        if conversation in self._unnamed:
            self._unnamed.remove(conversation)

    def _with_turn_of(self, cell_id: str) -> Conversation | None:
        everything = (*self._unnamed, *self.named.values())
        return next((one for one in everything if cell_id and any(turn.cell_id == cell_id for turn in one.turns)), None)

    def _begun_by(self, cell_id: str) -> Conversation | None:
        return next((one for one in self._unnamed if cell_id and one.turns and one.turns[0].cell_id == cell_id), None)

"""One choice of an answer that is being written: its finished blocks, rendered once, and the open block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vision_magic.render.incremental_markdown import IncrementalMarkdown
from vision_magic.render.reasoning import answer_text, reasoning_of_all_rounds
from vision_magic.render.reply import (
    cautions_text,
    choice_html,
    choice_label,
    extras_html,
    typed_answer_html,
    with_copy_buttons,
)
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply

__all__ = ["GrowingChoice"]


class GrowingChoice:
    """The HTML of one choice so far, with all its rounds."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._rounds = 0  # rounds of the reply that are finished here too
        self._label = ""
        self._blocks = IncrementalMarkdown()
        self._finished: list[str] = []
        self._open = ""
        self._reasoning = ""
        self._extra = ""
        self._sent_extra = ""

    def update(self, reply: Reply) -> dict[str, Any]:
        """Render what the reply has gained; return what a browser that has had all updates does not have yet."""
        choice, first = reply.choices[self._number], len(self._finished)
        finished = self._finished_rounds(reply) if self._number == 0 else []
        if reply.schema is None:
            grown = self._blocks.update(answer_text(choice))
            finished.extend(with_copy_buttons(html) for html in grown.closed)
            self._open = grown.open
        else:
            self._open = typed_answer_html(reply, self._number)
        self._finished.extend(finished)
        above = cautions_text(reply) if self._number == 0 else ""
        self._label = " ".join(filter(None, (above, choice_label(reply, self._number))))
        self._extra = extras_html(choice, live=True)
        reasoning = clean_text(reasoning_of_all_rounds(reply, self._number))
        # Send all reasoning again if it has changed: a closing tag in two pieces looked like reasoning at first.
        known = len(self._reasoning) if reasoning.startswith(self._reasoning) else 0
        self._reasoning = reasoning
        message = self._message(first, known)
        if self._extra == self._sent_extra:
            del message["extra"]  # it may hold pictures
        self._sent_extra = self._extra
        return message

    def snapshot(self) -> dict[str, Any]:
        """Return everything so far, as `update` returns it for a browser that has nothing."""
        return self._message(0, 0)

    def html(self) -> str:
        """Return everything so far as HTML that needs no script."""
        text = "".join((*self._finished, with_copy_buttons(self._open), self._extra))
        return choice_html(self._label, self._reasoning, text)

    def _message(self, first: int, known: int) -> dict[str, Any]:
        """Return the state without the blocks and the characters of reasoning that the browser has."""
        return {
            "label": self._label,
            "first": first,
            "blocks": self._finished[first:],
            "open": self._open,
            "extra": self._extra,
            "reasoning_at": known,
            "reasoning": self._reasoning[known:],
        }

    def _finished_rounds(self, reply: Reply) -> list[str]:
        """Return the blocks of the rounds that have ended since: the rest of their text, then their calls."""
        finished: list[str] = []
        for earlier in reply.rounds[self._rounds :]:
            choice = earlier.choices[0]
            grown = self._blocks.update(answer_text(choice), final=True)
            blocks = (*grown.closed, grown.open)
            finished.extend(with_copy_buttons(html) for html in blocks if html)
            finished.append(extras_html(choice, live=True))
            self._blocks = IncrementalMarkdown()
            self._rounds += 1
        return finished

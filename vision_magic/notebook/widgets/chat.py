"""A panel for a conversation: its turns, the answer while it is being written, and the next question.

Cells share the conversation: `%%vision -c` continues it where the panel stopped. Nothing is overwritten: asking again
and editing a question create a branch, which begins with the earlier turns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from IPython.core.getipython import get_ipython

from vision_magic.chat.messages import ImagePart, TextPart
from vision_magic.chat.reply import Choice
from vision_magic.errors import CellError
from vision_magic.notebook.conversations import Conversations
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views.base import format_error
from vision_magic.notebook.widgets.controls import (
    AnswerRenderer,
    Form,
    ModelSuggestions,
    Panel,
    default_model,
    panel_script,
    panel_style,
)
from vision_magic.notebook.widgets.image_input import ImageInput
from vision_magic.render.reply import reply_html, stored_answer_html
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.render.tool_call import approval_text
from vision_magic.session.background import BackgroundReply
from vision_magic.session.conversation import Conversation
from vision_magic.session.guarded import refuses_keys
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.messages import ToolCall
    from vision_magic.chat.reply import Reply
    from vision_magic.images.image import Image, RemoteImage
    from vision_magic.session.conversation import Question
    from vision_magic.session.turns import Turn

__all__ = ["ChatPanel"]

_STATES: Final = {"complete": "kept", "interrupted": "kept · interrupted", "truncated": "kept · incomplete"}


class ChatPanel(Panel):
    """A conversation to read, to branch and to continue.

    Parameters
    ----------
    conversation : Conversation or str, optional
        The conversation, or its name in ``%%vision --chat NAME``. Defaults to the last one of the notebook.
    **options
        Options of `vision_magic.ask` for every question asked here: ``profile``, ``system``, ``tools`` …

    Attributes
    ----------
    conversation : Conversation
        The branch that is shown.
    images_input : ImageInput
        The images of the next question.
    reply : Reply or None
        The last reply to a question asked here, complete or not.

    Raises
    ------
    CellError
        `conversation` is of another type.

    Examples
    --------
    >>> import vision_magic as vm
    >>> panel = ChatPanel(vm.Conversation(profile="embedded"))
    >>> panel.conversation.turns
    ()
    """

    _pending: _PendingQuestion | None = None
    _stop_listening: Callable[[], None] = staticmethod(lambda: None)

    @refuses_keys
    def __init__(self, conversation: Conversation | str | None = None, **options: Any) -> None:
        self._conversations = _conversations_of_shell()
        self._branches = [_find_conversation(conversation, self._conversations)]
        self._options = options
        self._lock = threading.RLock()
        self._known_turns: set[str] = set()  # ids of the turns that the page has
        self.reply: Reply | None = None
        self.images_input = ImageInput(label="Pictures for the next question")
        self._form = _ChatForm()
        self._models = ModelSuggestions(self._form, self._merged)
        self._form.on_msg(self._on_message)
        self._show_branch(self._branches[0])
        super().__init__(children=(self._form, self.images_input))

    @property
    def conversation(self) -> Conversation:
        """The branch that is shown."""
        return self._shown

    def stop(self) -> None:
        """Stop the call and keep the part of the answer that arrived."""
        pending = self._pending
        if pending is not None:
            pending.background_reply.stop()
            pending.approval.close()

    def close(self) -> None:
        """Stop the call and remove the panel; the conversation stays."""
        self.stop()
        self._stop_listening()
        for child in self.children:  # empty if the constructor raised an error for the conversation
            child.close()
        super().close()

    def __repr__(self) -> str:
        turns = len(self._shown)
        return f"<ChatPanel: {turns} turn{'' if turns == 1 else 's'}>"

    # -- messages from the browser -------------------------------------------------------------------------

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        """Handle a message; ignore unknown messages."""
        if not isinstance(content, Mapping):
            return
        kind, number = content.get("kind"), content.get("number")
        if kind == "hello":
            self._known_turns.clear()
            self._send_turns()
        elif kind == "ask":
            self._ask(_field(content, "prompt"), _field(content, "model"))
        elif kind == "stop":
            self.stop()
        elif kind == "models":
            self._models.request()
        elif kind == "again":
            self._ask_in_branch(_field(content, "id"), None, _field(content, "model"))
        elif kind == "edit":
            self._ask_in_branch(_field(content, "id"), _field(content, "prompt"), _field(content, "model"))
        elif kind == "branch" and type(number) is int and 0 <= number < len(self._branches) and not self._busy:
            self._show_branch(self._branches[number])
        elif kind == "approval" and self._pending is not None:
            self._pending.approval.decide(number, run=content.get("run") is True)

    @property
    def _busy(self) -> bool:
        return self._pending is not None

    def _ask(self, prompt: str, model: str) -> None:
        """Ask the next question, with the images of the frame."""
        images = self.images_input.each()
        self._begin(self._shown, (*images, prompt), prompt, model, lambda: self.images_input.discard(images))

    def _ask_in_branch(self, turn_id: str, prompt: str | None, model: str) -> None:
        """Ask the question of a turn again, or an edited one, in a branch that begins with the earlier turns."""
        turns = self._shown.turns
        place = next((place for place, turn in enumerate(turns) if turn.id == turn_id), None)
        if place is None:
            self._send_turns()  # the page still shows a turn that was removed
            return
        parts = _parts(turns[place], prompt)
        branch = self._shown.fork(self._shown.name, turns=place)
        self._begin(branch, parts, turns[place].question if prompt is None else prompt, model)

    def _begin(
        self,
        conversation: Conversation,
        parts: tuple[object, ...],
        prompt: str,
        model: str,
        on_answered: Callable[[], None] = lambda: None,
    ) -> None:
        with self._lock:
            if self._busy:
                return
            approval = _Approval(self._form.send)
            options = {**self._options, **({"model": model} if model else {})}
            asked: dict[str, Any] = {**conversation.options, **options}
            # Approval in a cell applies to cells only: here the user is asked, unless the panel has another option.
            if options.get("approve", "ask") == "ask":
                asked["approve"] = approval
            try:
                question = conversation.question(*parts, **asked)
                background_reply = BackgroundReply(question.astream())
            except Exception as error:  # of any class: a notebook would swallow it
                self._form.error = format_error(error)
                self._form.send({"kind": "refused"})  # even if the error message has not changed
                return
            pending = _PendingQuestion(question, background_reply, approval, prompt, self._shown, on_answered)
            self._pending = pending
        if conversation not in self._branches:
            self._branches.append(conversation)
        self._show_branch(conversation, options)
        self._form.error = ""
        self._form.running = True
        renderer = AnswerRenderer(self._send_answer, background_reply)
        renderer.start()
        background_reply.start(renderer.on_event, lambda _: self._end(pending, renderer))

    def _end(self, pending: _PendingQuestion, renderer: AnswerRenderer) -> None:
        renderer.end()
        error = pending.background_reply.error
        reply = pending.background_reply.reply
        self.reply = reply if error is None or reply.has_content else None
        self._pending = None
        if pending.question.has_turn:
            pending.on_answered()
        else:
            self._restore(pending)
        self._form.error = "" if error is None else format_error(error)
        self._form.running = False
        self._send_turns()

    def _restore(self, pending: _PendingQuestion) -> None:
        """Put a question without an answer back into its field, and leave the branch that was made for it."""
        self._form.send({"kind": "restore", "prompt": pending.prompt})
        if pending.question.conversation is not pending.before:
            self._branches.remove(pending.question.conversation)
            self._show_branch(pending.before)

    # -- messages to the browser ---------------------------------------------------------------------------

    def _show_branch(self, conversation: Conversation, options: Mapping[str, Any] | None = None) -> None:
        """Show a branch, and make it the one that cells continue."""
        self._stop_listening()
        self._shown = conversation
        self._stop_listening = conversation.on_change(self._send_turns)
        self._conversations.make_current(conversation, options)
        self._form._default_model = default_model(self._merged())
        self._send_turns()

    def _merged(self) -> dict[str, Any]:
        """Return the options of the next question, which say which server and model are asked."""
        return {**self._shown.options, **self._options}

    def _send_answer(self, html: str) -> None:
        self._form.send({"kind": "answer", "html": html})

    def _send_turns(self) -> None:
        """Send the order of the turns, and those that are new; a page that lacks others asks for them."""
        with self._lock:
            turns = self._shown.turns
            new = [_turn_message(turn) for turn in turns if turn.id not in self._known_turns]
            self._known_turns.update(turn["id"] for turn in new)
            pending = self._pending
        self._form.send(
            {
                "kind": "turns",
                "order": [turn.id for turn in turns],
                "turns": new,
                "branch": self._branches.index(self._shown),
                "branches": len(self._branches),
                "pending": pending.message() if pending is not None and not pending.question.has_turn else None,
            }
        )
        if pending is not None:
            pending.approval.send()


class _ChatForm(Form):
    """The turns, the fields and the buttons."""

    _esm = panel_script("chat.js")
    _css = panel_style("chat.css")


class _Approval:
    """Approval of function calls in the panel. The thread of the call waits for the user's decision."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._decided = threading.Event()
        self._number = 0  # number of the call that needs approval
        self._text = ""
        self._run = False
        self._closed = False

    def __call__(self, call: ToolCall) -> bool:
        """Return the decision; False if the answer was stopped first."""
        self._decided.clear()
        self._number += 1
        self._text = approval_text(call)
        if self._closed:  # checked after the reset, so that no Stop is missed
            return False
        self.send()
        self._decided.wait()
        self._text = ""
        self.send()
        return self._run

    def decide(self, number: object, *, run: bool) -> None:
        """Process a decision; a decision about an earlier call, such as from a second click, is ignored."""
        if number == self._number:
            self._decide(run=run)

    def _decide(self, *, run: bool) -> None:
        self._run = run and not self._closed
        self._decided.set()

    def close(self) -> None:
        """Stop asking, and approve nothing from now on."""
        self._closed = True
        self._decide(run=False)

    def send(self) -> None:
        """Show the question in the panel, or remove it."""
        self._send({"kind": "approval", "text": self._text, "number": self._number})


@dataclass(frozen=True, slots=True)
class _PendingQuestion:
    """A question whose answer is being written."""

    question: Question
    background_reply: BackgroundReply
    approval: _Approval
    prompt: str
    before: Conversation  # the branch that was shown when the question was asked
    on_answered: Callable[[], None]

    def message(self) -> dict[str, Any]:
        return _question_message(self.prompt, self.question.call.request.messages[-1].images)


def _turn_message(turn: Turn) -> dict[str, Any]:
    """Return the message with a turn; its answer is HTML that the renderer has made safe."""
    html = reply_html(turn.reply) if turn.reply is not None else stored_answer_html(_stored(turn), _STATES[turn.state])
    return {**_question_message(turn.question, turn.messages[0].images), "id": turn.id, "html": html}


def _stored(turn: Turn) -> Choice:
    return Choice(text=turn.answer, output_images=turn.output_images)


def _question_message(question: str, images: tuple[Image | RemoteImage, ...]) -> dict[str, Any]:
    return {"question": clean_text(question), "images": thumbnails_html(images)}


def _parts(turn: Turn, prompt: str | None) -> tuple[object, ...]:
    """Return the parts of a turn's question, or an edited question with the same images."""
    content = turn.messages[0].content
    if prompt is not None:
        return (*turn.messages[0].images, prompt)
    if isinstance(content, str):
        return (content,)
    return tuple(part.image if isinstance(part, ImagePart) else part.text for part in content if _is_own(part))


def _is_own(part: object) -> bool:
    """Whether a part is from the user; facts about a figure are added again to each call."""
    return isinstance(part, ImagePart) or type(part) is TextPart


def _conversations_of_shell() -> Conversations:
    shell = get_ipython()
    return Conversations() if shell is None else state_of(shell).conversations


def _find_conversation(wanted: Conversation | str | None, conversations: Conversations) -> Conversation:
    if isinstance(wanted, Conversation):
        return wanted
    if isinstance(wanted, str) and wanted.strip():
        return conversations.named.get(wanted) or Conversation(wanted)
    if wanted is None:
        return conversations.last or Conversation()
    raise CellError(
        f"ChatPanel got {wanted!r}; expected a vm.Conversation, the name of one such as 'lesson', or nothing."
    )


def _field(content: Mapping[str, Any], name: str) -> str:
    return str(content.get(name) or "").strip()

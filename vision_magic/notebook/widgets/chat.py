"""How does a conversation go on by clicking? Its turns, the answer below while it is written, and the next question.

It is the same conversation that cells have: `%%vision -c` goes on where the panel stopped. Nothing said is overwritten:
asking again and asking otherwise go on in a branch, which begins with the turns before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import anywidget
import ipywidgets
import traitlets
from IPython.core.getipython import get_ipython

from vision_magic.chat.messages import ImagePart, TextPart
from vision_magic.errors import CellError
from vision_magic.notebook.conversations import Conversations
from vision_magic.notebook.live import answer_beside_the_cell
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views import has_content, in_words
from vision_magic.notebook.widgets.controls import Drawing, default_model, script, style
from vision_magic.notebook.widgets.image_input import ImageInput
from vision_magic.render.reply import reply_html, text_html
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.session.background import Answering
from vision_magic.session.conversation import Conversation
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.messages import ToolCall
    from vision_magic.chat.reply import Reply
    from vision_magic.images.image import Image, RemoteImage
    from vision_magic.session.conversation import Question
    from vision_magic.session.history import Turn

__all__ = ["ChatPanel"]

_STATES: Final = {"complete": "kept", "interrupted": "kept · interrupted", "truncated": "kept · incomplete"}


class ChatPanel(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A conversation to read, to click and to type in.

    Parameters
    ----------
    conversation : Conversation or str, optional
        Which; a text is the name that ``%%vision --chat NAME`` gives. Where it is left out, the notebook's last one.
    **options
        As for `vision_magic.ask`, for every question asked here: ``profile``, ``system``, ``tools`` …

    Attributes
    ----------
    conversation : Conversation
        The branch that is shown.
    images_input : ImageInput
        The pictures of the next question.
    reply : Reply or None
        The last answer asked for here, whole or as far as it came.

    Examples
    --------
    >>> import vision_magic as vm
    >>> panel = ChatPanel(vm.Conversation(profile="embedded"))
    >>> panel.conversation.turns
    ()
    """

    _asking: _Asking | None = None
    _unlisten: Callable[[], None] = staticmethod(lambda: None)

    def __init__(self, conversation: Conversation | str | None = None, **options: Any) -> None:
        self._chats = _chats()
        self._branches = [_begun(conversation, self._chats)]
        self._options = options
        self._lock = threading.RLock()
        self._sent: set[str] = set()
        self.reply: Reply | None = None
        self.images_input = ImageInput(label="Pictures for the next question")
        self._form = _ChatForm()
        self._form.on_msg(self._hear)
        self._enter(self._branches[0])
        super().__init__(children=(self._form, self.images_input))

    @property
    def conversation(self) -> Conversation:
        """The branch that is shown."""
        return self._shown

    def stop(self) -> None:
        """End the call; what arrived is kept."""
        asking = self._asking
        if asking is not None:
            asking.answering.stop()
            asking.consent.end()

    def close(self) -> None:
        """End the call and take the panel away; the conversation stays."""
        self.stop()
        self._unlisten()
        for child in self.children:  # none of them in a panel whose conversation was refused
            child.close()
        super().close()

    def __repr__(self) -> str:
        turns = len(self._shown)
        return f"<ChatPanel: {turns} turn{'' if turns == 1 else 's'}>"

    # -- what the browser says -----------------------------------------------------------------------------

    def _hear(self, widget: object, content: Any, buffers: object) -> None:
        """Take a message; whatever is no message of ours is left alone."""
        if not isinstance(content, Mapping):
            return
        kind, number = content.get("kind"), content.get("number")
        if kind == "hello":
            self._sent.clear()
            self._tell_all()
        elif kind == "ask":
            self._ask(_text(content, "prompt"), _text(content, "model"))
        elif kind == "stop":
            self.stop()
        elif kind == "again":
            self._ask_otherwise(_text(content, "id"), None, _text(content, "model"))
        elif kind == "edit":
            self._ask_otherwise(_text(content, "id"), _text(content, "prompt"), _text(content, "model"))
        elif kind == "branch" and type(number) is int and 0 <= number < len(self._branches) and not self._busy:
            self._enter(self._branches[number])
        elif kind == "consent" and self._asking is not None:
            self._asking.consent.decide(number, run=content.get("run") is True)

    @property
    def _busy(self) -> bool:
        return self._asking is not None

    def _ask(self, prompt: str, model: str) -> None:
        """Ask the next question, with the pictures of the frame."""
        held = self.images_input.each()
        self._begin(self._shown, (*held, prompt), prompt, model, lambda: self.images_input.discard(held))

    def _ask_otherwise(self, turn_id: str, prompt: str | None, model: str) -> None:
        """Ask a turn's question again, or another in its place, in a branch that begins with the turns before it."""
        turns = self._shown.turns
        place = next((place for place, turn in enumerate(turns) if turn.id == turn_id), None)
        if place is None:
            self._tell_all()  # the page shows what is no longer there
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
        sent: Callable[[], None] = lambda: None,
    ) -> None:
        with self._lock:
            if self._busy:
                return
            consent = _Consent(self._form.send)
            options = {**self._options, **({"model": model} if model else {})}
            asked: dict[str, Any] = {**conversation.options, **options}
            # What a cell allowed holds for cells: here the person is asked, but where the panel was made otherwise.
            if options.get("approve", "ask") == "ask":
                asked["approve"] = consent
            try:
                question = conversation.question(*parts, **asked)
                answering = Answering(question.astream())
            except Exception as error:  # also what nobody thought of: a notebook would swallow it
                self._form.error = in_words(error)
                self._form.send({"kind": "refused"})  # the same words twice are no change
                return
            asking = self._asking = _Asking(question, answering, consent, prompt, self._shown, sent)
        if conversation not in self._branches:
            self._branches.append(conversation)
        self._enter(conversation, options)
        self._form.error = ""
        self._form.running = True
        drawing = Drawing(self._draw, answering)
        drawing.start()
        answering.start(drawing.hear, lambda _: self._end(asking, drawing))

    def _end(self, asking: _Asking, drawing: Drawing) -> None:
        drawing.end()
        error = asking.answering.error
        reply = asking.answering.reply
        self.reply = reply if error is None or has_content(reply) else None
        self._asking = None
        if asking.question.kept:
            asking.sent()
        else:
            self._take_back(asking)
        self._form.error = "" if error is None else in_words(error)
        self._form.running = False
        self._tell_all()

    def _take_back(self, asking: _Asking) -> None:
        """Give a question back that nothing was answered to, and leave the branch that was made for it."""
        self._form.send({"kind": "back", "prompt": asking.prompt})
        if asking.question.conversation is not asking.before:
            self._branches.remove(asking.question.conversation)
            self._enter(asking.before)

    # -- what the browser shows ----------------------------------------------------------------------------

    def _enter(self, conversation: Conversation, options: Mapping[str, Any] | None = None) -> None:
        """Show a branch; cells that go on, go on there."""
        self._unlisten()
        self._shown = conversation
        self._unlisten = conversation.on_change(self._tell_all)
        self._chats.make_current(conversation, options)
        asked = {**conversation.options, **self._options}
        self._form._default_model = default_model({name: asked[name] for name in _ADDRESS if name in asked})
        self._tell_all()

    def _draw(self, html: str) -> None:
        self._form.send({"kind": "answer", "html": html})

    def _tell_all(self) -> None:
        """Send which turns there are, and those that the page has not; one that lacks any says hello."""
        with self._lock:
            turns = self._shown.turns
            new = [_shown(turn) for turn in turns if turn.id not in self._sent]
            self._sent.update(turn["id"] for turn in new)
            asking = self._asking
        self._form.send(
            {
                "kind": "turns",
                "order": [turn.id for turn in turns],
                "turns": new,
                "branch": self._branches.index(self._shown),
                "branches": len(self._branches),
                "asking": asking.shown() if asking is not None and not asking.question.kept else None,
            }
        )
        if asking is not None:
            asking.consent.tell()


_ADDRESS: Final = ("profile", "base_url", "key_env", "model")


class _ChatForm(anywidget.AnyWidget):
    """The turns, the fields and the buttons. Its state holds what was typed; the turns come as messages."""

    _esm = script("chat.js")
    _css = style("chat.css")

    prompt = traitlets.Unicode("", help="the next question").tag(sync=True)
    model = traitlets.Unicode("", help="the model; the conversation's own where it is empty").tag(sync=True)
    running = traitlets.Bool(False, help="whether an answer is being written").tag(sync=True)
    error = traitlets.Unicode("", help="what went wrong, in words").tag(sync=True)
    _default_model = traitlets.Unicode("", help="what stands in the empty field").tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        # Stop is heard while a cell runs.
        answer_beside_the_cell(self.comm)

    def __repr__(self) -> str:
        return "<ChatForm>"  # without an address, so that outputs stay equal


class _Consent:
    """Asks in the panel whether a function may run; the thread that answers waits for it."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._decided = threading.Event()
        self._number = 0  # of the call that is asked about
        self._words = ""
        self._run = False
        self._over = False

    def __call__(self, call: ToolCall) -> bool:
        """Return what the person decides; no, where the answer was stopped before."""
        self._decided.clear()
        self._number += 1
        self._words = clean_text(f"The model wants to run {call.name} with {call.arguments or '{}'}")
        if self._over:  # looked at after the clearing, so that no Stop falls between
            return False
        self.tell()
        self._decided.wait()
        self._words = ""
        self.tell()
        return self._run

    def decide(self, number: object, *, run: bool) -> None:
        """Take the person's word on a call: a second click on the one before is none on this one."""
        if number == self._number:
            self._decide(run=run)

    def _decide(self, *, run: bool) -> None:
        self._run = run and not self._over
        self._decided.set()

    def end(self) -> None:
        """Nobody is asked any more: nothing runs from here on."""
        self._over = True
        self._decide(run=False)

    def tell(self) -> None:
        """Show the question, or that there is none."""
        self._send({"kind": "consent", "words": self._words, "number": self._number})


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question on its way."""

    question: Question
    answering: Answering
    consent: _Consent
    prompt: str
    before: Conversation  # that was shown when it was asked
    sent: Callable[[], None]  # when something was answered

    def shown(self) -> dict[str, Any]:
        return _asked(self.prompt, self.question.call.request.messages[-1].images)


def _shown(turn: Turn) -> dict[str, Any]:
    """Return a turn as the page shows it; its answer is HTML that the renderer has made safe."""
    line = _STATES[turn.state]
    html = reply_html(turn.reply) if turn.reply is not None else text_html(turn.answer, line)
    return {**_asked(turn.question, turn.messages[0].images), "id": turn.id, "html": html}


def _asked(question: str, images: tuple[Image | RemoteImage, ...]) -> dict[str, Any]:
    return {"question": clean_text(question), "pictures": thumbnails_html(images)}


def _parts(turn: Turn, prompt: str | None) -> tuple[object, ...]:
    """Return what a turn asked, or another question about its pictures."""
    content = turn.messages[0].content
    if prompt is not None:
        return (*turn.messages[0].images, prompt)
    if isinstance(content, str):
        return (content,)
    return tuple(part.image if isinstance(part, ImagePart) else part.text for part in content if _is_asked(part))


def _is_asked(part: object) -> bool:
    return isinstance(part, ImagePart) or type(part) is TextPart


def _chats() -> Conversations:
    shell = get_ipython()
    return Conversations() if shell is None else state_of(shell).conversations


def _begun(conversation: Conversation | str | None, chats: Conversations) -> Conversation:
    if isinstance(conversation, Conversation):
        return conversation
    if isinstance(conversation, str) and conversation.strip():
        return chats.named.get(conversation) or Conversation(conversation)
    if conversation is None:
        return chats.last or Conversation()
    raise CellError(
        f"ChatPanel got {conversation!r}; expected a vm.Conversation, the name of one such as 'lesson', or nothing."
    )


def _text(content: Mapping[str, Any], name: str) -> str:
    return str(content.get(name) or "").strip()

"""What do ``%%vision`` and ``%vision`` do? Parse, ask, display; everything else is a function elsewhere."""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import re
import signal
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from vision_magic.errors import CellError, VisionError, WireError
from vision_magic.images.convert import images_in
from vision_magic.notebook import commands, namespace, views
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.notebook.conversations import TurnGuard, conversations_of
from vision_magic.notebook.options import ABOUT_THE_CELL, help_text
from vision_magic.render.wire_trace import WireTrace, preview
from vision_magic.session import recordings
from vision_magic.session.background import Answering
from vision_magic.session.default import session
from vision_magic.session.prepare import Cell, per_model
from vision_magic.session.teaching import MODES, Mode, as_lesson
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.notebook.display_history import DisplayHistory
    from vision_magic.session.conversation import Question
    from vision_magic.session.stream import ReplyStream
    from vision_magic.settings import Settings

__all__ = ["VisionMagics"]


_NO_CELL: Final = "run-"  # begins the key of a cell that the front end does not name


@magics_class
class VisionMagics(Magics):
    """The magics of vision_magic."""

    shell: Any

    def __init__(self, shell: Any, shown: DisplayHistory) -> None:
        super().__init__(shell)
        self._shown = shown
        self._chats = conversations_of(shell)
        self._asked: tuple[VisionCell, str] | None = None

    @no_var_expand
    @line_cell_magic
    def vision(self, line: str, cell: str | None = None) -> None:
        """Ask about pictures; the help takes the place of this line below."""
        quiet = False
        try:
            if cell is None:
                names = self.shell.user_ns
                live = views.can_wait(self.shell)
                desk = commands.CommandContext(
                    names=names, shown=self._shown, chats=self._chats, again=self._again, live=live
                )
                commands.run(line, desk)
                return
            parsed = parse(line, cell)
            quiet = bool(parsed.options.get("no_raise_error"))
            self._ask(parsed, self.shell.user_ns, self._key())
        except VisionError as error:
            if not quiet:
                # IPython leaves the traceback away for UsageError itself, and for nothing that is derived from it.
                raise UsageError(_message(error)) from error
            print(_message(error))  # noqa: T201  # asked for: the message without the failing cell

    def _ask(self, cell: VisionCell, names: Mapping[str, Any], key: str) -> None:
        if cell.options.get("help"):
            print(help_text())  # noqa: T201
            return
        out = _variable(cell.options.get("out"))
        values = namespace.option_values(_fields(cell.options), names)
        chat = str(cell.options.get("chat", ""))
        lesson = _lesson(cell)
        conversation = self._chats.of(key, continues=bool(cell.options.get("continues")), name=chat)
        parts = self._parts(cell, names, continues=bool(conversation.before(key)))
        for note in namespace.near_misses(cell.prompt, names):
            print(clean_text(note))  # noqa: T201  # braces may be meant as they are: said, not refused
        if lesson is not None:
            rubric = namespace.value_or_text(str(cell.options.get("rubric", "")), names)
            parts, values = as_lesson(lesson, parts, values, rubric)
            _check_teacher(lesson, values)
        if cell.options.get("bg") and cell.options.get("wire"):
            raise CellError("--wire shows what travels while the cell waits, and --bg lets it go on; leave one out.")
        watched = WireTrace("") if cell.options.get("wire") else None

        asking = Cell(f"In [{self.shell.execution_count}]", "" if key.startswith(_NO_CELL) else key)

        def ready() -> Question:
            return conversation.question(*parts, key=key, cell=asking, witness=watched, **values)

        if cell.options.get("dry_run"):
            with self._shown.paused():
                call = ready().call
                views.show_dry_run(self.shell, call.receipt, preview(call.request))
            return
        asked = [session.settings(**each) for each in per_model(conversation.options | values)]
        self._asked = (cell, key)
        entry = self._chats.enter(conversation, key, values)
        if cell.options.get("bg") and views.can_wait(self.shell):
            self._show_meanwhile(ready, asked, out, entry)
        elif watched is None:
            self._show(ready, asked, out, entry)
        else:
            watched.host, watched.times = asked[0].host, views.can_wait(self.shell)
            with views.wire_below(self.shell, watched) as look:
                self._show(ready, asked, out, entry, look)

    def _again(self) -> None:
        """Ask the last question once more, in the place that it has in its conversation."""
        if self._asked is None:
            raise CellError("Nothing was asked yet that could be asked again.")
        cell, key = self._asked
        self._ask(cell, self.shell.user_ns, key)

    def _key(self) -> str:
        """Return the front end's name of the cell that runs; one of our own where it gives none, for this run only."""
        kernel = getattr(self.shell, "kernel", None)
        parent = kernel.get_parent() if kernel is not None else None
        return str(((parent or {}).get("metadata") or {}).get("cellId") or f"{_NO_CELL}{uuid.uuid4().hex}")

    def _parts(self, cell: VisionCell, names: Mapping[str, Any], *, continues: bool = False) -> list[object]:
        """Return the pictures of the line, then the question with its own: the order in which they were written.

        A question that goes on has the pictures of the conversation; only what is named goes along anew.
        """
        if not cell.prompt and _lesson(cell) not in ("quiz", "rubric"):
            raise CellError(_no_question(cell, names))
        pictures = [picture for expression in cell.pictures for picture in self._named(expression, names)]
        question = namespace.fill(cell.prompt, names)
        named = pictures or any(not isinstance(part, str) for part in question)
        if cell.options.get("no_image"):
            if named:
                raise CellError("--no-image came with a picture; leave one of the two out.")
        elif not named and not continues:
            pictures = namespace.last_pictures(self._shown.last(), 1)
        return [*pictures, *(part if isinstance(part, str) else self._as_shown(part) for part in question)]

    def _named(self, expression: str, names: Mapping[str, Any]) -> list[object]:
        """Return the pictures that a word on the line stands for."""
        count = namespace.last_count(expression, names)
        if count is not None:
            return namespace.last_pictures(self._shown.last(count), count)
        value = namespace.evaluate(expression, names)
        if isinstance(value, str):
            raise CellError(
                f"{expression} is a text, and texts are never taken for files or addresses. "
                f"Pathlib names a file: Path({expression}); the question goes below the line."
            )
        if isinstance(value, list | tuple) and any(isinstance(item, str) for item in value):
            raise CellError(
                f"{expression} holds texts, and texts are never taken for files or addresses. Pathlib names files: "
                f"[Path(name) for name in {expression}]."
            )
        return self._as_shown(value)

    def _as_shown(self, value: object) -> list[object]:
        return [self._shown.instead_of(picture) for picture in images_in(value)]

    def _show(
        self,
        ready: Callable[[], Question],
        asked: Sequence[Settings],
        out: str,
        entry: TurnGuard,
        look: Callable[[], None] | None = None,
    ) -> None:
        """Show an answer while it is written; before its pictures are read and encoded there is a line already."""
        view, stop = views.view_for(self.shell), _Stop()
        stream: ReplyStream | None = None
        view.begin(_who(asked), stop)
        try:
            with entry.of(ready) as question, question.stream() as stream:
                view.sent()
                for event in stream:
                    view.event(event, lambda: stream.reply)
                    if look is not None:
                        look()
            stop.expire()
            self._finish(view, stream.reply, out)
        except KeyboardInterrupt as error:
            stop.expire()
            self._keep_partial(view, stream.reply if stream is not None else _unsent(asked), out)
            if stop.pressed:
                return  # by the button of this answer, which shows what has become of it: the notebook goes on
            if isinstance(error, WireError):
                raise
            raise CellError("Interrupted; the connection is closed and what arrived is kept in _vision.") from None
        except BaseException as error:
            # Whatever it is (a recording's miss, a cap, a fault of ours), the view must not go on waiting.
            stop.expire()
            partial = error.partial if isinstance(error, WireError) else stream.reply if stream is not None else None
            self._keep_partial(view, partial if partial is not None and views.has_content(partial) else None, out)
            raise

    def _show_meanwhile(
        self, ready: Callable[[], Question], asked: Sequence[Settings], out: str, entry: TurnGuard
    ) -> None:
        """Let the answer be written in this output while other cells run; the variables are ready when it is."""
        entered = contextlib.ExitStack()
        question = entered.enter_context(entry.of(ready))
        answering = Answering(question.astream())
        view = views.view_for(self.shell)
        view.begin(_who(asked), answering.stop, background=True)
        view.sent()
        self._name(answering, out)

        def finish(ended: Answering) -> None:
            entered.close()
            reply = ended.reply
            if ended.error is not None:
                words = views.in_words(ended.error)
                if not views.has_content(reply):
                    view.fail(words)  # the variable goes on to hold the question: waiting for it raises the error
                    return
                reply = _with_reason(reply, words)  # no cell is there to say it
            names = [name for name, value in list(self.shell.user_ns.items()) if value is ended]
            self.shell.user_ns.update(dict.fromkeys(names, reply))
            view.end(reply)

        answering.start(view.event, finish)

    def _finish(self, view: views.View, reply: Reply, out: str) -> None:
        self._name(reply, out)
        view.end(reply)

    def _name(self, value: object, out: str) -> None:
        self.shell.user_ns.update({name: value for name in ("_vision", out) if name})

    def _keep_partial(self, view: views.View, partial: Reply | None, out: str) -> None:
        """Show and keep what has come; a second interrupt, of someone who is in a hurry, must not lose it."""
        with _undisturbed():
            if partial is None:
                view.fail("")
            else:
                self._finish(view, partial, out)


class _Stop:
    """The button of an answer that a running cell waits for: pressed in another thread, it interrupts this one."""

    def __init__(self) -> None:
        self.pressed = False
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._expired = False

    def __call__(self) -> None:
        with self._lock:
            if self._expired or self.pressed:
                return
            self.pressed = True
            if threading.get_ident() == self._thread:
                return  # heard only after the cell: nothing is left to stop
            if self._thread != threading.main_thread().ident:
                # A subshell's: a signal would end what another one does.
                _raise_in(self._thread)
            elif hasattr(signal, "pthread_kill"):
                signal.pthread_kill(self._thread, signal.SIGINT)  # a signal also ends a wait for the network
            else:
                _thread.interrupt_main()

    def expire(self) -> None:
        """From here on the button does nothing: the next cell must not be interrupted."""
        with self._lock:
            self._expired = True


def _raise_in(thread: int) -> None:
    """Interrupt a thread that hears no signals, as soon as it does something again."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(KeyboardInterrupt))


def _who(asked: Sequence[Settings]) -> str:
    return f"{_models(asked)} · {asked[0].host}"


def _models(asked: Sequence[Settings]) -> str:
    return ", ".join(settings.model for settings in asked)


def _unsent(asked: Sequence[Settings]) -> Reply:
    """Return what there is of an answer that was stopped while the pictures were read."""
    from vision_magic.chat.reply import Reply

    return Reply(model=_models(asked), host=asked[0].host, state="interrupted", notes=("the question was not sent",))


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hear no interrupt for a moment, where this thread is the one that hears them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def _with_reason(reply: Reply, words: str) -> Reply:
    """Return a reply that says why it is not what was asked for, below what arrived: in the choices that broke off."""
    broken = [one for one in reply.choices if one.finish_reason is None] or reply.choices
    return replace(
        reply, choices=tuple(replace(one, error=one.error or words) if one in broken else one for one in reply.choices)
    )


VisionMagics.vision.__doc__ = help_text()


def _message(error: VisionError) -> str:
    """Return an error's words for a cell, in which nobody has called `as_image`."""
    return re.sub(r"^as_image got", "%%vision got", clean_text(str(error)))


def _no_question(cell: VisionCell, names: Mapping[str, Any]) -> str:
    words = " ".join(word for word in cell.pictures if namespace.names_nothing(word, names))
    if words:
        return f"The question goes on the lines below %%vision; on its line, {words!r} names no picture."
    return "The cell holds no question; write it on the lines below %%vision."


def _fields(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in ABOUT_THE_CELL}


def _lesson(cell: VisionCell) -> Mode | None:
    """Return in which way of teaching a cell asks; None where it simply asks."""
    wanted: list[Mode] = [mode for mode in MODES if cell.options.get(mode)]
    if len(wanted) > 1:
        raise CellError(f"--{wanted[0]} came together with --{wanted[1]}; choose one of them.")
    return wanted[0] if wanted else None


def _check_teacher(lesson: Mode, values: Mapping[str, Any]) -> None:
    """Refuse what only a language model can do; a recording of one will do too."""
    if session.settings(**values).embedded and recordings.active() is None:
        raise CellError(
            f"--{lesson} needs a language model, and the embedded reader only measures. Choose one with %vision use, "
            "or a recording of one with %vision replay."
        )


def _variable(name: str | None) -> str:
    if name and not name.isidentifier():
        raise CellError(f"The reply cannot be kept in {name!r}; expected the name of a variable, such as -o peak.")
    return name or ""

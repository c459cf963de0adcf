"""What do ``%%vision`` and ``%vision`` do? Parse, ask, display; everything else is a function elsewhere."""

from __future__ import annotations

import _thread
import re
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from vision_magic.chat.markup import clean_text
from vision_magic.chat.wire_shown import Watched, preview
from vision_magic.errors import CellError, VisionError, WireError
from vision_magic.images.convert import pictures_in
from vision_magic.notebook import commands, namespace, views
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.notebook.chats import chats_of
from vision_magic.notebook.options import ABOUT_THE_CELL, help_text
from vision_magic.session import ask, recordings
from vision_magic.session.background import Answering
from vision_magic.session.keep import CELL_KEY
from vision_magic.session.teaching import MODES, Mode, as_lesson
from vision_magic.session.usage import CELL

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.notebook.shown import Shown
    from vision_magic.session.conversation import Question
    from vision_magic.wire.endpoint import ReplyStream

__all__ = ["VisionMagics"]


@magics_class
class VisionMagics(Magics):
    """The magics of vision_magic."""

    shell: Any

    def __init__(self, shell: Any, shown: Shown) -> None:
        super().__init__(shell)
        self._shown = shown
        self._chats = chats_of(shell)
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
                desk = commands.Desk(names=names, shown=self._shown, chats=self._chats, again=self._again, live=live)
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
        conversation = self._chats.of(key, goes_on=bool(cell.options.get("goes_on")), name=chat)
        parts = self._parts(cell, names, goes_on=bool(conversation.before(key)))
        for note in namespace.near_misses(cell.prompt, names):
            print(clean_text(note))  # noqa: T201  # braces may be meant as they are: said, not refused
        if lesson is not None:
            rubric = namespace.value_or_text(str(cell.options.get("rubric", "")), names)
            parts, values = as_lesson(lesson, parts, values, rubric)
            _check_teacher(lesson, values)
        watched = Watched("") if cell.options.get("wire") else None
        question = conversation.question(*parts, key=key, witness=watched, **values)
        if cell.options.get("dry_run"):
            with self._shown.paused():
                views.show_dry_run(self.shell, question.call.receipt, preview(question.call.request))
            return
        self._chats.enter(conversation, key, values)
        self._asked = (cell, key)
        CELL.set(f"In [{self.shell.execution_count}]")
        CELL_KEY.set(key)
        if cell.options.get("bg") and views.can_wait(self.shell):
            self._show_meanwhile(Answering(question.astream()), _asked(question), out)
        elif watched is None:
            self._show(question.stream(), _asked(question), out)
        else:
            watched.host, watched.times = question.call.settings.host, views.can_wait(self.shell)
            with views.wire_below(self.shell, watched) as look:
                self._show(question.stream(), _asked(question), out, look)

    def _again(self) -> None:
        """Ask the last question once more, in the place that it has in its conversation."""
        if self._asked is None:
            raise CellError("Nothing was asked yet that could be asked again.")
        cell, key = self._asked
        if not key and self._chats.last is not None and self._chats.last.turns:
            self._chats.last.undo()
            cell = replace(cell, options={**cell.options, "goes_on": True})
        self._ask(cell, self.shell.user_ns, key)

    def _key(self) -> str:
        """Return the front end's name of the cell that runs; empty where it gives none."""
        kernel = getattr(self.shell, "kernel", None)
        parent = kernel.get_parent() if kernel is not None else None
        return str(((parent or {}).get("metadata") or {}).get("cellId") or "")

    def _parts(self, cell: VisionCell, names: Mapping[str, Any], *, goes_on: bool = False) -> list[object]:
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
        elif not named and not goes_on:
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
        return [self._shown.instead_of(picture) for picture in pictures_in(value)]

    def _show(self, stream: ReplyStream, asked: str, out: str, look: Callable[[], None] | None = None) -> None:
        view = views.view_for(self.shell)
        stop = _Stop()
        view.begin(asked, stop)
        try:
            with stream:
                for event in stream:
                    view.event(event, lambda: stream.reply)
                    if look is not None:
                        look()
            stop.expire()
            self._finish(view, stream.reply, out)
        except KeyboardInterrupt as error:
            stop.expire()
            self._keep_partial(view, stream.reply, out)
            if stop.pressed:
                return  # by the button of this answer, which shows what has become of it: the notebook goes on
            if isinstance(error, WireError):
                raise
            raise CellError("Interrupted; the connection is closed and what arrived is kept in _vision.") from None
        except BaseException as error:
            # Whatever it is (a recording's miss, a cap, a fault of ours), the view must not go on waiting.
            stop.expire()
            partial = error.partial if isinstance(error, WireError) else stream.reply
            self._keep_partial(view, partial if partial is not None and _has_come(partial) else None, out)
            raise

    def _show_meanwhile(self, answering: Answering, asked: str, out: str) -> None:
        """Let the answer be written in this output while other cells run; the variables are ready when it is."""
        view = views.view_for(self.shell)
        view.begin(asked, answering.stop)
        self._name(answering, out)

        def finish(ended: Answering) -> None:
            reply = ended.reply
            if ended.error is not None and not _has_come(reply):
                view.fail(
                    str(ended.error)
                )  # the variable goes on to hold the question: waiting for it raises the error
                return
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
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(self._thread, signal.SIGINT)  # a signal also ends a wait for the network
            else:
                _thread.interrupt_main()

    def expire(self) -> None:
        """From here on the button does nothing: the next cell must not be interrupted."""
        with self._lock:
            self._expired = True


def _asked(question: Question) -> str:
    models = ", ".join(call.settings.model for call in question.calls)
    return f"{models} · {question.call.settings.host}"


def _has_come(reply: Reply) -> bool:
    return bool(reply.rounds) or any(
        choice.text or choice.reasoning or choice.refusal or choice.tool_calls for choice in reply.choices
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
    if ask.settings_for(**values).embedded and recordings.active() is None:
        raise CellError(
            f"--{lesson} needs a language model, and the embedded reader only measures. Choose one with %vision use, "
            "or a recording of one with %vision replay."
        )


def _variable(name: str | None) -> str:
    if name and not name.isidentifier():
        raise CellError(f"The reply cannot be kept in {name!r}; expected the name of a variable, such as -o peak.")
    return name or ""

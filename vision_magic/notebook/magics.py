"""The ``%%vision`` and ``%vision`` magics: parse, resolve, ask, show."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from vision_magic.errors import CellError, VisionError
from vision_magic.notebook.answer import answer, show_notes
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.notebook.commands import table
from vision_magic.notebook.commands.command import CommandContext
from vision_magic.notebook.each_cell import ask_about_each, check_options, plan_each, show_first
from vision_magic.notebook.help import cell_page, help_text, page_html, page_text
from vision_magic.notebook.option_values import names_secret
from vision_magic.notebook.resolve import resolve
from vision_magic.notebook.views.choose import can_wait
from vision_magic.notebook.views.static import show_dry_run
from vision_magic.secret_rules import has_secret_form
from vision_magic.secrets import redact
from vision_magic.session.prepare import Cell
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.notebook.resolve import Plan
    from vision_magic.notebook.state import ShellState

__all__ = ["VisionMagics"]


_NO_CELL: Final = "run-"  # prefix of generated ids, for cells to which the front end gives no id


@magics_class
class VisionMagics(Magics):
    """The magics of vision_magic."""

    shell: Any

    def __init__(self, shell: Any, state: ShellState) -> None:
        super().__init__(shell)
        self._state = state
        self._last_cell: tuple[VisionCell, str] | None = None  # with its id
        self._asked: tuple[str, list[str]] = ("", [])  # the request that runs, and the ids of the cells asked in it

    @no_var_expand
    @line_cell_magic
    def vision(self, line: str, cell: str | None = None) -> None:
        """Ask about pictures; replaced by the help below."""
        parsed: VisionCell | None = None
        failure: VisionError | None = None
        try:
            if cell is None:
                table.run(line, self._command_context())
            else:
                parsed = parse(line, cell)
                self._run_cell(parsed, self._cell_id())
            return
        except VisionError as error:
            failure = error
            message = _message(error)
        if parsed is not None and parsed.options.get("no_raise_error"):
            print(message)  # noqa: T201  # --no-raise-error: the message, but the cell does not fail
            return
        if names_secret(line) or has_secret_form(cell or ""):
            line, cell, parsed = "", None, None  # no frame of a traceback may show what was typed
            failure = CellError(message)
        raise _without_traceback(failure, message, in_colour=self.shell.colors.lower() != "nocolor")

    def _run_cell(self, cell: VisionCell, cell_id: str) -> None:
        if cell.options.get("help"):
            page = cell_page()
            self._command_context().show(page_text(page), page_html(page))
            return
        check_options(cell.options)
        if "each" in cell.options:
            self._run_each(cell, cell_id)
            return
        plan = resolve(cell, self.shell.user_ns, self._state, cell_id, self._caller(cell_id))
        show_notes(plan)
        if plan.dry_run:
            self._show_dry_run(plan)
            return
        self._last_cell = (cell, cell_id)
        answer(self.shell, plan, self._state.conversations)

    def _run_each(self, cell: VisionCell, cell_id: str) -> None:
        plan = plan_each(cell, self.shell.user_ns, self._state, self._caller(cell_id))
        show_notes(plan)
        if cell.options.get("dry_run"):
            with self._state.display_history.paused():
                show_first(self.shell, plan)
            return
        self._last_cell = (cell, cell_id)
        ask_about_each(self.shell, plan)

    def _show_dry_run(self, plan: Plan) -> None:
        with self._state.display_history.paused():
            show_dry_run(self.shell, plan.prepare().call)

    def _retry(self) -> None:
        """Ask the last question again, in its place in the conversation."""
        if self._last_cell is None:
            raise CellError("There is no question to ask again yet; ask one with %%vision.")
        self._run_cell(*self._last_cell)

    def _command_context(self) -> CommandContext:
        return CommandContext(
            names=self.shell.user_ns,
            state=self._state,
            retry=self._retry,
            assign=self.shell.user_ns.__setitem__,
            live=can_wait(self.shell),
            rich=getattr(self.shell, "kernel", None) is not None,
        )

    def _cell_id(self) -> str:
        """Return the front end's id of the running cell, or a generated one for this run only."""
        return str((self._parent().get("metadata") or {}).get("cellId") or f"{_NO_CELL}{uuid.uuid4().hex}")

    def _caller(self, cell_id: str) -> Cell:
        """Return the label of the running cell, and its id for kept answers.

        A loop in a cell may ask about several pictures. Each of its questions has an id of its own, so that none gets
        the answer about another picture as that of a figure that has changed.
        """
        if cell_id.startswith(_NO_CELL):
            return Cell(self._label())
        request = str((self._parent().get("header") or {}).get("msg_id"))
        if self._asked[0] != request:
            self._asked = (request, [])
        self._asked[1].append(cell_id)
        number = self._asked[1].count(cell_id)
        return Cell(self._label(), cell_id if number == 1 else f"{cell_id}/{number}")

    def _label(self) -> str:
        """Return the number of the running cell as the front end shows it; empty if it has none."""
        result = getattr(self.shell.displayhook, "exec_result", None)
        stored = result.info.store_history if result is not None else True
        content = self._parent().get("content") or {}
        if not content.get("store_history", stored):
            return ""  # the number belongs to another cell
        return f"In [{self.shell.displayhook.prompt_count}]"

    def _parent(self) -> dict[str, Any]:
        """Return the message that made the kernel run this cell; empty in a terminal."""
        kernel = getattr(self.shell, "kernel", None)
        return (kernel.get_parent() if kernel is not None else None) or {}


VisionMagics.vision.__doc__ = help_text()


def _message(error: VisionError) -> str:
    """Return the message of an error as a cell shows it: the user did not call `as_image`, and writes options."""
    message = re.sub(r"^as_image got", "%%vision got", redact(clean_text(str(error))))
    message = re.sub(r"\brange=\((\S+), (\S+)\)", r"--range \1,\2", message)
    return re.sub(r"\bdetail='(\w+)'", r"--detail \1", message)


def _without_traceback(error: VisionError, message: str, *, in_colour: bool) -> VisionError:
    """Return an error that IPython shows as its name and message: frames of ours say nothing to the person.

    The first sentence, which says what happened, stands in the colour of errors; the next step follows in plain text.
    """
    happened, full_stop, next_step = message.partition(". ")
    happened = f"{type(error).__name__}: {happened}{full_stop.rstrip()}"
    shown = [f"\x1b[31m{happened}\x1b[39m" if in_colour else happened, next_step]
    error.args = (message,)
    error._render_traceback_ = lambda: [" ".join(filter(None, shown))]  # type: ignore[attr-defined]
    return error.with_traceback(None)

"""The ``%%vision`` and ``%vision`` magics: parse, resolve, ask, show."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from vision_magic.errors import CellError, VisionError
from vision_magic.notebook.answer import answer, show_notes
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.notebook.commands import table
from vision_magic.notebook.commands.command import CommandContext
from vision_magic.notebook.option_values import names_secret
from vision_magic.notebook.options import help_text
from vision_magic.notebook.resolve import resolve
from vision_magic.notebook.views.choose import can_wait
from vision_magic.notebook.views.static import show_dry_run
from vision_magic.render.wire_trace import preview
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

    @no_var_expand
    @line_cell_magic
    def vision(self, line: str, cell: str | None = None) -> None:
        """Ask about pictures; replaced by the help below."""
        parsed: VisionCell | None = None
        try:
            if cell is None:
                table.run(line, self._command_context())
            else:
                parsed = parse(line, cell)
                self._run_cell(parsed, self._cell_id())
            return
        except VisionError as error:
            cause: VisionError | None = error
            message = _message(error)
        if parsed is not None and parsed.options.get("no_raise_error"):
            print(message)  # noqa: T201  # --no-raise-error: the message, but the cell does not fail
            return
        if names_secret(line):
            line, cell, parsed, cause = "", None, None, None  # no frame of a traceback may show what was typed
        # IPython omits the traceback for UsageError itself, but not for its subclasses.
        raise UsageError(message) from cause

    def _run_cell(self, cell: VisionCell, cell_id: str) -> None:
        if cell.options.get("help"):
            print(help_text())  # noqa: T201
            return
        caller = Cell(f"In [{self.shell.displayhook.prompt_count}]", "" if cell_id.startswith(_NO_CELL) else cell_id)
        plan = resolve(cell, self.shell.user_ns, self._state, cell_id, caller)
        show_notes(plan)
        if plan.dry_run:
            self._show_dry_run(plan)
            return
        self._last_cell = (cell, cell_id)
        answer(self.shell, plan, self._state.conversations)

    def _show_dry_run(self, plan: Plan) -> None:
        with self._state.display_history.paused():
            call = plan.prepare().call
            show_dry_run(self.shell, call.receipt, preview(call.request))

    def _retry(self) -> None:
        """Ask the last question again, in its place in the conversation."""
        if self._last_cell is None:
            raise CellError("There is no question to ask again yet; ask one with %%vision.")
        self._run_cell(*self._last_cell)

    def _command_context(self) -> CommandContext:
        return CommandContext(names=self.shell.user_ns, state=self._state, retry=self._retry, live=can_wait(self.shell))

    def _cell_id(self) -> str:
        """Return the front end's id of the running cell, or a generated one for this run only."""
        kernel = getattr(self.shell, "kernel", None)
        parent = kernel.get_parent() if kernel is not None else None
        return str(((parent or {}).get("metadata") or {}).get("cellId") or f"{_NO_CELL}{uuid.uuid4().hex}")


VisionMagics.vision.__doc__ = help_text()


def _message(error: VisionError) -> str:
    """Return the message of an error as a cell shows it, in which `as_image` was not called by the user."""
    return re.sub(r"^as_image got", "%%vision got", redact(clean_text(str(error))))

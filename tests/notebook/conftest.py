"""A real IPython shell with the extension loaded; nothing of it is faked."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from vision_magic.errors import VisionError


@pytest.fixture
def ip() -> Iterator[InteractiveShell]:
    """A shell as in a terminal, without a history file."""
    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    shell.run_line_magic("load_ext", "vision_magic")
    yield shell
    shell.run_line_magic("unload_ext", "vision_magic")
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.uninstall_repl_displayhook()  # it looks for the shell later, such as in HoloViews, and finds none
    InteractiveShell.clear_instance()
    atexit.unregister(shell.atexit_operations)  # collecting the garbage of each of these shells took minutes at the end


class Run:
    """Runs cells in a shell and keeps what came out of them."""

    def __init__(self, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
        self.shell = shell
        self._capsys = capsys
        self.out = ""
        self.err = ""

    def __call__(self, cell: str) -> Any:
        """Run a cell; return its result object, with the output in `out` and `err`."""
        result = self.shell.run_cell(cell)
        self.out, self.err = self._capsys.readouterr()
        return result

    def fails(self, cell: str) -> str:
        """Run a cell that must fail with one short message; return it."""
        result = self(cell)
        assert not result.success, self.out
        assert "Traceback" not in self.out + self.err
        _, name, message = self.out.rpartition(f"{type(result.error_in_exec).__name__}: ")
        assert name, (self.out, self.err)
        assert isinstance(result.error_in_exec, VisionError)
        return message.replace("\x1b[39m", "").strip()


@pytest.fixture
def run(ip: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(ip, capsys)

"""A JupyterLab or Notebook server with its own root folder and configuration, and the Chromium that opens it."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.warm_kernels import SPEC, write_spec

EXTENSIONS = Path(__file__).parents[2] / "labextensions"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"),
    "--use-fake-ui-for-media-stream",
]


class Signal:
    """A file for which a cell or a test waits, because no time is long enough for a page on a busy machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.cell = f"import pathlib, time\nwhile not pathlib.Path({str(path)!r}).exists(): time.sleep(0.05)"
        self.giving = f"__import__('pathlib').Path({str(path)!r}).touch()"

    def give(self) -> None:
        """Let the cell go on."""
        self._path.touch()

    def given(self) -> bool:
        """Return whether the code `giving` has run in a kernel."""
        return self._path.exists()


class Lab:
    """A Jupyter server; `application` is ``lab`` or ``notebook``, with or without a widget manager."""

    def __init__(self, *, warm: Path | None = None, **environment: str) -> None:
        self.application = "lab"
        self.widgets = True
        self.root = Path(tempfile.mkdtemp())
        self.kernel = "python3"
        if warm is not None:
            self.kernel = SPEC
            write_spec(self.root / ".jupyter", warm)
            environment["JUPYTER_PATH"] = str(self.root / ".jupyter")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "jupyter", "lab", "--allow-root", "--no-browser", "--ip", "127.0.0.1"]
        _quiet(self.root / ".config")
        command += [
            "--LabApp.expose_app_in_browser=True",
            "--port",
            str(port),
            "--ServerApp.token=",
            "--ServerApp.password=",
        ]
        command += [f"--ServerApp.root_dir={self.root}", "--ServerApp.disable_check_xsrf=True"]
        command.append(f"--LabServerApp.extra_labextensions_path={EXTENSIONS}")  # not the installed ones
        about = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(self.root / ".config"),
            "JUPYTERLAB_SETTINGS_DIR": str(self.root / ".config" / "settings"),
            "VISION_MAGIC_PROFILE": "embedded",
            **environment,
        }
        self._log = (self.root / "server.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(command, env=about, stdout=self._log, stderr=self._log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(1800):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/api", timeout=1).close()
                return
            time.sleep(0.1)
        raise RuntimeError(f"Jupyter did not start: {(self.root / 'server.log').read_text()[-2000:]}")

    def other(self, application: str = "lab", *, widgets: bool = True) -> Lab:
        """Return another front end of the same server: a second server would take seconds to start."""
        made = copy.copy(self)
        made.application, made.widgets = application, widgets
        return made

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """Let the server serve pages as this front end has them: in the light theme, and without widgets or with them.

        A page that is loaded again, by a test, has widgets.
        """
        (_settings(self.root / ".config") / "themes.jupyterlab-settings").unlink(missing_ok=True)
        if self.widgets:
            yield
            return
        _write_page_config(self.root / ".config", widgets=False)
        try:
            yield
        finally:
            _write_page_config(self.root / ".config", widgets=True)

    def notebook(self, name: str, *cells: str, kernel: str = "") -> str:
        """Write a notebook of these cells and return its address; it has a warm kernel if there are such kernels."""
        made: list[dict[str, Any]] = [
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
            for i, cell in enumerate(cells)
        ]
        about = {"kernelspec": {"name": kernel or self.kernel, "display_name": "Python 3", "language": "python"}}
        text = json.dumps({"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 5})
        (self.root / f"{name}.ipynb").write_text(text, encoding="utf-8")
        return self.address(name)

    def address(self, name: str) -> str:
        """Return the address that opens a notebook; in JupyterLab, in a new workspace."""
        if self.application == "notebook":
            return f"{self.url}/notebooks/{name}.ipynb"
        return f"{self.url}/lab/workspaces/{name}{time.monotonic_ns()}/tree/{name}.ipynb"

    def saved(self, name: str) -> dict[str, Any] | None:
        """Return a notebook as saved in its file, or None while the server is writing it."""
        try:
            found: dict[str, Any] = json.loads((self.root / f"{name}.ipynb").read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            return None
        return found

    def written_at(self, name: str) -> int:
        """Return the time at which a notebook's file was last written, in nanoseconds."""
        return (self.root / f"{name}.ipynb").stat().st_mtime_ns

    def signal(self) -> Signal:
        """Return a signal between a test and a cell."""
        return Signal(self.root / f"signal-{uuid.uuid4().hex}")

    def kernels(self, name: str) -> list[dict[str, Any]]:
        """Return the server's description of a notebook's kernel, in a list that is empty before the kernel starts."""
        with urllib.request.urlopen(f"{self.url}/api/sessions", timeout=10) as answer:
            sessions = json.load(answer)
        return [session["kernel"] for session in sessions if session["path"] == f"{name}.ipynb"]

    def end_kernels(self, name: str) -> None:
        """End a notebook's kernel; forty running kernels would slow down the machine."""
        for kernel in self.kernels(name):
            request = urllib.request.Request(f"{self.url}/api/kernels/{kernel['id']}", method="DELETE")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(request, timeout=30).close()

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:  # it waits for kernels, on a busy machine for long
            self._process.kill()
            self._process.wait()
        self._log.close()
        shutil.rmtree(self.root, ignore_errors=True)


def _settings(folder: Path) -> Path:
    return folder / "settings" / "@jupyterlab" / "apputils-extension"


def _quiet(folder: Path) -> None:
    """Turn off the question about news, the search for updates, and the build check, which starts Node."""
    settings = _settings(folder)
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    _write_page_config(folder, widgets=True)


def _write_page_config(folder: Path, *, widgets: bool) -> None:
    page = folder / "labconfig"
    page.mkdir(exist_ok=True)
    # The extension manager costs two seconds for each page, most of them in Node.
    without = {"@jupyterlab/extensionmanager-extension": True}
    if not widgets:
        # And what asks for it, which would activate it.
        using = ("anywidget", "jupyterlab-plotly", "@pyviz/jupyterlab_pyviz")
        without |= dict.fromkeys(("@jupyter-widgets/jupyterlab-manager", *using), True)
    as_it_is = {"buildAvailable": False, "buildCheck": False, "disabledExtensions": without}
    (page / "page_config.json").write_text(json.dumps(as_it_is), encoding="utf-8")


@contextlib.contextmanager
def running(*, warm: Path | None = None, **environment: str) -> Iterator[Lab]:
    """Run a server for the length of a ``with`` block; its kernels are forks of the process at `warm`, if given."""
    lab = Lab(warm=warm, **environment)
    try:
        yield lab
    finally:
        lab.stop()

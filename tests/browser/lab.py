"""A JupyterLab or Notebook server with its own root folder and configuration, and the Chromium that opens it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXTENSIONS = Path(__file__).parents[2] / "labextensions"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"),
    "--use-fake-ui-for-media-stream",
]


class Lab:
    """A Jupyter server; `application` is ``lab`` or ``notebook``, with or without a widget manager."""

    def __init__(self, application: str = "lab", *, widgets: bool = True, **environment: str) -> None:
        self.application = application
        self.widgets = widgets
        self.root = Path(tempfile.mkdtemp())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "jupyter", application, "--allow-root", "--no-browser", "--ip", "127.0.0.1"]
        if application == "lab":
            _quiet(self.root / ".config", widgets)
            command.append("--LabApp.expose_app_in_browser=True")
        command += ["--port", str(port), "--ServerApp.token=", "--ServerApp.password="]
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
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/api", timeout=1).close()
                return
            time.sleep(0.1)
        raise RuntimeError(f"Jupyter did not start: {(self.root / 'server.log').read_text()[-2000:]}")

    def notebook(self, name: str, *cells: str) -> str:
        """Write a notebook of these cells and return its address."""
        made = [
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
            for i, cell in enumerate(cells)
        ]
        about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
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

    def forget_theme(self) -> None:
        """Reset the theme, so that the next page is light."""
        (_settings(self.root / ".config") / "themes.jupyterlab-settings").unlink(missing_ok=True)

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
        self._process.wait(30)
        self._log.close()
        shutil.rmtree(self.root, ignore_errors=True)


def _settings(folder: Path) -> Path:
    return folder / "settings" / "@jupyterlab" / "apputils-extension"


def _quiet(folder: Path, widgets: bool) -> None:
    """Turn off JupyterLab's question about news, its search for updates, and its build check."""
    settings, page = _settings(folder), folder / "labconfig"
    settings.mkdir(parents=True)
    page.mkdir()
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    # The extension manager costs two seconds for each page, most of them in Node.
    without = {"@jupyterlab/extensionmanager-extension": True}
    if not widgets:
        # And what asks for it, which would activate it.
        using = ("anywidget", "jupyterlab-plotly", "@pyviz/jupyterlab_pyviz")
        without |= dict.fromkeys(("@jupyter-widgets/jupyterlab-manager", *using), True)
    as_it_is = {"buildAvailable": False, "buildCheck": False, "disabledExtensions": without}
    (page / "page_config.json").write_text(json.dumps(as_it_is), encoding="utf-8")


@contextlib.contextmanager
def running(application: str = "lab", *, widgets: bool = True, **environment: str) -> Iterator[Lab]:
    """Run a server for the length of a ``with`` block."""
    lab = Lab(application, widgets=widgets, **environment)
    try:
        yield lab
    finally:
        lab.stop()

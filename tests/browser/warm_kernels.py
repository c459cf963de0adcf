"""Kernels that start at once: forks of a process that has imported what cells import.

Half of the time of a test was its kernel: Python, ipykernel, matplotlib and the package, imported anew for each. A fork
shares nothing with another one, so that a test can change what it likes in its kernel. What depends on a kernel's start
is tested in a notebook whose kernel is `python3`.

A Jupyter server starts `warm_kernel.py`, which asks the process here for a fork, by a socket.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SPEC = "warm"
LAUNCHER = Path(__file__).with_name("warm_kernel.py")
IMPORTED = ("ipykernel.kernelapp", "ipykernel.zmqshell", "ipywidgets", "matplotlib.pyplot", "httpx", "PIL.Image")
PARTS = ("chat", "images", "notebook", "render", "session", "wire")  # of the package; its engine is large


def write_spec(folder: Path, address: Path) -> None:
    """Write the description of these kernels into a folder of `JUPYTER_PATH`."""
    kernel = folder / "kernels" / SPEC
    kernel.mkdir(parents=True)
    command = [sys.executable, "-I", "-S", str(LAUNCHER), str(address), "{connection_file}"]
    about = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(about), encoding="utf-8")


@contextlib.contextmanager
def warm_kernels() -> Iterator[Path]:
    """Run the process that is forked for the length of a ``with`` block, and yield the address of its socket."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder) / "socket"
        # It also ends when its standard input does, as when this process is killed.
        command = [sys.executable, "-P", __file__, str(address)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            while not address.exists() and process.poll() is None:
                time.sleep(0.01)
            try:
                yield address
            finally:
                process.terminate()


def serve(address: str) -> None:
    """Listen first, so that a kernel that is asked for while this still imports waits, and fork until stopped."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(20)
    _import_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nothing is left of a kernel that has ended
    while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run(asking)
        asking.close()


def _import_all() -> None:
    # As a kernel sets it, before matplotlib reads it; the backend itself must be imported by a shell.
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    for name in IMPORTED:
        importlib.import_module(name)
    for name in PARTS:
        package = importlib.import_module(f"vision_magic.{name}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with contextlib.suppress(ImportError):  # of what is optional
                importlib.import_module(module.name)


def _run(asking: socket.socket) -> None:
    """Be a kernel, until it ends or who asked for it hangs up."""
    with asking.makefile("r", encoding="utf-8") as lines:
        asked: dict[str, Any] = json.loads(lines.readline())
    os.setsid()
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = ["ipykernel_launcher", "-f", asked["connection"]]
    main = threading.main_thread().ident or 0

    def obey() -> None:
        with contextlib.suppress(OSError):
            while asking.recv(1):
                signal.pthread_kill(main, signal.SIGINT)
        os._exit(0)

    threading.Thread(target=obey, daemon=True).start()
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])

"""Run docs/gallery.md: its code, its questions, and the answers and pictures in it.

``python tools/gallery.py`` writes the answers and the pictures; with ``--check`` it compares the answers and writes
nothing. A section whose library is not installed, or cannot draw here, is left as it is and named.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "gallery.md"
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r"^(>.*\n)+", re.MULTILINE)


def main(check: bool) -> int:
    """Ask every question of the page; return 1 if an answer differs from the page and `check` is set."""
    shell = new_shell()
    head, *sections = re.split(r"^(?=## )", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    asked = [section_asked(shell, section, check) for section in sections]
    differs = asked != sections
    if not check:
        PAGE.write_text(head + "".join(asked), encoding="utf-8")
    print("The answers are those of the page." if not differs else "The answers differ from those of the page.")
    return int(check and differs)


def new_shell() -> Any:
    """Return a shell in which the embedded reader answers, whatever the environment names."""
    os.environ.setdefault("BOKEH_IN_DOCKER", "1")  # Chromium without its sandbox, which root cannot have
    os.environ |= {"VISION_MAGIC_PROFILE": "embedded", "MPLBACKEND": "agg", "VISION_MAGIC_CONFIG": os.devnull}
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    shell.run_line_magic("load_ext", "vision_magic")
    return shell


def section_asked(shell: Any, section: str, check: bool) -> str:
    """Return a section with the answers of now; as it is where a cell of it fails."""
    library = section.removeprefix("## ").partition("\n")[0]
    for code in BLOCK.findall(section):
        error = failure(shell, code)
        if error is not None:
            print(f"{library}: left as it is. {type(error).__name__}: {error}")
            return section
    reply = shell.user_ns["_vision"]
    print(f"{library}: {reply.text}")
    if not check:
        save(reply, library)
    answer = "".join(f"> {line}".rstrip() + "\n" for line in reply.text.splitlines())
    return ANSWER.sub(lambda _: answer, section)


def failure(shell: Any, code: str) -> BaseException | None:
    """Run a cell without its output; return what stopped it, or None."""
    with contextlib.redirect_stdout(io.StringIO()):
        done = shell.run_cell(code)
    found: BaseException | None = done.error_in_exec or done.error_before_exec
    return found


def save(reply: Any, library: str) -> None:
    """Save the picture that was sent; of a figure that nothing here can draw, the one before stays."""
    path = ROOT / "docs" / "static" / "gallery" / f"{library.lower()}.webp"
    for image in reply.images[:1]:
        image.to_pil().convert("RGB").save(path, lossless=True, method=6)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))

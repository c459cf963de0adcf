"""Commands about stored answers: ``record``, ``replay``, ``keep``, ``log``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from vision_magic.errors import CellError
from vision_magic.notebook.commands.command import Command, CommandContext, Values, count_of, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.option_values import number
from vision_magic.session.default import session
from vision_magic.session.store.recording import MODES, Recording

__all__ = ["COMMANDS"]

_FILE: Final = Argument(
    dest="file",
    metavar="FILE|off",
    nargs="?",
    default="",
    suggestions=("off",),
    help="one file, such as lesson.jsonl, or off",
)


def _record(values: Values, context: CommandContext) -> None:
    if values["file"] == "off":
        _stop()
        return
    path = _path("record", values["file"], context.names)
    speed = 1.0 if context.live else 0.0
    chosen = session.state.recordings.use(path, values["mode"], images="images" in values, speed=speed)
    _say_in_use(chosen, path)


def _replay(values: Values, context: CommandContext) -> None:
    if values["file"] == "off":
        _stop()
        return
    path = _path("replay", values["file"], context.names)
    chosen = session.state.recordings.use(path, speed=number(values.get("speed", "1" if context.live else "0")))
    _say_in_use(chosen, path)


def _say_in_use(chosen: Recording, path: Path) -> None:
    say(f"{chosen.mode}: {MODES[chosen.mode]}; {_described(chosen, path)}.")


def _stop() -> None:
    stopped = session.state.recordings.active()
    session.state.recordings.stop()
    chosen = session.state.recordings.active()
    if chosen is not None:
        say(f"VISION_MAGIC_CASSETTE names {chosen.store.path}: {chosen.mode}.")
    elif stopped is None:
        say("No recording is in use.")
    else:
        say(f"{stopped.mode} has ended; {_described(stopped, stopped.store.path.name)}.")


def _described(chosen: Recording, path: str | Path) -> str:
    return f"{path} ({count_of(chosen.store.count(), 'answer')} in it)"


def _path(command: str, named: str, names: Names) -> Path:
    """Return a recording's file: named on the line or by the environment, otherwise the one next to the notebook."""
    named = named or os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
    if named:
        return Path(named).expanduser()
    notebook = os.environ.get("JPY_SESSION_NAME") or names.get("__vsc_ipynb_file__") or ""
    if not str(notebook).endswith(".ipynb"):
        raise CellError(
            f"The file of this notebook is not known here; name the recording: %vision {command} lesson.jsonl."
        )
    return Path(notebook).with_suffix(".vision.jsonl")


def _keep(values: Values, context: CommandContext) -> None:
    word = values.get("state")
    if word in ("on", "off"):
        session.state.cache.keep(word == "on")
    elif word == "clear":
        say(f"{count_of(session.state.cache.clear(), 'answer')} deleted.")
    say(session.state.cache.status())


def _log(values: Values, context: CommandContext) -> None:
    word = values.get("file")
    if word in ("on", "off"):
        session.state.log.use(word == "on")
    elif word:
        session.state.log.use(word)
    say(session.state.log.status())


COMMANDS: Final = (
    Command(
        name="record",
        prog="%vision record",
        run=_record,
        positional=_FILE,
        options=(
            Argument(
                option_strings=("--mode",),
                dest="mode",
                metavar="MODE",
                default="record",
                choices=tuple(mode for mode in MODES if mode != "replay"),
                help="once: ask only questions that are not recorded yet; refresh: empty the file first",
                example="--mode once",
            ),
            Argument(
                option_strings=("--images",),
                dest="images",
                action="store_const",
                help="record the pictures too",
                example="--images",
            ),
        ),
        help="record every answer; without FILE, in a file next to the notebook",
    ),
    Command(
        name="replay",
        prog="%vision replay",
        run=_replay,
        positional=_FILE,
        options=(
            Argument(
                option_strings=("--speed",),
                dest="speed",
                metavar="NUMBER",
                help="1 is the recorded pace, 0 does not wait",
                example="--speed 0",
            ),
        ),
        help="answer from a recording, and call no server",
    ),
    Command(
        name="keep",
        prog="%vision keep",
        run=_keep,
        positional=Argument(
            dest="state", metavar="on|off|clear", nargs="?", choices=("on", "off", "clear"), help="on, off or clear"
        ),
        help="keep answers, so that running a cell again asks only if something has changed; --fresh asks anyway",
    ),
    Command(
        name="log",
        prog="%vision log",
        run=_log,
        positional=Argument(
            dest="file", metavar="on|off|FILE", nargs="?", suggestions=("on", "off"), help="on, off or one file"
        ),
        help="write every exchange to an SQLite database",
    ),
)

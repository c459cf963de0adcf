"""Commands about stored answers: ``record``, ``replay``, ``keep``, ``log``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vision_magic.errors import CellError
from vision_magic.naming import as_word
from vision_magic.notebook.commands.command import Command, CommandContext, Values, count_of, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.option_values import number
from vision_magic.session.default import session
from vision_magic.session.prepare import way_to_model
from vision_magic.session.store.recording import MODES, Recording

if TYPE_CHECKING:
    from vision_magic.settings import Settings

__all__ = ["COMMANDS"]

_FILE: Final = Argument(
    dest="file",
    metavar="FILE|off",
    nargs="?",
    default="",
    suggestions=("off",),
    help="one file, such as lesson.vision.jsonl, or off",
)


def _record(values: Values, context: CommandContext) -> None:
    if values["file"] == "off":
        _stop()
        return
    path = _path("record", values["file"], context.names)
    who = _who_answers(session.settings())
    speed = 1.0 if context.live else 0.0
    chosen = session.state.recordings.use(path, values["mode"], images="images" in values, speed=speed)
    _say_in_use(chosen, path, who)


def _replay(values: Values, context: CommandContext) -> None:
    if values["file"] == "off":
        _stop()
        return
    path = _path("replay", values["file"], context.names)
    if _is_recorded_by_environment(path):
        session.state.recordings.stop()
        say(f"VISION_MAGIC_CASSETTE_MODE records in {path}; without it, this line replays.")
        return
    chosen = session.state.recordings.use(path, speed=number(values.get("speed", "1" if context.live else "0")))
    _say_in_use(chosen, path)


def _say_in_use(chosen: Recording, path: Path, who: str = "") -> None:
    doing = "Replaying" if chosen.mode == "replay" else "Recording in"
    say(f"{doing} {_described(chosen, path)}: {MODES[chosen.mode]}.{' ' * bool(who)}{who}")


def _who_answers(settings: Settings) -> str:
    """Return whose answers a recording will hold, as a sentence."""
    if settings.embedded:
        return "The embedded reader answers; to record a model, first choose it: %vision use NAME -m MODEL."
    if not settings.model:
        return f"No model is chosen yet: {way_to_model(settings)}."
    return f"{as_word(settings.model)} at {settings.host} answers."


def _is_recorded_by_environment(path: Path) -> bool:
    """Whether the environment says to record in this file: it overrules the replay of a lesson's first cell."""
    named = os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
    mode = os.environ.get("VISION_MAGIC_CASSETTE_MODE", "").strip()
    return bool(named) and mode not in ("", "replay") and Path(named).expanduser().resolve() == path.resolve()


def _stop() -> None:
    stopped = session.state.recordings.active()
    session.state.recordings.stop()
    chosen = session.state.recordings.active()
    if chosen is not None:
        say(f"VISION_MAGIC_CASSETTE names {chosen.store.path}: {chosen.mode}.")
    elif stopped is None:
        say("No recording is in use.")
    else:
        doing = "replaying" if stopped.mode == "replay" else "recording in"
        say(f"Stopped {doing} {_described(stopped, stopped.store.path.name)}.")


def _described(chosen: Recording, path: str | Path) -> str:
    return f"{path} ({count_of(chosen.store.count(), 'answer')})"


def _path(command: str, named: str, names: Names) -> Path:
    """Return a recording's file: named on the line or by the environment, otherwise the one next to the notebook."""
    named = named or os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
    if named:
        return Path(named).expanduser()
    notebook = os.environ.get("JPY_SESSION_NAME") or names.get("__vsc_ipynb_file__") or ""
    if not str(notebook).endswith(".ipynb"):
        raise CellError(
            "The file of this notebook is not known here; name the recording, usually after the notebook: "
            f"%vision {command} lesson.vision.jsonl for lesson.ipynb."
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
        group="Stored answers",
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
                help="once: ask only questions that are not recorded yet; refresh: begin the file anew",
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
        group="Stored answers",
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
        help="answer from a recording, without asking a server",
    ),
    Command(
        name="keep",
        group="Stored answers",
        prog="%vision keep",
        run=_keep,
        positional=Argument(
            dest="state", metavar="on|off|clear", nargs="?", choices=("on", "off", "clear"), help="on, off or clear"
        ),
        help="keep answers: a cell that is run again asks only if something has changed",
    ),
    Command(
        name="log",
        group="Stored answers",
        prog="%vision log",
        run=_log,
        positional=Argument(
            dest="file", metavar="on|off|FILE", nargs="?", suggestions=("on", "off"), help="on, off or one file"
        ),
        help="write every exchange to an SQLite database",
    ),
)

"""What does the line magic ``%vision`` do? One function a command."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import CellError
from vision_magic.naming import near_miss
from vision_magic.notebook import namespace, views
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.session import cache, log, recordings
from vision_magic.session.default import session
from vision_magic.settings import config_path, is_loopback, local_addresses, origin_of
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.notebook.conversations import Conversations
    from vision_magic.notebook.display_history import DisplayHistory
    from vision_magic.settings import Settings

__all__ = ["LISTED", "NAMES", "OWN_WORDS", "CommandContext", "run"]

LISTED: Final[list[str]] = []
"""The models that ``%vision models`` has shown last, for the Tab key."""

Names = Mapping[str, Any]

_ANY_QUESTION: Final = "What is this?"  # a request has one; a preview of its pictures shows none

_HELP = """\
%vision                 who answers, whether it is ready, and which local servers are up
%vision use NAME        choose who answers from now on: embedded, openai, ollama, or a profile of yours;
                        takes the options of %%vision, such as -m MODEL; without a name, forget the choice
%vision models [NAME]   the models of a server, those that take pictures first, where it says so
%vision login [NAME]    ask for a key and keep it in memory, for that server alone
%vision last [COUNT]    the picture that a %%vision cell without one would send, and its receipt
%vision history [NAME]  what was said in the last conversation, or in one with a name
%vision undo [COUNT]    take the last question and its answer back
%vision retry           ask the last question once more; the new answer takes the old one's place
%vision fork NAME       go on elsewhere: --chat NAME begins with what was said so far
%vision reset [NAME]    forget what was said
%vision usage           the tokens so far, by model and cell, and what they cost where you gave prices
%vision record [FILE]   ask, and add each answer to a recording; without FILE the one beside the notebook;
                        --mode once asks only what is not in it, --mode refresh starts anew, --images keeps the images
%vision replay [FILE]   let the recording answer, in its rhythm (--speed 0: at once); nobody else is asked
%vision keep on|off|clear
                        keep answers, so that a cell run again asks only what changed; --fresh asks all the same
%vision log on|off|FILE write every exchange into a database of SQLite
%vision config [NAME=VALUE ...]
                        set any option for all cells: temperature=0.2, max_tokens_total=100000 (a cap that stops)
%vision help            this

%%vision --help         how to ask"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandContext:
    """What a command works on.

    Attributes
    ----------
    names : mapping
        The notebook's names.
    shown : Shown
        The pictures that it has shown.
    chats : Chats
        Its conversations.
    again : callable
        Asks the last question once more.
    live : bool
        Whether a person sees what happens: a recording is then played in its rhythm.
    """

    names: Names
    shown: DisplayHistory
    chats: Conversations
    again: Callable[[], None]
    live: bool = False


def run(line: str, desk: CommandContext) -> None:
    """Do what a ``%vision`` line says.

    Raises
    ------
    VisionError
        An unknown command, or whatever stands in the way of a known one.
    """
    # `last:2`, as a %%vision line counts the last pictures.
    word, _, rest = re.sub(r"^last:", "last ", line.strip()).partition(" ")
    if word in OWN_WORDS and "--help" not in rest:
        about = OWN_WORDS[word]
        about.act(_words(word, rest, about.options), desk)
        return
    command = _help if word in ("-h", "--help") or word in OWN_WORDS else COMMANDS.get(word or "status")
    if command is None:
        raise CellError(
            f"%vision has no command {word!r}{near_miss(word, NAMES)}. There are: {', '.join(NAMES)}. "
            "A question starts with %%vision."
        )
    cell = parse(rest)
    (_help if cell.options.get("help") else command)(cell, desk)


def _status(cell: VisionCell, desk: CommandContext) -> None:
    _no_words("status", cell)
    _say(_status_text(session.settings()))
    tape = recordings.active()
    if tape is not None:
        _say(f"recording {tape.mode}; {tape.store.path.name} ({_count(tape.store.count())})")
    _say(_local_servers())
    path = config_path()
    _say(f"settings  {path}{'' if path.exists() else ' (not there: nothing is set)'}")


def _use(cell: VisionCell, desk: CommandContext) -> None:
    settings = session.use(**_profile_options("use", cell, desk.names))
    _say(_status_text(settings))
    if _is_down(settings):
        _say(f"server    nothing answers at {urlsplit(settings.base_url).netloc}; start it before you ask")


def _models(cell: VisionCell, desk: CommandContext) -> None:
    from vision_magic.wire.servers import models_of

    options = _profile_options("models", cell, desk.names)
    settings = session.settings(**options)
    models = models_of(session.endpoint(**options).get)
    if not models:
        raise CellError(f"{settings.host} lists no models. Is it running? %vision status shows which servers are up.")
    words = {True: "takes pictures", False: "text only", None: ""}
    LISTED[:] = [model.id for model in models]
    _say("\n".join(f"{model.id:<40} {words[model.vision]}".rstrip() for model in models))


def _login(cell: VisionCell, desk: CommandContext) -> None:
    settings = session.settings(**_profile_options("login", cell, desk.names))
    if settings.embedded:
        raise CellError("The embedded reader needs no key; name a profile, such as %vision login openai.")
    try:
        key = getpass.getpass(f"Key for {settings.host} (kept in memory until the kernel ends): ").strip()
    except Exception as error:  # a client that cannot ask raises one of its own
        raise CellError(f"A key cannot be asked for here ({error}); set {settings.key_env or 'key_env'}.") from None
    if not key:
        raise CellError("No key was typed; nothing has changed.")
    session.state.keys.remember(origin_of(settings.base_url), key)
    _say(f"A key for {settings.host} is set, in memory only.")


def _last(cell: VisionCell, desk: CommandContext) -> None:
    options = namespace.option_values(cell.options, desk.names)
    count = _how_many("last", cell)
    request = session.prepare(*namespace.last_pictures(desk.shown.last(count), count), _ANY_QUESTION, **options)
    with desk.shown.paused():
        for image in request.images:
            views.show_image(image)
        _say(str(session.receipt_for(request, **options)))


def _how_many(command: str, cell: VisionCell) -> int:
    words = " ".join(cell.pictures)
    if not re.fullmatch(r"|[1-9]\d{0,3}", words):
        raise CellError(
            f"%vision {command} got {words!r}; expected nothing after it, or how many: %vision {command} 2."
        )
    return int(words or 1)


def _help(cell: VisionCell, desk: CommandContext) -> None:
    _say(_HELP)


def _config(cell: VisionCell, desk: CommandContext) -> None:
    pairs = [word.partition("=") for word in cell.pictures]
    wrong = next((name for name, equals, _ in pairs if not equals or not name), None)
    if wrong is not None:
        raise CellError(f"%vision config got {wrong!r}; expected NAME=VALUE, such as max_tokens_total=100000.")
    values = {name.replace("-", "_"): namespace.json_or_text(text) for name, _, text in pairs}
    chosen = session.configure(**namespace.option_values(cell.options, desk.names), **values)
    said = [f"{name:<20} {value}" for name, value in chosen.items()]
    _say("\n".join(said) or "Nothing is chosen for this session; %vision config NAME=VALUE does.")


def _usage(cell: VisionCell, desk: CommandContext) -> None:
    _no_words("usage", cell)
    _say(str(session.usage()))


def _history(cell: VisionCell, desk: CommandContext) -> None:
    conversation = desk.chats.find(_one_name("history", cell))
    _say(f"{conversation!r}\n\n{conversation}")


def _reset(cell: VisionCell, desk: CommandContext) -> None:
    conversation = desk.chats.find(_one_name("reset", cell))
    conversation.reset()
    _say(f"{conversation!r}: the next cell that goes on begins anew.")


def _undo(cell: VisionCell, desk: CommandContext) -> None:
    conversation = desk.chats.find("")
    for turn in conversation.undo(_how_many("undo", cell)):
        _say(f"taken back: {turn.question}")
    _say(f"{conversation!r}")


def _fork(cell: VisionCell, desk: CommandContext) -> None:
    name = _one_name("fork", cell)
    if not name:
        raise CellError("%vision fork needs a name for the new conversation: %vision fork NAME; then --chat NAME.")
    if name in desk.chats.named:
        raise CellError(f"A conversation is called {name!r} already; choose another name.")
    twin = desk.chats.find("").fork(name)
    desk.chats.enter(twin)
    _say(f"{twin!r}; %%vision --chat {name} goes on there.")


def _retry(cell: VisionCell, desk: CommandContext) -> None:
    _no_words("retry", cell)
    desk.again()


def _record(words: Words, desk: CommandContext) -> None:
    if words.first == "off":
        _stop_recording()
        return
    path = _recording_path("record", words, desk.names)
    mode = words.options.get("mode", "record")
    tape = recordings.use(path, str(mode), images="images" in words.options, speed=1.0 if desk.live else 0.0)
    _say(f"{mode}: {recordings.MODES[tape.mode]}; {path} ({_count(tape.store.count())}).")


def _replay(words: Words, desk: CommandContext) -> None:
    if words.first == "off":
        _stop_recording()
        return
    path = _recording_path("replay", words, desk.names)
    speed = namespace.number(str(words.options.get("speed", 1 if desk.live else 0)))
    tape = recordings.use(path, speed=speed)
    _say(f"replay: {recordings.MODES['replay']}; {path} ({_count(tape.store.count())}).")


def _stop_recording() -> None:
    stopped = recordings.active()
    recordings.stop()
    tape = recordings.active()
    if tape is not None:
        _say(f"VISION_MAGIC_CASSETTE names {tape.store.path}: {tape.mode}.")
    elif stopped is None:
        _say("No recording is in use.")
    else:
        _say(f"{stopped.mode} has ended; {stopped.store.path.name} ({_count(stopped.store.count())}).")


def _count(exchanges: int) -> str:
    return f"{exchanges} answer{'' if exchanges == 1 else 's'} in it"


def _recording_path(command: str, words: Words, names: Names) -> Path:
    """Return the file that was named, here or by the environment, else the one beside the notebook."""
    named = words.first or os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
    if named:
        return Path(named).expanduser()
    notebook = os.environ.get("JPY_SESSION_NAME") or names.get("__vsc_ipynb_file__") or ""
    if not str(notebook).endswith(".ipynb"):
        raise CellError(
            f"The notebook's own file is not known here; name the recording: %vision {command} lesson.jsonl."
        )
    return Path(notebook).with_suffix(".vision.jsonl")


def _keep(words: Words, desk: CommandContext) -> None:
    if words.first in ("on", "off"):
        cache.keep(words.first == "on")
    elif words.first == "clear":
        _say(f"{cache.clear():,} answers are forgotten.")
    elif words.first:
        raise CellError(f"%vision keep got {words.first!r}; expected on, off, clear, or nothing for how it stands.")
    _say(cache.status())


def _log(words: Words, desk: CommandContext) -> None:
    if words.first in ("on", "off"):
        log.log(words.first == "on")
    elif words.first:
        log.log(words.first)
    _say(log.status())


@dataclass(frozen=True, slots=True)
class Words:
    """What follows a command whose words are no pictures: a first word, and options of its own."""

    first: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A command about files: what it does, which words may come first, its options (whether each takes a value)."""

    act: Callable[[Words, CommandContext], None]
    first: tuple[str, ...]
    options: Mapping[str, bool] = field(default_factory=dict)


OWN_WORDS: Final[Mapping[str, OwnWords]] = {
    "record": OwnWords(_record, ("off",), {"mode": True, "images": False}),
    "replay": OwnWords(_replay, ("off",), {"speed": True}),
    "keep": OwnWords(_keep, ("on", "off", "clear")),
    "log": OwnWords(_log, ("on", "off")),
}


def _words(command: str, rest: str, known: Mapping[str, bool]) -> Words:
    try:
        words = shlex.split(rest)
    except ValueError as error:
        raise CellError(f"%vision {command} got {rest!r} ({error}).") from None
    first, options = "", dict[str, str]()
    while words:
        word = words.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--"):
            if first:
                raise CellError(f"%vision {command} got {first!r} and {word!r}; expected one of them.")
            first = word
        elif name not in known:
            said = ", ".join(f"--{one}" for one in known) or "none"
            raise CellError(f"%vision {command} has no option --{name}; there are: {said}.")
        elif known[name] and not equals and not words:
            raise CellError(f"%vision {command} --{name} got no value.")
        else:
            options[name] = value if equals else (words.pop(0) if known[name] else "")
    return Words(first, options)


def _one_name(command: str, cell: VisionCell) -> str:
    if len(cell.pictures) > 1:
        raise CellError(f"%vision {command} got {' '.join(cell.pictures)!r}; expected the name of one conversation.")
    return cell.pictures[0] if cell.pictures else ""


COMMANDS: Final[Mapping[str, Callable[[VisionCell, CommandContext], None]]] = {
    "status": _status,
    "use": _use,
    "models": _models,
    "login": _login,
    "last": _last,
    "history": _history,
    "undo": _undo,
    "retry": _retry,
    "fork": _fork,
    "reset": _reset,
    "usage": _usage,
    "config": _config,
    "help": _help,
}

NAMES: Final = (*(name for name in COMMANDS if name != "help"), *OWN_WORDS, "help")
"""Every command, in the order of the help."""


def _say(text: str) -> None:
    print(clean_text(text))  # noqa: T201  # the output of a command is what it prints


def _profile_options(command: str, cell: VisionCell, names: Names) -> dict[str, Any]:
    if len(cell.pictures) > 1:
        raise CellError(f"%vision {command} got {' '.join(cell.pictures)}; expected one profile, such as openai.")
    named = {"profile": cell.pictures[0]} if cell.pictures else {}
    return namespace.option_values(cell.options, names) | named


def _no_words(command: str, cell: VisionCell) -> None:
    if cell.pictures:
        raise CellError(f"%vision {command} got {' '.join(cell.pictures)!r}; expected nothing after it.")


def _status_text(settings: Settings) -> str:
    lines = [f"profile   {settings.profile}", f"model     {settings.model or 'none named; -m MODEL'}"]
    lines.append(f"host      {settings.host}")
    key = session.key(settings)
    if key is not None:
        lines.append(f"key       set ({key.source})")
    elif settings.key_env:
        lines.append(f"key       not set: {settings.key_env}, or %vision login")
    if proxy := _proxy(settings):
        lines.append(f"proxy     {proxy}")
    if settings.embedded:
        lines.append(f"reader    {_reader_state()}")
    lines.extend(f"{name:<9} {value}" for name, value in {**settings.request, **settings.extra}.items())
    return "\n".join(lines)


def _proxy(settings: Settings) -> str:
    """Return the host of the proxy that requests go through; none for this machine's own servers."""
    address = urlsplit(settings.base_url)
    if settings.embedded or is_loopback(settings.base_url) or urllib.request.proxy_bypass(address.hostname or ""):
        return ""
    proxies = urllib.request.getproxies()
    return urlsplit(proxies.get(address.scheme) or proxies.get("all") or "").hostname or ""


def _local_servers() -> str:
    from vision_magic.wire.servers import servers_up

    addresses = local_addresses()
    up = [f"{name} is up ({urlsplit(addresses[name]).netloc})" for name in servers_up(addresses)]
    return f"local     {', '.join(up) or 'no server is up on this machine'}"


def _is_down(settings: Settings) -> bool:
    """Whether a server of this machine does not answer; others are not asked before there is a question."""
    from vision_magic.wire.servers import servers_up

    if settings.embedded or not is_loopback(settings.base_url) or urlsplit(settings.base_url).scheme != "http":
        return False
    return not servers_up({settings.profile: settings.base_url})


def _reader_state() -> str:
    from vision_magic.engine.reading import available

    if available():
        return "reads text; measures colours and shapes; it is not a language model"
    return "measures colours and shapes; reading text needs: pip install vision-magic[reader]"

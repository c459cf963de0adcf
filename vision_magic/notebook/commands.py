"""What does the line magic ``%vision`` do? One function a command."""

from __future__ import annotations

import getpass
import re
import urllib.request
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from vision_magic.chat.markup import clean_text
from vision_magic.errors import CellError
from vision_magic.naming import near_miss
from vision_magic.notebook import namespace, views
from vision_magic.notebook.cell import VisionCell, parse
from vision_magic.secrets import remember_key
from vision_magic.session import ask
from vision_magic.settings import config_path, is_loopback, local_addresses, origin_of

if TYPE_CHECKING:
    from vision_magic.notebook.shown import Shown
    from vision_magic.settings import Settings

__all__ = ["COMMANDS", "run"]

Names = Mapping[str, Any]

_ANY_QUESTION: Final = "What is this?"  # a request has one; a preview of its pictures shows none

_HELP = """\
%vision                 who answers, whether it is ready, and which local servers are up
%vision use NAME        choose who answers from now on: embedded, openai, ollama, or a profile of yours;
                        takes the options of %%vision, such as -m MODEL; without a name, forget the choice
%vision models [NAME]   the models of a server, those that take pictures first, where it says so
%vision login [NAME]    ask for a key and keep it in memory, for that server alone
%vision last [COUNT]    the picture that a %%vision cell without one would send, and its receipt
%vision help            this

%%vision --help         how to ask"""


def run(line: str, names: Names, shown: Shown) -> None:
    """Do what a ``%vision`` line says.

    Raises
    ------
    VisionError
        An unknown command, or whatever stands in the way of a known one.
    """
    # `last:2`, as a %%vision line counts the last pictures.
    word, _, rest = re.sub(r"^last:", "last ", line.strip()).partition(" ")
    command = _help if word in ("-h", "--help") else COMMANDS.get(word or "status")
    if command is None:
        raise CellError(
            f"%vision has no command {word!r}{near_miss(word, COMMANDS)}. There are: {', '.join(COMMANDS)}. "
            "A question starts with %%vision."
        )
    cell = parse(rest)
    (_help if cell.options.get("help") else command)(cell, names, shown)


def _status(cell: VisionCell, names: Names, shown: Shown) -> None:
    _no_words("status", cell)
    _say(_status_text(ask.settings_for()))
    _say(_local_servers())
    path = config_path()
    _say(f"settings  {path}{'' if path.exists() else ' (not there: nothing is set)'}")


def _use(cell: VisionCell, names: Names, shown: Shown) -> None:
    settings = ask.use(**_profile_options("use", cell, names))
    _say(_status_text(settings))
    if _is_down(settings):
        _say(f"server    nothing answers at {urlsplit(settings.base_url).netloc}; start it before you ask")


def _models(cell: VisionCell, names: Names, shown: Shown) -> None:
    from vision_magic.wire.servers import models_of

    settings, endpoint = ask.endpoint_for(**_profile_options("models", cell, names))
    models = models_of(endpoint.get)
    if not models:
        raise CellError(f"{settings.host} lists no models. Is it running? %vision status shows which servers are up.")
    words = {True: "takes pictures", False: "text only", None: ""}
    _say("\n".join(f"{model.id:<40} {words[model.vision]}".rstrip() for model in models))


def _login(cell: VisionCell, names: Names, shown: Shown) -> None:
    settings = ask.settings_for(**_profile_options("login", cell, names))
    if settings.embedded:
        raise CellError("The embedded reader needs no key; name a profile, such as %vision login openai.")
    try:
        key = getpass.getpass(f"Key for {settings.host} (kept in memory until the kernel ends): ").strip()
    except Exception as error:  # a client that cannot ask raises one of its own
        raise CellError(f"A key cannot be asked for here ({error}); set {settings.key_env or 'key_env'}.") from None
    if not key:
        raise CellError("No key was typed; nothing has changed.")
    remember_key(origin_of(settings.base_url), key)
    _say(f"A key for {settings.host} is set, in memory only.")


def _last(cell: VisionCell, names: Names, shown: Shown) -> None:
    options = namespace.option_values(cell.options, names)
    count = _how_many(cell)
    request = ask.prepare(*namespace.last_pictures(shown.last(count), count), _ANY_QUESTION, **options)
    with shown.paused():
        for image in request.images:
            views.show_image(image)
        _say(str(ask.receipt_for(request, **options)))


def _how_many(cell: VisionCell) -> int:
    words = " ".join(cell.pictures)
    if not re.fullmatch(r"|[1-9]\d{0,3}", words):
        raise CellError(f"%vision last got {words!r}; expected nothing after it, or how many: %vision last 2.")
    return int(words or 1)


def _help(cell: VisionCell, names: Names, shown: Shown) -> None:
    _say(_HELP)


COMMANDS: Final[Mapping[str, Callable[[VisionCell, Names, Shown], None]]] = {
    "status": _status,
    "use": _use,
    "models": _models,
    "login": _login,
    "last": _last,
    "help": _help,
}


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
    key = settings.key()
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

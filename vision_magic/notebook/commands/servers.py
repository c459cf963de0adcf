"""Commands about servers: ``status``, ``use``, ``models``, ``login``."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vision_magic.addresses import is_loopback, origin_of
from vision_magic.errors import CellError, SettingsError
from vision_magic.naming import as_word, quoted
from vision_magic.notebook.commands.command import Command, CommandContext, Values, count_of, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.option_values import option_values
from vision_magic.notebook.options import CALL_OPTIONS
from vision_magic.session.default import session
from vision_magic.settings import config_path, local_addresses
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.settings import Settings

__all__ = ["COMMANDS"]

_PROFILE: Final = Argument(
    dest="profile", metavar="NAME", nargs="?", completer="profile", help="one profile, such as openai"
)


def _status(values: Values, context: CommandContext) -> None:
    say(_status_text(session.settings()))
    recording = session.state.recordings.active()
    if recording is not None:
        say(f"recording {recording.mode}; {recording.store.path.name} ({count_of(recording.store.count(), 'answer')})")
    say(_local_servers())
    path = config_path()
    say(f"settings  {path}{'' if path.exists() else ' (does not exist: nothing is set)'}")


def _use(values: Values, context: CommandContext) -> None:
    settings = session.use(**option_values(values, context.names))
    say(_status_text(settings))
    if _is_down(settings):
        say(f"server    nothing answers at {urlsplit(settings.base_url).netloc}; start it before you ask")


def _models(values: Values, context: CommandContext) -> None:
    from vision_magic.wire.discovery import models_of

    options = option_values(values, context.names)
    settings = session.settings(**options)
    models = models_of(session.endpoint(**options).get)
    if not models:
        raise CellError(f"{settings.host} lists no models. Is it running? %vision status shows which servers are up.")
    context.state.listed_models = tuple(model.id for model in models)
    notes = {True: "accepts pictures", False: "text only", None: ""}
    say("\n".join(f"{_listed(model.id):<40} {notes[model.vision]}".rstrip() for model in models))


def _listed(name: str) -> str:
    """Return the name of a model for people: one that is no single word is quoted, and cannot pass for options."""
    name = name[:200]
    visible = clean_text(name)
    return quoted(name) if re.search(r"^-|[\s\"'{}]|^$", visible) else visible


def _login(values: Values, context: CommandContext) -> None:
    settings = session.settings(**option_values(values, context.names))
    if settings.embedded:
        raise CellError("The embedded reader needs no key; name a profile, such as %vision login openai.")
    try:
        key = getpass.getpass(f"Key for {settings.host} (kept in memory until the kernel ends): ").strip()
    except Exception as error:  # front ends that cannot ask for input raise different errors
        raise CellError(
            f"This front end cannot ask for a key ({error}); set the environment variable "
            f"{settings.key_env or 'that --key-env names'}."
        ) from None
    if not key:
        raise CellError("No key was typed; nothing has changed.")
    session.state.keys.remember(origin_of(settings.base_url), key)
    say(f"A key for {settings.host} is set, in memory only.")


def _status_text(settings: Settings) -> str:
    model = as_word(settings.model) if settings.model else "none named; -m MODEL"
    lines = [f"profile   {as_word(settings.profile)}", f"model     {model}"]
    lines.append(f"host      {settings.host}")
    key = session.key(settings)
    if key is not None and settings.key_env in settings.foreign_keys and key.source.endswith(settings.key_env):
        lines.append(f"key       {settings.key_env} belongs to another server; you are asked before it is sent here")
    elif key is not None:
        lines.append(f"key       set ({key.source})")
    elif settings.key_env:
        lines.append(f"key       not set: {settings.key_env}, or %vision login")
    lines.extend(f"header    {header}" for header in settings.shown_headers)
    if proxy := _proxy(settings):
        lines.append(f"proxy     {proxy}")
    if settings.embedded:
        lines.append(f"reader    {_reader_state()}")
    lines.extend(f"{name:<9} {value}" for name, value in {**settings.request, **settings.extra}.items())
    return "\n".join(lines)


def _proxy(settings: Settings) -> str:
    """Return the host of the proxy for requests; empty without a proxy, and for servers on this machine."""
    from vision_magic.wire.proxies import proxy_for

    try:
        proxy = None if settings.embedded else proxy_for(settings.base_url)
    except SettingsError as error:
        return str(error)
    return urlsplit(proxy.url).hostname or "" if proxy is not None else ""


def _local_servers() -> str:
    from vision_magic.wire.discovery import servers_up

    addresses = local_addresses()
    up = [f"{name} is up ({urlsplit(addresses[name]).netloc})" for name in servers_up(addresses)]
    return f"local     {', '.join(up) or 'no server on the usual ports of this machine'}"


def _is_down(settings: Settings) -> bool:
    """Whether a server on this machine does not answer; other servers get no request until there is a question."""
    from vision_magic.wire.discovery import servers_up

    if settings.embedded or not is_loopback(settings.base_url) or urlsplit(settings.base_url).scheme != "http":
        return False
    return not servers_up({settings.profile: settings.base_url})


def _reader_state() -> str:
    from vision_magic.engine.reading import available

    if available():
        return "reads text; measures colours and shapes; it is not a language model"
    return "measures colours and shapes; reading text needs: pip install vision-magic[reader]"


COMMANDS: Final = (
    Command(
        name="status",
        prog="%vision",
        run=_status,
        help="show who answers, whether it is ready, and which local servers are up",
    ),
    Command(
        name="use",
        prog="%vision use",
        run=_use,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        help=(
            "choose who answers from now on: embedded, openai, ollama or a profile of yours, with options such as "
            "-m MODEL; without a name, undo the choice"
        ),
    ),
    Command(
        name="models",
        prog="%vision models",
        run=_models,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        help="list the models of a server, those that accept pictures first, if the server says so",
    ),
    Command(
        name="login",
        prog="%vision login",
        run=_login,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        help="ask for a key and keep it in memory, for that server alone",
    ),
)

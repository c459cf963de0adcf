"""Commands about servers: ``status``, ``use``, ``models``, ``login``."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vision_magic.addresses import is_loopback, origin_of
from vision_magic.errors import CellError, SettingsError
from vision_magic.naming import as_word, quoted
from vision_magic.notebook.commands.command import Command, CommandContext, Values, count_of, say
from vision_magic.notebook.commands.kept_choice import how_to_keep, rows_to_keep
from vision_magic.notebook.elsewhere import ON_A_COMMAND
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.model_list import PICTURES, list_models
from vision_magic.notebook.option_values import option_values
from vision_magic.notebook.options import CALL_OPTIONS
from vision_magic.session.default import session
from vision_magic.session.prepare import server_words, way_to_model
from vision_magic.settings import config_path, local_addresses, own_profiles
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.settings import Settings

__all__ = ["COMMANDS"]

_PROFILE: Final = Argument(
    dest="profile", metavar="NAME", nargs="?", completer="profile", help="one profile, such as openai"
)


def _status(values: Values, context: CommandContext) -> None:
    settings = session.settings()
    rows = [*_status_rows(settings), *_server_rows(settings)]
    recording = session.state.recordings.active()
    if recording is not None:
        answers = count_of(recording.store.count(), "answer")
        rows.append(("recording", f"{recording.mode}; {recording.store.path.name} ({answers})"))
    path = config_path()
    if others := [as_word(name) for name in own_profiles() if name != settings.profile]:
        rows.append(("profiles", f"{', '.join(others)} in the settings file; %vision use {others[0]} chooses it"))
    rows += [
        ("local", _local_servers(settings)),
        ("settings", f"{path}{'' if path.exists() else ' (no such file yet)'}"),
    ]
    context.show_rows(rows)


def _use(values: Values, context: CommandContext) -> None:
    settings = session.use(**option_values(values, context.names))
    context.show_rows([*_status_rows(settings), *_server_rows(settings), *rows_to_keep(settings)])


def _models(values: Values, context: CommandContext) -> None:
    options = option_values(values, context.names)
    settings = session.settings(**options)
    models = list_models(**options)
    if not models:
        raise CellError(f"{settings.host} answers, but lists no models. Load one there, or name it with -m MODEL.")
    context.state.listed_models = tuple(model.id for model in models)
    context.show_rows(((_listed(model.id), PICTURES[model.vision]) for model in models), width=40)


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
            f"This front end cannot ask for a key ({str(error) or 'nobody can type here'}); set the environment "
            f"variable {settings.key_env or 'that --key-env names'}."
        ) from None
    if not key:
        raise CellError("No key was typed; nothing has changed.")
    session.state.keys.remember(origin_of(settings.base_url), key)
    say(f"A key for {settings.host} is set, in memory only.")


def _status_rows(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is chosen, as pairs of a name and a value."""
    yield "profile", as_word(settings.profile)
    yield "model", as_word(settings.model) if settings.model else f"none yet: {way_to_model(settings)}"
    yield "host", settings.host
    key = session.key(settings)
    if key is not None and settings.key_env in settings.foreign_keys and key.source.endswith(settings.key_env):
        yield "key", f"{settings.key_env} belongs to another server; you are asked before it is sent here"
    elif key is not None:
        yield "key", f"set ({key.source})"
    elif settings.key_env:
        yield "key", f"not set: set {settings.key_env}, or type it at %vision login {server_words(settings)}"
    elif settings.key_left:
        yield "key", f"none: {settings.key_left} belongs to another address; --key-env NAME names one for this server"
    yield from (("header", header) for header in settings.shown_headers)
    if proxy := _proxy(settings):
        yield "proxy", proxy
    if settings.embedded:
        yield "reader", _reader_state()
    yield from ((name, str(value)) for name, value in {**settings.request, **settings.extra}.items())


def _proxy(settings: Settings) -> str:
    """Return the host of the proxy for requests; empty without a proxy, and for servers on this machine."""
    from vision_magic.wire.proxies import proxy_for

    try:
        proxy = None if settings.embedded else proxy_for(settings.base_url)
    except SettingsError as error:
        return str(error)
    return urlsplit(proxy.url).hostname or "" if proxy is not None else ""


def _local_servers(settings: Settings) -> str:
    """Return which servers answer at the usual ports; the chosen one has a row of its own."""
    from vision_magic.wire.discovery import servers_up

    addresses = {name: url for name, url in local_addresses().items() if origin_of(url) != settings.origin}
    up = [f"{name} is up ({urlsplit(addresses[name]).netloc})" for name in servers_up(addresses)]
    other = "other " if _is_asked(settings) else ""
    return ", ".join(up) or f"no {other}server on the usual ports of this machine"


def _server_rows(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield whether the chosen server answers, with its key: without it, its log would show a refusal."""
    from vision_magic.wire.discovery import LOCAL_SECONDS

    if not _is_asked(settings):
        return
    try:
        status = session.endpoint().status(LOCAL_SECONDS)
    except SettingsError:  # such as a key that is not set, which another row says
        return
    if status is None:
        yield "server", f"nothing answers at {settings.host}; start it before you ask"
    elif status in (401, 403):
        yield (
            "server",
            f"{settings.host} answers, and refuses the key ({status})"
            if session.key(settings)
            else (f"{settings.host} answers, and wants a key ({status}): --key-env NAME names its variable"),
        )
    else:
        yield "server", f"{settings.host} answers{f' with an error ({status})' if status >= 500 else ''}"


def _is_asked(settings: Settings) -> bool:
    """Whether a server is asked for its state: one on this machine. Others get no request until there is a question.

    A key that belongs to another server is not sent before the person says so.
    """
    local = is_loopback(settings.base_url) and urlsplit(settings.base_url).scheme == "http"
    return local and not settings.embedded and not settings.foreign_keys


def _reader_state() -> str:
    from vision_magic.engine.reading import available

    if available():
        return "reads text; measures colours and shapes; it is not a language model"
    return 'measures colours and shapes; reading text needs: pip install "vision-magic[reader]"'


COMMANDS: Final = (
    Command(
        name="status",
        group="Who answers",
        prog="%vision",
        run=_status,
        help="show who answers, whether it is ready, and which local servers are running",
    ),
    Command(
        name="use",
        group="Who answers",
        prog="%vision use",
        run=_use,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        elsewhere=ON_A_COMMAND,
        help="choose who answers in this session, such as openai -m MODEL; without NAME and options, undo it",
        closing=how_to_keep,
    ),
    Command(
        name="models",
        group="Who answers",
        prog="%vision models",
        run=_models,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        elsewhere=ON_A_COMMAND,
        help="list the models of a server, those that accept pictures first",
    ),
    Command(
        name="login",
        group="Who answers",
        prog="%vision login",
        run=_login,
        positional=_PROFILE,
        options=CALL_OPTIONS,
        elsewhere=ON_A_COMMAND,
        help="ask for a key and keep it in memory, for this server only",
    ),
)

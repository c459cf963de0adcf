"""The server of a batch as the file of the run keeps it: how to reach it, without a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.schema import Schema
from vision_magic.each.json_check import JsonCheck
from vision_magic.session.endpoints import endpoint
from vision_magic.session.prepare import split_options

if TYPE_CHECKING:
    from vision_magic.session.state import SessionState
    from vision_magic.settings import Settings
    from vision_magic.wire.files import FileServer

__all__ = ["files_of", "schema_of", "server_of"]

_SETTINGS: Final = (
    "base_url",
    "model",
    "key_env",
    "key_header",
    "query",
    "headers",
    "organization",
    "project",
    "allow_insecure_http",
)


def server_of(settings: Settings, schema: Schema | None, discount: float) -> dict[str, Any]:
    """Return what is stored of a server: the *name* of the key's variable, never the key."""
    known = {name: getattr(settings, name) for name in _SETTINGS}
    return {name: value for name, value in known.items() if value} | {
        "host": settings.host,
        "discount": discount,
        "prices": {model: list(prices) for model, prices in settings.prices.items()},
        "schema": None if schema is None else {**schema.to_wire()["json_schema"], "wrapped": schema.wrapped},
    }


def files_of(server: Mapping[str, Any], state: SessionState, options: Mapping[str, Any]) -> FileServer:
    """Return the files of a stored server.

    Parameters
    ----------
    server : mapping
        What `server_of` has returned. It comes from a file, so the rules for keys apply as for any call: one that
        belongs to another server is not sent before the person has agreed.
    state : SessionState
        The session.
    options : mapping
        ``transport`` or ``client``.

    Raises
    ------
    SettingsError
        The key is missing, or a setting is wrong.
    """
    known = {name: server[name] for name in _SETTINGS if server.get(name)}
    settings, call_options = split_options({**known, **options}, {})
    return endpoint(settings, call_options, state).files()


def schema_of(server: Mapping[str, Any]) -> Schema | None:
    """Return the schema of a stored job without its Python type; None if any text is an answer."""
    known = server.get("schema")
    if not isinstance(known, Mapping):
        return None
    wrapped = bool(known.get("wrapped"))
    check: Any = JsonCheck(known["schema"], wrapped=wrapped)  # in place of pydantic's adapter
    return Schema(str(known["name"]), known["schema"], bool(known.get("strict")), wrapped, check)

"""The endpoint of the server that the settings of a call name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from vision_magic.addresses import is_loopback
from vision_magic.errors import SettingsError
from vision_magic.secrets import Secret, key_from_environment, redact
from vision_magic.session.prepare import TRANSPORT_OPTIONS, server_words
from vision_magic.session.state import SessionState
from vision_magic.settings import CUSTOM, EMBEDDED, PROFILES, Settings
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.timeouts import Timeouts, timeouts_for

__all__ = ["endpoint", "request_head", "timeouts"]


def endpoint(
    settings: Settings, call_options: Mapping[str, Any], state: SessionState, *, asynchronous: bool = False
) -> Endpoint:
    """Return the endpoint of a call.

    Raises
    ------
    SettingsError
        The key is missing or may not be sent to this server, or a model was named without a server.
    """
    transport = {name: value for name, value in call_options.items() if name in TRANSPORT_OPTIONS}
    if settings.embedded:
        if settings.model != PROFILES[EMBEDDED]["model"]:
            raise SettingsError(
                f"The model {settings.model!r} was named without a server, and the embedded reader has no such model. "
                "Choose a server with %vision use NAME (such as openai) or --base-url, or leave the model out."
            )
        transport = _embedded_transport(asynchronous) | transport
        return Endpoint(host=settings.host, reproducible=True, quirks=state.quirks, **transport)
    return Endpoint(
        settings.base_url,
        key=_key(settings, state),
        key_header=settings.key_header,
        query=settings.query,
        headers=_headers(settings, state),
        shown_headers=settings.shown_headers,
        timeouts=timeouts(settings, loopback=is_loopback(settings.base_url)),
        quirks=state.quirks,
        connections=state.connections,
        key_left=f"{settings.key_left} belongs to another address" if settings.key_left else "",
        **transport,
    )


def request_head(settings: Settings, state: SessionState) -> tuple[str, ...]:
    """Return the first line of a request and its added headers, for people: of a key, the name of its variable."""
    if settings.embedded:
        return (f"POST {settings.host} …/chat/completions",)
    query = f"?{urlencode(settings.query)}" if settings.query else ""
    key = f"{settings.key_header}: {_shown_key(settings, state)}"
    address = f"{settings.base_url.rstrip('/')}/chat/completions{query}"
    return redact(f"POST {address}"), key, *map(redact, settings.shown_headers)


def _shown_key(settings: Settings, state: SessionState) -> str:
    if state.keys.find("", settings.origin) is not None:
        return "(the key typed at %vision login)"
    if not settings.key_env:
        return f"(none: {settings.key_left} belongs to another address)" if settings.key_left else "(none)"
    missing = "" if key_from_environment(settings.key_env) is not None else ", which is not set in the environment"
    return f"(the key in {settings.key_env}{missing})"


def _key(settings: Settings, state: SessionState) -> Secret | None:
    typed = state.keys.find("", settings.origin)
    if typed is not None:
        return typed
    if key_from_environment(settings.key_env) is not None:
        state.consents.check(settings, settings.key_env)
    key = state.keys.find(settings.key_env, settings.origin)
    if settings.key_env and key is None:
        named = settings.host if settings.profile == CUSTOM else f"Profile {settings.profile!r}"
        state_of_it = "empty" if settings.key_env in os.environ else "not set"
        raise SettingsError(
            f"{named} needs a key, and the environment variable {settings.key_env} is {state_of_it}. "
            f"Set it before starting the notebook, enter the key with %vision login {server_words(settings)}, "
            "or choose the embedded reader with %vision use embedded."
        )
    return key


def _headers(settings: Settings, state: SessionState) -> dict[str, str | Secret]:
    account = {"OpenAI-Organization": settings.organization, "OpenAI-Project": settings.project}
    found: dict[str, str | Secret] = {name: value for name, value in account.items() if value}
    for name, value in settings.headers.items():
        found[name] = value if isinstance(value, str) else _secret(name, value["env"], settings, state)
    return found


def _secret(name: str, variable: str, settings: Settings, state: SessionState) -> Secret:
    secret = key_from_environment(variable)
    if secret is None:
        raise SettingsError(
            f"The header {name} needs the environment variable {variable}, which is not set. Set it before starting "
            "the notebook, or leave the header out."
        )
    state.consents.check(settings, variable)
    return secret


def _embedded_transport(asynchronous: bool) -> dict[str, Any]:
    from vision_magic.engine.transport import BASE_URL, AsyncEmbeddedTransport, EmbeddedTransport

    return {"base_url": BASE_URL, "transport": AsyncEmbeddedTransport() if asynchronous else EmbeddedTransport()}


def timeouts(settings: Settings, *, loopback: bool) -> Timeouts:
    """Return the time limits of the settings; `loopback` decides on those that are not set."""
    named = {
        "connect": settings.connect_timeout,
        "first_token": settings.first_token_timeout,
        "idle": settings.idle_timeout,
    }
    given = {name: value for name, value in {**named, "total": settings.timeout}.items() if value is not None}
    return replace(timeouts_for(loopback=loopback), **given)

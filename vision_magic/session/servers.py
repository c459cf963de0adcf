"""The server that the settings of a call name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vision_magic.errors import SettingsError
from vision_magic.session.prepare import CARRIERS
from vision_magic.session.state import SessionState
from vision_magic.settings import EMBEDDED, PROFILES, Settings, is_loopback
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.timeouts import Timeouts, timeouts_for

__all__ = ["endpoint"]


def endpoint(
    chosen: Settings, beside: Mapping[str, Any], state: SessionState, *, asynchronous: bool = False
) -> Endpoint:
    """Return the server that settings name."""
    carrier = {name: value for name, value in beside.items() if name in CARRIERS}
    if chosen.embedded:
        if chosen.model != PROFILES[EMBEDDED]["model"]:
            raise SettingsError(
                f"The model {chosen.model!r} was named and no server; the embedded reader has no other model. Choose a "
                "server with %vision use NAME (such as openai or ollama) or --base-url, or leave the model out."
            )
        return Endpoint(host=chosen.host, reproducible=True, quirks=state.quirks, **(_embedded(asynchronous) | carrier))
    key = state.keys.find(chosen.key_env, chosen.origin)
    if chosen.key_env and key is None:
        raise SettingsError(
            f"Profile {chosen.profile!r} needs a key and the environment variable {chosen.key_env} is not set. "
            "Set it before starting the notebook, type it at %vision login, or choose the embedded reader: "
            "%vision use embedded."
        )
    return Endpoint(
        chosen.base_url,
        key=key,
        key_header=chosen.key_header,
        query=chosen.query,
        timeouts=_timeouts(chosen),
        quirks=state.quirks,
        **carrier,
    )


def _embedded(asynchronous: bool) -> dict[str, Any]:
    from vision_magic.engine.transport import BASE_URL, AsyncEmbeddedTransport, EmbeddedTransport

    return {"base_url": BASE_URL, "transport": AsyncEmbeddedTransport() if asynchronous else EmbeddedTransport()}


def _timeouts(chosen: Settings) -> Timeouts:
    named = {"connect": chosen.connect_timeout, "first_token": chosen.first_token_timeout, "idle": chosen.idle_timeout}
    given = {name: value for name, value in {**named, "total": chosen.timeout}.items() if value is not None}
    return replace(timeouts_for(loopback=is_loopback(chosen.base_url)), **given)

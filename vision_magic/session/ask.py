"""How does a script or a cell ask? Objects in, Reply out: ask() and stream(), and use() for what stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from vision_magic.chat.messages import FactsPart, ImagePart, Message, Part, TextPart
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest
from vision_magic.errors import Interrupted, PictureError, RequestError, SettingsError
from vision_magic.images.convert import as_image, pictures_in
from vision_magic.images.displayed import Displayed
from vision_magic.images.image import RemoteImage
from vision_magic.naming import near_miss
from vision_magic.settings import Settings, is_loopback, resolve

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.wire.endpoint import AsyncReplyStream, Endpoint, ReplyStream
    from vision_magic.wire.patience import Clocks

__all__ = [
    "aask",
    "ask",
    "astream",
    "endpoint_for",
    "prepare",
    "preview",
    "receipt_for",
    "settings_for",
    "stream",
    "use",
]

_session: dict[str, Any] = {}
"""What `use` chose: the one thing that outlives a call."""

_CARRIERS = ("transport", "client")  # objects that carry requests: no settings, and never compared or stored
_BRIGHTNESS = ("range", "percentile", "cmap")  # how the numbers of this call's arrays are shown: no settings either

_NAMES = tuple(sorted({item.name for item in fields(Settings)} - {"request"} | {*FIELDS, *_CARRIERS, *_BRIGHTNESS}))


def ask(*parts: object, **options: Any) -> Reply:
    """Ask a question about pictures and wait for the whole answer.

    Parameters
    ----------
    *parts : str or picture
        The question and the pictures, in the order in which the model should see them. A text is always
        text, never a path; what counts as a picture is listed at `as_image`. A list of pictures is several.
    **options
        ``model``, ``profile``, ``system``, ``detail``, ``max_side``, ``facts`` and the other fields of `Settings`;
        ``range``, ``percentile`` and ``cmap`` for arrays, as for `as_image`; any
        field of the request by its name on the wire, such as ``temperature=0.2``; ``extra={…}`` for what
        only one server knows; ``client`` for an ``httpx.Client`` of your own (or one of httpx2), or ``transport``
        for an httpx transport.

    Returns
    -------
    Reply

    Raises
    ------
    PictureError, RequestError, SettingsError
        Before anything is sent.
    WireError
        The call did not end well; ``.partial`` keeps what arrived.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> reply = vm.ask("What size is it?", Image.new("RGB", (320, 200), "navy"), profile="embedded")
    >>> "320×200" in reply.text
    True
    """
    with stream(*parts, **options) as events:
        try:
            for _ in events:
                pass
        except Interrupted:
            raise
        except KeyboardInterrupt:
            raise _interrupted(events.reply) from None
        return events.reply


def stream(*parts: object, **options: Any) -> ReplyStream:
    """Ask, and return the events of the answer as they arrive; takes what `ask` takes.

    The last event is `Finished`, with the whole reply. Nothing is sent before the first event is asked for;
    leaving a ``with`` block or calling ``close()`` ends the call.
    """
    chosen, beside = _options(options)
    return _endpoint(chosen, beside).stream(_request(parts, chosen, beside))


async def aask(*parts: object, **options: Any) -> Reply:
    """Ask from asynchronous code; takes and raises what `ask` does. Cancelling closes the connection."""
    async with astream(*parts, **options) as events:
        async for _ in events:
            pass
        return events.reply


def astream(*parts: object, **options: Any) -> AsyncReplyStream:
    """Ask from asynchronous code, and return the events as they arrive: ``async with``, ``async for``."""
    chosen, beside = _options(options)
    return _endpoint(chosen, beside, asynchronous=True).astream(_request(parts, chosen, beside))


def prepare(*parts: object, **options: Any) -> ChatRequest:
    """Return the request that `ask` would send, checked, without sending it."""
    return _request(parts, *_options(options))


def receipt_for(request: ChatRequest, **options: Any) -> Receipt:
    """Return the receipt of what `ask` would send with these options, before it is sent."""
    return receipt_of_request(request, settings_for(**options).host)


def preview(request: ChatRequest) -> str:
    """Return a request as indented JSON, each picture cut to its kind and size."""

    def shorten(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shorten(item) for key, item in value.items()}
        if isinstance(value, list):
            return [shorten(item) for item in value]
        if isinstance(value, str) and value.startswith("data:image/"):
            head, _, data = value.partition(",")
            return f"{head},… ({len(data)} characters)"
        return value

    return json.dumps(shorten(request.to_wire()), indent=2, ensure_ascii=False)


def use(profile: str | None = None, **options: Any) -> Settings:
    """Choose who answers from now on, in this process; takes the options of `ask`.

    Each call replaces the choice before it; ``use()`` alone forgets it.

    Returns
    -------
    Settings
        What now holds.
    """
    chosen = {**options, **({"profile": profile} if profile else {})}
    resolve(_settings_in(_known(chosen)))
    _session.clear()
    _session.update(chosen)
    return settings_for()


def settings_for(**options: Any) -> Settings:
    """Return the settings that a call with these options would use."""
    return _options(options)[0]


def endpoint_for(**options: Any) -> tuple[Settings, Endpoint]:
    """Return the settings that a call with these options would use, and the server they name."""
    chosen, beside = _options(options)
    return chosen, _endpoint(chosen, beside)


def _options(options: Mapping[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """Return the settings of a call, and what it says beside them: carriers, and the brightness of arrays."""
    elsewhere = options.get("profile") not in (None, _session.get("profile"))
    merged = {**({} if elsewhere else _session), **_known(options)}
    beside = {name: merged[name] for name in (*_CARRIERS, *_BRIGHTNESS) if merged.get(name) is not None}
    return resolve(_settings_in(options), session=_settings_in(_session)), beside


def _settings_in(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in (*_CARRIERS, *_BRIGHTNESS)}


def _known(options: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in options:
        if name not in _NAMES:
            raise RequestError(
                f"{name!r} is no option{near_miss(name, _NAMES)}. What only one server knows goes into extra={{…}}."
            )
    return options


def _request(parts: tuple[object, ...], chosen: Settings, beside: Mapping[str, Any]) -> ChatRequest:
    if not chosen.model:
        raise SettingsError(
            f"No model is named for profile {chosen.profile!r}; name one with -m MODEL or model='MODEL', "
            f"or for all cells with %vision use {chosen.profile} -m MODEL."
        )
    messages = [Message(role="system", content=chosen.system)] if chosen.system else []
    messages.append(Message(role="user", content=_content(parts, chosen, beside)))
    return ChatRequest(
        model=chosen.model,
        messages=tuple(messages),
        stream=chosen.stream,
        extra=chosen.extra,
        **chosen.request,
    )


def _content(parts: tuple[object, ...], chosen: Settings, beside: Mapping[str, Any]) -> tuple[Part, ...]:
    content: list[Part] = []
    for part in _flat(parts):
        if isinstance(part, str):
            content.extend([TextPart(part)] if part.strip() else [])
        else:
            content.extend(_picture(part, chosen, beside))
    if not any(type(part) is TextPart for part in content):
        raise RequestError("The question is empty; write what you want to know about the picture.")
    if chosen.facts and not any(isinstance(part, FactsPart) for part in content):
        raise PictureError(
            "facts were asked for and no picture has any; expected a figure of matplotlib, plotly or Altair that is "
            "still there. Name it, or leave facts out."
        )
    return tuple(content)


def _picture(obj: object, chosen: Settings, beside: Mapping[str, Any]) -> Iterator[Part]:
    """Yield a picture as it is sent, and what it knows of itself where that was asked for."""
    if isinstance(obj, RemoteImage):
        yield ImagePart(obj, chosen.detail)  # type: ignore[arg-type]  # checked by ImagePart
        return
    image = as_image(
        obj,
        max_side=chosen.max_side,
        max_bytes=chosen.max_bytes,
        max_image_tokens=chosen.max_image_tokens,
        model=chosen.model,
        detail=chosen.detail,
        **{name: value for name, value in beside.items() if name in _BRIGHTNESS},
    )
    yield ImagePart(image, chosen.detail)  # type: ignore[arg-type]  # checked by ImagePart
    known = _facts_of(obj) if chosen.facts else ""
    if known:
        yield FactsPart(known)


def _facts_of(obj: object) -> str:
    from vision_magic.images.knowledge.of import facts

    try:
        return str(facts(obj.obj if isinstance(obj, Displayed) else obj))
    except PictureError:
        return ""


def _flat(parts: Iterable[object]) -> Iterator[object]:
    """Yield the parts with each list, tuple, column or grid of pictures opened."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list | tuple) and any(isinstance(item, str) for item in part):
            yield from _flat(part)
        else:
            yield from pictures_in(part)


def _endpoint(chosen: Settings, beside: Mapping[str, Any], *, asynchronous: bool = False) -> Endpoint:
    from vision_magic.wire.endpoint import Endpoint

    carrier = {name: value for name, value in beside.items() if name in _CARRIERS}
    if chosen.embedded:
        return Endpoint(host=chosen.host, reproducible=True, **(_embedded(asynchronous) | carrier))
    key = chosen.key()
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
        clocks=_clocks(chosen),
        **carrier,
    )


def _embedded(asynchronous: bool) -> dict[str, Any]:
    from vision_magic.engine.transport import BASE_URL, AsyncEmbeddedTransport, EmbeddedTransport

    return {"base_url": BASE_URL, "transport": AsyncEmbeddedTransport() if asynchronous else EmbeddedTransport()}


def _clocks(chosen: Settings) -> Clocks:
    from vision_magic.wire.patience import clocks_for

    named = {"connect": chosen.connect, "first_token": chosen.first_token, "silence": chosen.silence}
    given = {name: value for name, value in {**named, "total": chosen.timeout}.items() if value is not None}
    return replace(clocks_for(loopback=is_loopback(chosen.base_url)), **given)


def _interrupted(reply: Reply) -> Interrupted:
    stopped = Interrupted("Interrupted; the connection is closed and what arrived is kept in .partial.")
    stopped.partial = reply
    return stopped

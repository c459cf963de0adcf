"""How does a script or a cell ask? Objects in, Reply out: ask() and stream(), and use() for what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest, check_field
from vision_magic.session import multi_model, run
from vision_magic.session.prepare import call_for, endpoint, known, settings_in, split
from vision_magic.session.usage import LEDGER, UsageReport
from vision_magic.settings import Settings, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vision_magic.chat.messages import Message
    from vision_magic.chat.reply import Reply
    from vision_magic.session.prepare import PreparedCall
    from vision_magic.wire.endpoint import AsyncReplyStream, Endpoint, ReplyStream

__all__ = [
    "aask",
    "ask",
    "astream",
    "call_of",
    "configure",
    "endpoint_for",
    "prepare",
    "receipt_for",
    "settings_for",
    "stream",
    "usage",
    "use",
]

_session: dict[str, Any] = {}
"""What `use` chose: the one thing that outlives a call."""


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
    ImageError, RequestError, SettingsError
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
    return run.whole(stream(*parts, **options))


def stream(*parts: object, **options: Any) -> ReplyStream:
    """Ask, and return the events of the answer as they arrive; takes what `ask` takes.

    The last event is `Finished`, with the whole reply. Nothing is sent before the first event is asked for;
    leaving a ``with`` block or calling ``close()`` ends the call.
    """
    return multi_model.stream([call_of(parts, each) for each in multi_model.each(options)])


async def aask(*parts: object, **options: Any) -> Reply:
    """Ask from asynchronous code; takes and raises what `ask` does. Cancelling closes the connection."""
    return await run.acollect(astream(*parts, **options))


def astream(*parts: object, **options: Any) -> AsyncReplyStream:
    """Ask from asynchronous code, and return the events as they arrive: ``async with``, ``async for``."""
    return multi_model.astream([call_of(parts, each) for each in multi_model.each(options)])


def prepare(*parts: object, **options: Any) -> ChatRequest:
    """Return the request that `ask` would send, checked, without sending it."""
    return call_of(parts, multi_model.each(options)[0]).request


def call_of(parts: Sequence[object], options: Mapping[str, Any], before: Sequence[Message] = ()) -> PreparedCall:
    """Return the call that parts and options describe, after what was said before."""
    return call_for(parts, options, _session, before)


def receipt_for(request: ChatRequest, **options: Any) -> Receipt:
    """Return the receipt of what `ask` would send with these options, before it is sent."""
    return receipt_of_request(request, settings_for(**options).host)


def use(profile: str | None = None, **options: Any) -> Settings:
    """Choose who answers from now on, in this process; takes the options of `ask`.

    Each call replaces the choice before it; ``use()`` alone forgets it.

    Returns
    -------
    Settings
        What now holds.
    """
    chosen = {**options, **({"profile": profile} if profile else {})}
    resolve(settings_in(known(chosen)))
    _session.clear()
    _session.update(chosen)
    return settings_for()


def configure(**options: Any) -> dict[str, Any]:
    """Set options for all calls from now on, beside what was chosen before; None takes one back.

    Returns
    -------
    dict
        Everything that is chosen for this session.
    """
    merged = {name: value for name, value in {**_session, **known(options)}.items() if value is not None}
    resolve(settings_in(merged))
    for name, value in options.items():
        if name in FIELDS and value is not None:
            check_field(name, value)
    _session.clear()
    _session.update(merged)
    return dict(_session)


def usage() -> UsageReport:
    """Return what was spent by this process so far, by model and cell; shows itself as a table.

    Prices are yours to give: ``prices={"MODEL": (asked, answered)}``, for a million tokens each, in the settings.
    """
    chosen = settings_for()
    return UsageReport(LEDGER.entries, chosen.prices, chosen.max_tokens_total)


def settings_for(**options: Any) -> Settings:
    """Return the settings that a call with these options would use."""
    return split(multi_model.each(options)[0], _session)[0]


def endpoint_for(**options: Any) -> tuple[Settings, Endpoint]:
    """Return the settings that a call with these options would use, and the server they name."""
    chosen, beside = split(options, _session)
    return chosen, endpoint(chosen, beside)

"""The default session, and the functions that ask in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.session.session import Session

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.chat.request import ChatRequest
    from vision_magic.session.choose import Chosen
    from vision_magic.session.store.recording import Recording
    from vision_magic.session.stream import AsyncReplyStream, ReplyStream
    from vision_magic.session.usage import UsageReport
    from vision_magic.settings import Settings

__all__ = [
    "aask",
    "achoose",
    "ask",
    "astream",
    "choose",
    "keep",
    "log",
    "prepare",
    "recording",
    "session",
    "stream",
    "usage",
    "use",
]

session: Final = Session()
"""The session of the functions below and of the notebook's magics: the one state of this process."""


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
    return session.ask(*parts, **options)


def stream(*parts: object, **options: Any) -> ReplyStream:
    """Ask, and return the events of the answer as they arrive; takes what `ask` takes.

    The last event is `Finished`, with the whole reply. Nothing is sent before the first event is asked for;
    leaving a ``with`` block or calling ``close()`` ends the call.
    """
    return session.stream(*parts, **options)


async def aask(*parts: object, **options: Any) -> Reply:
    """Ask from asynchronous code; takes and raises what `ask` does. Cancelling closes the connection."""
    return await session.aask(*parts, **options)


def astream(*parts: object, **options: Any) -> AsyncReplyStream:
    """Ask from asynchronous code, and return the events as they arrive: ``async with``, ``async for``."""
    return session.astream(*parts, **options)


def choose(question: str, *parts: object, orders: int | None = None, **options: Any) -> Chosen:
    """Ask a question with given answers, and return the answer with the probability of each.

    Parameters
    ----------
    question : str
        What is asked.
    *parts
        The images, then the answers as a list of 2 to 26 strings, last.
    orders : int, optional
        In how many orders of the answers it is asked, each a request of one token with the images: by default as many
        as there are answers, at most 4. 1 is cheapest, and leans to the letters that the model prefers.
    **options
        As for `vision_magic.ask`.

    Returns
    -------
    Chosen

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> chosen = vm.choose("Is it blue?", Image.new("RGB", (320, 200), "navy"), ["yes", "no"], profile="embedded")
    >>> chosen.probabilities is None
    True
    """
    return session.choose(question, *parts, orders=orders, **options)


async def achoose(question: str, *parts: object, orders: int | None = None, **options: Any) -> Chosen:
    """As `choose`, from asynchronous code."""
    return await session.achoose(question, *parts, orders=orders, **options)


def prepare(*parts: object, **options: Any) -> ChatRequest:
    """Return the request that `ask` would send, checked, without sending it."""
    return session.prepare(*parts, **options)


def use(profile: str | None = None, **options: Any) -> Settings:
    """Choose who answers from now on, in this process; takes the options of `ask`.

    Each call replaces the choice before it; ``use()`` alone forgets it.

    Returns
    -------
    Settings
        What now holds.
    """
    return session.use(profile, **options)


def usage() -> UsageReport:
    """Return what was spent by this process so far, by model and cell; shows itself as a table.

    Prices are yours to give: ``prices={"MODEL": (asked, answered)}``, for a million tokens each, in the settings.
    """
    return session.usage()


def recording(
    path: str | Path, mode: str = "once", *, speed: float = 1.0, images: bool = False
) -> AbstractContextManager[Recording]:
    """Use a recording inside a ``with`` block.

    Parameters
    ----------
    path : str or Path
        The file, one JSON line for each exchange.
    mode : {"once", "replay", "record", "refresh"}
        ``replay`` asks no server; ``record`` asks every question and adds its answer; ``once`` replays what is recorded
        and records the rest; ``refresh`` starts the file anew.
    speed : float
        1 replays at the recorded pace, 0 without waiting.
    images : bool
        Whether the images themselves are recorded, and not only their hashes.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "lesson.jsonl"
    >>> with vm.recording(path):
    ...     first = vm.ask("What size is it?", Image.new("RGB", (9, 9)), profile="embedded")
    >>> with vm.recording(path, "replay", speed=0):
    ...     again = vm.ask("What size is it?", Image.new("RGB", (9, 9)))
    >>> first.text == again.text
    True
    """
    return session.recording(path, mode, speed=speed, images=images)


def keep(on: bool | None = True) -> bool:
    """Turn the keeping of answers on or off.

    Parameters
    ----------
    on : bool or None
        None leaves it to ``VISION_MAGIC_KEEP``.

    Returns
    -------
    bool
        Whether answers are kept now.
    """
    return session.keep(on)


def log(where: str | Path | bool | None = True) -> Path | None:
    """Log every exchange from now on, or stop logging.

    Parameters
    ----------
    where : str, Path, bool or None
        The file; True for the usual one, False to stop, None for the one that ``VISION_MAGIC_LOG`` names.

    Returns
    -------
    Path or None
        The file, or None if nothing is logged now.
    """
    return session.log(where)

"""The default session, and the public functions that use it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.session.guarded import refuses_keys, with_signature
from vision_magic.session.session import Session

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.chat.request import ChatRequest
    from vision_magic.session.chosen import Chosen
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
"""The session of the functions below and of the notebook's magics."""

_FREQUENT: Final = (
    *("model", "profile", "system", "schema", "tools", "temperature", "max_tokens", "seed"),
    *("detail", "max_side", "facts", "range", "percentile", "cmap"),
)
"""The options that tooltips and Tab completion show; the docstring of `ask` has all of them."""


@with_signature(*_FREQUENT)
@refuses_keys
def ask(*parts: object, **options: Any) -> Reply:
    """Ask a question about pictures and return the whole reply.

    Parameters
    ----------
    *parts : str or picture
        The question and the pictures, in the order in which the model should see them. A string is always text, never
        a path. `as_image` lists what can be a picture; a list of pictures counts as several.
    **options
        - the fields of `Settings`, such as ``profile``, ``model``, ``system``, ``detail``, ``max_side`` and ``facts``;
          a list of models asks each of them (1 to 16);
        - any field of the request by its name in the API, such as ``temperature=0.2``; ``extra={...}`` for fields that
          only one server supports;
        - ``range``, ``percentile`` and ``cmap`` for arrays, as for `as_image`;
        - ``tools`` for functions that the model may call, with ``approve`` ("ask", "all", "none" or a function that
          takes a `ToolCall` and returns True if it may run), ``max_rounds`` (5 by default) and ``max_calls`` (16 by
          default);
        - ``schema`` for the shape of a typed answer; with ``repair=True``, a wrong answer is sent back once;
        - ``fresh=True`` to ask the server although there is a recorded or kept answer;
        - ``client`` for your own ``httpx.Client`` (or one of httpx2), or ``transport`` for an httpx transport.

    Returns
    -------
    Reply
        The complete reply.

    Raises
    ------
    ImageError, RequestError, SettingsError
        A picture, an option or a setting is invalid; nothing was sent.
    RecordingMiss
        The recording that is replayed has no answer to this question.
    WireError
        The call failed or was interrupted; ``error.partial`` is the part of the reply that arrived.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> reply = vm.ask("What size is it?", Image.new("RGB", (320, 200), "navy"), profile="embedded")
    >>> "320 × 200" in reply.text
    True
    """
    return session.ask(*parts, **options)


@with_signature(*_FREQUENT)
@refuses_keys
def stream(*parts: object, **options: Any) -> ReplyStream:
    """Ask a question and return an iterator over the events of the reply, as they arrive.

    Nothing is sent until the first event is read. The call ends when the iterator is closed or its ``with`` block is
    left.

    Parameters
    ----------
    *parts, **options
        As for `ask`.

    Returns
    -------
    ReplyStream
        Its ``reply`` is the reply so far. The last event is `Finished`, with the complete reply.

    Raises
    ------
    ImageError, RequestError, SettingsError
        A picture, an option or a setting is invalid. The other errors of `ask` are raised while the events are read.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> picture = Image.new("RGB", (320, 200), "navy")
    >>> with vm.stream("What size is it?", picture, profile="embedded") as events:
    ...     text = "".join(event.text for event in events if isinstance(event, vm.TextDelta))
    >>> text == events.reply.text
    True
    """
    return session.stream(*parts, **options)


@with_signature(*_FREQUENT)
@refuses_keys
async def aask(*parts: object, **options: Any) -> Reply:
    """Ask a question from asynchronous code and return the whole reply.

    Parameters, result and errors are those of `ask`. Cancelling the task closes the connection.

    Examples
    --------
    >>> import asyncio
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> picture = Image.new("RGB", (320, 200), "navy")
    >>> async def ask_two():
    ...     questions = ("What size is it?", "Which colours are in it?")
    ...     return await asyncio.gather(*(vm.aask(question, picture, profile="embedded") for question in questions))
    >>> [reply.state for reply in asyncio.run(ask_two())]
    ['complete', 'complete']
    """
    return await session.aask(*parts, **options)


@with_signature(*_FREQUENT)
@refuses_keys
def astream(*parts: object, **options: Any) -> AsyncReplyStream:
    """Ask a question from asynchronous code and return an asynchronous iterator over its events.

    Parameters and errors are those of `stream`; read the events with ``async with`` and ``async for``. Inside an event
    loop, the pictures are read and encoded in a thread, so invalid ones are errors when the first event is read.

    Examples
    --------
    >>> import asyncio
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> async def count_events():
    ...     async with vm.astream("What size is it?", Image.new("RGB", (9, 9)), profile="embedded") as events:
    ...         return len([event async for event in events])
    >>> asyncio.run(count_events()) > 1
    True
    """
    return session.astream(*parts, **options)


@refuses_keys
def choose(
    question: str, *parts: object, orders: int | None = None, samples: int | None = None, **options: Any
) -> Chosen:
    """Ask a question with given answers, and return the chosen answer with the probability of each.

    Parameters
    ----------
    question : str
        The question.
    *parts
        The pictures, followed by a list of the answers: 2 to 26 different strings.
    orders : int, optional
        Number of orders of the answers in which the question is asked, from 1 to the number of answers; by default 4,
        or fewer if there are fewer answers. Each order is one short request with all pictures. 1 is cheapest, but then
        the result also depends on which letters the model prefers.
    samples : int, optional
        Number of requests with which a model is asked that returns no log probabilities, such as OpenAI's reasoning
        models; 12 by default. Each is a short request with all pictures, so 12 cost twelve times as much as one
        question, and give shares that are certain to about ±25 %. 1 gives an answer without probabilities.
    **options
        As for `ask`, with one model. ``logprobs=False`` counts samples in any case.

    Returns
    -------
    Chosen
        The answer, the probabilities (0 to 1), and in `method` where they come from.

    Raises
    ------
    RequestError
        The answers, `orders` or `samples` are invalid. Other errors are those of `ask`.

    Examples
    --------
    The embedded reader is not a language model, and so cannot choose:

    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> chosen = vm.choose("Is it blue?", Image.new("RGB", (320, 200), "navy"), ["yes", "no"], profile="embedded")
    >>> chosen.probabilities is None
    True
    """
    return session.choose(question, *parts, orders=orders, samples=samples, **options)


@refuses_keys
async def achoose(
    question: str, *parts: object, orders: int | None = None, samples: int | None = None, **options: Any
) -> Chosen:
    """Ask a question with given answers from asynchronous code; as `choose`.

    Examples
    --------
    >>> chosen = await vm.achoose("Is the trend rising?", fig, ["yes", "no"])  # doctest: +SKIP
    """
    return await session.achoose(question, *parts, orders=orders, samples=samples, **options)


@with_signature(*_FREQUENT)
@refuses_keys
def prepare(*parts: object, **options: Any) -> ChatRequest:
    """Return the checked request that `ask` would send, without sending it.

    Parameters
    ----------
    *parts, **options
        As for `ask`; of several models, the request to the first.

    Raises
    ------
    ImageError, RequestError, SettingsError
        A picture, an option or a setting is invalid.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> picture = Image.new("RGB", (320, 200), "navy")
    >>> request = vm.prepare("What size is it?", picture, profile="embedded", temperature=0)
    >>> request.model, request.temperature, len(request.images)
    ('embedded-reader', 0, 1)
    """
    return session.prepare(*parts, **options)


@refuses_keys
def use(profile: str | None = None, **options: Any) -> Settings:
    """Set the profile and the options of all calls from now on, in scripts and in cells.

    Each call replaces the choices of the one before; ``use()`` resets them.

    Parameters
    ----------
    profile : str, optional
        Name of a profile: a built-in one, such as ``"openai"`` or ``"ollama"``, or one of the settings file.
    **options
        As for `ask`; the options of a single call override them.

    Returns
    -------
    Settings
        The resulting settings.

    Raises
    ------
    RequestError, SettingsError
        An option or the profile is unknown, or a setting is invalid; the earlier choices then stay.

    Examples
    --------
    >>> import vision_magic as vm
    >>> vm.use("openai", model="gpt-5").host
    'api.openai.com'
    >>> vm.use().profile
    'embedded'
    """
    return session.use(profile, **options)


def usage() -> UsageReport:
    """Return the tokens and costs of this process so far, by model and by cell; the result displays itself as a table.

    The counts are those of the servers, or estimates marked with ≈ where a server sends none. There are no built-in
    prices. Set your own per million prompt tokens, completion tokens and prompt tokens from the cache:
    ``prices={"MODEL": (prompt, completion, cached)}``; without the last, all prompt tokens cost the same.

    Examples
    --------
    >>> import vision_magic as vm
    >>> vm.usage()
    Nothing has been spent; the embedded reader is free.
    """
    return session.usage()


def recording(
    path: str | Path, mode: str = "once", *, speed: float = 1.0, images: bool = False
) -> AbstractContextManager[Recording]:
    """Record answers to a file, or replay them from it, inside a ``with`` block.

    Parameters
    ----------
    path : str or Path
        The file: one JSON line for each request and its answer.
    mode : {"once", "replay", "record", "refresh"}
        - ``once`` replays the answers that the file has, and asks and records the others;
        - ``replay`` only replays, and asks no server;
        - ``record`` asks every question, and adds its answer to the file;
        - ``refresh`` asks every question; the first answer replaces the file, and the others are added.
    speed : float
        Speed of the replay (0 or more): 1 is the recorded pace, 2 twice that pace, 0 without waiting.
    images : bool
        Whether to record the images themselves, and not only their hashes.

    Raises
    ------
    RecordingError
        The file cannot be read, or does not exist and cannot be replayed; or the mode or the speed is invalid.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "lesson.vision.jsonl"
    >>> with vm.recording(path):
    ...     first = vm.ask("What size is it?", Image.new("RGB", (9, 9)), profile="embedded")
    >>> with vm.recording(path, "replay", speed=0):
    ...     again = vm.ask("What size is it?", Image.new("RGB", (9, 9)))
    >>> first.text == again.text
    True
    """
    return session.recording(path, mode, speed=speed, images=images)


def keep(on: bool | None = True) -> bool:
    """Keep answers in the user's cache folder, or stop using them.

    While answers are kept, a question is answered without a request if the same question was asked before: with equal
    messages, options, model, server and pixels.

    Parameters
    ----------
    on : bool or None
        Whether to keep answers; None follows the environment variable ``VISION_MAGIC_KEEP``.

    Returns
    -------
    bool
        Whether answers are kept now.

    Raises
    ------
    SettingsError
        `on` has another value.

    Examples
    --------
    >>> import vision_magic as vm
    >>> vm.keep()
    True
    >>> vm.keep(False)
    False
    """
    return session.keep(on)


def log(where: str | Path | bool | None = True) -> Path | None:
    """Log every request and its answer to a SQLite file from now on, or stop logging.

    If the file cannot be written, a warning says so, and the answer is returned all the same.

    Parameters
    ----------
    where : str, Path, bool or None
        The file; True for ``log.sqlite`` in the user's data folder, False to stop, None for the file that the
        environment variable ``VISION_MAGIC_LOG`` names.

    Returns
    -------
    Path or None
        The file, or None if nothing is logged now.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import vision_magic as vm
    >>> vm.log(pathlib.Path(tempfile.mkdtemp()) / "log.sqlite").name
    'log.sqlite'
    >>> vm.log(False)
    """
    return session.log(where)

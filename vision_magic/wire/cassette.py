"""How is an exchange recorded and played again? One JSON line each: what was asked, and the chunks with their delays.

A line holds what is listed here and nothing else: no headers, no address but the server's name, no keys, and of the
pictures only hashes, unless they were asked for. A recording answers a question when its texts and options are the
same and its pictures have the same pixels; a picture that looks nearly the same also counts, and is told.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import hashlib
import json
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import anyio
import httpx

from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.images.image import Image
from vision_magic.secrets import redact

__all__ = ["NEAR", "AsyncReplayTransport", "Cassette", "Match", "Recorded", "ReplayTransport", "asked_of", "today"]

NEAR: Final = 26
"""By how much of 256 a picture that counts as drawn again may differ: in bits of its outlines, and in any colour."""

_VERSION: Final = 1
_BEGINNING: Final = b'{"vision_magic":"exchange"'
_LONGEST: Final = 64 * 1024 * 1024  # bytes of a line
_COMPARED: Final = 200  # letters of a question; how long they take to compare grows with their cube
_CELLS: Final = 4  # mean colours are compared in so many rows of so many places
_SIDE: Final = 16  # the perceptual hash compares neighbours on a grid of this many by this many

# What of a chunk is kept: what a reply is folded from.
_CHUNK: Final = ("model", "system_fingerprint", "choices", "usage", "x_groq")
# What of a request says how it travels, and nothing about the answer.
_TRAVEL: Final = ("stream", "stream_options", "user", "messages", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One exchange.

    Attributes
    ----------
    asked : mapping
        The request in canonical form, see `asked_of`.
    chunks : sequence of (float, mapping)
        Seconds since the chunk before, and the chunk.
    host : str
        Who answered.
    when : str
        On which day, as ``2026-11-23``.
    """

    asked: Mapping[str, Any] = field(repr=False)
    chunks: Sequence[tuple[float, Mapping[str, Any]]] = field(repr=False)
    host: str = ""
    when: str = ""

    @property
    def said(self) -> str:
        """From where the answer is, in words."""
        return f"recorded {self.when}, {self.host}".strip(", ")

    def to_line(self) -> str:
        """Return the exchange as one line of JSON."""
        content = {
            "vision_magic": "exchange",
            "version": _VERSION,
            "when": self.when,
            "host": self.host,
            "asked": _clean_question(self.asked),
            "chunks": [[round(delay, 3), _clean(_allowed(chunk))] for delay, chunk in self.chunks],
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_line(cls, line: str) -> Recorded:
        """Read a line; raise ``ValueError`` where it is no exchange."""
        content = json.loads(line)
        if not isinstance(content, dict) or content.get("vision_magic") != "exchange":
            raise ValueError("no exchange of vision_magic")
        if content.get("version") != _VERSION:
            raise ValueError(f"version {content.get('version')!r}; this vision_magic reads {_VERSION}")
        asked, chunks = content.get("asked"), content.get("chunks")
        if not isinstance(asked, dict) or not isinstance(chunks, list):
            raise ValueError("no question or no answer in it")
        return cls(
            asked=asked,
            chunks=[(max(0.0, float(delay)), dict(chunk)) for delay, chunk in chunks],
            host=str(content.get("host", "")),
            when=str(content.get("when", "")),
        )


def asked_of(request: ChatRequest, *, pictures: bool = False) -> dict[str, Any]:
    """Return a request in canonical form: texts as they are, pictures by hashes and a few mean colours.

    Parameters
    ----------
    request : ChatRequest
        What is asked.
    pictures : bool
        Whether the pictures themselves go in too.
    """
    held: list[dict[str, Any]] = []

    def stand_in(image: Image) -> str:
        held.append(_picture(image, whole=pictures))
        return f"picture:{len(held)}"

    wire = request.to_wire(data_uri=stand_in)
    options = {name: value for name, value in wire.items() if name not in _TRAVEL}
    return {"model": wire["model"], "messages": wire["messages"], "options": options, "pictures": held}


def _picture(image: Image, *, whole: bool) -> dict[str, Any]:
    from PIL import Image as PILImage

    opened = image.to_pil().convert("RGB")
    small = opened.convert("L").resize((_SIDE + 1, _SIDE), PILImage.Resampling.BOX)
    rows = [small.crop((0, y, _SIDE + 1, y + 1)).tobytes() for y in range(_SIDE)]
    bits = "".join("1" if row[x] > row[x + 1] else "0" for row in rows for x in range(_SIDE))
    colours = opened.resize((_CELLS, _CELLS), PILImage.Resampling.BOX).tobytes()
    told = {
        "pixels": hashlib.sha256(repr(opened.size).encode() + opened.tobytes()).hexdigest(),
        "size": list(opened.size),
        "looks": f"{int(bits, 2):064x}",
        "colours": colours.hex(),
    }
    return told | ({"data": base64.b64encode(image.data).decode("ascii")} if whole else {})


def _allowed(chunk: Mapping[str, Any]) -> dict[str, Any]:
    return {name: chunk[name] for name in _CHUNK if name in chunk}


def _clean_question(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question without keys; pictures that were asked for stay whole."""
    return {name: value if name == "pictures" else _clean(value) for name, value in asked.items()}


def _clean(value: Any) -> Any:
    """Return JSON values without keys and pictures."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {redact(name): _clean(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A recorded exchange that answers a question; `note` says where it is not quite the same question."""

    recorded: Recorded
    note: str = ""


class Cassette:
    """A file of exchanges. Of two that were asked the same the later one counts.

    Parameters
    ----------
    path : Path
        Where it is; it need not be there yet.

    Raises
    ------
    RecordingError
        The file is there and cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._recorded: list[Recorded] = list(_read(path))

    def __len__(self) -> int:
        return len(self._recorded)

    def find(self, request: ChatRequest, *, any_model: bool = True) -> Match:
        """Return the exchange that answers a request.

        Parameters
        ----------
        request : ChatRequest
            What is asked.
        any_model : bool
            Whether the answer of another model will do, where only one was asked this: for whoever replays a recording
            without that model; not where the question can still be asked.

        Raises
        ------
        RecordingMiss
            There is none; the message says how the nearest one differs.
        """
        asked = _clean_question(asked_of(request))
        fitting = [one for one in reversed(self._recorded) if not _differences(asked, one.asked)]
        same_model = [one for one in fitting if one.asked.get("model") == asked["model"]]
        if not same_model and (not any_model or len({one.asked.get("model") for one in fitting}) > 1):
            fitting = []  # where several models were asked this, which of them is meant cannot be told
        for one in same_model or fitting:
            if all(mine["pixels"] == theirs.get("pixels") for mine, theirs in _pairs(asked, one.asked)):
                return Match(recorded=one)
        near = min(same_model or fitting, key=lambda one: _furthest(asked, one.asked), default=None)
        if near is not None and _furthest(asked, near.asked) <= NEAR:
            return Match(recorded=near, note="the figure differs from the recorded one")
        raise RecordingMiss(self._miss(asked))

    def _miss(self, asked: Mapping[str, Any]) -> str:
        if not self._recorded:
            return f"{self.path.name} holds no answer yet; record some: %vision record {self.path.name}."
        nearest = min(self._recorded, key=lambda one: _distance(asked, one.asked))
        words = "; ".join(_told(asked, nearest.asked)) or "the same question was asked of several models"
        return (
            f"{self.path.name} has no answer to this question; the nearest of its {len(self)} differs: {words}. "
            f"Record this one with %vision record {self.path.name}, or ask for real after %vision replay off."
        )

    def add(self, recorded: Recorded) -> None:
        """Append an exchange: in one write, so that a crash leaves whole lines.

        Raises
        ------
        RecordingError
            The file cannot be written.
        """
        line = recorded.to_line().encode("utf-8", "replace")
        self._recorded.append(Recorded.from_line(line.decode("utf-8")))  # it answers as it will when it is read again
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                whole = _after_a_torn_line(self.path) + line + b"\n"
                if os.write(handle, whole) < len(whole):
                    raise OSError("the disk is full")
            finally:
                os.close(handle)
        except OSError as error:
            raise RecordingError(
                f"The answer could not be recorded in {self.path} ({error.strerror or error})."
            ) from None

    def clear(self) -> None:
        """Begin anew: the file is gone until the next exchange."""
        self._recorded.clear()
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()


def _after_a_torn_line(path: Path) -> bytes:
    """Return a line end where the file has none at its end: a crash has cut it, and what follows is a line again."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def _read(path: Path) -> Iterator[Recorded]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise RecordingError(f"{path} could not be read as a recording ({error.strerror or error}).") from None
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            if len(line) > _LONGEST:
                raise ValueError("a line longer than any exchange")
            yield Recorded.from_line(line.decode("utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            if not _BEGINNING.startswith(line[: len(_BEGINNING)]):
                raise RecordingError(f"{path}, line {number}: no exchange ({error}).") from None
            # Else torn by a crash while it was written: those before it are whole, and so are those after it.
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RecordingError(f"{path}, line {number}: no exchange ({error}).") from None


def _differences(asked: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return what stands in the way of an exchange beside the look of its pictures and its model."""
    return [name for name in ("messages", "options") if asked.get(name) != other.get(name)] + (
        ["pictures"] if len(asked["pictures"]) != len(other.get("pictures", ())) else []
    )


def _pairs(asked: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    return zip(asked["pictures"], other.get("pictures", ()), strict=False)


def _furthest(asked: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Return by how much two pictures differ, of the pair that differs most."""
    return max((_apart(mine, theirs) for mine, theirs in _pairs(asked, other)), default=0)


def _apart(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> int:
    """Return by how much two pictures differ, of 256: in outlines or in the colours of a place, what differs more."""
    try:
        outlines = (int(mine["looks"], 16) ^ int(theirs["looks"], 16)).bit_count()
        here, there = (bytes.fromhex(picture.get("colours", "")) for picture in (mine, theirs))
    except (KeyError, TypeError, ValueError):
        return _SIDE * _SIDE
    # Recordings from before colours were kept have none.
    return max(outlines, *(abs(a - b) for a, b in zip(here, there, strict=False)), 0)


def _distance(asked: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[float, int, int]:
    import difflib

    mine, theirs = _question(asked)[:_COMPARED], _question(other)[:_COMPARED]
    alike = difflib.SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    options = sum(_options(asked).get(name) != _options(other).get(name) for name in _options(asked) | _options(other))
    return 1 - alike, options, _furthest(asked, other)


def _options(asked: Mapping[str, Any]) -> dict[str, Any]:
    options = asked.get("options")
    return options if isinstance(options, dict) else {}


def _question(asked: Mapping[str, Any]) -> str:
    """Return the texts of the last message that somebody wrote."""
    messages = [message for message in asked.get("messages", ()) if isinstance(message, dict)]
    content = next((message.get("content") for message in reversed(messages) if message.get("role") == "user"), "")
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text", "")) for part in content or () if isinstance(part, dict) and "text" in part)


def _earlier(asked: Mapping[str, Any]) -> list[Any]:
    """Return what stands before the question: the system prompt and earlier turns."""
    messages = asked.get("messages")
    return messages[:-1] if isinstance(messages, list) else []


def _told(asked: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield how two questions differ, in words."""
    mine, theirs = _question(asked), _question(other)
    if mine != theirs:
        yield f"the prompt is {_short(mine)}, recorded was {_short(theirs)}"
    elif _earlier(asked) != _earlier(other):
        yield "what was said before in the conversation"
    elif asked.get("messages") != other.get("messages") and len(asked["pictures"]) == len(other.get("pictures", ())):
        yield "words and pictures come in another order"
    if len(asked["pictures"]) != len(other.get("pictures", ())):
        yield f"{len(asked['pictures'])} pictures, recorded were {len(other.get('pictures', ()))}"
    for name in sorted(_options(asked) | _options(other)):
        value, was = _options(asked).get(name), _options(other).get(name)
        if value != was:
            yield f"{name} is {_short(value)}, recorded was {_short(was)}"
    for number, (picture, was) in enumerate(_pairs(asked, other), 1):
        apart = _apart(picture, was)
        if apart > NEAR:
            share, most = apart / (_SIDE * _SIDE), NEAR / (_SIDE * _SIDE)
            yield f"picture {number} looks different by {share:.0%}, at most {most:.0%} pass"
    if asked.get("model") != other.get("model"):
        yield f"the model is {asked.get('model')}, recorded was {other.get('model')}"


def _short(value: object, most: int = 60) -> str:
    words = "not set" if value is None else repr(value)
    return words if len(words) <= most else words[: most - 1] + "…"


def today() -> str:
    """Return the day, as it stands in a recording."""
    return datetime.date.today().isoformat()


# -- playing ---------------------------------------------------------------------------------------------------


class ReplayTransport(httpx.BaseTransport):
    """Answers every request with one recorded exchange; it has no way to a network.

    Parameters
    ----------
    recorded : Recorded
        What is played.
    speed : float
        1 keeps the recorded rhythm, 2 is twice as fast; 0 gives everything at once.
    """

    def __init__(self, recorded: Recorded, speed: float = 1.0) -> None:
        self._recorded, self._speed = recorded, speed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the chunks, each after its delay."""
        return httpx.Response(200, headers=_HEADERS, stream=_Playing(_events(self._recorded, self._speed)))


class AsyncReplayTransport(httpx.AsyncBaseTransport):
    """As `ReplayTransport`, for asynchronous code."""

    def __init__(self, recorded: Recorded, speed: float = 1.0) -> None:
        self._recorded, self._speed = recorded, speed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the chunks, each after its delay."""
        return httpx.Response(200, headers=_HEADERS, stream=_AsyncPlaying(_events(self._recorded, self._speed)))


_HEADERS: Final = {"content-type": "text/event-stream"}


def _events(recorded: Recorded, speed: float) -> Iterator[tuple[float, bytes]]:
    """Yield each event of the stream with the seconds to wait before it."""
    for delay, chunk in recorded.chunks:
        data = json.dumps(chunk, ensure_ascii=False).encode("utf-8", "replace")
        yield (delay / speed if speed > 0 else 0.0), b"data: " + data + b"\n\n"
    yield 0.0, b"data: [DONE]\n\n"


class _Playing(httpx.SyncByteStream):
    def __init__(self, events: Iterator[tuple[float, bytes]]) -> None:
        self._events = events

    def __iter__(self) -> Iterator[bytes]:
        for delay, event in self._events:
            if delay:
                time.sleep(delay)
            yield event


class _AsyncPlaying(httpx.AsyncByteStream):
    def __init__(self, events: Iterator[tuple[float, bytes]]) -> None:
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for delay, event in self._events:
            if delay:
                await anyio.sleep(delay)
            yield event

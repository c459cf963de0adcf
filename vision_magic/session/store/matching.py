"""Matching of requests: the recorded exchange that answers a request, or the difference from the closest one.

The functions are pure, on canonical requests and recorded exchanges. Their candidates, which a store finds, have the
same messages and options as the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.session.store.exchange import DHASH_BITS, RecordedExchange, pixel_hashes

__all__ = ["NEAR", "Match", "Rule", "explain_miss", "match_kept_answer", "match_recording"]

NEAR: Final = 26
"""Largest accepted difference of an image from the recorded one: in bits of its hash, and in any mean colour."""

_COMPARED: Final = 200  # characters of a prompt; the time of a comparison grows with the cube of the length


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A recorded exchange that answers a request.

    Attributes
    ----------
    exchange : RecordedExchange
        The exchange.
    origin : str
        The source of the answer, for the status line.
    note : str
        A note about the answer that the reader must know; empty if the images are the recorded ones.
    """

    exchange: RecordedExchange
    origin: str
    note: str = ""


Rule = Callable[[Mapping[str, Any], Sequence[RecordedExchange], bool, int], Match | None]
"""Chooses among the candidates for a request; the flag is whether the answer of another model is accepted, and the
number is that of the answers to the same request that were used before.
"""


def match_recording(
    request: Mapping[str, Any], candidates: Sequence[RecordedExchange], any_model: bool, sample: int = 0
) -> Match | None:
    """Return the newest candidate with the same images, otherwise the one whose images look nearly the same.

    Parameters
    ----------
    request : mapping
        The request in canonical form.
    candidates : sequence of RecordedExchange
        Exchanges with the same messages and options, newest first.
    any_model : bool
        Whether an answer of another model is accepted if only one model was recorded. It is True for a replay, and
        False if the request can still be sent.
    sample : int
        Number of candidates that fit better and are left out, because they were used before.
    """
    pixels = pixel_hashes(request)
    fitting = [one for one in candidates if len(one.request.get("images", ())) == len(pixels)]
    same_model = [one for one in fitting if one.request.get("model") == request["model"]]
    if not same_model and (not any_model or len({one.request.get("model") for one in fitting}) > 1):
        return None  # several models were recorded: none of them stands for another one
    fitting = same_model or fitting
    same = [one for one in fitting if pixel_hashes(one.request) == pixels]
    if same:
        return _recorded(same[sample]) if sample < len(same) else None
    nearest = sorted(fitting, key=lambda one: _image_difference(request, one.request))[sample:]
    if nearest and _image_difference(request, nearest[0].request) <= NEAR:
        return _recorded(nearest[0], "the figure differs from the recorded one")
    return None


def _recorded(exchange: RecordedExchange, note: str = "") -> Match:
    return Match(exchange=exchange, origin=f"recorded {exchange.date}, {exchange.host}".strip(", "), note=note)


def match_kept_answer(
    request: Mapping[str, Any], candidates: Sequence[RecordedExchange], any_model: bool = False, sample: int = 0
) -> Match | None:
    """Return the candidate with the same images, otherwise the last answer of the same cell with a note on the change.

    Candidates are those of `SqliteStore.candidates`: from the same model and server, and with the same images or from
    the same cell. Only one answer is kept, so further samples are asked for.
    """
    if sample:
        return None
    for one in candidates:
        if pixel_hashes(one.request) == pixel_hashes(request):
            return Match(exchange=one, origin=one.host, note=f"kept answer from {one.date}; --fresh asks again")
    for one in candidates:
        return Match(exchange=one, origin=one.host, note="the figure has changed since this answer; --fresh asks again")
    return None


def explain_miss(request: Mapping[str, Any], exchanges: Sequence[RecordedExchange], name: str) -> str:
    """Return a message on how the closest recorded exchange differs from a request.

    Parameters
    ----------
    request : mapping
        The request in canonical form.
    exchanges : sequence of RecordedExchange
        All recorded exchanges.
    name : str
        The name of the recording's file.
    """
    if not exchanges:
        return f"{name} holds no answers yet. Record some with %vision record {name}."
    closest = min(exchanges, key=lambda one: _distance(request, one.request))
    differences = "; ".join(_differences(request, closest.request)) or "several models answered this question"
    which = (
        "The one recorded question" if len(exchanges) == 1 else f"The closest of {len(exchanges)} recorded questions"
    )
    return (
        f"{name} has no answer to this question. {which} differs: {differences}. "
        f"Record this one with %vision record {name}, or ask a server after %vision replay off."
    )


def _distance(request: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[float, int, int]:
    import difflib

    prompt, recorded = _prompt(request)[:_COMPARED], _prompt(other)[:_COMPARED]
    similarity = difflib.SequenceMatcher(None, prompt, recorded, autojunk=False).ratio()
    options = sum(1 for _ in _different_options(request, other))
    return 1 - similarity, options, _image_difference(request, other)


def _differences(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield how two requests differ, in words."""
    count, recorded_count = len(request["images"]), len(other.get("images", ()))
    if _prompt(request) != _prompt(other):
        yield f"the prompt is {_short(_prompt(request))} (recorded: {_short(_prompt(other))})"
    elif _earlier(request) != _earlier(other):
        yield "the conversation before it differs"
    elif request.get("messages") != other.get("messages") and count == recorded_count:
        yield "text and pictures are in a different order"
    if count != recorded_count:
        yield f"it has {_pictures(count)} (recorded: {recorded_count})"
    for name, value, recorded in _different_options(request, other):
        yield f"{name} is {_short(value)} (recorded: {_short(recorded)})"
    for number, (image, recorded) in enumerate(_pairs(request, other), 1):
        difference = _difference(image, recorded)
        if difference > NEAR:
            share, limit = difference / DHASH_BITS, NEAR / DHASH_BITS
            yield f"picture {number} differs by {share:.0%} (at most {limit:.0%} is accepted)"
    if request.get("model") != other.get("model"):
        yield f"the model is {request.get('model')} (recorded: {other.get('model')})"


def _different_options(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the options that differ between two requests: name, value, recorded value."""
    options, recorded = _options(request), _options(other)
    for name in sorted(options | recorded):
        if options.get(name) != recorded.get(name):
            yield name, options.get(name), recorded.get(name)


def _options(request: Mapping[str, Any]) -> dict[str, Any]:
    options = request.get("options")
    return options if isinstance(options, dict) else {}


def _prompt(request: Mapping[str, Any]) -> str:
    """Return the text of the last message from a user."""
    messages = [message for message in request.get("messages", ()) if isinstance(message, dict)]
    content = next((message.get("content") for message in reversed(messages) if message.get("role") == "user"), "")
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text", "")) for part in content or () if isinstance(part, dict) and "text" in part)


def _earlier(request: Mapping[str, Any]) -> list[Any]:
    """Return the messages before the prompt: the system prompt and earlier turns."""
    messages = request.get("messages")
    return messages[:-1] if isinstance(messages, list) else []


def _pairs(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    return zip(request["images"], other.get("images", ()), strict=False)


def _image_difference(request: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Return by how much the images of two requests differ, for the pair that differs most."""
    return max((_difference(image, recorded) for image, recorded in _pairs(request, other)), default=0)


def _difference(image: Mapping[str, Any], recorded: Mapping[str, Any]) -> int:
    """Return by how much two images differ, 0 to 256: the difference of their hashes or of a mean colour."""
    try:
        outline = (int(image["dhash"], 16) ^ int(recorded["dhash"], 16)).bit_count()
        colours, recorded_colours = (bytes.fromhex(one.get("colours", "")) for one in (image, recorded))
    except (KeyError, TypeError, ValueError):
        return DHASH_BITS
    # Old recordings have no mean colours.
    return max(outline, *(abs(a - b) for a, b in zip(colours, recorded_colours, strict=False)), 0)


def _pictures(count: int) -> str:
    return f"{count} picture" if count == 1 else f"{count} pictures"


def _short(value: object, max_length: int = 60) -> str:
    words = "not set" if value is None else repr(value)
    return words if len(words) <= max_length else words[: max_length - 1] + "…"

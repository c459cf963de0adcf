"""Matching of requests: the recorded exchange that answers a request.

The functions are pure, on canonical requests and recorded exchanges. Their candidates, which a store finds, have the
same messages and options as the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.chat.reply import Caution
from vision_magic.session.store.exchange import DHASH_BITS, RecordedExchange, pixel_hashes

__all__ = [
    "NEAR",
    "Match",
    "Rule",
    "image_difference",
    "image_differences",
    "looks_alike",
    "match_kept_answer",
    "match_recording",
    "models_in_place",
    "same_question",
]

NEAR: Final = 26
"""Largest accepted difference of an image from the recorded one: in bits of its hash, and in any mean colour."""

_DATA_CHANGED: Final = Caution("the data of the figure have changed: this answer is about the old figure")
_MAY_HAVE_CHANGED: Final = Caution("the figure differs from the recorded one: this answer is about the recorded figure")
_DRAWN_DIFFERENTLY: Final = "the figure is drawn differently from the recorded one, with the same data"
_ENDING: Final = re.compile(r"[\s.?。？؟]+$")


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

    Where both have a hash of the figure's data, one with the same data comes first. One with other data answers only
    in a replay, with a caution.

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
    nearest = sorted(fitting, key=lambda one: (_data_changed(request, one.request) is True, _apart(request, one)))
    near = [one for one in nearest if _apart(request, one) <= NEAR][sample:]
    if not near:
        return None
    changed = _data_changed(request, near[0].request)
    if changed and not any_model:
        return None  # it can be asked about the figure as it is now
    notes = {True: _DATA_CHANGED, False: _DRAWN_DIFFERENTLY, None: _MAY_HAVE_CHANGED}
    return _recorded(near[0], notes[changed])


def _apart(request: Mapping[str, Any], exchange: RecordedExchange) -> int:
    return image_difference(request, exchange.request)


def _data_changed(request: Mapping[str, Any], other: Mapping[str, Any]) -> bool | None:
    """Whether the data of any figure differ from the recorded ones; None if that is unknown."""
    pairs = [(image.get("data_hash"), recorded.get("data_hash")) for image, recorded in _pairs(request, other)]
    if any(now and then and now != then for now, then in pairs):
        return True
    return False if all(now and then for now, then in pairs) else None


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
        caution = Caution("the figure has changed since this answer; --fresh asks again")
        return Match(exchange=one, origin=one.host, note=caution)
    return None


def same_question(request: Mapping[str, Any]) -> list[Any]:
    """Return what all requests with the same question have in common: messages and options.

    In what the user wrote, case, outer spaces, and a question mark or full stop at the end make no difference.
    """
    return [[_loose(message) for message in request.get("messages") or ()], request.get("options")]


def _loose(message: Any) -> Any:
    """Return a message with its texts as they are compared, if it is one of the user."""
    if not isinstance(message, dict) or message.get("role") != "user":
        return message
    content = message.get("content")
    if isinstance(content, str):
        return {**message, "content": _loose_text(content)}
    return {**message, "content": [_loose_part(part) for part in content or ()]}


def _loose_part(part: Any) -> Any:
    is_text = isinstance(part, dict) and isinstance(part.get("text"), str)
    return {**part, "text": _loose_text(part["text"])} if is_text else part


def _loose_text(text: str) -> str:
    return _ENDING.sub("", text).lstrip().casefold()


def models_in_place(request: Mapping[str, Any], candidates: Sequence[RecordedExchange]) -> list[str]:
    """Return the other models among the candidates whose answer one to this request would replace in a replay."""
    models = (str(one.request.get("model")) for one in candidates if looks_alike(request, one.request))
    return [model for model in dict.fromkeys(models) if model != request["model"]]


def looks_alike(request: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two requests have the same number of images, and these look nearly the same."""
    if len(request["images"]) != len(other.get("images", ())):
        return False
    return pixel_hashes(request) == pixel_hashes(other) or image_difference(request, other) <= NEAR


def _pairs(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    return zip(request["images"], other.get("images", ()), strict=False)


def image_difference(request: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Return by how much the images of two requests differ, for the pair that differs most."""
    return max(image_differences(request, other), default=0)


def image_differences(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[int]:
    """Yield by how much each image differs from the recorded one."""
    return (_difference(image, recorded) for image, recorded in _pairs(request, other))


def _difference(image: Mapping[str, Any], recorded: Mapping[str, Any]) -> int:
    """Return by how much two images differ, 0 to 256: the difference of their hashes or of a mean colour."""
    try:
        outline = (int(image["dhash"], 16) ^ int(recorded["dhash"], 16)).bit_count()
        colours, recorded_colours = (bytes.fromhex(one.get("colours", "")) for one in (image, recorded))
    except (KeyError, TypeError, ValueError):
        return DHASH_BITS
    # Old recordings have no mean colours.
    return max(outline, *(abs(a - b) for a, b in zip(colours, recorded_colours, strict=False)), 0)

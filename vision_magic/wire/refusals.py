"""Refusals of servers: in which words each is said, what it means, and what to do about it.

`REFUSALS` is the whole knowledge. A refusal is recognised by the server's codes first, by its words next, and by the
HTTP status last; if nothing is recognised, the general advice for the status stands. Words change, so a pattern names
the object of the refusal and not a single word: "image formats are not supported" says nothing about the model.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from vision_magic.chat.request import FIELDS

__all__ = ["REFUSALS", "Refusal", "recognise"]


def _words(*patterns: str) -> str:
    return "|".join(patterns)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When a server refuses something, and not at the first call: compiling them all takes about 30 ms.
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One kind of refusal.

    Attributes
    ----------
    meaning : str
        What the server means, as a short phrase.
    advice : str
        The next step.
    detailed : callable or None
        Takes the words of the server and returns a next step that repeats a number in them; empty if there is none.
    codes : frozenset of str
        Codes that mean this, in lower case.
    within : str
        Pattern of words that must accompany a code; for refusals that share their code with others.
    words : str
        Pattern of words that mean this without a code.
    shared_codes : frozenset of str
        Codes that mean this if no words are known: servers use them for several refusals.
    statuses : frozenset of int
        HTTP statuses that mean this if the codes and words are not known.
    only : frozenset of int
        HTTP statuses with which the words mean this; any if empty.
    unless_wait : bool
        Whether the refusal is another one if the server says how long to wait.
    retry : bool or None
        Whether the same request may succeed; None if the HTTP status decides.
    """

    meaning: str
    advice: str
    detailed: Callable[[str], str] | None = None
    codes: frozenset[str] = frozenset()
    within: str = ""
    words: str = ""
    shared_codes: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()
    only: frozenset[int] = frozenset()
    unless_wait: bool = False
    retry: bool | None = False

    def next_step(self, words: str) -> str:
        """Return what to do, with the number that the server's words state."""
        return (self.detailed(words) if self.detailed is not None else "") or self.advice


def recognise(status: int, codes: Collection[str], words: str, *, waits: bool = False) -> Refusal | None:
    """Return what a server means, or None if that is not known.

    Parameters
    ----------
    status : int
        HTTP status.
    codes : collection of str
        All codes in the body, in lower case.
    words : str
        The message.
    waits : bool
        Whether the server says how long to wait.
    """
    rows = [row for row in REFUSALS if not (waits and row.unless_wait)]
    for row in rows:
        if not row.codes.isdisjoint(codes) and _compiled(row.within).search(words):
            return row
    for row in rows:
        if row.words and (not row.only or status in row.only) and _compiled(row.words).search(words):
            return row
    shared = next((row for row in rows if not row.shared_codes.isdisjoint(codes)), None)
    return shared or next((row for row in rows if status in row.statuses), None)


# -- numbers in the words --------------------------------------------------------------------------------------

_UNITS: Final = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_BYTES: Final = re.compile(
    r"(?<![\w.])(\d[\d,_]{0,15}(?:\.\d{1,6})?) ?(bytes?\b|([kmg])i?b(?:ytes?)?\b)", re.IGNORECASE
)
_PIXELS: Final = re.compile(
    r"(?<![\w.])(\d[\d,_]{0,15}(?:\.\d{1,3})?) ?(px\b|pixels?\b|mega ?pixels?\b|mpx?\b)", re.IGNORECASE
)
_BOX: Final = re.compile(r"(?<!\d)(\d{2,5}) ?[x×] ?(\d{2,5})(?!\d)", re.IGNORECASE)
_AREA: Final = 100_000  # pixels; more is not a side but a product of two
_COUNT: Final = re.compile(
    r"(?:at most|up to|max\w*(?: \w+){0,2}?(?: (?:is|of|are))?:?|limit(?: (?:is|of))?:?|more than|only(?:"
    + r" \w+)?|exceeds limit)"
    r" (\d{1,4}|one|a single|single)\b|\b(?:between \d+ and|exactly) (\d{1,4}|one)\b|accepts? (a single)\b",
    re.IGNORECASE,
)
_LIMIT: Final = re.compile(r"\b(?:max\w*|exceeds?|limit|at most|than)(?: [a-z]+){0,3}?:? (\d{3,9})\b", re.IGNORECASE)


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("_", ""))


def _byte_limit(words: str) -> str:
    # The smallest size is the limit: the size that was sent is larger. A picture grows by a third when it is sent, and
    # some servers count what was sent, so the advice leaves room for that.
    sizes = [_number(match[1]) * _UNITS.get((match[3] or "").lower(), 1) for match in _BYTES.finditer(words)]
    sizes = [size for size in sizes if 2_000 <= size < 1e12]
    return f"send fewer pictures, or smaller ones with --max-bytes {_rounded(min(sizes) * 0.75)}" if sizes else ""


def _rounded(number: float) -> int:
    """Round a number down to two digits."""
    unit: int = 10 ** (int(math.log10(number)) - 1)
    return int(number) // unit * unit


def _smaller_bytes(words: str) -> str:
    step = _byte_limit(words)
    return f"{{size}}{step}." if step else ""


def _smaller_side(words: str) -> str:
    found = [_number(match[1]) * (1e6 if match[2][0] in "mM" else 1) for match in _PIXELS.finditer(words)]
    found = found or [float(max(int(match[1]), int(match[2]))) for match in _BOX.finditer(words)]
    found += [float(match[1]) for match in _LIMIT.finditer(words)]
    found = [number for number in found if 50 <= number < 1e12]
    if not found:
        return ""
    limit = min(found)
    side = math.isqrt(int(limit)) if limit > _AREA else int(limit)
    return f"The picture has too many pixels for this server: shrink it with --max-side {side}."


def _fewer(words: str) -> str:
    match = _COUNT.search(words)
    count = next(filter(None, match.groups()), "0").lower() if match is not None else "0"
    if count in ("1", "one", "a single", "single") or re.search(r"multiple (?:images|pictures)", words, re.IGNORECASE):
        return _ONE
    if count == "0":
        return ""
    return (
        f"The server takes at most {count} pictures per question, those of earlier turns included: "
        "ask about fewer at a time, and leave the others out."
    )


_ONE: Final = "The server takes only one picture per question: ask about fewer at a time, and leave the others out."

# Fields with an option of their own; the rest goes by -p.
_OPTIONS: Final[Mapping[str, str]] = {
    **{name: f"--{name.replace('_', '-')}" for name in (*FIELDS, "detail")},
    "temperature": "-t",
    "reasoning_effort": "-p reasoning_effort=…",
}
_FIELD: Final = re.compile(r"([`'\"]?)\b([a-z_]+)\b")


def _leave_out(words: str) -> str:
    """Return the option of the field that the server names first; short names are words too, unless they are quoted."""
    named = (name for quote, name in _FIELD.findall(words) if quote or "_" in name or name == "temperature")
    name = next((name for name in named if name in _OPTIONS), "")
    return f"The server does not support {name} here: leave {_OPTIONS[name]} out." if name else ""


# -- the table -------------------------------------------------------------------------------------------------

_SMALLER: Final = "send fewer pictures, or smaller ones with --max-side 1024"
_TEXT_ONLY: Final = "This model does not accept pictures; %vision models lists those that do, if the server says so."
# Pictures as such, or the part of a message that holds one; "the image" alone is one picture, with a fault of its own.
_PART: Final = (
    r"(?:inputs?|contents?|parts?|blocks?|messages?|attachments?|modality|understanding|capabilit\w+|processing"
    r"|content (?:blocks?|parts?))"
)
_PICTURES: Final = (
    rf"[`'\"]?(?:(?:images|image_urls?|pictures|vision|multi-?modal)(?: {_PART})?|(?:image|picture) {_PART})[`'\"]?"
)
# What follows ends the clause, or names the model: "image formats", "images larger than" and "images in" are about
# something else.
_END: Final = (
    r"(?=\s*(?:$|[.,;:!)\]}'\"`(-]|that you provided|please"
    r"|(?:for|by|with|on) (?:(?:this|the|that|your|any) )?(?:\w+ )?"
    r"(?:model|provider|server|endpoint|deployment|backend)\b|by \S+$))"
)
# What precedes begins the clause: "animated images are not supported" is about something else.
_START: Final = r"(?:^|[.:;,(\"'`\]-] ?|\b(?:that|because|as|since|any|and|but|error) )"
_DOES_NOT_TAKE: Final = (
    r"(?<!messages )\bdo(?:es)?(?: not|n't) (?:currently |yet )?(?:support|accept|take|handle|have|allow)"
    r"(?: (?:the|any|an?))? "
)
_NOT_SUPPORTED: Final = r" ?(?:is|are|was|were)? ?(?:not|n't) (?:currently |yet )?(?:supported|enabled|accepted)"
_REQUEST_ERRORS: Final = frozenset({0, 400, 403, 404, 410, 422})

REFUSALS: Final = (
    # -- the account and the key -------------------------------------------------------------------------------
    Refusal(
        meaning="no credit",
        advice="The account behind the key has no credit left; waiting does not help.",
        codes=frozenset(
            {
                "insufficient_quota",
                "billing_hard_limit_reached",
                "billing_not_active",
                "insufficient_balance",
                "insufficient_credits",
                "insufficient_funds",
                "exceeded_current_quota_error",
                "billing_error",
            }
        ),
        words=_words(
            r"insufficient[ _](?:balance|credits?|funds)",
            r"credit balance is too low",
            r"余额不足",
            r"requires more credits",
            r"(?:no|out of|not have (?:any|enough)|n't have (?:any|enough)|used all (?:available |your )?) ?credits",
            r"exceeded your monthly included credits",
            r"reached its monthly spending limit",
            r"credit limit exceeded",
            r"key limit exceeded",
            r"account is (?:suspended|not active|in arrears)",
        ),
        statuses=frozenset({402}),
        unless_wait=True,
    ),
    Refusal(
        meaning="more tokens than the limit per minute",
        advice="This one question has more tokens than your plan allows in a minute, so waiting does not help: "
        f"lower --max-tokens, shorten the question or {_SMALLER}.",
        codes=frozenset({"rate_limit_exceeded", "tokens", "rate_limit_error"}),
        within=_words(r"request too large", r"reduce your message size", r"tokens must be reduced"),
    ),
    Refusal(
        meaning="quota used up",
        advice="The quota of this key is used up: it may come back with the next minute, day or month, or the account "
        "has no credit left. The server's page on usage says which.",
        words=_words(
            r"exceeded (?:your|the) (?:current |specified )?(?:\w+ )?(?:quota|usage)",
            r"quota (?:has been )?exceeded",
            r"reached your (?:specified )?(?:API )?usage limits?",
        ),
        retry=None,
    ),
    Refusal(
        meaning="too many requests",
        advice="Too many requests for this key or model: wait a moment, then run the cell again.",
        codes=frozenset({"rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "too_many_requests"}),
        words=_words(
            r"rate[ _-]?limit",
            r"too many requests",
            r"(?:requests?|tokens) per (?:second|minute|hour|day)",
            r"throttl(?:ed|ing)",
            r"resource (?:has been )?exhausted",
        ),
        statuses=frozenset({429}),
        retry=True,
    ),
    Refusal(
        meaning="the server is busy",
        advice="The server is busy or still loads the model: wait a moment, then run the cell again.",
        codes=frozenset(
            {"overloaded_error", "overloaded", "unavailable", "server_overloaded", "engine_overloaded_error"}
            | {"service_unavailable", "server_is_overloaded"}
        ),
        words=_words(
            r"\boverloaded\b",
            r"\b(?:at|over) capacity\b",
            r"capacity exceeded",
            r"currently loading|(?<!error )(?<!failed )loading model|model is (?:still )?loading",
            r"(?:experiencing|under) (?:unusually )?(?:high|heavy) (?:demand|load|traffic)",
            r"(?:server|model) (?:is )?(?:too )?busy",
            r"no (?:available )?(?:instances|capacity|workers)\b",
            r"temporarily unavailable",
            r"no healthy upstream",
        ),
        retry=True,
    ),
    Refusal(
        meaning="the region is not served",
        advice="The server does not answer requests from your region.",
        codes=frozenset({"unsupported_country_region_territory"}),
        words=_words(
            r"location is not supported",
            r"(?:country|region|territory)[^.]{0,30}not (?:supported|available|allowed)",
            r"not available in your (?:country|region)",
        ),
    ),
    Refusal(
        meaning="the key is wrong",
        advice="Check the key: it comes from %vision login or from the environment variable that the profile names.",
        codes=frozenset(
            {"invalid_api_key", "api_key_invalid", "authentication_error", "invalid_authentication_error"}
            | {"unauthenticated", "incorrect_api_key", "missing_api_key", "wrong_api_key"}
        ),
        words=_words(
            r"(?:incorrect|invalid|wrong|missing|malformed|expired|no) API[ _-]?key",
            r"API[ _-]?key\b[^.]{0,40}(?:not valid|invalid|expired|not found|missing|required|disabled"
            + r"|leaked|revoked|must be set)",
            r"provide an API[ _-]?key|missing authorization",
            r"no auth credentials",
            r"authentication fail",
            r"invalid (?:credentials|authentication|bearer token|subscription key|x-api-key)",
            r"(?:credentials|bearer token|access token|auth(?:entication)? token) (?:is|are) (?:invalid|wrong|expired"
            + r"|not valid)",
            r"invalid username or password",
            r"\bunauthorized\b",
        ),
        only=frozenset({0, 400, 401, 403, 500, 502, 503}),
        statuses=frozenset({401}),
    ),
    Refusal(
        meaning="the proxy wants a password",
        advice="A proxy on the way asks for a user name and password: put them into HTTPS_PROXY, as "
        "http://USER:PASSWORD@HOST:PORT.",
        statuses=frozenset({407}),
    ),
    Refusal(
        meaning="terms not accepted",
        advice="The provider wants its terms for this model accepted first, on the page that the message names.",
        codes=frozenset({"model_terms_required", "gated_repo"}),
        words=_words(
            r"terms acceptance",
            r"accept the (?:terms|license|conditions)",
            r"access to (?:the )?model .{0,80} is restricted",
        ),
    ),
    Refusal(
        meaning="your privacy settings exclude the model",
        advice="Your privacy settings at the provider exclude every server of this model: change them there, or choose "
        "another model.",
        words=_words(r"matching your data policy", r"guardrail restrictions and data policy"),
    ),
    # -- the model ---------------------------------------------------------------------------------------------
    Refusal(
        meaning="streaming needs a verified organisation",
        advice="Ask with --no-stream, or verify the organisation on the page that the message names.",
        words=_words(
            r"verified to (?:use )?stream",
            r"\bstream['\"`]? (?:must|should) be (?:set to )?false",
            r"[`'\"]?stream[`'\"]? does not support true",
            r"stream(?:ing)?[`'\"]?(?: mode)? (?:is )?(?:not supported|not enabled|unsupported)" + _END,
            r"does not support stream(?:ing)?" + _END,
        ),
    ),
    Refusal(
        meaning="only streaming is possible",
        advice="This model only streams: leave --no-stream out.",
        words=_words(
            r"only supports? stream",
            r"\bstream['\"`]? (?:must|should) be (?:set to )?true",
            r"(?:must|please) (?:enable|set) (?:the )?[`'\"]?stream",
        ),
    ),
    Refusal(
        meaning="the organisation is not verified",
        advice="Verify the organisation on the page that the message names, or choose another model.",
        words=_words(r"organi[sz]ation must be verified"),
    ),
    Refusal(
        meaning="functions need another setting",
        advice="This model takes functions in Chat Completions only without reasoning: leave --tools out, set "
        "-p reasoning_effort=none, or choose another model.",
        words=_words(r"tools? (?:with|and) reasoning_effort"),
    ),
    Refusal(
        meaning="the model needs the Responses API",
        advice="This model only answers the Responses API, which vision_magic does not speak: choose another model.",
        words=_words(
            r"only (?:supported|available) (?:in|with|through|via) (?:the )?[/`'\"]*(?:v1/)?responses",
            r"only (?:the )?[/`'\"]*v1/responses|use (?:the )?(?:[/`'\"]*v1/responses|responses (?:api|endpoint))",
        ),
    ),
    Refusal(
        meaning="not a chat model",
        advice="This model does not answer chat requests: choose a chat model that takes pictures.",
        codes=frozenset({"operationnotsupported"}),
        words=_words(
            r"not a chat model",
            r"does not support chat(?: completions?)?\b",
            r"not supported for generateContent",
            r"chatCompletion operation does not work",
        ),
    ),
    Refusal(
        meaning="the model was withdrawn",
        advice="The server has withdrawn this model: choose another one.",
        codes=frozenset({"model_decommissioned", "model_deprecated", "model_retired"}),
        words=_words(
            r"model\b.{0,100}\b(?:decommissioned|deprecated|retired|sunset|discontinued|no longer (?:supp|avail|off))"
        ),
        only=_REQUEST_ERRORS,
    ),
    Refusal(
        meaning="no model is loaded",
        advice="The server has not loaded a model: load one there first.",
        words=_words(r"no models? (?:is |are )?(?:currently )?loaded"),
    ),
    # -- pictures: how many, how large, in which form -----------------------------------------------------------
    Refusal(
        meaning="too many pictures",
        advice="The server limits the number of pictures per question: ask about fewer at a time.",
        detailed=_fewer,
        codes=frozenset({"too_many_images"}),
        words=_words(
            r"(?:at most|up to|max\w*(?: of)?|more than|no more than|limit of|only(?: \w+)?) (?!0\b)(?:\d{1,4}"
            + r"|one|a single)"
            r" (?:images?|pictures?)\b(?! (?:tokens?|formats?|types?|pixels?|bytes|per (?:minute|hour|day|month)))",
            r"too many (?:images?|pictures?)",
            r"max\w* number of (?:images|pictures)\b(?! per (?:minute|hour|day|month))",
            r"(?:exactly|only(?: \w+)?|accepts?|takes?) (?:a |one )?single[ -](?:image|picture)"
            + r"|exactly one (?:image|picture)",
            r"(?:image|picture) count\b.{0,30}exceed",
            r"number of (?:images|pictures)\b.{0,60}(?:exceed|limit|at most|max|between)",
            r"(?:multiple|several) (?:images|pictures) (?:are |is )?(?:not|n't)",
            r"(?:not|n't) (?:currently )?(?:support|accept|allow|take) (?:multiple|several) (?:images|pictures)",
        ),
    ),
    Refusal(
        meaning="the picture is too small",
        advice="The picture is too small for this server: pass a larger one.",
        words=_words(
            r"(?:image|picture)\b.{0,120}\b(?:must|should|needs? to|has to) be (?:larger|greater|bigger|more|at least)",
            r"\b(?:height|width):\d+.{0,80}must be larger",
            r"(?:image|picture) is too small",
            r"(?:image|picture)\b.{0,40}(?:below|smaller than) the minimum",
        ),
    ),
    Refusal(
        meaning="the picture has too many pixels",
        advice="The picture has too many pixels for this server: shrink it with --max-side 1024.",
        detailed=_smaller_side,
        words=_words(
            r"(?:images?|pictures?) larger than \d+ ?[x×p]",
            r"(?:image|picture)\b.{0,40}\b(?:too large|too big|exceed\w*|limit)\b.{0,60}\d ?m(?:ega)?p(?:ixels?)?\b",
            r"dimensions?\b.{0,80}(?:exceed|too large|larger than|not supported|maximum|at most)",
            r"(?:exceed|larger than|more than|max\w*|at most)\b.{0,60}(?:pixels?\b|megapixels?|\bm?px\b)",
            r"too many pixels|pixels?\b.{0,30}\bmax|max\w* (?:image|picture) (?:side|width|height)",
            r"(?:image|picture)\b.{0,40}(?:width|height|resolution|side)\b.{0,40}(?:exceed|too (?:large|high|big)"
            + r"|larger than)",
        ),
    ),
    Refusal(
        meaning="max_tokens is too large",
        advice="Lower --max-tokens (or --max-completion-tokens).",
        words=_words(
            r"max_(?:completion_|output_|new_)?tokens?['\"`]?(?: or ['\"`]?max_completion_tokens['\"`]?)? (?:is"
            + r" )?too (?:large|high|big)",
            r"max_(?:completion_)?tokens['\"`]? must be (?:less|at most|smaller|<)",
            r"max_tokens: \d+ >",
            r"(?:^|[:.] ?)[`'\"]?max_(?:completion_|new_)?tokens['\"`]?:? (?:exceeds|(?:cannot|must not) exceed"
            + r"|(?:must|should) be (?:less|at most|smaller|no more|between|<))",
            r"valid range of max_tokens",
            r"at most \d+ (?:completion|output) tokens",
            r"maximum tokens you requested exceeds",
        ),
    ),
    Refusal(
        meaning="the question is too long",
        advice="The pictures and the question do not fit into the model's context: shorten the question or "
        f"{_SMALLER}.",
        codes=frozenset({"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}),
        words=_words(
            r"context[ _-]?(?:length|window|size|limit)",
            r"maximum context",
            r"(?:prompt|input|request|conversation)(?: is)? too long",
            r"tokens?(?: count)?\b.{0,20}\bexceeds?\b|token limit exceeded",
            r"tokens? in the (?:prompt|input|request|messages)\b.{0,40}\bexceeds?\b",
            r"(?:max_tokens|messages|prompt|input)\b.{0,30}\blengths? exceeds? (?:the )?(?:model|context)",
            r"reduce (?:your|the) (?:prompt|input)",
            r"prompt \(length \d+\)",
            r"longer than the (?:maximum )?model(?:'s)? (?:length|context)",
            r"too many (?:input |prompt )?tokens",
            r"input token count",
            r"maximum prompt length",
            r"tokens?,? which exceeds",
            r"must have less than \d+ tokens",
            r"[`'\"]?inputs?[`'\"]?(?: tokens)? \+ [`'\"]?max_new_tokens",
            r"input is too large to process",
            r"range of input length",
            r"length of the messages",
            r"exceeds? (?:the )?(?:model's )?max(?:imum)? (?:message |input |number of )?tokens",
            r"context the overflows|tokens to keep from the initial prompt",
        ),
    ),
    Refusal(
        meaning="too many bytes",
        advice=f"{{size}}{_SMALLER}.",
        detailed=_smaller_bytes,
        codes=frozenset({"request_too_large", "payload_too_large", "image_too_large", "request_entity_too_large"}),
        words=_words(
            r"(?:request|payload|body|content)\b.{0,40}(?:too large|exceeds?\b.{0,30}(?:size|limit|maximum|bytes))",
            r"(?:image|picture|file)s?\b.{0,40}(?:too large|too big|exceeds?\b.{0,60}(?:size|limit|maximum|bytes"
            + r"|[km]i?b\b))",
            r"(?:image|picture|file|request|body|payload)s?\b.{0,40}(?:exceeds?|less than|smaller than|under|at most"
            + r"|larger than|greater than|max\w*)\b.{0,30}\d ?(?:[kmg]i?b|bytes)\b",
            r"max(?:imum)? (?:image|request|file|payload|body) size",
            r"(?:image|file) size (?:must|should|is|limit)",
        ),
        statuses=frozenset({413}),
    ),
    Refusal(
        meaning="addresses of pictures are refused",
        advice="The server does not fetch a picture from this address: download it here, with vm.url(…, fetch=True).",
        codes=frozenset({"invalid_image_url"}),
        words=_words(
            r"image (?:urls?|links?)\b[^.]{0,40}(?:not (?:\w+ )?(?:supported|accepted|allowed)|unsupported|disabled)",
            r"(?:not|n't) (?:currently )?(?:support|accept|allow)\w* (?:\w+ )?(?:remote |external |https? ?)?"
            + r"(?:image )?(?:urls|links)\b",
            r"(?:fail|unable|could not|cannot|error)\w*[^.]{0,30}(?:download|fetch|retriev|access)\w*[^.]{0,40}"
            + r"(?:image|picture|url|file|https?:)",
            r"only (?:supports? )?(?:base64|data ur[il]s?)|must be a data ur[il]",
        ),
    ),
    Refusal(
        meaning="the picture cannot be read",
        advice="The server cannot read this picture. It is sent as PNG or JPEG: --max-side 1024 encodes it anew.",
        codes=frozenset(
            {"invalid_image_format", "unsupported_image_media_type", "invalid_image", "image_parse_error"}
            | {"unsupported_image_format", "invalid_base64_image"}
        ),
        words=_words(
            r"(?:image|picture|media|mime)[ _-]?(?:format|(?:media |mime )?type)s?\b[^.]{0,60}"
            r"(?:not supported|unsupported|not allowed|invalid|unknown|must be)",
            r"unsupported (?:image|picture|media|mime)(?: (?:format|type|media))?\b"
            + r"(?! (?:input|content|url|detail|size))",
            r"(?:not|n't) support\w* (?:this |the )?image (?:format|type)",
            r"\bmedia_type: input should be",
            r"(?:not|n't) support\w* (?:\w+ )?(?:image/)?(?:webp|gif|png|jpe?g|bmp|tiff|svg|avif|heic)\b",
            r"one the following formats|one of the following formats",
            r"could not process image|unable to process (?:the |this )?(?:input )?image\b",
            r"cannot identify image",
            r"(?:animated|transparent|gr[ae]yscale|CMYK|16-bit) (?:images?|gifs?)\b.{0,30}(?:not|un)[ -]?support",
            r"(?:fail\w*|unable|could not|cannot|error) (?:to )?(?:decod|load|read|pars|open|identify)\w* (?:the "
            + r"|this |input |base64 )*image\b",
            r"invalid (?:base64[ -])?image\b(?! (?:url|size|input|dimension|detail|count))",
            r"image (?:data )?is (?:invalid|corrupt|truncated|not (?:a )?valid)",
        ),
    ),
    # -- what the model cannot do --------------------------------------------------------------------------------
    Refusal(
        meaning="the model takes no pictures",
        advice=_TEXT_ONLY,
        words=_words(
            r"unknown variant .?image_url",
            r"(?:unsupported|unexpected|invalid|unknown) (?:\w+ )?(?:content|item|part)[ \w]{0,30}:? ?['\"`]?image_url"
            + r"['\"`]?\s*(?:$|[.,;)])",
            r"content\b.{0,20}\btype\b.{0,20}(?:should|must) be (?:one of )?'text'(?! or|,)",
            r"(?:unsupported|invalid|unknown) (?:input )?modality:? ?['\"`]?(?:image|vision)",
            r"modality ['\"`]?(?:image|vision)['\"`]?" + _NOT_SUPPORTED,
            r"(?:content type|type) ['\"`]?image_url['\"`]?" + _NOT_SUPPORTED,
            r"image_url['\"`]? (?:is )?unsupported",
            r"cannot unmarshal array into Go (?:struct field|value)\b.{0,60}\bof type string",
            r"is not of type 'string'.{0,20}messages\b.{0,12}content",
            r"is (?:a )?text[- ]only\b|accepts? text (?:input )?only\b",
            r"model\b[^.]{0,60} can only (?:process|read|handle|take|accept|understand) text\b",
            r"\bcan(?:not| not|'t) (?:process|see|handle|take|accept|understand|view) (?:any )?(?:images|pictures)"
            + _END,
            r"\bdo(?:es)?(?: not|n't) (?:support|accept|take) visual (?:inputs?|contents?)",
            r"^only text (?:content|inputs?|messages?|prompts?) (?:is|are) (?:supported|allowed|accepted)",
            r"expected content to be a string",
            r"expected (?:a )?string,? (?:but )?got (?:a |an )?(?:list|array)\b.{0,30}content",
            r"invalid type: sequence, expected a string",
            r"untagged enum ChatCompletionRequest\w*Content",
            r"^(?!.*(?:\btool\b|list\[)).*content\b[^.]{0,40}?\b(?:must|should) be (?:of type |a )?(?:valid"
            + r" )?['\"]?str(?:ing)?\b",
            r"^(?!.*(?:\btool\b|list\[)).*content\b.{0,40}(?:str type expected|'array' not in 'string')",
            r"image_url is only supported by certain models",
            _DOES_NOT_TAKE + _PICTURES + _END,
            r"\bdo(?:es)?(?: not|n't) support (?:an )?image" + _END,
            _START + _PICTURES + _NOT_SUPPORTED + _END,
            r"(?:not|n't) (?:a |an )?(?:multi-?modal|vision)(?:[ -](?:capable|language|enabled))?",
            r"text-only (?:model|server|endpoint)",
            r"(?:model|endpoint|server)\b[^.]{0,60} only (?:supports?|accepts?|takes?|handles?) text(?: "
            + r"(?:inputs?|contents?|messages?|prompts?))?"
            + _END,
            r"expects a single .?text.? element per message",
            r"no endpoints found that support image",
            r"\bmmproj\b",
            r"missing data required for image input",
            r"vision (?:add-on|model|adapter) is not loaded",
            r"at most 0 images?",
            r"image_url['\"`]?\. Supported values are: 'text'",
        ),
    ),
    Refusal(
        meaning="no system prompt is taken",
        advice="This model takes no system prompt: leave -s out (and system in the profile); say it in the question.",
        words=_words(
            r"system (?:role|prompt|message|instruction)s?\b[^.]{0,40}(?:not supported|unsupported|not enabled"
            + r"|not allowed)",
            r"(?:not|n't) support (?:the |a )?['\"`]?system['\"`]?(?: (?:role|prompt|message|instruction)s?)?\b",
            r"(?:invalid|unknown|unsupported) role:? ['\"`]?(?:system|developer)\b",
            r"role:? ['\"`]?(?:system|developer)['\"`]? (?:is |are )?(?:not (?:supported|allowed)|unsupported)",
            r"(?:developer|system) instruction is not enabled",
            r"only user(?:,| and) assistant(?:,? and tool)? roles",
        ),
    ),
    Refusal(
        meaning="the template of the model refuses the messages",
        advice="The model's chat template refuses these messages: leave -s out, or ask in a new conversation.",
        words=_words(r"roles must alternate", r"\bjinja\b", r"chat[ _]template\b.{0,60}(?:fail|error|exception|not)"),
    ),
    Refusal(
        meaning="functions are not supported",
        advice="This model or server does not call functions: leave --tools out.",
        words=_words(
            r"(?:not|n't) support (?:the )?(?:tools?|functions?)(?: (?:us(?:e|age)|call(?:s|ing)?))?\b(?!_choice)",
            r"(?:tools?|functions?)(?: (?:use|call(?:s|ing)?))?[`'\"]? (?:is|are) not (?:supported|enabled)",
            r"endpoints found that support tool",
            r"enable-auto-tool-choice",
            r"tools param requires",
        ),
    ),
    Refusal(
        meaning="the schema is refused",
        advice="The server does not accept this schema: simplify it, or leave --schema and --response-format out.",
        codes=frozenset({"invalid_json_schema"}),
        words=_words(
            r"invalid schema for response_format",
            r"response_format\b[^.]{0,80}(?:not supported|unsupported|not available|unavailable|invalid|must be)",
            r"json_schema['\"`]? (?:is )?(?:not supported|unsupported)",
            r"(?:not|n't) support[^.]{0,30}(?:response_format|json_schema|json mode|structured outputs?)",
        ),
    ),
    Refusal(
        meaning="this level of detail is not supported",
        advice="This model does not have this level of detail: choose another one with --detail, or leave it out.",
        words=_words(
            r"image_url['\"`]?\.detail\b[^.]{0,60}(?:must be|should be|one of|not supported|unsupported|invalid)",
            r"(?:unsupported|not support|invalid) (?:the )?image detail",
            r"supported values are: (?=[^\n]*'auto')[^\n]*'low'",
            r"input should be (?=[^\n]*'auto')[^\n]*'low'",
        ),
        only=frozenset({0, 400, 422}),
    ),
    Refusal(
        meaning="an option is refused",
        advice="The server does not support one of the options; leave it out.",
        detailed=_leave_out,
        shared_codes=frozenset({"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"}),
        words=_words(
            r"unsupported (?:parameter|value)",
            r"(?:unrecogni[sz]ed|unknown) (?:request )?(?:argument|parameter|field|name)\b",
            r"extra (?:inputs|fields|parameters) (?:are )?not (?:permitted|allowed)",
            r"\b(?:temperature|top_p|top_k|seed|stop|n|logprobs|logit_bias|presence_penalty|frequency_penalty"
            + r"|reasoning_effort)['\"`]?"
            r"[^.]{0,40}(?:not supported|not support|unsupported|cannot both be)",
        ),
        only=frozenset({0, 400, 422, 500}),
    ),
    Refusal(
        meaning="the content is refused",
        advice="The server's content filter refuses the question or a picture: change them.",
        codes=frozenset(
            {"content_filter", "content_policy_violation", "data_inspection_failed", "responsibleaipolicyviolation"}
            | {"moderation_blocked", "sexual_content"}
        ),
        words=_words(
            r"content management policy",
            r"(?:violat\w*|against|trigger\w*|blocked by|due to)\b.{0,40}(?:content|usage) (?:policy|filter)",
            r"safety system",
            r"inappropriate content",
            r"flagged (?:by|for|as) ",
        ),
    ),
    Refusal(
        meaning="unknown model",
        advice="Check the name of the model; %vision models lists those of the server.",
        codes=frozenset({"deploymentnotfound"}),
        shared_codes=frozenset({"model_not_found", "invalid_model", "model_not_available", "model_not_supported"}),
        words=_words(
            r"no such model|unknown model|invalid model\b",
            r"not a valid model",
            r"model not exist|^model \S+ is not supported",
            r"no endpoints found for",
            r"model\b.{0,100}\b(?:not found|not exist|does not exist|not available|not supported by (?:any )?provider)",
            r"unable to access (?:non-serverless )?model",
        ),
        only=_REQUEST_ERRORS,
    ),
    Refusal(
        meaning="the machine has too little memory",
        advice="The server's machine has too little memory for this model: choose a smaller one.",
        words=_words(r"requires more system memory", r"out of memory|outofmemory"),
    ),
    Refusal(
        meaning="http at an https port",
        advice="The server speaks https at this port: let the base URL begin with https://.",
        words=_words(r"HTTP request (?:was sent )?to (?:an )?HTTPS"),
    ),
    Refusal(
        meaning="a firewall refuses",
        advice="A firewall in front of the server refuses this request, perhaps because of the network or VPN that it "
        "comes from.",
        words=_words(
            r"attention required! \| cloudflare",
            r"you have been blocked",
            r"just a moment\.\.\.",
            r"error code: 10\d\d\b",
        ),
    ),
)
"""Every kind of refusal that is recognised; of two that match, the earlier one."""

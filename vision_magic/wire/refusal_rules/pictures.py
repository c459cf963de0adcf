"""Refusals about pictures and the length of the question: how many, how large, in which form."""

from __future__ import annotations

from typing import Final

from vision_magic.wire.refusal_rules.next_steps import fewer, smaller_bytes, smaller_side
from vision_magic.wire.refusal_rules.rule import SMALLER, Refusal, any_of

__all__ = ["PICTURES"]

PICTURES: Final = (
    Refusal(
        meaning="too many pictures",
        advice="The server limits the number of pictures per question: ask about fewer at a time.",
        detailed=fewer,
        codes=frozenset({"too_many_images"}),
        words=any_of(
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
        words=any_of(
            r"(?:image|picture)\b.{0,120}\b(?:must|should|needs? to|has to) be (?:larger|greater|bigger|more|at least)",
            r"\b(?:height|width):\d+.{0,80}must be larger",
            r"(?:image|picture) is too small",
            r"(?:image|picture)\b.{0,40}(?:below|smaller than) the minimum",
        ),
    ),
    Refusal(
        meaning="the picture has too many pixels",
        advice="The picture has too many pixels for this server: shrink it with --max-side 1024.",
        detailed=smaller_side,
        words=any_of(
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
        words=any_of(
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
        advice=f"The pictures and the question do not fit into the model's context: shorten the question or {SMALLER}.",
        codes=frozenset({"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}),
        words=any_of(
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
        advice=f"{{size}}{SMALLER}.",
        detailed=smaller_bytes,
        codes=frozenset({"request_too_large", "payload_too_large", "image_too_large", "request_entity_too_large"}),
        words=any_of(
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
        words=any_of(
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
        words=any_of(
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
)

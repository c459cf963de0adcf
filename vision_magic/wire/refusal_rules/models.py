"""Refusals about the model as a whole: how it answers, and whether it is there."""

from __future__ import annotations

from typing import Final

from vision_magic.wire.refusal_rules.rule import END, REQUEST_ERRORS, Refusal, any_of

__all__ = ["MODELS"]

MODELS: Final = (
    Refusal(
        meaning="streaming needs a verified organisation",
        advice="Ask with --no-stream, or verify the organisation on the page that the message names.",
        words=any_of(
            r"verified to (?:use )?stream",
            r"\bstream['\"`]? (?:must|should) be (?:set to )?false",
            r"[`'\"]?stream[`'\"]? does not support true",
            r"stream(?:ing)?[`'\"]?(?: mode)? (?:is )?(?:not supported|not enabled|unsupported)" + END,
            r"does not support stream(?:ing)?" + END,
        ),
    ),
    Refusal(
        meaning="only streaming is possible",
        advice="This model only streams: leave --no-stream out.",
        words=any_of(
            r"only supports? stream",
            r"\bstream['\"`]? (?:must|should) be (?:set to )?true",
            r"(?:must|please) (?:enable|set) (?:the )?[`'\"]?stream",
        ),
    ),
    Refusal(
        meaning="the organisation is not verified",
        advice="Verify the organisation on the page that the message names, or choose another model.",
        words=any_of(r"organi[sz]ation must be verified"),
    ),
    Refusal(
        meaning="functions need another setting",
        advice="This model takes functions in Chat Completions only without reasoning: leave --tools out, set "
        "-p reasoning_effort=none, or choose another model.",
        words=any_of(r"tools? (?:with|and) reasoning_effort\b.{0,200}\bset reasoning_effort"),
    ),
    Refusal(
        meaning="functions need the Responses API",
        advice="Beside reasoning, this model takes functions only in the Responses API, which vision_magic does not "
        "speak: leave --tools or reasoning_effort out, or choose another model.",
        words=any_of(r"tools? (?:with|and) reasoning_effort"),
    ),
    Refusal(
        meaning="the model needs the Responses API",
        advice="This model only answers the Responses API, which vision_magic does not speak: choose another model.",
        words=any_of(
            r"only (?:supported|available) (?:in|with|through|via) (?:the )?[/`'\"]*(?:v1/)?responses",
            r"only (?:the )?[/`'\"]*v1/responses|use (?:the )?(?:[/`'\"]*v1/responses|responses (?:api|endpoint))",
        ),
    ),
    Refusal(
        meaning="not a chat model",
        advice="This model does not answer chat requests: choose a chat model that takes pictures.",
        codes=frozenset({"operationnotsupported"}),
        words=any_of(
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
        words=any_of(
            r"model\b.{0,100}\b(?:decommissioned|deprecated|retired|sunset|discontinued|no longer (?:supp|avail|off))"
        ),
        only=REQUEST_ERRORS,
    ),
    Refusal(
        meaning="no model is loaded",
        advice="The server has not loaded a model: load one there first.",
        words=any_of(r"no models? (?:is |are )?(?:currently )?loaded"),
    ),
)

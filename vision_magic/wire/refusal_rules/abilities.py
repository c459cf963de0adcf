"""Refusals of what a model cannot do, of options and of content, and the causes outside of the request."""

from __future__ import annotations

from typing import Final

from vision_magic.wire.refusal_rules.next_steps import ASK_FOR_MODELS, leave_out
from vision_magic.wire.refusal_rules.rule import END, NOT_SUPPORTED, REQUEST_ERRORS, Refusal, any_of

__all__ = ["ABILITIES"]

_TEXT_ONLY: Final = "This model does not accept pictures; %vision models lists those that do, if the server says so."
# Pictures as such, or the part of a message that holds one; "the image" alone is one picture, with a fault of its own.
_PART: Final = (
    r"(?:inputs?|contents?|parts?|blocks?|messages?|attachments?|modality|understanding|capabilit\w+|processing"
    r"|content (?:blocks?|parts?))"
)
_PICTURES: Final = (
    rf"[`'\"]?(?:(?:images|image_urls?|pictures|vision|multi-?modal)(?: {_PART})?|(?:image|picture) {_PART})[`'\"]?"
)
# What precedes begins the clause: "animated images are not supported" is about something else.
_START: Final = r"(?:^|[.:;,(\"'`\]-] ?|\b(?:that|because|as|since|any|and|but|error) )"
_DOES_NOT_TAKE: Final = (
    r"(?<!messages )\bdo(?:es)?(?: not|n't) (?:currently |yet )?(?:support|accept|take|handle|have|allow)"
    r"(?: (?:the|any|an?))? "
)

ABILITIES: Final = (
    Refusal(
        meaning="the model takes no pictures",
        advice=_TEXT_ONLY,
        words=any_of(
            r"unknown variant .?image_url",
            r"(?:unsupported|unexpected|invalid|unknown) (?:\w+ )?(?:content|item|part)[ \w]{0,30}:? ?['\"`]?image_url"
            + r"['\"`]?\s*(?:$|[.,;)])",
            r"content\b.{0,20}\btype\b.{0,20}(?:should|must) be (?:one of )?'text'(?! or|,)",
            r"(?:unsupported|invalid|unknown) (?:input )?modality:? ?['\"`]?(?:image|vision)",
            r"modality ['\"`]?(?:image|vision)['\"`]?" + NOT_SUPPORTED,
            r"(?:content type|type) ['\"`]?image_url['\"`]?" + NOT_SUPPORTED,
            r"image_url['\"`]? (?:is )?unsupported",
            r"cannot unmarshal array into Go (?:struct field|value)\b.{0,60}\bof type string",
            r"is not of type 'string'.{0,20}messages\b.{0,12}content",
            r"is (?:a )?text[- ]only\b|accepts? text (?:input )?only\b",
            r"model\b[^.]{0,60} can only (?:process|read|handle|take|accept|understand) text\b",
            r"\bcan(?:not| not|'t) (?:process|see|handle|take|accept|understand|view) (?:any )?(?:images|pictures)"
            + END,
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
            _DOES_NOT_TAKE + _PICTURES + END,
            r"\bdo(?:es)?(?: not|n't) support (?:an )?image" + END,
            _START + _PICTURES + NOT_SUPPORTED + END,
            r"(?:not|n't) (?:a |an )?(?:multi-?modal|vision)(?:[ -](?:capable|language|enabled))?",
            r"text-only (?:model|server|endpoint)",
            r"(?:model|endpoint|server)\b[^.]{0,60} only (?:supports?|accepts?|takes?|handles?) text(?: "
            + r"(?:inputs?|contents?|messages?|prompts?))?"
            + END,
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
        words=any_of(
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
        words=any_of(r"roles must alternate", r"\bjinja\b", r"chat[ _]template\b.{0,60}(?:fail|error|exception|not)"),
    ),
    Refusal(
        meaning="reasoning of earlier answers is missing",
        advice="This model wants its own reasoning back with its earlier answers, and some of these came from another "
        "model or server, or are incomplete: ask in a new conversation.",
        words=any_of(
            r"missing a [`'\"]?thought_signature",
            r"(?:corrupted|invalid) thought[ _]signature|thought[ _]signature (?:is )?(?:not valid|invalid)",
            r"\b(?:reasoning_content|thinking)\b.{0,60} must be passed back",
        ),
    ),
    Refusal(
        meaning="functions are not supported",
        advice="This model or server does not call functions: leave --tools out.",
        words=any_of(
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
        words=any_of(
            r"invalid schema for response_format",
            r"response_format\b[^.]{0,80}(?:not supported|unsupported|not available|unavailable|invalid|must be)",
            r"json_schema['\"`]? (?:is )?(?:not supported|unsupported)",
            r"(?:not|n't) support[^.]{0,30}(?:response_format|json_schema|json mode|structured outputs?)",
        ),
    ),
    Refusal(
        meaning="this level of detail is not supported",
        advice="This model does not have this level of detail: choose another one with --detail, or leave it out.",
        words=any_of(
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
        detailed=leave_out,
        shared_codes=frozenset({"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"}),
        words=any_of(
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
        words=any_of(
            r"content management policy",
            r"(?:violat\w*|against|trigger\w*|blocked by|due to)\b.{0,40}(?:content|usage) (?:policy|filter)",
            r"safety system",
            r"inappropriate content",
            r"flagged (?:by|for|as) ",
        ),
    ),
    Refusal(
        meaning="unknown model",
        advice=f"Check the name of the model{ASK_FOR_MODELS}",
        codes=frozenset({"deploymentnotfound"}),
        shared_codes=frozenset({"model_not_found", "invalid_model", "model_not_available", "model_not_supported"}),
        words=any_of(
            r"no such model|unknown model|invalid model\b",
            r"not a valid model",
            r"model not exist|^model \S+ is not supported",
            r"no endpoints found for",
            r"model\b.{0,100}\b(?:not found|not exist|does not exist|not available|not supported by (?:any )?provider)",
            r"unable to access (?:non-serverless )?model",
        ),
        only=REQUEST_ERRORS,
    ),
    Refusal(
        meaning="the machine has too little memory",
        advice="The server's machine has too little memory for this model: choose a smaller one.",
        words=any_of(r"requires more system memory", r"out of memory|outofmemory"),
    ),
    Refusal(
        meaning="http at an https port",
        advice="The server speaks https at this port: begin the base URL with https://.",
        words=any_of(r"HTTP request (?:was sent )?to (?:an )?HTTPS"),
    ),
    Refusal(
        meaning="a firewall refuses",
        advice="A firewall in front of the server refuses this request, perhaps because of the network or VPN that it "
        "comes from.",
        words=any_of(
            r"attention required! \| cloudflare",
            r"you have been blocked",
            r"just a moment\.\.\.",
            r"error code: 10\d\d\b",
        ),
    ),
)

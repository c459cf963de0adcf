"""Refusals of real servers, word for word in the shape of each: what is said, what it means, what to do.

Keys, organisations and request ids are invented. A row is the server, the HTTP status, the body, the meaning in
`REFUSALS` ("" for none), and a phrase of the advice.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

__all__ = ["EXAMPLES", "GENERAL", "Example"]


class Example(NamedTuple):
    """One refusal."""

    server: str
    status: int
    body: object
    meaning: str
    advice: str

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


def openai(
    message: str, *, type: str = "invalid_request_error", code: str | None = None, param: str | None = None
) -> Any:
    """Return the body of OpenAI, Azure, Groq, DeepSeek and many others."""
    return {"error": {"message": message, "type": type, "param": param, "code": code}}


def vllm(message: str, type: str = "BadRequestError", code: int = 400) -> Any:
    return {"object": "error", "message": message, "type": type, "param": None, "code": code}


def gemini(message: str, status: str = "INVALID_ARGUMENT", code: int = 400, details: Any = None) -> Any:
    error = {"code": code, "message": message, "status": status}
    return [{"error": error | ({"details": details} if details else {})}]


def openrouter(message: str, code: int, **metadata: Any) -> Any:
    return {
        "error": {"message": message, "code": code, **({"metadata": metadata} if metadata else {})},
        "user_id": "u_1",
    }


def anthropic(message: str, type: str = "invalid_request_error") -> Any:
    return {"type": "error", "error": {"type": type, "message": message}, "request_id": "req_1"}


def llamacpp(message: str, code: int = 500, type: str = "server_error") -> Any:
    return {"error": {"code": code, "message": message, "type": type}}


def tgi(message: str, error_type: str = "validation") -> Any:
    return {"error": message, "error_type": error_type}


def page(title: str) -> str:
    return f"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body></html>"


_QUOTA = "You exceeded your current quota, please check your plan and billing details."
_RETRY_INFO = [
    {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests"}],
    },
    {"@type": "type.googleapis.com/google.rpc.Help", "links": [{"description": "Learn more about Gemini API quotas"}]},
    {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"},
]

EXAMPLES = (
    # -- D1: no credit, and what is not ------------------------------------------------------------------------
    Example(
        "OpenAI",
        429,
        openai(_QUOTA, type="insufficient_quota", code="insufficient_quota"),
        "no credit",
        "no credit left",
    ),
    Example(
        "OpenAI",
        400,
        openai("Billing hard limit has been reached", code="billing_hard_limit_reached"),
        "no credit",
        "no credit left",
    ),
    Example(
        "OpenAI",
        429,
        openai(
            "Your account is not active, please check your billing details on our website.",
            type="billing_not_active",
            code="billing_not_active",
        ),
        "no credit",
        "no credit left",
    ),
    Example("DeepSeek", 402, openai("Insufficient Balance", type="unknown_error"), "no credit", "no credit left"),
    Example(
        "OpenRouter",
        402,
        openrouter(
            "This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only "
            "afford 4300. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account",
            402,
        ),
        "no credit",
        "no credit left",
    ),
    Example(
        "OpenRouter",
        402,
        openrouter("Insufficient credits. Add more using https://openrouter.ai/settings/credits", 402),
        "no credit",
        "no credit left",
    ),
    Example(
        "Anthropic",
        400,
        anthropic(
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or "
            "purchase credits."
        ),
        "no credit",
        "no credit left",
    ),
    Example(
        "xAI",
        429,
        {
            "code": "Some resource has been exhausted",
            "error": "Your team 16f2151a-40f4-4a80-8ad0-cae00c27e8dd has either used all available "
            "credits or reached its "
            "monthly spending limit. To continue making API requests, please purchase more credits or raise your "
            "spending limit.",
        },
        "no credit",
        "no credit left",
    ),
    Example(
        "HF router",
        402,
        {"error": "You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO."},
        "no credit",
        "no credit left",
    ),
    Example(
        "Together",
        402,
        openai(
            "Credit limit exceeded, please navigate to https://api.together.xyz/settings/billing to "
            "upgrade your account.",
            type="credit_limit",
        ),
        "no credit",
        "no credit left",
    ),
    Example(
        "Zhipu",
        429,
        {"error": {"code": "1113", "message": "余额不足或无可用资源包,请充值。"}},
        "no credit",
        "no credit left",
    ),
    Example(
        "HF router",
        429,
        {"error": "Model too busy, unable to get response in less than 60 second(s)"},
        "the server is busy",
        "busy",
    ),
    Example(
        "Gemini",
        429,
        gemini(f"{_QUOTA} Please retry in 34.074824224s.", "RESOURCE_EXHAUSTED", 429, _RETRY_INFO),
        "too many requests",
        "Too many requests: the server asks you to wait 35 s.",
    ),
    Example(
        "Gemini",
        429,
        gemini(_QUOTA, "RESOURCE_EXHAUSTED", 429, _RETRY_INFO),
        "too many requests",
        "asks you to wait 34 s.",
    ),
    Example(
        "Gemini",
        429,
        {
            "error": {
                "message": json.dumps(
                    {
                        "error": {
                            "code": 429,
                            "message": "Resource has been exhausted (e.g. check quota).",
                            "status": "RESOURCE_EXHAUSTED",
                        }
                    }
                ),
                "code": 429,
                "status": "Too Many Requests",
            }
        },
        "too many requests",
        "wait a moment",
    ),
    Example(
        "Groq",
        429,
        openai(
            "Rate limit reached for model `llama-3.3-70b-versatile` in organization `org_01k` "
            "service tier `on_demand` on "
            "tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38.016s. Need more "
            "tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing",
            type="tokens",
            code="rate_limit_exceeded",
        ),
        "too many requests",
        "asks you to wait 10 min.",
    ),
    Example(
        "Groq",
        413,
        openai(
            "Request too large for model `meta-llama/llama-4-scout-17b-16e-instruct` in organization `org_01k` service "
            "tier `on_demand` on tokens per minute (TPM): Limit 30000, Requested 31021, please "
            "reduce your message size "
            "and try again. Need more tokens? Upgrade at https://console.groq.com/settings/billing",
            type="tokens",
            code="rate_limit_exceeded",
        ),
        "more tokens than the limit per minute",
        "waiting does not help",
    ),
    Example(
        "OpenAI",
        429,
        openai(
            "Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit "
            "30000, Requested 47853. The "
            "input or output tokens must be reduced in order to run successfully. Visit "
            "https://platform.openai.com/account/rate-limits to learn more.",
            type="tokens",
            code="rate_limit_exceeded",
        ),
        "more tokens than the limit per minute",
        "shorten the question",
    ),
    Example(
        "OpenAI",
        429,
        openai(
            "Rate limit reached for gpt-4o-mini in organization org-1 on requests per min (RPM): "
            "Limit 3, Used 3, Requested "
            "1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more. You can "
            "increase your rate limit by adding a payment method to your account at "
            "https://platform.openai.com/account/billing.",
            type="requests",
            code="rate_limit_exceeded",
        ),
        "too many requests",
        "asks you to wait 20 s.",
    ),
    Example(
        "Azure",
        429,
        {
            "error": {
                "code": "429",
                "message": "Requests to the ChatCompletions_Create Operation under Azure OpenAI API "
                "version 2024-10-21 have "
                "exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry "
                "after 20 seconds. Please "
                "go here: https://aka.ms/oai/quotaincrease if you would like to further increase the "
                "default rate limit.",
            }
        },
        "too many requests",
        "asks you to wait 20 s.",
    ),
    Example(
        "OpenRouter",
        429,
        openrouter(
            "Provider returned error",
            429,
            raw="google/gemma-3-27b-it:free is temporarily rate-limited upstream. Please retry "
            "shortly, or add your own "
            "key to accumulate your rate limits: https://openrouter.ai/settings/integrations",
            provider_name="Google AI Studio",
        ),
        "too many requests",
        "wait a moment",
    ),
    Example(
        "OpenRouter",
        429,
        openrouter(
            "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
            429,
            headers={"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999999"},
        ),
        "too many requests",
        "asks you to wait 365 days.",
    ),
    Example(
        "Mistral",
        429,
        {
            "object": "error",
            "message": "Requests rate limit exceeded",
            "type": "rate_limited",
            "param": None,
            "code": "1300",
        },
        "too many requests",
        "wait a moment",
    ),
    Example(
        "Mistral",
        429,
        {
            "object": "error",
            "message": "Service tier capacity exceeded for this model.",
            "type": "service_tier_capacity_exceeded",
            "param": None,
            "code": "3505",
        },
        "the server is busy",
        "wait a moment",
    ),
    Example(
        "Anthropic",
        429,
        anthropic("This request would exceed your account's rate limit. Please try again later.", "rate_limit_error"),
        "too many requests",
        "wait a moment",
    ),
    Example(
        "Anthropic",
        400,
        anthropic(
            "You have reached your specified API usage limits. You will regain access on 2099-01-01 at 00:00 UTC."
        ),
        "quota used up",
        "asks you to wait 365 days.",
    ),
    Example("Anthropic", 529, anthropic("Overloaded", "overloaded_error"), "the server is busy", "busy"),
    Example(
        "LiteLLM",
        429,
        openai(
            f"litellm.RateLimitError: RateLimitError: OpenAIException - {_QUOTA}", type="throttling_error", code="429"
        ),
        "quota used up",
        "may come back",
    ),
    Example(
        "Perplexity",
        429,
        openai("Request rate limit exceeded, please try again later.", type="request_rate_limit_exceeded"),
        "too many requests",
        "wait a moment",
    ),
    Example("TGI", 429, tgi("Model is overloaded", "overloaded"), "the server is busy", "busy"),
    Example(
        "llama.cpp", 503, llamacpp("Loading model", 503, "unavailable_error"), "the server is busy", "loads the model"
    ),
    Example(
        "HF router",
        503,
        {"error": "Model llava-hf/llava-1.5-7b-hf is currently loading", "estimated_time": 20.0},
        "the server is busy",
        "asks you to wait 20 s.",
    ),
    # -- D2: what is said about pictures, but not that the model takes none ---------------------------------------
    Example(
        "Gateway",
        400,
        openai("image URLs not supported, use base64 encoded data instead"),
        "addresses of pictures are refused",
        "fetch=True",
    ),
    Example(
        "Ollama",
        400,
        openai("invalid image input: image URLs are not currently supported, please use base64 encoded data instead"),
        "addresses of pictures are refused",
        "fetch=True",
    ),
    Example(
        "OpenAI",
        400,
        openai("Error while downloading https://example.org/a.png.", code="invalid_image_url"),
        "addresses of pictures are refused",
        "fetch=True",
    ),
    Example(
        "llama.cpp",
        500,
        llamacpp("this model does not support more than 1 image"),
        "too many pictures",
        "leave the others out",
    ),
    Example(
        "vLLM", 400, vllm("At most 1 image(s) may be provided in one request."), "too many pictures", "only one picture"
    ),
    Example(
        "vLLM",
        400,
        vllm("At most 5 image(s) may be provided in one request."),
        "too many pictures",
        "at most 5 pictures",
    ),
    Example(
        "Ollama",
        500,
        openai("vision model only supports a single image per message", type="api_error"),
        "too many pictures",
        "only one picture",
    ),
    Example(
        "Groq",
        400,
        openai("Too many images provided. This model supports up to 5 images"),
        "too many pictures",
        "at most 5 pictures",
    ),
    Example("Azure", 400, openai("Too many images in request. Max is 10."), "too many pictures", "at most 10 pictures"),
    Example(
        "Copilot",
        400,
        openai("Too many images in request: 11 images provided, but the model supports a maximum of 10 images."),
        "too many pictures",
        "at most 10 pictures",
    ),
    Example(
        "new-api",
        500,
        openai("too many images in the message, max allowed is 16"),
        "too many pictures",
        "at most 16 pictures",
    ),
    Example(
        "LiteLLM",
        400,
        openai("litellm.BadRequestError: OpenAIException - Image count 5 exceeds limit 4 per request.", code="400"),
        "too many pictures",
        "at most 4 pictures",
    ),
    Example(
        "Together", 400, openai("This model does not support multiple images"), "too many pictures", "only one picture"
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', "
            "'jpeg', 'gif', 'webp'].",
            code="invalid_image_format",
        ),
        "the picture cannot be read",
        "PNG or JPEG",
    ),
    Example(
        "LM Studio",
        400,
        {"error": "Invalid image format: image format webp is not supported"},
        "the picture cannot be read",
        "PNG or JPEG",
    ),
    Example(
        "Gemini",
        400,
        gemini(
            "Unable to process input image. Please retry or report in "
            "https://developers.generativelanguage.googleapis.com"
        ),
        "the picture cannot be read",
        "PNG or JPEG",
    ),
    Example("Anthropic", 400, anthropic("Could not process image"), "the picture cannot be read", "PNG or JPEG"),
    Example(
        "vLLM",
        400,
        vllm("Failed to load image: cannot identify image file <_io.BytesIO object at 0x7f5c>"),
        "the picture cannot be read",
        "PNG or JPEG",
    ),
    Example(
        "DashScope",
        400,
        openai(
            "<400> InternalError.Algo.InvalidParameter: The image length and width do not meet the model restrictions. "
            "[height:8 or width:8 must be larger than 10]",
            code="invalid_parameter_error",
        ),
        "the picture is too small",
        "pass a larger one",
    ),
    # -- D3: text-only models in the words of each server ---------------------------------------------------------
    Example(
        "DeepSeek",
        400,
        openai(
            "Failed to deserialize the JSON body into the target type: messages[0]: unknown variant "
            "`image_url`, expected "
            "`text` at line 1 column 2901"
        ),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "DeepSeek",
        422,
        "Failed to deserialize the JSON body into the target type: messages[2]: invalid type: "
        "sequence, expected a string "
        "at line 1 column 2901",
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "DeepSeek",
        422,
        "Failed to deserialize the JSON body into the target type: messages[0]: data did not match "
        "any variant of untagged "
        "enum ChatCompletionRequestContent at line 1 column 286017",
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Invalid content type. image_url is only supported by certain models.",
            param="messages.[0].content.[1].type",
        ),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Groq", 400, openai("messages[0].content must be a string"), "the model takes no pictures", "does not accept"
    ),
    Example(
        "Groq",
        400,
        openai(
            "'messages.0' : for 'role:user' the following must be satisfied[('messages.0.content' : "
            "value must be a string)]"
        ),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Mistral",
        422,
        {
            "detail": [
                {
                    "type": "string_type",
                    "loc": ["body", "messages", 0, "user", "content"],
                    "msg": "Input should be a valid string",
                    "input": [],
                }
            ]
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Mistral",
        400,
        {
            "object": "error",
            "message": "Image input is not enabled for this model",
            "type": "invalid_request_message",
            "code": "3051",
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "OpenRouter",
        404,
        openrouter("No endpoints found that support image input", 404),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "vLLM",
        400,
        vllm("openai/gpt-oss-20b is not a multimodal model"),
        "the model takes no pictures",
        "does not accept",
    ),
    Example(
        "vLLM",
        400,
        vllm("At most 0 image(s) may be provided in one prompt."),
        "the model takes no pictures",
        "does not accept",
    ),
    Example(
        "llama.cpp",
        500,
        llamacpp("image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Ollama",
        400,
        openai("this model does not support image input (ref: b8bd630e-4a39-4b57-82af-9158ee9d5703)", type="api_error"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Ollama",
        500,
        openai(
            "Failed to create new sequence: failed to process inputs: this model is missing data "
            "required for image input",
            type="api_error",
        ),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "LM Studio",
        400,
        {"error": "Model does not support images. Please use a model that does."},
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "LM Studio",
        400,
        {
            "error": "<LM Studio error> Vision model is not loaded. Cannot process images. "
            "Suggestion: Make sure to load both."
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "LM Studio",
        400,
        {"error": "Vision add-on is not loaded, but images were provided for processing"},
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "FreeToken",
        400,
        openai("Unsupported content part type for text-only server: image_url"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "xAI",
        400,
        {
            "code": "Client specified an invalid argument",
            "error": "The model expects a single `text` element per message.",
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "xAI",
        400,
        {"code": "Client specified an invalid argument", "error": "Image inputs are not supported by this model."},
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Anthropic",
        400,
        anthropic("'claude-2.1' does not support image input."),
        "the model takes no pictures",
        "not accept",
    ),
    Example(
        "Fireworks",
        400,
        openai("image_url is not supported for this model", type="invalid_request_error"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Bedrock",
        400,
        {
            "message": "This model doesn't support the image content block that you provided. Remove "
            "the image content block, "
            "and try again."
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "Cloudflare",
        400,
        {
            "errors": [],
            "message": "AiError: Bad input: Error: Type mismatch of '/messages/0/content', 'array' not in 'string'",
            "success": False,
        },
        "the model takes no pictures",
        "does not accept pictures",
    ),
    # -- D4: sizes ----------------------------------------------------------------------------------------------
    Example(
        "Anthropic",
        400,
        anthropic(
            "messages.58.content.2.image.source.base64: image exceeds 5 MB maximum: 6500712 bytes > 5242880 bytes"
        ),
        "too many bytes",
        "--max-bytes 3700000",
    ),
    Example(
        "Anthropic",
        400,
        anthropic(
            "messages.0.content.1.image.source.base64.data: At least one of the image dimensions "
            "exceed max allowed size: 8000 pixels"
        ),
        "the picture has too many pixels",
        "--max-side 8000",
    ),
    Example(
        "Anthropic",
        400,
        anthropic("At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels"),
        "the picture has too many pixels",
        "--max-side 2000",
    ),
    Example(
        "Volcengine",
        400,
        openai(
            "Image 0 failed: Image exceeds the maximum allowed total pixels. Current dimensions: "
            "4634x12324 = 57109416 pixels. "
            "Maximum allowed: 36000000 pixels.",
            type="BadRequest",
            code="InvalidParameter",
        ),
        "the picture has too many pixels",
        "--max-side 6000",
    ),
    Example(
        "Groq",
        400,
        openai("Image exceeds the maximum of 33177600 pixels"),
        "the picture has too many pixels",
        "--max-side 5760",
    ),
    Example(
        "Azure",
        400,
        openai("The image size must be between 1 and 20,971,520 bytes", code="InvalidImageSize"),
        "too many bytes",
        "--max-bytes 15000000",
    ),
    Example("nginx", 413, page("413 Request Entity Too Large"), "too many bytes", "The request is 5.0 MB"),
    Example(
        "Anthropic",
        413,
        anthropic("Request exceeds the maximum allowed number of bytes.", "request_too_large"),
        "too many bytes",
        "--max-side 1024",
    ),
    Example(
        "Gemini",
        400,
        gemini("Request payload size exceeds the limit: 20971520 bytes."),
        "too many bytes",
        "--max-bytes 15000000",
    ),
    Example(
        "xAI",
        400,
        {"code": "invalid", "error": "Image file is too large: maximum is 10 MiB"},
        "too many bytes",
        "--max-bytes 7500000",
    ),
    # -- D5: too long -------------------------------------------------------------------------------------------
    Example(
        "OpenAI",
        400,
        openai(
            "This model's maximum context length is 128000 tokens. However, your messages resulted "
            "in 144641 tokens. Please "
            "reduce the length of the messages.",
            param="messages",
            code="context_length_exceeded",
        ),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "TGI",
        422,
        tgi(
            "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 "
            "`inputs` tokens and 100 `max_new_tokens`"
        ),
        "the question is too long",
        "shorten the question",
    ),
    Example(
        "TGI",
        422,
        tgi("Input validation error: `inputs` must have less than 4095 tokens. Given: 5120"),
        "the question is too long",
        "shorten the question",
    ),
    Example(
        "vLLM",
        400,
        vllm(
            "The decoder prompt (length 7120) is longer than the maximum model length of 4096. Make "
            "sure that `max_model_len` "
            "is no smaller than the number of text tokens plus multimodal tokens."
        ),
        "the question is too long",
        "fewer pictures",
    ),
    Example(
        "Perplexity",
        400,
        openai("Messages have 150000 tokens, which exceeds the max limit of 127072 tokens.", type="bad_request"),
        "the question is too long",
        "fewer pictures",
    ),
    Example(
        "Anthropic",
        400,
        anthropic("prompt is too long: 208310 tokens > 200000 maximum"),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "Gemini",
        400,
        gemini("The input token count (1091639) exceeds the maximum number of tokens allowed (1048576)."),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "Mistral",
        400,
        {
            "object": "error",
            "message": "Prompt contains 40000 tokens and 0 draft tokens, too large for model with "
            "32768 maximum context length",
            "type": "invalid_request_error",
            "code": "3051",
        },
        "the question is too long",
        "do not fit",
    ),
    Example(
        "xAI",
        400,
        {
            "code": "invalid",
            "error": "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
        },
        "the question is too long",
        "do not fit",
    ),
    Example(
        "llama.cpp",
        400,
        llamacpp("the request exceeds the available context size, try increasing it", 400, "exceed_context_size_error"),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "LM Studio",
        400,
        {
            "error": "Trying to keep the first 5000 tokens when context the overflows. However, the "
            "model is loaded with "
            "context length of only 4096 tokens, which is not enough."
        },
        "the question is too long",
        "do not fit",
    ),
    Example(
        "SGLang",
        400,
        vllm("The input (5120 tokens) is longer than the model's context length (4096 tokens)."),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "Fireworks",
        400,
        openai("The prompt is too long: 140000, model maximum context length: 131072"),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "llama-cpp-python",
        400,
        openai("Requested tokens (2500) exceed context window of 2048", code="context_length_exceeded"),
        "the question is too long",
        "do not fit",
    ),
    Example(
        "Bedrock", 400, {"message": "Input is too long for requested model."}, "the question is too long", "do not fit"
    ),
    Example(
        "Groq",
        400,
        openai(
            "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the "
            "`context_window` for this model"
        ),
        "max_tokens is too large",
        "Lower --max-tokens",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "max_tokens is too large: 100000. This model supports at most 16384 completion tokens, "
            "whereas you provided 100000."
        ),
        "max_tokens is too large",
        "Lower --max-tokens",
    ),
    Example(
        "Bedrock",
        400,
        {"message": "The maximum tokens you requested exceeds the model limit of 32768"},
        "max_tokens is too large",
        "Lower",
    ),
    # -- D6 -----------------------------------------------------------------------------------------------------
    Example(
        "OpenAI",
        400,
        openai(
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
            param="messages[0].role",
            code="unsupported_value",
        ),
        "no system prompt is taken",
        "leave -s out",
    ),
    Example("vLLM", 400, vllm("System role not supported"), "no system prompt is taken", "leave -s out"),
    Example(
        "Gemini",
        400,
        gemini("Developer instruction is not enabled for models/gemma-3-27b-it"),
        "no system prompt is taken",
        "leave -s out",
    ),
    Example(
        "llama.cpp",
        500,
        llamacpp("Error: Jinja Exception: Only user, assistant and tool roles are supported, got system."),
        "no system prompt is taken",
        "leave -s out",
    ),
    Example(
        "LM Studio",
        400,
        {"error": 'Error rendering prompt with jinja template: "Only user and assistant roles are supported!".'},
        "no system prompt is taken",
        "leave -s out",
    ),
    Example(
        "llama.cpp",
        500,
        llamacpp(
            "\n------------\nWhile executing CallExpression at line 47, column 32 in source:\n...== "
            "0) %}↵            {{- "
            "raise_exception('After the optional system message, con...\nError: Jinja Exception: "
            "After the optional system "
            "message, conversation roles must alternate user and assistant roles except for tool calls and results."
        ),
        "the template of the model refuses the messages",
        "leave -s out",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Your organization must be verified to stream this model. Please go to: "
            "https://platform.openai.com/settings/organization/general and click on Verify Organization.",
            param="stream",
            code="unsupported_value",
        ),
        "streaming needs a verified organisation",
        "--no-stream",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Unsupported value: 'stream' does not support true with this model. Only the default "
            "(false) value is supported.",
            param="stream",
            code="unsupported_value",
        ),
        "streaming needs a verified organisation",
        "--no-stream",
    ),
    Example(
        "DashScope",
        400,
        openai(
            "This model only support stream mode, please enable the stream parameter to access the model.",
            code="invalid_parameter_error",
        ),
        "only streaming is possible",
        "leave --no-stream out",
    ),
    Example(
        "OpenAI",
        403,
        openai(
            "Your organization must be verified to use the model `o3`. Please go to: "
            "https://platform.openai.com/settings/organization/general and click on Verify Organization.",
            code="model_not_found",
        ),
        "the organisation is not verified",
        "Verify the organisation",
    ),
    Example(
        "OpenAI",
        404,
        openai("This model is only supported in v1/responses and not in v1/chat/completions.", param="model"),
        "the model needs the Responses API",
        "only answers the Responses API",
    ),
    Example(
        "OpenAI",
        404,
        openai(
            "This is not a chat model and thus not supported in the v1/chat/completions endpoint. "
            "Did you mean to use v1/completions?"
        ),
        "not a chat model",
        "choose a chat model",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Function tools with reasoning_effort are not supported for gpt-5.6-sol in "
            "/v1/chat/completions. To use function "
            "tools, use /v1/responses or set reasoning_effort to 'none'."
        ),
        "functions need another setting",
        "reasoning_effort=none",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use "
            "/v1/responses instead.",
            param="reasoning_effort",
        ),
        "functions need the Responses API",
        "leave --tools or reasoning_effort out",
    ),
    Example(
        "Gemini",
        400,
        gemini(
            "Function call is missing a thought_signature in functionCall parts. This is required for tools to work "
            "correctly, and missing thought_signature may lead to degraded model performance. Additional data, "
            "function call `default_api:look` , position 2.",
        ),
        "reasoning of earlier answers is missing",
        "ask in a new conversation",
    ),
    Example(
        "DeepSeek",
        400,
        openai("The `reasoning_content` in the thinking mode must be passed back to the API."),
        "reasoning of earlier answers is missing",
        "ask in a new conversation",
    ),
    Example(
        "Gemini",
        400,
        gemini(
            "API key not valid. Please pass a valid API key.",
            details=[{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}],
        ),
        "the key is wrong",
        "Check the key",
    ),
    Example("Gemini", 400, gemini("API key expired. Please renew the API key."), "the key is wrong", "Check the key"),
    Example(
        "xAI",
        400,
        {
            "code": "Client specified an invalid argument",
            "error": "Incorrect API key provided: xa***zz. You can obtain an API key from https://console.x.ai.",
        },
        "the key is wrong",
        "Check the key",
    ),
    Example("OpenRouter", 401, openrouter("No auth credentials found", 401), "the key is wrong", "Check the key"),
    Example("HF router", 401, {"error": "Invalid username or password."}, "the key is wrong", "Check the key"),
    Example(
        "DeepSeek",
        401,
        openai("Authentication Fails, Your api key: ****abcd is invalid", type="authentication_error"),
        "the key is wrong",
        "Check the key",
    ),
    Example("Mistral", 401, {"detail": "Unauthorized"}, "the key is wrong", "Check the key"),
    Example(
        "Gemini",
        400,
        gemini("User location is not supported for the API use.", "FAILED_PRECONDITION"),
        "the region is not served",
        "your region",
    ),
    Example(
        "OpenAI",
        403,
        openai(
            "Country, region, or territory not supported",
            type="request_forbidden",
            code="unsupported_country_region_territory",
        ),
        "the region is not served",
        "your region",
    ),
    Example(
        "Groq",
        400,
        openai(
            "The model `canopylabs/orpheus` requires terms acceptance. Please have the org admin accept the terms at "
            "https://console.groq.com/playground?model=canopylabs%2Forpheus",
            code="model_terms_required",
        ),
        "terms not accepted",
        "terms",
    ),
    Example(
        "OpenRouter",
        404,
        openrouter(
            "No endpoints found matching your data policy (Free model publication). Configure: "
            "https://openrouter.ai/settings/privacy",
            404,
        ),
        "your privacy settings exclude the model",
        "privacy settings",
    ),
    Example(
        "Ollama",
        400,
        openai("registry.ollama.ai/library/gemma3:4b does not support tools", type="api_error"),
        "functions are not supported",
        "leave --tools out",
    ),
    Example(
        "vLLM",
        400,
        vllm('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
        "functions are not supported",
        "leave --tools out",
    ),
    Example(
        "OpenRouter",
        404,
        openrouter(
            "No endpoints found that support tool use. To learn more about provider routing, visit: "
            "https://openrouter.ai/docs",
            404,
        ),
        "functions are not supported",
        "leave --tools out",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default "
            "(1) value is supported.",
            param="temperature",
            code="unsupported_value",
        ),
        "an option is refused",
        "leave -t out",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Unsupported parameter: 'top_p' is not supported with this model.",
            param="top_p",
            code="unsupported_parameter",
        ),
        "an option is refused",
        "leave --top-p out",
    ),
    Example(
        "Anthropic",
        400,
        anthropic("`temperature` and `top_p` cannot both be specified for this model. Please use only one."),
        "an option is refused",
        "leave -t out",
    ),
    Example(
        "DeepSeek",
        400,
        openai("This response_format type is unavailable now"),
        "the schema is refused",
        "leave --schema",
    ),
    Example(
        "OpenAI",
        400,
        openai(
            "Invalid schema for response_format 'bar': In context=(), 'additionalProperties' is "
            "required to be supplied and "
            "to be false.",
            param="response_format",
        ),
        "the schema is refused",
        "simplify it",
    ),
    Example(
        "Azure",
        400,
        {
            "error": {
                "message": "The response was filtered due to the prompt triggering Azure OpenAI's "
                "content management policy. "
                "Please modify your prompt and retry.",
                "type": None,
                "param": "prompt",
                "code": "content_filter",
                "status": 400,
                "innererror": {
                    "code": "ResponsibleAIPolicyViolation",
                    "content_filter_result": {"hate": {"filtered": True}},
                },
            }
        },
        "the content is refused",
        "content filter",
    ),
    Example(
        "DashScope",
        400,
        openai("Input data may contain inappropriate content.", code="data_inspection_failed"),
        "the content is refused",
        "content filter",
    ),
    Example(
        "OpenAI",
        404,
        openai("The model `gpt-9` does not exist or you do not have access to it.", code="model_not_found"),
        "unknown model",
        "name of the model",
    ),
    Example(
        "Ollama",
        404,
        openai('model "llava" not found, try pulling it first', type="api_error"),
        "unknown model",
        "name of the model",
    ),
    Example("OpenRouter", 400, openrouter("gpt-9 is not a valid model ID", 400), "unknown model", "name of the model"),
    Example("DeepSeek", 400, openai("Model Not Exist"), "unknown model", "name of the model"),
    Example(
        "Mistral",
        400,
        {"object": "error", "message": "Invalid model: x", "type": "invalid_model", "param": None, "code": "1500"},
        "unknown model",
        "name",
    ),
    Example(
        "HF router",
        400,
        openai(
            "The requested model 'x/y' is not supported by any provider you have enabled.", code="model_not_supported"
        ),
        "unknown model",
        "name of the model",
    ),
    Example(
        "Azure",
        404,
        {"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}},
        "unknown model",
        "name of the model",
    ),
    Example(
        "OpenAI",
        404,
        openai(
            "The model `gpt-4-vision-preview` has been deprecated, learn more here: "
            "https://platform.openai.com/docs/deprecations",
            code="model_not_found",
        ),
        "the model was withdrawn",
        "choose another",
    ),
    Example(
        "Groq",
        400,
        openai(
            "The model `llama-3.2-90b-vision-preview` has been decommissioned and is no longer "
            "supported. Please refer to "
            "https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
            code="model_decommissioned",
        ),
        "the model was withdrawn",
        "choose another",
    ),
    Example(
        "LM Studio",
        404,
        openai(
            "No models loaded. Please load a model in the developer page or use the `lms load` command.",
            code="model_not_found",
        ),
        "no model is loaded",
        "load one",
    ),
    Example(
        "Ollama",
        500,
        openai("model requires more system memory (11.4 GiB) than is available (7.8 GiB)", type="api_error"),
        "the machine has too little memory",
        "smaller one",
    ),
    Example(
        "nginx", 400, page("400 The plain HTTP request was sent to HTTPS port"), "http at an https port", "https://"
    ),
    Example("Go", 400, "Client sent an HTTP request to an HTTPS server.\n", "http at an https port", "https://"),
    Example("Cloudflare", 403, page("Just a moment..."), "a firewall refuses", "firewall"),
    Example("Cloudflare", 403, page("Attention Required! | Cloudflare"), "a firewall refuses", "firewall"),
    Example("squid", 407, page("ERROR: Cache Access Denied"), "the proxy wants a password", "HTTPS_PROXY"),
    # -- D1 to D6 in further words -------------------------------------------------------------------------------
    Example(
        "OpenRouter",
        403,
        openrouter("Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys", 403),
        "no credit",
        "no credit left",
    ),
    Example("Anthropic", 400, openai("invalid x-api-key"), "the key is wrong", "Check the key"),
    Example("words", 403, openai("Your credentials are invalid"), "the key is wrong", "Check the key"),
    Example(
        "words", 400, openai("This model only supports single-image input"), "too many pictures", "only one picture"
    ),
    Example(
        "Anthropic",
        400,
        anthropic("messages.0.content.1.image.source.base64.media_type: Input should be 'image/jpeg' or 'image/png'"),
        "the picture cannot be read",
        "cannot read this picture",
    ),
    Example(
        "words",
        400,
        openai("This model does not support the image/webp format"),
        "the picture cannot be read",
        "cannot read this picture",
    ),
    Example(
        "words",
        400,
        openai("Image too large: 30 megapixels, limit 25 megapixels"),
        "the picture has too many pixels",
        "--max-side 5000",
    ),
    Example(
        "words",
        400,
        openai("The number of tokens in the prompt (5000) exceeds the limit (4096)"),
        "the question is too long",
        "shorten the question",
    ),
    Example(
        "words",
        400,
        openai("max_tokens and messages lengths exceed model limit"),
        "the question is too long",
        "shorten the question",
    ),
    Example(
        "Ollama",
        400,
        openai("json: cannot unmarshal array into Go struct field Message.messages.content of type string"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("[{'type': 'text'}] is not of type 'string' - 'messages.0.content'"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("Input modality 'image' is not supported by this model"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words", 400, openai("Unsupported modality: image"), "the model takes no pictures", "does not accept pictures"
    ),
    Example(
        "words",
        400,
        openai("Content type image_url not supported"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        500,
        openai("internal error: image_url unsupported"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("This model can only process text"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("This model accepts text input only"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("Model gpt-3.5-turbo can't handle images"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example(
        "words",
        400,
        openai("The selected model does not accept visual input"),
        "the model takes no pictures",
        "does not accept pictures",
    ),
    Example("words", 400, openai("Role 'system' not supported"), "no system prompt is taken", "leave -s out"),
    Example(
        "words", 400, openai("messages with role system are unsupported"), "no system prompt is taken", "leave -s out"
    ),
    *(
        Example("words", status, body, "this level of detail is not supported", "choose another one with --detail")
        for status, body in (
            (400, openai("Invalid value: 'original'. Supported values are: 'low', 'high', and 'auto'.")),
            (400, openai("Unsupported image detail 'max'")),
            (400, openai("messages[1].image_url.detail must be one of auto, low, high")),
            (400, openai("This model does not support image detail 'original'")),
            (
                422,
                {
                    "detail": [
                        {
                            "type": "literal_error",
                            "loc": ["body", "messages", 0, "content", 1, "image_url", "detail"],
                            "msg": "Input should be 'auto', 'low' or 'high'",
                        }
                    ]
                },
            ),
        )
    ),
)

# Messages in which a word of a refusal stands, but not the refusal: the general advice is all that may be given.
GENERAL = (
    Example("words", 400, openai("This endpoint can't handle images larger than the queue"), "", "--dry-run"),
    Example("words", 500, openai("Internal error while processing image pipeline"), "", "run the cell again"),
    Example(
        "words",
        400,
        openai(
            "Image URLs are only allowed for messages with role 'user', but this message with role "
            "'system' contains an image URL."
        ),
        "",
        "--dry-run",
    ),
    Example("words", 400, openai("Invalid billing address header"), "", "--dry-run"),
    Example(
        "words",
        400,
        openai("Invalid value: 'max'. Supported values are: 'none', 'low', 'medium', and 'high'."),
        "",
        "--dry-run",
    ),
    Example(
        "words",
        400,
        openai("Invalid value: 'any'. Supported values are: 'none', 'auto', and 'required'."),
        "",
        "--dry-run",
    ),
    Example("words", 403, openai("This project has no billing contact; ask its owner"), "", "no access to this model"),
    Example("words", 400, openai("metadata.quota must be a number"), "", "--dry-run"),
    Example(
        "words",
        500,
        openai("The model produced an unexpected error while processing the image", type="server_error"),
        "",
        "run the cell again",
    ),
    Example(
        "words", 500, openai("internal error: image worker restarted", type="server_error"), "", "run the cell again"
    ),
    Example("words", 400, openai("max_tokens must be at least 1, got -5."), "", "--dry-run"),
    Example("words", 500, openai("llama runner process has terminated: error loading model"), "", "run the cell again"),
    Example("words", 400, openai("'type' must be one of 'text', 'image_url'"), "", "--dry-run"),
    Example("words", 400, openai("Error: the image is not supported."), "", "--dry-run"),
    Example("words", 400, openai("images with an alpha channel are not supported"), "", "--dry-run"),
    Example("words", 400, openai("system messages do not support images"), "", "--dry-run"),
    Example("words", 400, openai("Image generation is not supported for this model"), "", "--dry-run"),
    Example("words", 400, openai("Video input is not supported, only images and text"), "", "--dry-run"),
    Example("words", 400, openai("Model only supports text output"), "", "--dry-run"),
    Example("words", 502, page("502 Bad Gateway"), "", "run the cell again"),
    Example("words", 504, page("504 Gateway Time-out"), "", "run the cell again"),
    Example("words", 404, {"detail": "Not Found"}, "", "Check the base URL"),
    Example("words", 400, openai("tool message content must be a string"), "", "--dry-run"),
    Example("words", 400, openai("Invalid 'tools[0].function.name': string does not match pattern."), "", "--dry-run"),
    Example("words", 400, openai("Invalid value for 'stop': expected at most 4 strings."), "", "--dry-run"),
    Example(
        "words", 400, openai("Missing required parameter: 'messages[0].content[1].image_url.url'."), "", "--dry-run"
    ),
    Example("words", 400, openai("the system is in maintenance; the schema of images changed"), "", "--dry-run"),
    Example("words", 500, openai("context deadline exceeded", type="api_error"), "", "run the cell again"),
    Example("words", 400, openai("Additional properties are not allowed ('image' was unexpected)"), "", "--dry-run"),
    Example(
        "words",
        400,
        openai("An assistant message with 'tool_calls' must be followed by tool messages"),
        "",
        "--dry-run",
    ),
    Example(
        "words",
        403,
        openai("You do not have access to this organisation's vision project"),
        "",
        "no access to this model",
    ),
    Example(
        "pydantic repeats the question",
        422,
        {
            "detail": [
                {
                    "type": "missing",
                    "loc": ["body", "model"],
                    "msg": "Field required",
                    "input": {
                        "messages": [{"role": "user", "content": "Why is my billing quota exceeded? rate limit 429"}]
                    },
                }
            ]
        },
        "",
        "leave it out",
    ),
    Example(
        "vLLM repeats the question",
        400,
        vllm(
            "[{'type': 'missing', 'loc': ('body', 'model'), 'msg': 'Field required', 'input': "
            "{'messages': [{'role': 'user', "
            "'content': 'insufficient balance, too many images, prompt is too long'}]}}]"
        ),
        "",
        "--dry-run",
    ),
)

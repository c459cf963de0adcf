"""Refusals about the account, the key and the load of the server."""

from __future__ import annotations

from typing import Final

from vision_magic.wire.refusal_rules.rule import SMALLER, Refusal, any_of

__all__ = ["ACCOUNT"]

ACCOUNT: Final = (
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
        words=any_of(
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
        f"lower --max-tokens, shorten the question or {SMALLER}.",
        codes=frozenset({"rate_limit_exceeded", "tokens", "rate_limit_error"}),
        within=any_of(r"request too large", r"reduce your message size", r"tokens must be reduced"),
    ),
    Refusal(
        meaning="quota used up",
        advice="The quota of this key is used up: it may come back with the next minute, day or month, or the account "
        "has no credit left. The server's page on usage says which.",
        words=any_of(
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
        words=any_of(
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
        words=any_of(
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
        words=any_of(
            r"location is not supported",
            r"(?:country|region|territory)[^.]{0,30}not (?:supported|available|allowed)",
            r"not available in your (?:country|region)",
        ),
    ),
    Refusal(
        meaning="the key is wrong",
        advice="Check the key: {key}.",
        codes=frozenset(
            {"invalid_api_key", "api_key_invalid", "authentication_error", "invalid_authentication_error"}
            | {"unauthenticated", "incorrect_api_key", "missing_api_key", "wrong_api_key"}
        ),
        words=any_of(
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
        words=any_of(
            r"terms acceptance",
            r"accept the (?:terms|license|conditions)",
            r"access to (?:the )?model .{0,80} is restricted",
        ),
    ),
    Refusal(
        meaning="your privacy settings exclude the model",
        advice="Your privacy settings at the provider exclude every server of this model: change them there, or choose "
        "another model.",
        words=any_of(r"matching your data policy", r"guardrail restrictions and data policy"),
    ),
)

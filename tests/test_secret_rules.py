"""Rules that recognise a key by its name or its form."""

from __future__ import annotations

from typing import Any

import pytest

from vision_magic.secret_rules import dotted, has_secret_form, has_secret_name, hide_forms, secret_place


@pytest.mark.parametrize(
    "name",
    [
        "openai_key",
        "api_key",
        "apiKey",
        "API-KEY",
        "OPENAI_API_KEY",
        "openaiapikey",
        "api_keys",
        "client_secret",
        "clientSecret",
        "secret",
        "secret_id",
        "access_token",
        "accessToken",
        "auth_token",
        "authtoken",
        "refresh_token",
        "token",
        "HF_TOKEN",
        "X-Auth-Token",
        "password",
        "passwd",
        "db_password",
        "passphrase",
        "credentials",
        "Authorization",
        "proxy-authorization",
        "bearer",
        "jwt",
        "private_key",
        "aws_secret_access_key",
        "key",
        "subscription-key",
        "X-Gateway-Key",
        "session_cookie",
        "auth",
        "mySecretKey",
        "openaikey",
        "GROQKEY",
        "pass",
        "pw",
        "db_pass",
        "pat",
        "oauth",
        "sig",
        "signature",
    ],
)
def test_a4_a_name_of_a_key_is_recognised(name: str) -> None:
    assert has_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "max_tokens",
        "max_completion_tokens",
        "max_tokens_total",
        "max_image_tokens",
        "first_token_timeout",
        "token_limit",
        "tokens",
        "prompt_tokens",
        "stop_token",
        "stop_token_ids",
        "eos_token",
        "skip_special_tokens",
        "logit_bias",
        "top_logprobs",
        "prompt_cache_key",
        "key_env",
        "key_header",
        "api_key_env",
        "tokenizer",
        "monkey",
        "turkey",
        "user_keyboard",
        "first_pass",
        "passes",
        "path",
        "signature_style",
        "idempotency_key",
        "label_key",
        "separator_token",
        "keyboard",
        "author",
        "authority",
        "secretary",
        "passage",
        "public_key",
        "base_url",
        "model",
        "user",
        "system",
        "temperature",
        "safety_identifier",
        "service_tier",
        "reasoning_effort",
        "X-Title",
        "HTTP-Referer",
    ],
)
def test_a4_any_other_name_is_not(name: str) -> None:
    assert not has_secret_name(name)


SECRETS = [
    "sk-0123456789",
    "sk-proj-abcdefghijklmnop1234",
    "sk-ant-api03-AAAABBBBCCCC1111",
    "sk-or-v1-0123456789abcdef0123",
    "gsk_abcDEF1234567890abcd",
    "xai-abcdef1234567890",
    "AIza" + "aB3" * 12,
    "hf_" + "aB1" * 11,
    "ghp_" + "a1B2" * 9,
    "github_pat_11ABCDEFG0abcdefghijkl_x",
    "AKIAIOSFODNN7EXAMPLE",
    "r8_" + "aB1" * 12,
    "fw_" + "aB1" * 8,
    "jina_" + "0123456789abcdef" * 2,
    "tgp_v1_" + "aB1" * 14,
    "dapi" + "0123456789abcdef" * 2,
    "ya29.a0AfH6SMBx-0123456789abc",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
    "Bearer abcdef",
    "Basic dXNlcjpwYXNzd29yZDEyMw==",
    "https://user:pass@host/v1",
    "postgres://me:hunter2@db/x",
    "https://host/v1?key=abcdefgh",
    "https://host/v1?a=b&api_key=abcdef1",
    "-----BEGIN RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("value", SECRETS)
def test_a4_a_value_in_the_form_of_a_key_is_recognised_and_hidden(value: str) -> None:
    assert has_secret_form(value)
    assert has_secret_form(f"Use {value} for this.") or value.startswith("Bearer")
    assert value not in hide_forms(f"Use {value} for this.")


@pytest.mark.parametrize(
    "value",
    [
        "sk-learn-vision-model",
        "fw_small_vision_model_2024",
        "jina_clip_v2",
        "use sk-learn or scikit-image",
        "the bearer of good news",
        "basic composition of the picture",
        "gpt-4o-2024-08-06",
        "openai/gpt-4o-mini:free",
        "ft:gpt-4o-2024-08-06:org::AbCdEf12",
        "llava:7b-v1.6-q4_K_M",
        "Qwen/Qwen2.5-VL-72B-Instruct",
        "hf_model_for_vision",
        "hf.co/bartowski/Llama-3.2-11B-Vision:Q4_K_M",
        "https://host:8000/v1",
        "https://openrouter.ai/api/v1?page=2",
        "org-AbCdEfGhIjKlMnOp",
        "proj_AbCdEfGhIjKlMnOp",
        "user@example.org",
        "",
    ],
)
def test_a4_any_other_value_is_not(value: str) -> None:
    assert not has_secret_form(value)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        pytest.param({"extra": {"auth": {"api_key": "x"}}}, "extra.auth.api_key", id="A4 deep"),
        pytest.param({"extra": {"list": [{"n": 1}, {"token": "x"}]}}, "extra.list.1.token", id="A4 in a list"),
        pytest.param({"credentials": {"user": "ada"}}, "credentials.user", id="A4 in a table of that name"),
        pytest.param({"api_keys": ["x"]}, "api_keys.0", id="A4 a list of that name"),
        pytest.param({"extra": {"pin_password": 1234}}, "extra.pin_password", id="A4 a number"),
        pytest.param({"extra": {"note": SECRETS[0]}}, "extra.note", id="A4 by its form"),
        pytest.param({"extra": {"notes": ["a", SECRETS[0]]}}, "extra.notes.1", id="A4 by its form in a list"),
        pytest.param({SECRETS[0]: 1}, "****", id="A4 as a name"),
        pytest.param({"headers": {"X-Gateway-Key": {"env": SECRETS[0]}}}, "headers.X-Gateway-Key.env", id="A4 as env"),
        pytest.param({"headers": {"X-Gateway-Key": {"env": "GATEWAY_KEY"}}}, None, id="the name of a variable"),
        pytest.param({"profiles": {"secret": {"model": "m"}}}, None, id="the name of a profile"),
        pytest.param({"prices": {"token": [1, 2]}}, None, id="the name of a model"),
        pytest.param({"g": {"properties": {"token": {"type": "string"}}}}, None, id="a property of a schema"),
        pytest.param({"g": {"properties": {"token": "x"}}}, "g.properties.token", id="A4 no property of a schema"),
        pytest.param({"profiles": {"api_key": "x"}}, "profiles.api_key", id="A4 no profile"),
        pytest.param({"extra": {"auth": {"user": "a", "pass": "b"}}}, "extra.auth.user", id="A4 below such a name"),
        pytest.param({"extra": {"cookie": False}}, None, id="a switch"),
        pytest.param({"key_env": "WORK_KEY", "key_header": "api-key"}, None, id="names of a variable and a header"),
    ],
)
def test_the_place_of_a_secret_is_found_at_any_depth(value: Any, place: str | None) -> None:
    found = secret_place(value)
    assert (None if found is None else dotted(found)) == place


def test_a_list_that_contains_itself_ends() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert secret_place({"extra": loop}) is None

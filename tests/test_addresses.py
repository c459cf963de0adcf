"""Addresses as people write them."""

from __future__ import annotations

import pytest

from vision_magic.addresses import azure_address, base_of, is_loopback, ollama_address
from vision_magic.settings import resolve


@pytest.mark.parametrize(
    ("end", "model"),
    [
        pytest.param("", "", id="D9 the resource"),
        pytest.param("/", "", id="D9 a slash"),
        pytest.param("//", "", id="D9 two slashes"),
        pytest.param("/openai", "", id="D9 openai"),
        pytest.param("/openai/", "", id="D9 openai and a slash"),
        pytest.param("/openai/v1", "", id="D9 the base url"),
        pytest.param("/openai/v1/", "", id="D9 the base url and a slash"),
        pytest.param("/openai/v1/chat/completions", "", id="D9 the whole path"),
        pytest.param("/OpenAI/V1", "", id="D9 capital letters"),
        pytest.param("/openai/v1 ", "", id="D9 a blank behind it"),
        pytest.param("/models", "", id="D9 the older inference interface"),
        pytest.param("/models/chat/completions?api-version=2024-05-01", "", id="D9 its whole path"),
        pytest.param("/openai/v1?api-version=preview", "", id="D9 a version"),
        pytest.param("/?api-version=2024-10-21", "", id="D9 a version alone"),
        pytest.param("/openai/deployments/gpt-eye", "gpt-eye", id="D9 a deployment"),
        pytest.param(
            "/openai/deployments/gpt-eye/chat/completions?api-version=2024-10-21",
            "gpt-eye",
            id="D9 as the portal shows it",
        ),
        pytest.param("/openai/deployments/", "", id="D9 no deployment"),
    ],
)
def test_an_endpoint_of_azure_is_understood_whatever_its_end(end: str, model: str) -> None:
    host = "https://name.openai.azure.com"
    assert azure_address(host + end) == (f"{host}/openai/v1", model)
    settings = resolve({"profile": "azure"}, config={}, environ={"AZURE_OPENAI_ENDPOINT": host + end})
    assert (settings.base_url, settings.model) == (f"{host}/openai/v1", model)


def test_a_gateway_before_azure_keeps_its_path() -> None:
    assert azure_address("https://gw.example/azure")[0] == "https://gw.example/azure/openai/v1"
    assert azure_address("https://gw.example/models")[0] == "https://gw.example/models/openai/v1"
    assert azure_address("https://gw.example/azure/openai/v1/")[0] == "https://gw.example/azure/openai/v1"


def test_a_model_that_is_named_goes_before_the_deployment_of_the_address() -> None:
    environ = {"AZURE_OPENAI_ENDPOINT": "https://n.openai.azure.com/openai/deployments/a"}
    assert resolve({"profile": "azure", "model": "b"}, config={}, environ=environ).model == "b"
    config = {"profiles": {"azure": {"model": "c"}}}
    assert resolve({"profile": "azure"}, config=config, environ=environ).model == "c"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        pytest.param("http://0.0.0.0:8000", "http://127.0.0.1:8000", id="D9 all addresses"),
        pytest.param("http://0.0.0.0:8000/v1/", "http://127.0.0.1:8000/v1", id="D9 with a path"),
        pytest.param("HTTP://0.0.0.0/v1", "http://127.0.0.1/v1", id="D9 without a port"),
        pytest.param("http://[::]:8000/v1", "http://[::1]:8000/v1", id="D9 all of IPv6"),
        pytest.param("http://[0:0:0:0:0:0:0:0]:8/v1", "http://[::1]:8/v1", id="D9 spelled out"),
        pytest.param("http://[::1]:8/v1", "http://[::1]:8/v1", id="D9 IPv6"),
        pytest.param("http://[0:0:0:0:0:0:0:1]:8/v1", "http://[0:0:0:0:0:0:0:1]:8/v1", id="D9 IPv6 spelled out"),
        pytest.param("http://127.0.0.2:8/v1", "http://127.0.0.2:8/v1", id="D9 another of this machine"),
        pytest.param("http://localhost.:8/v1", "http://localhost:8/v1", id="D9 with a dot"),
        pytest.param("http://LocalHost.:8/v1/chat/completions/", "http://localhost:8/v1", id="D9 a pasted path"),
        pytest.param("http://[::ffff:127.0.0.1]:8/v1", "http://[::ffff:127.0.0.1]:8/v1", id="D9 mapped"),
    ],
)
@pytest.mark.parametrize("layer", ["call", "session", "profile", "environment"])
def test_what_a_local_server_prints_is_this_machine(url: str, base: str, layer: str) -> None:
    sources = {
        "call": {"call": {"base_url": url}},
        "session": {"session": {"base_url": url}},
        "profile": {"call": {"profile": "w"}, "config": {"profiles": {"w": {"base_url": url}}}},
        "environment": {"call": {"profile": "openai"}, "environ": {"OPENAI_BASE_URL": url}},
    }
    assert is_loopback(url)
    assert resolve(**{"config": {}, "environ": {}, **sources[layer]}).base_url == base


@pytest.mark.parametrize(
    "url", ["http://0.0.0.0@evil.example/v1", "http://0.0.0.0.evil.example/v1", "http://localhost..evil.example/v1"]
)
def test_what_only_begins_like_this_machine_is_not_rewritten(url: str) -> None:
    assert not is_loopback(url)
    assert base_of(url) == url


@pytest.mark.parametrize(
    "end", ["/v1", "/v1/", "/v1/chat/completions", "/v1/chat/completions/", "/v1//chat//completions//"]
)
@pytest.mark.parametrize("variable", ["OPENAI_BASE_URL", "OLLAMA_HOST"])
def test_d9_a_pasted_path_is_taken_off_in_the_environment_too(end: str, variable: str) -> None:
    profile = "openai" if variable == "OPENAI_BASE_URL" else "ollama"
    base = resolve({"profile": profile}, config={}, environ={variable: f"https://x.example{end}"}).base_url
    assert base == ("https://x.example/v1" if profile == "openai" else base)
    assert base.count("/v1") == 1


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://0.0.0.0:11434"),
        ("0.0.0.0:9", "http://0.0.0.0:9"),
        ("::", "http://[::]:11434"),
        ("::1", "http://[::1]:11434"),
        ("[::]:9", "http://[::]:9"),
        (":9", "http://127.0.0.1:9"),
        ("box", "http://box:11434"),
        ("https://box", "https://box"),
        ("box/x", "http://box:11434/x"),
        ("box:9/v1", "http://box:9/v1"),
    ],
)
def test_ollamas_variable_is_read_as_ollama_reads_it(host: str, address: str) -> None:
    assert ollama_address(host) == address

"""The models of a server, in the format of each, and the local servers that are running."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from vision_magic.secrets import Secret
from vision_magic.wire.discovery import Model, models_of, servers_up
from vision_magic.wire.endpoint import Endpoint

SERVERS: Mapping[str, tuple[Mapping[str, Any], list[tuple[str, bool | None]]]] = {
    "OpenAI": ({"/models": {"data": [{"id": "b"}, {"id": "a"}]}}, [("a", None), ("b", None)]),
    "OpenRouter": (
        {
            "/models": {
                "data": [
                    {"id": "t", "architecture": {"input_modalities": ["text"]}},
                    {"id": "v", "architecture": {"input_modalities": ["text", "image"]}},
                ]
            }
        },
        [("v", True), ("t", False)],
    ),
    "Mistral": (
        {
            "/models": {
                "data": [{"id": "t", "capabilities": {"vision": False}}, {"id": "v", "capabilities": {"vision": True}}]
            }
        },
        [("v", True), ("t", False)],
    ),
    "Ollama": (
        {
            "//api/tags": {
                "models": [
                    {"name": "t:1b", "capabilities": ["completion"]},
                    {"name": "u"},
                    {"name": "v:8b", "capabilities": ["completion", "vision"]},
                ]
            },
            "/models": {"data": [{"id": "t:1b"}]},
        },
        [("v:8b", True), ("u", None), ("t:1b", False)],
    ),
    "LM Studio 0.4": (
        {
            "//api/v1/models": {
                "models": [{"key": "v", "capabilities": {"vision": True}}, {"key": "e", "type": "embedding"}]
            }
        },
        [("v", True)],
    ),
    "LM Studio before": (
        {"//api/v0/models": {"data": [{"id": "t", "type": "llm"}, {"id": "v", "type": "vlm"}]}},
        [("v", True), ("t", False)],
    ),
    "llama.cpp": (
        {"/models": {"data": [{"id": "v", "owned_by": "llamacpp"}]}, "//props": {"modalities": {"vision": True}}},
        [("v", True)],
    ),
    "nothing": ({}, []),
    "nonsense": ({"/models": {"data": [None, 3, {"id": 5}, {}]}, "//api/tags": [], "//api/v1/models": "x"}, []),
}


@pytest.mark.parametrize("name", SERVERS)
def test_models_are_listed_with_what_the_server_says_of_pictures(name: str) -> None:
    answers, expected = SERVERS[name]
    assert models_of(answers.get) == tuple(Model(id=identity, vision=vision) for identity, vision in expected)


def test_a_router_of_llama_cpp_is_not_asked_for_what_could_load_a_model() -> None:
    asked: list[str] = []

    def get(path: str) -> Any:
        asked.append(path)
        return {"data": [{"id": name, "owned_by": "llamacpp"} for name in "ab"]} if path == "/models" else None

    assert len(models_of(get)) == 2
    assert "//props" not in asked


@pytest.mark.parametrize(
    ("base_url", "asked"),
    [
        pytest.param("https://x.example:8443/v1", ["/v1/models", "/api/tags"], id="the host is the server's own"),
        pytest.param("https://x.example:8443/team/v1", ["/team/v1/models"], id="others may answer at its root"),
    ],
)
def test_an_endpoint_sends_its_key_to_its_server_alone(base_url: str, asked: list[str]) -> None:
    seen: list[tuple[str, str]] = []

    def handler(sent: httpx.Request) -> httpx.Response:
        seen.append((str(sent.url), sent.headers.get("authorization", "")))
        return httpx.Response(200, json={"data": []}) if sent.url.path.endswith("/models") else httpx.Response(404)

    endpoint = Endpoint(base_url, key=Secret("sk-1234", source="test"), transport=httpx.MockTransport(handler))
    assert endpoint.get("/models") == {"data": []}
    assert endpoint.get("//api/tags") is None
    assert seen == [(f"https://x.example:8443{path}", "Bearer sk-1234") for path in asked]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_list_of_models_is_not_fetched_elsewhere(status: int) -> None:
    seen: list[str] = []

    def handler(sent: httpx.Request) -> httpx.Response:
        seen.append(sent.url.host)
        return httpx.Response(status, headers={"location": "https://elsewhere.example/"})

    assert Endpoint("https://x.example/v1", transport=httpx.MockTransport(handler)).get("/models") is None
    assert seen == ["x.example"]


@pytest.mark.parametrize("status", [200, 401, 404])
def test_a_server_that_answers_at_all_is_up(status: int) -> None:
    methods: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            methods.append(self.command)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({}).encode())

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    try:
        addresses = {"up": f"http://127.0.0.1:{server.server_port}/v1", "down": f"http://127.0.0.1:{closed}/v1"}
        assert servers_up(addresses) == ("up",)
        assert methods == ["GET"]
    finally:
        server.shutdown()
        server.server_close()


def test_a_server_that_never_answers_holds_nobody_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        assert servers_up({"silent": f"http://127.0.0.1:{silent.getsockname()[1]}/v1"}) == ()
        assert time.monotonic() - started < 5

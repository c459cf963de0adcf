"""Headers of a profile, of a session and of a call: to which server they go, and where they are shown."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from vision_magic.settings import resolve

SECRET = "canary-of-the-gateway"
KEY = "sk-CANARY-7f3a9c0b5d2e8146"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(lambda body: [chunk("Yes."), END]) as one:
        yield one


@pytest.fixture
def sent() -> list[httpx.Request]:
    return []


@pytest.fixture
def transport(sent: list[httpx.Request]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, content=chunk("Yes.") + END)

    return httpx.MockTransport(answer)


def profile(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    os.environ["VISION_MAGIC_CONFIG"] = str(path)  # until the end of the test, as every test sets it


def test_e2_headers_of_profile_session_and_call_are_joined(
    server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEWAY_KEY", SECRET)
    profile(
        tmp_path,
        f"[profiles.w]\nbase_url = '{server.url}'\nmodel = 'm'\n"
        "headers = { HTTP-Referer = 'https://lab.example', X-Title = 'Lab', X-Gateway-Key = { env = 'GATEWAY_KEY' } }",
    )
    session = vm.Session("w", headers={"x-title": "Lesson"})
    reply = session.ask("What?", headers={"X-Run": "7"}, stream=False)
    headers = {name.lower(): value for name, value in server.headers[0].items()}
    assert headers["http-referer"] == "https://lab.example"
    assert headers["x-title"] == "Lesson"
    assert headers["x-run"] == "7"
    assert headers["x-gateway-key"] == SECRET
    assert headers["content-type"] == "application/json"
    assert reply.receipt.headers == (
        "HTTP-Referer: https://lab.example",
        "X-Gateway-Key (from GATEWAY_KEY)",
        "x-title: Lesson",
        "X-Run: 7",
    )
    assert "X-Gateway-Key (from GATEWAY_KEY)" in str(reply.receipt)
    assert reply.receipt.to_dict()["headers"] == list(reply.receipt.headers)
    assert SECRET not in str(reply.receipt) + repr(session.settings()) + repr(reply)


@pytest.mark.parametrize(
    ("call", "kept"),
    [
        pytest.param({}, True, id="E2 as the profile says"),
        pytest.param({"base_url": "https://a.example/v2"}, True, id="E2 another path"),
        pytest.param({"base_url": "https://b.example/v1"}, False, id="E2 another host"),
        pytest.param({"base_url": "https://a.example:8443/v1"}, False, id="E2 another port"),
        pytest.param({"base_url": "http://a.example/v1", "allow_insecure_http": True}, False, id="E2 another scheme"),
        pytest.param({"profile": "ollama"}, False, id="E2 another profile"),
    ],
)
def test_headers_stay_with_the_server_they_were_written_for(call: dict[str, Any], kept: bool) -> None:
    own = {"headers": {"X-Title": "Lab"}, "organization": "org-1", "project": "proj-1", "query": {"v": "1"}}
    config = {"profile": "a", "profiles": {"a": {"base_url": "https://a.example/v1", **own}}}
    settings = resolve(call, config=config, environ={})
    assert bool(settings.headers) is bool(settings.organization) is bool(settings.project) is kept


@pytest.mark.parametrize(("started", "kept"), [({"OPENAI_BASE_URL": "https://b.example/v1"}, True), ({}, False)])
def test_e2_an_address_set_in_the_notebook_gets_no_headers_of_the_profile(started: dict[str, str], kept: bool) -> None:
    config = {"profiles": {"openai": {"headers": {"X-Title": "Lab"}}}}
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://b.example/v1"}
    settings = resolve(
        {"profile": "openai"}, config=config, environ=environ, started={"OPENAI_API_KEY": KEY, **started}
    )
    assert bool(settings.headers) is kept


def test_e2_a_header_of_the_call_goes_to_the_server_of_the_call(
    transport: httpx.MockTransport, sent: list[httpx.Request]
) -> None:
    vm.ask("What?", base_url="https://b.example/v1", model="m", headers={"X-Title": "Lab"}, transport=transport)
    assert sent[0].headers["X-Title"] == "Lab"


@pytest.mark.parametrize(
    ("header", "value", "received"),
    [
        pytest.param("Authorization", "Bearer corp-1234", "Bearer corp-1234", id="with the word"),
        pytest.param("authorization", "bearer  corp-1234", "Bearer corp-1234", id="in lower case"),
        pytest.param("Authorization", "corp-1234", "Bearer corp-1234", id="alone"),
        pytest.param("X-Key", "Bearer corp-1234", "Bearer corp-1234", id="another header takes it as it is"),
    ],
)
def test_bearer_is_sent_once(
    transport: httpx.MockTransport,
    sent: list[httpx.Request],
    monkeypatch: pytest.MonkeyPatch,
    header: str,
    value: str,
    received: str,
) -> None:
    monkeypatch.setenv("WORK_KEY", value)
    work = {"base_url": "https://b.example/v1", "model": "m", "key_env": "WORK_KEY", "key_header": header}
    vm.ask("What?", **work, transport=transport)
    assert sent[0].headers[header] == received


def test_e2_headers_are_sent_by_a_client_of_ones_own_and_for_the_list_of_models(
    transport: httpx.MockTransport, sent: list[httpx.Request]
) -> None:
    with httpx.Client(transport=transport) as client:
        session = vm.Session(base_url="https://b.example/v1", model="m", headers={"X-Title": "Lab"}, client=client)
        session.ask("What?")
        session.endpoint().get("/models")
    assert [request.headers["X-Title"] for request in sent] == ["Lab", "Lab"]


@pytest.mark.parametrize(
    ("options", "organization"),
    [
        pytest.param({"profile": "openai"}, "org-1", id="E2 OpenAI itself"),
        pytest.param({"profile": "openai", "organization": "org-2"}, "org-2", id="E2 the setting goes first"),
        pytest.param({"profile": "openai", "base_url": "https://b.example/v1"}, None, id="E2 another server"),
        pytest.param({"profile": "groq"}, None, id="E2 another profile"),
        pytest.param({"base_url": "https://b.example/v1", "organization": "org-3"}, "org-3", id="E2 as it says"),
        pytest.param({"base_url": "https://api.openai.com/v1", "key_env": "WORK_KEY"}, None, id="E2 another key"),
    ],
)
def test_the_organization_of_the_environment_is_openais_alone(
    options: dict[str, Any],
    organization: str | None,
    transport: httpx.MockTransport,
    sent: list[httpx.Request],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_API_KEY", "GROQ_API_KEY", "WORK_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    vm.ask("What?", model="m", transport=transport, **options)
    assert sent[0].headers.get("OpenAI-Organization") == organization
    itself = options.get("profile") == "openai" and "base_url" not in options
    assert sent[0].headers.get("OpenAI-Project") == ("proj-1" if itself else None)


def test_e2_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(vm.SettingsError, match="X-Gateway-Key needs the environment variable GATEWAY_KEY"):
        vm.ask("What?", base_url="https://b.example/v1", model="m", headers={"X-Gateway-Key": {"env": "GATEWAY_KEY"}})


@pytest.mark.parametrize("value", [f"{SECRET}\r\nX-Evil: 1", f"{SECRET}\x00", f"{SECRET}ü", f"{SECRET}\x1b[0m"])
def test_e2_a_secret_that_no_header_can_carry_is_said_and_not_shown(
    value: str, transport: httpx.MockTransport, sent: list[httpx.Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, "GATEWAY_KEY": value})  # the system's has no null character
    headers = {"X-Gateway-Key": {"env": "GATEWAY_KEY"}}
    with pytest.raises(vm.VisionError, match="environment variable GATEWAY_KEY holds a line break") as caught:
        vm.ask("What?", base_url="https://b.example/v1", model="m", headers=headers, transport=transport)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    own = [frame for frame in frames if frame.f_globals["__name__"].startswith("vision_magic")]
    assert SECRET not in str(caught.value) + "".join(repr(frame.f_locals) for frame in own)
    assert sent == []


def test_e2_a_secret_header_that_the_server_repeats_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_KEY", SECRET)
    headers = {"X-Gateway-Key": {"env": "GATEWAY_KEY"}}
    with LoopbackServer(lambda body: [chunk(f"You sent {SECRET}."), END]) as server:
        reply = vm.ask("What?", base_url=server.url, model="m", headers=headers)
    assert reply.text == "You sent ****."


def test_e2_a_recording_does_not_compare_headers(server: LoopbackServer, tmp_path: Path) -> None:
    options = {"base_url": server.url, "model": "m"}
    with vm.recording(tmp_path / "tape.jsonl"):
        vm.ask("What?", headers={"X-Run": "1"}, **options)
    with vm.recording(tmp_path / "tape.jsonl", "replay", speed=0):
        assert vm.ask("What?", headers={"X-Run": "2"}, **options).text == "Yes."
    assert "X-Run" not in (tmp_path / "tape.jsonl").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({}, "none was sent. Name its environment variable with --key-env NAME", id="no key"),
        pytest.param(
            {"key_env": "WORK_KEY"}, "the one from environment variable WORK_KEY was refused", id="a wrong key"
        ),
        pytest.param({"profile": "groq"}, "none was sent; GROQ_API_KEY belongs to another address", id="left behind"),
    ],
)
def test_a_refused_key_is_named_by_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], said: str
) -> None:
    monkeypatch.setenv("WORK_KEY", KEY)
    transport = httpx.MockTransport(lambda sent: httpx.Response(401, json={"error": {"message": "Unauthorized"}}))
    with pytest.raises(vm.ServerError) as caught:
        vm.ask("What?", **{"base_url": "https://b.example/v1", "model": "m", "transport": transport, **options})
    assert f"Check the key: {said}" in str(caught.value)
    assert KEY not in str(caught.value)

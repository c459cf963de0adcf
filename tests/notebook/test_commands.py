"""The commands about servers, and the key that each server gets."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk
from vision_magic.session.default import session

KEY = "sk-TYPED-0123456789"


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    session.state.keys.forget()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Type a key whenever one is asked for; return the prompts."""
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return f" {KEY}\n"

    monkeypatch.setattr(getpass, "getpass", answer)
    return asked


def says_hello(body: dict[str, Any]) -> list[bytes]:
    return [chunk("Hello"), END]


def test_a_typed_key_goes_to_its_server_alone(run: Run, typed: list[str]) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    with (
        LoopbackServer(lambda body: [chunk("a"), END]) as mine,
        LoopbackServer(lambda body: [chunk("b"), END]) as other,
    ):
        run(f"%vision login --base-url {mine.url}")
        assert typed == [f"Key for {mine.url.split('/')[2]} (kept in memory until the kernel ends): "]
        assert KEY not in run.out
        run(f"%%vision fig -m m --base-url {mine.url}\nHi")
        run(f"%%vision fig -m m --base-url {other.url}\nHi")
        assert mine.headers[0]["Authorization"] == f"Bearer {KEY}"
        assert "Authorization" not in other.headers[0]
        run(f"%vision use -m m --base-url {mine.url}")
        assert "set (%vision login)" in run.out
        assert KEY not in run.out


def test_a_key_cannot_be_typed_where_nobody_can_be_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prompt: str) -> str:
        raise RuntimeError("raw_input was called, but this frontend does not support input requests")

    monkeypatch.setattr(getpass, "getpass", refuse)
    assert "OPENAI_API_KEY" in run.fails("%vision login openai")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("%vision login", "needs no key", id="the embedded reader"),
        pytest.param("%vision login nobody", "Unknown profile 'nobody'", id="unknown profile"),
        pytest.param("%vision login a b", "expected one profile", id="two profiles"),
        pytest.param("%vision models ollama -m x --base-url http://127.0.0.1:9", "lists no models", id="not running"),
    ],
)
def test_a_slip_says_what_to_do(run: Run, typed: list[str], line: str, said: str) -> None:
    assert said in run.fails(line)


def test_nothing_typed_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "  ")
    assert "nothing has changed" in run.fails("%vision login openai")


def test_models_are_listed_with_those_that_take_pictures_first(run: Run) -> None:
    cards = [{"id": "t", "capabilities": {"vision": False}}, {"id": "v\x1b[2J", "capabilities": {"vision": True}}]

    def handler(sent: httpx.Request) -> httpx.Response:
        found = sent.url.path == "/v1/models"
        return httpx.Response(200 if found else 404, json={"data": cards} if found else {})

    session.use(base_url="http://127.0.0.1:9/v1", transport=httpx.MockTransport(handler))
    run("%vision models")
    first, second = run.out.splitlines()
    assert first.startswith("v")
    assert first.endswith("accepts pictures")
    assert second == f"{'t':<40} text only"
    assert "\x1b" not in run.out


def test_the_embedded_reader_lists_itself(run: Run) -> None:
    run("%vision models embedded")
    assert "embedded-reader" in run.out


def test_status_says_which_local_servers_are_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("%vision")
    assert "local     " in run.out
    with LoopbackServer(lambda body: []) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url.removesuffix("/v1"))
        run("%vision status")
    assert "ollama is up (127.0.0.1:" in run.out


def test_status_names_a_proxy_but_not_its_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy.example:3128")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789")
    run("%vision")
    assert "proxy     proxy.example" in run.out
    assert "secret" not in run.out
    assert "sk-0123456789" not in run.out


def test_a_wait_before_another_try_is_shown(run: Run) -> None:
    answers: Any = iter(
        [httpx.Response(503, headers={"retry-after": "0"}, text="busy"), httpx.Response(200, content=chunk("a") + END)]
    )
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    session.use(base_url="http://127.0.0.1:9/v1", model="m", transport=httpx.MockTransport(lambda sent: next(answers)))
    run("%%vision fig\nHi")
    assert "retrying in" in run.out
    assert "busy" in run.out
    assert "a\n\nmodel-1" in run.out


def test_timeouts_can_be_set_on_the_line(run: Run) -> None:
    def slow(body: dict[str, Any]) -> Iterator[bytes]:
        yield b": ping\n\n"
        while True:
            yield b": ping\n\n"

    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    with LoopbackServer(slow) as server:
        message = run.fails(f"%%vision fig -m m --base-url {server.url} --first-token-timeout 0.3\nHi")
    assert "no first token within" in message
    assert "expected seconds" in run.fails("%%vision fig --timeout 0\nHi")


@pytest.mark.parametrize("line", ["%vision --help", "%vision -h", "%vision use --help", "%vision status -h"])
def test_help_can_be_asked_for_as_an_option(run: Run, line: str) -> None:
    run(line)
    assert "%vision use [NAME]" in run.out


def test_the_last_pictures_are_counted_as_in_a_cell(run: Run) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    run("fig")
    assert "last:2 got 1 of 2" in run.fails("%vision last:2")
    assert "got 'x'" in run.fails("%vision last:x")


def test_use_says_that_a_local_server_is_down(run: Run) -> None:
    run("%vision use -m m --base-url http://127.0.0.1:9/v1")
    assert "nothing answers at 127.0.0.1:9; start it" in run.out
    with LoopbackServer(says_hello) as server:
        run(f"%vision use -m m --base-url {server.url}")
    assert "nothing answers" not in run.out
    run("%vision use openai")
    assert "nothing answers" not in run.out
    run("%vision use")
    assert "nothing answers" not in run.out


@pytest.mark.parametrize(
    "line",
    ["login {}", "use {}", "login openai {}", "{}", "history {}", "models --profile {}", "config api_key={}"],
)
def test_a_key_that_was_typed_by_mistake_is_not_repeated(run: Run, line: str) -> None:
    """The message is saved with the notebook."""
    key = "sk-CANARY0123456789abcdef"
    assert key not in run.fails(f"%vision {line.format(key)}")

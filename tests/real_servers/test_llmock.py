"""Faults of a third-party mock server that is made to break clients, and its own verdict on this client."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.real_servers.conftest import Start

pytest.importorskip("llmock", reason="llmock is not installed: pip install -e '.[dev]'")

PICTURE = PILImage.new("RGB", (8, 8), "navy")


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    program = "from llmock.cli import app; app()"
    command = [sys.executable, "-c", program, "serve", "--host", "127.0.0.1", "--port", "{port}"]
    return start(command, "/_llmock/scenario")


@pytest.fixture
def admin(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{url}/_llmock", trust_env=False) as client:
        client.post("/reset").raise_for_status()
        yield client


def will(admin: httpx.Client, *behaviors: dict[str, Any]) -> None:
    admin.post("/scenario", json={"behaviors": list(behaviors)}).raise_for_status()


def verdict(admin: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = admin.get("/verdict").json()
    return found


def ask(url: str, **options: Any) -> vm.Reply:
    return vm.ask("What is it?", PICTURE, base_url=f"{url}/v1", model="gpt-4o", **options)


@pytest.mark.parametrize("stream", [True, False])
def test_a_plain_question_is_answered(url: str, admin: httpx.Client, stream: bool) -> None:
    reply = ask(url, stream=stream)
    assert reply.text
    assert reply.finish_reason == "stop"
    assert verdict(admin)["passed"]


def test_usage_is_read_where_it_was_asked_for(url: str, admin: httpx.Client) -> None:
    usage = ask(url, stream_options={"include_usage": True}).usage
    assert usage is not None
    assert usage.total_tokens


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again_as_the_server_asks(url: str, admin: httpx.Client, status: int) -> None:
    will(admin, {"type": "fail", "status": status, "retry_after": 1, "times": 1})
    assert ask(url).text
    found = verdict(admin)
    assert (found["passed"], found["calls"], found["attempts"]) == (True, 1, 2), found


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_lasting_failure_is_not_tried_again(url: str, admin: httpx.Client, status: int) -> None:
    will(admin, {"type": "fail", "status": status})
    with pytest.raises(vm.ServerError) as caught:
        ask(url)
    assert caught.value.status == status
    found = verdict(admin)
    assert (found["passed"], found["attempts"]) == (True, 1), found


def test_a_failure_that_stays_is_given_up_after_two_retries(url: str, admin: httpx.Client) -> None:
    will(admin, {"type": "fail", "status": 503, "times": 9})
    with pytest.raises(vm.ServerError):
        ask(url)
    assert verdict(admin)["attempts"] == 3


@pytest.mark.parametrize("kind", ["disconnect", "truncate"])
def test_a_stream_that_breaks_off_is_said_and_kept(url: str, admin: httpx.Client, kind: str) -> None:
    """llmock calls a cut stream accepted unless it is asked for again; we keep what came, and say that it is cut."""
    will(admin, {"type": "stream_fault", "kind": kind, "after_chunks": 4})
    with pytest.raises(vm.TruncatedReply) as caught:
        ask(url)
    assert caught.value.partial is not None
    assert caught.value.partial.text
    assert verdict(admin)["attempts"] == 1


def test_a_malformed_chunk_is_said_and_what_came_is_kept(url: str, admin: httpx.Client) -> None:
    will(admin, {"type": "stream_fault", "kind": "malformed", "after_chunks": 4})
    with pytest.raises(vm.BrokenReply, match="not JSON") as caught:
        ask(url)
    assert caught.value.partial is not None


def test_a_stall_is_ended_by_the_clock_for_silence(url: str, admin: httpx.Client) -> None:
    will(admin, {"type": "stream_fault", "kind": "stall", "after_chunks": 4, "stall_seconds": 20})
    with pytest.raises(vm.ConnectionFailed, match="fell silent") as caught:
        ask(url, idle_timeout=0.5)
    assert caught.value.partial is not None


def test_a_slow_first_token_is_waited_for_as_long_as_was_said(url: str, admin: httpx.Client) -> None:
    will(admin, {"type": "slow_first_token", "seconds": 1, "times": 2})
    assert ask(url, first_token_timeout=10).text
    with pytest.raises(vm.ConnectionFailed, match=r"no first token|did not answer"):
        ask(url, first_token_timeout=0.3)


def test_a_tool_call_comes_in_fragments_and_is_whole(url: str, admin: httpx.Client) -> None:
    will(admin, {"type": "reply", "tool_calls": [{"name": "get_peak", "arguments": {"series": "north", "n": 3}}]})
    tool = {"type": "function", "function": {"name": "get_peak", "parameters": {"type": "object"}}}
    [call] = ask(url, tools=[tool]).tool_calls
    assert call.name == "get_peak"
    assert call.arguments.replace(" ", "") == '{"series":"north","n":3}'

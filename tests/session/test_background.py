"""Replies in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import Scripted, calls, says
from vision_magic.session.background import BackgroundReply
from vision_magic.session.default import session

PICTURE = PILImage.new("RGB", (320, 200), "navy")


def test_the_reply_arrives_while_the_caller_does_other_work() -> None:
    told: list[Any] = []
    ended: list[BackgroundReply] = []
    background_reply = BackgroundReply(vm.astream("What size is it?", PICTURE, profile="embedded"))
    assert not background_reply.done
    assert repr(background_reply) == "<BackgroundReply: still being written>"
    background_reply.start(lambda event, reply: told.append((event, reply().text)), ended.append)
    reply = background_reply.wait(30)
    assert "320 × 200" in reply.text
    assert background_reply.done
    assert ended == [background_reply]
    assert told[-1][1] == reply.text
    assert repr(background_reply) == "<BackgroundReply: complete>"


def held(release: threading.Event) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("Half")
        release.wait(10)
        yield chunk(" more") + END

    return answer


def test_it_is_stopped_from_another_thread_and_keeps_what_arrived() -> None:
    release, heard = threading.Event(), threading.Event()
    with LoopbackServer(held(release)) as server:
        background_reply = BackgroundReply(vm.astream("What?", PICTURE, base_url=server.url, model="m"))
        background_reply.start(lambda event, reply: heard.set())
        assert heard.wait(10)
        with pytest.raises(TimeoutError, match="still being written"):
            background_reply.wait(0.01)
        assert background_reply.reply.text == "Half"
        background_reply.stop()
        reply = background_reply.wait(10)
        release.set()
        assert (reply.text, reply.state) == ("Half", "interrupted")


def test_a_function_that_never_ends_does_not_hold_up_the_stop() -> None:
    """It ran in a thread of the event loop, which waited for the thread before it closed."""
    begun, over = threading.Event(), threading.Event()

    @vm.tool(safe=True)
    def forever() -> str:
        begun.set()
        over.wait(30)
        return "at last"

    server = Scripted(calls(("forever", "{}")), says("And on."))
    background_reply = BackgroundReply(vm.astream("What?", tools=[forever], **server.options)).start()
    assert begun.wait(10)
    background_reply.stop()
    assert background_reply.wait(10).state == "interrupted"
    assert not over.is_set()
    over.set()


def test_a_reply_that_is_stopped_before_its_start_sends_nothing() -> None:
    with LoopbackServer(lambda body: [chunk("x"), END]) as server:
        background_reply = BackgroundReply(vm.astream("What?", PICTURE, base_url=server.url, model="m"))
        background_reply.stop()
        background_reply.start()
        assert background_reply.wait(10).text == ""
        assert server.requests == []


def test_wait_raises_the_error_and_the_partial_reply_is_kept() -> None:
    with LoopbackServer(lambda body: [chunk("Half")]) as server:
        background_reply = BackgroundReply(vm.astream("What?", PICTURE, base_url=server.url, model="m")).start()
        with pytest.raises(vm.TruncatedReply) as caught:
            background_reply.wait(10)
        assert caught.value.partial is not None
        assert caught.value.partial.text == background_reply.reply.text == "Half"
        assert background_reply.error is caught.value


def test_an_invalid_question_is_an_error_at_once() -> None:
    with pytest.raises(vm.ImageError):
        BackgroundReply(vm.astream("What?", 5, profile="embedded"))


def test_the_reply_is_whole_while_it_is_written_to_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread draws what has arrived: between the last byte and the end it must not find an empty reply."""
    seen: list[str] = []
    stream = vm.astream("What?", **Scripted(says("All of it.")).options)
    monkeypatch.setattr(session.state.log, "add", lambda reply, **about: seen.append(stream.reply.text))
    assert BackgroundReply(stream).start().wait(30).text == "All of it."
    assert seen == ["All of it."]

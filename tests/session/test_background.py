"""Answers in the background, each in its own thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import Scripted, calls, says
from vision_magic.session.background import Answering

PICTURE = PILImage.new("RGB", (320, 200), "navy")


def test_the_answer_comes_while_the_caller_goes_on() -> None:
    told: list[Any] = []
    ended: list[Answering] = []
    answering = Answering(vm.astream("What size is it?", PICTURE, profile="embedded"))
    assert not answering.done
    assert repr(answering) == "<Answering: still being written>"
    answering.start(lambda event, reply: told.append((event, reply().text)), ended.append)
    reply = answering.wait(30)
    assert "320 × 200" in reply.text
    assert answering.done
    assert ended == [answering]
    assert told[-1][1] == reply.text
    assert repr(answering) == "<Answering: complete>"


def held(release: threading.Event) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("Half")
        release.wait(10)
        yield chunk(" more") + END

    return answer


def test_it_is_stopped_from_another_thread_and_keeps_what_arrived() -> None:
    release, heard = threading.Event(), threading.Event()
    with LoopbackServer(held(release)) as server:
        answering = Answering(vm.astream("What?", PICTURE, base_url=server.url, model="m"))
        answering.start(lambda event, reply: heard.set())
        assert heard.wait(10)
        with pytest.raises(TimeoutError, match="still being written"):
            answering.wait(0.01)
        assert answering.reply.text == "Half"
        answering.stop()
        reply = answering.wait(10)
        release.set()
        assert (reply.text, reply.state) == ("Half", "interrupted")


def test_a_function_that_never_ends_does_not_hold_up_the_stop() -> None:
    """It ran in a thread of the loop's, and the end of the loop waited for that."""
    begun, over = threading.Event(), threading.Event()

    @vm.tool(safe=True)
    def forever() -> str:
        begun.set()
        over.wait(30)
        return "at last"

    server = Scripted(calls(("forever", "{}")), says("And on."))
    answering = Answering(vm.astream("What?", tools=[forever], **server.options)).start()
    assert begun.wait(10)
    answering.stop()
    assert answering.wait(10).state == "interrupted"
    assert not over.is_set()
    over.set()


def test_stopped_before_it_began_it_asks_nobody() -> None:
    with LoopbackServer(lambda body: [chunk("x"), END]) as server:
        answering = Answering(vm.astream("What?", PICTURE, base_url=server.url, model="m"))
        answering.stop()
        answering.start()
        assert answering.wait(10).text == ""
        assert server.requests == []


def test_an_error_waits_for_who_asks_and_keeps_what_arrived() -> None:
    with LoopbackServer(lambda body: [chunk("Half")]) as server:
        answering = Answering(vm.astream("What?", PICTURE, base_url=server.url, model="m")).start()
        with pytest.raises(vm.TruncatedReply) as caught:
            answering.wait(10)
        assert caught.value.partial is not None
        assert caught.value.partial.text == answering.reply.text == "Half"
        assert answering.error is caught.value


def test_what_is_wrong_with_the_question_is_said_at_once() -> None:
    with pytest.raises(vm.ImageError):
        Answering(vm.astream("What?", 5, profile="embedded"))

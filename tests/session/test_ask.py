"""The functions ask, stream, aask, prepare, use and url, with the embedded reader and with a mock transport."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from vision_magic.render.wire_trace import preview
from vision_magic.session.default import session

PICTURE = PILImage.new("RGB", (320, 200), "navy")


class Recorder:
    """A mock transport that answers with a fixed stream and stores the requests."""

    def __init__(self, *pieces: bytes) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[httpx.Headers] = []
        self._pieces = pieces or (chunk("Hello "), chunk("there"), END)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        self.headers.append(request.headers)
        return httpx.Response(200, content=b"".join(self._pieces))


@pytest.fixture
def recorder() -> Recorder:
    recorder = Recorder()
    vm.use(base_url="http://127.0.0.1:9/v1", model="model-1", transport=httpx.MockTransport(recorder))
    return recorder


def test_with_nothing_chosen_the_embedded_reader_answers_from_the_picture() -> None:
    reply = vm.ask("What size is it, and which colours?", PICTURE)
    assert reply.model == "embedded-reader"
    assert "320" in reply.text
    assert "#000080" in reply.text
    assert reply.finish_reason == "stop"
    assert reply.usage is None  # nothing is counted, so nothing is claimed
    assert [(image.width, image.height) for image in reply.images] == [(320, 200)]


def test_the_engine_streams_before_it_has_read_the_text() -> None:
    with vm.stream("Describe it.", PICTURE) as events:
        first = next(events)
        assert isinstance(first, vm.TextDelta)
        assert events.reply.state == "interrupted"  # as far as it has come
        assert events.reply.text == first.text
        rest = list(events)
    assert isinstance(rest[-1], vm.Finished)
    assert rest[-1].reply.text.startswith(first.text)
    assert events.reply is rest[-1].reply


def test_parts_go_in_the_order_in_which_they_were_written(recorder: Recorder) -> None:
    other = np.zeros((10, 20))
    vm.ask("Before:", PICTURE, "After:", other, "What changed?")
    kinds = [part["type"] for part in recorder.bodies[0]["messages"][0]["content"]]
    assert kinds == ["text", "image_url", "text", "image_url", "text"]


def test_a_list_of_pictures_is_several(recorder: Recorder) -> None:
    assert len(vm.ask("Compare.", [PICTURE, PICTURE], PICTURE).images) == 3


def test_only_what_was_set_is_sent(recorder: Recorder) -> None:
    vm.ask("Hi", PICTURE)
    assert recorder.bodies[0].keys() == {"model", "messages", "stream", "stream_options"}


def test_options_of_the_call_win_over_those_of_the_session(recorder: Recorder) -> None:
    vm.use(
        base_url="http://127.0.0.1:9/v1",
        model="model-1",
        temperature=0.1,
        seed=3,
        transport=httpx.MockTransport(recorder),
    )
    vm.ask("Hi", PICTURE, temperature=0.9, extra={"reasoning_effort": "low"})
    body = recorder.bodies[0]
    assert (body["temperature"], body["seed"], body["reasoning_effort"]) == (0.9, 3, "low")


@pytest.mark.parametrize(
    ("parts", "options", "error", "said"),
    [
        pytest.param((PICTURE,), {}, vm.RequestError, "The question is empty", id="no question"),
        pytest.param(("  ", PICTURE), {}, vm.RequestError, "The question is empty", id="blank question"),
        pytest.param(("Hi", 5), {}, vm.ImageError, "as_image got int", id="no picture"),
        pytest.param(("Hi", "no/such.png"), {}, vm.RequestError, "pathlib.Path('no/such.png')", id="path as a string"),
        pytest.param(("a.png", "Hi"), {}, vm.RequestError, "pathlib.Path('a.png')", id="path in the first place"),
        pytest.param(("Hi", "https://x.org/y"), {}, vm.RequestError, "vision_magic.url(…)", id="address as a string"),
        pytest.param(("Hi", "data:image/png;base64,AA=="), {}, vm.RequestError, "vision_magic.url(…)", id="data URI"),
        pytest.param(("Hi",), {"images": [PICTURE]}, vm.RequestError, "Pictures are positional", id="pictures by name"),
        pytest.param(("Hi",), {"temprature": 1}, vm.RequestError, "did you mean 'temperature'", id="misspelled"),
        pytest.param(("Hi",), {"image": PICTURE}, vm.RequestError, "Pictures are positional", id="picture by name"),
        pytest.param(("Hi",), {"api_key": "k"}, vm.RequestError, "A key is not an option", id="key"),
        pytest.param(("Hi",), {"temperature": 3}, vm.RequestError, "a number from 0 to 2", id="out of range"),
        pytest.param(("Hi",), {"detail": "hihg"}, vm.SettingsError, "did you mean 'high'", id="detail"),
        pytest.param(("Hi",), {"max_side": 0}, vm.SettingsError, "whole number of pixels", id="max_side"),
        pytest.param(
            ("Hi",), {"profile": "ollama"}, vm.SettingsError, "%vision models ollama lists them", id="no model"
        ),
        pytest.param(("Hi",), {"profile": "openai", "model": "m"}, vm.SettingsError, "OPENAI_API_KEY", id="no key"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_is(
    recorder: Recorder, parts: tuple[object, ...], options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        vm.ask(*parts, **options)
    assert said in str(caught.value)
    assert not recorder.bodies


def test_use_refuses_what_it_cannot_use_and_keeps_what_held(recorder: Recorder) -> None:
    with pytest.raises(vm.SettingsError):
        vm.use("nobody")
    assert session.settings().model == "model-1"


def test_an_error_keeps_what_had_arrived() -> None:
    cut = httpx.MockTransport(Recorder(chunk("half an ans")))
    with pytest.raises(vm.TruncatedReply) as caught:
        vm.ask("Hi", PICTURE, base_url="http://127.0.0.1:9/v1", model="m", transport=cut)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "half an ans"


def test_an_interrupt_is_ours_and_a_keyboard_interrupt_and_keeps_what_had_arrived() -> None:
    class Stopped(httpx.SyncByteStream):
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            yield chunk("half an ans")
            raise KeyboardInterrupt

        def close(self) -> None:
            Stopped.closed = True

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Stopped()))
    with pytest.raises(KeyboardInterrupt) as caught:
        vm.ask("Hi", PICTURE, base_url="http://127.0.0.1:9/v1", model="m", transport=transport)
    assert isinstance(caught.value, vm.Interrupted)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "half an ans"
    assert caught.value.partial.state == "interrupted"
    assert Stopped.closed


def test_leaving_a_stream_early_hangs_up() -> None:
    def endless(body: dict[str, Any]) -> Iterator[bytes]:
        while True:
            yield chunk("word ")

    with LoopbackServer(endless) as server:
        with vm.stream("Hi", PICTURE, base_url=server.url, model="m") as events:
            next(events)
        assert server.hung_up.wait(10)
        assert events.reply.text.startswith("word ")


def test_a_dry_run_shows_everything_but_the_picture() -> None:
    shown = preview(session.prepare("Hi", PICTURE, model="m", temperature=0.5))
    url = json.loads(shown)["messages"][0]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/png;base64,… (")
    assert len(shown) < 600


def test_a_reply_shows_itself_without_base64() -> None:
    reply = vm.ask("What size is it?", PICTURE)
    bundle = reply._repr_mimebundle_()
    assert "base64" not in repr(reply) + str(reply) + bundle["text/plain"]
    # In the receipt there is a thumbnail, and no other picture.
    assert bundle["text/html"].count("base64") == 1
    assert reply.images[0].data_uri[:200] not in bundle["text/html"]
    assert reply._repr_mimebundle_().keys() == {"text/html", "text/plain"}


def test_facts_are_sent_beside_the_picture_and_are_no_part_of_the_question() -> None:
    axes = Figure(figsize=(4, 3)).add_subplot(title="Peaks", xlabel="Depth (m)")
    axes.plot([1, 2], [3, 4])
    plain = vm.ask("How large is the picture?", axes.figure, profile="embedded")
    told = vm.ask("How large is the picture?", axes.figure, profile="embedded", facts=True)
    assert told.text == plain.text
    assert "Depth (m)" in told.receipt.images[0].facts
    assert [type(part).__name__ for part in told.request.messages[0].content] == ["TextPart", "ImagePart", "FactsPart"]  # type: ignore[union-attr]
    with pytest.raises(vm.ImageError, match="no picture has facts"):
        vm.ask("How large?", PICTURE, profile="embedded", facts=True)


def test_an_address_is_sent_as_it_is_and_the_embedded_reader_does_not_fetch_it() -> None:
    address = vm.url("https://example.org/x.png")
    sent = vm.prepare("What?", address, profile="embedded").to_wire()["messages"][0]["content"]
    assert sent[1] == {"type": "image_url", "image_url": {"url": "https://example.org/x.png"}}
    with pytest.raises(vm.ServerError, match="never fetches"):
        vm.ask("What?", address, profile="embedded")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://example.org/x.png", "expected an https address"),
        ("file:///etc/passwd", "expected an https address"),
        ("https://user:word@example.org/x.png", "user name or password"),
        ("data:text/html;base64,QUJD", "the data of a picture"),
        ("data:image/png;base64,QUJ$", "Base64 data of the data URI is damaged"),
        ("data:image/png;base64,QUJD", "decoded as a picture"),
        ("https://[", "not an address"),
        (5, "expected a string"),
    ],
)
def test_what_is_no_address_of_a_picture_is_refused(address: Any, said: str) -> None:
    with pytest.raises(vm.ImageError, match=said):
        vm.url(address)


def test_asynchronous_code_gets_the_same_answer() -> None:
    import asyncio

    async def both() -> tuple[vm.Reply, list[vm.Event]]:
        reply = await vm.aask("What size is it?", PICTURE)
        async with vm.astream("What size is it?", PICTURE) as events:
            return reply, [event async for event in events]

    reply, events = asyncio.run(both())
    assert reply.text == vm.ask("What size is it?", PICTURE).text
    assert isinstance(events[-1], vm.Finished)
    assert events[-1].reply.text == reply.text


def test_a_client_of_ones_own_is_used_and_left_open(recorder: Recorder) -> None:
    vm.use()
    with httpx.Client(transport=httpx.MockTransport(recorder), headers={"x-mine": "1"}) as client:
        for _ in range(2):
            vm.ask("Hi", PICTURE, base_url="http://127.0.0.1:9/v1", model="m", client=client)
        assert not client.is_closed
    assert [headers["x-mine"] for headers in recorder.headers] == ["1", "1"]


def test_a_choice_for_another_profile_does_not_carry_the_embedded_reader_away(recorder: Recorder) -> None:
    assert vm.ask("What size is it?", PICTURE, profile="embedded").model == "embedded-reader"
    assert not recorder.bodies


def test_a_model_without_a_server_is_not_answered_by_the_embedded_reader() -> None:
    """It answered, and its answer looked as if it came from the named model."""
    with pytest.raises(vm.SettingsError, match="'gpt-5' was named without a server"):
        vm.ask("What size is it?", PICTURE, model="gpt-5")
    assert vm.ask("What size is it?", PICTURE, model="embedded-reader").model == "embedded-reader"


def test_the_name_of_a_file_that_is_there_is_no_picture_and_no_question(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    PICTURE.save("fig.png")
    with pytest.raises(vm.RequestError, match=r"Path\('fig.png'\)"):
        vm.ask("What is it?", "fig.png")
    assert vm.ask("Which is it?", "other.png", PICTURE).text  # beside a picture, a word like any other: its label
    assert vm.ask("What is it?", Path("fig.png")).text

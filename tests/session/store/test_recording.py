"""Recordings around calls: which questions are asked or replayed, and which recording is in use."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import Scripted, says
from tests.session.store.exchanges import question
from vision_magic.chat.display import mime_bundle
from vision_magic.session.default import session
from vision_magic.session.store import recording as store_recording
from vision_magic.session.store.recording import Recordings
from vision_magic.wire import endpoint, timeouts

PICTURE = PILImage.radial_gradient("L").resize((64, 48))


@pytest.fixture(autouse=True)
def _no_recording() -> Iterator[None]:
    yield
    session.state.recordings.stop()


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    """Answers with the number of the request."""

    def answer(body: dict[str, Any]) -> list[bytes]:
        return [chunk(f"answer {len(running.requests)}"), END]

    with LoopbackServer(answer) as running:
        vm.use(base_url=running.url, model="model-1")
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lesson.jsonl"


def ask(words: str = "What?", **options: Any) -> str:
    return vm.ask(words, PICTURE, **options).text


def refuse(*arguments: object) -> httpx.Response:
    raise AssertionError("a request was made")


def test_once_plays_what_is_there_and_asks_and_adds_the_rest(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path, speed=0):
        assert [ask("One?"), ask("Two?"), ask("One?")] == ["answer 1", "answer 2", "answer 1"]
    assert len(server.requests) == 2
    with vm.recording(path, speed=0):
        assert [ask("Two?"), ask("Three?")] == ["answer 2", "answer 3"]


def test_record_asks_every_question_and_the_last_answer_counts(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path, "record"):
        assert [ask(), ask()] == ["answer 1", "answer 2"]
    with vm.recording(path, "replay", speed=0):
        assert ask() == "answer 2"
    assert len(path.read_text().splitlines()) == 2


def test_refresh_begins_the_file_anew(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path):
        ask("One?")
    with vm.recording(path, "refresh"):
        assert [ask("Two?"), ask("Two?")] == ["answer 2", "answer 3"]
    assert "One?" not in path.read_text()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_refresh_keeps_the_old_file_until_an_answer_is_there(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path):
        ask("One?")
    old = path.read_text()
    with vm.recording(path, "refresh"), pytest.raises(vm.VisionError):
        vm.ask("One?", PICTURE, base_url="http://127.0.0.1:1/v1", model="m", max_retries=0)
    assert path.read_text() == old


def test_replay_makes_no_request_and_a_miss_asks_nobody(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path):
        ask()
    with vm.recording(path, "replay", speed=0):
        reply = vm.ask("What?", PICTURE, transport=httpx.MockTransport(refuse))
        assert reply.text == "answer 1"
        assert reply.host.startswith("recorded 2")
        with pytest.raises(vm.RecordingMiss, match=r"the prompt is 'Why\?' \(recorded: 'What\?'\)"):
            vm.ask("Why?", PICTURE, transport=httpx.MockTransport(refuse))
    assert len(server.requests) == 1


def test_a_replay_needs_no_key(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path):
        ask()
    vm.use("openai", model="gpt-x")
    with vm.recording(path, "replay", speed=0):
        assert ask() == "answer 1"
    with pytest.raises(vm.SettingsError):
        ask()


def test_asynchronous_code_is_recorded_and_played_alike(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path):
        assert asyncio.run(vm.aask("What?", PICTURE)).text == "answer 1"
    with vm.recording(path, "replay", speed=0):
        assert asyncio.run(vm.aask("What?", PICTURE)).text == ask() == "answer 1"
    assert len(server.requests) == 1


def test_a_figure_that_looks_nearly_the_same_is_told_on_the_reply(server: LoopbackServer, path: Path) -> None:
    other = PICTURE.copy()
    other.putpixel((0, 0), 0)
    with vm.recording(path):
        ask()
    with vm.recording(path, "replay", speed=0):
        reply = vm.ask("What?", other)
    caution = "the figure differs from the recorded one: this answer is about the recorded figure"
    assert (reply.text, reply.notes) == ("answer 1", (caution,))
    assert caution in str(reply.receipt)


def test_an_answer_about_other_data_says_so_before_it_begins(server: LoopbackServer, path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 2))
    (line,) = figure.add_subplot(ylim=(0, 10)).plot([1, 2, 3.0])
    with vm.recording(path, mode="record"):
        vm.ask("What?", figure)
    assert "1.0" not in path.read_text().partition('"chunks"')[0].partition('"images"')[2]
    with vm.recording(path, "replay", speed=0):
        line.set_color("red")
        restyled = vm.ask("What?", figure)
        line.set_ydata([1, 2, 3.5])
        text, html = (mime_bundle(vm.ask("What?", figure))[kind] for kind in ("text/plain", "text/html"))
    caution = "The data of the figure have changed: this answer is about the old figure."
    assert restyled.notes == ("the figure is drawn differently from the recorded one, with the same data",)
    assert text.startswith(f"{caution}\n\nanswer 1")
    assert html.index(caution) < html.index("<p>answer 1")
    assert caution not in mime_bundle(restyled)["text/html"]


def test_an_answer_of_a_server_is_replayed_where_the_embedded_reader_would_get_facts(
    server: LoopbackServer, path: Path
) -> None:
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().plot([1, 2])
    with vm.recording(path, mode="record"):
        sent = vm.ask("What?", figure, model="gpt-4o-mini")
        assert sent.text == "answer 1"
    with vm.recording(path, mode="replay", speed=0):
        reply = vm.ask("What?", figure, profile="embedded")
        assert reply.text == "answer 1"
        assert "no facts sent" in str(reply.receipt)
        estimates = [one.receipt.to_dict()["images"][0]["estimated_tokens"] for one in (sent, reply)]
        assert estimates[0] == estimates[1] > 0
        with pytest.raises(vm.VisionError, match="has no answer"):
            vm.ask("What?", figure, facts=True)


@pytest.mark.parametrize("mode", ["record", "once"])
def test_the_embedded_reader_does_not_replace_the_answer_of_a_model(
    server: LoopbackServer, path: Path, mode: str
) -> None:
    with vm.recording(path):
        ask("What is the title?")
    old = path.read_text()
    with vm.recording(path, mode):
        with pytest.raises(vm.RecordingError, match=r"has an answer of model-1 .* replay lesson\.jsonl"):
            ask("What is the title?", profile="embedded")
        assert path.read_text() == old
        ask("What is it?", profile="embedded")
        ask("What is it?", profile="embedded")
    assert path.read_text() != old


def test_an_answer_that_broke_off_is_not_recorded(path: Path) -> None:
    with LoopbackServer(lambda body: [chunk("half")]) as server, vm.recording(path):
        with pytest.raises(vm.TruncatedReply):
            vm.ask("What?", PICTURE, base_url=server.url, model="m")
        with pytest.raises(vm.TruncatedReply):
            vm.ask("What?", PICTURE, base_url=server.url, model="m")
    assert not path.exists()


def test_an_answer_that_cannot_be_recorded_is_there_all_the_same(server: LoopbackServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with vm.recording(tmp_path / "tape.jsonl", "record") as tape:
        tape.store.path = tmp_path / "file" / "tape.jsonl"
        with pytest.warns(UserWarning, match="could not be recorded"):
            assert ask() == "answer 1"


# Which recording is in use


def test_the_innermost_recording_counts_and_the_outer_one_comes_back(server: LoopbackServer, tmp_path: Path) -> None:
    outer, inner = tmp_path / "outer.jsonl", tmp_path / "inner.jsonl"
    with vm.recording(outer):
        with vm.recording(inner):
            ask("In?")
        ask("Out?")
    assert session.state.recordings.active() is None
    assert "In?" in inner.read_text()
    assert "In?" not in outer.read_text()
    assert "Out?" in outer.read_text()


def test_an_error_in_the_block_ends_the_recording(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), vm.recording(path):
        _ = 1 / 0
    assert session.state.recordings.active() is None


def test_a_relative_path_stays_where_it_was_named(
    server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with vm.recording("lesson.jsonl"):
        ask("One?")
        monkeypatch.chdir("elsewhere")
        ask("Two?")
    assert len((tmp_path / "lesson.jsonl").read_text().splitlines()) == 2
    assert not (tmp_path / "elsewhere" / "lesson.jsonl").exists()


def test_the_environment_names_a_recording_that_is_played_at_once(
    server: LoopbackServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with vm.recording(path):
        ask()
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", str(path))
    tape = session.state.recordings.active()
    assert tape is not None
    assert (tape.mode, tape.speed) == ("replay", 0.0)
    assert session.state.recordings.active() is tape
    assert ask() == "answer 1"
    with vm.recording(path.with_name("other.jsonl")):
        assert ask() == "answer 2"
    assert ask() == "answer 1"


def test_the_environment_names_a_mode_too(server: LoopbackServer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", str(path))
    monkeypatch.setenv("VISION_MAGIC_CASSETTE_MODE", "once")
    assert [ask(), ask()] == ["answer 1", "answer 1"]
    monkeypatch.setenv("VISION_MAGIC_CASSETTE_MODE", "sometimes")
    with pytest.raises(vm.RecordingError, match="mode got 'sometimes'; expected one of replay, record, once, refresh"):
        ask()


@pytest.mark.parametrize("speed", [-1, float("nan"), float("inf"), True, "fast"])
def test_a_speed_that_is_none_is_refused(path: Path, speed: Any) -> None:
    with pytest.raises(vm.RecordingError, match="speed got"), vm.recording(path, speed=speed):
        pass


def test_what_is_not_there_cannot_be_played(path: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(vm.RecordingError, match=r"does not exist\. Put it into .* record it: %vision"),
        vm.recording(path, "replay"),
    ):
        pass
    with pytest.raises(vm.RecordingError, match="is a folder"), vm.recording(tmp_path):
        pass


def test_once_asks_another_model_and_a_replay_answers_for_it(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path, speed=0):
        assert [ask(model="a"), ask(model="b"), ask(model="a")] == ["answer 1", "answer 2", "answer 1"]
    assert [body["model"] for body in server.requests] == ["a", "b"]


def test_fresh_asks_again_in_mode_once_and_never_in_a_replay(server: LoopbackServer, path: Path) -> None:
    with vm.recording(path, speed=0):
        assert [ask(), ask(fresh=True), ask()] == ["answer 1", "answer 2", "answer 2"]
    with vm.recording(path, "replay", speed=0):
        assert ask(fresh=True) == "answer 2"
    assert len(server.requests) == 2


def test_a_question_that_is_asked_all_the_same_is_not_compared_with_the_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finding the closest question takes a millisecond for each recorded one; only the message of a miss needs it."""
    monkeypatch.setattr(store_recording, "explain_miss", refuse)
    recording = Recordings().use(path, "once")
    recording.add(question("One?"), [], host="h")
    assert recording.find(question("Two?")) is None


def test_two_objects_share_no_state(path: Path) -> None:
    one, other = Recordings(), Recordings()
    one.use(path, "record")
    assert other.active() is None
    one.stop()
    assert one.active() is None


def test_times_of_chunks_become_delays(path: Path) -> None:
    recording = Recordings().use(path, "record")
    recording.add(question(), [(0.5, {"model": "a"}), (0.75, {"model": "b"}), (0.7, {"model": "c"})], host="h")
    (exchange,) = recording.store
    assert [delay for delay, _ in exchange.chunks] == [0.5, 0.25, 0.0]


def test_pauses_of_a_recording_are_no_silence_of_a_server(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = [{"choices": [{"index": 0, "delta": {"content": text}}]} for text in ("One", " two")]
    end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    monkeypatch.setattr(timeouts, "timeouts_for", lambda **about: timeouts.Timeouts(first_token=0.05, idle=0.05))
    monkeypatch.setattr(endpoint, "timeouts_for", timeouts.timeouts_for)
    with vm.recording(path, "record"):
        vm.ask("What?", **Scripted(says("One two")).options)
    line = json.loads(path.read_text())
    line["chunks"] = [[0.12, one] for one in (*chunks, end)]
    path.write_text(json.dumps(line) + "\n")
    with vm.recording(path, "replay"):
        options = Scripted(says("")).options
        assert vm.ask("What?", **options).text == "One two"
        assert asyncio.run(vm.aask("What?", **options)).text == "One two"

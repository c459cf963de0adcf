"""The commands ``record``, ``replay``, ``keep`` and ``log``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk
from vision_magic.session.default import session
from vision_magic.session.store.cache import Cache
from vision_magic.session.store.log import ExchangeLog


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder and the files of this test; nothing is recorded, kept or logged after it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session.state, "cache", Cache(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(session.state, "log", ExchangeLog(tmp_path / "log.sqlite"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    yield
    session.state.recordings.stop()
    session.state.cache.keep(None)
    session.state.log.use(None)


@pytest.fixture
def server(run: Run) -> Iterator[LoopbackServer]:
    """Answers with the number of the request."""

    def answer(body: dict[str, Any]) -> list[bytes]:
        return [chunk(f"answer {len(running.requests)}"), END]

    run.shell.user_ns["fig"] = PILImage.radial_gradient("L").resize((64, 48))
    with LoopbackServer(answer) as running:
        session.use(base_url=running.url, model="model-1")
        yield running


def test_a_lesson_is_recorded_and_played_without_the_server(run: Run, server: LoopbackServer) -> None:
    run("%vision record lesson.jsonl")
    assert run.out == (
        "Recording in lesson.jsonl (0 answers): every question is asked, and its answer is added. "
        f"model-1 at {urlsplit(server.url).netloc} answers.\n"
    )
    run("%%vision fig\nWhat?")
    run("%vision replay lesson.jsonl")
    assert run.out == "Replaying lesson.jsonl (1 answer): answers come from this file, and no server is asked.\n"
    run("%%vision fig\nWhat?")
    assert "answer 1" in run.out
    assert "recorded 2" in run.out
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("embedded", "The embedded reader answers; to record a model, first choose it: %vision use NAME -m MODEL."),
        ("vllm", "No model is chosen yet: %vision use vllm -m MODEL (%vision models vllm lists them)."),
    ],
)
def test_a_recording_says_that_no_model_is_chosen(run: Run, use: str, words: str) -> None:
    session.use(use)
    run("%vision record lesson.jsonl --mode once")
    assert run.out.endswith(f" {words}\n")


def test_a_changed_prompt_says_what_was_recorded(run: Run, server: LoopbackServer) -> None:
    run("%vision record lesson.jsonl")
    run("%%vision fig\nWhat is red?")
    run("%vision replay lesson.jsonl")
    message = run.fails("%%vision fig\nWhat is blue?")
    assert "the prompt is 'What is blue?' (recorded: 'What is red?')" in message
    assert "%vision record lesson.jsonl" in message
    assert len(server.requests) == 1


def test_off_asks_for_real_again(run: Run, server: LoopbackServer) -> None:
    run("%vision record lesson.jsonl")
    run("%%vision fig\nWhat?")
    run("%vision replay lesson.jsonl")
    run("%vision")
    assert "recording replay; " in run.out
    run("%vision replay off")
    assert run.out == "Stopped replaying lesson.jsonl (1 answer).\n"
    run("%vision replay off")
    assert run.out == "No recording is in use.\n"
    run("%%vision fig\nWhat?")
    assert "answer 2" in run.out
    assert len(Path("lesson.jsonl").read_text().splitlines()) == 1


def test_off_says_where_the_environment_still_names_one(
    run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("%vision record lesson.jsonl")
    run("%%vision fig\nWhat?")
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", "lesson.jsonl")
    run("%vision record off")
    assert run.out.startswith("VISION_MAGIC_CASSETTE names ")
    assert run.out.endswith("lesson.jsonl: replay.\n")


@pytest.mark.parametrize(("mode", "requests"), [("once", 1), ("record", 2), ("refresh", 2)])
def test_a_mode_is_named_on_the_line(run: Run, server: LoopbackServer, mode: str, requests: int) -> None:
    run(f"%vision record lesson.jsonl --mode {mode}")
    run("%%vision fig\nWhat?")
    run("%%vision fig\nWhat?")
    assert len(server.requests) == requests


def test_pictures_are_recorded_only_where_the_line_says_so(run: Run, server: LoopbackServer) -> None:
    for line, held in (("plain.jsonl", False), ("whole.jsonl --images", True)):
        run(f"%vision record {line}")
        run("%%vision fig\nWhat?")
        assert ('"data"' in Path(line.split()[0]).read_text()) == held


def test_without_a_name_it_is_the_file_beside_the_notebook(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("record", "replay"):
        assert f"%vision {command} lesson.vision.jsonl for lesson.ipynb" in run.fails(f"%vision {command}")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "week 1.ipynb"))
    run("%vision record")
    assert f"{tmp_path / 'week 1.vision.jsonl'} (0 answers" in run.out


def test_without_a_name_it_is_the_file_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson says `%vision replay`; a program that runs it knows no file of the notebook, but names the recording."""
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", "lesson.jsonl")
    run("%vision record")
    assert "lesson.jsonl (0 answers" in run.out


def test_the_environment_records_a_lesson_again_whose_first_cell_replays_it(
    run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("%vision record lesson.jsonl")
    run("%%vision fig\nWhat?")
    run("%vision record off")
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", "lesson.jsonl")
    monkeypatch.setenv("VISION_MAGIC_CASSETTE_MODE", "refresh")
    run("%vision replay lesson.jsonl")
    assert run.out == "VISION_MAGIC_CASSETTE_MODE records in lesson.jsonl; without it, this line replays.\n"
    run("%%vision fig\nWhat?")
    assert len(server.requests) == 2
    assert "answer 2" in Path("lesson.jsonl").read_text()
    Path("other.jsonl").write_text(Path("lesson.jsonl").read_text())
    run("%vision replay other.jsonl")
    assert run.out.startswith("Replaying other.jsonl")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("%vision replay gone.jsonl", "Put it beside the notebook; the folder now is ", id="not there"),
        pytest.param("%vision record a.jsonl --mode never", "mode got 'never'", id="no mode"),
        pytest.param("%vision record a.jsonl --mode", "--mode got no value", id="no value"),
        pytest.param("%vision record a.jsonl b.jsonl", "expected one file", id="two files"),
        pytest.param("%vision record 'a.jsonl", "open quote", id="half a quotation"),
        pytest.param("%vision replay a.jsonl --images", "replay takes --speed", id="an option of another command"),
        pytest.param("%vision keep maybe", "expected on, off or clear", id="no state"),
        pytest.param("%vision log on --mode x", "%vision log takes no options", id="no options"),
    ],
)
def test_a_slip_says_what_to_do(run: Run, line: str, said: str) -> None:
    assert said in run.fails(line)


def test_a_file_that_is_not_a_recording_is_refused_and_left_alone(run: Run) -> None:
    Path("notes.txt").write_text("Buy milk\n")
    assert "line 1: not an exchange" in run.fails("%vision record notes.txt")
    assert Path("notes.txt").read_text() == "Buy milk\n"


def test_kept_answers_come_at_once_and_fresh_asks(run: Run, server: LoopbackServer) -> None:
    run("%vision keep on")
    assert run.out == "Answers are kept; none are stored yet.\n"
    run("%%vision fig\nWhat?")
    run("%%vision fig\nWhat?")
    assert "answer 1" in run.out
    assert "kept answer from 2" in run.out
    run("%%vision fig --fresh\nWhat?")
    assert "answer 2" in run.out
    run("%vision keep")
    assert "Answers are kept; 1 is stored," in run.out
    run("%vision keep clear")
    assert "1 answer deleted" in run.out
    run("%vision keep off")
    run("%%vision fig\nWhat?")
    assert "answer 3" in run.out


def test_a_damaged_file_of_kept_answers_is_named(run: Run) -> None:
    session.state.cache.path.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    assert "delete the file to start again" in run.fails("%vision keep clear")


def test_a_log_is_written_where_the_line_says(run: Run, server: LoopbackServer, tmp_path: Path) -> None:
    run("%vision log")
    assert run.out == "Nothing is logged.\n"
    run("%vision log mine.sqlite")
    run("%%vision fig\nWhat?")
    database = sqlite3.connect(tmp_path / "mine.sqlite")
    assert database.execute("SELECT question, answer FROM exchanges").fetchall() == [("What?", "answer 1")]
    database.close()
    run("%vision log off")
    run("%%vision fig\nWhy?")
    run("%vision log on")
    assert "Exchanges are logged in" in run.out
    assert "(0 so far)" in run.out

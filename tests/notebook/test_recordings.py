"""The commands ``record``, ``replay``, ``keep`` and ``log``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    assert "record: every question is asked" in run.out
    assert "lesson.jsonl (0 answers in it)" in run.out
    run("%%vision fig\nWhat?")
    run("%vision replay lesson.jsonl")
    assert "no server is asked; lesson.jsonl (1 answer in it)" in run.out
    run("%%vision fig\nWhat?")
    assert "answer 1" in run.out
    assert "recorded 2" in run.out
    assert len(server.requests) == 1


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
    assert run.out.startswith("replay has ended; ")
    assert run.out.endswith("lesson.jsonl (1 answer in it).\n")
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
        assert f"name the recording: %vision {command} lesson.jsonl" in run.fails(f"%vision {command}")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "week 1.ipynb"))
    run("%vision record")
    assert f"{tmp_path / 'week 1.vision.jsonl'} (0 answers" in run.out


def test_without_a_name_it_is_the_file_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson says `%vision replay`; a program that runs it knows no file of the notebook, but names the recording."""
    monkeypatch.setenv("VISION_MAGIC_CASSETTE", "lesson.jsonl")
    run("%vision record")
    assert "lesson.jsonl (0 answers" in run.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("%vision replay gone.jsonl", "does not exist", id="not there"),
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
    assert run.out == "keep is on; no answers are kept yet\n"
    run("%%vision fig\nWhat?")
    run("%%vision fig\nWhat?")
    assert "answer 1" in run.out
    assert "kept answer from 2" in run.out
    run("%%vision fig --fresh\nWhat?")
    assert "answer 2" in run.out
    run("%vision keep")
    assert "keep is on; 1 answer," in run.out
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
    assert run.out == "log is off\n"
    run("%vision log mine.sqlite")
    run("%%vision fig\nWhat?")
    database = sqlite3.connect(tmp_path / "mine.sqlite")
    assert database.execute("SELECT question, answer FROM exchanges").fetchall() == [("What?", "answer 1")]
    database.close()
    run("%vision log off")
    run("%%vision fig\nWhy?")
    run("%vision log on")
    assert "log is on; 0 exchanges in" in run.out

"""Kept answers: reused immediately, and never the cause of a lost answer."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from vision_magic.images.image import Image
from vision_magic.secrets import Secret
from vision_magic.session.default import session
from vision_magic.session.prepare import Cell
from vision_magic.session.store import exchange
from vision_magic.session.store.cache import Cache
from vision_magic.session.store.exchange import RecordedExchange

PICTURE = PILImage.new("RGB", (20, 10), "navy")
OTHER = PILImage.new("RGB", (20, 10), "red")
KEY = "sk-CANARY-0123456789"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Answers are kept, in a file of this test."""
    kept = tmp_path / "cache" / "answers.sqlite"
    monkeypatch.setattr(session.state, "cache", Cache(kept))
    vm.keep(True)
    yield kept
    vm.keep(None)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    """Answers with the number of the request."""
    with LoopbackServer(lambda body: [chunk(f"answer {len(running.requests)}"), END]) as running:
        vm.use(base_url=running.url, model="model-1")
        yield running


@pytest.fixture
def cell() -> Iterator[str]:
    session.configure(cell=Cell(id="cell-1"))
    yield "cell-1"
    session.configure(cell=None)


def ask(words: str = "What?", picture: Any = PICTURE, **options: Any) -> str:
    return vm.ask(words, picture, **options).text


def rows(file: Path) -> int:
    database = sqlite3.connect(file)
    try:
        return int(database.execute("SELECT COUNT(*) FROM answers").fetchone()[0])
    finally:
        database.close()


def test_the_same_question_is_answered_at_once_without_a_request_and_is_marked(server: LoopbackServer) -> None:
    assert ask() == "answer 1"
    reply = vm.ask("What?", PICTURE.copy())
    assert reply.text == "answer 1"
    assert len(server.requests) == 1
    (note,) = reply.notes
    assert note.startswith("kept answer from 2")
    assert note.endswith("; --fresh asks again")


@pytest.mark.parametrize(
    ("words", "picture", "options"),
    [
        pytest.param("Why?", PICTURE, {}, id="other words"),
        pytest.param("What?", OTHER, {}, id="other pixels, without a cell"),
        pytest.param("What?", PICTURE, {"model": "model-2"}, id="another model"),
        pytest.param("What?", PICTURE, {"temperature": 0.5}, id="another option"),
        pytest.param("What?", PICTURE, {"system": "Be brief."}, id="another system prompt"),
    ],
)
def test_a_changed_question_is_asked(server: LoopbackServer, words: str, picture: Any, options: dict[str, Any]) -> None:
    ask()
    assert ask(words, picture, **options) == "answer 2"
    assert ask() == "answer 1"


def test_another_server_gives_its_own_answer(server: LoopbackServer) -> None:
    ask()
    with LoopbackServer(lambda body: [chunk("another"), END]) as other:
        assert ask(base_url=other.url) == "another"


def test_nothing_is_kept_that_nobody_asked_for(server: LoopbackServer, file: Path) -> None:
    vm.keep(None)
    assert [ask(), ask()] == ["answer 1", "answer 2"]
    assert not file.exists()


def test_the_environment_turns_it_on_and_a_choice_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISION_MAGIC_KEEP", "on")
    assert vm.keep(None)
    assert not vm.keep(False)
    with pytest.raises(vm.SettingsError, match="keep got 'yes'"):
        vm.keep("yes")  # type: ignore[arg-type]  # what a person may try


def test_fresh_asks_again_and_its_answer_takes_the_place(server: LoopbackServer, file: Path) -> None:
    assert [ask(), ask(fresh=True), ask()] == ["answer 1", "answer 2", "answer 2"]
    assert rows(file) == 1


def test_a_changed_figure_of_a_cell_shows_the_old_answer_and_says_how_to_ask(server: LoopbackServer, cell: str) -> None:
    ask()
    reply = vm.ask("What?", OTHER)
    assert reply.text == "answer 1"
    assert reply.notes == ("the figure has changed since this answer; --fresh asks again",)
    assert len(server.requests) == 1
    assert ask(picture=OTHER, fresh=True) == "answer 2"
    assert vm.ask("What?", OTHER).notes[0].startswith("kept answer from")


def test_another_cells_figure_is_no_changed_one(server: LoopbackServer, cell: str) -> None:
    ask()
    assert ask(picture=OTHER, cell=Cell(id="cell-2")) == "answer 2"


def test_an_answer_that_broke_off_is_not_kept(file: Path) -> None:
    with LoopbackServer(lambda body: [chunk("half")]) as server:
        for _ in range(2):
            with pytest.raises(vm.TruncatedReply):
                ask(base_url=server.url, model="m")
        assert len(server.requests) == 2


# The file


def test_the_file_is_sqlite_with_json_and_for_its_owner_alone(server: LoopbackServer, file: Path) -> None:
    ask()
    database = sqlite3.connect(file)
    line = database.execute("SELECT line FROM answers").fetchone()[0]
    assert RecordedExchange.from_line(line).request["model"] == "model-1"
    database.close()
    for part in file.parent.iterdir():
        assert stat.S_IMODE(part.stat().st_mode) == 0o600, part


def test_no_key_and_no_picture_is_in_the_file(file: Path) -> None:
    held = Secret(KEY, source="test")
    with LoopbackServer(lambda body: [chunk(f"Your key is {KEY}."), END]) as server:
        ask(f"Is {held.reveal()} right?", base_url=server.url, model="m")
    content = b"".join(part.read_bytes() for part in file.parent.iterdir())
    assert b"****" in content
    assert KEY.encode() not in content
    assert b"base64" not in content


def test_clearing_forgets_every_answer(server: LoopbackServer, file: Path) -> None:
    assert session.state.cache.clear() == 0
    ask("One?")
    ask("Two?")
    assert "2 are stored" in session.state.cache.status()
    assert session.state.cache.clear() == 2
    assert rows(file) == 0
    assert ask("One?") == "answer 3"


def test_many_questions_at_once_are_all_kept(server: LoopbackServer, file: Path) -> None:
    async def main() -> None:
        await asyncio.gather(*(vm.aask(f"Question {number}?", PICTURE) for number in range(24)))

    asyncio.run(main())
    assert rows(file) == 24


def test_a_picture_is_decoded_once_to_look_for_its_answer_and_to_keep_it(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    described: list[object] = []
    describe = exchange._description

    def counted(image: Image, *, with_data: bool) -> dict[str, Any]:
        described.append(image)
        return describe(image, with_data=with_data)

    monkeypatch.setattr(exchange, "_description", counted)
    assert [ask(), ask()] == ["answer 1"] * 2
    assert len(described) == 2


def test_a_kernel_that_dies_in_the_middle_leaves_what_was_kept_before(server: LoopbackServer, file: Path) -> None:
    ask()
    script = f"""
        import os, pathlib
        from vision_magic.session.store import sqlite
        from vision_magic.session.store.database import Database
        with Database(pathlib.Path({str(file)!r}), sqlite._SCHEMA, sqlite._VERSION).transaction() as database:
            database.execute("DELETE FROM answers")
            os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert ask() == "answer 1"
    assert rows(file) == 1


def broken(file: Path, how: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if how == "damaged":
        file.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    elif how == "a folder":
        file.mkdir()
    else:
        database = sqlite3.connect(file)
        database.execute("PRAGMA user_version = 99")
        database.close()


@pytest.mark.parametrize("how", ["damaged", "a folder", "of a later version"])
def test_a_file_that_cannot_be_used_is_named_and_the_answers_come(server: LoopbackServer, file: Path, how: str) -> None:
    broken(file, how)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.warns(UserWarning, match=f"could not be kept in {file}"):
        assert ask() == "answer 1"
    assert f"{file} cannot be used" in session.state.cache.status()
    with pytest.raises(vm.SettingsError, match=r"cannot be used .*; delete the file to start again"):
        session.state.cache.clear()
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_full_disk_costs_no_answer_and_nothing_that_was_kept(server: LoopbackServer, file: Path) -> None:
    resource = pytest.importorskip("resource")
    ask("One?")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
        with pytest.warns(UserWarning, match="could not be kept"):
            assert ask("Two?") == "answer 2"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ask("One?") == "answer 1"
    assert rows(file) == 1


def test_a_file_of_no_version_yet_gets_its_tables(server: LoopbackServer, file: Path) -> None:
    file.parent.mkdir()
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE notes (text TEXT)")
    database.close()
    assert [ask(), ask()] == ["answer 1", "answer 1"]


def test_a_line_that_cannot_be_read_is_asked_again(server: LoopbackServer, file: Path) -> None:
    ask()
    database = sqlite3.connect(file)
    database.execute("UPDATE answers SET line = '{\"version\": 99}'")
    database.commit()
    database.close()
    assert [ask(), ask()] == ["answer 2", "answer 2"]

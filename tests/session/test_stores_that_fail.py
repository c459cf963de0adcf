"""The answer is shown whatever a store does: the log, the recording, the kept answers, and the folders they are in."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, VisionError
from vision_magic.session.session import Session
from vision_magic.session.store.cache import Cache
from vision_magic.session.store.log import ExchangeLog
from vision_magic.session.store.recording import Recording, Recordings

PICTURE = PILImage.new("RGB", (30, 20), "navy")
QUESTION = "What size is it?"

# Named pipes and devices such as /dev/full are files on Unix alone; the other kinds of stores are tested everywhere.
needs_devices = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with names and no /dev")


@contextlib.contextmanager
def warnings_of_stores() -> Iterator[list[str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        said: list[str] = []
        yield said
        said.extend(str(one.message) for one in caught)


def session_with(*, log: Path | None = None, kept: Path | None = None) -> Session:
    session = Session("embedded")
    if log is not None:
        session.log(log)
    if kept is not None:
        session.state.cache = Cache(kept)
        session.keep(True)
    return session


def other_tables(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        for table in ("answers", "totals", "exchanges"):
            database.execute(f"CREATE TABLE {table} (a)")
        database.execute("PRAGMA user_version = 2")
        database.commit()


MADE: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": lambda path: os.mkfifo(path),
    "no database": lambda path: path.write_bytes(b"not a database" * 1000),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "other tables": other_tables,
}
ELSEWHERE = {
    "a long name": "x" * 300,
    "a device": "/dev/full",
    "a device without end": "/dev/zero",
    "below /proc": "/proc/nowhere/store.sqlite",
    "below a file": "file/store.sqlite",
}


def file_of(kind: str, folder: Path) -> Path:
    """Return the path of something that is in the place of a database."""
    (folder / "file").write_text("x")
    path = folder / ELSEWHERE.get(kind, "store.sqlite")
    if kind in MADE:
        MADE[kind](path)
    return path


@needs_devices
@pytest.mark.parametrize("kind", [*MADE, *ELSEWHERE])
@pytest.mark.parametrize("store", ["log", "kept"])
def test_e6_a_store_that_cannot_be_used_gives_the_answer_and_one_line(kind: str, store: str, tmp_path: Path) -> None:
    session = session_with(**{store: file_of(kind, tmp_path)})  # type: ignore[arg-type]
    for _ in range(2):
        with warnings_of_stores() as said:
            assert "30 × 20" in session.ask(QUESTION, PICTURE).text
        assert len(said) == 1, said
        assert all("\n" not in line and ("could not be" in line) for line in said)
    assert "\n" not in session.state.log.status() + session.state.cache.status()
    with contextlib.suppress(VisionError):
        session.state.cache.clear()


@pytest.mark.parametrize("store", ["log", "kept"])
def test_e6_a_database_that_another_program_holds_gives_the_answer(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vision_magic.session.store.database._LOCK_TIMEOUT", 0.01)
    session = session_with(**{store: tmp_path / "store.sqlite"})  # type: ignore[arg-type]
    session.ask(QUESTION, PICTURE)
    with contextlib.closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with warnings_of_stores() as said:
            assert "30 × 20" in session.ask(QUESTION, PICTURE).text
    assert len(said) == 1
    assert "locked" in said[0]


@pytest.mark.parametrize("store", ["log", "kept", "record"])
def test_e6_a_full_disk_gives_the_answer(store: str, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    session = session_with(**({store: tmp_path / "store"} if store != "record" else {}))  # type: ignore[arg-type]
    if store == "record":
        session.state.recordings.use(tmp_path / "store", "record")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with warnings_of_stores() as said:
            assert "30 × 20" in session.ask(QUESTION, PICTURE).text
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(said) == 1
    assert "30 × 20" in session.ask(QUESTION, PICTURE).text  # and there is room again
    assert session.ask(QUESTION, PICTURE).state == "complete"


@pytest.mark.parametrize("line", ["", "{}", "5", "null", '{"vision_magic":"exchange","version":2}', "\ud800"])
def test_e6_a_damaged_row_of_kept_answers_is_asked_again(line: str, tmp_path: Path) -> None:
    session = session_with(kept=tmp_path / "kept.sqlite")
    session.ask(QUESTION, PICTURE)
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite")) as database:
        database.execute("UPDATE answers SET line = ?", (line.encode("utf-8", "surrogatepass"),))
        database.commit()
    with warnings_of_stores() as said:
        assert "30 × 20" in session.ask(QUESTION, PICTURE).text
    assert not said
    assert "kept answer" in "".join(session.ask(QUESTION, PICTURE).notes)


def test_e6_any_error_of_a_store_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **options: Any) -> Any:
        raise AssertionError("a bug\nof two lines")

    session = session_with(log=tmp_path / "log.sqlite", kept=tmp_path / "kept.sqlite")
    for owner, name in ((ExchangeLog, "add"), (Recording, "add"), (Recording, "find"), (Cache, "active")):
        with monkeypatch.context() as patch, warnings_of_stores() as said:
            patch.setattr(owner, name, fail)
            assert "30 × 20" in session.ask(QUESTION, PICTURE, fresh=True).text
        assert said == ["vision_magic: AssertionError: a bug of two lines"]


def test_e6_where_warnings_are_errors_the_answer_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = session_with(log=tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "30 × 20" in session.ask(QUESTION, PICTURE).text
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("home", ["", "file", "/proc/nowhere"])
def test_e6_the_answer_does_not_need_a_home_folder(home: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    script = """
        import vision_magic as vm
        from PIL import Image
        from vision_magic.session.default import session
        vm.keep(True)
        vm.log(True)
        for _ in range(2):
            print(vm.ask("What size is it?", Image.new("RGB", (30, 20))).text)
        print(session.state.cache.status(), session.state.log.status())
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VISION_MAGIC_"))}
    environment["HOME"] = str(tmp_path / home) if home else ""
    if not home:
        environment["XDG_DATA_HOME"] = environment["XDG_CACHE_HOME"] = environment["XDG_CONFIG_HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("30 × 20") == 2


def test_e6_without_a_known_home_folder_the_answer_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **options: Any) -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("user_config_path", "user_cache_path", "user_data_path"):
        monkeypatch.setattr(platformdirs, name, fail)
    monkeypatch.delenv("VISION_MAGIC_CONFIG", raising=False)
    session = Session("embedded")
    session.keep(True)
    with pytest.raises(RecordingError, match="not known"):
        session.log(True)
    with warnings_of_stores() as said:
        assert "30 × 20" in session.ask(QUESTION, PICTURE).text
    assert len(said) == 2  # for the log and for the kept answers
    assert "not known" in session.state.cache.status()
    assert "not known" in session.state.log.status()


@pytest.mark.parametrize("name", ["VISION_MAGIC_LOG", "VISION_MAGIC_CASSETTE"])
def test_e6_an_impossible_path_in_the_environment_is_an_error_of_ours(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "~nobody-of-this-name/file")
    session = Session("embedded")
    if name == "VISION_MAGIC_LOG":
        with warnings_of_stores() as said:
            assert "30 × 20" in session.ask(QUESTION, PICTURE).text
        assert len(said) == 1
    else:
        with pytest.raises(RecordingError, match="cannot be a path here"):
            session.ask(QUESTION, PICTURE)


def test_e6_a_file_name_that_is_not_unicode_reaches_every_store(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    PICTURE.save(path)
    session = session_with(log=tmp_path / "log.sqlite", kept=tmp_path / "kept.sqlite")
    chat = vm.Conversation(session=session, profile="embedded")
    with warnings_of_stores() as said:
        reply = chat.ask(QUESTION, path)
        session.state.recordings.use(tmp_path / "tape.jsonl", "record")
        chat.ask(QUESTION, path)
    assert not said
    saved = chat.save(tmp_path / os.fsdecode(b"chat\xe9.json"))
    assert vm.Conversation.load(saved).turns[0].images[0].source == "file caf⟨U+DCE9⟩.png"  # type: ignore[union-attr]
    for shown in (*reply._repr_mimebundle_().values(), json.dumps(reply.receipt.to_dict(), ensure_ascii=False)):
        assert str(shown).encode("utf-8")


# -- files that are read -----------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["user", "image:1", 10**400, "\ud800", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every value in a JSON value."""
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield from places(item, (*place, name))


def mutated(content: Any, data: st.DataObject) -> Any:
    """Return a copy with one value replaced or left out."""
    copy = json.loads(json.dumps(content))
    *outer, last = data.draw(st.sampled_from([place for place in places(content) if place]))
    inner = copy
    for name in outer:
        inner = inner[name]
    if data.draw(st.booleans()):
        inner[last] = data.draw(JSON)
    else:
        del inner[last]
    return copy


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    session = Session("embedded")
    path = tmp_path_factory.mktemp("tape") / "tape.jsonl"
    session.state.recordings.use(path, "record")
    session.ask(QUESTION, PICTURE, temperature=0.5)
    line: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return line


def only_ours(use: Callable[[], Any]) -> None:
    with contextlib.suppress(VisionError):
        use()


READING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@READING
@given(data=st.data())
def test_e6_a_recording_that_was_changed_gives_only_errors_of_ours(
    tape: dict[str, Any], tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "tape.jsonl"
    path.write_bytes(json.dumps(mutated(tape, data)).encode("utf-8") + b"\n")
    session = Session("embedded")
    for mode in ("replay", "once"):
        with contextlib.suppress(RecordingError):
            session.state.recordings.use(path, mode, speed=0)
            only_ours(lambda: session.ask(QUESTION, PICTURE, temperature=0.5))
            only_ours(lambda: session.ask("Another question?"))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("request", "images"), 5),
        (("request", "images"), [5]),
        (("request", "messages"), "text"),
        (("request", "messages", 0, "content"), 5),
        (("request", "options"), []),
        (("request", "model"), ["m"]),
        (("chunks",), {}),
        (("chunks", 0), 5),
        (("chunks", 0), [0.1]),
        (("chunks", 0, 0), "soon"),
        (("chunks", 0, 0), float("inf")),
        (("chunks", 0, 0), float("nan")),
        (("chunks", 0, 0), True),
        (("chunks", 0, 0), 10**400),
        (("chunks", 0, 1), [["model", "m"]]),
    ],
)
def test_e6_a_field_of_a_wrong_type_in_a_recording_is_refused_with_its_line(
    tape: dict[str, Any], tmp_path: Path, place: tuple[Any, ...], value: Any
) -> None:
    changed = json.loads(json.dumps(tape))
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    path = tmp_path / "tape.jsonl"
    path.write_text(json.dumps(changed) + "\n", encoding="utf-8")
    with pytest.raises(RecordingError, match="line 1: not an exchange"):
        Recordings().use(path)


@pytest.fixture(scope="module")
def chat_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    chat = vm.Conversation(session=Session("embedded"), profile="embedded", model="embedded-reader", temperature=0.5)
    chat.ask(QUESTION, PICTURE)
    path = chat.save(tmp_path_factory.mktemp("chat") / "chat.json")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content, path


@READING
@given(data=st.data())
def test_e6_a_conversation_that_was_changed_gives_only_errors_of_ours(
    chat_file: tuple[dict[str, Any], Path], data: st.DataObject
) -> None:
    content, path = chat_file
    path.write_bytes(json.dumps(mutated(content, data)).encode("utf-8"))

    def use() -> None:
        chat = vm.Conversation.load(path)
        str(chat)
        chat.ask("And now?", profile="embedded")
        chat.save(path.with_name("again.json"))

    only_ours(use)


@needs_devices
@pytest.mark.parametrize("kind", ["a pipe", "a device without end", "a folder"])
def test_e6_a_pipe_or_a_device_is_neither_a_recording_nor_a_conversation(kind: str, tmp_path: Path) -> None:
    path = file_of(kind, tmp_path)
    for mode in ("replay", "once", "record"):
        with pytest.raises(RecordingError):
            Recordings().use(path, mode)
    with pytest.raises(vm.RequestError):
        vm.Conversation.load(path)


@needs_devices
def test_e6_a_picture_of_a_conversation_that_became_a_pipe_is_missing(
    chat_file: tuple[dict[str, Any], Path], tmp_path: Path
) -> None:
    content, _ = chat_file
    (tmp_path / "chat.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "chat.images").mkdir()
    [name] = {part["image"] for part in content["turns"][0]["messages"][0]["content"] if "image" in part}
    os.mkfifo(tmp_path / "chat.images" / name)
    loaded = vm.Conversation.load(tmp_path / "chat.json")
    assert not loaded.turns[0].images


def test_a_request_is_the_one_that_a_recording_compares(tape: dict[str, Any]) -> None:
    """The mutations above start from a line that answers the question."""
    assert set(tape["request"]) == {"model", "messages", "options", "images"}
    assert isinstance(vm.prepare(QUESTION, PICTURE, profile="embedded"), ChatRequest)

"""The file of a run: rows, their order, labels, batches, and what is said of a file that cannot be used."""

from __future__ import annotations

import datetime
import pickle
import sqlite3
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from vision_magic.each.pictures.keys import encode_key
from vision_magic.each.row import Row
from vision_magic.each.run_file import database as run_database
from vision_magic.each.run_file.row_columns import COLUMNS, from_columns, to_columns
from vision_magic.each.run_file.run_file import RunFile, path_of
from vision_magic.errors import RunError
from vision_magic.secrets import Secret

MARK = {"question": "Which stage?", "model": "m", "options": {"temperature": 0}}


def done(key: Any, **fields: Any) -> Row:
    return Row(key=key, state=fields.pop("state", "done"), at=fields.pop("at", 1.0), **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "moths.vision.sqlite"


@pytest.fixture
def run(path: Path) -> Iterator[RunFile]:
    with RunFile.open(path, MARK) as run:
        yield run


def keys(run: RunFile) -> list[Any]:
    return [(row.key, row.repeat) if row.repeat else row.key for row in run.rows()]


# -- rows


def test_a_row_comes_back_as_it_was(run: RunFile) -> None:
    row = Row(
        key=("plate 1", 3), repeat=2, state="done", value={"stage": "pro", "sizes": [1, 2.5, None], "ü": True},
        text='{"stage": "pro"}', doubt="repaired once", model="gpt", system_fingerprint="fp", prompt_tokens=900,
        completion_tokens=12, estimated=True, seconds=1.25, tries=2, picture="a" * 64, width=640, height=480,
        note="shrunk from 4000×3000", at=1795920001.6068144, worker="tcp://10.0.0.7:4711",
    )  # fmt: skip
    run.add(row)
    assert run.row(("plate 1", 3), 2) == row
    assert list(run.rows()) == [row]
    assert run.row(("plate 1", 3)) is None
    assert run.row("another") is None


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(), st.lists),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_value_and_text_come_back(value: Any, text: str) -> None:
    row = done("a", value=value, text=text, error=text)
    values = sqlite3.connect(":memory:").execute(f"SELECT {', '.join('?' * len(COLUMNS))}", to_columns(row)).fetchone()
    found = from_columns(values)
    assert (found.text, found.error) == (text, text)
    if not any("\ud800" <= char <= "\udfff" for char in repr(value)):
        assert found.value == value


def test_half_a_surrogate_pair_in_an_answer_is_stored_as_a_question_mark(run: RunFile) -> None:
    run.add(done("a", text="x\ud800", value={"\udfff": ["\ud800"]}))
    row = run.row("a")
    assert row is not None
    assert (row.text, row.value) == ("x?", {"?": ["?"]})


def test_a_value_that_is_not_json_is_an_error(run: RunFile) -> None:
    with pytest.raises(RunError, match=r"cannot be stored .*expected JSON values"):
        run.add(done("a", value={"x": object()}))
    assert len(run) == 0


def test_rows_stand_in_the_order_of_their_pictures_and_not_of_their_answers(run: RunFile) -> None:
    for position in (2, 0, 1):
        run.add(done(f"k{9 - position}"), position)
    assert keys(run) == ["k9", "k8", "k7"]


def test_the_repeats_of_a_picture_stand_together(run: RunFile) -> None:
    for repeat in (1, 0):
        for position, key in enumerate(["b", "a"]):
            run.add(done(key, repeat=repeat), position)
    assert keys(run) == ["b", ("b", 1), "a", ("a", 1)]


def test_a_row_without_a_position_stands_last_and_keeps_its_place_when_it_is_asked_again(run: RunFile) -> None:
    for key in ("z", "y", "x"):
        run.add(done(key, state="failed"))
    run.add(done("z"))
    assert keys(run) == ["z", "y", "x"]


def test_pictures_that_were_added_between_the_others_stand_there(run: RunFile) -> None:
    for position, key in enumerate(["a", "c"]):
        run.add(done(key), position)
    for position, key in enumerate(["a", "b", "c"]):
        run.set_order(key, position)
    assert keys(run) == ["a", "c"]
    run.add(done("b"))
    assert keys(run) == ["a", "b", "c"]


def test_the_order_is_written_before_the_file_is_closed(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        run.add_all([(done("a"), 0), (done("b"), 1)])
        run.set_order("b", 0)
        run.set_order("a", 1)
    with RunFile.read(path) as run:
        assert keys(run) == ["b", "a"]


def test_more_rows_than_are_read_at_once_come_once_each_in_order(run: RunFile) -> None:
    run.add_all([(done(at // 3, repeat=at % 3), at // 3) for at in range(1700)])
    assert [(row.key, row.repeat) for row in run.rows()] == [divmod(at, 3) for at in range(1700)]


def test_rows_can_be_added_while_others_are_read(run: RunFile) -> None:
    run.add_all([(done(at), at) for at in range(1000)])
    found = []
    for row in run.rows():
        found.append(row.key)
        if row.key == 10:
            run.add(done(5000), 5000)
            run.add(done(-1), 0)  # behind what was read already
    assert found == [*range(1000), 5000]


def test_done_and_refused_rows_are_finished_and_failed_and_stopped_ones_are_not(run: RunFile) -> None:
    for at, state in enumerate(["done", "refused", "failed", "stopped"]):
        run.add(done(at, state=state, picture=f"hash {at}"))
    run.add(done(0, repeat=1))
    assert run.finished() == {("0", 0), ("1", 0), ("0", 1)}
    assert run.pictures() == {("0", 0): "hash 0", ("1", 0): "hash 1", ("0", 1): ""}
    assert run.counts() == {"done": 2, "refused": 1, "failed": 1, "stopped": 1}
    assert [row.key for row in run.rows("failed", "stopped")] == [2, 3]
    assert len(run) == 5
    run.add(done(2, picture="hash 2"))
    assert run.counts() == {"done": 3, "refused": 1, "stopped": 1}
    assert len(run) == 5


def test_keys_that_are_equal_but_of_other_types_are_others(run: RunFile) -> None:
    run.add_all([(done(key, text=repr(key)), None) for key in (1, 1.0, True, "1")])
    assert [row.text for row in run.rows()] == ["1", "1.0", "True", "'1'"]


def test_several_threads_can_write(run: RunFile) -> None:
    def work(number: int) -> None:
        for at in range(50):
            run.add(done((number, at)), number * 50 + at)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keys(run) == [(number, at) for number in range(8) for at in range(50)]


def test_a_row_is_in_the_file_as_soon_as_add_returns(run: RunFile, path: Path) -> None:
    with RunFile.read(path) as other:
        for at in range(3):
            run.add(done(at), at)
            assert len(other) == at + 1
            assert keys(other) == list(range(at + 1))


def test_the_tables_can_be_read_with_pandas(run: RunFile, path: Path) -> None:
    run.add_all([(done("b", value={"n": 1}), 0), (done("a", state="failed", error="no"), 1)])
    connection = sqlite3.connect(path)
    table = pd.read_sql("SELECT * FROM answers ORDER BY position, repeat", connection)
    connection.close()
    assert list(table["key"]) == ['"b"', '"a"']
    assert list(table["value"].fillna("")) == ['{"n":1}', ""]


# -- keys to servers


def test_no_key_to_a_server_is_in_the_file(path: Path) -> None:
    secret = Secret("sk-live-0123456789abcdef", source="test")
    with RunFile.open(path, {**MARK, "question": f"use {secret.reveal()}"}) as run:
        run.add(done("a", text=f"key {secret.reveal()}", error=secret.reveal(), value={"k": [secret.reveal()]}))
        run.set_label("a", secret.reveal(), secret.reveal())
        row = run.row("a")
        assert row is not None
        assert (row.text, row.value) == ("key ****", {"k": ["****"]})
    with RunFile.open(path, {**MARK, "question": f"use {secret.reveal()}"}):
        pass  # the same mark
    assert secret.reveal().encode() not in path.read_bytes()


# -- labels and batches


def test_the_last_label_of_a_picture_counts(run: RunFile) -> None:
    run.set_label(("p", 1), "pro", "Ada")
    run.set_label("b", {"count": 3})
    run.set_label(("p", 1), "meta", "Grace")
    labels = run.labels
    assert [(key, label.label, label.labelled_by) for key, label in labels.items()] == [
        ("b", {"count": 3}, ""),
        (("p", 1), "meta", "Grace"),
    ]
    assert labels["b"].at > 1.7e9
    run.set_label("b", None)
    assert list(run.labels) == [("p", 1)]


def test_labels_are_stored_while_another_kernel_writes_the_run(run: RunFile, path: Path) -> None:
    with RunFile.read(path) as other:
        other.set_label("a", "pro")
        run.add(done("a"))
        other.add(done("b"))
    assert list(run.labels) == ["a"]
    assert keys(run) == ["a", "b"]


def test_batches_are_documents_with_numbers(run: RunFile, path: Path) -> None:
    job, part = {"kind": "job", "id": "batch_1"}, {"kind": "part", "lines": [["a", 0]] * 1000}
    assert [run.batches.add(job), run.batches.add(part), run.batches.add({})] == [1, 2, 3]
    run.batches.update(1, {**job, "state": "completed"})
    with RunFile.read(path) as other:
        assert other.batches.list("job") == [(1, {**job, "state": "completed"})]
        assert other.batches.list() == [(1, {**job, "state": "completed"}), (2, part), (3, {})]


# -- the mark


def test_the_same_question_opens_the_same_run_again(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        run.add(done("a"))
        created = run.created
    with RunFile.open(path, {name: MARK[name] for name in reversed(MARK)}) as run:
        assert run.finished() == {('"a"', 0)}
        assert (run.mark, run.created) == (MARK, created)
        assert run.version


def test_another_question_is_an_error_that_says_what_differs(path: Path) -> None:
    RunFile.open(path, MARK).close()
    with pytest.raises(RunError) as caught:
        RunFile.open(path, {"question": "Which genus?", "model": "m", "options": {"temperature": 0.5, "seed": 3}})
    assert str(caught.value) == (
        f"{path} holds the answers to another question. What differs:\n"
        "  question: 'Which stage?' → 'Which genus?'\n"
        "  options.temperature: 0 → 0.5\n"
        "  options.seed: not set → 3\n"
        'Give this run another name, run="…", set these back to continue the old one, or delete the file.'
    )
    RunFile.open(path, MARK).close()  # it is not locked


def test_the_names_of_the_keys_are_in_the_file_and_not_in_the_mark(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        assert run.key_names == ()
        run.key_names = ("plate", "well")
    with RunFile.open(path, MARK) as run:
        assert run.key_names == ("plate", "well")


# -- the file


def test_only_its_owner_can_read_the_file(run: RunFile, path: Path) -> None:
    run.add(done("a"))
    files = sorted(path.parent.iterdir())
    assert [file.name.removeprefix(path.name) for file in files] == ["", "-shm", "-wal", ".lock"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_run_that_ended_is_one_plain_file(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        run.add(done("a"))
        run.release()
        assert [file.name for file in path.parent.iterdir()] == [path.name]
        assert keys(run) == ["a"]  # still read here
    assert path.read_bytes()[18:20] == b"\1\1"  # not WAL: a copy of it is whole, and opens where nothing can be written


def test_another_connection_that_reads_does_not_keep_a_run_from_ending(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        run.add(done("a"))
        other = RunFile.read(path)
    assert keys(other) == ["a"]
    other.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_run_can_be_pickled_and_is_read_from_its_file(run: RunFile) -> None:
    run.add(done("a"))
    with pickle.loads(pickle.dumps(run)) as other:
        assert keys(other) == ["a"]


def test_a_run_that_is_written_is_not_opened_again(run: RunFile, path: Path) -> None:
    words = (
        r"moths\.vision\.sqlite is written by another cell or thread of this kernel, since \d\d:\d\d\. Wait until its "
        r'run has ended, or interrupt it there; or give this one another name: run="…"\.'
    )
    with pytest.raises(RunError, match=words):
        RunFile.open(path, MARK)
    run.release()
    run.release()
    RunFile.open(path, MARK).close()


def test_an_empty_file_becomes_a_run(path: Path) -> None:
    path.touch()
    RunFile.open(path, MARK).close()
    RunFile.read(path).close()


def test_a_file_whose_creation_was_interrupted_becomes_a_run(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (x)")
    database.execute("DROP TABLE t")
    database.close()
    path.with_name(f"{path.name}-journal").touch()
    with RunFile.open(path, MARK) as run:
        run.add(done("a"))
        assert keys(run) == ["a"]


def folder(path: Path) -> None:
    path.mkdir()


def text(path: Path) -> None:
    path.write_text("key,stage\na,pro\n" * 100)


def other_database(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE mine (x)")
    database.close()


def later_version(path: Path) -> None:
    RunFile.open(path, MARK).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()


def damaged_pages(path: Path) -> None:
    with RunFile.open(path, MARK) as run:
        run.add_all([(done(at), at) for at in range(100)])
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


@pytest.mark.parametrize("opened", ["open", "read"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (folder, "is a folder; expected the file of a run"),
        (text, "is not a database, or is damaged at its beginning; delete it, or name another file"),
        (other_database, "is a database, but not that of a run; name another file"),
        (later_version, r"was written by a later vision_magic \(version 99 of the file; this one reads 2\)"),
        (damaged_pages, r"is damaged \(database disk image is malformed\); delete it"),
    ],
)
def test_another_file_is_an_error_and_is_not_changed(path: Path, make: Any, words: str, opened: str) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(RunError, match=words):
        RunFile.open(path, MARK) if opened == "open" else RunFile.read(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    if before and make is not damaged_pages:
        assert path.read_bytes() == before


def test_a_file_that_does_not_exist_is_not_read(path: Path) -> None:
    with pytest.raises(
        RunError, match=r"does not exist; expected the file of a run, which vision_magic\.ask_each makes"
    ):
        RunFile.read(path)
    assert not path.exists()


def test_a_damaged_row_is_an_error_in_words(run: RunFile, path: Path) -> None:
    run.add(done("a"))
    database = sqlite3.connect(path)
    database.execute("UPDATE rows SET value = 'x'")
    database.commit()
    database.close()
    with pytest.raises(RunError, match=r"is damaged \(Expecting value.*\); delete it to start again"):
        run.row("a")


def test_a_full_disk_costs_only_the_row_that_did_not_fit(run: RunFile) -> None:
    run._database._connection.execute("PRAGMA max_page_count = 20")  # what a full disk is to SQLite
    words = (
        r"The rows could not be written to .*\(database or disk is full: make room on it\)\. What was written before is"
    )
    long = "x" * 1000
    for at in range(8):
        run.add(done(at, text=long), at)
    with pytest.raises(RunError, match=words):
        run.add_all([(done(at, text=long), at) for at in range(8, 100)])
    assert keys(run) == list(range(8))
    run._database._connection.execute("PRAGMA max_page_count = 10000")
    run.add(done(8), 8)
    assert keys(run) == list(range(9))


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match=r"cannot be written \(.*\); name another: run="):
        RunFile.open(tmp_path / "file" / "moths.vision.sqlite", MARK)


def test_the_folder_of_a_run_is_made(tmp_path: Path) -> None:
    RunFile.open(tmp_path / "a" / "b" / "moths.vision.sqlite", MARK).close()


# -- disks of other machines

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ada/fast ext4 rw 0 0
//nas/data /mnt/my\040data cifs rw 0 0
proc /proc proc rw 0 0
damaged
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/x.sqlite", "ext4"),
        ("/home/ada/x.sqlite", "nfs4"),
        ("/homes/x.sqlite", "ext4"),
        ("/home/ada/fast/x.sqlite", "ext4"),
        ("/mnt/my data/x.sqlite", "cifs"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
def test_the_file_system_of_a_path_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert run_database._file_system(Path(path), MOUNTS) == kind


def test_on_a_disk_of_another_machine_no_shared_memory_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_database, "is_shared", lambda path: True)
    with RunFile.open(path, MARK) as run:
        for at in range(3):
            run.add(done(at), at)
        assert not path.with_name(f"{path.name}-shm").exists()
        monkeypatch.setattr(run_database, "_TIMEOUT", 0.01)
        with pytest.raises(RunError, match=r"is locked by another program\. Wait until it has finished"):
            RunFile.read(path)
        run.release()
        with RunFile.read(path) as other:
            assert keys(other) == [0, 1, 2]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


# -- the path of a run


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("moths", "moths.vision.sqlite"),
        ("moths 2.0", "moths 2.0.vision.sqlite"),
        ("sub/moths", "sub/moths.vision.sqlite"),
        (Path("sub/moths"), "sub/moths.vision.sqlite"),
        ("moths.vision.sqlite", "moths.vision.sqlite"),
        ("moths.SQLite", "moths.SQLite"),
        ("moths.db", "moths.db"),
    ],
)
def test_a_run_is_named_by_a_word_or_a_path(
    run: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    assert path_of(run) == tmp_path / name


@pytest.mark.parametrize("run", ["no/such/moths", Path("no/such/moths.db")])
def test_a_run_in_a_folder_that_does_not_exist_is_an_error_and_nothing_is_made(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelled folder was made, and the run began anew in it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError, match=r"there is no folder '.*no/such'; make it first"):
        path_of(run)
    assert not list(tmp_path.iterdir())


def test_a_run_without_a_name_has_a_file_of_its_own() -> None:
    one, other = path_of(None), path_of(None)
    assert one != other
    assert one.parent == other.parent
    assert one.parent.name == "runs"
    assert datetime.date.today().isoformat() in one.name
    assert one.name.endswith(".vision.sqlite")


def test_a_run_may_have_the_name_of_the_folder_of_its_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "moths").mkdir()
    assert path_of("moths") == tmp_path / "moths.vision.sqlite"


@pytest.mark.parametrize("run", ["", 3, ".", "..", "moths/", "/", "a\0b", b"moths"])
def test_what_cannot_be_a_path_is_an_error(run: Any) -> None:
    with pytest.raises(RunError, match="run got"):
        path_of(run)


def test_the_keys_of_a_row_and_of_finished_are_the_same_text(run: RunFile) -> None:
    key = datetime.datetime(2026, 1, 2)
    run.add(done(key))
    assert (encode_key(key), 0) in run.finished()

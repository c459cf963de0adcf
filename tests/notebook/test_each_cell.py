"""``%%vision --each`` in a real shell, with a server on loopback or the embedded engine."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk, interrupt_main_thread
from vision_magic.each.table.table import Table
from vision_magic.notebook.completer import completions
from vision_magic.notebook.help import help_text
from vision_magic.session.default import session


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, where runs are files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def sizes(body: dict[str, Any]) -> list[tuple[int, int]]:
    """Return the sizes of the pictures of a request, in order."""
    parts = [part for part in body["messages"][-1]["content"] if part["type"] == "image_url"]
    data = [base64.b64decode(part["image_url"]["url"].partition(",")[2]) for part in parts]
    return [PILImage.open(io.BytesIO(one)).size for one in data]


def measured(body: dict[str, Any]) -> Iterator[bytes]:
    yield chunk(json.dumps({"width": sizes(body)[-1][0], "kind": "navy"})) + END


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(measured) as running:
        session.use(base_url=running.url, model="model-1")
        yield running


@pytest.fixture
def frames(run: Run) -> list[PILImage.Image]:
    made = [PILImage.new("RGB", (30 + number, 20), "navy") for number in range(4)]
    run.shell.user_ns["frames"] = made
    return made


CELL = '%%vision --each frames --schema "width: int, kind" --run sizes -o rows\nHow wide is it?'


@pytest.mark.usefixtures("frames")
def test_a_cell_asks_about_each_picture_and_shows_the_table(run: Run, server: LoopbackServer) -> None:
    assert run(CELL).success, run.err
    rows = run.shell.user_ns["rows"]
    assert isinstance(rows, Table)
    assert run.shell.user_ns["_vision"] is rows
    assert [row.value["width"] for row in rows] == [30, 31, 32, 33]
    assert "complete · 4 rows" in run.out
    assert repr(rows) in run.out
    assert Path("sizes.vision.sqlite").exists()
    assert server.requests[0]["messages"][-1]["content"][0]["text"] == "How wide is it?"


def test_the_same_cell_again_asks_only_what_is_missing(
    run: Run, server: LoopbackServer, frames: list[PILImage.Image]
) -> None:
    assert run(CELL).success, run.err
    frames.append(PILImage.new("RGB", (50, 20), "navy"))
    assert run(CELL).success, run.err
    assert sizes(server.requests[-1]) == [(50, 20)]
    assert "5 rows · 4 were there, 1 asked" in run.out
    assert len(server.requests) == 5
    assert "run sizes" not in run.out
    assert len(run.shell.user_ns["rows"]) == 5
    message = run.fails(CELL.replace("How wide", "How high"))
    assert "sizes.vision.sqlite holds the answers to another question" in message
    assert "Give this run another name, --run NAME" in message


@pytest.mark.usefixtures("frames")
def test_other_pictures_are_sent_with_every_row_and_none_that_is_not_named(run: Run, server: LoopbackServer) -> None:
    run.shell.user_ns["scale"] = PILImage.new("RGB", (9, 9), "red")
    assert run("%%vision scale --each frames[:2]\nHow many of {scale} fit?").success, run.err
    assert sorted(map(sizes, server.requests)) == [[(9, 9), (9, 9), (30, 20)], [(9, 9), (9, 9), (31, 20)]]
    assert run('%%vision --each "{9: frames[3]}"\nWhich?').success, run.err
    assert sizes(server.requests[-1]) == [(33, 20)]
    assert [row.key for row in run.shell.user_ns["_vision"]] == [9]


@pytest.mark.usefixtures("frames")
def test_the_options_of_a_run_reach_it(run: Run, server: LoopbackServer) -> None:
    cell = "%%vision --each frames --sample 2 --repeat 2 --rate 500 --image-format jpeg -t 0.5 -o rows\nWhich?"
    assert run(cell).success, run.err
    assert len(server.requests) == 4
    assert server.requests[0]["temperature"] == 0.5
    assert "image/jpeg" in json.dumps(server.requests[0])
    assert "the first 2 were sampled" in run.out
    assert "4 of 8 rows" in repr(run.shell.user_ns["rows"])
    assert "cap got" in run.fails("%%vision --each frames --cap plenty\nWhich?")
    assert "concurrency got 0" in run.fails("%%vision --each frames --concurrency 0\nWhich?")


@pytest.mark.usefixtures("frames")
def test_an_interrupt_keeps_the_table_and_says_how_to_go_on(run: Run) -> None:
    def until_the_third(body: dict[str, Any]) -> Iterator[bytes]:
        if len(server.requests) == 3:
            interrupt_main_thread()
            waits = True
            while waits:
                yield b": waiting\n\n"
        yield from measured(body)

    with LoopbackServer(until_the_third) as server:
        session.use(base_url=server.url, model="model-1")
        message = run.fails(CELL.replace("-o", "--concurrency 1 -o"))
        assert message == "Interrupted after 2 of 4 rows, which are in rows. The same cell asks only about the rest."
        assert len(run.shell.user_ns["rows"]) == 2
        assert "interrupted · 2 of 4 rows" in run.out
        assert repr(run.shell.user_ns["rows"]) in run.out


@pytest.mark.usefixtures("frames")
def test_a_dry_run_shows_the_first_request_and_how_many_there_are(run: Run, server: LoopbackServer) -> None:
    assert run('%%vision --each frames --schema "width: int" --dry-run\nHow wide?').success, run.err
    assert "4 rows; this would be sent about the first picture, 0:" in run.out
    assert "How wide?" in run.out
    assert '"json_schema"' in run.out
    assert "rows" not in run.shell.user_ns
    assert server.requests == []
    assert list(Path().glob("*.sqlite")) == []
    run.shell.user_ns["made"] = iter(run.shell.user_ns["frames"])
    assert "--dry-run would take the first picture" in run.fails("%%vision --each made --dry-run\nHow wide?")
    assert "expected at least one picture" in run.fails("%%vision --each [] --dry-run\nHow wide?")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--run moths fig", "--run is for many pictures; name them with --each"),
        ("--cap 2000", "--cap is for many pictures"),
        ("--each frames -c", "--each and -c exclude each other: each picture is asked about on its own"),
        ("--each frames --chat a", "--each and --chat exclude each other"),
        ("--each frames --bg", "--each and --bg exclude each other: Stop, or an interrupt"),
        ("--each frames --wire", "--dry-run shows the request"),
        ("--each frames --quiz", "--each and --quiz exclude each other: it is for one answer"),
        ("--each frames --rubric r", "--each and --rubric exclude each other"),
        ("--each frames --fresh", "a run of another name"),
        ("--each frames --no-image", "--each and --no-image exclude each other"),
        ("--each frames -m a -m b", "expected one model"),
        ("--each frames --tools print", "its rows call no functions"),
        ("--each frams", "did you mean frames"),
        ("--each moths", "such as Path('moths') for a folder"),
        ("--each .", "which is a file or folder, and not a name in the notebook"),
        ("--each frames --run no/such/moths", "there is no folder"),
        ("--each", "--each got no value"),
        ("--each frames --image-format gif", "expected jpeg or png"),
        ("--each frames -o 1x", "expected the name of a variable"),
    ],
)
@pytest.mark.usefixtures("frames")
def test_what_does_not_go_together_is_refused_before_anything_is_sent(
    run: Run, server: LoopbackServer, line: str, message: str
) -> None:
    assert message in run.fails(f"%%vision {line}\nWhich?")
    assert server.requests == []


@pytest.mark.usefixtures("frames")
def test_a_cell_without_a_question_is_refused(run: Run) -> None:
    assert "has no question" in run.fails("%%vision --each frames")


@pytest.mark.usefixtures("frames")
def test_a_recorded_run_is_replayed_without_a_server(run: Run, folder: Path) -> None:
    with LoopbackServer(measured) as server:
        session.use(base_url=server.url, model="model-1")
        assert run("%vision record lesson.jsonl").success, run.err
        assert run('%%vision --each frames --schema "width: int, kind" -o rows\nHow wide?').success, run.err
        assert len(server.requests) == 4
    assert run("%vision replay lesson.jsonl").success, run.err
    try:
        assert run('%%vision --each frames --schema "width: int, kind" -o again\nHow wide?').success, run.err
    finally:
        run("%vision replay off")
    assert run.shell.user_ns["again"].values == run.shell.user_ns["rows"].values


def test_the_embedded_reader_reads_each_picture(run: Run, frames: list[PILImage.Image]) -> None:
    session.use(profile="embedded")
    assert run("%%vision --each frames -o rows\nWhat size is it?").success, run.err
    assert ["30 × 20" in row.text for row in run.shell.user_ns["rows"]] == [True, False, False, False]
    assert run("%vision retry").success, run.err


def test_completion_offers_pictures_runs_and_the_options(run: Run, frames: list[PILImage.Image]) -> None:
    Path("moths.vision.sqlite").touch()
    names = {"frames": frames, "n": 3, "Path": Path}
    offered = completions("--each ", names, cell=True)
    assert offered.candidates == [("frames", "pictures"), ("n", "variable")]
    assert not offered.exclusive  # any expression may stand there
    assert completions("--each frames --run ", names, cell=True).candidates == [("moths", "run")]
    assert ("--concurrency", "option") in completions("--each frames --c", names, cell=True).candidates
    assert "--each PICTURES" in help_text()

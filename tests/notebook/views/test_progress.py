"""The live view of a run: what a page is sent, where there are no widgets, and what stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from tests.notebook.views.conftest import Handle
from vision_magic.each.progress.progress import Progress
from vision_magic.each.row import Row
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image
from vision_magic.notebook.state import ShellState, state_of
from vision_magic.notebook.views.progress import ProgressOutput, show_progress
from vision_magic.notebook.views.progress_html import Tiles, bar_html
from vision_magic.notebook.views.progress_widget import LiveProgress
from vision_magic.session.default import session

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def progress() -> Progress:
    progress = Progress(lambda: None, lambda row: 0.5)
    progress.expect(10, kept=2)
    return progress


def begun(progress: Progress, state: ShellState | None = None) -> tuple[ProgressOutput, LiveProgress]:
    output = ProgressOutput(progress, state, widget=True)
    output.begin()
    assert output._widget is not None
    return output, output._widget


def picture(side: int = 40) -> Image:
    return as_image(PILImage.effect_noise((side, side), 90).convert("RGB"))


def row(key: object, **more: Any) -> Row:
    return Row(key=key, **{"state": "done", "value": {"stage": "pro", "count": 3}, "prompt_tokens": 50, **more})


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ")


def say_hello(widget: LiveProgress) -> None:
    widget._on_message(widget, {"kind": "hello", "page": "a"}, [])


def test_a_page_gets_the_counts_the_pace_and_the_last_pictures(
    handle: Handle, progress: Progress, clock: list[float]
) -> None:
    output, widget = begun(progress)
    progress.sent(3)
    clock[0] += 2
    progress.add(row("a"), picture())
    progress.add(row("b", state="failed", value=None, error="out of memory"))
    output.draw(progress.counts())
    assert plain(widget.rows) == "4 of 10 rows · 2 kept · 1 failed"
    assert plain(widget.pace) == "1.0 rows/s · 6 s left · 100 tokens · 1.00 at your prices · 1 in flight"
    assert 'aria-valuenow="4"' in widget.pace
    assert 'title="stage pro · count 3">pro · 3<' in widget.pictures
    assert widget.pictures.count("data:image/jpeg") == 1  # the other could not be read
    assert "out of memory" in widget.pictures
    assert len(handle.updates) == 1  # the output itself stays as it is


def test_a_pause_counts_down_with_its_reason(handle: Handle, progress: Progress, clock: list[float]) -> None:
    output, widget = begun(progress)
    progress.pause(12, "the server asked for 12 s")
    seen = []
    for _ in range(3):
        output.draw(progress.counts())
        seen.append(plain(widget.pace))
        clock[0] += 6
    assert seen == ["paused for 12 s: the server asked for 12 s", "paused for 6 s: the server asked for 12 s", ""]


def test_a_new_picture_takes_the_place_of_the_oldest_and_the_others_stay_still(clock: list[float]) -> None:
    tiles = Tiles()
    rows = [row(f"key {number}") for number in range(8)]
    tiles.add([(one, None) for one in rows[:6]], 0.0)
    tiles.add([(one, None) for one in rows[1:7]], 0.5)  # too early: nobody could have looked at them
    assert re.findall(r"key \d(?=</div>)", tiles.html) == [f"key {number}" for number in range(6)]
    tiles.add([(one, None) for one in rows[2:8]], 2.0)
    assert re.findall(r"key \d(?=</div>)", tiles.html) == [f"key {number}" for number in (6, 7, 2, 3, 4, 5)]


def test_what_a_model_or_a_file_says_is_shown_as_text() -> None:
    tiles = Tiles()
    hostile = '" onload="alert(1)"><script>alert(1)</script>\u202e'
    tiles.add([(row(hostile, value={"note": hostile}), picture())], 0.0)
    assert "<script" not in tiles.html
    assert '" onload' not in tiles.html
    assert "\u202e" not in tiles.html


def test_the_bar_shows_what_was_kept_what_is_new_and_what_failed(progress: Progress) -> None:
    for key, state in enumerate(("done", "done", "failed")):
        progress.add(row(key, state=state))
    assert re.findall(r"width:([\d.]+)%", bar_html(progress.counts())) == ["20.00", "20.00", "10.00"]
    progress.expect(None)
    assert bar_html(progress.counts()) == ""


def test_stop_ends_the_run_and_is_acknowledged(
    handle: Handle, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(LiveProgress, "send", lambda self, content, buffers=None: sent.append(content["kind"]))
    stopped: list[bool] = []
    progress = Progress(lambda: stopped.append(True), lambda row: None)
    output, widget = begun(progress)
    widget._on_message(widget, {"kind": "stop"}, [])
    assert stopped == [True]
    progress.end("stopped")
    output.end()
    assert sent == ["stopping", "ended"]


def test_one_line_without_times_stays(handle: Handle, progress: Progress, clock: list[float]) -> None:
    output, widget = begun(progress)
    say_hello(widget)
    clock[0] += 5
    for key in range(8):
        progress.add(row(key, state="failed" if key == 3 else "done"))
    progress.end("complete")
    output.end()
    assert handle.updates[-1]["text/plain"] == "complete · 10 rows · 2 were there, 8 asked · 1 failed"
    assert plain(handle.updates[-1]["text/html"]) == "complete · 10 rows · 2 were there, 8 asked · 1 failed"
    assert WIDGET not in handle.updates[-1]
    assert widget.comm is None  # it is closed
    drawn = len(handle.updates)
    output.draw(progress.counts())
    say_hello(widget)
    assert len(handle.updates) == drawn


def test_where_no_page_says_hello_the_output_is_replaced_at_most_once_a_second(
    run: Run, handle: Handle, progress: Progress, clock: list[float]
) -> None:
    state = state_of(run.shell)
    output, widget = begun(progress, state)
    assert WIDGET in handle.updates[0]
    for _ in range(22):  # for five and a half seconds
        clock[0] += 0.25
        output.draw(progress.counts())
    assert 4 <= len(handle.updates) - 1 <= 5
    assert "2 of 10 rows" in handle.updates[-1]["text/plain"]
    say_hello(widget)  # at last
    assert WIDGET in handle.updates[-1]
    assert state.page_shows_widgets is True
    output.draw(progress.counts())
    assert WIDGET in handle.updates[-1]


def test_a_page_that_was_silent_is_expected_to_be_silent_again(
    run: Run, handle: Handle, progress: Progress, clock: list[float]
) -> None:
    state = state_of(run.shell)
    output, _ = begun(progress, state)
    clock[0] += 2
    output.end()
    assert state.page_shows_widgets is False
    handle.updates.clear()
    output, _ = begun(progress, state)
    output.draw(progress.counts())
    assert [WIDGET in update for update in handle.updates] == [True, False]


def test_a_reloaded_page_gets_the_line_that_stays_from_the_widget(
    handle: Handle, progress: Progress, clock: list[float]
) -> None:
    output, widget = begun(progress)
    for page in ("a", "b"):
        widget._on_message(widget, {"kind": "hello", "page": page}, [])
    progress.end("complete")
    output.end()
    assert plain(widget.ended) == "complete · 2 of 10 rows · 2 were there, none asked"
    assert widget.comm is not None


def test_a_program_that_runs_the_notebook_gets_only_what_stays(
    handle: Handle, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISION_MAGIC_DISPLAY", raising=False)
    request = {"header": {"msg_id": "x"}, "content": {"allow_stdin": False}}
    shell = SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda: request), display_pub=None)
    with show_progress(shell, progress):
        assert handle.updates == []
        progress.end("complete")
    assert [update["text/plain"] for update in handle.updates] == ["complete · 2 of 10 rows · 2 were there, none asked"]


def test_the_extension_shows_the_runs_of_the_default_session(run: Run, progress: Progress, capsys: Any) -> None:
    show: Callable[[Progress], Any] | None = session.state.show_progress
    assert show is not None
    with show(progress):
        progress.end("stopped")
    assert (
        capsys.readouterr().out == "stopped · 2 of 10 rows · 2 were there, none asked\n"
    )  # no terminal that could rewrite a line
    run.shell.run_line_magic("unload_ext", "vision_magic")
    assert session.state.show_progress is None
    run.shell.run_line_magic("load_ext", "vision_magic")

"""The progress of a run in words, and the line of a terminal."""

from __future__ import annotations

import contextlib
import io
import threading

import pytest

from vision_magic.each.progress import line as progress_line
from vision_magic.each.progress.line import drawing, show_line
from vision_magic.each.progress.progress import Counts, Progress
from vision_magic.each.progress.words import end_words, in_words, seconds_words
from vision_magic.each.row import Row

RUNNING = Counts(
    total=10_000,
    kept=200,
    done=1_001,
    failed=3,
    in_flight=64,
    prompt_tokens=900_000,
    completion_tokens=334_567,
    cost=14.1,
    seconds=25.1,
)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        pytest.param(
            RUNNING,
            "1,204 of 10,000 rows · 200 kept · 3 failed · 40 rows/s · 3 min 40 s left · 1.23 M tokens · "
            "14.10 at your prices · 64 in flight",
            id="everything",
        ),
        pytest.param(Counts(), "0 rows", id="nothing yet"),
        pytest.param(Counts(total=24), "0 of 24 rows", id="nothing yet of a list"),
        pytest.param(Counts(total=2, left_out="1 file left out"), "0 of 2 rows · 1 file left out", id="left out"),
        pytest.param(Counts(done=1, seconds=4.0), "1 row · 15 rows/min", id="a generator without a length"),
        pytest.param(
            Counts(total=3, done=2, refused=1, seconds=2.0), "3 rows · 1 refused · 1.5 rows/s", id="all of them"
        ),
        pytest.param(
            Counts(total=9, in_flight=2, prompt_tokens=6_100, cost=0.0123, pause=11.6, pause_reason="the server asked"),
            "0 of 9 rows · paused for 12 s: the server asked · 6,100 tokens · 0.0123 at your prices · 2 in flight",
            id="a pause",
        ),
    ],
)
def test_a_line_says_what_there_is_and_leaves_out_what_is_unknown(counts: Counts, words: str) -> None:
    assert plain(in_words(counts)) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(total=24, done=22, failed=2, seconds=3.2, ended="complete"), "complete · 24 rows · 2 failed"),
        (
            Counts(total=24, kept=22, failed=2, seconds=0.1, ended="complete"),
            "complete · 24 rows · 22 were there, 2 asked · 2 failed",
        ),
        (
            Counts(total=10, done=9, failed=1, doubtful=3, ended="complete"),
            "complete · 10 rows · 1 failed · 3 doubtful -> rows.doubtful",
        ),
        (Counts(total=24, kept=24, ended="complete"), "complete · 24 rows · 24 were there, none asked"),
        (Counts(total=500, done=120, ended="stopped"), "stopped · 120 of 500 rows"),
        (Counts(done=7, ended="the cap is reached\x1b[2J"), "the cap is reached␛[2J · 7 rows"),
        (Counts(total=4, done=1), "interrupted · 1 of 4 rows"),
        (Counts(done=2, ended="complete", left_out="1 file left out"), "complete · 2 rows · 1 file left out"),
    ],
)
def test_the_last_line_has_no_times_and_says_what_was_there_before(counts: Counts, words: str) -> None:
    assert end_words(counts) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59.6, "1 min"), (212, "3 min 32 s"), (7_800, "2 h 10 min"), (270_000, "3 d 3 h"), (86_400, "1 d")],
)
def test_a_time_has_two_units(seconds: float, words: str) -> None:
    assert plain(seconds_words(seconds)) == words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def played(out: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a run of two rows writes, whose second row waits until the first one has been drawn."""
    drawn = threading.Event()
    progress = Progress(lambda: None, lambda row: None)
    progress.expect(2)

    def words(counts: Counts) -> str:
        if counts.done:
            drawn.set()
        return in_words(counts)

    monkeypatch.setattr(progress_line, "in_words", words)
    with contextlib.redirect_stdout(out), show_line(progress):
        progress.sent(2)
        progress.add(Row(key="a", state="done"))
        assert not out.isatty() or drawn.wait(10)
        progress.add(Row(key="b", state="failed"))
        progress.end("complete")
    return out.getvalue()


def test_a_terminal_has_one_line_that_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "22")
    said = played(Terminal(), monkeypatch)
    assert said.count("\n") == 1
    assert said.endswith("\r\x1b[Kcomplete · 2 rows · 1 failed\n")
    assert "\r\x1b[K1 of 2 rows" in said
    assert all(len(part.removeprefix("\x1b[K")) < 22 for part in said.split("\r")[:-1])


def test_a_file_gets_only_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert played(io.StringIO(), monkeypatch) == "complete · 2 rows · 1 failed\n"


def test_a_run_is_drawn_at_once_and_never_after_its_end() -> None:
    progress = Progress(lambda: None, lambda row: None)
    drawn: list[int] = []
    first = threading.Event()

    def draw(counts: Counts) -> None:
        drawn.append(counts.done)
        first.set()

    with drawing(progress, draw):
        assert first.wait(10)
        for number in range(1_000):
            progress.add(Row(key=number, state="done"))
    count = len(drawn)
    progress.add(Row(key="late", state="done"))
    assert len(drawn) == count < 100  # a thousand rows, but not a thousand drawings

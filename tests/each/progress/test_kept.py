"""What the progress says of rows that were there before the run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.each.run_files import close_runs, run_of
from vision_magic.each.missing import Missing
from vision_magic.each.progress.progress import Progress
from vision_magic.each.progress.words import end_words
from vision_magic.each.row import Row


def test_a_run_that_is_repeated_counts_the_doubtful_rows_that_were_there() -> None:
    rows = [Row(key="a", state="done", doubt="repaired once"), Row(key="b", state="done")]
    progress = Progress(lambda: None, lambda row: None)
    tasks: list[Any] = [SimpleNamespace(key=row.key, repeat=0) for row in rows]
    try:
        assert list(Missing(run_of(rows), progress, 2).of(iter(tasks))) == []
    finally:
        close_runs()
    progress.end("complete")
    assert end_words(progress.counts()) == (
        "complete · 2 rows · 2 were there, none asked · 1 doubtful -> rows.doubtful"
    )

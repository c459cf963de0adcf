"""Files of runs with given rows, in folders of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vision_magic.chat.schema import as_schema
from vision_magic.each.row import Row
from vision_magic.each.run_file.run_file import RunFile

_OPEN: list[RunFile] = []


def run_of(rows: Iterable[Row], kind: Any = None, mark: Mapping[str, Any] | None = None) -> RunFile:
    """Write rows in their order, of a question with a schema; `close_runs` closes the file and removes it."""
    schema = None if kind is None else dict(as_schema(kind).json_schema)
    path = Path(tempfile.mkdtemp()) / "run.vision.sqlite"
    run = RunFile.open(path, {"model": "m", "schema": schema, **(mark or {})})
    _OPEN.append(run)
    places: dict[Any, int] = {}
    run.add_all((row, places.setdefault((type(row.key), row.key), len(places))) for row in rows)
    return run


def close_runs() -> None:
    while _OPEN:
        run = _OPEN.pop()
        run.close()
        shutil.rmtree(run.path.parent)

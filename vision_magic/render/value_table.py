"""Rendering of typed answers as tables, complete or still being written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeGuard

from vision_magic.render.markup import plain_html
from vision_magic.text import clean_text

__all__ = ["is_quiz", "quiz_text", "value_html", "value_text"]

_MAX_ROWS: Final = 200  # drawn rows; reply.to_frame() has all of them
_MAX_COLUMNS: Final = 100  # drawn columns; with a name of its own in each record there would be rows × rows cells
_CELL: Final = "padding:2px 14px 2px 0;text-align:left;vertical-align:top"
_TABLE: Final = '<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:6px 0">{}</table></div>'


def value_html(value: Any) -> str:
    """Return a JSON value as HTML: records as a table with one row each, a single record as names and values."""
    if value is None or value in ({}, []):
        return ""
    if is_quiz(value):
        return "".join(_fold(row) for row in value[:_MAX_ROWS]) + _more(value)
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        return _records(value)
    if isinstance(value, list):
        return _TABLE.format("".join(f"<tr>{_cell(item)}</tr>" for item in value[:_MAX_ROWS])) + _more(value)
    if isinstance(value, dict):
        rows = (f"<tr>{_cell(name, head=True)}{_cell(item)}</tr>" for name, item in value.items())
        return _TABLE.format("".join(rows))
    return f"<p><strong>{_text_html(value)}</strong></p>"


def is_quiz(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    """Whether a JSON value is the questions of a quiz, whose answers are not shown at once."""
    return isinstance(value, list) and bool(value) and all(_is_question(row) for row in value)


def _is_question(row: Any) -> bool:
    return isinstance(row, dict) and "question" in row and row.keys() <= {"question", "answer"}


def quiz_text(value: list[dict[str, Any]], variable: str = "") -> str:
    """Return the questions of a quiz as text, without the answers, and in which variable these are."""
    questions = (f"{number}. {row['question']}" for number, row in enumerate(value[:_MAX_ROWS], 1))
    return clean_text("\n".join([*questions, f"The answers: {variable or 'reply'}.value."]))


def _fold(row: Mapping[str, Any]) -> str:
    """Return a question of a quiz as a fold with its answer."""
    return (
        f'<details style="margin:6px 0"><summary>{_text_html(row["question"])}</summary>'
        f'<div style="margin-left:1.2em">{_text_html(row.get("answer", ""))}</div></details>'
    )


def _records(rows: list[Any]) -> str:
    all_names = list(dict.fromkeys(name for row in rows[:_MAX_ROWS] if isinstance(row, dict) for name in row))
    names = all_names[:_MAX_COLUMNS]
    head = "".join(_cell(name, head=True) for name in names)
    body = "".join(f"<tr>{''.join(_cells(row, names))}</tr>" for row in rows[:_MAX_ROWS])
    return _TABLE.format(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>") + _more(rows, all_names)


def _cells(row: Any, names: Iterable[str]) -> Iterable[str]:
    record: Mapping[str, Any] = row if isinstance(row, dict) else {}
    return (_cell(record.get(name, "")) for name in names)


def _cell(value: Any, *, head: bool = False) -> str:
    tag = "th" if head else "td"
    align = "right" if isinstance(value, int | float) and not isinstance(value, bool) else "left"
    return f'<{tag} style="{_CELL};text-align:{align}">{_text_html(value)}</{tag}>'


def _text_html(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return plain_html(clean_text(text)).replace("\n", "<br>")


def _more(rows: list[Any], columns: Sequence[str] = ()) -> str:
    """Return the number of rows and columns that are not drawn, in words."""
    more = [f"{len(rows) - _MAX_ROWS:,} more"] if len(rows) > _MAX_ROWS else []
    if len(columns) > _MAX_COLUMNS:
        more.append(f"{len(columns) - _MAX_COLUMNS:,} more columns")
    return f"<p>and {' and '.join(more)}</p>" if more else ""


def value_text(value: Any) -> str:
    """Return a JSON value as indented text."""
    return clean_text(json.dumps(value, indent=2, ensure_ascii=False))

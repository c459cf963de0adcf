"""How does a question become a lesson? Four ways to ask about a figure so that the student looks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from vision_magic.errors import RequestError

__all__ = ["MODES", "Mode", "as_lesson"]

Mode = Literal["hint", "quiz", "predict", "rubric"]

MODES: Final[tuple[Mode, ...]] = ("hint", "quiz", "predict", "rubric")

_SYSTEM: Final[Mapping[Mode, str]] = {
    "hint": (
        "You are a patient teacher. The student asks about a figure. Never give the answer, not even in part. Give one "
        "hint of at most two sentences that says where in the figure to look next, and end with a question."
    ),
    "quiz": (
        "You are a teacher. Make three questions that can be answered from the figure alone, from easy to hard, each "
        "with its answer in one sentence. Ask about what can be seen: axes, units, values, trends, comparisons."
    ),
    "predict": (
        "You are a kind and exact teacher. The student has described a figure before hearing anybody else. First "
        "describe the figure yourself in at most three sentences. Then compare: what the student saw rightly, what is "
        "missing, what is wrong and how one can see that in the figure."
    ),
    "rubric": (
        "You are a fair examiner of figures. Give points for each criterion of the rubric, of the points that the "
        "rubric allows, else of 10, each with a reason that names what can be seen in the figure."
    ),
}

_SHAPES: Final[Mapping[Mode, str]] = {
    "quiz": "[question, answer]",
    "rubric": "[criterion, points: float, of: float, reason]",
}

_DEFAULT: Final[Mapping[Mode, str]] = {"quiz": "Make a quiz about this figure.", "rubric": "Grade this figure."}


def as_lesson(
    mode: Mode, parts: Sequence[object], options: Mapping[str, Any], rubric: object = None
) -> tuple[list[object], dict[str, Any]]:
    """Return the parts and options that ask a question in one of the ways.

    Parameters
    ----------
    mode : {"hint", "quiz", "predict", "rubric"}
        A hint instead of the answer; questions with folded answers; the student's description compared with the
        model's; points by criteria.
    parts, options
        As for `vision_magic.ask`.
    rubric : str, list or mapping
        The criteria, with ``rubric``; a mapping gives the points of each.
    """
    if options.get("schema") is not None and mode in _SHAPES:
        raise RequestError(f"schema came together with --{mode}, which has a shape of its own; leave one of them out.")
    system = "\n\n".join(text for text in (_SYSTEM[mode], str(options.get("system") or "")) if text)
    asked = list(parts)
    if mode == "predict":
        asked = ["The student's description:", *asked]
    elif mode == "rubric":
        asked.append(f"The rubric:\n{_criteria(rubric)}")
    if mode in _DEFAULT and not any(isinstance(part, str) and part.strip() for part in parts):
        asked.append(_DEFAULT[mode])
    shape = {"schema": _SHAPES[mode]} if mode in _SHAPES else {}
    return asked, {**options, **shape, "system": system}


def _criteria(rubric: object) -> str:
    if isinstance(rubric, str) and rubric.strip():
        return rubric
    if isinstance(rubric, Mapping) and rubric:
        return "\n".join(f"- {name}: {points} points" for name, points in rubric.items())
    if isinstance(rubric, list | tuple) and rubric:
        return "\n".join(f"- {name}" for name in rubric)
    raise RequestError(
        f"rubric got {rubric!r}; expected criteria as a text, a list, or a mapping of each to its points."
    )

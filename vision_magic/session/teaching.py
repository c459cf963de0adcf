"""Teaching modes: four ways to ask about a figure that make the student look first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from vision_magic.errors import RequestError

__all__ = ["DEFAULT_QUESTIONS", "MODES", "MODES_WITH_SCHEMA", "Mode", "as_lesson", "mode_and_system"]

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
        "You are a kind and precise teacher. The student has described a figure without help. First describe "
        "the figure yourself in at most three sentences. Then compare both descriptions: what the student saw "
        "correctly, what is missing, what is wrong, and where in the figure one can see that."
    ),
    "rubric": (
        "You are a fair examiner of figures. For each criterion of the rubric, give points out of the maximum that the "
        "rubric names, or out of 10 if it names none, with a reason that refers to what can be seen in the figure."
    ),
}

_SCHEMAS: Final[Mapping[Mode, str]] = {
    "quiz": "[question, answer]",
    "rubric": "[criterion, points: float, of: float, reason]",
}

_DEFAULT_QUESTIONS: Final[Mapping[Mode, str]] = {
    "quiz": "Make a quiz about this figure.",
    "rubric": "Grade this figure.",
}

DEFAULT_QUESTIONS: Final = tuple(_DEFAULT_QUESTIONS.values())
"""The questions of modes that need no text."""

MODES_WITH_SCHEMA: Final = tuple(_SCHEMAS)
"""The modes whose answers have a form of their own."""


def as_lesson(
    mode: Mode, parts: Sequence[object], options: Mapping[str, Any], rubric: object = None
) -> tuple[list[object], dict[str, Any]]:
    """Return the parts and options of a question in a teaching mode.

    Parameters
    ----------
    mode : {"hint", "quiz", "predict", "rubric"}
        ``hint``: a hint instead of the answer. ``quiz``: questions with hidden answers. ``predict``: the student's
        description, compared with the model's. ``rubric``: points for each criterion.
    parts, options
        As for `vision_magic.ask`.
    rubric : str, list or mapping
        The criteria of ``rubric``; a mapping has the points of each.

    Raises
    ------
    RequestError
        The rubric is missing or invalid, or the options have a schema and the mode has its own.
    """
    if options.get("schema") is not None and mode in _SCHEMAS:
        raise RequestError(
            f"schema and --{mode} exclude each other, since --{mode} has its own schema; leave one of them out."
        )
    system = "\n\n".join(text for text in (_SYSTEM[mode], str(options.get("system") or "")) if text)
    lesson = list(parts)
    if mode == "predict":
        lesson = ["The student's description:", *lesson]
    elif mode == "rubric":
        lesson.append(f"The rubric:\n{_criteria(rubric)}")
    if mode in _DEFAULT_QUESTIONS and not any(isinstance(part, str) and part.strip() for part in parts):
        lesson.append(_DEFAULT_QUESTIONS[mode])
    schema = {"schema": _SCHEMAS[mode]} if mode in _SCHEMAS else {}
    return lesson, {**options, **schema, "system": system}


def mode_and_system(system: str) -> tuple[Mode | None, str]:
    """Return the mode that a system prompt was made for, if any, and what the user added to it."""
    for mode in MODES:
        if system == _SYSTEM[mode] or system.startswith(f"{_SYSTEM[mode]}\n\n"):
            return mode, system.removeprefix(_SYSTEM[mode]).lstrip()
    return None, system


def _criteria(rubric: object) -> str:
    if isinstance(rubric, str) and rubric.strip():
        return rubric
    if isinstance(rubric, Mapping) and rubric:
        return "\n".join(f"- {name}: {points} points" for name, points in rubric.items())
    if isinstance(rubric, list | tuple) and rubric:
        return "\n".join(f"- {name}" for name in rubric)
    raise RequestError(
        f"rubric got {rubric!r}; expected the criteria as a string, a list, or a mapping from each to its points."
    )

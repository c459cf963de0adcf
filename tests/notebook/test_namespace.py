"""Evaluation of the names in a cell, without a shell."""

from __future__ import annotations

import math

import numpy as np
import pytest

from vision_magic.notebook.namespace import names_nothing, near_misses

NAMES = {"fig": np.zeros((5, 5)), "_figure": 1, "open": open, "Out": {}, "maths": math, "plotted": len, "year": 1982}


@pytest.mark.parametrize(
    ("prompt", "meant"),
    [
        pytest.param("{figg}", "fig", id="a picture"),
        pytest.param("{yeer}", "", id="not near enough"),
        pytest.param("{years[0]}", "year", id="a value"),
        pytest.param("{fig} {year}", "", id="names that are there"),
        pytest.param("{{figg}}", "", id="escaped"),
        pytest.param("{_figur} {opens} {outs} {math} {plotte}", "", id="what is no variable of theirs"),
        pytest.param('{"figg": 1}', "", id="JSON"),
    ],
)
def test_only_near_misses_of_variables_are_noted(prompt: str, meant: str) -> None:
    notes = near_misses(prompt, NAMES)
    assert [note.partition("did you mean ")[2] for note in notes] == ([f"{meant}?)"] if meant else [])


@pytest.mark.parametrize(
    ("word", "nothing"),
    [("fig", False), ("fig[0]", False), ("last:2", False), ("what", True), ("is", True), ("this?", True)],
)
def test_words_of_a_question_are_distinguished_from_pictures(word: str, nothing: bool) -> None:
    assert names_nothing(word, NAMES) is nothing

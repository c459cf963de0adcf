"""The plan of a run: one format for every picture, what identifies the question, and its way to a worker."""

from __future__ import annotations

import json
import pickle
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from vision_magic.each.plan import Plan, plan_of

PICTURE = np.random.default_rng(3).integers(0, 256, (64, 64, 3), dtype=np.uint8)
OPTIONS: dict[str, Any] = {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "key_env": "MY_KEY"}


class Leaf(BaseModel):
    spots: int


def plan(question: object = "What?", schema: Any = None, **options: Any) -> Plan:
    return plan_of(question, schema, {**OPTIONS, **options}, {})


@pytest.mark.parametrize(
    ("image_format", "media_type", "note"),
    [("jpeg", "image/jpeg", "JPEG quality 85"), ("png", "image/png", ""), (None, "image/png", "")],
)
def test_every_picture_has_the_format_that_was_said(image_format: str | None, media_type: str, note: str) -> None:
    made = plan(image_format=image_format)
    [image] = made.call(PICTURE).request.images
    assert (image.media_type, image.note) == (media_type, note)
    [again] = made.call(image).request.images
    assert again is image


def test_a_png_that_is_too_large_is_shrunk_and_stays_one() -> None:
    [image] = plan(image_format="png", max_bytes=5000).call(PICTURE).request.images
    assert image.media_type == "image/png"
    assert len(image.data) <= 5000
    assert image.width < 64


@pytest.mark.parametrize(
    "other",
    [
        {"question": "Which?"},
        {"schema": Leaf},
        {"model": "model-2"},
        {"base_url": "http://127.0.0.1:8/v1"},
        {"system": "Be brief."},
        {"temperature": 0.5},
        {"detail": "low"},
        {"max_side": 100},
        {"image_format": "jpeg"},
        {"extra": {"top_k": 3}},
        {"cmap": "viridis"},
    ],
)
def test_what_changes_the_answers_changes_the_mark(other: dict[str, Any]) -> None:
    assert plan(**other).mark != plan().mark


@pytest.mark.parametrize(
    "same", [{"timeout": 9}, {"prices": {"m": (1, 2)}}, {"max_tokens_total": 10**6}, {"repair": True}, {"key_env": "B"}]
)
def test_what_does_not_change_them_is_no_part_of_it(same: dict[str, Any]) -> None:
    assert plan(**same).mark == plan().mark


def test_the_mark_is_json_and_names_no_key() -> None:
    mark = plan(schema=Leaf, cmap=np.sqrt, temperature=0.5).mark
    assert json.loads(json.dumps(mark)) == mark
    assert "MY_KEY" not in json.dumps(mark)


def test_a_plan_can_be_pickled_with_its_schema() -> None:
    made = plan(["Look:", PICTURE], Leaf, image_format="jpeg", temperature=0.5)
    back = pickle.loads(pickle.dumps(made))
    assert back.mark == made.mark
    assert back.call(PICTURE).request.to_wire() == made.call(PICTURE).request.to_wire()
    assert back.schema.read('{"spots": 3}') == Leaf(spots=3)

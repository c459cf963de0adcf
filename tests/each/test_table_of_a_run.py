"""The table that `ask_each` returns: its pictures, its file, its review, and going on after a sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.each.ask_each import ask_each
from vision_magic.each.table.table import Table
from vision_magic.errors import RunError

SIZE = Literal["small", "large"]


def _reply(request: httpx.Request) -> httpx.Response:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": '{"value": "small"}'}}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return httpx.Response(200, content=json.dumps({"model": "m-2", "choices": [choice], "usage": usage}))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(5):
        PILImage.new("RGB", (20 + number, 10)).save(tmp_path / f"{number}.png")
    (tmp_path / "3.png").write_bytes(b"no picture")
    vm.use(
        base_url="https://models.example/v1",
        model="m",
        prices={"m": (1.0, 10.0)},
        transport=httpx.MockTransport(_reply),
    )
    return tmp_path


def asked(folder: Path, **options: Any) -> Table:
    return ask_each("Is it small?", folder, schema=SIZE, run="sizes", progress=False, **options)


def test_a_sample_says_what_the_rest_will_cost_and_goes_on(folder: Path) -> None:
    first = asked(folder, sample=2)
    assert (len(first), first.total) == (2, 5)
    words = repr(first).splitlines()[0]
    assert words.startswith("2 of 5 rows · 220 tokens · 0.0004 at your prices; the rest: about 330 tokens, ")
    assert words.endswith("0.0006 at your prices -> rows.go_on()")
    rows = first.go_on()
    assert rows.counts == {"done": 4, "failed": 1}
    assert "could not be decoded as a picture" in rows["3.png"].error
    assert "\n3.png: failed: " in repr(rows)
    assert [row.key for row in rows] == [f"{number}.png" for number in range(5)]
    html = rows._repr_mimebundle_()["text/html"]
    assert html.count("<img src=") == 4
    rows.close()
    first.close()


def test_a_table_from_its_file_has_the_pictures_that_it_is_given(folder: Path) -> None:
    asked(folder).close()
    bare = Table.open("sizes")
    assert (len(bare), bare.has_pictures, bare.key_names) == (5, False, ())
    with pytest.raises(RunError, match="is not at hand"):
        bare.picture("0.png")
    bare.close()
    whole = Table.open("sizes", folder)
    assert whole.picture("2.png").width == 22
    with pytest.raises(RunError, match=r"'9\.png' is not at hand"):
        whole.picture("9.png")
    whole.close()


def test_labels_of_a_review_are_those_that_answers_are_compared_with(folder: Path) -> None:
    rows = asked(folder)
    review = rows.review(by="Ada")
    review.close()
    for key, label in {"0.png": "small", "1.png": "large"}.items():
        rows.set_label(key, label, by="Ada")
    found = rows.against()
    assert (found.n, found.missing.no_reference) == (2, 3)
    assert rows.doubtful["3.png"].state == "failed"
    rows.close()

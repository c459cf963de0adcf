"""The code of docs/evaluation.md runs, in its order, with a server that answers like a fair model."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm

PAGE = Path(__file__).parents[2] / "docs/evaluation.md"
STAGES = ("prophase", "metaphase", "anaphase")
NUMBER = 40


def _reply(request: httpx.Request, chance: random.Random) -> httpx.Response:
    schema = json.loads(request.content)["response_format"]["json_schema"]["schema"]
    stage, count = chance.choice(STAGES), chance.randint(20, 46)
    answer: Any = {"stage": stage, "count": count} if "count" in schema["properties"] else {"value": stage}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(answer)}}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return httpx.Response(200, json={"id": "1", "model": "m", "choices": [choice], "usage": usage})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pictures, labels, and a server."""
    chance = random.Random(1)
    (tmp_path / "cells").mkdir()
    lines = ["key,label,count"]
    for number in range(NUMBER):
        PILImage.new("L", (8, 8), number).save(tmp_path / f"cells/{number}.png")
        lines.append(f"{number}.png,{chance.choice(STAGES)},{chance.randint(20, 46)}")
    (tmp_path / "labels.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    transport = httpx.MockTransport(lambda request: _reply(request, chance))
    vm.use(base_url="https://models.example/v1", model="m", transport=transport)
    return tmp_path


def test_the_code_of_the_page_runs(folder: Path) -> None:
    names: dict[str, Any] = {"__name__": "page"}
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for block in blocks:
        exec(compile(block, str(PAGE), "exec", dont_inherit=True), names)
    found, both, consistency = names["found"], names["both"], names["consistency"]
    assert (found.n, both.n, consistency.n) == (NUMBER, NUMBER, 20)
    assert 0 < names["share"] < 1
    assert (folder / "confusion.svg").read_text("utf-8").startswith("<svg")
    assert len(names["table"]) == NUMBER
    assert (folder / "to_label.csv").read_text("utf-8").splitlines()[:2] == ["key", "0.png"]
    for name in ("rows", "often", "again", "table"):
        names[name].close()

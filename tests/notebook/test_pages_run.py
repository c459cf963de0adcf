"""The code in README.md and docs/: every block runs, in the order of its page and in one shell, or says what it is.

A block of Python or of magics is a cell. A block of a shell is checked: its targets, extras, files and programs exist.
A block of TOML is a settings file. Only a block marked `text` is neither, such as what something prints.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import re
import shlex
import shutil
import sys
import tomllib
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import httpx
import numpy as np
import pytest
from PIL import Image as PILImage
from pydantic import BaseModel, create_model

import vision_magic as vm
from tests.each.batch_server import BatchServer, answered
from tests.notebook.conftest import Run
from vision_magic.session.default import session
from vision_magic.settings import resolve

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>[^\n]*)\n(?P<code>.*?)^ *```$", re.MULTILINE | re.DOTALL)

ELSEWHERE = {
    "cluster.md": "its code needs a cluster: tests/slow/test_clusters.py",
    "evaluation.md": "tests/each/test_evaluation_page.py",
    "gallery.md": "tests/slow/test_gallery.py",
}
"""The pages whose code another test runs."""

WITH_A_MODEL = {
    *("architecture.md", "many-pictures.md", "replies.md", "teaching.md", "ten-thousand.md", "widgets.md"),
}
"""The pages whose code asks a language model. On the others, the embedded reader answers."""


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the language and the code of each block of a page."""
    for found in BLOCK.finditer(page.read_text("utf-8")):
        code = re.sub(rf"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
        language = found["language"]
        if not language.startswith("{"):
            yield language, code


def cells(page: Path) -> list[str]:
    """Return the blocks that are cells of a notebook."""
    return [code for language, code in blocks(page) if language in ("", "python")]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is(page: Path) -> None:
    odd = [code for language, code in blocks(page) if language not in ("python", "sh", "toml", "text", "")]
    odd += [code for language, code in blocks(page) if not language and not code.startswith("%")]
    assert odd == []


# -- cells -----------------------------------------------------------------------------------------------------


READING = {
    "dataframe.md": [pytest.mark.slow],
    "digitise.md": [pytest.mark.ocr, pytest.mark.slow],
    "many-pictures.md": [pytest.mark.slow],
    "settings.md": [pytest.mark.slow],
}
"""The pages whose code reads the text in a picture, which takes as long as all others together."""

RUN = [
    pytest.param(page, marks=READING.get(page.name, []), id=named(page))
    for page in PAGES
    if cells(page) and page.name not in ELSEWHERE
]


@pytest.mark.parametrize("page", RUN)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_cells_of_a_page_run(page: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    run.shell.user_ns.update(common_names())
    if prepare := PREPARED.get(page.name):
        run.shell.user_ns.update(prepare(tmp_path))
    if page.name in WITH_A_MODEL:
        vm.use(base_url="https://models.example/v1", model="m", transport=httpx.MockTransport(model))
    for cell in cells(page):
        if "job.read(" in cell:
            run_batch(tmp_path)
        done = run(cell)
        expected = next((message for start, message in FAIL.items() if cell.startswith(start)), None)
        assert done.success is (expected is None), f"{cell}\n{run.out}{run.err}"
        assert expected is None or expected in run.out


def test_the_servers_that_the_pages_choose_can_be_chosen(run: Run) -> None:
    words = "\n".join(page.read_text("utf-8") for page in PAGES if page.name != "CHANGELOG.md")
    not_to_choose = {"%vision use NAME", "%vision use nope", "%vision use gpt-4o"}
    chosen = set(re.findall(r"`(%vision use [^`]+)`", words)) - not_to_choose
    assert len(chosen) > 5
    for command in chosen:
        assert run(command).success, run.out


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    session.state.recordings.stop()
    session.state.cache.keep(None)
    session.state.log.use(None)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


FAIL = {"%%vision photo\nWhat is written on the label?": "There is no picture in the frame yet"}
"""The cells that need a person first, and what they say without one."""


def common_names() -> dict[str, Any]:
    """Return what the pages take for granted."""
    import matplotlib.pyplot as plt
    import pandas as pd

    fig, ax = plt.subplots(figsize=(4, 3))
    ax.plot([1, 2, 3, 4], [31, 38, 35, 44], label="north")
    ax.plot([1, 2, 3, 4], [40, 41, 39, 42], label="south")
    ax.set_title("Harvest")
    ax.legend()
    photo = PILImage.effect_noise((64, 48), 64).convert("RGB")
    stack = np.arange(12 * 9 * 8, dtype=np.uint8).reshape(12, 9, 8)
    return {
        "vm": vm,
        "vision_magic": vm,
        "Path": Path,
        "Image": PILImage,
        "plt": plt,
        "np": np,
        "pd": pd,
        "BaseModel": BaseModel,
        "Literal": Literal,
        "functools": functools,
        "fig": fig,
        "ax": ax,
        "photo": photo,
        "plan": photo,
        "stack": stack,
        "frames": list(stack),
    }


def for_batches(folder: Path) -> dict[str, Any]:
    """Choose a server with batches, which `job.wait` asks after a moment."""
    server = BatchServer(lambda line: answered(line, json.dumps({"species": "moth"})))
    vm.use(**server.options)
    return {"Species": create_model("Species", species=(str, ...))}


def run_batch(folder: Path) -> None:
    """Answer a file of lines, as `vllm run-batch` does."""
    lines = map(json.loads, folder.joinpath("in.jsonl").read_text("utf-8").splitlines())
    answers = [json.dumps(answered(line, json.dumps({"species": "moth"}))) for line in lines]
    folder.joinpath("out.jsonl").write_text("\n".join(answers), encoding="utf-8")


def for_digitising(folder: Path) -> dict[str, Any]:
    figure = common_names()["fig"]
    figure.savefig(folder / "chart.png")
    return {"path": folder / "chart.png"}


def for_many_pictures(folder: Path) -> dict[str, Any]:
    charts(folder / "figures", "Bergen")
    chart_with_hidden_bar(folder / "figures/price.png")
    folder.joinpath("moths").mkdir()
    for name in ("a", "b"):
        PILImage.new("RGB", (8, 8)).save(folder / "moths" / f"{name}.png")
    wells = common_names()["pd"].DataFrame({"well": ["A1", "A2"], "path": sorted(folder.glob("moths/*.png"))})
    found = [types.SimpleNamespace(name=name, box=(0, 0, 8, 8)) for name in ("one", "two")]
    return {
        "question": "Which species?",
        "df": wells,
        "depths": range(12),
        "cells": found,
        "slide": PILImage.new("RGB", (16, 16)),
        "crop": lambda slide, box: slide.crop(box),
    }


def chart_with_hidden_bar(path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4, 3))
    axes = figure.subplots(subplot_kw={"title": "Price", "ylabel": "EUR"})
    axes.bar(["Q1", "Q2", "Q3", "Q4"], [1.9, 2.1, 2.2, 2.48], label="beans")
    axes.legend(loc="upper right")
    figure.savefig(path)


def charts(folder: Path, *names: str) -> None:
    from matplotlib.figure import Figure

    folder.mkdir()
    for name in names:
        figure = Figure(figsize=(4, 3))
        figure.subplots(subplot_kw={"title": name, "ylabel": "mm"}).bar(
            ["spring", "summer", "autumn"], [31, 52, len(name) * 8]
        )
        figure.savefig(folder / f"{name}.png")


def for_charts(folder: Path) -> dict[str, Any]:
    charts(folder / "charts", "Bergen", "Oslo", "Rome")
    return {}


def for_readme(folder: Path) -> dict[str, Any]:
    folder.joinpath("figures").mkdir()
    PILImage.new("RGB", (8, 8)).save(folder / "figures" / "one.png")
    return {}


def for_pictures(folder: Path) -> dict[str, Any]:
    pages = [PILImage.new("RGB", (40, 50), shade) for shade in ("white", "grey", "silver", "black")]
    pages[0].save(folder / "report.pdf", save_all=True, append_images=pages[1:])
    pages[0].save(folder / "cells.gif", save_all=True, append_images=pages[1:])
    return {}


def for_widgets(folder: Path) -> dict[str, Any]:
    return {"Stage": Literal["prophase", "anaphase"]}


PREPARED: dict[str, Callable[[Path], dict[str, Any]]] = {
    "batch.md": for_batches,
    "digitise.md": for_digitising,
    "many-pictures.md": for_many_pictures,
    "README.md": for_readme,
    "pictures.md": for_pictures,
    "ten-thousand.md": for_charts,
    "widgets.md": for_widgets,
}
"""What a single page takes for granted, and the files that it opens."""


def filled(schema: dict[str, Any], whole: dict[str, Any]) -> Any:
    """Return a value that fits a schema."""
    if "$ref" in schema:
        return filled(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: filled(field, whole) for name, field in schema["properties"].items()}
        case "array":
            return [filled(schema["items"], whole)]
        case "string":
            return "north"
        case _:
            return 1


def model(request: httpx.Request) -> httpx.Response:
    """Answer as a language model: what fits the schema, or words; and a picture where it was asked for one."""
    body = json.loads(request.content)
    shape = body.get("response_format", {}).get("json_schema", {}).get("schema")
    message: dict[str, Any] = {
        "role": "assistant",
        "content": json.dumps(filled(shape, shape)) if shape else "It rises.",
    }
    if "Draw this room" in str(body):
        picture = io.BytesIO()
        PILImage.new("RGB", (8, 8)).save(picture, "PNG")
        url = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
        message["images"] = [{"type": "image_url", "image_url": {"url": url}}]
    usage = {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return httpx.Response(200, json={"model": "m", "choices": [choice], "usage": usage})


# -- shells and settings files ---------------------------------------------------------------------------------

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
OTHERS = {"export", "keyring", "vllm", "ipython"}
"""Programs that are not of this environment, and words of the shell."""


def commands(code: str) -> Iterator[list[str]]:
    """Yield the words of each command, without variables before it and comments behind it."""
    for line in re.sub(r"\\\n", " ", code).splitlines():
        for command in line.split("&&"):
            words = shlex.split(command, comments=True)
            while words and re.match(r"[A-Z_]+=", words[0]):
                words = words[1:]
            if words:
                yield words


def complaint(words: list[str]) -> str:
    """Return what is wrong with a command, or nothing."""
    program, *rest = words
    if program == "make":
        return "" if set(rest) <= TARGETS else "has no such target"
    program = program.removeprefix(".venv/bin/")
    if program in ("python", "python3") and rest[:1] == ["-m"]:
        program, rest = rest[1], rest[2:]
    if program in ("python", "python3"):
        return "" if (ROOT / rest[0]).exists() else "has no such file"
    if program == "pip":
        return "".join(map(not_installable, rest[1:]))
    return "" if program in OTHERS or shutil.which(program, path=Path(sys.executable).parent) else "is not there"


def not_installable(requirement: str) -> str:
    name, _, extras = requirement.rstrip("]").partition("[")
    if name in (".", PROJECT["name"]):
        return "".join(f"has no extra {extra}" for extra in extras.split(",") if extra not in EXTRAS)
    development = any(each.startswith(requirement) for each in PROJECT["optional-dependencies"]["dev"])
    return "" if requirement.startswith("-") or development else f"does not install {requirement} here"


EXTRAS = {"", *PROJECT["optional-dependencies"]}
SHELL = [(page, code) for page in PAGES for language, code in blocks(page) if language == "sh"]


@pytest.mark.parametrize(("page", "code"), SHELL, ids=[f"{page.stem}{n}" for n, (page, _) in enumerate(SHELL)])
def test_the_commands_of_a_page_are_there(page: Path, code: str) -> None:
    assert {shlex.join(words): complaint(words) for words in commands(code) if complaint(words)} == {}


@pytest.mark.parametrize(
    "command",
    [
        "make nothing",
        "pip install .[nothing]",
        "pip install other",
        "python tools/nothing.py",
        "nothing",
        "A=1 nothing",
    ],
)
def test_a_command_that_is_not_there_is_noticed(command: str) -> None:
    assert [complaint(words) for words in commands(command)] != [""]


FILES = [(page, code) for page in PAGES for language, code in blocks(page) if language == "toml"]


@pytest.mark.parametrize(("page", "code"), FILES, ids=[f"{page.stem}{n}" for n, (page, _) in enumerate(FILES)])
def test_the_settings_files_of_a_page_are_read(
    page: Path, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(code, encoding="utf-8")
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(path))
    for name in ("GATEWAY_KEY", "GATEWAY_SECRET", "WORK_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY"):
        monkeypatch.setenv(name, "a-value")
    profiles = tomllib.loads(code)["profiles"]
    for name in profiles:
        assert resolve({"profile": name}).profile == name

"""The pages: the links, tests, options and code that they name exist; and the promises of PRIVACY.md."""

from __future__ import annotations

import ast
import functools
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, chunk
from vision_magic.images.tokens import RULES
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.options import CELL, OPTIONS
from vision_magic.session.default import session
from vision_magic.session.store.cache import Cache
from vision_magic.settings import PROFILES
from vision_magic.wire.refusals import REFUSALS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PROMISES = [ROOT / "PRIVACY.md", ROOT / "SECURITY.md"]

# Options of the commands, and other tools that the pages name.
_COMMAND_OPTIONS = {flag for command in COMMANDS.values() for flag in command.flags}
_OTHER_TOOLS = re.compile(r"nbval|pytest|pip |ruff|make |sphinx|mypy|nginx|jupyter |openai")


@functools.cache
def _generated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generated", ROOT / "docs/generated.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# -- what the pages name ---------------------------------------------------------------------------------------


def _tests_named_in(page: Path) -> list[str]:
    return sorted(set(re.findall(r"tests/[\w/]+\.py(?:::\w+)?", page.read_text("utf-8"))))


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / path
    return file.exists() and (not name or name in _functions_of(file))


@functools.cache  # a page names several tests of one file
def _functions_of(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PROMISES, ids=_name)
def test_each_test_that_a_promise_names_is_there(page: Path) -> None:
    named = _tests_named_in(page)
    assert len(named) > 10
    assert [test for test in named if not _is_there(test)] == []


@pytest.mark.parametrize("page", PROMISES, ids=_name)
def test_each_promise_names_its_tests_and_each_test_its_promise(page: Path) -> None:
    for section in re.split(r"^##+ ", page.read_text("utf-8"), flags=re.MULTILINE):
        rows = [line for line in section.splitlines() if line.startswith("|")][2:]
        numbers = [set(map(int, re.findall(r"\d+", row.rstrip("| ").rpartition("|")[2]))) for row in rows]
        listed = set(map(int, re.findall(r"^(\d+)\. `tests/", section, flags=re.MULTILINE)))
        assert [row for row, tests in zip(rows, numbers, strict=True) if not tests] == []
        assert set().union(*numbers) == listed


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert not _is_there("tests/test_docs.py::test_that_nobody_wrote")
    assert not _is_there("tests/no_such_file.py::test_links")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _texts(page: Path) -> str:
    if page.suffix != ".ipynb":
        return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    cells = json.loads(page.read_text("utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=_name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", _texts(page))):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in _anchors(file)):
            lost.append(target)
    assert lost == []


def _blocks(page: Path, language: str) -> Iterator[str]:
    yield from re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_python_in_a_page_is_python(page: Path) -> None:
    for block in _blocks(page, "python"):
        lines = [line for line in block.splitlines() if not line.startswith("%")]  # a line magic
        ast.parse("\n".join(lines))


def test_names_of_the_package_in_a_page_are_public() -> None:
    words = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"\b(?:vm|vision_magic)\.([A-Za-z]\w*)\b(?!\.py)", words))
    rooms = {path.stem for path in (ROOT / "vision_magic").iterdir()}
    assert "ask" in named
    assert {name for name in named - rooms - {"X"} if name not in vm.__all__} == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_page_names_an_option_that_does_not_exist(page: Path) -> None:
    unknown = []
    for line in page.read_text("utf-8").splitlines():
        if not _OTHER_TOOLS.search(line):
            named = re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)
            unknown += [word for word in named if word not in CELL.flags and word not in _COMMAND_OPTIONS]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_page_names_a_command_that_does_not_exist(page: Path) -> None:
    named = re.findall(r"(?:^|`)%vision ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert [word for word in named if word not in COMMANDS] == []


# -- the reference ---------------------------------------------------------------------------------------------


def test_every_option_is_in_the_reference_once() -> None:
    page = _generated().options_page()
    for option in OPTIONS:
        for flag in option.option_strings:
            assert len(re.findall(rf"^\|[^|]*`{re.escape(flag)}`", page, re.MULTILINE)) == 1, flag
    assert page.count("\n| `") == len(OPTIONS)


def test_every_command_is_in_the_reference() -> None:
    page = _generated().commands_page()
    assert {name for name in COMMANDS if f"| `%vision {name}" not in page} == {"status"}
    assert "| `%vision` |" in page  # which is status
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in page.splitlines()[2:]]
    assert [usage for usage, meaning in rows if not meaning.strip() or not re.fullmatch(r" `%[^`]+` ", usage)] == []
    assert len(rows) == len(COMMANDS) + 1  # and %%vision --help


def test_every_profile_and_public_name_is_in_the_reference() -> None:
    generated = _generated()
    assert {name for name in PROFILES if f"| `{name}` |" not in generated.profiles_page()} == set()
    names = re.findall(r":: vision_magic\.(\w+)", generated.names_page() + generated.errors_page())
    assert sorted(names) == sorted(vm.__all__)


def test_every_refusal_that_is_recognised_is_in_the_page_on_errors() -> None:
    page = _generated().refusals_page()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()[2:]]
    assert [row[0] for row in rows] == [re.sub(r"(\w+_\w+)", r"`\1`", refusal.meaning) for refusal in REFUSALS]
    assert all(len(row) == 4 and row[1] and row[3] in ("yes", "no", "by status") for row in rows)
    assert "{" not in page
    assert "<!-- generated: refusals -->" in (ROOT / "docs/errors.md").read_text("utf-8")


def test_every_variable_of_the_environment_is_in_the_settings_page() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "vision_magic").rglob("*.py"))
    read = set(re.findall(r"\bVISION_MAGIC_[A-Z_]+\b", source))
    assert {name for name in read if f"`{name}`" not in (ROOT / "docs/settings.md").read_text("utf-8")} == set()


def test_the_tree_of_errors_is_the_one_in_the_package() -> None:
    from vision_magic import errors

    page = (ROOT / "docs/errors.md").read_text("utf-8")
    assert errors.__doc__ is not None
    tree = [re.sub(r"\s+", " ", line.replace("``", "")).strip() for line in errors.__doc__.splitlines() if "──" in line]
    assert len(tree) > 10
    assert [line for line in tree if line not in re.sub(r"[ \t]+", " ", page)] == []


# -- promises that have no other home --------------------------------------------------------------------------

KEY = "sk-CANARY-0123456789abcdef"
PICTURE = PILImage.effect_noise((48, 40), 64)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection an error."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep answers in a folder of the test."""
    path = tmp_path / "cache" / "answers.sqlite"
    monkeypatch.setattr(session.state, "cache", Cache(path))
    yield path
    session.state.cache.keep(None)
    session.state.log.use(None)
    session.state.recordings.stop()


def _server(heard: list[httpx.Request]) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(200, content=chunk(f"Your key is {KEY}. ") + chunk("It rises.") + END)

    return answer


def _asked(heard: list[httpx.Request], monkeypatch: pytest.MonkeyPatch, **options: Any) -> vm.Reply:
    monkeypatch.setenv("WORK_KEY", KEY)
    vm.use(
        base_url="https://models.example/v1",
        key_env="WORK_KEY",
        model="m",
        transport=httpx.MockTransport(_server(heard)),
    )
    return vm.ask("Does it rise?", PICTURE, **options)


def test_no_script_or_style_of_ours_loads_anything() -> None:
    files = [*(ROOT / "vision_magic").rglob("*.js"), *(ROOT / "vision_magic").rglob("*.css")]
    assert len(files) > 4
    source = "\n".join(path.read_text("utf-8") for path in files)
    assert re.findall(r"https?://[\w.]+|\bimport\s*\(|^import\b.*|url\([^)]*\)|@import", source, re.MULTILINE) == []
    asked = re.findall(r"\bfetch\((.{0,30})|(XMLHttpRequest|WebSocket|EventSource|sendBeacon)", source)
    assert [first or second for first, second in asked] == ["`${config.baseUrl}api/kernels/"]


@pytest.mark.usefixtures("nowhere")
def test_the_embedded_reader_opens_no_connection() -> None:
    assert "48" in vm.ask("What size is it?", PICTURE).text


def test_the_embedded_reader_leaves_nothing_in_the_home_directory(tmp_path: Path) -> None:
    """onnxruntime stores events of its telemetry there, unless its variable is set when it is imported."""
    code = (
        "import vision_magic as vm; from PIL import Image; "
        "vm.ask('What does it say?', Image.new('RGB', (90, 40)), profile='embedded'); import onnxruntime"
    )
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"HOME": str(tmp_path)}, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("nowhere", "kept")
def test_a_replayed_answer_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[httpx.Request] = []
    with vm.recording(tmp_path / "lesson.jsonl"):
        first = _asked(heard, monkeypatch)
    with vm.recording(tmp_path / "lesson.jsonl", "replay", speed=0):
        again = _asked(heard, monkeypatch)
        with pytest.raises(vm.RecordingMiss):
            vm.ask("Does it fall?", PICTURE)
    assert len(heard) == 1
    assert "It rises." in first.text
    assert "It rises." in again.text


def test_nothing_is_written_until_it_is_asked_for(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    _asked([], monkeypatch)
    assert (session.state.recordings.active(), session.state.log.path, session.state.cache.is_on) == (None, None, False)
    assert list(tmp_path.rglob("*")) == [folder]
    session.state.cache.keep(True)
    _asked([], monkeypatch)
    assert kept.exists()


def test_what_is_recorded_kept_and_logged_holds_neither_key_nor_picture(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server even repeats the key in its answer."""
    heard: list[httpx.Request] = []
    session.state.cache.keep(True)
    session.state.log.use(tmp_path / "log.sqlite")
    _asked(heard, monkeypatch)
    with vm.recording(tmp_path / "lesson.jsonl", "record"):
        _asked(heard, monkeypatch)
    assert heard[0].headers["Authorization"] == f"Bearer {KEY}"
    picture = json.loads(heard[0].content)["messages"][0]["content"]
    base64 = next(part["image_url"]["url"] for part in picture if part["type"] == "image_url").partition(",")[2]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"answers.sqlite", "log.sqlite", "lesson.jsonl"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert KEY.encode() not in content, path.name
        assert base64[200:260].encode() not in content, path.name
        assert path.stat().st_mode & 0o077 == 0, path.name
    assert b"It rises." in (tmp_path / "lesson.jsonl").read_bytes()


def test_a_saved_conversation_holds_its_pictures_beside_it_and_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _asked([], monkeypatch)
    chat = vm.Conversation(keep_images=1)
    chat.ask(f"Does it rise? {KEY}", PICTURE)
    chat.save(tmp_path / "review.json")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in files) == [".json", ".png"]
    for path in files:
        assert KEY.encode() not in path.read_bytes(), path.name
        assert path.stat().st_mode & 0o077 == 0, path.name


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"\x80\x04\x95junk", id="a pickle"),
        pytest.param(b"[" * 100_000, id="very deep"),
        pytest.param(b'{"vision_magic": "exchange", "version": 99}', id="a later version"),
        pytest.param(b'{"vision_magic": "exchange", "version": 2, "request": {}, "chunks": [[0]]}', id="half a chunk"),
        pytest.param(b"<html>", id="a page"),
    ],
)
def test_a_spoiled_recording_is_an_error_of_ours(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "lesson.jsonl"
    path.write_bytes(line + b"\n\n")
    with pytest.raises(vm.RecordingError), vm.recording(path, "replay"):
        pass


def test_the_page_on_pictures_has_every_rule_for_tokens() -> None:
    rows = _generated().tokens_page().splitlines()[2:]
    assert [row.split(" | ")[-2] for row in rows] == [rule.date for rule in RULES]
    assert "<!-- generated: tokens -->" in (ROOT / "docs/pictures.md").read_text("utf-8")

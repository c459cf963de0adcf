"""The floors of the house: a folder imports only floors below its own, and never in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import vision_magic

PACKAGE = Path(vision_magic.__file__).parent

FLOORS = {
    "errors": 0,
    "naming": 0,
    "secrets": 0,
    "settings": 0,
    "text": 0,
    "images": 1,
    "chat": 2,
    "render": 3,
    "wire": 4,
    "engine": 4,
    "session": 5,
    "notebook": 6,
}

# Who may import what from outside; anything else is for everybody.
ONLY = {
    "IPython": {"notebook"},
    "ipywidgets": {"notebook"},
    "anywidget": {"notebook"},
    "traitlets": {"notebook"},
    "httpx": {"wire", "engine"},
    "rapidocr": {"engine"},
    "onnxruntime": {"engine"},
}

HEAVY = {"numpy", "PIL", "matplotlib", "rapidocr", "onnxruntime", "IPython", "httpx", "pydantic"}
LIGHT_ROOMS = {"errors", "naming", "secrets", "settings", "text", "images", "chat", "render", "session"}


def imports(path: Path, *, lazy: bool = True) -> Iterator[str]:
    """Yield the modules that a file imports; where `lazy`, also inside functions and for type checkers."""
    stack: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        if not lazy and isinstance(node, ast.If) and ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            stack.extend(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif lazy or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def room_of(module: str) -> str:
    """Return the floor's folder or module: ``vision_magic.chat.reply`` is in ``chat``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def modules(package: Path) -> dict[str, Path]:
    files = {path.relative_to(package.parent).with_suffix(""): path for path in package.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in files.items()}


def climbs(package: Path) -> list[str]:
    """Return the imports that run upward, sideways between neighbours, or past what a room may import."""
    found = []
    for name, path in modules(package).items():
        room = room_of(name)
        if not room:
            continue  # the package's own __init__ opens every door
        assert room in FLOORS, f"{room} stands on no floor"
        for target in imports(path):
            top = target.split(".")[0]
            if (top == package.name and _climbs(room, room_of(target))) or room not in ONLY.get(top, {room}):
                found.append(f"{name} imports {target}")
    return found


def _climbs(room: str, other: str) -> bool:
    """Whether a room must not see another: one above it, a neighbour, or the roof, which opens every door."""
    if other not in FLOORS:
        return True
    # The modules of the ground floor may see each other; that they do so in no circle is tested apart.
    return other != room and (FLOORS[other] > FLOORS[room] or FLOORS[other] == FLOORS[room] > 0)


def circles_of_modules(package: Path) -> list[list[str]]:
    """Return the circles among modules, whenever and for whomever they import each other."""
    known = modules(package)
    roof = package.name  # the package itself opens every door
    return circles({name: (_targets(path) & set(known)) - {roof, name} for name, path in known.items() if name != roof})


def circles_of_rooms(package: Path) -> list[list[str]]:
    """Return the circles among folders, and modules of the ground floor, that import each other at any time."""
    graph: dict[str, set[str]] = {}
    for name, path in modules(package).items():
        if room := room_of(name):
            seen = {room_of(target) for target in imports(path) if target.startswith(f"{package.name}.")}
            graph.setdefault(room, set()).update(seen)
    return circles({room: seen & set(graph) for room, seen in graph.items()})


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    found: list[list[str]] = []

    def walk(name: str, trail: list[str]) -> None:
        if name in trail:
            found.append([*trail[trail.index(name) :], name])
        elif name not in done:
            for target in sorted(graph[name] - {name}):
                walk(target, [*trail, name])
            done.add(name)

    done: set[str] = set()
    for name in sorted(graph):
        walk(name, [])
    return found


def _targets(path: Path) -> set[str]:
    """Return what a file imports: each name as a module, and as a name in one."""
    return {target for found in imports(path) for target in (found, found.rpartition(".")[0])}


def heavy(path: Path) -> set[str]:
    """Return the heavy libraries that loading a file loads."""
    return {target.split(".")[0] for target in imports(path, lazy=False)} & HEAVY


def test_no_import_runs_upward() -> None:
    assert climbs(PACKAGE) == []


def test_no_import_runs_in_a_circle() -> None:
    assert circles_of_modules(PACKAGE) == []
    assert circles_of_rooms(PACKAGE) == []


def test_every_floor_is_there() -> None:
    assert {room_of(name) for name in modules(PACKAGE)} - {""} == set(FLOORS)


@pytest.mark.parametrize("room", sorted(LIGHT_ROOMS))
def test_loading_a_light_room_loads_nothing_heavy(room: str) -> None:
    for name, path in modules(PACKAGE).items():
        if room_of(name) == room:
            assert not heavy(path), name


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    for name, path in modules(PACKAGE).items():
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert words.splitlines()[:1], name


@pytest.mark.parametrize(
    ("room", "line"),
    [
        pytest.param("images", "from vision_magic.chat.reply import Reply", id="upward"),
        pytest.param("images", "from vision_magic import chat", id="upward, by the name of the folder"),
        pytest.param("images", "import vision_magic", id="the roof"),
        pytest.param("images", "from vision_magic import ask", id="a name from the roof"),
        pytest.param("images", "class A:\n    def f(self):\n        import vision_magic.chat.reply", id="in a method"),
        pytest.param("images", "if TYPE_CHECKING:\n    import vision_magic.chat.reply", id="for type checkers"),
        pytest.param("images", "if not TYPE_CHECKING:\n    import vision_magic.chat.reply", id="not for type checkers"),
        pytest.param("chat", "from vision_magic.render.reply import bundle", id="from values to how they look"),
        pytest.param("images", "try:\n    import vision_magic.chat.reply\nexcept ImportError: pass", id="in a try"),
        pytest.param("chat", "def f():\n    import vision_magic.session.default", id="upward, inside a function"),
        pytest.param("engine", "from vision_magic.wire.sse import Decoder", id="sideways"),
        pytest.param("wire", "from vision_magic.engine.measure import measure", id="sideways, the other way"),
        pytest.param("session", "import IPython", id="IPython outside the notebook's floor"),
        pytest.param("chat", "import httpx", id="httpx outside the wire"),
        pytest.param("session", "def f():\n    import httpx", id="httpx outside the wire, inside a function"),
        pytest.param("wire", "import ipywidgets", id="widgets outside the notebook's floor"),
    ],
)
def test_the_check_can_fail(tmp_path: Path, room: str, line: str) -> None:
    folder = tmp_path / "vision_magic" / room
    folder.mkdir(parents=True)
    (folder / "wrong.py").write_text(line)
    assert len(climbs(tmp_path / "vision_magic")) == 1


@pytest.mark.parametrize("target", ["vision_magic.images.image", "vision_magic.session.default"])
def test_the_check_can_fail_on_the_ground_floor(tmp_path: Path, target: str) -> None:
    package = tmp_path / "vision_magic"
    package.mkdir()
    (package / "errors.py").write_text(f"def f():\n    import {target}")
    assert climbs(package) == [f"vision_magic.errors imports {target}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("from vision_magic.errors import VisionError", id="downward"),
        pytest.param("from vision_magic.chat.reply import Reply", id="in the same folder"),
        pytest.param("if TYPE_CHECKING:\n    from vision_magic.images.image import Image", id="for type checkers"),
    ],
)
def test_the_check_lets_pass_what_is_allowed(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "vision_magic" / "chat"
    folder.mkdir(parents=True)
    (folder / "right.py").write_text(text)
    assert climbs(tmp_path / "vision_magic") == []


def test_the_check_for_circles_can_fail(tmp_path: Path) -> None:
    folder = tmp_path / "vision_magic" / "chat"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text("from vision_magic.chat.b import B")
    for line in ("{}", "def f():\n    {}", "if TYPE_CHECKING:\n    {}"):
        (folder / "b.py").write_text(line.format("from vision_magic.chat import a"))
        assert circles_of_modules(tmp_path / "vision_magic")
    assert not circles_of_rooms(tmp_path / "vision_magic")


def test_the_check_for_circles_of_rooms_can_fail(tmp_path: Path) -> None:
    package = tmp_path / "vision_magic"
    package.mkdir()
    (package / "errors.py").write_text("def f():\n    from vision_magic.naming import near_miss")
    (package / "naming.py").write_text("from vision_magic.errors import VisionError")
    assert circles_of_rooms(package)


@pytest.mark.parametrize(
    "line", ["import numpy as np", "from PIL import Image", "if True:\n    import IPython.display"]
)
def test_the_check_for_heavy_imports_can_fail(tmp_path: Path, line: str) -> None:
    path = tmp_path / "heavy.py"
    path.write_text(line)
    assert heavy(path)
    path.write_text("def f():\n    import numpy\nif TYPE_CHECKING:\n    import PIL.Image")
    assert not heavy(path)

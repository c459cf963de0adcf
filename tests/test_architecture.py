"""The layers of the package: each imports only lower layers, never in a circle; and every state has an owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import vision_magic

PACKAGE = Path(vision_magic.__file__).parent

LAYERS = {
    "addresses": 0,
    "drive": 0,
    "errors": 0,
    "naming": 0,
    "reprs": 0,
    "secret_rules": 0,
    "secrets": 0,
    "text": 0,
    "images": 1,
    "chat": 2,
    "render": 3,
    "setting_rules": 3,
    "settings": 4,
    "wire": 4,
    "engine": 4,
    "session": 5,
    "each": 6,
    "notebook": 7,
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
LIGHT_AREAS = set(LAYERS) - {"wire", "engine", "notebook"}


class Source(NamedTuple):
    """What the tests know of a file; the trees of all files would fill the memory for all tests that follow."""

    imports: tuple[str, ...]
    imports_when_loaded: tuple[str, ...]
    docstring: str
    state: frozenset[str]


def source(path: Path) -> Source:
    return _source(path.read_text(encoding="utf-8"))


@cache
def _source(text: str) -> Source:
    tree = ast.parse(text)
    return Source(
        imports=tuple(_imports_below(tree, True)),
        imports_when_loaded=tuple(_imports_below(tree, False)),
        docstring=ast.get_docstring(tree) or "",
        state=frozenset(_state_of(tree)),
    )


def imports(path: Path, *, lazy: bool = True) -> tuple[str, ...]:
    """Return the modules that a file imports; where `lazy`, also inside functions and for type checkers."""
    found = source(path)
    return found.imports if lazy else found.imports_when_loaded


def _imports_below(tree: ast.Module, lazy: bool) -> Iterator[str]:
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if not lazy and isinstance(node, ast.If) and ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            stack.extend(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif lazy or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def area_of(module: str) -> str:
    """Return the area (a folder, or a module of the lowest layer): ``vision_magic.chat.reply`` is in ``chat``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def modules(package: Path) -> dict[str, Path]:
    files = {path.relative_to(package.parent).with_suffix(""): path for path in package.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in files.items()}


def climbs(package: Path) -> list[str]:
    """Return the imports that run upward, sideways between neighbours, or past what an area may import."""
    found = []
    for name, path in modules(package).items():
        area = area_of(name)
        if not area:
            continue  # the package's own __init__ imports from all
        assert area in LAYERS, f"{area} is in no layer"
        for target in imports(path):
            top = target.split(".")[0]
            if (top == package.name and _climbs(area, area_of(target))) or area not in ONLY.get(top, {area}):
                found.append(f"{name} imports {target}")
    return found


def _climbs(area: str, other: str) -> bool:
    """Whether an area must not import another: one above it, a neighbour, or the package itself."""
    if other not in LAYERS:
        return True
    # The modules of the lowest layer may see each other; that they do so in no circle is tested apart.
    return other != area and (LAYERS[other] > LAYERS[area] or LAYERS[other] == LAYERS[area] > 0)


def circles_of_modules(package: Path) -> list[list[str]]:
    """Return the circles among modules, whenever and for whomever they import each other."""
    known = modules(package)
    root = package.name  # imports from all
    return circles({name: (_targets(path) & set(known)) - {root, name} for name, path in known.items() if name != root})


def circles_of_areas(package: Path) -> list[list[str]]:
    """Return the circles among folders, and modules of the lowest layer, that import each other at any time."""
    graph: dict[str, set[str]] = {}
    for name, path in modules(package).items():
        if area := area_of(name):
            seen = {area_of(target) for target in imports(path) if target.startswith(f"{package.name}.")}
            graph.setdefault(area, set()).update(seen)
    return circles({area: seen & set(graph) for area, seen in graph.items()})


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


def upward_in_questions(package: Path) -> list[str]:
    """Return the imports by which words and sentences, the ground of all questions, come to know of anything above."""
    own, ground = "vision_magic.engine.questions", ("vision_magic.engine.questions.language",)
    rooms = [f"{own}.{room}" for room in ("vocabulary", "phrases")]
    return [
        f"{module} imports {target}"
        for module, path in modules(package).items()
        for room in rooms
        if module.startswith(f"{room}.")
        for target in imports(path)
        if target.startswith(f"{own}.") and not target.startswith((f"{room}.", f"{own}.patterns", *ground))
    ]


def test_words_and_sentences_know_nothing_of_a_chart_or_a_query() -> None:
    assert upward_in_questions(PACKAGE) == []


def test_no_import_runs_in_a_circle() -> None:
    assert circles_of_modules(PACKAGE) == []
    assert circles_of_areas(PACKAGE) == []


def test_every_layer_is_there() -> None:
    assert {area_of(name) for name in modules(PACKAGE)} - {""} == set(LAYERS)


@pytest.mark.parametrize("area", sorted(LIGHT_AREAS))
def test_loading_a_light_area_loads_nothing_heavy(area: str) -> None:
    for name, path in modules(PACKAGE).items():
        if area_of(name) == area:
            assert not heavy(path), name


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    for name, path in modules(PACKAGE).items():
        assert source(path).docstring.splitlines()[:1], name


@pytest.mark.parametrize(
    ("area", "line"),
    [
        pytest.param("images", "from vision_magic.chat.reply import Reply", id="upward"),
        pytest.param("images", "from vision_magic import chat", id="upward, by the name of the folder"),
        pytest.param("images", "import vision_magic", id="the package itself"),
        pytest.param("images", "from vision_magic import ask", id="a name from the package itself"),
        pytest.param("images", "class A:\n    def f(self):\n        import vision_magic.chat.reply", id="in a method"),
        pytest.param("images", "if TYPE_CHECKING:\n    import vision_magic.chat.reply", id="for type checkers"),
        pytest.param("images", "if not TYPE_CHECKING:\n    import vision_magic.chat.reply", id="not for type checkers"),
        pytest.param("chat", "from vision_magic.render.reply import reply_bundle", id="from values to how they look"),
        pytest.param("images", "try:\n    import vision_magic.chat.reply\nexcept ImportError: pass", id="in a try"),
        pytest.param("chat", "def f():\n    import vision_magic.session.default", id="upward, inside a function"),
        pytest.param("engine", "from vision_magic.wire.sse import Decoder", id="sideways"),
        pytest.param("wire", "from vision_magic.engine.measure import measure", id="sideways, the other way"),
        pytest.param("session", "import IPython", id="IPython outside the notebook's layer"),
        pytest.param("chat", "import httpx", id="httpx outside the wire"),
        pytest.param("session", "def f():\n    import httpx", id="httpx outside the wire, inside a function"),
        pytest.param("wire", "import ipywidgets", id="widgets outside the notebook's layer"),
    ],
)
def test_the_check_can_fail(tmp_path: Path, area: str, line: str) -> None:
    folder = tmp_path / "vision_magic" / area
    folder.mkdir(parents=True)
    (folder / "wrong.py").write_text(line)
    assert len(climbs(tmp_path / "vision_magic")) == 1


@pytest.mark.parametrize("target", ["vision_magic.images.image", "vision_magic.session.default"])
def test_the_check_can_fail_on_the_lowest_layer(tmp_path: Path, target: str) -> None:
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
    assert not circles_of_areas(tmp_path / "vision_magic")


def test_the_check_for_circles_of_areas_can_fail(tmp_path: Path) -> None:
    package = tmp_path / "vision_magic"
    package.mkdir()
    (package / "errors.py").write_text("def f():\n    from vision_magic.naming import near_miss")
    (package / "naming.py").write_text("from vision_magic.errors import VisionError")
    assert circles_of_areas(package)


@pytest.mark.parametrize(
    "line", ["import numpy as np", "from PIL import Image", "if True:\n    import IPython.display"]
)
def test_the_check_for_heavy_imports_can_fail(tmp_path: Path, line: str) -> None:
    path = tmp_path / "heavy.py"
    path.write_text(line)
    assert heavy(path)
    path.write_text("def f():\n    import numpy\nif TYPE_CHECKING:\n    import PIL.Image")
    assert not heavy(path)


# --- State

OWNED = {
    "vision_magic.session.default": {"session"},  # the default session, which owns the state of this process
    "vision_magic.secrets": {"_known"},  # every key of the process must be found in every text, whoever holds it
    "vision_magic.images.registry": {"_converters", "_by_behaviour"},  # which function converts which class: code
    "vision_magic.images.pages": {"_lock"},  # PDFium may be used by one thread of a process at a time
}
"""Module-level values that change, each with its reason. Other state belongs to a session or to a shell."""

CHANGING = {
    "bytearray", "set", "dict", "list", "deque", "defaultdict", "OrderedDict", "Counter", "count", "cycle",
    "WeakSet", "WeakKeyDictionary", "WeakValueDictionary", "ContextVar", "local", "Lock", "RLock", "Event", "Condition",
    "Queue", "SimpleQueue",
}  # fmt: skip


def state_of(path: Path) -> frozenset[str]:
    """Return the names of a module whose values change: rebound by ``global``, mutated, or made to be changed."""
    return source(path).state


def _state_of(tree: ast.Module) -> set[str]:
    names = {target: value for node in tree.body for target, value in _assigned(node)}
    rebound = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    made = {name for name, value in names.items() if _is_changing(value)}
    return rebound | (set(names) & _mutated(tree)) | made


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target.id, node.value


def _is_changing(value: ast.expr) -> bool:
    """Whether a value is made to be changed: an empty container, a lock, an object of a class of ours."""
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.List | ast.Set):
        return not value.elts
    if not isinstance(value, ast.Call):
        return False
    name = ast.unparse(value.func).rpartition(".")[2].partition("[")[0]
    return (name in CHANGING and not (value.args and name in ("set", "dict", "list"))) or name in OWNERS


OWNERS = {
    "Session",
    "SessionState",
    "Ledger",
    "KeyStore",
    "QuirkBook",
    "Cache",
    "ExchangeLog",
    "Recordings",
    "TextReader",
}

MUTATORS = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault",
    "update",
}  # fmt: skip


def _mutated(tree: ast.Module) -> set[str]:
    """Return the names on which a changing method is called, or whose items are set, anywhere in a module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
            found.add(ast.unparse(node.func.value))
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
            targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
            found |= {ast.unparse(target.value) for target in targets if isinstance(target, ast.Subscript)}
    return found


def test_no_module_holds_state_but_the_default_session() -> None:
    found = {name: state for name, path in modules(PACKAGE).items() if (state := state_of(path))}
    assert found == OWNED


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("known = {}", id="an empty dict"),
        pytest.param("known: dict[str, int] = {}", id="with a type"),
        pytest.param("known = set()", id="a set"),
        pytest.param("known = {'a': 1}\n\ndef f():\n    known['b'] = 2", id="an item that is set"),
        pytest.param("known = [1]\n\ndef f():\n    known.append(2)", id="a method that changes it"),
        pytest.param("known = None\n\ndef f():\n    global known\n    known = 1", id="a name that is bound again"),
        pytest.param("known = contextvars.ContextVar('known', default='')", id="a context variable"),
        pytest.param("known = threading.Lock()", id="a lock"),
        pytest.param("known = KeyStore()", id="an object that owns state"),
    ],
)
def test_the_check_for_state_can_fail(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.py"
    path.write_text(text)
    assert state_of(path) == {"known"}


@pytest.mark.parametrize("text", ["NAMES = ('a', 'b')", "KINDS = {'a': 1}", "_TAGS = {'p', 'br'}", "PATH = Path('x')"])
def test_the_check_for_state_lets_constants_pass(tmp_path: Path, text: str) -> None:
    path = tmp_path / "constants.py"
    path.write_text(text)
    assert state_of(path) == set()

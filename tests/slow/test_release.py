"""The wheel and the sdist, as a stranger gets them: installed into a folder of their own and used in an empty one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT = 15_000_000
"""Bytes of the wheel and of the sdist without pictures and notebooks: a change that doubles them is noticed."""

_SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""How to unpack an archive without a warning; Python has filters since 3.11.4."""


def run(*command: str, cwd: Path, path: Path | None = None) -> str:
    env = os.environ | {"VISION_MAGIC_PROFILE": "embedded", "MPLBACKEND": "agg"}
    if path is not None:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist of this checkout."""
    made = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", str(made), cwd=ROOT)
    return made


@pytest.fixture(params=["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def installed(request: pytest.FixtureRequest, dist: Path, tmp_path: Path) -> Path:
    """A folder with the package, installed from one of them; the dependencies are those of this environment."""
    (archive,) = dist.glob(request.param)
    target = tmp_path / "installed"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", "--no-build-isolation", "--target", str(target), str(archive), cwd=tmp_path)
    return target


def test_the_first_cells_of_the_readme_run_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    after = readme.partition("## The first cell")[2]
    cells = [match[1] for match in re.finditer(r"^```(?:python)?\n(.*?)^```", after, re.M | re.S)][:3]
    script = [*(f"get_ipython().run_cell({cell!r}).raise_error()" for cell in cells)]
    script.append("import vision_magic; print(vision_magic.__file__)")
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "cells.ipy").write_text("\n".join(script), encoding="utf-8")
    said = run(sys.executable, "-m", "IPython", "--no-banner", str(tmp_path / "cells.ipy"), cwd=empty, path=installed)
    assert "Harvest" in said
    assert str(installed) in said
    assert not list(empty.iterdir())


def test_the_demo_of_the_sdist_runs_from_where_it_is_unpacked(dist: Path, tmp_path: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        files.extractall(tmp_path, **_SAFELY)
    (unpacked,) = tmp_path.iterdir()
    said = run(sys.executable, "tools/demo.py", cwd=unpacked, path=unpacked)
    assert "%%vision" in said


def test_the_wheel_holds_the_package_and_nothing_else(dist: Path) -> None:
    (archive,) = dist.glob("*.whl")
    names = zipfile.ZipFile(archive).namelist()
    about, shared = (next(n for n in names if part in n).split("/")[0] for part in (".dist-info/", ".data/"))
    assert {name.split("/")[0] for name in names} == {"vision_magic", about, shared}
    assert sorted(name for name in names if name.startswith(shared)) == [
        f"{shared}/data/share/jupyter/labextensions/vision-magic/{name}"
        for name in ("install.json", "package.json", "questions.js")
    ]
    assert "vision_magic/py.typed" in names
    assert "vision_magic/__init__.pyi" in names
    assert archive.stat().st_size < LIMIT


def test_a_release_knows_the_address_of_its_repository(dist: Path, tmp_path: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        files.extractall(tmp_path, **_SAFELY)
    (unpacked,) = tmp_path.iterdir()
    address = "https://host.example/owner/name"
    run(sys.executable, "tools/release_readme.py", address, "v0.2.0", cwd=unpacked)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=unpacked)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        about = files.read(next(name for name in files.namelist() if name.endswith("METADATA"))).decode()
    assert f"Project-URL: Repository, {address}\n" in about
    assert "](docs/" not in about
    assert f"]({address}/raw/v0.2.0/docs/static/readme/ask.webp)" in about


def test_the_install_page_states_the_size_of_the_wheel(dist: Path) -> None:
    (archive,) = dist.glob("*.whl")
    stated = re.search(r"wheel of the package itself has ([\d.]+) MB", (ROOT / "docs/install.md").read_text("utf-8"))
    assert stated is not None
    assert abs(archive.stat().st_size / 1e6 - float(stated[1])) < 0.2

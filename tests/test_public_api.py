"""The public names: the content of `__all__`, that each can be imported, and the cost of importing."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

import vision_magic
from vision_magic.images import registry
from vision_magic.session.prepare import check_option_names

STUB = Path(vision_magic.__file__).with_suffix(".pyi")

MODULE_OF = {
    alias.name: f"vision_magic.{line.module}"
    for line in ast.parse(STUB.read_text(encoding="utf-8")).body
    if isinstance(line, ast.ImportFrom)
    for alias in line.names
}
"""Where the stub, the one list of public names, says that each name lives."""

PUBLIC = sorted(MODULE_OF)


def test_the_public_names_are_those_of_the_stub() -> None:
    assert list(vision_magic.__all__) == PUBLIC
    assert "ask" in PUBLIC


def test_the_stub_exports_every_name_that_it_imports() -> None:
    for line in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom):
            assert [alias.asname for alias in line.names] == [alias.name for alias in line.names], line.module


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_can_be_imported_and_is_explained(name: str) -> None:
    value = getattr(vision_magic, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        words = value.__doc__  # its own, and not that of a base class
        assert words
        assert not words.startswith(f"{name}(")  # what dataclasses write where nobody has
        assert value.__module__ == MODULE_OF[name]


@pytest.mark.parametrize("name", [name for name in PUBLIC if inspect.isfunction(getattr(vision_magic, name))])
def test_a_public_function_has_an_example(name: str) -> None:
    assert ">>>" in inspect.getdoc(getattr(vision_magic, name))


@pytest.mark.parametrize("module", ["vision_magic", *sorted(set(MODULE_OF.values()))])
def test_the_examples_in_the_docstrings_are_right(module: str) -> None:
    """They had not been run since the reader wrote its sizes with spaces."""
    with mock.patch.dict(registry._converters):  # an example registers one, which other tests would find
        result = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_all_public_names_are_listed_before_they_are_used() -> None:
    program = "import vision_magic; print(*dir(vision_magic))"
    assert set(PUBLIC) <= set(in_a_fresh_process(program))


def test_a_star_import_brings_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from vision_magic import *", names)
    assert set(names) - {"__builtins__"} == set(PUBLIC)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        vision_magic.nothing  # noqa: B018  # the access is what is tested


def test_every_error_is_a_vision_error() -> None:
    for name in PUBLIC:
        value = getattr(vision_magic, name)
        if inspect.isclass(value) and issubclass(value, BaseException):
            assert issubclass(value, vision_magic.VisionError)


def in_a_fresh_process(program: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, capture_output=True, text=True)
    return ran.stdout.split()


HEAVY = {"numpy", "PIL", "IPython", "httpx", "ipywidgets", "matplotlib", "pydantic", "anyio", "rapidocr", "onnxruntime"}


def test_importing_loads_nothing_heavy() -> None:
    loaded = in_a_fresh_process("import sys, vision_magic; print(*sorted({n.split('.')[0] for n in sys.modules}))")
    assert "vision_magic" in loaded
    assert not set(loaded) & HEAVY


@pytest.mark.parametrize("name", ["ask", "aask", "stream", "astream", "prepare"])
def test_n17_a_signature_names_options_that_the_function_takes(name: str) -> None:
    function = getattr(vision_magic, name)
    first, *options, rest = inspect.signature(function).parameters.values()
    assert (first.kind, rest.kind) == (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    assert "model" in [option.name for option in options]
    check_option_names({option.name: option.default for option in options})

"""Ways of writing a ``%%vision`` cell that IPython alone does not understand, and cells that stay as they are."""

from __future__ import annotations

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tests.notebook.conftest import Run
from vision_magic.notebook.input_transforms import magic_first, with_body


def transformed(cell: str) -> str:
    lines = cell.splitlines(keepends=True)
    return "".join(with_body(magic_first(lines)))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("%%vision fig\nWhat?\n", "%%vision fig\nWhat?\n", id="as it should be"),
        pytest.param("# a comment\n%%vision fig\nWhat?\n", "%%vision fig\nWhat?\n", id="E4 a comment"),
        pytest.param("\n  \n\t\n%%vision fig\nWhat?\n", "%%vision fig\nWhat?\n", id="E4 blank lines"),
        pytest.param("# NBVAL_SKIP\n\n  # more\n%%vision\nWhat?\n", "%%vision\nWhat?\n", id="comments and blank lines"),
        pytest.param(
            "%%vision fig \\\n  -m x \\\n  -t 0\nWhat?\n", "%%vision fig -m x -t 0\nWhat?\n", id="E4 continued"
        ),
        pytest.param(
            "%%vision fig \\ \n-m x\nWhat?\n", "%%vision fig -m x\nWhat?\n", id="a blank behind the backslash"
        ),
        pytest.param("%%vision\\\nfig\nWhat?\n", "%%vision fig\nWhat?\n", id="no blank before the backslash"),
        pytest.param("%%vision fig \\\n", "%%vision fig\n\n", id="a backslash before nothing"),
        pytest.param(
            "%%vision fig --stop a\\\\\nWhat?\n", "%%vision fig --stop a\\\\\nWhat?\n", id="two backslashes are one"
        ),
        pytest.param("%%vision fig\r\nWhat?\r\n", "%%vision fig\nWhat?\r\n", id="E4 Windows"),
        pytest.param(
            "# x\r\n%%vision fig \\\r\n -m x\r\nWhat?\r\n", "%%vision fig -m x\nWhat?\r\n", id="all on Windows"
        ),
        pytest.param("\ufeff%%vision fig\nWhat?\n", "%%vision fig\nWhat?\n", id="E4 byte order mark"),
        pytest.param("\ufeff# x\n%%vision fig\nWhat?\n", "%%vision fig\nWhat?\n", id="a mark before a comment"),
        pytest.param("%%vision   \nWhat?\n", "%%vision\nWhat?\n", id="E4 trailing blanks"),
        pytest.param("%%vision\tfig\nWhat?\n", "%%vision fig\nWhat?\n", id="a tab behind the magic"),
        pytest.param("    %%vision fig\n    What?\n", "%%vision fig\nWhat?\n", id="E4 indented"),
        pytest.param("  %%vision fig\nWhat?\n    code\n", "%%vision fig\nWhat?\n  code\n", id="indented in part"),
        pytest.param("%%vision --help", "%%vision --help\n\n", id="nothing below"),
        pytest.param("# only\n%%vision --help\n \n", "%%vision --help\n\n", id="nothing below a comment"),
    ],
)
def test_a_vision_cell_begins_with_its_magic(cell: str, expected: str) -> None:
    assert transformed(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "%%time\n%%vision fig\nWhat?\n",
        "# a comment\n%%time\nx\n",
        "# a comment\n%%visions fig\nWhat?\n",
        "%%visionary\n",
        "%%vision?",
        "# x\n%vision status\n",
        "%vision use x \\\n -m y\n",
        "x = 1\n%%vision fig\nWhat?\n",
        '"""\n%%vision fig\n"""\n',
        "# %%vision fig\n# What?\n",
        "\ufeffx = 1\n",
        "",
        "\n\n",
    ],
)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert transformed(cell) == cell


def test_a_transformed_cell_stays_as_it_is() -> None:
    once = transformed("# x\n  %%vision fig \\\n  -m x\n  What?\n")
    assert transformed(once) == once


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("# a comment\n\n   \n%%vision img\nWhat size is it?", id="E4 lines above"),
        pytest.param("%%vision \\\n  img \\\n  -t 0\nWhat size is it?", id="E4 continued"),
        pytest.param("\ufeff%%vision img  \r\nWhat size is it?\r\n", id="E4 Windows with a mark"),
        pytest.param("   %%vision img\n   What size is it?", id="E4 indented"),
        pytest.param("%%vision img\n\n      What size is it?\n        Only that.", id="E4 an indented question"),
        pytest.param("%%time\n# above\n%%vision img\nWhat size is it?", id="below %%time"),
        pytest.param("%%capture nothing\n%%vision img\nWhat size is it?", id="below %%capture"),
    ],
)
def test_e4_the_cell_asks(cell: str, run: Run) -> None:
    run("from PIL import Image; img = Image.new('RGB', (320, 200), 'navy')")
    assert run(cell).success, (run.out, run.err)
    reply = run.shell.user_ns["_vision"]
    assert "320 × 200" in reply.text
    assert reply.request.messages[-1].content[-1].text.startswith("What size is it?")


def test_e4_the_indentation_of_a_question_is_removed_only_as_a_whole(run: Run) -> None:
    run("from PIL import Image; img = Image.new('RGB', (320, 200), 'navy')")
    run("%%vision img\n    What size?\n        One line.\n    And colours?")
    text = run.shell.user_ns["_vision"].request.messages[-1].content[-1].text
    assert text == "What size?\n    One line.\nAnd colours?"


def test_e4_unloading_removes_the_transforms(run: Run) -> None:
    transforms = run.shell.input_transformers_cleanup
    assert magic_first in transforms
    run("%unload_ext vision_magic")
    assert magic_first not in transforms
    assert with_body not in transforms
    run("%load_ext vision_magic\n%load_ext vision_magic")
    assert transforms.count(magic_first) == transforms.count(with_body) == 1


def test_e4_something_else_may_have_removed_the_transforms(run: Run) -> None:
    run.shell.input_transformers_cleanup.remove(magic_first)
    assert run("%unload_ext vision_magic").success
    run("%load_ext vision_magic")


def test_e4_a_terminal_waits_for_the_question_below_a_comment(run: Run) -> None:
    manager: TransformerManager = run.shell.input_transformer_manager
    for cell in ("# above\n%%vision img", "%%vision img", "%%vision img \\"):
        assert manager.check_complete(cell)[0] == "incomplete", cell
    assert manager.check_complete("# above\n%%vision img\nWhat?\n\n")[0] == "complete"

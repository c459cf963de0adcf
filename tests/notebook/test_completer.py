"""Tab completion on the lines of the magics, as a function of the line and through IPython's completer."""

from __future__ import annotations

import json
import subprocess
import sys
import types
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from ipykernel.ipkernel import IPythonKernel
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from PIL import Image as PILImage

import vision_magic as vm
from tests.session.scripted import Scripted, says
from vision_magic.images.convert import is_image
from vision_magic.naming import as_word, quoted
from vision_magic.notebook import candidates
from vision_magic.notebook.cell import parse
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.completer import completions, in_question, register, unregister
from vision_magic.notebook.options import OPTIONS
from vision_magic.notebook.state import state_of
from vision_magic.notebook.words import words_of
from vision_magic.session.default import session
from vision_magic.settings import profile_models

PICTURE = PILImage.new("RGB", (4, 3))


class Broken:
    """Fails wherever it is looked at."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(f"no {name}")


def schema() -> None: ...


NAMES: dict[Any, Any] = {
    "fig": PICTURE,
    "figure_2": PICTURE,
    "img": np.zeros((3, 4), np.uint8),
    "figs": [PICTURE, PICTURE],
    "grid": np.array([PICTURE, None], dtype=object)[:1],
    "row": np.zeros(3),
    "phoneme": b"text",
    "photo": b"\x89PNG",
    "_hidden": PICTURE,
    "year": 1982,
    "finish": "a text",
    "schema": schema,
    "Peak": Broken,
    "tool": {"type": "function"},
    "np": np,
    "broken": Broken(),
    "no name": PICTURE,
    "lambda": PICTURE,
    7: PICTURE,
}


def texts(line: str, *, cell: bool = True, names: Any = NAMES, models: tuple[str, ...] = ()) -> list[str]:
    chats = ("lesson", "two words", "review")
    return [text for text, _ in completions(line, names, cell=cell, conversations=chats, models=models)[1]]


@pytest.mark.parametrize(
    ("line", "fragment", "expected"),
    [
        pytest.param("--mo", "--mo", ["--model"], id="one option"),
        pytest.param(
            "fig --max-",
            "--max-",
            [
                *("--max-side", "--max-bytes", "--max-image-tokens", "--max-tokens", "--max-completion-tokens"),
                *("--max-rounds", "--max-calls"),
            ],
            id="several options, in the order of the help",
        ),
        pytest.param("-m", "-m", ["-m"], id="a short option"),
        pytest.param("-s M --sys", "--sys", [], id="an option that is on the line already"),
        pytest.param("-m M --mo", "--mo", ["--model"], id="an option that may come again"),
        pytest.param("--stop a --sto", "--sto", ["--stop"], id="an option with several values"),
        pytest.param("--zz", "--zz", [], id="no option"),
        pytest.param("--detail ", "", ["auto", "low", "high", "original"], id="values"),
        pytest.param("--detail h", "h", ["high"], id="a value begun"),
        pytest.param("--detail=lo", "lo", ["low"], id="a value after ="),
        pytest.param("--detail --dry", "--dry", ["--dry-run"], id="an option where a value is missing"),
        pytest.param("--response-format ", "", ["text", "json_object", "tool"], id="formats and names"),
        pytest.param("--tool-choice ", "", ["none", "auto", "required"], id="tool choices"),
        pytest.param("--tools ", "", ["Peak", "schema", "tool"], id="classes, functions and dicts"),
        pytest.param("--tools schema t", "t", ["tool"], id="a second value"),
        pytest.param("--tools=schema f", "f", ["fig", "figure_2", "figs"], id="one value after ="),
        pytest.param("--approve a", "a", ["ask", "all"], id="who allows functions"),
        pytest.param("--chat ", "", ["lesson", "review"], id="conversations"),
        pytest.param("--max-side ", "", [], id="a number"),
        pytest.param("--profile oll", "oll", ["ollama"], id="a profile"),
        pytest.param("f", "f", ["fig", "figure_2", "figs"], id="pictures, then lists of them"),
        pytest.param("fig i", "i", ["img"], id="a second picture"),
        pytest.param("g", "g", ["grid"], id="what plt.subplots gives"),
        pytest.param("peak << f", "f", ["fig", "figure_2", "figs"], id="after NAME <<"),
        pytest.param("--dry-run f", "f", ["fig", "figure_2", "figs"], id="after a switch"),
        pytest.param("-- f", "f", ["fig", "figure_2", "figs"], id="after --"),
        pytest.param("-- --m", "--m", [], id="no options after --"),
        pytest.param("la", "la", ["last", "last:2"], id="last"),
        pytest.param("last:", "last:", ["last:2"], id="last with a count"),
        pytest.param("fig.", "fig.", [], id="an attribute"),
        pytest.param("figs[", "figs[", [], id="an open index"),
        pytest.param("figs[0", "figs[0", [], id="an index"),
        pytest.param('-s "Say f', '"Say f', [], id="an open quote"),
        pytest.param('-s "--m f" --mo', "--mo", ["--model"], id="a quoted value with spaces"),
        pytest.param("_h", "_h", [], id="a hidden name"),
        pytest.param("bro", "bro", [], id="a broken object"),
        pytest.param("row", "row", [], id="an array that is no picture"),
        pytest.param("pho", "pho", ["photo"], id="a picture as bytes"),
    ],
)
def test_a_cell_line_is_completed(line: str, fragment: str, expected: list[str]) -> None:
    assert completions(line, NAMES, cell=True)[0] == fragment
    assert texts(line) == expected


def test_an_empty_line_offers_pictures_first_then_the_long_options() -> None:
    found = texts("")
    assert found[:8] == ["fig", "figure_2", "img", "photo", "figs", "grid", "last", "last:2"]
    assert found[8:] == [flag for option in OPTIONS for flag in option.option_strings if flag.startswith("--")]


def test_one_dash_offers_the_short_options_first() -> None:
    found = texts("-")
    assert found[:8] == ["-m", "-s", "-c", "-o", "-p", "-h", "-t", "-n"]
    assert "--model" in found


def test_a_variable_called_last_is_not_the_last_picture() -> None:
    assert texts("la", names={"last": 1}) == ["last:2"]
    assert texts("la", names={"last": PICTURE}) == ["last", "last:2"]


def test_every_candidate_says_what_it_is() -> None:
    assert completions("fig", NAMES, cell=True)[1] == [
        ("fig", "picture"),
        ("figure_2", "picture"),
        ("figs", "pictures"),
    ]
    assert completions("--detail h", NAMES, cell=True)[1] == [("high", "value")]
    assert completions("--mo", NAMES, cell=True)[1] == [("--model", "option")]


@pytest.mark.parametrize(
    ("line", "fragment", "expected"),
    [
        pytest.param("", "", list(COMMANDS), id="commands"),
        pytest.param("l", "l", ["login", "last", "log"], id="a command begun"),
        pytest.param("use emb", "emb", ["embedded"], id="use"),
        pytest.param("models oll", "oll", ["ollama"], id="models"),
        pytest.param("login open", "open", ["openai", "openrouter"], id="login"),
        pytest.param("use openai o", "o", [], id="one profile only"),
        pytest.param("use --detail hi", "hi", ["high"], id="a value"),
        pytest.param("use openai --mo", "--mo", ["--model"], id="an option"),
        pytest.param("use --dry", "--dry", [], id="an option of cells"),
        pytest.param("help --mo", "--mo", [], id="a command without options"),
        pytest.param("help pic", "pic", ["pictures"], id="a topic of the help"),
        pytest.param("usage ", "", [], id="a command alone"),
        pytest.param("--mo", "--mo", [], id="an option without a command"),
        pytest.param("use -m M ope", "ope", ["openai", "openrouter"], id="a profile after an option"),
        pytest.param("history ", "", ["lesson", "review"], id="conversations"),
        pytest.param("reset lesson r", "r", [], id="one conversation only"),
        pytest.param("keep ", "", ["on", "off", "clear"], id="words of a command"),
        pytest.param("log on ", "", [], id="one word only"),
        pytest.param("record o", "o", ["off"], id="a word begun"),
        pytest.param("record --images --", "--", ["--mode"], id="options of a command"),
        pytest.param("record --mode ", "", ["record", "once", "refresh"], id="how to record"),
        pytest.param("replay --sp", "--sp", ["--speed"], id="how fast to replay"),
    ],
)
def test_a_vision_line_is_completed(line: str, fragment: str, expected: list[str]) -> None:
    assert completions(line, NAMES, cell=False)[0] == fragment
    assert texts(line, cell=False) == expected


def test_profiles_of_the_settings_file_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.work]\nbase_url = "https://host/v1"\n[profiles."two words"]\nmodel = "m"\n')
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(path))
    assert texts("use wo", cell=False) == ["work"]
    assert texts("--profile w") == ["work"]
    assert texts("--profile t") == []


def test_models_of_this_session_and_of_the_profiles_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.work]\nbase_url = "https://host/v1"\nmodel = "of-the-profile"\n')
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(path))
    vm.ask("What?", **{**Scripted(says("Yes.")).options, "model": "of-a-question"})
    assert {"of-the-profile", "of-the-list"} <= set(texts("-m of-", models=("of-the-list",)))
    assert texts("-m model-1") == ["model-1"]  # as the server called it


HOSTILE = [
    pytest.param("x\nimport os; os.remove('a')", id="A3 a line end"),
    pytest.param("x\r", id="A3 a carriage return"),
    pytest.param("x\u2028y", id="A3 a line separator"),
    pytest.param("x\x85y", id="A3 a next line"),
    pytest.param("x\x1b[2J", id="A3 an escape"),
    pytest.param("m --base-url https://evil.example --key-env OPENAI_API_KEY", id="A3 options"),
    pytest.param("--base-url=https://evil.example", id="A3 an option"),
    pytest.param("-m", id="A3 a dash"),
    pytest.param("m\\", id="A3 a backslash at the end"),
    pytest.param("m{x}", id="A3 braces"),
    pytest.param("m(x)", id="A3 brackets"),
    pytest.param('m"', id="A3 a quote"),
    pytest.param("m'", id="A3 another quote"),
    pytest.param("m\tx", id="A3 a tab"),
    pytest.param("m\u200bx", id="A3 without width"),
    pytest.param("m\u202ex", id="A3 another direction"),
    pytest.param("gpt-4\u043e", id="A3 a letter that looks like another"),
    pytest.param("<<", id="A3 a mark"),
    pytest.param("$(rm)", id="A3 a shell"),
    pytest.param("m;x", id="A3 a semicolon"),
    pytest.param("", id="A3 nothing"),
    pytest.param("m" * 300, id="A3 very long"),
]

PLAIN = """
    gpt-4o ft:gpt-4o-2024-08-06:org::AbC o3 google/gemma-3-27b-it:free ~anthropic/claude-sonnet
    llava:7b-v1.6-q4_K_M hf.co/bartowski/Llama-3.2-11B:Q4_K_M org/Name.GGUF models/gemini-2.5-pro
    @cf/meta/llama-3.2-11b accounts/f/models/x anthropic.claude-3-5-sonnet-20240620-v1:0 qwen2-vl@q4
    /models/llava.gguf C:\\models\\llava.gguf phi+lora 01-ai/yi-vl publishers/google/models/x@001
    embedded-reader default
""".split()  # noqa: SIM905


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_no_plain_id_is_not_offered(name: str) -> None:
    """The server that lists it, or answers in its name, has chosen it."""
    for line in ("-m ", '-m "', "-m '", "-m=", "--model ", "-m m", "-m x", "-m -"):
        offered = completions(line, NAMES, cell=True, models=(name, "plain-id"))[1]
        found = [text for text, kind in offered if kind == "model"]
        assert not any(name and name in text for text in found)
        assert not any(char in text for text in found for char in "\n\r\x1b{}")
    assert "plain-id" in texts("-m ", models=(name, "plain-id"))


def test_a3_a_model_that_a_reply_names_is_offered_only_if_it_is_a_plain_id() -> None:
    def named(name: str) -> bytes:
        choice = {"index": 0, "delta": {"content": "a"}, "finish_reason": "stop"}
        return b"data: " + json.dumps({"model": name, "choices": [choice]}).encode() + b"\n\ndata: [DONE]\n\n"

    for name in ("reply-id", "reply\nimport os", "reply --base-url https://evil.example"):
        vm.ask("What?", **{**Scripted(named(name)).options, "model": "asked-id"})
    assert texts("-m reply") == ["reply-id"]


@pytest.mark.parametrize("name", PLAIN)
def test_a3_the_ids_of_real_servers_are_offered(name: str) -> None:
    assert name in texts("-m ", models=(name,))
    assert name in texts(f"-m={name[:2]}", models=(name,))
    [_, word] = words_of(f"-m {name}")
    assert (word.text, word.is_option) == (name, False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param('--chat "', ['"lesson"', '"review"', '"two words"'], id="A3 an open quote"),
        pytest.param('--chat "tw', ['"two words"'], id="A3 a name with a blank"),
        pytest.param("--chat 'tw", ["'two words'"], id="A3 the other quote"),
        pytest.param('--chat="tw', [], id="A3 after an equals sign a quote is part of the value"),
        pytest.param("--chat tw", [], id="A3 without a quote"),
    ],
)
def test_a_name_that_needs_quotes_is_offered_in_quotes(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


NAMES_OF_OTHERS = st.text(max_size=12) | st.sampled_from(
    ["two words", 'a "b"', "it's", "-x", "a\\", "<<", "--", "a{b}", "a("]
)


@given(names=st.lists(NAMES_OF_OTHERS, max_size=4), quote=st.sampled_from(["", '"', "'"]))
def test_a3_every_candidate_is_read_back_as_one_value_that_is_the_name(names: list[str], quote: str) -> None:
    for option, dest in (("--chat", "chat"), ("-m", "model")):
        found = completions(f"{option} {quote}", {}, cell=True, conversations=names, models=names)[1]
        own = [text for text, kind in found if kind in ("conversation", "model")]
        read = [parse(f"fig {option} {text} --dry-run").options for text in own]
        assert all(options.keys() == {dest, "dry_run"} for options in read)
        known = {*names, session.settings().model, *profile_models(), *(r.model for r in session.state.ledger.records)}
        assert {options[dest] for options in read} <= known


@given(st.text(max_size=30))
def test_a3_a_name_is_written_so_that_it_is_read_back(name: str) -> None:
    for written in (as_word(name), quoted(name), quoted(name, "'")):
        [word] = words_of(written)
        assert word.text == name
        assert not word.is_option
        assert written.isprintable()


def test_a_broken_settings_file_leaves_the_built_in_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text("profiles = [")
    with monkeypatch.context() as patch:  # only here: after the test, settings are read again
        patch.setenv("VISION_MAGIC_CONFIG", str(path))
        assert texts("--profile oll") == ["ollama"]


def test_names_of_keys_are_offered_and_never_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZ_WORK_KEY", "ZZ_sk-secret")
    monkeypatch.setenv("ZZ_WORK_TOKEN", "ZZ_secret")
    monkeypatch.setenv("ZZ_WORK_PATH", "ZZ_path")
    assert texts("--key-env ZZ") == ["ZZ_WORK_KEY", "ZZ_WORK_TOKEN"]
    assert "secret" not in repr(completions("--key-env ", NAMES, cell=True))


def test_colour_maps_are_offered_where_matplotlib_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", types.SimpleNamespace(colormaps={"viridis": 1, "gray": 2}))
    assert texts("--cmap ") == ["gray", "viridis"]
    monkeypatch.delitem(sys.modules, "matplotlib")
    assert texts("--cmap ") == []
    assert "matplotlib" not in sys.modules


def test_completing_loads_neither_numpy_nor_matplotlib() -> None:
    code = (
        "import sys\n"
        "from vision_magic.notebook.completer import completions, in_question\n"
        "names = {'a': 1, 'b': b'bytes', 'c': [1], 'd': object()}\n"
        "for line in ('', 'a', '--cmap ', '--profile ', '--tools '):\n"
        "    completions(line, names, cell=True)\n"
        "in_question('{', names)\n"
        "assert not {'numpy', 'matplotlib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Where is {f", ["fig", "figure_2", "figs", "finish"], id="pictures, then other variables"),
        pytest.param("In {ye", ["year"], id="a value"),
        pytest.param("{fig} and {im", ["img"], id="a second one"),
        pytest.param("{{{ye", ["year"], id="within braces that are text"),
        pytest.param("{n", [], id="no modules"),
        pytest.param("{zz", [], id="no such name"),
        pytest.param("{{ye", None, id="a brace that is text"),
        pytest.param("{{{{ye", None, id="two of them"),
        pytest.param("ye", None, id="no brace"),
        pytest.param("{year} ye", None, id="a closed brace"),
        pytest.param("{fig.", None, id="an attribute"),
        pytest.param("{figs[0", None, id="an index"),
        pytest.param('{"ye', None, id="JSON"),
    ],
)
def test_a_brace_in_the_question_is_completed(line: str, expected: list[str] | None) -> None:
    found = in_question(line, NAMES)
    assert (None if found is None else [text for text, _ in found[1]]) == expected


def test_a_large_notebook_is_searched_by_class_and_not_object_by_object(monkeypatch: pytest.MonkeyPatch) -> None:
    values = (1, "text", [1, 2], {"a": 1}, PICTURE, schema, object(), Broken(), (PICTURE,))
    names = {f"name_{number}": values[number % len(values)] for number in range(1000)}
    looked_at: list[object] = []
    monkeypatch.setattr(candidates, "is_image", lambda value: looked_at.append(value) or is_image(value))
    assert len(texts("", names=names)) > 250
    assert len(looked_at) == len({type(value) for value in values})


@pytest.fixture
def tab(ip: InteractiveShell) -> Iterator[Any]:
    """Press Tab at ``|`` in a cell; returns what is offered in IPython's own completer."""
    ip.user_ns.update(fig=PICTURE, year=1982, broken=Broken(), figs=[PICTURE])
    state_of(ip).conversations.make_current(vm.Conversation("lesson"))
    register(ip)

    def press(cell: str) -> list[str]:
        offset = cell.index("|")
        with provisionalcompleter():
            found = list(ip.Completer.completions(cell.replace("|", ""), offset))
        return [cell[max(0, one.start - 1) : one.start] + one.text for one in found]

    yield press
    unregister(ip)


@pytest.mark.parametrize("jedi", [True, False])
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("%%vision --mo|", [" --model"], id="an option, and not map and max"),
        pytest.param("%%vision fi|g --mo\nWhere is {fig}?", [" fig", " figs"], id="in the middle of a line"),
        pytest.param("\n%%vision --detail h|", [" high"], id="below an empty line"),
        pytest.param("%%vision --detail=h|", ["=high"], id="after ="),
        pytest.param("%%vision last:|", [" last:2"], id="a colon"),
        pytest.param("%%vision --max-side ma|", [], id="nothing, where a number is expected"),
        pytest.param("%%vision --zz|", [], id="nothing for an unknown option"),
        pytest.param("%%vision fig\nWhere in {ye|} is it?", ["{year"], id="in the question"),
        pytest.param("%%vision --chat le|", [" lesson"], id="a conversation"),
        pytest.param("%vision us|", [" use", " usage"], id="a command"),
        pytest.param("x = 1\n  %vision use oll|", [" ollama"], id="a line in an ordinary cell"),
        pytest.param("%vision ma|", [], id="no command"),
    ],
)
def test_the_completer_answers(tab: Any, ip: InteractiveShell, jedi: bool, cell: str, expected: list[str]) -> None:
    ip.Completer.use_jedi = jedi
    assert tab(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "ma|",
        "x = fi|",
        "x = 1\n%%vision --mo|",
        "%%time\nfi|",
        "%%visio|",
        "%%vision|",
        "%visi|",
        "%%visionary --mo|",
        "%%vision fig\nWhere is the ma|",
        "%%vision fig\nIn {{ma|",
        "%%vision fig.si|",
        "%%vision figs[0].si|",
        "%%vision mat|",
    ],
)
def test_what_is_ipythons_is_left_to_ipython(tab: Any, ip: InteractiveShell, cell: str) -> None:
    here = tab(cell)
    unregister(ip)
    assert tab(cell) == here


def test_attributes_are_ipythons(tab: Any) -> None:
    assert tab("%%vision fig.si|") == [".size"]
    assert tab("%%vision\nHow wide is {fig.si|}?") == [".size"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("%%vision fig --mo", ["--model"], id="an option"),
        pytest.param("%%vision --max-side ma", [], id="nothing"),
        pytest.param("%%vision\nIn {ye", ["year"], id="in the question"),
        pytest.param("%vision us", ["use", "usage"], id="a command"),
    ],
)
def test_a_kernel_answers(tab: Any, ip: InteractiveShell, code: str, expected: list[str]) -> None:
    kernel: Any = types.SimpleNamespace(shell=ip, use_experimental_completions=True)
    kernel._experimental_do_complete = types.MethodType(IPythonKernel._experimental_do_complete, kernel)
    answer = types.MethodType(IPythonKernel.do_complete, kernel)(code, len(code))
    assert answer["status"] == "ok"
    assert answer["matches"] == expected
    if expected:
        assert expected[0].startswith(code[answer["cursor_start"] : answer["cursor_end"]])


def test_the_plain_completer_of_the_shell_answers(tab: Any, ip: InteractiveShell) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)  # IPython's own, for IPython's own
        assert ip.complete("", "%%vision --mo", 13) == ("--mo", ["--model"])
        assert ip.complete("", "%vision us", 10) == ("us", ["use", "usage"])
        assert ip.complete("", "%%vision --zz", 13)[1] == []


def test_after_unregister_everything_is_as_before(ip: InteractiveShell) -> None:
    unregister(ip)
    before = list(ip.Completer.custom_matchers)
    register(ip)
    register(ip)
    assert len(ip.Completer.custom_matchers) == len(before) + 1
    unregister(ip)
    unregister(ip)
    assert ip.Completer.custom_matchers == before


def test_nothing_is_raised_into_the_shell(
    tab: Any, ip: InteractiveShell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("vision_magic.notebook.completer.completions", fail)
    tab("%%vision --mo|")
    assert capsys.readouterr() == ("", "")

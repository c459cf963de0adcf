"""To which servers a key goes: those that its owner named, and others after a yes."""

from __future__ import annotations

import asyncio
import builtins
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from vision_magic.settings import resolve

KEY = "sk-CANARY-7f3a9c0b5d2e8146"
FAR = "https://far.example/v1"
AZURE = "https://n.openai.azure.com/openai/v1"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(lambda body: [chunk("Yes."), END]) as one:
        yield one


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer questions to the person in order; return the questions that were asked."""
    asked: list[str] = []
    given = ["n", "y", "", "no"]

    def answer(question: str) -> str:
        asked.append(question)
        return given.pop(0)

    monkeypatch.setattr(builtins, "input", answer)
    return asked


def file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    os.environ["VISION_MAGIC_CONFIG"] = str(path)  # until the end of the test, as every test sets it


# -- who is asked -------------------------------------------------------------------------------------------------

OPENAI = {"OPENAI_API_KEY": KEY}
HERE = {**OPENAI, "OPENAI_BASE_URL": FAR}
BOTH = {"profiles": {"w": {"base_url": FAR, "key_env": "OPENAI_API_KEY"}}}
WORK = {"profiles": {"w": {"base_url": "https://w.example/v1", "key_env": "WORK_KEY"}}}


@pytest.mark.parametrize(
    ("call", "sources", "foreign"),
    [
        pytest.param({"base_url": FAR, "key_env": "OPENAI_API_KEY"}, {}, True, id="A6 on one line"),
        pytest.param({"key_env": "OPENAI_API_KEY"}, {"session": {"base_url": FAR}}, True, id="A6 two layers"),
        pytest.param({}, {"session": {"base_url": FAR, "key_env": "OPENAI_API_KEY"}}, True, id="A6 %vision config"),
        pytest.param({"base_url": FAR, "key_env": "GEMINI_API_KEY"}, {}, True, id="A6 Gemini's"),
        pytest.param({"base_url": FAR, "key_env": "AZURE_OPENAI_API_KEY"}, {}, True, id="A6 Azure's"),
        pytest.param({"base_url": FAR, "key_env": "OPENROUTER_API_KEY"}, {}, True, id="A6 OpenRouter's"),
        pytest.param({"base_url": "https://api.openai.com:8443/v1", "key_env": "OPENAI_API_KEY"}, {}, True, id="port"),
        pytest.param(
            {"base_url": "http://127.0.0.1:9/v1", "key_env": "OPENAI_API_KEY"}, {}, True, id="A6 this machine"
        ),
        pytest.param({"profile": "openai"}, {"config": {"profiles": {"openai": {"base_url": FAR}}}}, True, id="half"),
        pytest.param({"base_url": FAR, "key_env": "WORK_KEY"}, {"config": WORK}, True, id="A6 the key of a profile"),
        pytest.param(
            {"base_url": FAR, "headers": {"X-A": {"env": "OPENAI_API_KEY"}}}, {}, True, id="A6 in a header"
        ),
        pytest.param({}, {"environ": HERE, "started": OPENAI}, True, id="A6 the address set later"),
        pytest.param({}, {"environ": HERE, "started": {**OPENAI, "OPENAI_BASE_URL": "https://o.example"}}, True,
                     id="A6 another address later"),
        pytest.param(
            {"profile": "azure"},
            {"environ": {"AZURE_OPENAI_ENDPOINT": FAR, "AZURE_OPENAI_API_KEY": KEY},
             "started": {"AZURE_OPENAI_API_KEY": KEY}},
            True,
            id="A6 Azure's address set later",
        ),
        pytest.param(
            {"profile": "openai"},
            {"config": {"profiles": {"openai": {"key_env": "WORK_KEY"}}},
             "environ": {"WORK_KEY": KEY, "OPENAI_BASE_URL": FAR}, "started": {"WORK_KEY": KEY}},
            True,
            id="A6 another variable",
        ),
        pytest.param(
            {"profile": "groq", "base_url": FAR, "key_env": "OPENAI_API_KEY"},
            {"environ": {**OPENAI, "OPENAI_BASE_URL": "http://["}}, True, id="A6 beside a broken address",
        ),
        pytest.param({}, {"environ": HERE, "started": HERE}, False, id="A6 both at the start"),
        pytest.param({}, {"environ": HERE, "started": {}}, False, id="A6 both later"),
        pytest.param({"profile": "w"}, {"config": BOTH}, False, id="A6 a profile names both"),
        pytest.param({"base_url": FAR, "key_env": "OPENAI_API_KEY"}, {"config": BOTH}, False, id="as it says"),
        pytest.param(
            {"profile": "openai"},
            {"config": {"profiles": {"openai": {"base_url": FAR, "key_env": "OPENAI_API_KEY"}}}},
            False,
            id="A6 the profile of that name says both",
        ),
        pytest.param(
            {"profile": "azure"}, {"config": {"profiles": {"azure": {"base_url": AZURE}}}}, False, id="A6 Azure's file"
        ),
        pytest.param({"base_url": "https://api.openai.com/v1/x", "key_env": "OPENAI_API_KEY"}, {}, False, id="path"),
        pytest.param({"base_url": "https://API.openai.com:443/v1", "key_env": "OPENAI_API_KEY"}, {}, False, id="case"),
        pytest.param({"base_url": FAR, "key_env": "WORK_KEY"}, {}, False, id="a variable of nobody"),
        pytest.param({"base_url": FAR}, {}, False, id="no key at all"),
        pytest.param({"profile": "groq"}, {}, False, id="a built-in profile"),
        pytest.param({"profile": "embedded"}, {}, False, id="the embedded reader"),
    ],
)  # fmt: skip
def test_a_key_of_another_server_is_known_as_such(call: dict[str, Any], sources: dict[str, Any], foreign: bool) -> None:
    settings = resolve(call, **{"config": {}, "environ": OPENAI, **sources})
    assert bool(settings.foreign_keys) is foreign


def test_a6_an_address_alone_takes_no_key() -> None:
    for url in (FAR, "http://localhost:8000/v1", "http://0.0.0.0:8000/v1", "http://[::1]:8/v1"):
        assert resolve({"base_url": url}, config={}, environ=OPENAI).key_env == ""


# -- asking -------------------------------------------------------------------------------------------------------


def test_a6_one_yes_is_asked_for_and_remembered_for_this_server(
    server: LoopbackServer, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    session = vm.Session(base_url=server.url, key_env="OPENAI_API_KEY", model="m")
    with pytest.raises(vm.SettingsError, match="OPENAI_API_KEY belongs to another server") as caught:
        session.ask("What?")
    assert KEY not in str(caught.value)
    assert server.requests == []
    assert session.ask("What?").text == "Yes."
    assert session.ask("What?").text == "Yes."
    assert len(answers) == 2
    assert server.url.split("/")[2] in answers[0]
    assert "OPENAI_API_KEY" in answers[0]
    assert KEY not in "".join(answers)
    with pytest.raises(vm.SettingsError, match="was not sent"):  # another server
        session.ask("What?", base_url="http://127.0.0.2:9/v1", key_env="OPENAI_API_KEY")
    with pytest.raises(vm.SettingsError, match="was not sent"):  # another session
        vm.Session(base_url=server.url, key_env="OPENAI_API_KEY", model="m").ask("What?")
    assert len(answers) == 4


@pytest.mark.parametrize("way", ["ask", "aask", "whole", "models", "header"])
def test_a6_where_nobody_can_be_asked_nothing_is_sent(
    server: LoopbackServer, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    options: dict[str, Any] = {"base_url": server.url, "key_env": "OPENAI_API_KEY", "model": "m"}
    session = vm.Session()
    ways = {
        "ask": lambda: session.ask("What?", **options),
        "aask": lambda: asyncio.run(session.aask("What?", **options)),
        "whole": lambda: session.ask("What?", stream=False, **options),
        "models": lambda: session.endpoint(**options).get("/models"),
        "header": lambda: session.ask(
            "What?", base_url=server.url, model="m", headers={"X-A": {"env": "OPENAI_API_KEY"}}
        ),
    }
    with pytest.raises(vm.SettingsError, match=r"was not sent to 127\.0\.0\.1:\d+\. Name a variable"):
        ways[way]()
    assert server.requests == []
    assert server.headers == []


def test_a6_a_typed_key_belongs_to_the_server_it_was_typed_for(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    session = vm.Session(base_url=server.url, key_env="OPENAI_API_KEY", model="m")
    origin = session.settings().origin
    assert origin is not None
    session.state.keys.remember(origin, "sk-typed-0123456789")
    assert session.ask("What?").text == "Yes."
    assert server.headers[0]["Authorization"] == "Bearer sk-typed-0123456789"


def test_a6_a_profile_that_names_both_is_not_asked_about(
    server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    file(tmp_path, f"[profiles.w]\nbase_url = '{server.url}'\nkey_env = 'OPENAI_API_KEY'\nmodel = 'm'\n")
    assert vm.Session("w").ask("What?").text == "Yes."
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_a6_a_recording_asks_nobody(server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with vm.recording(tmp_path / "tape.jsonl"):
        vm.ask("What?", base_url=server.url, model="m")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with vm.recording(tmp_path / "tape.jsonl", "replay", speed=0):
        assert vm.ask("What?", base_url=server.url, key_env="OPENAI_API_KEY", model="m").text == "Yes."


PROGRAM = """
import os
import vision_magic as vm
{change}
try:
    print(vm.ask("What?", profile="openai", model="m").text)
except vm.SettingsError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("given", "change", "sent"),
    [
        pytest.param(("OPENAI_API_KEY", "OPENAI_BASE_URL"), "", True, id="A6 both at the start"),
        pytest.param(("OPENAI_API_KEY",), "os.environ['OPENAI_BASE_URL'] = URL", False, id="A6 the address later"),
        pytest.param(
            (), "os.environ['OPENAI_BASE_URL'] = URL; os.environ['OPENAI_API_KEY'] = KEY", True, id="A6 both later"
        ),
        pytest.param(
            ("OPENAI_API_KEY",),
            "os.environ['OPENAI_BASE_URL'] = URL; os.environ['OPENAI_API_KEY'] += ' '",
            False,
            id="A6 the address later, and a blank",
        ),
    ],
)
def test_the_environment_with_which_a_process_begins_is_its_owners(
    server: LoopbackServer, tmp_path: Path, given: tuple[str, ...], change: str, sent: bool
) -> None:
    values = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url}
    own = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    environ = {**own, **{name: values[name] for name in given}, "PYTHONPATH": os.pathsep.join(sys.path)}
    change = change.replace("URL}", "").replace("= URL", f"= {server.url!r}").replace("= KEY", f"= {KEY!r}")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(change=change)],
        env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert (ran.stdout.strip() == "Yes.") is sent, ran.stdout
    assert ("belongs to another server" in ran.stdout) is not sent
    assert [headers.get("Authorization") for headers in server.headers] == ([f"Bearer {KEY}"] if sent else [])

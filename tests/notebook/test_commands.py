"""The commands about servers, and the key that each server gets."""

from __future__ import annotations

import builtins
import getpass
import json
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk
from vision_magic.errors import ConnectionFailed
from vision_magic.notebook.words import words_of
from vision_magic.session.default import session
from vision_magic.session.key_consent import KeyConsents

KEY = "sk-TYPED-0123456789"


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    session.state.keys.forget()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Type a key whenever one is asked for; return the prompts."""
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return f" {KEY}\n"

    monkeypatch.setattr(getpass, "getpass", answer)
    return asked


def says_hello(body: dict[str, Any]) -> list[bytes]:
    return [chunk("Hello"), END]


def test_a_typed_key_goes_to_its_server_alone(run: Run, typed: list[str]) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    with (
        LoopbackServer(lambda body: [chunk("a"), END]) as mine,
        LoopbackServer(lambda body: [chunk("b"), END]) as other,
    ):
        run(f"%vision login --base-url {mine.url}")
        assert typed == [f"Key for {mine.url.split('/')[2]} (kept in memory until the kernel ends): "]
        assert KEY not in run.out
        run(f"%%vision fig -m m --base-url {mine.url}\nHi")
        run(f"%%vision fig -m m --base-url {other.url}\nHi")
        assert mine.headers[0]["Authorization"] == f"Bearer {KEY}"
        assert "Authorization" not in other.headers[0]
        run(f"%vision use -m m --base-url {mine.url}")
        assert "set (%vision login)" in run.out
        assert KEY not in run.out


def test_a_key_cannot_be_typed_where_nobody_can_be_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prompt: str) -> str:
        raise RuntimeError("raw_input was called, but this frontend does not support input requests")

    monkeypatch.setattr(getpass, "getpass", refuse)
    assert "OPENAI_API_KEY" in run.fails("%vision login openai")


def test_an_error_without_words_leaves_no_empty_brackets(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", refuse)
    assert "()" not in run.fails("%vision login openai")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("%vision login", "needs no key", id="the embedded reader"),
        pytest.param("%vision login nobody", "Unknown profile 'nobody'", id="unknown profile"),
        pytest.param("%vision login a b", "expected one profile", id="two profiles"),
        pytest.param(
            "%vision models ollama -m x --base-url http://127.0.0.1:9", "connection refused", id="not running"
        ),
    ],
)
def test_a_slip_says_what_to_do(run: Run, typed: list[str], line: str, said: str) -> None:
    assert said in run.fails(line)


def test_nothing_typed_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "  ")
    assert "nothing has changed" in run.fails("%vision login openai")


def test_models_are_listed_with_those_that_take_pictures_first(run: Run) -> None:
    cards = [{"id": "t", "capabilities": {"vision": False}}, {"id": "v\x1b[2J", "capabilities": {"vision": True}}]

    def handler(sent: httpx.Request) -> httpx.Response:
        found = sent.url.path == "/v1/models"
        return httpx.Response(200 if found else 404, json={"data": cards} if found else {})

    session.use(base_url="http://127.0.0.1:9/v1", transport=httpx.MockTransport(handler))
    run("%vision models")
    first, second = run.out.splitlines()
    assert first.startswith("v")
    assert first.endswith("accepts pictures")
    assert second == f"{'t':<40} text only"
    assert "\x1b" not in run.out


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(401, "answered 401: Unauthorized. Check the key: none was sent", id="a key is needed"),
        pytest.param(
            404, "answered 404 at http://127.0.0.1:9/v1/models, with Unauthorized; expected a list", id="none"
        ),
        pytest.param(200, "answers, but lists no models", id="no models"),
    ],
)
def test_a_server_without_a_list_says_why(run: Run, status: int, said: str) -> None:
    body = {"error": {"message": "Unauthorized"}} if status != 200 else {"data": []}
    session.use(
        base_url="http://127.0.0.1:9/v1",
        transport=httpx.MockTransport(lambda sent: httpx.Response(status, json=body)),
    )
    message = run.fails("%vision models")
    assert said in message
    assert "Is it running" not in message


@pytest.mark.parametrize("status", [401, 200, 404])
def test_a_refusal_ends_the_search_for_models_and_no_address_is_asked_twice(run: Run, status: int) -> None:
    asked: list[str] = []

    def handler(sent: httpx.Request) -> httpx.Response:
        asked.append(sent.url.path)
        return httpx.Response(status, json={"data": []})

    session.use(base_url="http://127.0.0.1:9/v1", transport=httpx.MockTransport(handler))
    run.fails("%vision models")
    assert asked[0] == "/v1/models"
    assert len(set(asked)) == len(asked) == (1 if status in (401, 403) else 4)


@pytest.mark.parametrize(("value", "words"), [("", "is empty"), (None, "is not set")])
def test_a_key_that_is_missing_is_told_by_its_server_and_variable(
    run: Run, monkeypatch: pytest.MonkeyPatch, value: str | None, words: str
) -> None:
    if value is not None:
        monkeypatch.setenv("WORK_KEY", value)
    message = run.fails("%vision models --base-url http://127.0.0.1:9/v1 --key-env WORK_KEY")
    assert f"127.0.0.1:9 needs a key, and the environment variable WORK_KEY {words}." in message


def test_a_key_that_stays_behind_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-123456789")
    run("%vision use openai --base-url http://127.0.0.1:9/v1")
    assert "none: OPENAI_API_KEY belongs to another address; --key-env NAME names one for this server" in run.out


def test_a_page_in_place_of_a_list_of_models_is_said(run: Run) -> None:
    page = httpx.MockTransport(lambda sent: httpx.Response(200, html="<html><title>Sign in</title></html>"))
    session.use(base_url="http://127.0.0.1:9", transport=page)
    assert run.fails("%vision models").endswith(
        "answered 200 at http://127.0.0.1:9/models, with a web page: Sign in; expected a list of models. "
        "Base URLs usually end in /v1; try http://127.0.0.1:9/v1."
    )


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        pytest.param(
            "--base-url http://127.0.0.1:9/v1 --key-env WORK_KEY",
            "--base-url http://127.0.0.1:9/v1 --key-env WORK_KEY",
            id="an address alone",
        ),
        pytest.param("--profile groq", "groq", id="a profile"),
        pytest.param("--profile groq --key-env WORK_KEY", "groq --key-env WORK_KEY", id="another key"),
        pytest.param(
            "--profile groq --base-url http://127.0.0.1:9/v1 --key-env GROQ_API_KEY",
            "groq --base-url http://127.0.0.1:9/v1 --key-env GROQ_API_KEY",
            id="another address",
        ),
    ],
)
def test_the_advice_keeps_the_words_that_name_the_server(run: Run, words: str, kept: str) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    message = run.fails(f"%%vision fig {words}\nHi")
    assert f"%vision use {kept} -m MODEL (%vision models {kept} lists them)" in message
    assert f"%vision login {kept}, or" in run.fails(f"%%vision fig -m m {words}\nHi")


def test_the_embedded_reader_lists_itself(run: Run) -> None:
    run("%vision models embedded")
    assert "embedded-reader" in run.out


def test_status_says_which_local_servers_are_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("%vision")
    assert "local     " in run.out
    with LoopbackServer(lambda body: []) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url.removesuffix("/v1"))
        run("%vision status")
    assert "ollama is up (127.0.0.1:" in run.out


def test_status_names_a_proxy_but_not_its_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy.example:3128")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789")
    run("%vision")
    assert "proxy     proxy.example" in run.out
    assert "secret" not in run.out
    assert "sk-0123456789" not in run.out


def test_a_wait_before_another_try_is_shown(run: Run) -> None:
    answers: Any = iter(
        [httpx.Response(503, headers={"retry-after": "0"}, text="busy"), httpx.Response(200, content=chunk("a") + END)]
    )
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    session.use(base_url="http://127.0.0.1:9/v1", model="m", transport=httpx.MockTransport(lambda sent: next(answers)))
    run("%%vision fig\nHi")
    assert "retrying in" in run.out
    assert "busy" in run.out
    assert "a\n\nmodel-1" in run.out


def test_timeouts_can_be_set_on_the_line(run: Run) -> None:
    def slow(body: dict[str, Any]) -> Iterator[bytes]:
        yield b": ping\n\n"
        while True:
            yield b": ping\n\n"

    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    with LoopbackServer(slow) as server:
        message = run.fails(f"%%vision fig -m m --base-url {server.url} --first-token-timeout 0.3\nHi")
    assert "no first token within" in message
    assert "expected seconds" in run.fails("%%vision fig --timeout 0\nHi")


@pytest.mark.parametrize(
    "line", ["%vision help", "%vision --help", "%vision -h", "%vision use --help", "%vision use -h", "%vision use?"]
)
def test_help_can_be_asked_for_in_every_usual_way(run: Run, line: str) -> None:
    run(line)
    assert "%vision use [NAME]" in run.out
    assert ("%vision undo" in run.out) == ("use" not in line)


def test_the_last_pictures_are_counted_as_in_a_cell(run: Run) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (5, 5))
    run("fig")
    assert "last:2 got 1 of 2" in run.fails("%vision last:2")
    assert "got 'x'" in run.fails("%vision last:x")


WORK = """\
[profiles.work]
base_url = "http://127.0.0.1:9/v1"
key_env = "WORK_KEY"

[profiles.lab]
base_url = "https://lab.example/v1"
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(WORK)
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(path))
    monkeypatch.setenv("WORK_KEY", KEY)
    return path


def test_status_lists_the_profiles_of_the_settings_file(run: Run, config: Path) -> None:
    run("%vision")
    assert "work, lab in the settings file; %vision use work" in run.out
    run("%vision use lab")
    run("%vision")
    assert "profiles  work in the settings file" in run.out


@pytest.mark.parametrize(
    "words",
    [
        "lab",
        "lab -m m -t 0.5 --no-stream",
        'lab -m "a b" --header X-Title=Lab --stop "\\n" -p top_k=3',
        "--base-url http://127.0.0.1:9/v1 --key-env WORK_KEY -m m",
        "openai -m gpt-4o",
    ],
)
def test_what_use_shows_keeps_the_choice_in_the_settings_file(run: Run, config: Path, words: str) -> None:
    run(f"%vision use {words}")
    _, _, shown = run.out.partition(f"for all notebooks, write this into {config}:\n")
    first, *table = (line.strip() for line in shown.splitlines())
    lines = "\n".join(table).replace("[profiles.lab]  # change the table that is there", "")  # the last table of WORK
    config.write_text(f"{first}\n{WORK}{lines}\n")
    chosen = session.settings()
    run("%vision use")
    kept = session.settings()
    assert replace(kept, profile=chosen.profile) == chosen
    run(f"%vision use {kept.profile}")
    assert "lasts" not in run.out


@pytest.mark.parametrize("line", ["%vision use --save", "%vision use lab --default", "%vision default lab"])
def test_who_wants_to_save_a_choice_is_told_how(run: Run, line: str) -> None:
    message = run.fails(line)
    assert "%vision use NAME shows what keeps it in the settings file" in message
    assert "-p" not in message


@pytest.mark.parametrize("line", ["%vision use --help", "%vision help use"])
def test_the_help_of_use_names_the_settings_file(run: Run, config: Path, line: str) -> None:
    run(line)
    assert str(config) in run.out
    assert 'profile = "NAME"' in run.out


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param(KEY, "127.0.0.1:9 answers\n", id="the right key"),
        pytest.param("wrong", "127.0.0.1:9 answers, and refuses the key (401)", id="a wrong key"),
    ],
)
def test_the_chosen_server_is_asked_with_its_key(
    run: Run, config: Path, monkeypatch: pytest.MonkeyPatch, key: str, said: str
) -> None:
    sent: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("Authorization", ""))
        return httpx.Response(200 if sent[-1] == f"Bearer {KEY}" else 401, json={})

    monkeypatch.setenv("WORK_KEY", key)
    session.use("work", transport=httpx.MockTransport(handler))
    run("%vision")
    assert said in run.out
    assert "no other server on the usual ports" in run.out
    assert sent == [f"Bearer {key}"]


def test_no_key_is_sent_to_a_server_that_it_does_not_belong_to(run: Run, config: Path) -> None:
    sent: list[httpx.Request] = []
    transport = httpx.MockTransport(lambda request: sent.append(request) or httpx.Response(200))
    session.use(base_url="http://127.0.0.1:8/v1", key_env="WORK_KEY", transport=transport)
    run("%vision")
    assert not sent


def test_use_says_that_a_local_server_is_down(run: Run) -> None:
    run("%vision use -m m --base-url http://127.0.0.1:9/v1")
    assert "nothing answers at 127.0.0.1:9; start it" in run.out
    with LoopbackServer(says_hello) as server:
        run(f"%vision use -m m --base-url {server.url}")
    assert "nothing answers" not in run.out
    run("%vision use openai")
    assert "nothing answers" not in run.out
    run("%vision use")
    assert "nothing answers" not in run.out


@pytest.mark.parametrize(
    "line",
    ["login {}", "use {}", "login openai {}", "{}", "history {}", "models --profile {}", "config api_key={}"],
)
def test_a_key_that_was_typed_by_mistake_is_not_repeated(run: Run, line: str) -> None:
    """The message is saved with the notebook."""
    key = "sk-CANARY0123456789abcdef"
    assert key not in run.fails(f"%vision {line.format(key)}")


# -- names that a server chose ------------------------------------------------------------------------------------

HOSTILE = [
    "x\nimport os",
    "x\x1b[2J",
    "m --base-url https://evil.example --key-env OPENAI_API_KEY",
    "-m",
    'a"b',
    "m{x}",
]


def lists(*names: str, status: int = 404) -> httpx.MockTransport:
    """Return a server that lists these models and knows none of them."""

    def handler(sent: httpx.Request) -> httpx.Response:
        if sent.url.path == "/v1/models":
            return httpx.Response(200, json={"data": [{"id": name} for name in names]})
        return httpx.Response(status, json={"error": {"message": "model not found", "code": "model_not_found"}})

    return httpx.MockTransport(handler)


@pytest.mark.parametrize("name", HOSTILE)
def test_a3_a_listed_name_stays_one_word_on_one_line(run: Run, name: str) -> None:
    session.use(base_url="http://127.0.0.1:9/v1", transport=lists("plain-id", name))
    run("%vision models")
    assert len(run.out.splitlines()) == 2
    assert "\x1b" not in run.out
    [line] = [line for line in run.out.splitlines() if line != "plain-id"]
    [word] = words_of(line)
    assert not word.is_option


@pytest.mark.parametrize("name", HOSTILE)
def test_a3_an_error_that_lists_models_suggests_only_plain_ids(run: Run, name: str) -> None:
    session.use(base_url="http://127.0.0.1:9/v1", transport=lists("plain-id", name), model=name[:8].strip() + "y")
    said = run.fails("%%vision --no-image\nWhat?")
    assert "plain-id" in said
    assert "did you mean" not in said
    assert "\n" not in said
    assert "\x1b" not in said
    if " " in name:
        assert f'"{" ".join(name.split())}"' in said


def test_a3_the_name_in_a_reply_cannot_pass_for_other_rows(run: Run) -> None:
    name = "m\nnotes      all is well\x1b[2J"

    def handler(sent: httpx.Request) -> httpx.Response:
        choice = {"index": 0, "delta": {"content": "a"}, "finish_reason": "stop"}
        body = json.dumps({"model": name, "choices": [choice]})
        return httpx.Response(200, content=f"data: {body}\n\ndata: [DONE]\n\n".encode())

    session.use(base_url="http://127.0.0.1:9/v1", transport=httpx.MockTransport(handler), model="m")
    reply = session.ask("What?")
    for text in (repr(reply), str(reply.receipt), str(session.usage()), repr(session.usage())):
        assert "\nnotes      all" not in text
        assert "\x1b" not in text
    run("%vision usage")
    assert not [line for line in run.out.splitlines() if line.startswith("notes")]


# -- keys ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("%vision config api_key=CANARY", id="A4 config by name"),
        pytest.param(f"%vision config user={KEY}", id="A4 config by form"),
        pytest.param('%vision config extra={"api_key":"CANARY"}', id="A4 config within extra"),
        pytest.param("%vision config -p client_secret=CANARY", id="A4 config -p"),
        pytest.param("%vision use openai -p api_key=CANARY", id="A4 use -p"),
        pytest.param("%vision use openai -p api_key=123456789", id="A4 digits"),
        pytest.param("%vision use --header X-Auth-Token=CANARY", id="A4 use --header"),
        pytest.param(f"%vision models --header X-Title={KEY}", id="A4 --header by form"),
        pytest.param("%vision use --base-url https://me:CANARY@x.example/v1", id="A4 an address"),
        pytest.param("%%vision --no-image -p api_key=CANARY\nWhat?", id="A4 a cell -p"),
        pytest.param(f"%%vision --no-image -p a.b={KEY}\nWhat?", id="A4 a cell -p by form"),
        pytest.param(f"%%vision --no-image -s {KEY}\nWhat?", id="A4 a cell -s"),
        pytest.param(f"%%vision --no-image -m {KEY}\nWhat?", id="A4 a cell -m"),
        pytest.param(f"%%vision --no-image --key-env {KEY}\nWhat?", id="A4 a cell --key-env"),
        pytest.param(f"%%vision --no-image --profile {KEY}\nWhat?", id="A4 a cell --profile"),
        pytest.param(f"%%vision --no-image --api-key {KEY}\nWhat?", id="A4 no option"),
        pytest.param("%%vision --no-image --token CANARY\nWhat?", id="A4 no option by name"),
        pytest.param('%%vision --no-image --header Authorization="Bearer CANARY1"\nWhat?', id="A4 Authorization"),
        pytest.param("%%vision --no-image --header Cookie=CANARY --dry-run\nWhat?", id="A4 a dry run"),
    ],
)
def test_a_key_on_a_line_is_refused_and_shown_by_no_frame_of_ours(run: Run, line: str) -> None:
    said = run.fails(line)
    assert "CANARY" not in said
    assert KEY not in said
    error = run.shell.run_cell(line).error_in_exec
    open_errors, shown = [error], ""
    while open_errors:
        one = open_errors.pop()
        own = (frame for frame, _ in traceback.walk_tb(one.__traceback__) if "vision_magic" in frame.f_code.co_filename)
        shown += repr(one.args) + "".join(repr(frame.f_locals) for frame in own)
        open_errors.extend(other for other in (one.__cause__, one.__context__) if other is not None)
    assert "CANARY" not in shown
    assert KEY not in shown
    assert "123456789" not in shown
    run("%vision config")
    assert "CANARY" not in run.out


def test_a4_another_error_is_raised_as_itself(run: Run) -> None:
    run("%%vision --no-image --base-url http://127.0.0.1:9/v1 --key-env OPENAI_API_KEY -m m\nWhat?")
    error = run.shell.run_cell("%%vision --no-image --base-url http://127.0.0.1:9/v1 -m m\nWhat?").error_in_exec
    assert isinstance(error, ConnectionFailed)


@pytest.mark.parametrize("given", ["y", "n", None])
def test_a6_the_cell_asks_before_a_key_goes_elsewhere(
    run: Run, given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(session.state, "consents", KeyConsents())
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        if given is None:
            raise RuntimeError("raw_input was called, but this frontend does not support input requests")
        return given

    monkeypatch.setattr(builtins, "input", answer)
    with LoopbackServer(says_hello) as server:
        host = server.url.split("/")[2]
        run(f"%vision use -m m --base-url {server.url} --key-env OPENAI_API_KEY")
        assert "OPENAI_API_KEY belongs to another server; you are asked before" in run.out
        for _ in range(2):
            if given == "y":
                run("%%vision --no-image\nHi")
            else:
                assert f"was not sent to {host}" in run.fails("%%vision --no-image\nHi")
        assert asked[0] == f"The key in OPENAI_API_KEY belongs to another server. Send it to {host}? [y/N] "
        assert len(asked) == (1 if given == "y" else 2)
        assert [headers.get("Authorization") for headers in server.headers] == (
            [f"Bearer {KEY}"] * 2 if given == "y" else []
        )


# -- headers ------------------------------------------------------------------------------------------------------


def test_e2_headers_on_a_line_are_sent_shown_and_configured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_KEY", "canary-of-the-gateway")
    line = '--header X-Title="Lab 2" --header "HTTP-Referer=https://lab.example"'
    line += ' --header X-Gateway-Key={"env":"GATEWAY_KEY"}'
    with LoopbackServer(says_hello) as server:
        run(f"%vision config -m m base_url={server.url} {line}")
        assert "'X-Gateway-Key': {'env': 'GATEWAY_KEY'}" in run.out
        run("%vision")
        assert "header    HTTP-Referer: https://lab.example" in run.out
        assert "header    X-Gateway-Key (from GATEWAY_KEY)" in run.out
        run("%%vision --no-image --dry-run --header X-Run=7\nHi")
        assert "X-Run: 7" in run.out
        assert server.headers == []
        run("%%vision --no-image --header X-Run=7 -c\nHi")
        run("%%vision --no-image -c\nHi again")
    first, second = ({name.lower(): value for name, value in headers.items()} for headers in server.headers)
    assert first["http-referer"] == "https://lab.example"
    assert first["x-title"] == "Lab 2"
    assert first["x-gateway-key"] == "canary-of-the-gateway"
    assert first["x-run"] == second["x-run"] == "7"  # a conversation keeps its server, and what that server gets
    assert "canary" not in run.out


@pytest.mark.parametrize("pair", ["X-Title", "=x", " =x"])
def test_e2_a_header_without_a_name_or_value_is_refused(run: Run, pair: str) -> None:
    assert "--header got" in run.fails(f'%%vision --no-image --header "{pair}"\nHi')


def test_a_range_for_all_cells_is_read_as_on_a_line_and_gives_way_to_percentiles(run: Run) -> None:
    import numpy as np

    run.shell.user_ns["cells"] = np.arange(6000, dtype=np.uint16).reshape(60, 100)
    assert "0,4095x" in run.fails("%vision config range=0,4095x")
    run("%vision config range=0,4095")
    for line, rule in (
        ("", "0 to 4095 shown"),
        ("--percentile 2,98", "percentiles 2 to 98"),
        ("--range 0,9", "0 to 9"),
    ):
        assert run(f"%%vision cells {line}\nHow large is it?").success, run.out
        assert rule in run.shell.user_ns["_vision"].images[0].note
    run("%vision config percentile=2")
    assert "range" not in run.out
    run("%%vision cells\nHow large is it?")
    assert "percentiles 2 to 98" in run.shell.user_ns["_vision"].images[0].note
    run("%vision config percentile=null")

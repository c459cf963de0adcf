"""The names and values of the settings file, checked when it is read."""

from __future__ import annotations

import dataclasses
import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import vision_magic as vm
from vision_magic.chat.request import FIELDS
from vision_magic.errors import SettingsError, VisionError
from vision_magic.secret_rules import has_secret_name
from vision_magic.session.prepare import OPTION_NAMES
from vision_magic.setting_rules import RULES
from vision_magic.settings import Settings, profile_models, profile_names, resolve

CANARY = "sk-CANARY-7f3a9c0b5d2e8146"

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Write the settings file."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("VISION_MAGIC_CONFIG", str(path))
        return path

    yield write  # type: ignore[misc]
    (tmp_path / "config.toml").unlink(missing_ok=True)  # before the session is reset, which reads it


def shown_by(error: BaseException) -> str:
    """Return what a verbose traceback shows of our own frames, with everything that the error is chained to."""
    seen, open_errors, text = set(), [error], ""
    while open_errors:
        one = open_errors.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        text += f"{one!r} {vars(one)!r}\n"
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if frame.f_globals["__name__"].startswith("vision_magic"):
                text += f"{frame.f_code.co_qualname}: {frame.f_locals!r}\n"
        open_errors.extend(other for other in (one.__cause__, one.__context__) if other is not None)
    return text


def test_there_is_a_rule_for_each_setting() -> None:
    assert {item.name for item in dataclasses.fields(Settings)} - {"profile", "foreign_keys", "key_left"} == set(RULES)
    assert not RULES & set(FIELDS)
    assert not list(filter(has_secret_name, (*RULES, *FIELDS, *OPTION_NAMES)))


BASE = "[profiles.w]\nbase_url = 'https://w.example/v1'\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("temprature = 0.2", "profiles.w.temprature is not a setting (did you mean 'temperature'", id="E1"),
        pytest.param("modle = 'm'", "profiles.w.modle is not a setting (did you mean 'model'?)", id="E1 a setting"),
        pytest.param("base-url = 'x'", "profiles.w.base-url is not a setting (did you mean 'base_url'", id="E1 a dash"),
        pytest.param("foo = 1", "profiles.w.foo is not a setting.", id="E1 nothing near"),
        pytest.param("profile = 'w'", "profiles.w.profile stands below a [table]", id="E1 too far down"),
        pytest.param("[profiles.w.headers]\nprofile = 'w'", "w.headers.profile stands below", id="E1 in headers"),
        pytest.param("[profiles.w.request]\nprofile = 'w'", "w.request.profile stands below", id="E1 below a request"),
        pytest.param("[profiles]\nprofile = 'w'", "Move profile = 'w' to the beginning", id="E1 a profile named so"),
        pytest.param("[profiles.w.request]\nmodel = 'm'", "Move it above [profiles.w.request]", id="E1 a setting"),
        pytest.param("foreign_keys = []", "profiles.w.foreign_keys is not a setting", id="E1 what follows from others"),
        pytest.param("request = { foo = 1 }", "profiles.w.request.foo is not a field of a request", id="E1 in request"),
        pytest.param("request = { seeed = 1 }", "request.seeed is not a field of a request (did you", id="E1 near"),
        pytest.param("[profiles.w.inner]\nmodel = 'm'", "profiles.w.inner is not a setting", id="E1 a table"),
        pytest.param("[profiles.'a.b']\nfoo = 1", "profiles.'a.b'.foo is not a setting", id="E1 a name with a dot"),
        pytest.param("[profiles.other]\nfoo = 1", "profiles.other.foo is not a setting", id="E1 a profile not in use"),
        pytest.param("[profile.x]\nmodel = 'm'", "profile got a table; expected profile = 'NAME'", id="E1 a table"),
        pytest.param("[models]\na = 1", "unknown name 'models'", id="E1 at the top"),
        pytest.param("temperature = 'hot'", "profiles.w.temperature got 'hot'; expected a number from", id="E1 type"),
        pytest.param("temperature = nan", "profiles.w.temperature got nan; expected a number", id="E1 no number"),
        pytest.param("request = { seed = 1.5 }", "profiles.w.request.seed got 1.5; expected an", id="E1 an integer"),
        pytest.param("request = 3", "profiles.w.request got 3; expected a table", id="E1 no table"),
        pytest.param("stop = []", "profiles.w.stop got", id="E1 an empty list"),
        pytest.param("logit_bias = { a = 1 }", "profiles.w.logit_bias got", id="E1 a bias"),
        pytest.param("tools = [1]", "profiles.w.tools got", id="E1 tools"),
        pytest.param("model = 5", "profiles.w.model got 5; expected a string", id="E1 a string"),
        pytest.param("max_side = 'big'", "profiles.w.max_side got 'big'; expected a whole number", id="E1 a size"),
        pytest.param("max_side = 2024-01-01", "profiles.w.max_side got datetime", id="E1 a date"),
        pytest.param("query = { v = 1 }", "profiles.w.query got {'v': 1}; expected a table of", id="E1 a query"),
        pytest.param("prices = { m = [1] }", "profiles.w.prices got", id="E1 a price"),
        pytest.param("prices = { m = [1, 2, 3, 4] }", "profiles.w.prices got", id="E1 too many prices"),
        pytest.param("prices = { m = [1, nan] }", "profiles.w.prices got", id="E1 no price"),
        pytest.param("extra = { a = 2024-01-01 }", "profiles.w.extra got", id="E1 no JSON"),
        pytest.param("extra = { model = 'm' }", "write model outside of extra", id="E1 a regular field"),
        pytest.param("timeout = 0x" + "f" * 5000, "profiles.w.timeout got a int; expected", id="E1 a huge number"),
        pytest.param("headers = 'X-Title'", "profiles.w.headers got 'X-Title'; expected a table", id="E1 headers"),
    ],
)  # fmt: skip
def test_what_is_no_setting_is_refused_when_the_file_is_read(written: Written, text: str, said: str) -> None:
    path = written(BASE + text + "\n" if not text.startswith("[profile.x") else text)
    for read in (resolve, profile_names, profile_models, vm.use, lambda: vm.ask("What?", profile="embedded")):
        with pytest.raises(SettingsError) as caught:
            read()
        assert str(caught.value).startswith(f"{path}: ")
        assert said in str(caught.value)


def test_what_is_a_setting_is_taken(written: Written) -> None:
    written(
        """
        profile = "w"
        [profiles.w]
        base_url = "https://w.example/v1"
        model = "m"
        temperature = 0.2
        stop = ["a"]
        seed = 7
        max_tokens = 100
        logit_bias = { "50256" = -100 }
        timeout = 30
        query = { api-version = "2026-01-01" }
        headers = { HTTP-Referer = "https://lab.example", X-Gateway-Key = { env = "GATEWAY_KEY" } }
        organization = "org-1"
        prices = { "m" = [1.25, 10], "n" = [1.25, 10, 0.1] }
        extra = { reasoning_effort = "low", prompt_cache_key = "lesson", provider = { order = ["a"] } }
        [profiles.w.request]
        top_p = 0.5
        response_format = { type = "json_object" }
        """
    )
    settings = resolve()
    assert settings.request["stop"] == ["a"]
    assert settings.headers["X-Gateway-Key"] == {"env": "GATEWAY_KEY"}
    assert vm.prepare("What?").temperature == 0.2


def toml(value: Any) -> str:
    """Return a value as TOML; dicts as inline tables."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool | str):
        return json.dumps(value)
    return repr(value)


NAMES = st.sampled_from(
    sorted({*RULES, *FIELDS, "profile", "profiles", "w", "api_key", "env", "X-Title", "temprature", ""})
)
VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(10**40), 10**40),
        st.floats(),
        st.text(st.characters(min_codepoint=32, max_codepoint=0x3FF), max_size=8),
        st.sampled_from(["https://w.example/v1", "auto", "m", "openai", "http://[", "1"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(profile=st.dictionaries(NAMES, VALUES, max_size=4), top=st.dictionaries(NAMES, VALUES, max_size=2))
def test_e1_any_settings_file_is_taken_or_refused_by_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, profile: dict[str, Any], top: dict[str, Any]
) -> None:
    lines = [f"{json.dumps(name)} = {toml(value)}" for name, value in {"profile": "w", **top}.items()]
    if "profiles" not in top:
        table = {"base_url": "https://w.example/v1", "model": "m", **profile}
        lines.append(
            f"[profiles.w]\n{chr(10).join(f'{json.dumps(name)} = {toml(item)}' for name, item in table.items())}"
        )
    path = tmp_path_factory.mktemp("toml") / "config.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VISION_MAGIC_CONFIG", str(path))
        for read in (profile_names, profile_models, lambda: vm.prepare("What?"), lambda: vm.usage(), vm.use):
            try:
                read()
            except VisionError as error:
                assert "\n" not in str(error).strip()  # noqa: PT017  # the property is about whatever is raised


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = " + "9" * 5000, id="E1 a number of 5,000 digits"),
        pytest.param("a = " + "[" * 5000, id="E1 brackets"),
        pytest.param("a = " + "{b = " * 2000, id="E1 tables"),
        pytest.param("a" + ".a" * 2000 + " = 1", id="E1 dots"),
        pytest.param("\ufeffprofile = 'w'", id="E1 a mark of Windows"),
    ],
)
def test_a_file_that_the_parser_gives_up_on_is_refused_by_an_error_of_ours(written: Written, text: str) -> None:
    path = written(text)
    with pytest.raises(SettingsError) as caught:
        resolve()
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 600


# -- keys -------------------------------------------------------------------------------------------------------

PLACES = [
    pytest.param(f"openai_key = '{CANARY}'", "openai_key", id="A4 at the top"),
    pytest.param(f"[auth]\napi_key = '{CANARY}'", "auth.api_key", id="A4 in a table of its own"),
    pytest.param(f"[profiles.w]\nclient_secret = '{CANARY}'", "profiles.w.client_secret", id="A4 in a profile"),
    pytest.param(f"[profiles.w]\naccess_token = '{CANARY}'", "profiles.w.access_token", id="A4 a token"),
    pytest.param("[profiles.w]\npassword = 'CANARY'", "profiles.w.password", id="A4 by its name alone"),
    pytest.param("[profiles.w]\npassword = 'CANARY'\nmodel = 5", "profiles.w.password", id="A4 before other faults"),
    pytest.param(f"[profiles.w]\nmodel = '{CANARY}'", "profiles.w.model", id="A4 in the place of a model"),
    pytest.param(f"[profiles.w]\nsystem = 'Use {CANARY}.'", "profiles.w.system", id="A4 within a text"),
    pytest.param(f"[profiles.w]\nextra = {{ a = [{{ b = '{CANARY}' }}] }}", "profiles.w.extra.a.0.b", id="A4 deep"),
    pytest.param("[profiles.w.extra.auth]\nbearer = 'CANARY'", "profiles.w.extra.auth.bearer", id="A4 in extra"),
    pytest.param("[profiles.w.query]\ncode-key = 'CANARY'", "profiles.w.query.code-key", id="A4 in the query"),
    pytest.param("[profiles.w.headers]\nX-Gateway-Key = 'CANARY'", "env = 'NAME'", id="A4 in a header"),
    pytest.param(f"[profiles.w.headers]\nX-Title = '{CANARY}'", "profiles.w.headers.X-Title", id="A4 in any header"),
    pytest.param(f"[profiles.w]\nkey_env = '{CANARY}'", "profiles.w.key_env", id="A4 in place of its variable"),
    pytest.param("[profiles.w]\nbase_url = 'https://me:CANARY@x/v1'", "profiles.w.base_url", id="A4 in an address"),
    pytest.param(f"['{CANARY}']\na = 1", "****", id="A4 as a name"),
    pytest.param(f"[profiles.'{CANARY}']\nfoo = 1", "profiles.****", id="A4 as the name of a profile"),
    pytest.param(f"profile = '{CANARY}'", "profile", id="A4 as the profile"),
    pytest.param(f"api_key = '{CANARY}", "is not valid TOML", id="A4 an open quote"),
    pytest.param(f"api_key = {CANARY}", "is not valid TOML", id="A4 without quotes"),
    pytest.param(f"['{CANARY}']\n['{CANARY}']", "is not valid TOML", id="A4 a table twice"),
    pytest.param(f"'{CANARY}' = 1\n'{CANARY}' = 2", "is not valid TOML", id="A4 a name twice"),
]


@pytest.mark.parametrize(("text", "said"), PLACES)
def test_a_key_in_the_settings_file_is_refused_by_its_place_and_shown_nowhere(
    written: Written, text: str, said: str
) -> None:
    path = written(text)
    for read in (resolve, profile_names, profile_models, vm.use, lambda: vm.ask("What?", profile="embedded")):
        with pytest.raises(SettingsError) as caught:
            read()
        assert str(path) in str(caught.value)
        assert said in str(caught.value)
        assert "CANARY" not in shown_by(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"extra": {"api_key": "CANARY"}}, id="A4 extra by name"),
        pytest.param({"extra": {"deep": [{"x": CANARY}]}}, id="A4 extra by form"),
        pytest.param({"query": {"key": "CANARY"}}, id="A4 query"),
        pytest.param({"headers": {"X-Auth-Token": "CANARY"}}, id="A4 header by name"),
        pytest.param({"headers": {"X-Title": CANARY}}, id="A4 header by form"),
        pytest.param({"user": CANARY}, id="A4 a field"),
        pytest.param({"system": f"My key is {CANARY}."}, id="A4 a text"),
        pytest.param({"base_url": "https://me:CANARY@x.example/v1"}, id="A4 an address"),
        pytest.param({"key_env": CANARY}, id="A4 in place of its variable"),
        pytest.param({"api_key": "CANARY"}, id="A4 no option"),
        pytest.param({"model": ["a", CANARY]}, id="A4 one of several models"),
        pytest.param({"profile": CANARY}, id="A4 the profile"),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda options: vm.ask("What?", **options), id="ask"),
        pytest.param(lambda options: vm.stream("What?", **options), id="stream"),
        pytest.param(lambda options: vm.aask("What?", **options).send(None), id="aask"),
        pytest.param(lambda options: vm.astream("What?", **options), id="astream"),
        pytest.param(lambda options: vm.prepare("What?", **options), id="prepare"),
        pytest.param(lambda options: vm.choose("What?", ["a", "b"], **options), id="choose"),
        pytest.param(lambda options: vm.use(**options), id="use"),
        pytest.param(lambda options: vm.Session(**options), id="a session"),
        pytest.param(lambda options: vm.Session().configure(**options), id="configure"),
        pytest.param(lambda options: vm.Session().settings(**options), id="settings"),
        pytest.param(lambda options: vm.Conversation(**options), id="a conversation"),
        pytest.param(lambda options: vm.Conversation().ask("What?", **options), id="its question"),
        pytest.param(lambda options: resolve(options), id="resolve"),
        pytest.param(lambda options: resolve(session=options), id="resolve a session"),
    ],
)
def test_a_key_in_an_option_is_refused_and_shown_nowhere(call: Any, options: dict[str, Any]) -> None:
    with pytest.raises((vm.SettingsError, vm.RequestError)) as caught:
        call(options)
    assert "CANARY" not in shown_by(caught.value)


@pytest.mark.parametrize("variable", ["VISION_MAGIC_PROFILE", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"])
def test_a4_a_key_in_a_variable_of_another_setting_is_refused_and_shown_nowhere(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:  # only here: after the test, settings are read again
        patch.setenv("OPENAI_API_KEY", CANARY)
        patch.setenv(variable, CANARY)
        with pytest.raises(SettingsError) as caught:
            vm.ask("What?", model="m")
    assert "CANARY" not in shown_by(caught.value)


def test_a4_an_error_of_the_settings_shows_no_variable_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    for options in ({"profile": "nope"}, {"profile": "azure"}, {"base_url": "ftp://x"}, {"max_side": 0}):
        with pytest.raises(SettingsError) as caught:
            vm.ask("What?", **options)
        assert "CANARY" not in shown_by(caught.value)


def test_a_key_in_place_of_its_variable_is_to_be_replaced() -> None:
    with pytest.raises(SettingsError, match="replace this key: cells stay in the notebook"):
        resolve({"key_env": CANARY})


# -- headers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["Bearer CANARY", CANARY, {"env": "K"}], ids=["bearer", "key", "variable"])
@pytest.mark.parametrize("name", ["Authorization", "api-key"])
def test_a_header_that_carries_the_key_is_named_with_key_env_at_once(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match="--key-env NAME") as caught:
        resolve({"headers": {name: value}})
    assert "{ env" not in str(caught.value)
    assert "CANARY" not in shown_by(caught.value)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        pytest.param({name: "x"}, name, id=f"E2 {name}")
        for name in (
            *("Cookie", "Host", "Content-Length", "Content-Type", "content-encoding", "Connection", "Keep-Alive", "TE"),
            *("Transfer-Encoding", "Upgrade", "Trailer", "Proxy-Connection", "Accept", "Accept-Encoding", "Expect"),
            *("Proxy-Authenticate", "Set-Cookie"),
        )
    ]
    + [
        pytest.param({name: {"env": "K"}}, "key_env", id=f"E2 {name}")
        for name in ("Authorization", "AUTHORIZATION", "api-key", "X-Api-Key", "x-goog-api-key")
    ]
    + [
        pytest.param({"Proxy-Authorization": {"env": "K"}}, "belongs to the connection", id="E2 of the proxy"),
        pytest.param({"X-A": "a\r\nX-B: b"}, "one line", id="E2 a line end"),
        pytest.param({"X-A": "a\nb"}, "one line", id="E2 a bare line end"),
        pytest.param({"X-A": " a"}, "without blanks", id="E2 a blank before"),
        pytest.param({"X-A": "a\t"}, "one line", id="E2 a tab"),
        pytest.param({"X-A": "a\x00b"}, "one line", id="E2 a null"),
        pytest.param({"X-A": "Größe"}, "printable ASCII", id="E2 beyond ASCII"),
        pytest.param({"X-A": "лаб"}, "printable ASCII", id="E2 beyond Latin"),
        pytest.param({"X-A": "a" * 5000}, "at most 4096", id="E2 a long value"),
        pytest.param({"X-A\r\nX-B": "b"}, "names of headers", id="E2 a line end in the name"),
        pytest.param({"X A": "b"}, "names of headers", id="E2 a blank in the name"),
        pytest.param({"X:A": "b"}, "names of headers", id="E2 a colon in the name"),
        pytest.param({"": "b"}, "names of headers", id="E2 no name"),
        pytest.param({"X-" + "a" * 200: "b"}, "names of headers", id="E2 a long name"),
        pytest.param({5: "b"}, "names of headers", id="E2 a number as the name"),
        pytest.param({f"X-{n}": "b" for n in range(40)}, "at most 32", id="E2 many"),
        pytest.param({"X-A": 5}, "one line", id="E2 a number"),
        pytest.param({"X-A": {"env": "no name"}}, "{ env = 'NAME' }", id="E2 no variable"),
        pytest.param({"X-A": {"file": "x"}}, "{ env = 'NAME' }", id="E2 no source"),
        pytest.param("X-A", "a table", id="E2 a string"),
    ],
)
def test_a_header_that_is_not_the_users_to_set_is_refused(headers: Any, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        vm.use(base_url="https://x.example/v1", model="m", headers=headers)
    assert said in str(caught.value)
    assert "\r" not in str(caught.value)


@pytest.mark.parametrize("name", ["Host", "Cookie", "Content-Length", "X A", "X\r\nY", "", "Connection"])
def test_e2_a_key_is_sent_in_no_header_of_the_connection(name: str) -> None:
    with pytest.raises(SettingsError, match="key_header got"):
        vm.use(base_url="https://x.example/v1", model="m", key_header=name)

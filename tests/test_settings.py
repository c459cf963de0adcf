"""Settings and their precedence."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from vision_magic.errors import SettingsError
from vision_magic.secrets import KeyStore, Secret
from vision_magic.settings import PROFILES, Settings, config_path, is_loopback, local_addresses, origin_of, resolve

KEYED = {"OPENAI_API_KEY": "sk-0123456789"}


def made(call: dict[str, Any] | None = None, **sources: Any) -> Settings:
    return resolve(call, **{"config": {}, "environ": {}, **sources})


def key_of(settings: Settings, environ: dict[str, str]) -> Secret | None:
    return KeyStore().find(settings.key_env, settings.origin, environ)


@pytest.mark.parametrize(
    ("call", "sources", "profile"),
    [
        pytest.param({}, {}, "embedded", id="nothing"),
        pytest.param({}, {"environ": KEYED}, "openai", id="a key"),
        pytest.param({}, {"environ": {"OPENAI_API_KEY": " "}}, "embedded", id="an empty key is none"),
        pytest.param({}, {"environ": KEYED, "config": {"profile": "ollama"}}, "ollama", id="file over key"),
        pytest.param(
            {},
            {"environ": {**KEYED, "VISION_MAGIC_PROFILE": "vllm"}, "config": {"profile": "ollama"}},
            "vllm",
            id="environment over file",
        ),
        pytest.param(
            {},
            {"environ": {"VISION_MAGIC_PROFILE": "vllm"}, "session": {"profile": "groq"}},
            "groq",
            id="session over environment",
        ),
        pytest.param({"profile": "mistral"}, {"session": {"profile": "groq"}}, "mistral", id="call over session"),
    ],
)
def test_the_profile_is_the_first_that_is_named(call: dict[str, Any], sources: dict[str, Any], profile: str) -> None:
    assert made(call, **sources).profile == profile


WORK = {"profiles": {"work": {"base_url": "https://w.example/v1", "model": "of the profile"}}}


@pytest.mark.parametrize(
    ("call", "session", "model"),
    [
        pytest.param({}, {"profile": "work"}, "of the profile", id="the profile alone"),
        pytest.param({}, {"profile": "work", "model": "of the session"}, "of the session", id="session over profile"),
        pytest.param({"model": "of the call"}, {"profile": "work"}, "of the call", id="call over profile"),
        pytest.param(
            {"model": "of the call"},
            {"profile": "work", "model": "of the session"},
            "of the call",
            id="call over session",
        ),
    ],
)
def test_a_field_comes_from_the_strongest_that_names_it(
    call: dict[str, Any], session: dict[str, Any], model: str
) -> None:
    assert made(call, session=session, config=WORK).model == model


def test_the_sessions_choice_stays_when_the_call_names_the_same_profile() -> None:
    assert made({"profile": "work"}, session={"profile": "work", "model": "m"}, config=WORK).model == "m"


def test_the_environments_profile_is_looked_up_in_the_file() -> None:
    assert made(environ={"VISION_MAGIC_PROFILE": "work"}, config=WORK).model == "of the profile"


def test_an_address_alone_chooses_no_profile() -> None:
    assert made(environ={"OPENAI_BASE_URL": "https://x.example/v1"}).embedded


def test_field_by_field_the_call_wins_over_the_session_and_that_over_the_profile() -> None:
    config = {"profiles": {"work": {"base_url": "https://w.example/v1", "model": "a", "temperature": 0.1, "seed": 1}}}
    session = {"profile": "work", "model": "b", "temperature": 0.2}
    settings = made({"temperature": 0.3}, session=session, config=config)
    assert (settings.model, settings.request) == ("b", {"temperature": 0.3, "seed": 1})


def test_another_profile_in_the_call_leaves_the_sessions_model_behind() -> None:
    settings = made({"profile": "ollama"}, session={"profile": "groq", "model": "b", "temperature": 0.2})
    assert (settings.model, settings.request) == ("", {})


def test_a_profile_of_the_file_adds_to_a_built_in_one() -> None:
    settings = made({"profile": "openai"}, config={"profiles": {"openai": {"model": "m"}}})
    assert (settings.base_url, settings.model) == (PROFILES["openai"]["base_url"], "m")


def test_none_is_as_if_it_were_not_said() -> None:
    assert made({"model": None, "temperature": None}).request == {}


@pytest.mark.parametrize(
    ("environ", "profile", "base_url"),
    [
        pytest.param({"OPENAI_BASE_URL": "https://x.example/v1/"}, "openai", "https://x.example/v1", id="openai"),
        pytest.param({"OLLAMA_HOST": "127.0.0.1:9"}, "ollama", "http://127.0.0.1:9/v1", id="ollama"),
        pytest.param({"OLLAMA_HOST": "http://0.0.0.0:9"}, "ollama", "http://127.0.0.1:9/v1", id="all addresses"),
        pytest.param(
            {"AZURE_OPENAI_ENDPOINT": "https://n.openai.azure.com/"},
            "azure",
            "https://n.openai.azure.com/openai/v1",
            id="azure",
        ),
    ],
)
def test_an_address_of_the_environment(environ: dict[str, str], profile: str, base_url: str) -> None:
    assert made({"profile": profile}, environ=environ).base_url == base_url


def test_an_address_of_the_file_wins_over_that_of_the_environment() -> None:
    config = {"profiles": {"openai": {"base_url": "https://mine.example/v1"}}}
    settings = made({"profile": "openai"}, config=config, environ={"OPENAI_BASE_URL": "https://x.example/v1"})
    assert settings.base_url == "https://mine.example/v1"


def test_a_key_belongs_to_the_address_it_was_named_with() -> None:
    moved = made({"base_url": "https://elsewhere.example/v1"}, environ=KEYED)
    assert moved.key_env == ""
    assert key_of(moved, KEYED) is None
    same = made({"base_url": "https://api.openai.com/v1/other"}, environ=KEYED)
    assert same.key_env == "OPENAI_API_KEY"
    named = made({"base_url": "https://elsewhere.example/v1", "key_env": "OPENAI_API_KEY"}, environ=KEYED)
    assert key_of(named, KEYED) is not None


@pytest.mark.parametrize(
    ("url", "key_env"),
    [
        pytest.param("https://api.openai.com/v1/other", "OPENAI_API_KEY", id="another path"),
        pytest.param("https://API.openai.com:443/v1", "OPENAI_API_KEY", id="the same, spelled differently"),
        pytest.param("https://api.openai.com:8443/v1", "", id="another port"),
        pytest.param("https://api.openai.com.evil.example/v1", "", id="a longer name"),
        pytest.param("http://api.openai.com/v1", "", id="another scheme"),
        pytest.param("http://127.0.0.1:9/v1", "", id="this machine"),
    ],
)
@pytest.mark.parametrize("layer", ["call", "session"])
def test_another_origin_drops_the_key(layer: str, url: str, key_env: str) -> None:
    said = {"base_url": url, "allow_insecure_http": True}
    moved = made(said, environ=KEYED) if layer == "call" else made(session=said, environ=KEYED)
    assert moved.key_env == key_env
    assert (key_of(moved, KEYED) is None) is (key_env == "")


@pytest.mark.parametrize(
    ("call", "session", "key_env"),
    [
        pytest.param({}, {"base_url": "https://a.example/v1", "key_env": "A"}, "A", id="the session names both"),
        pytest.param(
            {"base_url": "https://b.example/v1"},
            {"base_url": "https://a.example/v1", "key_env": "A"},
            "",
            id="the call's address and the session's key",
        ),
        pytest.param(
            {"base_url": "https://b.example/v1", "key_env": "B"},
            {"base_url": "https://a.example/v1", "key_env": "A"},
            "B",
            id="each names both",
        ),
        pytest.param({}, {"base_url": "https://a.example/v1", "model": "m"}, "", id="the session's address alone"),
    ],
)
def test_a_key_is_kept_only_by_the_layer_that_names_the_address(
    call: dict[str, Any], session: dict[str, Any], key_env: str
) -> None:
    assert made(call, session=session, environ=KEYED).key_env == key_env


def test_the_embedded_reader_has_no_key() -> None:
    assert key_of(made({"profile": "embedded"}, environ=KEYED), KEYED) is None


def test_a_typed_key_goes_before_that_of_the_environment_and_to_its_origin_only() -> None:
    settings, groq = made(environ=KEYED), made({"profile": "groq"})
    keys = KeyStore()
    keys.remember(origin_of(settings.base_url), "sk-typed-key")
    key = keys.find(settings.key_env, settings.origin, KEYED)
    assert key is not None
    assert key.reveal() == "sk-typed-key"
    assert keys.find(groq.key_env, groq.origin, {}) is None
    keys.forget()
    again = keys.find(settings.key_env, settings.origin, KEYED)
    assert again is not None
    assert again.reveal() == KEYED["OPENAI_API_KEY"]


@pytest.mark.parametrize(
    ("session", "call", "profile"),
    [
        pytest.param({}, {}, "openai", id="its own address"),
        pytest.param({"base_url": "https://other.example/v1"}, {}, "custom", id="another one"),
        pytest.param({}, {"base_url": "https://other.example/v1"}, "custom", id="of a call"),
        pytest.param({"base_url": "https://api.openai.com/v2"}, {}, "openai", id="another path there"),
        pytest.param({"profile": "groq", "base_url": "https://other.example/v1"}, {}, "groq", id="named with it"),
    ],
)
def test_an_address_of_another_server_has_not_the_name_of_the_default_profile(
    session: dict[str, Any], call: dict[str, Any], profile: str
) -> None:
    settings = made(call, session=session, environ={"VISION_MAGIC_PROFILE": "openai"})
    assert settings.profile == profile
    assert bool(settings.key_left) == ("other" in settings.base_url)


def test_the_embedded_readers_model_is_nobody_elses() -> None:
    settings = made({"base_url": "http://127.0.0.1:9/v1"})
    assert (settings.profile, settings.model, settings.embedded) == ("custom", "", False)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.1.2.3/v1", True),
        ("http://localhost:1/v1", True),
        ("http://LOCALHOST:1/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://127.1", True),
        ("http://localhost.evil", False),
        ("http://127.0.0.1.evil", False),
        ("http://127.0.0.1@evil", False),
        ("http://127.0.0.0.1/v1", False),
        ("http://127.999.1.1/v1", False),
        ("http://127./v1", False),
        ("http://127../v1", False),
        ("http://127.²/v1", False),
        ("http://127.٠.٠.١/v1", False),
        ("http://2130706433/v1", False),
        ("http://[::ffff:10.0.0.1]/v1", False),
        ("http://localhost.evil.example/v1", False),
        ("http://127.0.0.1.evil.example/v1", False),
        ("http://127.0.0.1@evil.example/v1", False),
        ("http://[::2]/v1", False),
        ("http://10.0.0.1/v1", False),
    ],
)
def test_over_http_only_this_machine_is_asked(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback
    if loopback:
        assert made({"base_url": url}).base_url == url
    else:
        with pytest.raises(SettingsError):
            made({"base_url": url})
    if "@" not in url:
        assert made({"base_url": url, "allow_insecure_http": True}).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "https://me:SECRET@x.example/v1",
        "https://x.example/v1?key=SECRET",
        "https://x.example/v1#SECRET",
        "https://SECRET@x.example/v1",
        "https://:SECRET@x.example/v1",
        "http://127.0.0.1:SECRET@x.example/v1",
        "http://x.example/v1?key=SECRET",
        "me:SECRET@x.example/v1",
        "https://SECRET@",
        "https://x.example:SECRET@/v1",
        "sk-SECRET-0123456789",
        "ftp://x.example/v1",
        "x.example/v1",
        "https://",
        "file:///v1",
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        made({"base_url": url})
    assert "SECRET" not in str(caught.value)


def test_an_address_of_the_environment_with_a_secret_is_refused_without_it() -> None:
    with pytest.raises(SettingsError) as caught:
        made({"profile": "openai"}, environ={"OPENAI_BASE_URL": "https://me:SECRET@x.example/v1"})
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "end", ["", "/", "///", "/chat/completions", "/chat/completions/", "//chat/completions", "/chat/completions//"]
)
def test_what_people_paste_behind_an_address_is_taken_off(end: str) -> None:
    assert made({"base_url": f"https://x.example/v1{end}"}).base_url == "https://x.example/v1"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"model": 5}, "model got 5"),
        ({"stream": "yes"}, "stream got 'yes'"),
        ({"max_side": 0}, "max_side got 0"),
        ({"max_side": True}, "max_side got True"),
        ({"detail": "hihg"}, "auto, low, high, original"),
        ({"timeout": -1}, "timeout got -1"),
        ({"first_token_timeout": "soon"}, "first_token_timeout got 'soon'"),
        ({"query": "x"}, "query got 'x'"),
        ({"base_url": 5}, "base_url got 5"),
        ({"model": ["m"]}, "model got ['m']"),
        ({"stream": 1}, "stream got 1"),
        ({"max_side": 1.5}, "max_side got 1.5"),
        ({"max_side": "5"}, "max_side got '5'"),
        ({"timeout": True}, "timeout got True"),
        ({"timeout": float("nan")}, "timeout got nan"),
        ({"timeout": float("inf")}, "timeout got inf"),
        ({"query": {"version": 1}}, "query got {'version': 1}"),
        ({"request": "x"}, "request got 'x'"),
        ({"extra": [1]}, "extra got [1]"),
        ({"allow_insecure_http": "true"}, "allow_insecure_http got 'true'"),
        ({"profile": "opnai"}, "did you mean 'openai'"),
        ({"profile": "azure"}, "AZURE_OPENAI_ENDPOINT"),
    ],
)
def test_a_wrong_value_says_what_is_expected(call: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=r"expected|Expected|needs") as caught:
        made(call)
    assert said in str(caught.value)


def test_a_profile_without_an_address_is_not_the_embedded_reader() -> None:
    with pytest.raises(SettingsError, match="'work' has no base_url"):
        made({"profile": "work"}, config={"profiles": {"work": {"model": "m"}}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("profile = ", "is not valid TOML", id="broken"),
        pytest.param("[profiles.work]\napi_key = 'SECRET'", "Keys are not read from files", id="a key"),
        pytest.param("api_key = 'SECRET'", "Keys are not read from files", id="a key outside the profiles"),
        pytest.param("[profiles.w]\nAPI-KEY = 'SECRET'", "Keys are not read from files", id="a key in capitals"),
        pytest.param("[profiles.w]\nopenai_api_key = 'SECRET'", "Keys are not read from", id="a key by its long name"),
        pytest.param("[profiles.w.request]\napi_key = 'SECRET'", "Keys are not read from", id="a key in the request"),
        pytest.param("[profiles.w.query]\nkey = 'SECRET'", "Keys are not read from", id="a key in the query"),
        pytest.param("[profiles.w.extra]\ntoken = 'SECRET'", "Keys are not read from", id="a key in what is extra"),
        pytest.param("profil = 'work'", "did you mean 'profile'", id="a name misspelled"),
        pytest.param("profiles = []", "each profile as a table", id="profiles in a list"),
        pytest.param("[profiles]\nwork = 3", "each profile as a table", id="no table"),
        pytest.param("\x00\xff", "is not valid TOML", id="junk"),
    ],
)
def test_a_settings_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert str(path) in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_settings_file_that_is_a_folder_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="could not be read"):
        resolve(environ={"VISION_MAGIC_CONFIG": str(tmp_path)})
    (tmp_path / "config.toml").write_bytes(b"profile = '\xff'")
    with pytest.raises(SettingsError, match="could not be read"):
        resolve(environ={"VISION_MAGIC_CONFIG": str(tmp_path / "config.toml")})


def test_a_wrong_type_in_the_settings_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("profile = 'work'\n[profiles.work]\nbase_url = 'https://w.example/v1'\nmax_side = 'big'\n")
    with pytest.raises(SettingsError, match="max_side got 'big'; expected a whole number"):
        resolve(environ={"VISION_MAGIC_CONFIG": str(path)})


def test_a_schema_in_the_settings_file_may_speak_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        "profile = 'work'\n[profiles.work]\nbase_url = 'https://w.example/v1'\nkey_env = 'WORK_KEY'\n"
        "[profiles.work.request.response_format.schema.properties.token]\ntype = 'string'\n"
    )
    settings = resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert settings.key_env == "WORK_KEY"
    assert "response_format" in settings.request


def test_a_profile_misspelled_in_the_settings_file_is_answered_with_its_own_names() -> None:
    with pytest.raises(SettingsError, match="did you mean 'work'"):
        made({"profile": "wrok"}, config=WORK)


def test_the_settings_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('profile = "work"\n[profiles.work]\nbase_url = "https://w.example/v1"\nmodel = "m"\ntop_p = 0.5\n')
    settings = resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert (settings.profile, settings.model, settings.request) == ("work", "m", {"top_p": 0.5})


def test_a_settings_file_is_parsed_again_when_it_has_changed_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsing it for each of many questions took longer than preparing them."""
    file = tmp_path / "config.toml"
    environ = {"VISION_MAGIC_CONFIG": str(file)}
    parsed: list[str] = []
    loads = tomllib.loads

    def counted(text: str) -> dict[str, Any]:
        parsed.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)

    def model(written: str = "", *, age: float = 60.0) -> str:
        if written:
            file.write_text(f'[profiles.openai]\nmodel = "{written}"\nextra = {{ top_k = 1 }}\n')
            os.utime(file, (time.time() - age,) * 2)
        settings = resolve({"profile": "openai"}, environ=environ)
        settings.extra["top_k"] = 2  # type: ignore[index]  # a caller that changes what it got
        return settings.model

    assert [model("a"), model(), model()] == ["a"] * 3
    assert len(parsed) == 1
    assert resolve({"profile": "openai"}, environ=environ).extra == {"top_k": 1}
    assert [model("b"), model("c"), model("d", age=0.0), model("e", age=0.0)] == ["b", "c", "d", "e"]
    assert len(parsed) == 5
    assert model() == "e"
    assert len(parsed) == 6, "one that has just changed may change again within the same tick of the clock"
    file.unlink()
    assert model() == ""


def test_without_a_settings_file_there_is_a_place_for_one() -> None:
    assert config_path({}).name == "config.toml"
    assert config_path({}).parent.name == "vision_magic"


def test_the_local_servers_are_on_this_machine() -> None:
    addresses = local_addresses({})
    assert addresses.keys() == {"ollama", "lmstudio", "llamacpp", "vllm"}
    assert all(is_loopback(address) for address in addresses.values())
    assert "ollama" not in local_addresses({"OLLAMA_HOST": "https://far.example"})


# -- what nobody may get wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://[", id="half an address"),
        pytest.param("http://[::1/v1", id="an open bracket"),
        pytest.param("https://x.example:99999/v1", id="no such port"),
        pytest.param("https://x.example:port/v1", id="a word as port"),
        pytest.param("https://a\u2100b.example/v1", id="a letter that is an address in disguise"),
        pytest.param("https://x y.example/v1", id="a blank"),
        pytest.param("https://x.example\n.evil.example/v1", id="a line break"),
        pytest.param("https://x.example/\x1b[2J", id="a control character"),
        pytest.param(5, id="a number"),
        pytest.param(b"https://x.example/v1", id="bytes"),
    ],
)
def test_an_address_that_cannot_be_read_is_an_error_of_ours(url: Any) -> None:
    """urllib raises a ValueError, sometimes only when the port is read."""
    with pytest.raises(SettingsError, match=r"^base_url got .*; expected") as caught:
        made({"base_url": url})
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://me:SECRET@x.example/v1", id="another scheme"),
        pytest.param("me:SECRET@x.example/v1", id="no scheme"),
        pytest.param("x.example/v1?key=SECRET", id="no scheme, a query"),
        pytest.param("https://me:SECRET@[::1/v1", id="unreadable"),
        pytest.param("https://me:SECRET@x.example:99999/v1", id="no such port"),
        pytest.param("http://me:SECRET@127.0.0.1/v1", id="on this machine"),
        pytest.param("https://@x.example/v1#SECRET", id="an empty user"),
        pytest.param("https:///v1?SECRET", id="no host"),
    ],
)
@pytest.mark.parametrize("source", ["call", "session", "config", "environ"])
def test_a_secret_in_an_address_is_never_repeated(url: str, source: str) -> None:
    profile = {"profile": "w", "profiles": {"w": {"base_url": url}}}
    sources: dict[str, dict[str, Any]] = {
        "call": {"call": {"base_url": url}},
        "session": {"session": {"base_url": url}},
        "config": {"config": profile},
        "environ": {"environ": {"OPENAI_BASE_URL": url}, "call": {"profile": "openai"}},
    }
    with pytest.raises(SettingsError, match="expected") as caught:
        made(**sources[source])
    assert "SECRET" not in str(caught.value)


def test_an_address_with_an_empty_user_is_refused() -> None:
    with pytest.raises(SettingsError, match="user, password"):
        made({"base_url": "https://@x.example/v1"})


@pytest.mark.parametrize(
    "value", ["sk-CANARY-0123456789", "AIzaCANARY0123456789012345", "my key", "KEY=CANARY", "9LIVES", "$OPENAI_API_KEY"]
)
def test_a_key_pasted_where_its_name_belongs_is_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(SettingsError, match="key_env is not the name of an environment variable") as caught:
        made({"base_url": "https://x.example/v1", "key_env": value})
    assert value not in str(caught.value)


@pytest.mark.parametrize("name", ["request", "extra", "query"])
@pytest.mark.parametrize("value", [5, "x", [1]], ids=["number", "text", "list"])
def test_what_must_be_a_table_is_refused_otherwise(name: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=f"{name} got"):
        made({name: value})
    with pytest.raises(SettingsError, match=f"{name} got"):
        made(config={"profile": "w", "profiles": {"w": {"base_url": "https://w.example/v1", name: value}}})


@pytest.mark.parametrize("name", ["connect_timeout", "first_token_timeout", "idle_timeout", "timeout"])
@pytest.mark.parametrize("value", [0, -1, True, "5", float("nan"), float("inf"), 1e12])
def test_a_time_is_one_that_a_clock_can_wait(name: str, value: Any) -> None:
    """A thread that waits too long raises OverflowError, which ends the watchdog."""
    with pytest.raises(SettingsError, match=f"{name} got .*; expected seconds, above 0 and at most a year"):
        made({name: value})


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        pytest.param("10.0.0.0:9", None, id="an address that ends alike is another machine's"),
        pytest.param("0.0.0.0", "http://127.0.0.1:11434/v1", id="no port is Ollama's"),
        pytest.param("127.0.0.1", "http://127.0.0.1:11434/v1", id="this machine, no port"),
        pytest.param(":9", "http://127.0.0.1:9/v1", id="nothing but a port"),
        pytest.param("[::1]", "http://[::1]:11434/v1", id="IPv6, no port"),
        pytest.param("http://127.0.0.1", "http://127.0.0.1/v1", id="with a scheme, the port is the scheme's"),
        pytest.param("https://far.example", "https://far.example/v1", id="far away"),
    ],
)
def test_ollamas_own_variable_is_read_as_ollama_reads_it(host: str, base_url: str | None) -> None:
    if base_url is None:
        with pytest.raises(SettingsError, match=r"10\.0\.0\.0"):
            made({"profile": "ollama"}, environ={"OLLAMA_HOST": host})
    else:
        assert made({"profile": "ollama"}, environ={"OLLAMA_HOST": host}).base_url == base_url


def test_a_broken_address_of_the_environment_does_not_break_the_list_of_local_servers() -> None:
    assert "ollama" not in local_addresses({"OLLAMA_HOST": "http://["})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[profiles.w]\npassword = 'SECRET'", "Keys are not read from files", id="a password"),
        pytest.param("model = 'm'", "unknown name 'model'", id="a setting outside of its profile"),
        pytest.param("[profile.w]\nmodel = 'm'\n[profil]", "did you mean", id="a misspelled table"),
    ],
)
def test_what_a_settings_file_does_not_know_is_an_error_and_not_silence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert said in str(caught.value)
    assert "SECRET" not in str(caught.value)


CANARY = {"OPENAI_API_KEY": "sk-CANARY", "OTHER_KEY": "sk-OTHER"}


@pytest.mark.parametrize(
    ("layers", "key"),
    [
        pytest.param({}, "sk-CANARY", id="its own address"),
        pytest.param({"call": {"base_url": "https://evil.example/v1"}}, None, id="another in the call"),
        pytest.param({"session": {"base_url": "https://evil.example/v1"}}, None, id="another in the session"),
        pytest.param({"call": {"base_url": "http://api.openai.com/v1"}}, None, id="another scheme"),
        pytest.param({"call": {"base_url": "https://api.openai.com:8443/v1"}}, None, id="another port"),
        pytest.param({"call": {"base_url": "https://api.openai.com.evil.example/v1"}}, None, id="a longer name"),
        pytest.param({"call": {"base_url": "https://API.openai.com:443/v2"}}, "sk-CANARY", id="the same, spelled out"),
        pytest.param(
            {"session": {"base_url": "https://mine.example/v1", "key_env": "OTHER_KEY"}}, "sk-OTHER", id="named with it"
        ),
        pytest.param(
            {
                "session": {"base_url": "https://mine.example/v1", "key_env": "OTHER_KEY"},
                "call": {"base_url": "https://evil.example/v1"},
            },
            None,
            id="named with another, in another layer",
        ),
        pytest.param(
            {"session": {"base_url": "https://mine.example/v1"}, "call": {"key_env": "OTHER_KEY"}},
            "sk-OTHER",
            id="named later, for the address that holds",
        ),
    ],
)
def test_a_key_never_follows_to_an_address_it_was_not_named_for(layers: dict[str, Any], key: str | None) -> None:
    layers = {name: {"allow_insecure_http": True, **layer} for name, layer in layers.items()}
    found = key_of(made(**layers, environ=CANARY), CANARY)
    assert (found.reveal() if found else None) == key


def test_what_was_allowed_for_one_server_is_not_for_another() -> None:
    work = {
        "base_url": "http://a.example/v1",
        "allow_insecure_http": True,
        "query": {"v": "1"},
        "key_header": "api-key",
    }
    config = {"profiles": {"work": {**work, "key_env": "K"}}}
    near = made({"profile": "work", "base_url": "http://a.example/v2"}, config=config)
    assert (near.query, near.key_header, near.key_env) == ({"v": "1"}, "api-key", "K")
    with pytest.raises(SettingsError, match="over http"):
        made({"profile": "work", "base_url": "http://b.example/v1"}, config=config)
    far = made({"profile": "work", "base_url": "https://b.example/v1"}, config=config)
    assert (far.query, far.key_header, far.key_env) == ({}, "Authorization", "")


def test_e1_the_byte_order_mark_of_an_editor_is_no_part_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('profile = "ollama"\n', encoding="utf-8-sig")
    assert resolve({}, environ={"VISION_MAGIC_CONFIG": str(path)}).profile == "ollama"

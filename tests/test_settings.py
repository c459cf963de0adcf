"""Who is asked, and which source wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vision_magic import secrets
from vision_magic.errors import SettingsError
from vision_magic.settings import PROFILES, Settings, config_path, is_loopback, local_addresses, origin_of, resolve

KEYED = {"OPENAI_API_KEY": "sk-0123456789"}


def made(call: dict[str, Any] | None = None, **sources: Any) -> Settings:
    return resolve(call, **{"config": {}, "environ": {}, **sources})


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
    assert moved.key(KEYED) is None
    same = made({"base_url": "https://api.openai.com/v1/other"}, environ=KEYED)
    assert same.key_env == "OPENAI_API_KEY"
    named = made({"base_url": "https://elsewhere.example/v1", "key_env": "OPENAI_API_KEY"}, environ=KEYED)
    assert named.key(KEYED) is not None


def test_a_typed_key_goes_before_that_of_the_environment_and_to_its_origin_only() -> None:
    settings = made(environ=KEYED)
    secrets.remember_key(origin_of(settings.base_url), "sk-typed-key")
    try:
        key = settings.key(KEYED)
        assert key is not None
        assert key.reveal() == "sk-typed-key"
        assert made({"profile": "groq"}).key({}) is None
    finally:
        secrets.forget_keys()


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
        ("http://localhost.evil.example/v1", False),
        ("http://127.0.0.1.evil.example/v1", False),
        ("http://127.0.0.1@evil.example/v1", False),
        ("http://[::2]/v1", False),
        ("http://10.0.0.1/v1", False),
        ("http://0.0.0.0/v1", False),
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


@pytest.mark.parametrize("end", ["", "/", "/chat/completions", "/chat/completions/"])
def test_what_people_paste_behind_an_address_is_taken_off(end: str) -> None:
    assert made({"base_url": f"https://x.example/v1{end}"}).base_url == "https://x.example/v1"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"model": 5}, "model got 5"),
        ({"stream": "yes"}, "stream got 'yes'"),
        ({"max_side": 0}, "max_side got 0"),
        ({"max_side": True}, "max_side got True"),
        ({"detail": "ultra"}, "auto, low, high"),
        ({"timeout": -1}, "timeout got -1"),
        ({"first_token": "soon"}, "first_token got 'soon'"),
        ({"query": "x"}, "query got 'x'"),
        ({"profile": "opnai"}, "did you mean 'openai'"),
        ({"profile": "azure"}, "AZURE_OPENAI_ENDPOINT"),
    ],
)
def test_a_wrong_value_says_what_is_expected(call: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=r"expected|There are|needs") as caught:
        made(call)
    assert said in str(caught.value)


def test_a_profile_without_an_address_is_not_the_embedded_reader() -> None:
    with pytest.raises(SettingsError, match="'work' has no base_url"):
        made({"profile": "work"}, config={"profiles": {"work": {"model": "m"}}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("profile = ", "is no TOML", id="broken"),
        pytest.param("[profiles.work]\napi_key = 'SECRET'", "Keys are not read from files", id="a key"),
        pytest.param("[profiles]\nwork = 3", "must be tables", id="no table"),
        pytest.param("\x00\xff", "is no TOML", id="junk"),
    ],
)
def test_a_settings_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert str(path) in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_the_settings_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('profile = "work"\n[profiles.work]\nbase_url = "https://w.example/v1"\nmodel = "m"\ntop_p = 0.5\n')
    settings = resolve(environ={"VISION_MAGIC_CONFIG": str(path)})
    assert (settings.profile, settings.model, settings.request) == ("work", "m", {"top_p": 0.5})


def test_without_a_settings_file_there_is_a_place_for_one() -> None:
    assert config_path({}).name == "config.toml"
    assert config_path({}).parent.name == "vision_magic"


def test_the_local_servers_are_on_this_machine() -> None:
    addresses = local_addresses({})
    assert addresses.keys() == {"ollama", "lmstudio", "llamacpp", "vllm"}
    assert all(is_loopback(address) for address in addresses.values())
    assert "ollama" not in local_addresses({"OLLAMA_HOST": "https://far.example"})

"""Lookup of keys in the system's keyring: optional, last, and never an error."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest

from vision_magic.secrets import KeyStore

ORIGIN = ("https", "api.example", 443)


def install(monkeypatch: pytest.MonkeyPatch, get_password: Any) -> None:
    keyring = types.ModuleType("keyring")
    keyring.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)


def test_a_key_is_looked_for_under_the_servers_address(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {("vision_magic", "https://api.example"): "kept-key", ("vision_magic", "https://api.example:8443"): "other"}
    install(monkeypatch, lambda service, user: kept.get((service, user)))
    key = KeyStore().find("WORK_KEY", ORIGIN, {})
    assert key is not None
    assert (key.reveal(), key.source) == ("kept-key", "keyring")
    other = KeyStore().find("WORK_KEY", ("https", "api.example", 8443), {})
    assert other is not None
    assert other.reveal() == "other"
    assert KeyStore().find("WORK_KEY", ("https", "elsewhere.example", 443), {}) is None


def test_the_environment_goes_before_it_and_a_server_without_key_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    install(monkeypatch, lambda service, user: asked.append(user))
    key = KeyStore().find("WORK_KEY", ORIGIN, {"WORK_KEY": "of-the-environment"})
    assert key is not None
    assert key.reveal() == "of-the-environment"
    assert KeyStore().find("", ORIGIN, {}) is None
    assert asked == []


def test_a_machine_without_keyring_has_no_key_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(service: str, user: str) -> str:
        raise RuntimeError("No recommended backend was available")

    install(monkeypatch, fail)
    assert KeyStore().find("WORK_KEY", ORIGIN, {}) is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert KeyStore().find("WORK_KEY", ORIGIN, {}) is None

"""The certificates that https trusts: from which variable, read anew when it changes."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from vision_magic.errors import SettingsError
from vision_magic.wire.tls import tls, trust_source

Bundle = Callable[[str], Path]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """Return a function that writes the certificate of a new authority with this name to a file."""

    def write(name: str) -> Path:
        path = tmp_path / f"{name}.pem"
        trustme.CA(organization_name=name).cert_pem.write_to_path(path)
        return path

    return write


def trusted(context: ssl.SSLContext) -> set[str]:
    """Return the names of the authorities that a context trusts."""
    subjects = [dict(pair[0] for pair in certificate["subject"]) for certificate in context.get_ca_certs()]
    return {subject.get("organizationName", "") for subject in subjects}


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_d8_a_file_of_certificates_is_trusted_by_any_of_its_usual_names(
    name: str, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(bundle("mine")))
    assert trusted(tls()) == {"mine"}
    assert trust_source() == name


def test_d8_without_a_variable_the_certificates_of_certifi_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(trusted(tls())) > 10
    assert trust_source() == ""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, "")
    assert len(trusted(tls())) > 10


def test_d8_the_first_file_counts(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle("second")))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(bundle("third")))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle("first")))
    assert trusted(tls()) == {"first"}


def test_d8_a_variable_that_is_set_later_is_read_anew(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tls()
    assert tls() is before
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle("mine")))
    assert trusted(tls()) == {"mine"}
    assert tls() is tls()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle("other")))
    assert trusted(tls()) == {"other"}
    monkeypatch.delenv("SSL_CERT_FILE")
    assert tls() is before


def test_d8_a_file_that_changes_is_read_anew(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bundle("before")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    assert trusted(tls()) == {"before"}
    trustme.CA(organization_name="after").cert_pem.write_to_path(path)
    os.utime(path, ns=(0, 1))
    assert trusted(tls()) == {"after"}


def test_d8_a_folder_is_taken_with_a_file_and_missing_ones_are_left_out(
    bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path}{os.pathsep}/missing")
    assert tls()
    assert trust_source() == "SSL_CERT_DIR"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle("mine")))
    assert trusted(tls()) == {"mine"}
    assert trust_source() == "REQUESTS_CA_BUNDLE and SSL_CERT_DIR"
    monkeypatch.setenv("SSL_CERT_DIR", "/missing")
    assert trusted(tls()) == {"mine"}


def test_d8_a_bundle_of_requests_may_be_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path))
    assert tls()


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.parametrize(
    ("value", "reason"),
    [("/missing/certificates.pem", "does not exist"), ("a\x01b", "does not exist"), ("x" * 5000, "cannot be read")],
)
def test_d8_a_variable_that_names_no_file_is_named(
    name: str, value: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} names .*{reason}.*unset it"):
        tls()


@pytest.mark.parametrize("content", [b"", b"not a certificate", b"\x00\x01\x02"])
def test_d8_a_file_without_certificates_is_named(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.pem"
    path.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(SettingsError, match=r"SSL_CERT_FILE names .*which holds no certificates"):
        tls()

"""The proxy of a request: by which variable, and for which hosts there is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from vision_magic.errors import SettingsError
from vision_magic.wire.proxies import proxy_for

HTTPS = "https://api.example/v1"
ADDRESS = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("url", "environ", "source"),
    [
        pytest.param(HTTPS, {}, "", id="none"),
        pytest.param(HTTPS, {"HTTPS_PROXY": ADDRESS}, "HTTPS_PROXY", id="upper case"),
        pytest.param(
            HTTPS, {"https_proxy": ADDRESS, "HTTPS_PROXY": "http://other"}, "https_proxy", id="lower case first"
        ),
        pytest.param(HTTPS, {"ALL_PROXY": ADDRESS}, "ALL_PROXY", id="all"),
        pytest.param(
            HTTPS, {"ALL_PROXY": "http://other", "HTTPS_PROXY": ADDRESS}, "HTTPS_PROXY", id="scheme before all"
        ),
        pytest.param(HTTPS, {"HTTP_PROXY": ADDRESS}, "", id="of another scheme"),
        pytest.param("http://api.example/v1", {"HTTP_PROXY": ADDRESS}, "HTTP_PROXY", id="http"),
        pytest.param("http://api.example", {"HTTP_PROXY": ADDRESS, "REQUEST_METHOD": "GET"}, "", id="httpoxy"),
        pytest.param(HTTPS, {"HTTPS_PROXY": ""}, "", id="empty"),
        pytest.param(HTTPS, {"HTTPS_PROXY": "  "}, "", id="blank"),
        pytest.param(HTTPS, {"https_proxy": "", "HTTPS_PROXY": ADDRESS}, "", id="empty in lower case turns it off"),
        pytest.param(
            "https://127.0.0.1:8000/v1", {"HTTPS_PROXY": ADDRESS, "ALL_PROXY": ADDRESS}, "", id="this machine"
        ),
        pytest.param("https://[::1]:8000/v1", {"HTTPS_PROXY": ADDRESS}, "", id="this machine, IPv6"),
    ],
)
def test_d8_the_variable_is_found(url: str, environ: dict[str, str], source: str) -> None:
    proxy = proxy_for(url, environ)
    assert (proxy.source if proxy is not None else "") == source
    if proxy is not None:
        assert proxy.url == ADDRESS


@pytest.mark.parametrize(
    ("text", "url", "auth"),
    [
        pytest.param("proxy.example:3128", "http://proxy.example:3128", None, id="no scheme"),
        pytest.param("proxy.example", "http://proxy.example", None, id="no port"),
        pytest.param("https://proxy.example:443", "https://proxy.example:443", None, id="https"),
        pytest.param("socks5h://proxy.example:1080", "socks5h://proxy.example:1080", None, id="socks5h"),
        pytest.param("http://[2001:db8::1]:3128/", "http://[2001:db8::1]:3128", None, id="IPv6"),
        pytest.param("http://me:secret@proxy.example:3128", ADDRESS, ("me", "secret"), id="password"),
        pytest.param("http://me:p%40ss@proxy.example:3128", ADDRESS, ("me", "p@ss"), id="quoted password"),
        pytest.param("http://me:p@ss@proxy.example:3128", ADDRESS, ("me", "p@ss"), id="unquoted password"),
        pytest.param("http://me@proxy.example:3128", ADDRESS, ("me", ""), id="user only"),
    ],
)
def test_d8_an_address_is_read(text: str, url: str, auth: tuple[str, str] | None) -> None:
    proxy = proxy_for(HTTPS, {"HTTPS_PROXY": text})
    assert proxy is not None
    assert (proxy.url, proxy.auth) == (url, auth)
    assert "secret" not in f"{proxy} {proxy!r}"


@pytest.mark.parametrize(
    "text",
    [
        "ftp://proxy.example",
        "socks4://proxy.example",
        "http://",
        "http://:3128",
        "http://[",
        "http://proxy.example:port",
        "http://proxy.example:99999",
        "://proxy.example",
        "http://two words:3128",
        "http://me:secret@",
        "http://me:secret@[",
        "direct://me:secret@x",
        "me:secret://x@y:port",
    ],
)
def test_d8_what_is_not_an_address_is_named_with_its_variable_and_without_its_password(text: str) -> None:
    with pytest.raises(SettingsError, match=r"HTTPS_PROXY holds .* expected http://HOST:PORT") as caught:
        proxy_for(HTTPS, {"HTTPS_PROXY": text})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "listed", "exempt"),
    [
        pytest.param("api.example", "api.example", True, id="name"),
        pytest.param("API.Example", "api.EXAMPLE", True, id="case"),
        pytest.param("sub.api.example", "api.example", True, id="below a name"),
        pytest.param("sub.api.example", ".api.example", True, id="suffix"),
        pytest.param("sub.api.example", "*.api.example", True, id="star and suffix"),
        pytest.param("notapi.example", "api.example", False, id="the end of another name"),
        pytest.param("api.example.org", "api.example", False, id="the start of another name"),
        pytest.param("api.example", "*", True, id="all"),
        pytest.param("api.example", "", False, id="empty"),
        pytest.param("api.example", " , ,", False, id="blank entries"),
        pytest.param("api.example", "localhost, 127.0.0.1 ,api.example", True, id="list"),
        pytest.param("api.example", "localhost 127.0.0.1 api.example", True, id="list with spaces"),
        pytest.param("api.example", "http://api.example", True, id="with a scheme"),
        pytest.param("api.example", "api.example:443", True, id="its port"),
        pytest.param("api.example", "api.example:8443", False, id="another port"),
        pytest.param("api.example:8443", "api.example:8443", True, id="stated port"),
        pytest.param("[2001:db8::1]", "2001:db8::1", True, id="IPv6"),
        pytest.param("[2001:db8::1]", "[2001:db8::1]", True, id="IPv6 in brackets"),
        pytest.param("[2001:db8::1]:8000", "[2001:db8::1]:8000", True, id="IPv6 with its port"),
        pytest.param("[2001:db8::1]:8000", "[2001:db8::1]:9000", False, id="IPv6 with another port"),
        pytest.param("[2001:db8::1]", "2001:DB8:0:0:0:0:0:1", True, id="IPv6 written out"),
        pytest.param("[2001:db8::1]", "2001:db8::/32", True, id="IPv6 network"),
        pytest.param("[2001:db9::1]", "2001:db8::/32", False, id="outside of the IPv6 network"),
        pytest.param("api.example", "::1,[::1],fe80::1%eth0", False, id="IPv6 of others"),
        pytest.param("10.1.2.3", "10.0.0.0/8", True, id="network"),
        pytest.param("11.1.2.3", "10.0.0.0/8", False, id="outside of the network"),
        pytest.param("10.1.2.3", "10.1.2.0/255.255.255.0", True, id="network with a mask"),
        pytest.param("10.1.2.3", "10.1.2.9/24", True, id="network by one of its hosts"),
        pytest.param("10.1.2.3", "10.1.2.3", True, id="address"),
        pytest.param("10.1.2.3", "10.1.2", False, id="part of an address"),
        pytest.param("[::ffff:10.1.2.3]", "10.0.0.0/8", True, id="IPv4 in IPv6"),
        pytest.param("api.example", "999.1.1.1/99,[::1,]x[,:,::::", False, id="nonsense"),
    ],
)
def test_d8_no_proxy_is_understood(host: str, listed: str, exempt: bool) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        proxy = proxy_for(f"https://{host}/v1", {"HTTPS_PROXY": ADDRESS, name: listed})
        assert (proxy is None) is exempt


@given(st.text(max_size=40), st.text(max_size=40))
def test_d8_no_value_raises_a_foreign_error(address: str, listed: str) -> None:
    for host in ("api.example", "10.1.2.3", "[2001:db8::1]"):
        try:
            proxy = proxy_for(f"https://{host}/v1", {"https_proxy": address, "no_proxy": listed})
        except SettingsError:
            continue
        assert proxy is None or proxy.url.partition("://")[0] in ("http", "https", "socks5", "socks5h")

"""Who is asked, and how? Settings, the profiles they come from, and which source wins.

From strongest to weakest, field by field::

    1. what the call says              %%vision -m MODEL, vm.ask(…, model=…)
    2. what was chosen in the session  %vision use NAME, vm.use(NAME)
    3. the profile                     built in, or from config.toml

and the profile itself is the first of: named in the call, chosen in the session, ``VISION_MAGIC_PROFILE``,
``profile = …`` in config.toml, ``openai`` where ``OPENAI_API_KEY`` is set, the embedded reader.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import SettingsError
from vision_magic.naming import near_miss
from vision_magic.secrets import Secret, find_key

__all__ = ["EMBEDDED", "PROFILES", "Settings", "config_path", "is_loopback", "local_addresses", "origin_of", "resolve"]

EMBEDDED: Final = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who is asked, and how.

    Attributes
    ----------
    profile : str
        The name under which this was set up.
    base_url : str
        Where the server is, without ``/chat/completions``; empty for the embedded reader.
    model : str
        Model id as the server spells it; empty where none was named.
    key_env : str
        The environment variable that holds the key; empty for a server that needs none.
    key_header : str
        The header that carries the key: ``Authorization`` with ``Bearer``, or another name (Azure: ``api-key``).
    query : mapping
        What follows every address, such as Azure's ``api-version``.
    system : str
        System prompt; empty for none.
    detail : {"auto", "low", "high"} or None
        How closely the model should look at pictures; not sent where None.
    max_side : int or None
        Pictures are shrunk until no side is longer (pixels).
    stream : bool
        Whether the answer comes as it is written.
    allow_insecure_http : bool
        Whether pictures and keys may travel over http to another machine.
    connect, first_token, silence, timeout : float or None
        How long to wait for the connection, the first token, each next one, the whole call (seconds); what suits
        the server where None.
    request : mapping
        Further fields of the request by their names on the wire, such as ``temperature``.
    extra : mapping
        What a server knows beyond the specification, passed through.
    """

    profile: str = EMBEDDED
    base_url: str = ""
    model: str = ""
    key_env: str = ""
    key_header: str = "Authorization"
    query: Mapping[str, str] = field(default_factory=dict)
    system: str = ""
    detail: str | None = None
    max_side: int | None = None
    stream: bool = True
    allow_insecure_http: bool = False
    connect: float | None = None
    first_token: float | None = None
    silence: float | None = None
    timeout: float | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def embedded(self) -> bool:
        """Whether the embedded reader answers: nothing leaves this process."""
        return not self.base_url

    @property
    def host(self) -> str:
        """Where the question goes, in words."""
        return "in this process" if self.embedded else urlsplit(self.base_url).netloc

    def key(self, environ: Mapping[str, str] | None = None) -> Secret | None:
        """Return the key for this server, or None where it needs none or none is set."""
        return None if self.embedded else find_key(self.key_env, origin_of(self.base_url), environ)


PROFILES: Final[Mapping[str, Mapping[str, Any]]] = {
    EMBEDDED: {"model": "embedded-reader"},
    "openai": {"base_url": "https://api.openai.com/v1", "key_env": "OPENAI_API_KEY"},
    "azure": {"key_env": "AZURE_OPENAI_API_KEY", "key_header": "api-key"},
    "gemini": {
        "base_url": "https://generativelanguage.googleapis.com/v1beta/openai",
        "key_env": "GEMINI_API_KEY",
    },
    "groq": {"base_url": "https://api.groq.com/openai/v1", "key_env": "GROQ_API_KEY"},
    "mistral": {"base_url": "https://api.mistral.ai/v1", "key_env": "MISTRAL_API_KEY"},
    "openrouter": {"base_url": "https://openrouter.ai/api/v1", "key_env": "OPENROUTER_API_KEY"},
    "ollama": {"base_url": "http://127.0.0.1:11434/v1"},
    "lmstudio": {"base_url": "http://127.0.0.1:1234/v1"},
    "llamacpp": {"base_url": "http://127.0.0.1:8080/v1", "model": "default"},
    "vllm": {"base_url": "http://127.0.0.1:8000/v1"},
}
"""The built-in profiles. A profile of the same name in config.toml adds to them and wins."""

_OWN = frozenset(item.name for item in fields(Settings)) - {"profile", "request", "extra"}
_TEXTS = frozenset({"base_url", "model", "key_env", "key_header", "system"})
_SECONDS = frozenset({"connect", "first_token", "silence", "timeout"})
_FLAGS = frozenset({"stream", "allow_insecure_http"})


def resolve(
    call: Mapping[str, Any] | None = None,
    *,
    session: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings for one call: the one place where precedence is decided.

    Parameters
    ----------
    call : mapping
        What this call says: ``profile``, any field of `Settings`, any other name as a field of the request.
    session : mapping
        What ``%vision use`` or ``vm.use`` chose, in the same form.
    config : mapping
        A parsed config.toml; read from `config_path` where it is not given.
    environ : mapping
        The environment; the process's own where it is not given.

    Raises
    ------
    SettingsError
        An unknown profile, a field of the wrong kind, or an address that cannot be used.
    """
    call, session = dict(call or {}), dict(session or {})
    environ = os.environ if environ is None else environ
    config = _read_config(config_path(environ)) if config is None else config
    name = _profile_name(call, session, config, environ)
    if call.get("profile") and call["profile"] != session.get("profile"):
        session = {}  # the session's model and address belong to the session's profile
    settings = _merge(Settings(profile=name), _profile(name, config, environ))
    for layer in (session, call):
        if layer.get("base_url") and settings.embedded:
            settings = Settings(profile="custom")  # the embedded reader's model is nobody else's
        settings = _merge(settings, {key: value for key, value in layer.items() if key != "profile"})
    if settings.embedded and settings.profile != EMBEDDED:
        raise SettingsError(f"Profile {settings.profile!r} has no base_url; expected one such as https://host/v1.")
    return replace(settings, base_url=_checked_url(settings))


def _profile_name(
    call: Mapping[str, Any], session: Mapping[str, Any], config: Mapping[str, Any], environ: Mapping[str, str]
) -> str:
    named = (
        call.get("profile") or session.get("profile") or environ.get("VISION_MAGIC_PROFILE") or config.get("profile")
    )
    if named:
        return str(named)
    return "openai" if environ.get("OPENAI_API_KEY", "").strip() else EMBEDDED


def _profile(name: str, config: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    own = config.get("profiles", {})
    if name not in own and name not in PROFILES:
        known = sorted({*PROFILES, *own})
        raise SettingsError(
            f"No profile is called {name!r}{near_miss(name, known)}. There are: {', '.join(known)}; "
            f"more can be written into {config_path(environ)}."
        )
    profile = {**PROFILES.get(name, {}), **own.get(name, {})}
    return profile if "base_url" in own.get(name, {}) else profile | _address_from_environment(name, environ)


def _address_from_environment(name: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what the environment says of a built-in profile's address: it comes from where its key comes from."""
    address = {variable: environ.get(variable, "").strip().rstrip("/") for variable in _ADDRESSES.get(name, ())}
    if name == "openai" and address["OPENAI_BASE_URL"]:
        return {"base_url": address["OPENAI_BASE_URL"]}
    if name == "ollama" and address["OLLAMA_HOST"]:
        host = address["OLLAMA_HOST"].replace("0.0.0.0", "127.0.0.1")  # the server's "all addresses" is none to call
        return {"base_url": f"{host if '://' in host else f'http://{host}'}/v1"}
    if name == "azure":
        if not address["AZURE_OPENAI_ENDPOINT"]:
            raise SettingsError(
                "Profile 'azure' needs the environment variable AZURE_OPENAI_ENDPOINT, such as "
                "https://NAME.openai.azure.com, or a base_url of its own in config.toml."
            )
        return {"base_url": f"{address['AZURE_OPENAI_ENDPOINT']}/openai/v1"}
    return {}


_ADDRESSES: Final = {"openai": ("OPENAI_BASE_URL",), "ollama": ("OLLAMA_HOST",), "azure": ("AZURE_OPENAI_ENDPOINT",)}


def _merge(settings: Settings, layer: Mapping[str, Any]) -> Settings:
    """Return the settings with what a layer says; a new address drops the key of the old one."""
    given = {name: value for name, value in layer.items() if value is not None}
    if "base_url" in given and "key_env" not in given and origin_of(given["base_url"]) != origin_of(settings.base_url):
        given["key_env"] = ""
    own = {name: _checked(name, value) for name, value in given.items() if name in _OWN}
    request = {name: value for name, value in given.items() if name not in _OWN and name not in ("request", "extra")}
    return replace(
        settings,
        **own,
        request={**settings.request, **given.get("request", {}), **request},
        extra={**settings.extra, **given.get("extra", {})},
    )


def _checked(name: str, value: Any) -> Any:
    if name in _TEXTS and not isinstance(value, str):
        raise SettingsError(f"{name} got {value!r}; expected a text.")
    if name in _FLAGS and not isinstance(value, bool):
        raise SettingsError(f"{name} got {value!r}; expected True or False.")
    if name in _SECONDS and (isinstance(value, bool) or not isinstance(value, int | float) or not value > 0):
        raise SettingsError(f"{name} got {value!r}; expected seconds, more than 0.")
    if name == "query" and not (isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values())):
        raise SettingsError(
            f"query got {value!r}; expected a table of texts, such as {{ api-version = '2026-01-01' }}."
        )
    if name == "max_side" and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise SettingsError(f"max_side got {value!r}; expected a whole number of pixels from 1 up.")
    if name == "detail" and value not in ("auto", "low", "high"):
        raise SettingsError(f"detail got {value!r}; expected one of auto, low, high.")
    return value.strip() if name in ("base_url", "model", "key_env") else value


def _checked_url(settings: Settings) -> str:
    url = settings.base_url
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"base_url got {url!r}; expected an address such as https://host/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError(
            f"base_url for {parts.hostname} got a user, password, query or fragment; expected https://host/v1. "
            "A key belongs in an environment variable, named by key_env."
        )
    if parts.scheme == "http" and not is_loopback(url) and not settings.allow_insecure_http:
        raise SettingsError(
            f"base_url got {url!r}: over http, pictures and keys could be read on the way to {parts.hostname}. "
            "Use https, or set allow_insecure_http = true in the profile."
        )
    return url.rstrip("/").removesuffix("/chat/completions")


def local_addresses(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the built-in profiles whose servers are on this machine, by name, and their addresses."""
    environ = os.environ if environ is None else environ
    addresses = {
        name: str((dict(profile) | (_address_from_environment(name, environ) if name == "ollama" else {}))["base_url"])
        for name, profile in PROFILES.items()
        if is_loopback(str(profile.get("base_url", "")))
    }
    return {name: address for name, address in addresses.items() if is_loopback(address)}


def is_loopback(url: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdigit())


def origin_of(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port: what a key is bound to."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or ""), parts.port or default


def config_path(environ: Mapping[str, str] | None = None) -> Path:
    """Return where config.toml is looked for: ``VISION_MAGIC_CONFIG``, else the user's folder for settings."""
    environ = os.environ if environ is None else environ
    if environ.get("VISION_MAGIC_CONFIG"):
        return Path(environ["VISION_MAGIC_CONFIG"])
    from platformdirs import user_config_path

    return user_config_path("vision_magic") / "config.toml"


def _read_config(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} could not be read ({error}).") from None
    try:
        config = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is no TOML: {error}.") from None
    return _checked_config(path, config)


def _checked_config(path: Path, config: dict[str, Any]) -> dict[str, Any]:
    profiles = config.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(profile, dict) for profile in profiles.values()):
        raise SettingsError(f"{path}: profiles must be tables, such as [profiles.work].")
    for name, profile in profiles.items():
        keys = {"api_key", "key", "token"} & profile.keys()
        if keys:
            raise SettingsError(
                f"{path}: profile {name!r} holds {keys.pop()!r}. Keys are not read from files: "
                'put it in an environment variable and write key_env = "NAME".'
            )
    return config

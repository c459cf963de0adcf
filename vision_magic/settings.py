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
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import SettingsError
from vision_magic.naming import near_miss
from vision_magic.secrets import Secret, find_key, redact

__all__ = [
    "EMBEDDED",
    "PROFILES",
    "Settings",
    "config_path",
    "is_loopback",
    "local_addresses",
    "origin_of",
    "profile_models",
    "profile_names",
    "resolve",
]

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
    max_bytes, max_image_tokens : int or None
        Pictures are packed until each takes no more (bytes; tokens, as estimated for the model).
    facts : bool
        Whether what a figure object knows is sent beside its picture.
    stream : bool
        Whether the answer comes as it is written.
    allow_insecure_http : bool
        Whether pictures and keys may travel over http to another machine.
    connect_timeout, first_token_timeout, idle_timeout, timeout : float or None
        How long to wait for the connection, the first token, each next one, the whole call (seconds); what suits
        the server where None.
    max_tokens_total : int or None
        How many tokens this process may spend in all, as counted by the servers, else as estimated.
    prices : mapping of str to (float, float)
        What a model costs for a million tokens asked and answered, in whatever currency; nothing is known beforehand.
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
    max_bytes: int | None = None
    max_image_tokens: int | None = None
    facts: bool = False
    stream: bool = True
    allow_insecure_http: bool = False
    connect_timeout: float | None = None
    first_token_timeout: float | None = None
    idle_timeout: float | None = None
    timeout: float | None = None
    max_tokens_total: int | None = None
    prices: Mapping[str, Any] = field(default_factory=dict)
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
_SECONDS = frozenset({"connect_timeout", "first_token_timeout", "idle_timeout", "timeout"})
_FLAGS = frozenset({"stream", "allow_insecure_http", "facts"})
_SIZES: Final = {"max_side": "pixels", "max_bytes": "bytes", "max_image_tokens": "tokens", "max_tokens_total": "tokens"}
_TABLES = frozenset({"query", "request", "extra", "prices"})
_YEAR = 366 * 24 * 3600  # seconds; what is much longer no clock of the system takes


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
            # The embedded reader's model is nobody else's; what else was chosen goes on to hold.
            own = settings.model == PROFILES[EMBEDDED]["model"]
            settings = replace(settings, profile="custom", model="" if own else settings.model)
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
        return {"base_url": f"{_as_ollama_reads(address['OLLAMA_HOST'])}/v1"}
    if name == "azure":
        if not address["AZURE_OPENAI_ENDPOINT"]:
            raise SettingsError(
                "Profile 'azure' needs the environment variable AZURE_OPENAI_ENDPOINT, such as "
                "https://NAME.openai.azure.com, or a base_url of its own in config.toml."
            )
        return {"base_url": f"{address['AZURE_OPENAI_ENDPOINT']}/openai/v1"}
    return {}


def profile_names(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of all profiles, built in and from config.toml, sorted."""
    return sorted({*PROFILES, *_read_config(config_path(environ)).get("profiles", {})})


def profile_models(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the models that the profiles name, sorted."""
    own = _read_config(config_path(environ)).get("profiles", {})
    return sorted({str(profile["model"]) for profile in (*PROFILES.values(), *own.values()) if profile.get("model")})


def _as_ollama_reads(host: str) -> str:
    """Return the address in ``OLLAMA_HOST``: without a scheme its port is Ollama's, where none is given."""
    host = re.sub(r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", host)  # the server's "all addresses" is none to call
    if "://" in host:
        return host
    host = f"127.0.0.1{host}" if host.startswith(":") else host
    return f"http://{host}" if re.search(r":\d+$", host) else f"http://{host}:11434"


_ADDRESSES: Final = {"openai": ("OPENAI_BASE_URL",), "ollama": ("OLLAMA_HOST",), "azure": ("AZURE_OPENAI_ENDPOINT",)}


# What was said of one server is nothing to another: its key, how it is carried, and leave to go over http.
_BOUND_TO_ORIGIN: Final[dict[str, Any]] = {
    "key_env": "",
    "key_header": "Authorization",
    "query": {},
    "allow_insecure_http": False,
}


def _merge(settings: Settings, layer: Mapping[str, Any]) -> Settings:
    """Return the settings with what a layer says; a new address drops what was bound to the old one."""
    given = {name: _checked(name, value) for name, value in layer.items() if value is not None}
    if "base_url" in given and origin_of(given["base_url"]) != origin_of(settings.base_url):
        given = _BOUND_TO_ORIGIN | given
    own = {name: value for name, value in given.items() if name in _OWN}
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
    if name in _SECONDS and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _YEAR):
        raise SettingsError(f"{name} got {value!r}; expected seconds, more than 0 and at most a year.")
    if name in _TABLES and not isinstance(value, Mapping):
        raise SettingsError(f"{name} got {value!r}; expected values by name.")
    if name == "query" and not all(isinstance(item, str) for item in value.values()):
        raise SettingsError(
            f"query got {value!r}; expected a table of texts, such as {{ api-version = '2026-01-01' }}."
        )
    if name == "prices" and not all(_is_price(price) for price in value.values()):
        raise SettingsError(
            f"prices got {value!r}; expected for each model what a million tokens cost, asked and answered, such as "
            "{ 'MODEL': [2.5, 10.0] }."
        )
    return _checked_one(name, value)


def _is_price(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(item, int | float) for item in value)


def _checked_one(name: str, value: Any) -> Any:
    if name in _SIZES and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise SettingsError(f"{name} got {value!r}; expected a whole number of {_SIZES[name]} from 1 up.")
    if name == "detail" and value not in ("auto", "low", "high"):
        raise SettingsError(f"detail got {value!r}; expected one of auto, low, high.")
    if name == "key_env" and value.strip() and not _is_variable(value.strip()):
        # Not repeated: it may be the key itself, pasted where its name belongs.
        raise SettingsError("key_env got what is no variable's name; expected one such as OPENAI_API_KEY.")
    if name == "base_url":
        return _checked_address(value.strip())
    return value.strip() if name in ("model", "key_env") else value


def _is_variable(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is not None and redact(name) == name


def _checked_address(url: str) -> str:
    """Return an address whose host and port can be read, as all that follows needs."""
    try:
        _ = urlsplit(url).port
        if re.search(r"[\s\x00-\x1f\x7f]", url):
            raise ValueError
    except ValueError:
        raise SettingsError(f"base_url got {_shown(url)}; expected an address such as https://host/v1.") from None
    return url


def _shown(url: str) -> str:
    """Return an address for a message, without what can be a secret in it."""
    return "an address with a user, password, query or fragment" if re.search(r"[@?#]", url) else repr(redact(url))


def _checked_url(settings: Settings) -> str:
    url = settings.base_url
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"base_url got {_shown(url)}; expected an address such as https://host/v1.")
    if re.search(r"[@?#]", url):
        raise SettingsError(
            f"base_url for {parts.hostname} got a user, password, query or fragment; expected https://host/v1. "
            "A key belongs in an environment variable, named by key_env."
        )
    if parts.scheme == "http" and not is_loopback(url) and not settings.allow_insecure_http:
        raise SettingsError(
            f"base_url got {url!r}: over http, pictures and keys could be read on the way to {parts.hostname}. "
            "Use https, or set allow_insecure_http = true in the profile."
        )
    return url.rstrip("/").removesuffix("/chat/completions").rstrip("/")


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
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as http://[
        return False
    return host in ("localhost", "::1") or _is_127(host)


def _is_127(host: str) -> bool:
    """Whether a host is written as an address in 127.0.0.0/8, also shortened: anything else is a name to look up."""
    return re.fullmatch(r"127(\.[0-9]{1,3}){1,3}", host) is not None and all(int(n) <= 255 for n in host.split("."))


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
    _refuse_keys(path, "the file", config)
    for name, profile in profiles.items():
        _refuse_keys(path, f"profile {name!r}", profile)
        for table in _TABLES:
            if isinstance(profile.get(table), dict):
                _refuse_keys(path, f"{table} of profile {name!r}", profile[table])
    unknown = sorted(config.keys() - {"profile", "profiles"})
    if unknown:
        raise SettingsError(
            f"{path}: {unknown[0]!r} means nothing there{near_miss(unknown[0], ['profile', 'profiles'])}; expected "
            'profile = "NAME" and tables such as [profiles.NAME], which hold everything else.'
        )
    return config


def _refuse_keys(path: Path, place: str, table: Mapping[str, Any]) -> None:
    keys = sorted(name for name in table if _names_key(name.lower().replace("-", "_")))
    if keys:
        raise SettingsError(
            f"{path}: {place} holds {keys[0]!r}. Keys are not read from files: "
            'put it in an environment variable and write key_env = "NAME".'
        )


def _names_key(name: str) -> bool:
    return name in _NAMES_OF_KEYS or name.endswith("_api_key")


_NAMES_OF_KEYS: Final = frozenset({"api_key", "apikey", "key", "token", "secret", "password", "authorization"})

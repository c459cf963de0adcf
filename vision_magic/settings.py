"""Settings, the profiles they come from, and their precedence.

For each field, from highest to lowest precedence::

    1. the call        %%vision -m MODEL, vm.ask(…, model=…)
    2. the session     %vision use NAME, vm.use(NAME)
    3. the profile     built in, or from config.toml

The profile is the first of these: named in the call, chosen in the session, ``VISION_MAGIC_PROFILE``, ``profile = …``
in config.toml, ``openai`` if ``OPENAI_API_KEY`` is set, the embedded reader.
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
from vision_magic.secrets import Origin, redact

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
    """The server and model to call, and how to call them.

    Attributes
    ----------
    profile : str
        Name of the profile that the settings come from.
    base_url : str
        Address of the server without ``/chat/completions``; empty for the embedded reader.
    model : str
        Model id as the server spells it; empty if none was named.
    key_env : str
        Environment variable that holds the key; empty for a server that needs no key.
    key_header : str
        Header that carries the key: ``Authorization`` (as ``Bearer``), or another name (Azure: ``api-key``).
    query : mapping of str to str
        Query parameters that are added to every address, such as Azure's ``api-version``.
    system : str
        System prompt; empty for none.
    detail : {"auto", "low", "high"} or None
        Detail level at which the model reads images; not sent if None.
    max_side : int or None
        Longest side of an image (pixels); larger images are shrunk.
    max_bytes, max_image_tokens : int or None
        Largest size (bytes) and estimated cost (tokens) of one image; larger images are compressed or shrunk.
    facts : bool
        Whether facts read from a figure object are sent with its image.
    stream : bool
        Whether the reply is streamed.
    allow_insecure_http : bool
        Whether images and keys may be sent over http to another machine.
    connect_timeout, first_token_timeout, idle_timeout, timeout : float or None
        Time limits for the connection, the first token, each further token, and the whole call (seconds, above 0 and
        at most a year). If None, a default that depends on the server.
    max_tokens_total : int or None
        Largest number of tokens that this process may use, as counted by the servers or else estimated.
    prices : mapping of str to (float, float)
        For each model, the prices of a million prompt tokens and of a million completion tokens, in any currency.
        No prices are built in.
    request : mapping
        Further fields of the request by their names in the API, such as ``temperature``.
    extra : mapping
        Fields that only one server supports; they are sent unchecked.
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
        """Whether the embedded reader answers, so that nothing leaves this process."""
        return not self.base_url

    @property
    def host(self) -> str:
        """Host and port of the server, or ``"in this process"`` for the embedded reader."""
        return "in this process" if self.embedded else urlsplit(self.base_url).netloc

    @property
    def origin(self) -> Origin | None:
        """Scheme, host and port of the server, to which its key belongs; None for the embedded reader."""
        return None if self.embedded else origin_of(self.base_url)


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
"""The built-in profiles. A profile of the same name in config.toml extends and overrides the built-in one."""

_FIELDS = frozenset(item.name for item in fields(Settings)) - {"profile", "request", "extra"}
_STRINGS = frozenset({"base_url", "model", "key_env", "key_header", "system"})
_SECONDS = frozenset({"connect_timeout", "first_token_timeout", "idle_timeout", "timeout"})
_BOOLEANS = frozenset({"stream", "allow_insecure_http", "facts"})
_SIZES: Final = {"max_side": "pixels", "max_bytes": "bytes", "max_image_tokens": "tokens", "max_tokens_total": "tokens"}
_TABLES = frozenset({"query", "request", "extra", "prices"})
_YEAR = 366 * 24 * 3600  # seconds; the system's clocks overflow on much longer times


def resolve(
    call: Mapping[str, Any] | None = None,
    *,
    session: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings for one call; precedence is decided here and nowhere else.

    Parameters
    ----------
    call : mapping
        Options of this call: ``profile``, any field of `Settings`, and any other name as a field of the request.
    session : mapping
        Options chosen with ``%vision use`` or ``vm.use``, in the same form.
    config : mapping
        The parsed config.toml; by default, the file at `config_path` is read.
    environ : mapping
        The environment; ``os.environ`` by default.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        A profile is unknown, a field has an invalid value, or an address cannot be used.
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
            # No other server has the embedded reader's model; a model chosen by the user stays.
            built_in = settings.model == PROFILES[EMBEDDED]["model"]
            settings = replace(settings, profile="custom", model="" if built_in else settings.model)
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
    custom = config.get("profiles", {})
    if name not in custom and name not in PROFILES:
        known = sorted({*PROFILES, *custom})
        raise SettingsError(
            f"Unknown profile {name!r}{near_miss(name, known)}. Expected one of {', '.join(known)}; "
            f"add others in {config_path(environ)}."
        )
    profile = {**PROFILES.get(name, {}), **custom.get(name, {})}
    return profile if "base_url" in custom.get(name, {}) else profile | _address_from_environment(name, environ)


def _address_from_environment(name: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return a built-in profile's address from the environment, where its key comes from too."""
    addresses = {variable: environ.get(variable, "").strip().rstrip("/") for variable in _ADDRESSES.get(name, ())}
    if name == "openai" and addresses["OPENAI_BASE_URL"]:
        return {"base_url": addresses["OPENAI_BASE_URL"]}
    if name == "ollama" and addresses["OLLAMA_HOST"]:
        return {"base_url": f"{_ollama_address(addresses['OLLAMA_HOST'])}/v1"}
    if name == "azure":
        if not addresses["AZURE_OPENAI_ENDPOINT"]:
            raise SettingsError(
                "Profile 'azure' needs the environment variable AZURE_OPENAI_ENDPOINT, such as "
                "https://NAME.openai.azure.com, or a base_url in config.toml."
            )
        return {"base_url": f"{addresses['AZURE_OPENAI_ENDPOINT']}/openai/v1"}
    return {}


def profile_names(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the sorted names of all profiles, built-in and from config.toml."""
    return sorted({*PROFILES, *_read_config(config_path(environ)).get("profiles", {})})


def profile_models(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the sorted models that the profiles name."""
    custom = _read_config(config_path(environ)).get("profiles", {})
    return sorted({str(profile["model"]) for profile in (*PROFILES.values(), *custom.values()) if profile.get("model")})


def _ollama_address(host: str) -> str:
    """Return the address in ``OLLAMA_HOST`` as Ollama reads it: without a scheme, the default port is 11434."""
    host = re.sub(
        r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", host
    )  # servers listen on it, clients cannot connect to it
    if "://" in host:
        return host
    host = f"127.0.0.1{host}" if host.startswith(":") else host
    return f"http://{host}" if re.search(r":\d+$", host) else f"http://{host}:11434"


_ADDRESSES: Final = {"openai": ("OPENAI_BASE_URL",), "ollama": ("OLLAMA_HOST",), "azure": ("AZURE_OPENAI_ENDPOINT",)}


# Valid for one server only: its key, how the key is sent, and the permission to use http.
_BOUND_TO_ORIGIN: Final[dict[str, Any]] = {
    "key_env": "",
    "key_header": "Authorization",
    "query": {},
    "allow_insecure_http": False,
}


def _merge(settings: Settings, layer: Mapping[str, Any]) -> Settings:
    """Override settings by a layer; a new origin resets the fields that are bound to the old one."""
    given = {name: _checked(name, value) for name, value in layer.items() if value is not None}
    if "base_url" in given and origin_of(given["base_url"]) != origin_of(settings.base_url):
        given = _BOUND_TO_ORIGIN | given
    known = {name: value for name, value in given.items() if name in _FIELDS}
    request = {name: value for name, value in given.items() if name not in _FIELDS and name not in ("request", "extra")}
    return replace(
        settings,
        **known,
        request={**settings.request, **given.get("request", {}), **request},
        extra={**settings.extra, **given.get("extra", {})},
    )


def _checked(name: str, value: Any) -> Any:
    if name in _STRINGS and not isinstance(value, str):
        raise SettingsError(f"{name} got {value!r}; expected a string.")
    if name in _BOOLEANS and not isinstance(value, bool):
        raise SettingsError(f"{name} got {value!r}; expected True or False.")
    if name in _SECONDS and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _YEAR):
        raise SettingsError(f"{name} got {value!r}; expected seconds, above 0 and at most a year.")
    if name in _TABLES and not isinstance(value, Mapping):
        raise SettingsError(f"{name} got {value!r}; expected a table of names and values.")
    if name == "query" and not all(isinstance(item, str) for item in value.values()):
        raise SettingsError(
            f"query got {value!r}; expected a table of strings, such as {{ api-version = '2026-01-01' }}."
        )
    if name == "prices" and not all(_is_price(price) for price in value.values()):
        raise SettingsError(
            f"prices got {value!r}; expected for each model the prices of a million prompt tokens and a million "
            "completion tokens, such as { 'MODEL': [2.5, 10.0] }."
        )
    return _checked_one(name, value)


def _is_price(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(item, int | float) for item in value)


def _checked_one(name: str, value: Any) -> Any:
    if name in _SIZES and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise SettingsError(f"{name} got {value!r}; expected a whole number of {_SIZES[name]}, at least 1.")
    if name == "detail" and value not in ("auto", "low", "high"):
        raise SettingsError(f"detail got {value!r}; expected one of auto, low, high.")
    if name == "key_env" and value.strip() and not _is_variable(value.strip()):
        # The value is not shown: it may be the key itself, pasted in place of the variable's name.
        raise SettingsError("key_env is not the name of an environment variable; expected one such as OPENAI_API_KEY.")
    if name == "base_url":
        return _checked_address(value.strip())
    return value.strip() if name in ("model", "key_env") else value


def _is_variable(name: str) -> bool:
    """Whether a string can be the name of an environment variable and does not look like a key."""
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is not None and redact(name) == name


def _checked_address(url: str) -> str:
    """Check that the host and port of an address can be parsed."""
    try:
        _ = urlsplit(url).port
        if re.search(r"[\s\x00-\x1f\x7f]", url):
            raise ValueError
    except ValueError:
        raise SettingsError(f"base_url got {_shown(url)}; expected an address such as https://host/v1.") from None
    return url


def _shown(url: str) -> str:
    """Return an address for a message, without parts that may hold a secret."""
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
            f"base_url got {url!r}: over http, others can read pictures and keys on the way to {parts.hostname}. "
            "Use https, or set allow_insecure_http = true in the profile."
        )
    return url.rstrip("/").removesuffix("/chat/completions").rstrip("/")


def local_addresses(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the addresses of the built-in profiles whose servers are on this machine, by profile name."""
    environ = os.environ if environ is None else environ
    addresses = {
        name: str((dict(profile) | (_address_from_environment(name, environ) if name == "ollama" else {}))["base_url"])
        for name, profile in PROFILES.items()
        if is_loopback(str(profile.get("base_url", "")))
    }
    return {name: address for name, address in addresses.items() if is_loopback(address)}


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine: localhost, ``::1`` or 127.0.0.0/8."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as http://[
        return False
    return host in ("localhost", "::1") or _is_127(host)


def _is_127(host: str) -> bool:
    """Whether a host is an address in 127.0.0.0/8, possibly shortened; anything else would need a DNS lookup."""
    return re.fullmatch(r"127(\.[0-9]{1,3}){1,3}", host) is not None and all(int(n) <= 255 for n in host.split("."))


def origin_of(url: str) -> Origin:
    """Return scheme, host and port of an address, to which a key is bound."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or ""), parts.port or default


def config_path(environ: Mapping[str, str] | None = None) -> Path:
    """Return the path of config.toml: ``VISION_MAGIC_CONFIG``, or a file in the user's configuration directory."""
    environ = os.environ if environ is None else environ
    if environ.get("VISION_MAGIC_CONFIG"):
        return Path(environ["VISION_MAGIC_CONFIG"])
    try:
        from platformdirs import user_config_path

        return user_config_path("vision_magic") / "config.toml"
    except Exception:  # without a home folder, there is no file
        return Path(os.devnull, "config.toml")


def _read_config(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} could not be read ({error}). Check the path and its permissions.") from None
    try:
        config = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from None
    return _checked_config(path, config)


def _checked_config(path: Path, config: dict[str, Any]) -> dict[str, Any]:
    profiles = config.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(profile, dict) for profile in profiles.values()):
        raise SettingsError(f"{path}: expected each profile as a table, such as [profiles.work].")
    _refuse_keys(path, "the file", config)
    for name, profile in profiles.items():
        _refuse_keys(path, f"profile {name!r}", profile)
        for table in _TABLES:
            if isinstance(profile.get(table), dict):
                _refuse_keys(path, f"{table} of profile {name!r}", profile[table])
    unknown = sorted(config.keys() - {"profile", "profiles"})
    if unknown:
        raise SettingsError(
            f"{path}: unknown name {unknown[0]!r}{near_miss(unknown[0], ['profile', 'profiles'])}; expected "
            'profile = "NAME", and all other settings in tables such as [profiles.NAME].'
        )
    return config


def _refuse_keys(path: Path, place: str, table: Mapping[str, Any]) -> None:
    keys = sorted(name for name in table if _is_key_name(name.lower().replace("-", "_")))
    if keys:
        raise SettingsError(
            f"{path}: {place} has {keys[0]!r}. Keys are not read from files: "
            'put the key in an environment variable and write key_env = "NAME".'
        )


def _is_key_name(name: str) -> bool:
    return name in _KEY_NAMES or name.endswith("_api_key")


_KEY_NAMES: Final = frozenset({"api_key", "apikey", "key", "token", "secret", "password", "authorization"})

"""Settings, the profiles they come from, and their precedence.

For each field, from highest to lowest precedence::

    1. the call        %%vision -m MODEL, vm.ask(…, model=…)
    2. the session     %vision use NAME, vm.use(NAME)
    3. the profile     built in, or from config.toml

The profile is the first of these: named in the call, chosen in the session, ``VISION_MAGIC_PROFILE``, ``profile = …``
in config.toml, ``openai`` if ``OPENAI_API_KEY`` is set, the embedded reader.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import os
import re
import stat
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.addresses import azure_address, base_of, is_loopback, ollama_address, origin_of
from vision_magic.chat.request import FIELDS
from vision_magic.errors import SettingsError
from vision_magic.naming import as_word, near_miss
from vision_magic.secret_rules import has_secret_form
from vision_magic.secrets import Origin
from vision_magic.setting_rules import (
    RULES,
    TOP_LEVEL,
    check_profile,
    check_setting,
    misplaced,
    refuse_secrets,
    shown,
    shown_address,
)

__all__ = [
    "CUSTOM",
    "EMBEDDED",
    "PROFILES",
    "Environment",
    "Settings",
    "config_path",
    "is_loopback",
    "local_addresses",
    "origin_of",
    "own_profiles",
    "profile_models",
    "profile_names",
    "resolve",
]

EMBEDDED: Final = "embedded"
CUSTOM: Final = "custom"
"""The name in place of a profile, where an address alone says whom to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The server and model to call, and how to call them.

    Attributes
    ----------
    profile : str
        Name of the profile that the settings come from; ``custom`` where an address alone says whom to ask.
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
    headers : mapping of str to str or {"env": str}
        Headers that are added to every request: a string, or ``{"env": "NAME"}`` for the value of an environment
        variable, which is handled like a key. They are sent to this server only.
    organization, project : str
        OpenAI's ids of those that pay, sent as headers; for OpenAI itself, ``OPENAI_ORG_ID`` and
        ``OPENAI_PROJECT_ID`` if empty.
    system : str
        System prompt; empty for none.
    detail : str or None
        Detail level at which the model reads images: ``"auto"``, ``"low"``, ``"high"``, ``"original"``, or another that
        the server has; not sent if None.
    max_side : int or None
        Longest side of an image (pixels); larger images are shrunk. If None, 2048 or what the model keeps.
    max_bytes, max_image_tokens : int or None
        Largest size (bytes) and estimated cost (tokens) of one image; larger images are compressed or shrunk.
    facts : bool or None
        Whether facts read from a figure object are sent with its image. If None, only to the embedded reader, so that
        they do not leave this process.
    stream : bool
        Whether the reply is streamed.
    allow_insecure_http : bool
        Whether images and keys may be sent over http to another machine.
    connect_timeout, first_token_timeout, idle_timeout, timeout : float or None
        Time limits for the connection, the first token, each further token, and the whole call (seconds, above 0 and
        at most a year). If None, a default that depends on the server.
    max_tokens_total : int or None
        Largest number of tokens that this process may use, as counted by the servers or else estimated.
    prices : mapping of str to (float, float) or (float, float, float)
        For each model, the prices of a million prompt tokens, of a million completion tokens, and of a million prompt
        tokens from the server's cache (by default as the first), in any currency. No prices are built in.
    request : mapping
        Further fields of the request by their names in the API, such as ``temperature``.
    extra : mapping
        Fields that only one server supports; they are sent unchecked.
    foreign_keys : tuple of str
        Environment variables named above that belong to another server; you are asked before they are sent to this
        one. It follows from the others and cannot be set.
    key_left : str
        The environment variable of the key that stayed behind, because it belongs to another address; empty for none.
        It cannot be set either.
    """

    profile: str = EMBEDDED
    base_url: str = ""
    model: str = ""
    key_env: str = ""
    key_header: str = "Authorization"
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Any] = field(default_factory=dict)
    organization: str = ""
    project: str = ""
    system: str = ""
    detail: str | None = None
    max_side: int | None = None
    max_bytes: int | None = None
    max_image_tokens: int | None = None
    facts: bool | None = None
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
    foreign_keys: tuple[str, ...] = ()
    key_left: str = ""

    @property
    def embedded(self) -> bool:
        """Whether the embedded reader answers, so that nothing leaves this process."""
        return not self.base_url

    @property
    def wants_facts(self) -> bool:
        """Whether facts are sent with the image of a figure object."""
        return self.embedded if self.facts is None else self.facts

    @property
    def host(self) -> str:
        """Host and port of the server, or ``"in this process"`` for the embedded reader."""
        return "in this process" if self.embedded else urlsplit(self.base_url).netloc

    @property
    def shown_headers(self) -> tuple[str, ...]:
        """The added headers for people: ``X-Title: My lab``; of a secret one, the name and its variable."""
        account = {"OpenAI-Organization": self.organization, "OpenAI-Project": self.project}
        shown = {**{name: value for name, value in account.items() if value}, **self.headers}
        return tuple(
            f"{name}: {value}" if isinstance(value, str) else f"{name} (from {value['env']})"
            for name, value in shown.items()
        )

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
    "anthropic": {"base_url": "https://api.anthropic.com/v1", "key_env": "ANTHROPIC_API_KEY"},
    "groq": {"base_url": "https://api.groq.com/openai/v1", "key_env": "GROQ_API_KEY"},
    "mistral": {"base_url": "https://api.mistral.ai/v1", "key_env": "MISTRAL_API_KEY"},
    "openrouter": {"base_url": "https://openrouter.ai/api/v1", "key_env": "OPENROUTER_API_KEY"},
    "ollama": {"base_url": "http://127.0.0.1:11434/v1"},
    "lmstudio": {"base_url": "http://127.0.0.1:1234/v1"},
    "llamacpp": {"base_url": "http://127.0.0.1:8080/v1", "model": "default"},
    "vllm": {"base_url": "http://127.0.0.1:8000/v1"},
}
"""The built-in profiles. A profile of the same name in config.toml extends and overrides the built-in one."""

_MODELS_OF: Final = {
    "openai": r"(?:chat)?gpt[-\d]|o\d(?:-|$)",
    "anthropic": r"claude",
    "gemini": r"gemini[-\d]|gemma[-\d]",
    "mistral": r"(?:mistral|pixtral|ministral|magistral)-",
    "openrouter": r"[\w.-]+/[\w.:-]+$",
    "ollama": r"(?:llava|llama|qwen|gemma|moondream|minicpm|granite)[\w.-]*(?::|$|\d)",
}
"""How the names of models begin that people give in place of a profile, by the profile that most likely has them."""

_FIELDS: Final = RULES - {"request", "extra", "headers"}
_OLLAMA: Final = str(PROFILES["ollama"]["base_url"])
_PUBLIC_OPENAI: Final = origin_of(str(PROFILES["openai"]["base_url"]))


# -- the environment -------------------------------------------------------------------------------------------


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.strip().encode("utf-8", "surrogateescape")).digest()


def _at_start() -> dict[str, bytes]:
    """Return the digests of the variables with which this process began.

    A notebook can change the environment before it imports this module, so the kernel of the system is asked if it can.
    """
    try:
        pairs = Path("/proc/self/environ").read_bytes().decode("utf-8", "surrogateescape").split("\0")
    except OSError:
        pairs = []
    began = {name: value for name, equals, value in (pair.partition("=") for pair in pairs) if equals}
    return {name: _digest(value) for name, value in (began or dict(os.environ)).items()}


_STARTED: Final = _at_start()


class Environment:
    """The environment variables; unlike a dict, it shows none of them in a traceback.

    Parameters
    ----------
    environ : mapping, optional
        The variables; ``os.environ`` by default.
    started : mapping, optional
        The variables with which the process began; by default those of this process, or `environ` if that is given.
    """

    __slots__ = ("_get", "_started")

    def __init__(self, environ: Mapping[str, str] | None = None, started: Mapping[str, str] | None = None) -> None:
        self._get = (os.environ if environ is None else environ).get
        given = environ if started is None else started
        self._started = _STARTED if given is None else {name: _digest(value) for name, value in given.items()}

    def __repr__(self) -> str:
        return "<Environment>"

    def get(self, name: str) -> str:
        """Return the value of a variable without blanks around it; empty if it is not set."""
        return (self._get(name) or "").strip()

    def as_at_start(self, name: str) -> bool:
        """Whether a variable has the value with which the process began."""
        return self._started.get(name, _digest("")) == _digest(self.get(name))


# -- the settings of a call ------------------------------------------------------------------------------------


def resolve(
    call: Mapping[str, Any] | None = None,
    *,
    session: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    started: Mapping[str, str] | None = None,
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
    started : mapping
        The environment with which the process began; by default that of this process, or `environ` if that is given.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        A profile is unknown, a field has an invalid value, or an address cannot be used.
        A value is a key or password.
    """
    refusal = refuse_secrets(call or {}) or refuse_secrets(session or {}) or _problem(config or {}, "config")
    if refusal:
        call = session = config = environ = started = None  # a traceback with the values of names must not show them
        raise SettingsError(refusal)
    call, session, environment = dict(call or {}), dict(session or {}), Environment(environ, started)
    environ = started = None  # likewise
    config = _read_config(_config_path(environment)) if config is None else config
    name = _profile_name(call, session, config, environment)
    if call.get("profile") and call["profile"] != session.get("profile"):
        session = {}  # the session's model and address belong to the session's profile
    settings = _merge(Settings(profile=name), _profile(name, config, environment))
    for layer in (session, call):
        if layer.get("base_url") and settings.embedded:
            # No other server has the embedded reader's model; a model chosen by the user stays.
            built_in = settings.model == PROFILES[EMBEDDED]["model"]
            settings = replace(settings, profile=CUSTOM, model="" if built_in else settings.model)
        before = settings.base_url
        settings = _merge(settings, {key: value for key, value in layer.items() if key != "profile"})
        if not layer.get("profile") and origin_of(settings.base_url) != origin_of(before):
            settings = replace(settings, profile=CUSTOM)  # the server of the profile is not asked
    if settings.embedded and settings.profile != EMBEDDED:
        raise SettingsError(f"Profile {settings.profile!r} has no base_url; expected one such as https://host/v1.")
    settings = replace(settings, base_url=_checked_url(settings))
    settings = _with_account(settings, environment)
    return replace(settings, foreign_keys=tuple(_foreign_keys(settings, config, environment)))


def _profile_name(
    call: Mapping[str, Any], session: Mapping[str, Any], config: Mapping[str, Any], environment: Environment
) -> str:
    named = call.get("profile") or session.get("profile")
    named = named or _from_environment("VISION_MAGIC_PROFILE", "a profile, such as openai", environment)
    named = named or config.get("profile")
    if named is not None and not isinstance(named, str):
        raise SettingsError(f"profile got {shown(named)}; expected the name of a profile, such as openai.")
    return named or ("openai" if environment.get("OPENAI_API_KEY") else EMBEDDED)


def _profile(name: str, config: Mapping[str, Any], environment: Environment) -> dict[str, Any]:
    custom = config.get("profiles", {})
    if name not in custom and name not in PROFILES:
        known = sorted({*PROFILES, *custom})
        if maker := next((maker for maker, models in _MODELS_OF.items() if re.match(models, name, re.IGNORECASE)), ""):
            raise SettingsError(
                f"There is no profile {shown(name)}. If it is a model, name its server first: "
                f"%vision use {maker} -m {as_word(name)}."
            )
        raise SettingsError(
            f"Unknown profile {shown(name)}{near_miss(name, known)}. Expected one of {', '.join(map(as_word, known))}; "
            f"add others in {_config_path(environment)}."
        )
    profile = {**PROFILES.get(name, {}), **custom.get(name, {})}
    if "base_url" in custom.get(name, {}):
        return profile
    address = _address_from_environment(name, environment)
    key = profile.get("key_env", "")
    if address and not _is_owners_address(name, key, environment) and _differs(address, profile):
        # Set in the notebook. The key is asked about; the rest was meant for another server.
        profile |= {other: value for other, value in _BOUND_TO_ORIGIN.items() if not other.startswith("key_")}
    return {"model": address.pop("model", ""), **profile, **address}


def _from_environment(variable: str, expected: str, environment: Environment) -> str:
    if has_secret_form(environment.get(variable)):
        raise SettingsError(f"{variable} got what looks like a key; expected {expected}.")
    return environment.get(variable)


def _differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return origin_of(one["base_url"]) != origin_of(str(other.get("base_url", "")))


_ADDRESSES: Final = {"openai": "OPENAI_BASE_URL", "ollama": "OLLAMA_HOST", "azure": "AZURE_OPENAI_ENDPOINT"}


def _address_from_environment(name: str, environment: Environment) -> dict[str, str]:
    """Return a built-in profile's address from the environment, where its key comes from too."""
    variable = _ADDRESSES.get(name, "")
    given = _from_environment(variable, "an address such as https://host/v1", environment).rstrip("/")
    if name == "azure" and not given:
        raise SettingsError(
            "Profile 'azure' needs the environment variable AZURE_OPENAI_ENDPOINT, such as "
            "https://NAME.openai.azure.com, or a base_url in config.toml."
        )
    if not given:
        return {}
    model = ""
    try:
        if name == "azure":
            given, model = azure_address(given)
        elif name == "ollama":
            given = f"{base_of(ollama_address(given)).removesuffix('/v1')}/v1"
        return {"base_url": base_of(given), "model": model}
    except ValueError:
        raise SettingsError(
            f"{variable} got {shown_address(given)}; expected an address such as https://host/v1."
        ) from None


def _is_owners_address(name: str, key: str, environment: Environment) -> bool:
    """Whether whoever set a key also set the address of its profile: the process began with it, or with neither.

    A notebook that sets an address alone does not decide where the key goes that it was started with.
    """
    return environment.as_at_start(_ADDRESSES[name]) or bool(key and not environment.as_at_start(key))


def _with_account(settings: Settings, environment: Environment) -> Settings:
    """Add the organization and the project of the environment, which belong to OpenAI's own server and its key."""
    if settings.origin != _PUBLIC_OPENAI or settings.key_env != PROFILES["openai"]["key_env"]:
        return settings
    for name, variable in (("organization", "OPENAI_ORG_ID"), ("project", "OPENAI_PROJECT_ID")):
        value = _from_environment(variable, "an id such as org-… or proj_…", environment)
        if value and not getattr(settings, name):
            settings = replace(settings, **{name: check_setting(name, value)})
    return settings


# -- to whom a key belongs -------------------------------------------------------------------------------------


def _foreign_keys(settings: Settings, config: Mapping[str, Any], environment: Environment) -> Iterator[str]:
    """Yield the variables of these settings that profiles name for other servers, and none for this one."""
    if settings.embedded:
        return
    for variable in sorted(_variables_of({"key_env": settings.key_env, "headers": settings.headers})):
        origins = list(_origins_of(variable, config, environment))
        if origins and settings.origin not in origins:
            yield variable


def _variables_of(profile: Mapping[str, Any]) -> set[str]:
    """Return the names of the environment variables whose values a profile sends."""
    headers = [value["env"] for value in profile.get("headers", {}).values() if isinstance(value, Mapping)]
    return {name for name in (str(profile.get("key_env") or "").strip(), *headers) if name}


def _origins_of(variable: str, config: Mapping[str, Any], environment: Environment) -> Iterator[Origin | None]:
    """Yield the servers for which a profile names a variable; None for a profile without an address.

    A profile of the file decides only if it names both: the address alone would take the key of a built-in profile.
    """
    custom = config.get("profiles", {})
    for name in sorted({*PROFILES, *custom}):
        built_in, own = PROFILES.get(name, {}), custom.get(name, {})
        by_own = variable in _variables_of(own)
        if not by_own and variable not in _variables_of(built_in):
            continue
        addresses = (own, built_in) if by_own else (built_in, own)
        yield next((origin_of(base_of(one["base_url"])) for one in addresses if one.get("base_url")), None)
        if "base_url" not in own and name in _ADDRESSES and _is_owners_address(name, variable, environment):
            with contextlib.suppress(SettingsError):  # a broken address is an error when its profile is used
                yield from map(origin_of, filter(None, [_address_from_environment(name, environment).get("base_url")]))


# -- lists -----------------------------------------------------------------------------------------------------


def profile_names(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the sorted names of all profiles, built-in and from config.toml."""
    return sorted({*PROFILES, *own_profiles(environ)})


def own_profiles(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of the profiles in config.toml, in its order."""
    return list(_read_config(config_path(environ)).get("profiles", {}))


def profile_models(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the sorted models that the profiles name."""
    custom = _read_config(config_path(environ)).get("profiles", {})
    return sorted({profile["model"] for profile in (*PROFILES.values(), *custom.values()) if profile.get("model")})


# -- layers ----------------------------------------------------------------------------------------------------

# Valid for one server only: its key, how the key is sent, what else is sent with it, and the permission to use http.
_BOUND_TO_ORIGIN: Final[dict[str, Any]] = {
    "key_env": "",
    "key_header": "Authorization",
    "query": {},
    "headers": {},
    "organization": "",
    "project": "",
    "allow_insecure_http": False,
}


def _merge(settings: Settings, layer: Mapping[str, Any]) -> Settings:
    """Override settings by a layer; a new origin resets the fields that are bound to the old one."""
    given = {name: _checked(name, value) for name, value in layer.items() if value is not None}
    if "base_url" in given and origin_of(given["base_url"]) != origin_of(settings.base_url):
        settings = replace(settings, **_BOUND_TO_ORIGIN, key_left=settings.key_env or settings.key_left)
    known = {name: value for name, value in given.items() if name in _FIELDS}
    request = {name: value for name, value in given.items() if name in FIELDS}
    return replace(
        settings,
        **known,
        headers=_joined(settings.headers, given.get("headers", {})),
        request={**settings.request, **given.get("request", {}), **request},
        extra={**settings.extra, **given.get("extra", {})},
    )


def _joined(headers: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headers of two layers; names are the same in any case."""
    replaced = {name.lower() for name in more}
    return {**{name: value for name, value in headers.items() if name.lower() not in replaced}, **more}


def _checked(name: str, value: Any) -> Any:
    """Return the value of a setting; a field of the request is checked when the request is made."""
    if name in FIELDS:
        return value
    if name not in RULES:
        raise SettingsError(f"{shown(name)} is not a setting{near_miss(name, (*RULES, *FIELDS))}.")
    if name == "request":
        unknown = next((field for field in check_setting(name, value) if field not in FIELDS), None)
        if unknown is not None:
            raise SettingsError(f"request.{unknown} is not a field of a request{near_miss(str(unknown), FIELDS)}.")
    return check_setting(name, value)


def _checked_url(settings: Settings) -> str:
    url = settings.base_url
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        scheme = "" if "://" in url else " It has no scheme: http:// for a server on this machine, https:// for others."
        raise SettingsError(f"base_url got {shown_address(url)}; expected an address such as https://host/v1.{scheme}")
    if re.search(r"[@?#]", url):
        raise SettingsError(
            f"base_url for {parts.hostname} got a user, password, query or fragment; expected https://host/v1. "
            "A key belongs in an environment variable, named by key_env, and a query in query = { NAME = 'VALUE' }."
        )
    if parts.scheme == "http" and not is_loopback(url) and not settings.allow_insecure_http:
        raise SettingsError(
            f"base_url got {url!r}: over http, others can read pictures and keys on the way to {parts.hostname}. "
            "Use https, or set allow_insecure_http = true in the profile."
        )
    return url


def local_addresses(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the addresses of the built-in profiles whose servers are on this machine, by profile name."""
    addresses = {name: str(profile["base_url"]) for name, profile in PROFILES.items() if profile.get("base_url")}
    try:
        addresses |= {"ollama": _address_from_environment("ollama", Environment(environ)).get("base_url", _OLLAMA)}
    except SettingsError:
        del addresses["ollama"]  # the error is shown when the profile is used
    return {name: address for name, address in addresses.items() if is_loopback(address)}


# -- the settings file -----------------------------------------------------------------------------------------


def config_path(environ: Mapping[str, str] | None = None) -> Path:
    """Return the path of config.toml: ``VISION_MAGIC_CONFIG``, or a file in the user's configuration directory."""
    return _config_path(Environment(environ))


def _config_path(environment: Environment) -> Path:
    if environment.get("VISION_MAGIC_CONFIG"):
        return Path(environment.get("VISION_MAGIC_CONFIG"))
    try:
        from platformdirs import user_config_path

        return user_config_path("vision_magic") / "config.toml"
    except Exception:  # without a home folder, there is no file
        return Path(os.devnull, "config.toml")


_SETTLED: Final = 2.0  # seconds after which a further change has another time, even on a coarse clock


def _read_config(path: Path) -> Mapping[str, Any]:
    """Return the content of the settings file, which is read again when it has changed."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return _read_now(path)  # which says what is wrong
    if not stat.S_ISREG(status.st_mode) or not time.time() - status.st_mtime - _SETTLED > 0:
        return _read_now(path)
    content = _read_once(path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev))
    return copy.deepcopy(content)


@functools.lru_cache(maxsize=4)
def _read_once(path: Path, state: tuple[int, ...]) -> Mapping[str, Any]:
    """Return the content of a file in this state; one that cannot be used is an error each time."""
    return _read_now(path)


def _read_now(path: Path) -> Mapping[str, Any]:
    config, problem = _loaded(path)
    problem = f"{path}{problem}" if problem else _problem(config, str(path))
    if problem:
        config = {}  # a traceback with the values of names must not show the file
        raise SettingsError(problem)
    return config


def _loaded(path: Path) -> tuple[dict[str, Any], str]:
    """Return the content of a settings file, or the end of a sentence on why it has none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), ""
    except (FileNotFoundError, NotADirectoryError):
        return {}, ""
    except tomllib.TOMLDecodeError as error:
        return {}, f" is not valid TOML: {_toml_problem(error)}."
    except (OSError, UnicodeDecodeError) as error:
        return {}, f" could not be read ({error}). Check the path and its permissions."
    except (ValueError, RecursionError):  # such as an integer of 5,000 digits, or a thousand brackets
        return {}, " is not valid TOML: a value is too long or nested too deeply."


def _toml_problem(error: tomllib.TOMLDecodeError) -> str:
    """Return what is wrong and where, without the characters and names that the parser repeats."""
    words, found, place = str(error).rpartition(" (at ")
    words = re.sub(r"['\"(].*", "…", words, flags=re.DOTALL)
    return f"{words}{found}{place}" if found else words


def _problem(config: Mapping[str, Any], where: str) -> str:
    """Return why the content of a settings file cannot be used; empty if it can."""
    refusal = refuse_secrets(config, where)
    if refusal:
        return refusal
    try:
        _check_config(config)
    except SettingsError as error:
        return f"{where}: {error}"
    return ""


def _check_config(config: Mapping[str, Any]) -> None:
    profiles = config.get("profiles", {})
    if isinstance(profiles, Mapping) and isinstance(profiles.get("profile"), str):
        raise SettingsError(misplaced(("profiles", "profile"), profiles["profile"]))
    if not isinstance(profiles, Mapping) or not all(isinstance(profile, Mapping) for profile in profiles.values()):
        raise SettingsError("expected each profile as a table, such as [profiles.work].")
    unknown = sorted(config.keys() - set(TOP_LEVEL))
    if unknown:
        raise SettingsError(
            f"unknown name {shown(unknown[0])}{near_miss(unknown[0], TOP_LEVEL)}; expected "
            'profile = "NAME", and all other settings in tables such as [profiles.NAME].'
        )
    if isinstance(config.get("profile"), Mapping):
        raise SettingsError("profile got a table; expected profile = 'NAME', and each profile as [profiles.NAME].")
    if not isinstance(config.get("profile", ""), str):
        raise SettingsError(f"profile got {shown(config['profile'])}; expected the name of a profile.")
    for name, profile in profiles.items():
        _check_place_of_profile(profile, ("profiles", name), {*PROFILES, *profiles})
        check_profile(profile, ("profiles", name))


def _check_place_of_profile(table: Mapping[str, Any], path: tuple[str, ...], names: set[str]) -> None:
    """Refuse ``profile = "NAME"`` below a table that takes any name, such as that of headers, if NAME is a profile."""
    for name, value in table.items():
        if name == "profile" and isinstance(value, str) and value in names:
            raise SettingsError(misplaced((*path, name), value))
        if isinstance(value, Mapping):
            _check_place_of_profile(value, (*path, name), names)

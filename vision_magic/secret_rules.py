"""Rules that recognise a key or password by the name of its place or by its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

__all__ = ["FORMS", "Path", "dotted", "has_secret_form", "has_secret_name", "hide_forms", "secret_place"]

Path = tuple[str, ...]
"""The names that lead to a value: ``("profiles", "work", "extra", "api_key")``."""

HIDDEN: Final = "****"

# `before` is what stays visible. Every alternative is linear: a server chooses the text.
FORMS: Final = re.compile(
    r"""
      \b(?:sk|rk|pk|gsk|csk|xai|pplx|nvapi)[-_][A-Za-z0-9_\-]{8,}     # OpenAI and those that follow it, Groq, xAI …
    | \bAIza[A-Za-z0-9_\-]{20,}                                       # Google
    | \b(?:(?:hf|gh[opsur]|github_pat)_|glpat-)[A-Za-z0-9_\-]{16,}     # Hugging Face, GitHub, GitLab
    | \b(?:r8|fw|jina|npm|(?:tgp|dop)_v[0-9])_[A-Za-z0-9]{16,}         # Replicate, Fireworks, Jina, Together …
    | \b(?:dapi[0-9a-f]{32}\b|ya29\.[A-Za-z0-9_\-]{20,})               # Databricks, Google's sign-in
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b                                   # Amazon
    | \bxox[abeoprs]-[A-Za-z0-9\-]{10,}                               # Slack
    | \beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]+)?   # a JSON Web Token
    | -----BEGIN[ ][A-Z ]{0,30}PRIVATE[ ]KEY-----
    | (?i:(?P<bearer>\bbearer[ \t]+)\S{6,})
    | (?i:(?P<basic>\bbasic[ \t]+)[A-Z0-9+/]{16,}={0,2})
    | (?P<user>://[^\s/@:?\#"']{0,100}:)[^\s/@"']{1,200}(?=@)         # user:password@host
    | (?i:(?P<query>[?&](?:[\w\-]{0,30}[_\-])?(?:apikey|key|token|secret|password|sig(?:nature)?|auth)=)
        [^&\s\#"']{6,})
    """,
    re.VERBOSE,
)
"""Strings that look like keys; broad, for text in which a wrong guess costs only a word."""

_PREFIX: Final = re.compile(r"(?:[rp]k|g?sk|csk|xai|pplx|nvapi|hf|gh[opsur]|glpat)[-_]")


def hide_forms(text: str) -> str:
    """Replace what looks like a key in a string by ``****``."""
    return FORMS.sub(lambda match: f"{_before(match)}{HIDDEN}", text)


def _before(match: re.Match[str]) -> str:
    return match["bearer"] or match["basic"] or match["user"] or match["query"] or ""


def has_secret_form(text: str) -> bool:
    """Whether a string contains what is almost certainly a key: a wrong guess would refuse a setting."""
    return any(map(_is_certain, FORMS.finditer(text)))


def _is_certain(match: re.Match[str]) -> bool:
    if match["bearer"] and match[0] == match.string.strip():
        return True
    if match["user"] or match["query"]:
        return True
    prefix = match["bearer"] or match["basic"] or _PREFIX.match(match[0])
    start = len(prefix) if isinstance(prefix, str) else prefix.end() if prefix else None
    return start is None or _is_random(match[0][start:])


def _is_random(text: str) -> bool:
    """Whether a part of a string is no word: long and without a break, or with digits; ``sk-learn-vision`` has none."""
    parts = re.split(r"[^A-Za-z0-9+/]", text)
    return any(len(part) >= 16 or (len(part) >= 8 and re.search(r"\d", part)) for part in parts)


# -- names -----------------------------------------------------------------------------------------------------

_STRONG: Final = re.compile(
    r"apikey|secret(?!ar)|passw(?:or)?d|passphrase|passcode|credential|authori[sz]ation|bearer|privatekey|accesskey|"
    r"(?:access|auth|api|refresh|session|security|bearer|id)token|"
    # Written as one word; other words that end in "key" are keyboards, monkeys and the like.
    r"(?:openai|anthropic|gemini|google|groq|mistral|azure|openrouter|together|fireworks|deepseek|xai|nvidia|cohere|"
    r"replicate|huggingface|hf|aws|llm|my|user|server|client|service|account|admin|master)(?:key|token)s?\Z"
)
_ALONE: Final = frozenset({"pass", "pw", "pat", "oauth", "sig", "signature"})
_PASS: Final = frozenset({"user", "db", "database", "proxy", "login", "admin", "root", "smtp", "my"})  # db_pass
_LAST: Final = frozenset({"key", "keys", "token", "jwt", "cookie", "cookies", "pwd", "auth"})
_HARMLESS: Final = {
    "key": frozenset(
        {"cache", "public", "primary", "foreign", "sort", "partition", "group", "index", "routing", "by", "idempotency"}
        | {
            "object",
            "dict",
            "json",
            "image",
            "label",
            "answer",
            "response",
            "input",
            "output",
            "item",
            "column",
            "join",
        }
        | {"color", "colour"}
    ),
    "token": frozenset(
        {"stop", "eos", "bos", "pad", "unk", "sep", "cls", "mask", "image", "start", "end", "first", "last", "special"}
        | {"per", "next", "max", "min", "each", "system", "user", "assistant", "video", "audio", "think", "eot", "by"}
        | {"separator", "placeholder", "trigger", "decoder", "begin", "forced", "suppress", "vision", "text"}
    ),
}
_OF_A_NAME: Final = frozenset({"env", "var", "variable", "header", "name"})  # key_env, key_header: no key themselves


def has_secret_name(name: str) -> bool:
    """Whether a name says that its value is a key or password: ``openai_key``, ``clientSecret``, ``X-Auth-Token``.

    Counts of tokens (``max_tokens``), special tokens (``stop_token``) and keys of caches are not.
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = re.findall(r"[a-z]+", spaced.lower())
    if not words or words[-1] in _OF_A_NAME:
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    is_last = last in _LAST and before not in _HARMLESS.get(last.removesuffix("s"), ())
    is_alone = len(words) == 1 and last in _ALONE
    return is_last or is_alone or (last == "pass" and before in _PASS) or _STRONG.search("".join(words)) is not None


# -- settings --------------------------------------------------------------------------------------------------

_SCHEMA: Final = frozenset({"properties", "$defs", "definitions", "patternProperties"})
_NAMED_BY_THE_USER: Final = frozenset({"profiles", "prices", "logit_bias"})  # the names below are no settings


def secret_place(value: object, path: Path = ()) -> Path | None:
    """Return the path of the first value that is named like a secret or looks like one; None if there is none.

    Parameters
    ----------
    value : object
        A table, a list or a string of settings; anything else is accepted. It is not changed.
    path : tuple of str
        The names that lead to it.
    """
    open_items: list[tuple[Path, object]] = [(path, value)]
    seen: set[int] = set()  # a list may contain itself
    while open_items:
        where, item = open_items.pop()
        if _is_secret(where, item):
            return where
        if isinstance(item, Mapping | list | tuple) and id(item) not in seen and not _is_variable(item):
            seen.add(id(item))
            open_items.extend(reversed([((*where, name), inner) for name, inner in _items(item)]))
    return None


def _items(value: Mapping[Any, Any] | Iterable[Any]) -> Iterator[tuple[str, Any]]:
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    return ((str(name), inner) for name, inner in items)


def _is_secret(path: Path, value: object) -> bool:
    if path and has_secret_form(path[-1]):
        return True
    if isinstance(value, str):
        # Profiles, prices and properties of schemas are tables: a string directly below such a name is none of them.
        named = (path and has_secret_name(path[-1])) or any(_names_a_secret(path[:end]) for end in range(1, len(path)))
        return has_secret_form(value) or bool(named)
    # A number is a secret by its own name only; a switch is none.
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(path) and _names_a_secret(path)


def _names_a_secret(path: Path) -> bool:
    """Whether the last name of a path is that of a secret, and not one that the user or a schema chose."""
    free = len(path) > 1 and (path[-2] in _SCHEMA or path[-2] in _NAMED_BY_THE_USER)
    return not free and has_secret_name(path[-1])


def _is_variable(value: object) -> bool:
    """Whether a value is ``{env = "NAME"}``: the name of a variable, and not the secret itself."""
    if not isinstance(value, Mapping) or list(value) != ["env"]:
        return False
    return isinstance(value["env"], str) and not has_secret_form(value["env"])


def dotted(path: Path) -> str:
    """Return a path for a message, without what looks like a secret in it: ``profiles.work.extra.api_key``."""
    return ".".join(name if re.fullmatch(r"[\w\-]{1,80}", name) else _quoted(name) for name in map(_public, path))


def _public(name: str) -> str:
    return HIDDEN if has_secret_form(name) else hide_forms(name)


def _quoted(name: str) -> str:
    return name if name == HIDDEN else repr(name[:80])

"""The lines of the settings file that keep what ``%vision use`` chose, for all notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vision_magic.errors import SettingsError
from vision_magic.session.default import session
from vision_magic.session.prepare import settings_in
from vision_magic.setting_rules import check_profile
from vision_magic.settings import CUSTOM, Settings, config_path, own_profiles, resolve

__all__ = ["how_to_keep", "rows_to_keep"]

_NEW: Final = "mine"  # the name of a profile for an address that has none


def how_to_keep() -> str:
    """Return how a choice is kept, in Markdown, for the help."""
    return (
        "The choice lasts for this session. The command shows the lines that keep it for all notebooks; they belong in "
        f"the settings file, `{config_path()}`:\n\n"
        '    profile = "NAME"\n\n    [profiles.NAME]\n    model = "MODEL"\n'
    )


def rows_to_keep(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield how long the choice of this session lasts, and the lines that keep it; nothing if the file says the same.

    Parameters
    ----------
    settings : Settings
        What the choice amounts to.
    """
    if settings == resolve():
        return
    yield "lasts", f"for this session; for all notebooks, write this into {config_path()}:"
    yield from (("", line) for line in _lines(settings))


def _lines(settings: Settings) -> Iterator[str]:
    name = _NEW if settings.profile == CUSTOM else settings.profile
    yield f"profile = {_toml(name)}  # the only such line, above the first [table]"
    chosen = settings_in(session.state.options)
    added = {key: value for key, value in chosen.items() if key != "profile" and _is_for_a_file(key, value)}
    if added:
        yield f"[profiles.{_key(name)}]{'  # change the table that is there' if name in own_profiles() else ''}"
    yield from (f"{_key(key)} = {_toml(value)}" for key, value in added.items())


def _is_for_a_file(name: str, value: Any) -> bool:
    """Whether a settings file can hold a value, which functions, types and several models for a cell are not."""
    try:
        check_profile({name: value})
        _toml(value)
    except (SettingsError, TypeError):
        return False
    return True


def _toml(value: Any) -> str:
    """Return a value as TOML, on one line; raise `TypeError` for one that TOML does not have."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(name)} = {_toml(item)}' for name, item in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    raise TypeError(f"{type(value).__name__} is not in TOML")


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "_").isidentifier() else _toml(name)

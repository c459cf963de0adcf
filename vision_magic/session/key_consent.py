"""The consent of the person before a key that belongs to one server is sent to another."""

from __future__ import annotations

from vision_magic.errors import SettingsError
from vision_magic.secrets import Origin
from vision_magic.session.approval import can_ask
from vision_magic.settings import Settings
from vision_magic.text import clean_text

__all__ = ["KeyConsents"]


class KeyConsents:
    """The variables that may go to a server they do not belong to, because the person said yes in this session."""

    __slots__ = ("_given",)

    def __init__(self) -> None:
        self._given: set[tuple[str, Origin | None]] = set()

    def check(self, settings: Settings, variable: str) -> None:
        """Ask whether a variable may be sent to the server of the settings, unless it may; a yes is remembered.

        Raises
        ------
        SettingsError
            The person said no, or nobody can be asked.
        """
        if variable not in settings.foreign_keys or (variable, settings.origin) in self._given:
            return
        if not self._ask(settings, variable):
            raise SettingsError(
                f"{variable} belongs to another server and was not sent to {settings.host}. Name a variable of that "
                "server's own with --key-env; or, to send this one, answer yes when a cell asks (one without --bg), or "
                "write base_url and key_env together into a profile of config.toml."
            )
        self._given.add((variable, settings.origin))

    def _ask(self, settings: Settings, variable: str) -> bool:
        if not can_ask():
            return False
        name, host = clean_text(variable), clean_text(settings.host)
        question = f"The key in {name} belongs to another server. Send it to {host}? [y/N] "
        try:
            return input(question).strip().lower() in ("y", "yes")
        except KeyboardInterrupt:
            raise
        except Exception:  # a notebook run by a program: its kernel raises an error class of its own
            return False

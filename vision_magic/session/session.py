"""A session: the settings, usage, cache, recording and log that its calls share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest, check_field
from vision_magic.errors import VisionError
from vision_magic.session.guarded import refuses_keys
from vision_magic.session.prepare import (
    PreparedCall,
    check_option_names,
    merged_options,
    options_per_model,
    prepare_call,
    settings_in,
    split_options,
)
from vision_magic.session.state import SessionState
from vision_magic.session.stream import AsyncReplyStream, ReplyStream, acollect, collect
from vision_magic.session.usage import UsageReport
from vision_magic.settings import Settings, resolve

if TYPE_CHECKING:
    from vision_magic.chat.messages import Message
    from vision_magic.chat.reply import Reply
    from vision_magic.secrets import Secret
    from vision_magic.session.chosen import Chosen
    from vision_magic.session.store.recording import Recording
    from vision_magic.wire.endpoint import Endpoint

__all__ = ["Session"]


class Session:
    """Calls that share settings, usage, cache, recording, log, and knowledge about servers.

    `vision_magic.ask` and the magics use the default session; a script may make others.

    Parameters
    ----------
    profile, **options
        The profile and the options of every call, as for `use`.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> session = vm.Session(profile="embedded")
    >>> reply = session.ask("What size is it?", Image.new("RGB", (320, 200), "navy"))
    >>> "320 × 200" in reply.text
    True
    """

    @refuses_keys
    def __init__(self, profile: str | None = None, **options: Any) -> None:
        self.state = SessionState()
        if profile is not None or options:
            self.use(profile, **options)

    def __repr__(self) -> str:
        try:
            settings = self.settings()
        except VisionError:  # a settings file with a fault; a traceback that shows this session says so already
            return "<Session: its settings cannot be used>"
        return f"<Session: {settings.profile}, {settings.model or 'no model'}>"

    # -- asking ------------------------------------------------------------------------------------------------

    @refuses_keys
    def ask(self, *parts: object, **options: Any) -> Reply:
        """Ask a question and return the whole reply; as `vision_magic.ask`."""
        return collect(self.stream(*parts, **options))

    @refuses_keys
    def stream(self, *parts: object, **options: Any) -> ReplyStream:
        """Ask a question and return its events as they arrive; as `vision_magic.stream`."""
        return self.run(self.prepare_calls(parts, options))

    @refuses_keys
    async def aask(self, *parts: object, **options: Any) -> Reply:
        """Ask a question from asynchronous code; as `vision_magic.aask`."""
        return await acollect(self.astream(*parts, **options))

    @refuses_keys
    def astream(self, *parts: object, **options: Any) -> AsyncReplyStream:
        """Ask a question from asynchronous code and return its events; as `vision_magic.astream`."""
        if not _in_a_loop():
            return self.arun(self.prepare_calls(parts, options))

        def prepare() -> list[PreparedCall]:
            with self.state.preparing:
                return self.prepare_calls(parts, options)

        # A run prepares its calls in a thread, since encoding images would block the loop.
        return self._arun(prepare, len(options_per_model(options)))

    @refuses_keys
    def choose(
        self, question: str, *parts: object, orders: int | None = None, samples: int | None = None, **options: Any
    ) -> Chosen:
        """Ask a question with given answers; as `vision_magic.choose`."""
        from vision_magic.session.multiple_choice import choose

        return choose(
            self.stream,
            question,
            parts,
            options,
            orders=orders,
            samples=samples,
            settings=self.settings,
            book=self.state.logprobs,
        )

    @refuses_keys
    async def achoose(
        self, question: str, *parts: object, orders: int | None = None, samples: int | None = None, **options: Any
    ) -> Chosen:
        """Ask a question with given answers from asynchronous code; as `vision_magic.achoose`."""
        from vision_magic.session.multiple_choice import achoose

        return await achoose(
            self.astream,
            question,
            parts,
            options,
            orders=orders,
            samples=samples,
            settings=self.settings,
            book=self.state.logprobs,
        )

    # -- calls -------------------------------------------------------------------------------------------------

    def prepare_calls(
        self, parts: Sequence[object], options: Mapping[str, Any], history: Sequence[Message] = ()
    ) -> list[PreparedCall]:
        """Return the prepared calls of a question: one for each model."""
        return [self.prepare_call(parts, each, history) for each in options_per_model(options)]

    def prepare_call(
        self, parts: Sequence[object], options: Mapping[str, Any], history: Sequence[Message] = ()
    ) -> PreparedCall:
        """Return the prepared call of a question to one model, after the earlier messages `history`."""
        return prepare_call(parts, options, self.state.options, history)

    def run(self, calls: Sequence[PreparedCall], on_end: Callable[[Reply], None] | None = None) -> ReplyStream:
        """Send calls and return their events as they arrive; `on_end` gets the reply once, complete or not."""
        if len(calls) == 1:
            from vision_magic.session.run import Run

            return Run(calls[0], self.state, on_end)
        from vision_magic.session.multi_model import MultiModelRun

        return MultiModelRun(calls, self.state, on_end)

    def arun(self, calls: Sequence[PreparedCall], on_end: Callable[[Reply], None] | None = None) -> AsyncReplyStream:
        """Send calls from asynchronous code; as `run`."""
        return self._arun(lambda: calls, len(calls), on_end)

    def _arun(
        self,
        prepare: Callable[[], Sequence[PreparedCall]],
        count: int,
        on_end: Callable[[Reply], None] | None = None,
    ) -> AsyncReplyStream:
        if count == 1:
            from vision_magic.session.run import AsyncRun

            return AsyncRun(lambda: prepare()[0], self.state, on_end)
        from vision_magic.session.multi_model import AsyncMultiModelRun

        return AsyncMultiModelRun(prepare, self.state, on_end)

    @refuses_keys
    def prepare(self, *parts: object, **options: Any) -> ChatRequest:
        """Return the request that `ask` would send; as `vision_magic.prepare`."""
        return self.prepare_call(parts, options_per_model(options)[0]).request

    @refuses_keys
    def receipt_for(self, request: ChatRequest, **options: Any) -> Receipt:
        """Return the receipt of a request before `ask` sends it with these options."""
        chosen = self.settings(**options)
        return replace(receipt_of_request(request, chosen.host), headers=chosen.shown_headers)

    # -- settings ----------------------------------------------------------------------------------------------

    @refuses_keys
    def use(self, profile: str | None = None, **options: Any) -> Settings:
        """Choose the server, the model and other options of all calls from now on; as `vision_magic.use`."""
        is_named = profile is not None and not (isinstance(profile, str) and not profile)
        chosen = {**options, **({"profile": profile} if is_named else {})}
        resolve(settings_in(merged_options({}, check_option_names(chosen))))
        self.state.options = chosen
        return self.settings()

    @refuses_keys
    def configure(self, **options: Any) -> dict[str, Any]:
        """Add options to those of all calls from now on; None removes an option.

        Returns
        -------
        dict
            All options that are now set.
        """
        merged = {
            name: value
            for name, value in merged_options(self.state.options, check_option_names(options)).items()
            if value is not None
        }
        resolve(settings_in(merged))
        for name, value in options.items():
            if name in FIELDS and value is not None:
                check_field(name, value)
        self.state.options = merged
        return dict(merged)

    @refuses_keys
    def settings(self, **options: Any) -> Settings:
        """Return the settings that a call with these options would use."""
        return split_options(options_per_model(options)[0], self.state.options)[0]

    def key(self, settings: Settings) -> Secret | None:
        """Return the key for the server that settings name; None if it needs none or none is set."""
        return self.state.keys.find(settings.key_env, settings.origin)

    @refuses_keys
    def endpoint(self, **options: Any) -> Endpoint:
        """Return the endpoint of the server that a call with these options would use."""
        from vision_magic.session.endpoints import endpoint

        chosen, call_options = split_options(options, self.state.options)
        return endpoint(chosen, call_options, self.state)

    # -- stores ------------------------------------------------------------------------------------------------

    def keep(self, on: bool | None = True) -> bool:
        """Keep answers for equal questions, or stop keeping them; as `vision_magic.keep`."""
        return self.state.cache.keep(on)

    def log(self, where: str | Path | bool | None = True) -> Path | None:
        """Log every exchange from now on, or stop logging; as `vision_magic.log`."""
        return self.state.log.use(where)

    def recording(
        self, path: str | Path, mode: str = "once", *, speed: float = 1.0, images: bool = False
    ) -> AbstractContextManager[Recording]:
        """Use a recording inside a ``with`` block; as `vision_magic.recording`."""
        return self.state.recordings.recording(path, mode, speed=speed, images=images)

    def usage(self) -> UsageReport:
        """Return the tokens and costs so far; as `vision_magic.usage`."""
        chosen = self.settings()
        return UsageReport(self.state.ledger.records, chosen.prices, chosen.max_tokens_total)


def _in_a_loop() -> bool:
    """Whether an asyncio event loop is running in this thread."""
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

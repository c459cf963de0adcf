"""Where does an answer appear? In an output that grows, in one at its end, or as text: three views of one stream.

A notebook with a person before it gets the live view (`live`), at last replaced by the static bundle. A notebook run
by a program gets the static bundle only: such clients keep the first output and ignore updates. A terminal gets the
text as it comes.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Protocol

from vision_magic.chat.events import RefusalDelta, RetryScheduled, RetryStarted, TextDelta, ToolFinished, ToolStarted
from vision_magic.errors import SettingsError, VisionError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.render.incremental_markdown import IncrementalMarkdown
from vision_magic.render.markup import safe_html
from vision_magic.render.reasoning import answer_text
from vision_magic.render.receipt import receipt_html
from vision_magic.render.reply import output_metadata, reply_bundle, reply_text, status_line
from vision_magic.render.tool_call import tool_call_text
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from vision_magic.chat.events import Event
    from vision_magic.chat.receipt import Receipt
    from vision_magic.chat.reply import Choice, Reply
    from vision_magic.render.wire_trace import WireTrace

__all__ = [
    "View",
    "can_wait",
    "choose_mode",
    "has_content",
    "in_words",
    "show_dry_run",
    "show_image",
    "view_for",
    "wait_in_words",
    "wire_below",
]

_LOOK = 0.25  # seconds between two looks at the wire: its table is drawn whole each time

Mode = Literal["live", "static", "terminal"]


class View(Protocol):
    """What shows one answer."""

    def begin(self, asked: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Say who was asked, before anything has arrived; `stop` ends the call, from any thread.

        In the background no cell waits for the answer: interrupting the kernel would stop another one.
        """

    def sent(self) -> None:
        """Say that the question has gone out: its pictures are read and encoded."""

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Take one event; `reply` gives the reply so far, where it is needed."""

    def end(self, reply: Reply) -> None:
        """Show the reply as it stays, whole or not."""

    def fail(self, message: str) -> None:
        """Take the waiting line away: nothing arrived. A message is shown, where the cell cannot fail any more."""


def view_for(shell: Any) -> View:
    """Return the view for a shell: what ``VISION_MAGIC_DISPLAY`` says, else what the client can show."""
    mode = choose_mode(shell, os.environ.get("VISION_MAGIC_DISPLAY", "auto"))
    if mode == "live":
        from vision_magic.notebook.live import LiveView

        return LiveView()
    return _StaticView() if mode == "static" else _in_terminal()


def choose_mode(shell: Any, wish: str) -> Mode:
    """Return how answers are shown.

    Parameters
    ----------
    shell : InteractiveShell
        A kernel's shell tells whether its client takes part: nbval, nbclient and papermill send
        ``allow_stdin: false`` with each cell, JupyterLab, Notebook and VS Code send true.
    wish : {"auto", "live", "static"}
        ``auto`` decides by that.
    """
    if wish not in ("auto", "live", "static"):
        raise SettingsError(f"VISION_MAGIC_DISPLAY is {wish!r}; expected auto, live or static.")
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return "terminal"
    if wish == "auto":
        content = (kernel.get_parent() or {}).get("content", {})
        return "live" if content.get("allow_stdin") else "static"
    return "live" if wish == "live" else "static"


def can_wait(shell: Any) -> bool:
    """Whether an output can still change after its cell has ended: not in a notebook that a program runs."""
    return choose_mode(shell, os.environ.get("VISION_MAGIC_DISPLAY", "auto")) == "live"


def show_dry_run(shell: Any, receipt: Receipt, request: str) -> None:
    """Show what would be sent: the receipt, and the request as JSON without its data URIs."""
    text = f"{receipt}\n\n{request}"
    if getattr(shell, "kernel", None) is None:
        sys.stdout.write(clean_text(text) + "\n")
        return
    from IPython.display import display

    # A <pre> would be taken for output of ours by the page's style sheet; the language's colours help to read it.
    html = receipt_html(receipt, opened=True) + safe_html(f"```json\n{request}\n```")
    display({"text/html": html, "text/plain": clean_text(text)}, raw=True)


def show_image(image: Image | RemoteImage) -> None:
    """Show a picture as it would be sent."""
    from IPython.display import display

    if isinstance(image, RemoteImage):
        return  # never loaded by an output
    display({image.media_type: image.data, "text/plain": repr(image)}, raw=True)


@contextlib.contextmanager
def wire_below(shell: Any, trace: WireTrace) -> Iterator[Callable[[], None]]:
    """Show what travels below the answer, as it comes where a person sees it, and whole at the end."""
    if getattr(shell, "kernel", None) is None:
        yield lambda: None
        sys.stdout.write(f"\n{trace.text()}\n")
        return
    from IPython.display import display

    handle: Any = None
    looked = 0.0

    def look() -> None:
        nonlocal handle, looked
        if can_wait(shell) and time.monotonic() - looked > _LOOK:
            looked = time.monotonic()
            data = {"text/html": trace.html(done=False), "text/plain": ""}
            handle = handle.update(data, raw=True) or handle if handle else display(data, raw=True, display_id=True)

    try:
        yield look
    finally:
        data = {"text/html": trace.html(), "text/plain": trace.text()}
        if handle is None:
            display(data, raw=True)
        else:
            handle.update(data, raw=True)


class _StaticView:
    """One output, at the end."""

    def begin(self, asked: str, stop: Callable[[], None], *, background: bool = False) -> None:
        pass

    def sent(self) -> None:
        pass

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        pass

    def end(self, reply: Reply) -> None:
        from IPython.display import display

        # Raw: given to Markdown or HTML objects, a text that names a file or address would be read or fetched.
        display(reply_bundle(reply), raw=True, metadata=output_metadata(reply))

    def fail(self, message: str) -> None:
        pass


class _TerminalView:
    """Text as it comes, then the line that says who answered; several choices one after another, at the end."""

    def __init__(self) -> None:
        self._printed = False
        self._shown = 0  # characters of this round's text

    def begin(self, asked: str, stop: Callable[[], None], *, background: bool = False) -> None:
        pass

    def sent(self) -> None:
        pass

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        if isinstance(event, RetryScheduled):
            sys.stdout.write(wait_in_words(event) + "\n")
        elif isinstance(event, TextDelta | RefusalDelta) and event.choice == 0:
            self._write(event.text, reply)
            self._printed = True
        elif isinstance(event, ToolStarted):
            self._break(reply())
        elif isinstance(event, ToolFinished):
            sys.stdout.write(f"{tool_call_text(event.call)}\n")
            self._printed = True

    def _break(self, reply: Reply) -> None:
        """End the text of this round: a person may be asked now, and a call is shown below it."""
        self._shown = 0
        if answer_text(reply.choices[0]):
            sys.stdout.write("\n")

    def _write(self, text: str, reply: Callable[[], Reply]) -> None:
        choice = reply().choices[0]
        if not choice.refusal:
            answer = answer_text(choice)  # without the thoughts in a tag before it
            text, self._shown = answer[self._shown :], len(answer)
        sys.stdout.write(clean_text(text))
        sys.stdout.flush()

    def end(self, reply: Reply) -> None:
        streamed = self._printed and len(reply.choices) == 1 and all(call.outcome for call in reply.tool_calls)
        rest = status_line(reply) if streamed else reply_text(reply)
        sys.stdout.write(("\n\n" if self._printed else "") + rest + "\n")

    def fail(self, message: str) -> None:
        if message:
            sys.stdout.write(clean_text(message) + "\n")


class _RichView(_TerminalView):
    """The same with its Markdown shown as such: finished blocks stay, the open one is drawn again below them."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        super().__init__()
        self._console = Console()
        self._open = Live(console=self._console, transient=True, refresh_per_second=10)
        self._blocks = _plain_blocks()

    def _write(self, text: str, reply: Callable[[], Reply]) -> None:
        if not self._open.is_started:
            self._open.start()
        grown = self._blocks.update(_said(reply().choices[0]))
        # First, and at once: what is printed is drawn above it, and a block that is finished would be there twice.
        self._open.update(_Tail(_as_markdown(grown.open)), refresh=bool(grown.closed))
        for block in grown.closed:
            self._console.print(_as_markdown(block))

    def end(self, reply: Reply) -> None:
        self._finish(reply)
        super().end(reply)

    def _break(self, reply: Reply) -> None:
        self._finish(reply)
        self._blocks = _plain_blocks()

    def _finish(self, reply: Reply) -> None:
        if self._open.is_started:
            rest = self._blocks.update(_said(reply.choices[0]), final=True)
            self._open.stop()
            for block in (*rest.closed, rest.open):
                self._console.print(_as_markdown(block))

    def fail(self, message: str) -> None:
        self._open.stop()
        super().fail(message)


def _said(choice: Choice) -> str:
    """Return what a choice answers, and with which words it declines."""
    return "\n\n".join(words for words in (answer_text(choice), choice.refusal) if words)


class _Tail:
    """The last lines of what is drawn, as many as the window has: where the words come."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
        from rich.segment import Segment

        for line in console.render_lines(self._inner, options, pad=False)[1 - console.height :]:
            yield from line
            yield Segment.line()


def _plain_blocks() -> IncrementalMarkdown:
    # Cleaned before it is shown: rich lets control characters through.
    return IncrementalMarkdown(lambda text, links: clean_text(text))


def _as_markdown(text: str) -> Any:
    from rich.markdown import Markdown

    # A link shows where it leads, and the terminal follows none by itself.
    shown = Markdown("", hyperlinks=False)
    shown.parsed = _parser().parse(text)
    _clean(shown.parsed)
    return shown


@functools.cache
def _parser() -> MarkdownIt:
    """Return a parser of ours: rich's takes HTML for markup, leaves it out, and fails at a tag that closes nothing."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _clean(tokens: Iterable[Any]) -> None:
    """Clean what was read once more: an entity such as &#x202e; is a character only now."""
    for token in tokens:
        token.content = clean_text(token.content)
        _clean(token.children or ())


def _in_terminal() -> View:
    """Return the view of a terminal: plain where the output goes to a file, or without rich."""
    if not sys.stdout.isatty() or importlib.util.find_spec("rich") is None:
        return _TerminalView()
    return _RichView()


def in_words(error: Exception) -> str:
    """Return an error for the person: its message, and its kind where it is none of ours."""
    kind = "" if isinstance(error, VisionError) else f"{type(error).__name__}: "
    return clean_text(f"{kind}{error}")


def has_content(reply: Reply) -> bool:
    """Whether anything of an answer has arrived that can be shown."""
    return bool(reply.rounds) or any(
        choice.text or choice.reasoning or choice.refusal or choice.tool_calls for choice in reply.choices
    )


def wait_in_words(event: RetryScheduled | RetryStarted) -> str:
    """Return why a call is tried again, and when; after the pause, what is waited for."""
    if isinstance(event, RetryStarted):
        return "asked again, waiting for the first token"
    return clean_text(f"trying again in {event.seconds:.1f} s · {event.reason}")

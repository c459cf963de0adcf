"""Views for a terminal: plain text as it arrives, or rendered Markdown in an interactive terminal with rich.

A typed answer is printed when it is complete: half of it is no value, and a quiz must not show its answers.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.events import RefusalDelta, RetryScheduled, TextDelta, ToolFinished, ToolStarted
from vision_magic.notebook.views.base import View, format_retry
from vision_magic.render.citations import citations_text
from vision_magic.render.highlighting import lexer_name
from vision_magic.render.incremental_markdown import IncrementalMarkdown
from vision_magic.render.limits import use_limits
from vision_magic.render.output_images import output_images_text
from vision_magic.render.reasoning import answer_text
from vision_magic.render.reply import cautions_text, reply_text, status_line
from vision_magic.render.tool_call import tool_call_text
from vision_magic.render.value_table import value_text
from vision_magic.text import TextCleaner, clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Choice, Reply

__all__ = ["RichView", "TextView", "terminal_view"]

_MAX_BLOCK: Final = 50_000  # characters of a block whose Markdown is rendered


def terminal_view() -> View:
    """Return a new view for this terminal: plain text if the output goes to a file or rich is missing."""
    if not sys.stdout.isatty() or importlib.util.find_spec("rich") is None:
        return TextView()
    return RichView()


class TextView(View):
    """Plain text as it arrives, the status line, and that of the receipt; several choices are printed at the end."""

    def __init__(self) -> None:
        self._printed = False
        self._cautioned = False
        self._shown = 0  # characters of this round's text
        self._cleaner = TextCleaner()

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Print what the event adds."""
        if isinstance(event, RetryScheduled):
            sys.stdout.write(format_retry(event) + "\n")
        elif isinstance(event, TextDelta | RefusalDelta) and event.choice == 0:
            self._add(event.text, reply)
        elif isinstance(event, ToolStarted):
            self._end_round(reply())
        elif isinstance(event, ToolFinished):
            sys.stdout.write(f"{tool_call_text(event.call)}\n")
            self._printed = True

    def _add(self, text: str, reply: Callable[[], Reply]) -> None:
        if reply().schema is None:
            if not self._cautioned:
                self._cautioned = True
                sys.stdout.write("".join(f"{text}\n\n" for text in [cautions_text(reply())] if text))
            self._write(text, reply)
            self._printed = True

    def _end_round(self, reply: Reply) -> None:
        """End the text of this round, since approval may be requested next, and the call is shown below."""
        self._shown = 0
        said = answer_text(reply.choices[0])
        sys.stdout.write(self._cleaner.end() if reply.schema is None else clean_text(said))
        if said:
            sys.stdout.write("\n")

    def _write(self, text: str, reply: Callable[[], Reply]) -> None:
        choice = reply().choices[0]
        if not choice.refusal:
            answer = answer_text(choice)  # without reasoning in a tag before it
            text, self._shown = answer[self._shown :], len(answer)
        sys.stdout.write(self._cleaner.feed(text))
        sys.stdout.flush()

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Print everything that was not printed as it arrived, then the status line."""
        sys.stdout.write(self._cleaner.end())
        streamed = self._printed and not plain and all(call.outcome for call in reply.tool_calls)
        if reply.schema is not None:
            rest = reply_text(_filled(replace(reply, rounds=()) if streamed else reply))  # their calls are above
        elif streamed and len(reply.choices) == 1:
            rest = "\n\n".join(_after_text(reply))
        else:
            above = streamed and not (reply.rounds or reply.choices[0].refusal)
            rest = reply_text(reply, first_is_above=above)
        receipt = f"\n{_receipt_line(reply)}" if reply.request else ""
        sys.stdout.write(("\n\n" if self._printed else "") + rest + receipt + "\n")

    def fail(self, message: str) -> bool:
        """Print the message."""
        if message:
            sys.stdout.write(clean_text(message) + "\n")
        return False


class RichView(TextView):
    """Rendered Markdown: finished blocks are printed once, and the open block is redrawn below them."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        super().__init__()
        self._console = Console()
        self._open = Live(console=self._console, transient=True, refresh_per_second=10)
        self._blocks = _plain_blocks()
        self._drawn = ""  # the open block that is drawn

    def _add(self, text: str, reply: Callable[[], Reply]) -> None:
        super()._add(text, reply)
        if (so_far := reply()).schema is not None:
            self._start()
            text = reply_text(_filled(replace(so_far, rounds=())), status="")
            self._open.update(_Tail(functools.partial(_as_text, text)))

    def _start(self) -> None:
        if not self._open.is_started:
            self._open.start()

    def _write(self, text: str, reply: Callable[[], Reply]) -> None:
        self._start()
        grown = self._blocks.update(_text_and_refusal(reply().choices[0]))
        if grown.closed or grown.open is not self._drawn:
            self._drawn = grown.open
            # Before printing, and immediately if a block is finished, which would otherwise be in the open part too.
            self._open.update(_Tail(functools.partial(_as_markdown, grown.open)), refresh=bool(grown.closed))
        for block in grown.closed:
            self._console.print(_as_markdown(block))

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Print the open block and the status line."""
        if plain:
            self._open.stop()
        else:
            self._finish(reply)
        super().end(reply, plain=plain)

    def _end_round(self, reply: Reply) -> None:
        self._finish(reply)
        self._blocks = _plain_blocks()

    def _finish(self, reply: Reply) -> None:
        if self._open.is_started and reply.schema is not None:
            self._open.stop()
        elif self._open.is_started:
            rest = self._blocks.update(_text_and_refusal(reply.choices[0]), final=True)
            self._open.stop()
            for block in (*rest.closed, rest.open):
                self._console.print(_as_markdown(block))

    def fail(self, message: str) -> bool:
        """Remove the open block and print the message."""
        self._open.stop()
        return super().fail(message)


def _receipt_line(reply: Reply) -> str:
    """Return what a notebook shows of the receipt while it is folded, and how to unfold it."""
    return f"Receipt: {reply.receipt.summary} · print(_vision.receipt) shows it"


def _filled(reply: Reply) -> Reply:
    """Return a typed reply with its values as far as they have come, in place of the JSON that the model writes."""
    assert reply.schema is not None
    values = ((choice, reply.schema.read_partial(answer_text(choice))) for choice in reply.choices)
    choices = tuple(choice if value is None else replace(choice, text=value_text(value)) for choice, value in values)
    return replace(reply, choices=choices)


def _after_text(reply: Reply) -> Iterator[str]:
    """Yield what follows the text of an answer that was printed as it arrived: its images and its sources."""
    choices = (*(earlier.choices[0] for earlier in reply.rounds), *reply.choices)
    yield from filter(None, map(output_images_text, choices))
    if sources := citations_text(reply.choices[0]):
        yield clean_text(sources)
    yield status_line(reply)


def _text_and_refusal(choice: Choice) -> str:
    return "\n\n".join(part for part in (answer_text(choice), choice.refusal) if part)


class _Tail:
    """The last lines of a renderable that fit into the window, since it grows at the end.

    It is made when it is first drawn: more words may arrive before that.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._inner = functools.cache(make)

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
        from rich.segment import Segment

        for line in console.render_lines(self._inner(), options, pad=False)[1 - console.height :]:
            yield from line
            yield Segment.line()


def _plain_blocks() -> IncrementalMarkdown:
    # Cleaned, since rich prints control characters unchanged.
    return IncrementalMarkdown(lambda text, links: clean_text(text))


def _as_text(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def _as_markdown(text: str) -> Any:
    from rich.markdown import Markdown

    if len(text) > _MAX_BLOCK:
        return _as_text(text)
    # Without hyperlinks: the address of a link is shown as text, and the terminal opens nothing.
    shown = Markdown("", hyperlinks=False)
    shown.parsed = _parser().parse(text)
    _clean(shown.parsed)
    return shown


@functools.cache
def _parser() -> MarkdownIt:
    """Return a parser that shows HTML as text; rich's parser omits it, and fails on an unmatched closing tag."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    use_limits(parser)
    return parser


def _clean(tokens: Iterable[Any]) -> None:
    """Clean the text of parsed tokens, since an entity such as &#x202e; becomes a character during parsing.

    Code keeps its language only if it can be coloured quickly.
    """
    for token in tokens:
        token.content = clean_text(token.content)
        if token.type == "fence":
            token.info = lexer_name(token.content, token.info.strip().partition(" ")[0]) or "text"
        _clean(token.children or ())

"""Terminal views: plain text as it arrives, and rendered Markdown in an interactive terminal."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable

import pytest
import rich.console

from tests.render.hostile import CORPUS, DEEP
from tests.render.pages import UNSAFE
from vision_magic.chat.citations import Citation
from vision_magic.chat.events import ImageReceived, RefusalDelta, RetryScheduled, TextDelta
from vision_magic.chat.reply import Caution, Choice, Reply
from vision_magic.chat.schema import as_schema
from vision_magic.images.image import Image
from vision_magic.notebook.views import terminal
from vision_magic.text import clean_text


class Window(io.StringIO):
    """A terminal: it keeps all that was written, also what was drawn over."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def reply_of(text: str) -> Callable[[], Reply]:
    return lambda: Reply(choices=(Choice(text=text, finish_reason="stop"),), model="model-1", host="example.org")


def played(out: io.StringIO, text: str, step: int = 7, *, slow: bool = False) -> str:
    """Return what a terminal gets while a text is written into it; slowly, each step is drawn."""
    with contextlib.redirect_stdout(out):
        view = terminal.terminal_view()
        view.begin("model-1 · example.org", lambda: None)
        view.event(RetryScheduled(1.0, "busy"), reply_of(""))
        for start in range(0, len(text), step):
            view.event(TextDelta(text[start : start + step]), reply_of(text[: start + step]))
            if slow:
                view._open.refresh()  # type: ignore[attr-defined]
        view.end(reply_of(text)())
    return out.getvalue()


def without_styles(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


TEXT = "# Peaks\n\nThe *north* one is [here](https://example.org/x).\n\n- a\n- b\x1b[2J\n\nThe end."


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    return Window()


def test_a_refusal_is_shown_in_a_window_too(window: Window) -> None:
    reply = Reply(choices=(Choice(refusal="I must not\x1b[2J say."),), model="model-1", host="example.org")
    with contextlib.redirect_stdout(window):
        view = terminal.terminal_view()
        view.begin("model-1 · example.org", lambda: None)
        view.event(RefusalDelta("I must not\x1b[2J say."), lambda: reply)
        view.end(reply)
    assert "I must not␛[2J say." in window.getvalue()


def test_a_window_shows_markdown_and_obeys_nothing_in_it(window: Window) -> None:
    shown = played(window, TEXT)
    assert "\x1b[2J" not in shown
    assert "]8;" not in shown  # no link that the terminal would open
    plain = without_styles(shown)
    for words in ("Peaks", "north one is here (https://example.org/x)", "• b␛[2J", "The end.", "model-1 · example.org"):
        assert words in plain
    assert "*north*" not in plain


def test_a_window_and_a_file_name_the_pictures_of_an_answer(window: Window) -> None:
    image = Image(data=b"", media_type="image/png", width=1024, height=768)
    reply = Reply(choices=(Choice(text="Here:", output_images=(image,)),), model="model-1", host="example.org")
    for out in (window, io.StringIO()):
        with contextlib.redirect_stdout(out):
            view = terminal.terminal_view()
            view.begin("model-1 · example.org", lambda: None)
            view.event(TextDelta("Here:"), lambda: reply)
            view.event(ImageReceived(image), lambda: reply)
            view.end(reply)
        assert without_styles(out.getvalue()).count("[picture 1024 × 768]") == 1


@pytest.mark.parametrize("slow", [False, True])
def test_every_block_is_there_once_in_the_end(window: Window, slow: bool) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(40))
    plain = without_styles(played(window, text, step=300, slow=slow))
    places = [plain.rindex(f"Paragraph {number}.") for number in range(40)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "text",
    ["A List<int> or <class 'str'>.", "<div>\nIn a block.\n</div>", "Press </kbd> now.", "<kbd>x", "a < b & c > d"],
)
def test_what_looks_like_html_is_shown_as_it_is(window: Window, text: str) -> None:
    shown = without_styles(played(window, text, slow=True))
    assert "".join(text.split()) in "".join(shown.split())


@pytest.mark.parametrize(
    "source", [pytest.param(source, id=repr(source[:40])) for source in CORPUS if source not in DEEP]
)
def test_no_hostile_text_steers_a_window(window: Window, source: str) -> None:
    console = rich.console.Console(file=window, width=60, color_system=None)
    console.print(terminal._as_markdown(clean_text(source)))
    assert not UNSAFE.search(without_styles(window.getvalue()))


def test_a_file_gets_plain_text() -> None:
    said = played(io.StringIO(), TEXT)
    assert "The *north* one" in said
    assert "\x1b" not in said
    assert said.endswith("model-1 · example.org\n")


def test_without_rich_a_window_gets_plain_text(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal.importlib.util, "find_spec", lambda name: None)
    assert "The *north* one" in played(window, TEXT)


def test_the_sources_of_an_answer_follow_its_text() -> None:
    choice = Choice(text="Yes.", citations=(Citation(url="https://a.example/", title="A\x1b[2J"),))
    reply = Reply(choices=(choice,), model="model-1", host="example.org")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        view = terminal.terminal_view()
        view.event(TextDelta("Yes."), lambda: reply)
        view.end(reply)
    assert out.getvalue() == "Yes.\n\nSources:\n1. A␛[2J <https://a.example/>\n\nmodel-1 · example.org\n"


@pytest.mark.parametrize("is_window", [False, True])
def test_what_must_be_known_first_is_printed_above_the_answer_once(window: Window, is_window: bool) -> None:
    out = window if is_window else io.StringIO()
    reply = Reply(choices=(Choice(text="Yes."),), model="m", host="h", notes=(Caution("old figure"), "a note"))
    with contextlib.redirect_stdout(out):
        view = terminal.terminal_view()
        view.event(TextDelta("Yes."), lambda: reply)
        view.end(reply)
    shown = without_styles(out.getvalue())
    assert shown.startswith("Old figure.\n\nYes.")
    assert shown.endswith("m · h · a note\n")
    assert shown.count("ld figure") == 1


def test_an_error_ends_the_drawing(window: Window) -> None:
    with contextlib.redirect_stdout(window):
        view = terminal.terminal_view()
        view.begin("m", lambda: None)
        view.event(TextDelta("Half"), reply_of("Half"))
        view.fail("It broke.\x1b")
    assert "It broke.␛" in window.getvalue()


def test_thoughts_in_a_tag_are_not_written_into_a_terminal() -> None:
    shown = played(io.StringIO(), "<think>Hm, a line.</think>\n\nIt rises.")
    assert "It rises." in shown
    assert "think" not in shown
    assert "Hm" not in shown


def test_of_a_block_that_is_longer_than_the_window_the_end_is_seen_while_it_grows(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINES", "10")
    tail = terminal._Tail(lambda: "\n".join(f"line {number}" for number in range(50)))
    console = rich.console.Console(file=window, width=60, height=10)
    console.print(tail)
    plain = without_styles(window.getvalue())
    assert plain.split() == " ".join(f"line {number}" for number in range(41, 50)).split()


def written(out: io.StringIO, kind: str, *parts: str) -> str:
    """Return what a terminal has in the end of a typed answer, and what was drawn over."""

    def reply(number: int) -> Callable[[], Reply]:
        choice = Choice(text="".join(parts[:number]), finish_reason="stop")
        return lambda: Reply(choices=(choice,), model="m", host="h", schema=as_schema(kind))

    with contextlib.redirect_stdout(out):
        view = terminal.terminal_view()
        for number, part in enumerate(parts, 1):
            view.event(TextDelta(part), reply(number))
        view.end(reply(len(parts))())
    return without_styles(out.getvalue())


@pytest.mark.parametrize("is_window", [False, True])
def test_a_quiz_in_a_terminal_never_shows_its_answers(window: Window, is_window: bool) -> None:
    parts = ('[{"question": "Which is higher?", ', '"answer": "The red one."}', "]")
    shown = written(window if is_window else io.StringIO(), "[question, answer]", *parts)
    assert shown.endswith("1. Which is higher?\nThe answers: reply.value.\n\nm · h\n")
    assert "red" not in shown
    assert "{" not in shown


def test_a_typed_answer_is_printed_once_when_it_is_complete(window: Window) -> None:
    answer = ("title, peak: float", '{"title": "Rain", ', '"peak": 3.5}')
    expected = '{\n  "title": "Rain",\n  "peak": 3.5\n}\n\nm · h\n'
    assert written(io.StringIO(), *answer) == expected
    assert written(window, *answer).endswith(expected)


def test_n10_the_first_of_several_choices_is_printed_once() -> None:
    choices = (Choice(text="North.", finish_reason="stop"), Choice(text="South.", finish_reason="stop"))
    reply = Reply(choices=choices, model="model-1", host="example.org")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        view = terminal.terminal_view()
        view.event(TextDelta("North."), lambda: reply)
        view.event(TextDelta("South.", choice=1), lambda: reply)
        view.end(reply)
    shown = out.getvalue()
    assert shown == "North.\n\nChoice 1 of 2: above\n\nChoice 2 of 2\nSouth.\n\nmodel-1 · example.org\n"

"""Rendering of a reply: the status line, several choices, reasoning, refusals and tool calls."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.render.pages import TAGS, Page, assert_harmless, without_ours
from vision_magic.chat.citations import Citation
from vision_magic.chat.messages import ToolCall, user_message
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Timing, Usage
from vision_magic.images.image import Image
from vision_magic.render.reply import choice_label, reply_bundle, reply_html, reply_text, status_line

STYLES = {
    *(
        "border-left",
        "padding-left",
        "padding-bottom",
        "margin-bottom",
        "color",
        "font-size",
        "line-height",
        "margin-top",
        "position",
    ),
    *("display", "grid-template-columns", "column-gap", "min-width"),
}
TIMING = Timing(time_to_first_token=0.5, total=2.14, tokens_per_second=48.6)


def reply_of(text: str = "The peak is 3.", *, finish_reason: str | None = "stop", **more: Any) -> Reply:
    fields = {
        "model": "model-1",
        "host": "api.example.org",
        "choices": (Choice(text=text, finish_reason=finish_reason),),
    }
    return Reply(**{**fields, **more})


def harmless(reply: Reply, **how: Any) -> Page:
    return assert_harmless(without_ours(reply_html(reply, **how)), tags=TAGS | {"details", "summary"}, styles=STYLES)


# The status line


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        pytest.param(reply_of(), "model-1 · api.example.org", id="stop needs no word"),
        pytest.param(reply_of(finish_reason=None), "model-1 · api.example.org", id="no finish reason"),
        pytest.param(reply_of(finish_reason="tool_calls"), "model-1 · api.example.org", id="tool calls"),
        pytest.param(
            reply_of(finish_reason="length"), "model-1 · api.example.org · cut by the token limit", id="token limit"
        ),
        pytest.param(
            reply_of(finish_reason="content_filter"),
            "model-1 · api.example.org · stopped by the server's content filter",
            id="content filter",
        ),
        pytest.param(reply_of(state="interrupted"), "model-1 · api.example.org · interrupted", id="interrupted"),
        pytest.param(reply_of(state="truncated"), "model-1 · api.example.org · incomplete", id="truncated"),
        pytest.param(
            reply_of(finish_reason="length", state="interrupted"),
            "model-1 · api.example.org · interrupted",
            id="the person's stop wins",
        ),
        pytest.param(
            reply_of(timing=TIMING), "model-1 · api.example.org · 2.1 s · 49 tokens/s", id="time and counted speed"
        ),
        pytest.param(reply_of(timing=Timing(total=0.04)), "model-1 · api.example.org · 0.0 s", id="at once"),
        pytest.param(
            reply_of(timing=TIMING, finish_reason="length"),
            "model-1 · api.example.org · 2.1 s · 49 tokens/s · cut by the token limit",
            id="all of it",
        ),
        pytest.param(
            reply_of(timing=TIMING, reproducible=True, finish_reason="length"),
            "model-1 · api.example.org · cut by the token limit",
            id="reproducible",
        ),
        pytest.param(Reply(), "unknown model", id="nothing known"),
    ],
)
def test_the_status_line_says_who_answered_and_how_it_ended(reply: Reply, line: str) -> None:
    assert status_line(reply) == line


def test_a_choice_that_was_cut_is_told_whichever_it_was() -> None:
    choices = (Choice(text="a", finish_reason="stop"), Choice(text="b", finish_reason="length"))
    assert status_line(reply_of(choices=choices)).endswith(" · cut by the token limit")


def test_a_model_name_of_several_lines_stays_on_one() -> None:
    assert status_line(Reply(model="a\nb\tc", host="d\ne")) == "a b c · d e"


# The bundle


def test_the_bundle_holds_html_and_text_and_nothing_else() -> None:
    reply = reply_of()
    assert reply_bundle(reply) == {"text/html": reply_html(reply), "text/plain": reply_text(reply)}
    assert set(reply_bundle(reply)) == {"text/html", "text/plain"}
    assert reply._repr_mimebundle_() == reply_bundle(reply)


def test_a_reproducible_bundle_holds_no_time() -> None:
    """A notebook that is run again gives the same outputs, to the letter."""
    once, again = (
        reply_bundle(reply_of(reproducible=True, timing=timing))
        for timing in (TIMING, Timing(time_to_first_token=9.0, total=99.9))
    )
    assert once == again
    assert reply_bundle(reply_of(timing=TIMING)) != reply_bundle(reply_of(timing=Timing(total=99.9)))


def asked(image: Image) -> ChatRequest:
    return ChatRequest(model="m", messages=(user_message("What?", image),))


def test_no_picture_is_in_the_bundle() -> None:
    image = Image(data=b"\x00" * 3000, media_type="image/png", width=1, height=1)
    usage = Usage(prompt_tokens=1, raw={"picture": image.data_uri})
    assert not [
        value for value in reply_bundle(reply_of(request=asked(image), usage=usage)).values() if "AAAA" in value
    ]


# HTML


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        pytest.param("SAFETY", "stopped by the server's content filter (SAFETY)", id="C5 SAFETY"),
        pytest.param("model_length", "cut by the token limit (model_length)", id="C5 model_length"),
        pytest.param("OTHER", "finish reason OTHER", id="C5 not known"),
        pytest.param("<b>", "finish reason <b>", id="C5 hostile"),
    ],
)
def test_c5_the_line_says_how_an_answer_ended_in_any_servers_words(reason: str, words: str) -> None:
    one = reply_of(choices=(Choice(text="a", finish_reason=reason),))
    assert status_line(one).endswith(f" · {words}")
    assert "<b>" not in reply_html(one)
    several = reply_of(choices=(Choice(text="a", model="m", finish_reason=reason), Choice(text="b", model="n")))
    assert words in choice_label(several, 0)


@pytest.mark.parametrize("host", ["in this process", "recorded 2026-11-28, in this process"])
def test_the_line_of_the_embedded_reader_says_that_it_is_not_a_language_model(host: str) -> None:
    assert "not a language model" in status_line(Reply(model="embedded-reader", host=host))
    assert "not a language model" not in status_line(Reply(model="embedded-reader", host="models.example"))
    assert "not a language model" not in status_line(Reply(model="other", host=host))


def test_the_answer_stands_below_its_status_line() -> None:
    assert harmless(reply_of("# Peak\n\nIt is *3*.")).text.split("\n") == [
        "model-1 · api.example.orgPeak",
        "It is 3.",
        "",
    ]


def test_a_status_of_ones_own_takes_the_place_of_the_made_one() -> None:
    page = harmless(reply_of(), status="waiting <b>1 s</b>")
    assert page.words[0].text == "waiting <b>1 s</b>"
    assert "api.example.org" not in page.text


def test_no_status_is_no_status() -> None:
    assert harmless(reply_of(), status="").text.strip() == "The peak is 3."


def test_a_live_reply_has_the_accent_at_its_left() -> None:
    live, done = (harmless(reply_of(), live=live).tags[0]["style"] for live in (True, False))
    assert "--jp-brand-color1" in live
    assert "--jp-brand-color1" not in done


def test_only_the_themes_colours_are_used() -> None:
    styles = [tag["style"] for tag in harmless(full_reply()).tags if tag["style"]]
    assert styles
    for rule in (rule for style in styles for rule in style.split(";") if "color" in rule or "border" in rule):
        assert "var(--jp-" in rule


def test_reasoning_is_folded_away() -> None:
    page = harmless(reply_of(choices=(Choice(text="Yes.", reasoning="First, <b>I</b>\nlook."),)))
    assert [tag.attributes for tag in page.named("details")] == [()]  # not open
    folded = [words.text for words in page.words if "details" in words.inside]
    assert folded == ["Reasoning", "First, <b>I</b>", "look."]
    assert len(page.named("br")) == 1


def test_there_is_nothing_folded_without_reasoning() -> None:
    assert harmless(reply_of()).named("details") == []


def test_a_refusal_is_shown_and_said_to_be_one() -> None:
    reply = reply_of(choices=(Choice(refusal="I'm sorry, <no>."),))
    assert "Refused: I'm sorry, <no>." in harmless(reply).text
    assert "Refused: I'm sorry, <no>." in reply_text(reply)


def test_tool_calls_are_shown_escaped() -> None:
    call = ToolCall(id="a", name="look<script>", arguments='{"x": "</code><img src=x>"}')
    reply = reply_of(choices=(Choice(tool_calls=(call,)),))
    page = harmless(reply)
    assert page.code == "look<script>(x='</code><img src=x>')"
    assert "calls look<script>(x='</code><img src=x>')" in reply_text(reply)


@pytest.mark.parametrize(
    ("page", "shown", "text"),
    [
        pytest.param(Citation(url="https://a.example/x", title="<b>A</b> & $x$"), "<b>A</b> & $x$ (a.example)",
                     "1. <b>A</b> & $x$ <https://a.example/x>", id="a title"),
        pytest.param(Citation(url="https://a.example/x"), "https://a.example/x", "1. <https://a.example/x>", id="none"),
        pytest.param(Citation(url="https://bank.example@evil.example/x"),
                     "https://bank.example@evil.example/x (evil.example)",
                     "1. <https://bank.example@evil.example/x>", id="a user name"),
        pytest.param(Citation(url="https://evil.example/", title="https://bank.example/"),
                     "https://bank.example/ (evil.example)",
                     "1. https://bank.example/ <https://evil.example/>", id="another address as its title"),
        pytest.param(Citation(url='https://a.example/"onclick="x', title='"'), '" (a.example)',
                     '1. " <https://a.example/"onclick="x>', id="quotes"),
    ],
)  # fmt: skip
def test_sources_are_links_that_show_their_hosts(page: Citation, shown: str, text: str) -> None:
    reply = reply_of(choices=(Choice(text="Yes.", citations=(page,)),))
    seen = harmless(reply)
    [link] = seen.named("a")
    assert link["href"] == page.url
    assert f"Sources{shown}" in seen.text.replace("\n", "")
    assert f"Yes.\nSources:\n{text}\n" in reply_text(reply)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https:/logout", "data:text/html,x", "https://[", "a.example"])
def test_a_source_that_leads_nowhere_is_text(url: str) -> None:
    seen = harmless(reply_of(choices=(Choice(text="Yes.", citations=(Citation(url=url, title="A"),)),)))
    assert seen.named("a") == []
    assert "SourcesA" in seen.text.replace("\n", "")


def test_hidden_characters_of_a_source_are_made_visible() -> None:
    page = Citation(url="https://a.example/\u202e", title="A\u202eB\x1b[31m")
    reply = reply_of(choices=(Choice(text="Yes.", citations=(page,)),))
    for shown in (reply_html(reply), reply_text(reply)):
        assert "\u202e" not in shown
        assert "\x1b" not in shown


def full_reply() -> Reply:
    call = ToolCall(id="a", name="zoom", arguments="{}")
    first = Choice(text="One.", reasoning="hm", finish_reason="stop")
    second = Choice(text="Two.", refusal="No.", tool_calls=(call,), finish_reason="stop")
    return reply_of(choices=(first, second), timing=TIMING)


def test_several_choices_are_labelled_in_order() -> None:
    words = [words.text for words in harmless(full_reply()).words if words.text.strip()]
    assert [word for word in words if word in ("Choice 1 of 2", "One.", "Choice 2 of 2", "Two.")] == [
        "Choice 1 of 2",
        "One.",
        "Choice 2 of 2",
        "Two.",
    ]


def test_one_choice_needs_no_label() -> None:
    assert "Choice" not in harmless(reply_of()).text
    assert "Choice" not in reply_text(reply_of())


# Text


def test_the_text_is_the_answer_and_then_who_gave_it() -> None:
    assert reply_text(reply_of("\nThe peak is *3*.\n\n")) == "The peak is *3*.\n\nmodel-1 · api.example.org"


def test_the_text_of_several_choices_is_labelled() -> None:
    assert reply_text(full_reply()) == (
        "Choice 1 of 2\nOne.\n\n"
        "Choice 2 of 2\nTwo.\nRefused: No.\ncalls zoom()\n\n"
        "model-1 · api.example.org · 2.1 s · 49 tokens/s"
    )


def test_the_text_of_an_empty_reply_is_its_status_line() -> None:
    assert reply_text(Reply()) == "unknown model"


def test_the_text_holds_no_control_characters() -> None:
    evil = "a\x1b[2J\u202eb\x07"
    call = ToolCall(name=evil, arguments=evil)
    reply = Reply(choices=(Choice(text=evil, refusal=evil, tool_calls=(call,)),) * 2, model=evil, host=evil)
    assert not set(reply_text(reply)) & set("\x1b\u202e\x07")


def test_a_terminal_prints_the_same_text() -> None:
    class Printer:
        said = ""

        def text(self, words: str) -> None:
            self.said += words

    printer = Printer()
    full_reply()._repr_pretty_(printer, cycle=False)
    assert printer.said == reply_text(full_reply())


def test_what_was_sent_otherwise_stands_above_the_answer() -> None:
    reply = Reply(model="m", host="h", notes=("max_tokens sent as max_completion_tokens",))
    assert status_line(reply) == "m · h · max_tokens sent as max_completion_tokens"


def test_the_copy_button_holds_the_answer_as_it_was_written_all_rounds_and_choices() -> None:
    text = '# Peak\n\n"a" < $b$ & *c*'
    shown = reply_html(reply_of(choices=(Choice(text=text), Choice(text="<think>no</think>Other."))))
    [source] = re.findall(r'data-source="([^"]*)"', shown)
    assert "\n" not in source
    assert html.unescape(source) == f"{text}\n\nOther."


def test_a_reply_shows_itself_as_html_wherever_it_comes_from() -> None:
    """A reply that was unpickled in a fresh kernel, say: nothing has loaded a renderer."""
    program = "import vision_magic as vm; print(*vm.Reply()._repr_mimebundle_(), *vm.Receipt()._repr_mimebundle_())"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["text/html", "text/plain"] * 2

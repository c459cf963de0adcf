"""Tokens coloured by probability, and given answers with bars; hostile tokens are shown as text."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.render.hostile import HTML
from tests.render.pages import TAGS, Page, assert_harmless
from vision_magic.chat.reply import Choice
from vision_magic.render.probabilities import chosen_html, probabilities_html, probability, tokens_html

STYLES = {
    *("color", "white-space", "line-height", "overflow-wrap", "background", "border-bottom", "border-collapse"),
    *("margin", "padding", "text-align", "border", "font-weight", "font-size", "width", "height"),
    "font-variant-numeric",
}


def token(text: Any, share: float, *others: tuple[str, float]) -> dict[str, Any]:
    top = [{"token": name, "logprob": math.log(other)} for name, other in others]
    return {"token": text, "logprob": math.log(share), "top_logprobs": top}


def page(html: str) -> Page:
    return assert_harmless(html, tags=TAGS | {"details", "summary"}, styles=STYLES)


@pytest.mark.parametrize(
    ("logprob", "share"),
    [(0.0, 1.0), (math.log(0.25), 0.25), (-9999.0, 0.0), (0.5, 1.0), (-math.inf, 0.0)],
)
def test_a_probability_is_read_from_its_logarithm(logprob: float, share: float) -> None:
    assert probability(logprob) == pytest.approx(share)


@pytest.mark.parametrize("logprob", [None, "0", True, math.nan, [0]])
def test_what_is_no_logarithm_is_none(logprob: object) -> None:
    assert probability(logprob) is None


def test_the_less_sure_the_stronger_the_ground_and_not_by_colour_alone() -> None:
    sure, unsure = (page(tokens_html([token("a", share)])).tags[1] for share in (0.999, 0.1))
    assert "background" not in sure["style"]
    assert "rgba(230,120,20,0.50)" in unsure["style"]
    assert "border-bottom:3px" in unsure["style"]
    assert sure["title"] == "99.9 %"


def test_what_else_it_might_have_said_stands_in_the_title() -> None:
    (span,) = page(tokens_html([token("yes", 0.6, ("yes", 0.6), ("no", 0.3))])).tags[1:]
    assert span["title"] == "60.0 %; most probable: 'yes' 60.0 %, 'no' 30.0 %"


def test_a_title_holds_no_markup() -> None:
    (span,) = page(tokens_html([token("$", 0.6, ("\n", 0.6), ("$", 0.3))])).tags[1:2]
    assert span["title"] == r"60.0 %; most probable: '\n' 60.0 %, '$' 30.0 %"


def test_the_fold_says_how_many_and_how_sure() -> None:
    html = probabilities_html(Choice(text="ab", logprobs=(token("a", 0.5), token("b", 1.0))), "color:red")
    assert "Probabilities: 2 tokens, 75 % sure on average" in [one.text for one in page(html).words]
    assert probabilities_html(Choice(text="ab"), "color:red") == ""


@pytest.mark.parametrize("hostile", [*HTML, "\x1b]52;c;x\x07", "\u202eabc", "\ud800"])
def test_hostile_tokens_are_words(hostile: str) -> None:
    page(tokens_html([token(hostile, 0.5, (hostile, 0.5))]))
    page(chosen_html(hostile, [(hostile, 0.5, hostile)], hostile))


@pytest.mark.parametrize(
    "broken", [{}, {"token": None}, {"token": 7, "logprob": "x", "top_logprobs": "y"}, {"top_logprobs": [None, 3, {}]}]
)
def test_broken_tokens_are_drawn_as_far_as_they_go(broken: dict[str, Any]) -> None:
    assert page(tokens_html([broken])).words[0].text == "?"


def test_of_many_tokens_the_first_are_drawn() -> None:
    assert tokens_html([token("a", 1.0)] * 2500).count("<span") == 2000
    assert "and 500 more" in tokens_html([token("a", 1.0)] * 2500)


def test_given_answers_have_a_bar_each() -> None:
    html = chosen_html("yes", [("yes", 0.75, "75 %"), ("no", 0.25, "25 % [9 to 53 %]")], "of the letters, 98 %")
    assert [one.text for one in page(html).words] == [
        *("yes", "yes", "75 %", "no", "25 % [9 to 53 %]"),
        "of the letters, 98 %",
    ]
    assert "width:120px" in html
    assert [one.text for one in page(chosen_html(None, [], "no probabilities")).words] == [
        "no answer",
        "no probabilities",
    ]

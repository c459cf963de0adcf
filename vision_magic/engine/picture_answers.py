"""Answers about a picture as it is, whatever it shows: size, colours, text, and what is measured where no chart is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from vision_magic.engine.colours import chroma
from vision_magic.engine.facts import Facts
from vision_magic.engine.intent import Intent
from vision_magic.engine.questions.answers.task import join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import quoted
from vision_magic.engine.questions.phrases.colour_words import colour_in
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.wording import format_percent

__all__ = ["PICTURE_ANSWERS", "describe_picture", "reading_sentence", "tone_sentence"]

_MOST_COLOURS: Final = 5
_MOST_TEXTS: Final = 60

_GREY: Final = 6.0
"""The chroma (CIE Lab) below which a colour is a grey."""

_SURE: Final = 0.9
"""Texts that were read with less confidence in a picture with many shades are often leaves, windows or scales."""

_PAGE: Final = 4
"""A picture with at least so many lines of several words is a page of text."""


def reading_sentence(facts: Facts, language: Language) -> str:
    """Return where a description comes from: it is there before the text is read."""
    width, height = facts.size
    return say("from pixels", language, width=width, height=height)


def describe_picture(facts: Facts, language: Language) -> Iterator[str]:
    """Yield what can be said of a picture that is not a chart: its make, its tone, its colours and its text."""
    if _is_page(facts):
        yield say("picture page", language, count=len(facts.texts))
        yield texts(facts, language)
        return
    yield " ".join(filter(None, (make(facts, language), tone_sentence(facts, language), colours(facts, language))))
    if not facts.reading_error and facts.measurements.kind != "photograph-like":
        yield say("no chart", language)
    yield texts(facts, language)


def _is_page(facts: Facts) -> bool:
    return len([text for text in facts.texts if len(text.text.split()) > 2]) >= _PAGE and not facts.chart.panels


def make(facts: Facts, language: Language) -> str:
    """Return whether it is like a photograph or a drawing."""
    measured = facts.measurements
    grey = measured.kind != "flat" and all(chroma(colour.rgb) < _GREY for colour in measured.palette)
    return say("picture grey" if grey else f"picture {measured.kind}", language)


def tone_sentence(facts: Facts, language: Language, subject: str = "") -> str:
    """Return sentences about a picture of little contrast, and what helps; empty for others."""
    tone = facts.tone
    if tone is None:
        return ""
    reach = (
        say("tone between", language, low=tone.low, high=tone.high)
        if tone.low < tone.high
        else say("tone at", language, low=tone.low)
    )
    return say(f"tone {tone.kind}", language, subject=subject or say("the picture", language), reach=reach)


def size(facts: Facts, language: Language) -> str:
    """Return the size."""
    width, height = facts.size
    return say("picture size", language, width=width, height=height)


def colours(facts: Facts, language: Language) -> str:
    """Return the main colours and their shares."""
    shown = [
        f"{colour_in(colour.rgb, language) or colour.hex} ({colour.hex}, {format_percent(colour.share)})"
        for colour in facts.measurements.palette[:_MOST_COLOURS]
    ]
    return say("main colours", language, colours=join(shown, language))


def texts(facts: Facts, language: Language) -> str:
    """Return the text, line by line."""
    if facts.reading_error:
        return facts.reading_error
    if not facts.texts:
        return say("no text", language)
    sure = 0.0 if facts.measurements.kind == "flat" else _SURE
    lines = [quoted(text.text, language) for text in facts.texts if text.confidence >= sure]
    if not lines:
        return say("no sure text", language)
    return say("text is", language, texts=join(lines, language, longest=_MOST_TEXTS))


def no_chart(facts: Facts, language: Language) -> str:
    """Return that no chart was found, or why the text that would tell was not read."""
    return facts.reading_error or say("cannot" if facts.chart.panels else "no chart", language)


def no_chart_but_text(facts: Facts, language: Language) -> str:
    """Return that no chart was found, and the text that was."""
    return facts.reading_error or f"{no_chart(facts, language)} {texts(facts, language)}"


PICTURE_ANSWERS: Final[Mapping[Intent, Callable[[Facts, Language], str]]] = {
    "size": size,
    "colour": colours,
    "text": texts,
    "type": make,
    "title": no_chart_but_text,
    "legend": no_chart,
    "axes": no_chart,
    "values": no_chart,
    "count": no_chart,
}
"""What answers an intent about a picture in which no chart was found."""

"""Answers to questions about images: templates over known and measured facts, one section at a time.

An answer contains only what figure objects know, or `Facts` measured. A section is a block of Markdown. Each is
composed on demand, so the first sections are shown while the text of the image is still being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from vision_magic.engine.area_answers import area_sentences
from vision_magic.engine.comparison import comparison_sections
from vision_magic.engine.data_answers import (
    cannot_answer,
    chart_sections,
    data_sections,
    descriptions,
    known_sections,
    measures_text,
    names_drawn,
)
from vision_magic.engine.facts import Facts, facts_of
from vision_magic.engine.intent import Intent, Question, parse_question
from vision_magic.engine.messages import NO_IMAGE, ToolResult, Undrawn
from vision_magic.engine.picture_answers import PICTURE_ANSWERS
from vision_magic.engine.questions.language import Language, language_of
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.topics.areas import AreaQuestion, area_question
from vision_magic.engine.questions.vocabulary.words import Operation
from vision_magic.engine.sentences import (
    all_text,
    palette_lines,
    size_sentence,
    transparency_sentence,
)
from vision_magic.engine.wording import count_noun, format_percent, quote, quote_list
from vision_magic.images.figure_facts.values import Facts as FigureFacts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["answer"]

MAX_RESULT = 2000
"""Largest number of characters quoted from a function call and its result."""


def answer(
    question: str,
    images: Sequence[PILImage.Image],
    results: Sequence[ToolResult] = (),
    figures: Sequence[FigureFacts | None] = (),
    undrawn: Sequence[Undrawn] = (),
) -> Iterator[str]:
    """Yield the answer to a question about images, section by section.

    Parameters
    ----------
    question : str
        The text of the user's turn.
    images : sequence of PIL.Image.Image
        In the order in which they were sent.
    results : sequence of ToolResult
        The results of the functions that were called for this question. They are the answer, unless a function
        returned an image; `question` is then empty.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.
    undrawn : sequence of Undrawn
        Figures without a picture. If there are any, the answer is from figure objects alone.

    Yields
    ------
    str
        Markdown; joined, the sections are the whole answer.
    """
    before = ""
    for section in _answer(question, images, results, figures, undrawn):
        yield before + section
        before = "\n\n"


def _answer(
    question: str,
    images: Sequence[PILImage.Image],
    results: Sequence[ToolResult],
    figures: Sequence[FigureFacts | None],
    undrawn: Sequence[Undrawn],
) -> Iterator[str]:
    yield from map(_quoted_result, results)
    if results and question:
        return
    if undrawn:
        known = [*(figure for figure in figures if figure is not None), *(one.facts for one in undrawn)]
        sections = list(known_sections(parse_question(question), known))
        yield from sections or [f"{say('no picture', language_of(question))} {undrawn[0].reason}"]
        return
    if not images:
        yield NO_IMAGE
        return
    yield from _sections(parse_question(question), facts_of(images), figures)


def _quoted_result(result: ToolResult) -> str:
    """Quote a call and its result in a fence longer than any inside, so that it stays plain text."""
    text = f"{result.name} {result.arguments}\n\n{result.text}"
    text = text if len(text) <= MAX_RESULT else text[:MAX_RESULT] + " …"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"I called a function. The call and its result:\n\n{fence}text\n{text}\n{fence}"


def _sections(question: Question, images: list[Facts], figures: Sequence[FigureFacts | None]) -> Iterator[str]:
    """Yield the sections: the answer from data, or else those about the picture itself."""
    intents = question.intents
    looked_for = "text" in intents or _LOOKED_FOR.search(question.text) is not None
    named = not looked_for and any(one is not None and names_drawn(one, question.phrase) for one in figures)
    if question.phrase and not named and not set(intents) - {"text", "describe", "title"}:
        yield from (_phrase_answer(facts, question.phrase) for facts in images)
        return
    comparing = "compare" in intents and len(images) > 1
    areas = None if comparing or question.needs_model or any(figures) else area_question(question.text)
    if areas is not None and not any(image.chart.panels for image in images):
        yield from _area_sections(areas, images)
        return
    answered = False
    for section in data_sections(question, images, figures):
        answered = True
        yield section
    if answered and not comparing:
        return
    if comparing:
        yield from comparison_sections(images)
        intents = tuple(intent for intent in intents if intent != "compare")
    if "text" in intents and any(figure is not None and measures_text(figure) for figure in figures):
        intents = tuple(intent for intent in intents if intent != "text")
    yield from _picture_sections(question, intents, images, comparing=comparing)
    if len(images) == 2 and set(intents) <= {"describe"} and not comparing:
        yield from comparison_sections(images)


_LOOKED_FOR: Final = re.compile(
    r"\b(?:image|picture|figure|bild\w*|steht|geschrieben|abbildung|écrite?s?|apparaît|figura|imagen|escrit[oa]s?|aparece)\b|"
    r"그림|이미지|쓰여|적혀|写|图[中里上]|出现",
    re.IGNORECASE,
)
"""Words by which quoted words are looked for in a picture."""


def _area_sections(asked: AreaQuestion, images: list[Facts]) -> Iterator[str]:
    for facts in images:
        if len(images) > 1:
            yield f"**{facts.name}**"
        yield area_sentences(asked, facts)
        if asked.unexplained:
            return


def _picture_sections(
    question: Question, intents: Sequence[Intent], images: list[Facts], *, comparing: bool
) -> Iterator[str]:
    """Yield what is said about pictures without a chart, or about a picture as such."""
    language = language_of(question.text)
    operations = () if language == "en" else parse_query(question.text, ()).operations
    chosen: list[Intent] = [_INTENTS[one] for one in operations if one in _INTENTS]
    if language == "en" or not operations:
        chosen = chosen or list(intents)
    if not chosen and language in _BRIGHTNESS and re.search(_BRIGHTNESS[language], question.text, re.IGNORECASE):
        chosen = ["colour"]
    if question.needs_model or (not chosen and question.text and not comparing):
        yield cannot_answer(question.text)
        return
    for intent in chosen or ([] if comparing else ["describe"]):
        if intent == "compare":
            yield ONE_PICTURE if _COMPARED.search(question.text) else cannot_answer(question.text)
        else:
            yield from _intent_sections(intent, question, images, language)


ONE_PICTURE: Final = "A comparison needs two pictures, and only one arrived."
_COMPARED: Final = re.compile(r"compar|differ|chang|identical|versus|vs\b|before and after|side by side", re.IGNORECASE)
"""Words for a comparison of pictures; "would it work the same" is none."""

_INTENTS: Final[Mapping[Operation, Intent]] = {
    "describe": "describe",
    "alt": "describe",
    "kind": "type",
    "title": "title",
    "legend": "legend",
    "axis": "axes",
    "limits": "axes",
    "scale": "axes",
    "colour": "colour",
    "size": "size",
    "text": "text",
    "maximum": "values",
    "minimum": "values",
    "mean": "values",
    "trend": "values",
    "value": "values",
    "table": "values",
    "compare": "values",
}
"""What questions in other languages than English ask of a picture."""


_BRIGHTNESS: Final[Mapping[Language, str]] = {
    "de": r"\b(?:hell|dunkel|helligkeit)\b",
    "fr": r"\b(?:claire?|sombre|lumineu(?:x|se)|luminosité)\b",
    "es": r"\b(?:clara|oscura|brillante|luminosa|brillo)\b",
    "ko": "밝|어두",
    "zh": "亮|暗",
}
"""Words for the brightness of a picture, which its main colours tell. Those of English are keywords of an intent."""


def _intent_sections(intent: Intent, question: Question, images: list[Facts], language: Language) -> Iterator[str]:
    """Yield the answer to one intent for each image; a question about the reader itself has one answer."""
    if intent == "about":
        yield ABOUT
        return
    if intent == "describe":
        yield from descriptions(images, (), language)
        return
    for facts in images:
        if len(images) > 1:
            yield f"**{facts.name}**"
        sections = list(chart_sections(question, intent, facts))
        if sections:
            yield from sections
        elif intent in _ANSWERS and language == "en":
            yield from _ANSWERS[intent](question, facts)
        else:
            yield PICTURE_ANSWERS[intent](facts, language)


def _phrase_answer(facts: Facts, phrase: str) -> str:
    if facts.reading_error:
        return facts.reading_error
    wanted = phrase.casefold()
    lines = [text.text for text in facts.texts if wanted in text.text.casefold()]
    if lines:
        return f"{facts.name} has {quote(phrase)} in its text: {quote_list(lines)}."
    return f"I did not find {quote(phrase)} in the text of {facts.name.lower()}. {all_text(facts)}"


# --- the picture itself -----------------------------------------------------------------------------------------

ABOUT = (
    "I run inside this Python process, without a network. I measure size, colours, separate areas and the difference "
    "between two pictures; I read text and name its role in a plot (title, labels, ticks, legend). "
    "I do not understand what a picture shows."
)


def _answer_colour(question: Question, facts: Facts) -> Iterator[str]:
    if question.mentions("transparent", "transparency", "alpha"):
        yield transparency_sentence(facts) or "I measured no transparent pixels."
    elif question.mentions("background"):
        first = facts.measurements.palette[0]
        colour = f"{first.name} ({first.hex})"
        yield f"The most common colour, taken as the background, is {colour}: {format_percent(first.share)}."
    else:
        yield f"I measured these main colours:\n\n{_palette_section(facts)}"


def _answer_count(question: Question, facts: Facts) -> Iterator[str]:
    if question.mentions("colours", "colors", "colour", "color"):
        palette = facts.measurements.palette
        yield f"I measured {count_noun(len(palette), 'main colour')}:\n\n{palette_lines(palette)}"
    elif question.mentions("pixels", "megapixels"):
        yield size_sentence(facts)
    elif question.mentions("words", "texts", "labels", "lines of text", "letters"):
        yield facts.reading_error or f"I read {count_noun(len(facts.texts), 'line')} of text. {all_text(facts)}"
    elif question.mentions("panels", "subplots", "axes", "plots", "charts", "series", "curves", "bars", "categories"):
        yield PICTURE_ANSWERS["values"](facts, "en")
    else:
        yield area_sentences(AreaQuestion(asked="count", language="en"), facts)


def _answer_text(question: Question, facts: Facts) -> Iterator[str]:
    yield facts.reading_error or all_text(facts)


def _palette_section(facts: Facts) -> str:
    transparency = transparency_sentence(facts)
    return palette_lines(facts.measurements.palette) + (f"\n\n{transparency}" if transparency else "")


_ANSWERS: Final[Mapping[Intent, Callable[[Question, Facts], Iterator[str]]]] = {
    "colour": _answer_colour,
    "count": _answer_count,
    "text": _answer_text,
}
"""Intents whose answers are longer in English than in other languages."""

from __future__ import annotations

import re

import pytest

from tests.engine.questions.asked import FIFTH, FIRST, FOURTH, SECOND, SEVENTH, SIXTH, THIRD, Asked
from tests.engine.questions.charts import CHARTS
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.language import LANGUAGES, Language, localised
from vision_magic.engine.questions.numbers import month_of
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.phrases.sentences import PHRASES
from vision_magic.engine.questions.vocabulary.words import MONTHS

_DECLINING = (
    "cannot",
    "unheard",
    "which",
    "which place",
    "no place",
    "two needed",
    "unknown",
    "too few",
    "binned",
    "nothing in bounds",
    "unsure",
)


def answer(asked: Asked) -> str:
    charts = [CHARTS[asked.chart]]
    return " ".join(answer_query(parse_query(asked.question, charts), charts))


def pattern(key: str, language: Language) -> str:
    return re.sub(r"\\{[^{}]*\\}", ".*", re.escape(PHRASES[key][language]))


def is_declined(text: str, language: Language) -> bool:
    source = pattern("figure", language)
    return any(re.fullmatch(rf"(?:{source} )?{pattern(key, language)}", text) for key in _DECLINING)


def is_in(text: str, language: Language) -> bool:
    """Return whether a text begins with a sentence of a language."""
    return any(re.match(pattern(key, language), text) for key in PHRASES if key in _BEGINNINGS)


_BEGINNINGS = {
    "figure",
    "cannot",
    "this is",
    "no axes",
    "axis x",
    "axis y",
    "title is",
    "colour is",
    "legend",
    "log",
    "yes",
    "no",
    "count categories",
    "count series",
    "count panels",
    "count points",
}


def holds(text: str, word: str, language: Language) -> bool:
    """Return whether a text has a word: a month by its name in the language, a number with its decimal comma."""
    number = month_of(word.strip("“”"))
    names = {word, localised(word, language), *([MONTHS[language][number - 1]] if number else ())}
    lowered = text.casefold()
    return any(name.casefold() in lowered for name in names)


@pytest.mark.parametrize(
    "asked",
    FIRST + SECOND + THIRD + FOURTH + FIFTH + SIXTH + SEVENTH,
    ids=lambda asked: f"{asked.chart} {asked.question}",
)
def test_the_answer_is_right_or_declines_in_one_sentence(asked: Asked) -> None:
    text = answer(asked)
    if asked.words is None:
        assert not text or is_declined(text, asked.language)
        return
    assert [word for word in asked.words if not holds(text, word, asked.language)] == []
    assert [word for word in asked.never if holds(text, word, asked.language)] == []
    assert is_in(text, asked.language)
    assert len(text) < 420


def test_there_are_questions_in_each_language_and_half_of_56_were_written_first() -> None:
    assert {asked.language for asked in FIRST} == set(LANGUAGES)
    assert len(FIRST) >= 28
    assert len(FIRST + SECOND + THIRD + FOURTH + FIFTH + SIXTH) >= 56

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from vision_magic.engine.chart.data import Kind, WhyNot
from vision_magic.engine.questions.language import LANGUAGES, language_of
from vision_magic.engine.questions.phrases.particles import Noun
from vision_magic.engine.questions.phrases.reasons import REASONS, reason_in
from vision_magic.engine.questions.phrases.sentences import PHRASES, say
from vision_magic.engine.questions.vocabulary.words import (
    CONTEXT_WORDS,
    DERIVED,
    LEARNT,
    MONTHS,
    NUMBER_WORDS,
    OPERATION_WORDS,
    Operation,
    search,
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_is_there_in_each_language_with_the_same_fields() -> None:
    for key, texts in PHRASES.items():
        assert list(texts) == list(LANGUAGES), key
        assert all(text.strip() for text in texts.values()), key
        assert {frozenset(fields(text)) for text in texts.values()} == {frozenset(fields(texts["en"]))}, key


def test_every_kind_has_a_name() -> None:
    assert [kind for kind in get_args(Kind) if f"kind {kind}" not in PHRASES] == []


def test_every_operation_has_words_in_each_language() -> None:
    assert set(OPERATION_WORDS) == set(get_args(Operation)) - DERIVED - LEARNT
    for words in (*OPERATION_WORDS.values(), *CONTEXT_WORDS.values()):
        assert set(words) == set(LANGUAGES)
    for language in LANGUAGES:
        assert len(MONTHS[language]) == 12
        assert [len(words) for words in NUMBER_WORDS[language]] == [4, 4]


def test_every_reason_is_there_in_each_language() -> None:
    assert list(REASONS) == list(WhyNot)
    for reason, texts in REASONS.items():
        assert ["en", *texts] == list(LANGUAGES)
        assert reason_in("en", str(reason)) == reason
        assert all(texts.values())
    assert reason_in("de", "only 2 of 7 tick labels agree with one scale") == REASONS[WhyNot.AXIS]["de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_patterns_that_do_not_match_nothing(language: str) -> None:
    for words in (*OPERATION_WORDS.values(), *CONTEXT_WORDS.values()):
        assert search(words[language], language, "") is None  # type: ignore[index, arg-type]


@pytest.mark.parametrize(
    ("name", "spec", "expected"),
    [
        ("서울", "은는", "서울은"),
        ("부산", "이가", "부산이"),
        ("대구", "은는", "대구는"),
        ("제주", "와과", "제주와"),
        ("서울", "와과", "서울과"),
        ("서울", "을를", "서울을"),
        ("“서울”", "-은는", "은"),
        ("2020", "은는", "2020은"),
        ("2022", "은는", "2022는"),
        ("north", "은는", "north는"),
        ("plan", "이가", "plan이"),
        ("A", "은는", "A는"),
        ("L", "은는", "L은"),
        ("“가입자” (만 명)", "-은는", "는"),
        ("", "은는", "는"),
        ("…", "이가", "…가"),
    ],
)
def test_a_korean_particle_follows_from_the_last_syllable(name: str, spec: str, expected: str) -> None:
    assert format(Noun(name), spec) == expected


def test_no_korean_sentence_has_two_particles_for_one() -> None:
    assert [
        key for key, texts in PHRASES.items() if re.search(r"은\(는\)|이\(가\)|와\(과\)|을\(를\)", texts["ko"])
    ] == []


def test_a_sentence_says_only_once_that_it_is_approximate() -> None:
    text = say("range", "en", of="", low="≈ 3 ± 0.2 t", high="≈ 9 ± 0.2 t", span="≈ 6 ± 0.2 t")
    assert text.count("≈") == 1
    assert "≈" not in say("between", "en", of="", at="at x = 3", value="≈ 3 ± 0.2")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which month is highest?", "en"),
        ("maximum", "en"),
        ("", "en"),
        ("12345", "en"),
        ("Welcher Monat ist am höchsten?", "de"),
        ("Quel mois est le plus élevé ?", "fr"),
        ("North augmente-t-il ?", "fr"),
        ("¿Cuál es el mes con más lluvia?", "es"),
        ("가장 높은 달은?", "ko"),
        ("north의 최댓값은?", "ko"),
        ("What is the maximum of 서울?", "en"),
        ("Was ist der höchste Wert von 北京?", "de"),
        ("哪个月最高?", "zh"),
        ("どの月が一番高いですか", "en"),
    ],
)
def test_the_language_is_told_by_letters_and_words(text: str, language: str) -> None:
    assert language_of(text) == language

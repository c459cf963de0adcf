"""Questions about the areas in a picture: all of their words are heeded, or one that is not understood is named."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from vision_magic.engine import facts as facts_module
from vision_magic.engine.answering import answer
from vision_magic.engine.area_answers import area_sentences
from vision_magic.engine.facts import Facts
from vision_magic.engine.questions.topics.areas import area_question

SPOTS = ((20, 25), (30, 100), (60, 60), (90, 130), (100, 30))
"""The upper left corners (row, column) of bright spots in a picture of 120 rows and 160 columns."""


def _cells() -> Image.Image:
    pixels = np.full((120, 160), 100, np.uint8)
    for row, column in SPOTS:
        pixels[row : row + 6, column : column + 6] = 240
    pixels[80:90, 10:20] = 5
    return Image.fromarray(pixels)


def _answer(question: str) -> str:
    asked = area_question(question)
    assert asked is not None
    return area_sentences(asked, Facts(_cells()))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many cells are there?", "6 separate areas"),
        ("How many bright cells are in the left half?", "3 separate areas in the left half"),
        ("How many dark cells can you see in the image?", "1 separate area that is darker"),
        ("How many spots are in the upper left quarter?", "1 separate area in the upper left quarter"),
        ("Count the bright cells in the lower right corner.", "1 separate area in the lower right quarter"),
        ("Wie viele helle Zellen sind zu sehen?", "(grau, #646464): 5."),
        ("Wie viele dunkle Zellen sind in der linken Bildhälfte?", "in der linken Hälfte: 1."),
        ("Combien de cellules ?", ": 6."),
        ("Combien de cellules claires dans la moitié gauche ?", "dans la moitié gauche : 3."),
        ("¿Cuántas células hay en la esquina superior izquierda?", "superior izquierdo: 1."),
        ("밝은 세포가 몇 개 있나요?", "밝은 영역: 5개"),
        ("오른쪽 아래에 있는 세포는 몇 개입니까?", "영역: 1개"),
        ("有多少个明亮的细胞?", ":5 个"),
        ("左半边有多少个细胞?", ":4 个"),
        ("How large are the bright cells in µm?", "I cannot give µm"),
        ("How large are the bright cells in µm?", "Each of the 5 areas covers 36 pixels"),
        ("How large is the largest cell?", "The largest area covers 100 pixels; its box has 10 × 10 px"),
        ("Wie groß sind die Zellen?", "36 bis 100 Pixel"),
        ("What is the pixel size?", "does not say how large a pixel is"),
    ],
)
def test_all_words_of_a_question_are_heeded(question: str, said: str) -> None:
    assert said in _answer(question)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many cells are dividing?", "“dividing”"),
        ("How many non-bright cells are there?", "“non”"),
        ("How many cells are larger than 5 µm?", "“larger than 5 µm”"),
        ("How many cells are above row 60?", "“above row 60”"),
        ("How many yeast cells are there?", "“yeast”"),
        ("How many cells are left of the line?", "“left, line”"),
        ("How wide are the cells?", "“How wide”"),
        ("Wie viele Zellen teilen sich gerade?", "„teilen, gerade“"),
        ("Combien de chats ?", "« chats »"),
        ("¿Cuántas células se dividen?", "«dividen»"),
        ("정상 세포는 몇 개입니까?", "“정상”"),
        ("正在分裂的细胞有多少个?", "“正在分裂的”"),
    ],
)
def test_a_condition_that_is_not_understood_is_named(question: str, named: str) -> None:
    assert named in _answer(question)


@pytest.mark.parametrize(
    "question",
    [
        "What size is this one?",
        "Wie groß ist dieses?",
        "이것은 크기가 얼마야?",
        "How many colours are there?",
        "How large is the picture?",
        "Wie viele Pixel hat das Bild?",
        "Combien de couleurs ?",
    ],
)
def test_other_questions_are_not_about_areas(question: str) -> None:
    assert area_question(question) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿De qué tamaño es la imagen?", "160 × 120 px"),
        ("图像有多大?", "160 × 120 px"),
        ("Wie hell ist das Bild?", "#646464"),
        ("L'image est-elle claire ?", "#646464"),
        ("Wie viele helle Zellen siehst du?", ": 5."),
    ],
)
def test_questions_in_other_languages_without_a_chart(
    question: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_module.reading, "read_text", lambda _: ())
    assert said in "".join(answer(question, [_cells()]))

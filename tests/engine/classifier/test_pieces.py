"""Words as pieces of words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from vision_magic.engine.classifier.pieces import UNKNOWN, Pieces

PIECES = ("<unk>", "<s>", "</s>", "▁", "▁rain", "fall", "▁rainfall", "r", "a", "i", "n", "비", "▁most")
SCORES = (0.0, 0.0, 0.0, -3.0, -4.0, -4.0, -6.0, -8.0, -8.0, -8.0, -8.0, -9.0, -4.0)
KNOWN = Pieces(PIECES, SCORES)


def words(text: str) -> list[str]:
    return [PIECES[number] for number in KNOWN.numbers(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("rainfall", ["▁rainfall"]),  # -6 is more probable than -8 of both halves
        ("most  rain", ["▁most", "▁rain"]),
        ("rainrain", ["▁rain", "r", "a", "i", "n"]),
        ("비", ["▁", "비"]),
        ("ｒａｉｎ", ["▁rain"]),  # letters of full width
        ("", ["▁"]),
    ],
)
def test_a_text_is_cut_into_its_most_probable_pieces(text: str, pieces: list[str]) -> None:
    assert words(text) == ["<s>", *pieces, "</s>"]


def test_a_letter_that_no_piece_has_is_unknown() -> None:
    assert KNOWN.numbers("rain z")[2:-1] == [PIECES.index("▁"), UNKNOWN]


@given(st.text(alphabet="rainfl most비"))
def test_pieces_joined_are_the_text(text: str) -> None:
    joined = "".join("?" if piece == "<unk>" else piece for piece in words(text)[1:-1]).replace("▁", " ")
    written = " " + " ".join(text.split())
    assert len(joined) == len(written)
    assert all(piece in (letter, "?") for piece, letter in zip(joined, written, strict=True))

"""Words for colours that are parts of names, such as "Black Friday", and call no series by its colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.words import COLOUR_WORDS

__all__ = ["without_colours_in_names"]

_WORD: Final = r"[^\W\d_]+"
_AFTER: Final = re.compile(rf"[ -]({_WORD})")
_BEFORE: Final = re.compile(rf"({_WORD})[ -]$")


def without_colours_in_names(text: str, written: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question without the words for colours that are parts of names.

    They are such where the title or a label has them beside the same word, or where the question writes both words
    with capitals. Of a name in capitals the other word is left out as well: "Red Cross" crosses nothing.

    Parameters
    ----------
    text : str
        The question in lower case.
    written : str
        The question with its capitals.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    """
    labels = " \n ".join(_labels_of(panels))
    words = "|".join(f"(?:{words[language]})" for words in COLOUR_WORDS.values())
    if language in ("ko", "zh"):
        return _without_in_east(text, labels, words, language)
    found = list(compiled(rf"(?<!\w)(?:{words})(?!\w)", ignore_case=True).finditer(written))
    for match in found:
        for name in _names_around(written, match):
            told = _name_in(name, labels, first=not match.start())
            if told:
                proper = all(word[0].isupper() for word in re.split("[ -]", told))
                lost = name.lower() if proper else match[0].lower()
                text = re.sub(rf"(?<!\w){re.escape(lost)}(?!\w)", " ", text, count=1)
                break
    return text


def _names_around(written: str, match: re.Match[str]) -> Iterator[str]:
    """Yield the word for a colour with the next word, with the one before, and alone."""
    after, before = _AFTER.match(written, match.end()), _BEFORE.search(written[: match.start()])
    if after is not None:
        yield match[0] + after[0]
    if before is not None:
        yield before[0] + match[0]
    yield match[0]


def _name_in(name: str, labels: str, *, first: bool) -> str:
    """Return words as a label has them, or, of two words, as they are in capitals; nothing if they are no name."""
    words = re.split("[ -]", name)
    if len(words) == 1:  # "Orange" of a company; the first word of a question has a capital anyway
        known = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", labels)
        return name if name[0].isupper() and not first and known is not None else ""
    stems = "[ -]".join(re.escape(word[:5]) + (r"\w*" if len(word) > 4 else r"\w{0,2}") for word in words)
    in_label = re.search(rf"(?<!\w){stems}(?!\w)", labels, re.IGNORECASE)
    if in_label is not None:
        return in_label[0]
    return name if not first and all(word[0].isupper() for word in words) else ""


def _without_in_east(text: str, labels: str, words: str, language: Language) -> str:
    """Return a Korean or Chinese question without the words for colours that its labels have before the same letter."""
    known = re.sub(r"\s", "", labels)
    after = r" ?(?=(?P<after>[\uac00-\ud7a3]))" if language == "ko" else "(?=(?P<after>[\u4e00-\u9fff]))"

    def kept(match: re.Match[str]) -> str:
        return "" if match[0].strip() + match["after"] in known else match[0]

    return re.sub(rf"(?:{words}){after}", kept, text)


def _labels_of(panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the titles, the labels and the names of panels."""
    for panel in panels:
        yield from (panel.title, panel.legend_title)
        yield from (axis.label for axis in (panel.x, panel.y, panel.right) if axis is not None)
        yield from (one.name for one in panel.series)

"""Answers about the areas in a picture that stand out from its background: their number and their sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.blobs import Blobs, Side, count_blobs
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.facts import Facts
from vision_magic.engine.picture_answers import tone_sentence
from vision_magic.engine.pixels import Box
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.phrases.colour_words import colour_in
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.topics.areas import AreaQuestion, Region
from vision_magic.engine.wording import count_noun, format_percent

__all__ = ["area_sentences"]

Area = tuple[int, Box]


def area_sentences(asked: AreaQuestion, facts: Facts) -> str:
    """Return the answer to a question about areas, with the limits of what was measured."""
    return ("" if asked.language == "zh" else " ").join(filter(None, _sentences(asked, facts)))


def _sentences(asked: AreaQuestion, facts: Facts) -> Iterator[str]:
    language = asked.language
    if asked.unexplained:
        yield say("areas unexplained", language, words=", ".join(asked.unexplained))
        return
    if asked.asked == "pixel":
        width, height = facts.size
        yield say("areas pixel", language, width=width, height=height)
        return
    if asked.unit:
        yield say("areas no unit", language, unit=asked.unit)
    blobs = count_blobs(facts.rgb, asked.side) if asked.side else facts.blobs
    if facts.hides_areas and not blobs.count:
        name = facts.name if language == "en" else ""
        yield f"{tone_sentence(facts, language, name)} {say('areas hidden', language)}"
        return
    areas = [area for area in blobs.areas if _is_in(area, asked.region, blobs)]
    if asked.asked == "size" and areas:
        yield _sizes(asked, areas, facts.size[0] / blobs.size[0])
        yield say("areas touch", language)
        return
    yield _count(asked, areas, blobs)
    if any(asked.region):
        yield say("areas in all", language, count=blobs.count)
    elif language == "en" and areas:
        covers = "It covers" if len(areas) == 1 else "They cover"
        yield f"{covers} {format_percent(blobs.share)} of the picture."
    if blobs.specks:
        yield _specks(blobs.specks, language)
    yield say("areas touch", language)
    yield from _doubts(facts, blobs, language)


def _doubts(facts: Facts, blobs: Blobs, language: Language) -> Iterator[str]:
    """Yield what makes a count less certain: a photograph, or little contrast."""
    tone = facts.tone
    if facts.measurements.kind != "flat":
        yield say("areas photograph", language)
    if tone is not None and (tone.low < tone.high or not blobs.count + blobs.specks):
        subject = "Apart from that, the picture" if blobs.count else facts.name
        yield tone_sentence(facts, language, subject if language == "en" else "")


def _is_in(area: Area, region: Region, blobs: Blobs) -> bool:
    """Return whether the centre of an area is in a region."""
    left, top, right, bottom = area[1]
    across = "left" if left + right < blobs.size[0] else "right"
    down = "upper" if top + bottom < blobs.size[1] else "lower"
    return region[0] in ("", across) and region[1] in ("", down)


_DIFFER: Final[dict[Side, str]] = {"": "areas differ", "brighter": "areas brighter", "darker": "areas darker"}


def _count(asked: AreaQuestion, areas: Sequence[Area], blobs: Blobs) -> str:
    language, code = asked.language, hex_of(blobs.background)
    region = _place(asked)
    if language == "en":
        one = len(areas) == 1
        stand = (
            f"{'is' if one else 'are'} {asked.side} than" if asked.side else f"{'stands' if one else 'stand'} out from"
        )
        background = f"{colour_name(blobs.background)} background ({code})"
        return f"I counted {count_noun(len(areas), 'separate area')}{region} that {stand} the {background}."
    colour = ", ".join(filter(None, (colour_in(blobs.background, language), code)))
    return say(
        "areas", language, differ=say(_DIFFER[asked.side], language), colour=colour, region=region, count=len(areas)
    )


def _specks(count: int, language: Language) -> str:
    if language == "en":
        return f"I left out {count_noun(count, 'smaller speck')}."
    return say("areas specks", language, count=count)


def _sizes(asked: AreaQuestion, areas: Sequence[Area], scale: float) -> str:
    """Return the size of the area that is meant, or the reach of all, in pixels of the picture."""
    language, region = asked.language, _place(asked)
    sizes = [round(size * scale * scale) for size, _ in areas]
    if len(areas) > 1 and not asked.rank:
        low, high, mean = min(sizes), max(sizes), f"{sum(sizes) / len(sizes):.0f}"
        key = "areas equal" if low == high else "areas sizes"
        return say(key, language, region=region, low=low, high=high, mean=mean, count=len(sizes))
    size, box = min(areas) if asked.rank == "smallest" else max(areas)
    left, top, right, bottom = (round(side * scale) for side in box)
    return say(
        "area size",
        language,
        which=say(f"area {asked.rank or 'only'}", language),
        region=region,
        size=round(size * scale * scale),
        width=right - left,
        height=bottom - top,
        x=left,
        y=top,
    )


def _place(asked: AreaQuestion) -> str:
    """Return the region that is meant, in words; empty for the whole picture."""
    across, down = asked.region
    return say(f"areas {' '.join(filter(None, (down, across)))}", asked.language) if across or down else ""

"""Sentences about the differences between several images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vision_magic.engine.difference import DIFFERENCE_THRESHOLD, Difference, compare
from vision_magic.engine.facts import Facts, texts_only_in
from vision_magic.engine.sentences import pixels
from vision_magic.engine.wording import count_noun, format_percent, join_words, quote_list

__all__ = ["comparison_sections"]


def comparison_sections(images: Sequence[Facts]) -> Iterator[str]:
    """Yield sections that compare the first image with each of the others."""
    first = images[0]
    for other in images[1:]:
        difference = compare(first.image, other.image)
        heading = f"**{first.name} compared with {other.name.lower()}**"
        yield f"{heading}\n\n{_pixel_sentences(first, other, difference)}"
        if difference.identical:
            continue
        colours = _colour_sentences(first, other, difference)
        if colours:
            yield colours
        yield _text_sentences(first, other)


def _pixel_sentences(first: Facts, other: Facts, difference: Difference) -> str:
    if difference.identical:
        return f"Both are {pixels(first)}, and every pixel is the same."
    if difference.same_size:
        size = f"Both are {pixels(first)}."
    else:
        size = (
            f"{first.name} is {pixels(first)} and {other.name.lower()} is {pixels(other)}; "
            f"I scaled {other.name.lower()} to the size of {first.name.lower()}."
        )
    share = format_percent(difference.share)
    pixels_differ = f"{share} of the pixels differ by more than {DIFFERENCE_THRESHOLD} of 255 in a channel."
    return f"{size} {pixels_differ}{_region_list(difference)}"


def _region_list(difference: Difference) -> str:
    if not difference.regions:
        return ""
    lines = [
        f"- {region.place}: x {region.box[0]} to {region.box[2]}, y {region.box[1]} to {region.box[3]} px"
        for region in difference.regions
    ]
    if difference.more_regions:
        lines.append(f"- and {count_noun(difference.more_regions, 'smaller region')}")
    return " They differ here, in pixels from the upper left corner:\n\n" + "\n".join(lines)


def _colour_sentences(first: Facts, other: Facts, difference: Difference) -> str:
    sentences = [
        f"Only {facts.name.lower()} has {join_words(f'{colour.name} (`{colour.hex}`)' for colour in colours)}."
        for facts, colours in ((first, difference.only_first), (other, difference.only_second))
        if colours
    ]
    return " ".join(sentences)


def _text_sentences(first: Facts, other: Facts) -> str:
    if first.reading_error or other.reading_error:
        return first.reading_error or other.reading_error
    removed, added = texts_only_in(first, other), texts_only_in(other, first)
    if not removed and not added:
        return "I read the same text in both." if first.texts else "I read no text in either."
    sentences = [
        f"Text only in {facts.name.lower()}: {quote_list(texts)}."
        for facts, texts in ((first, removed), (other, added))
        if texts
    ]
    return " ".join(sentences)

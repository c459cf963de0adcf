"""Names that say whether something is there, "with balcony" and "no balcony", and zero of an axis of doses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.numbers import label_without_unit

__all__ = ["find_zero", "with_names_of_having"]

_NAMES: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?:with|has|have) (?:an? |the )?(?P<thing>.+)",
        r"(?:without|with no|no|has no) (?:an? |the )?(?P<thing>.+)",
    ),
    "de": (r"mit (?:eine[mnr] |de[mnr] )?(?P<thing>.+)", r"(?:ohne|kein(?:e[nrsm]?)?) (?:eine[nr]? )?(?P<thing>.+)"),
    "fr": (
        r"avec (?:une? |des |l['’]|la |le |les )?(?P<thing>.+)",
        r"(?:sans|pas d(?:e |['’]))(?: une?)? ?(?P<thing>.+)",
    ),
    "es": (r"con (?:una? |el |la )?(?P<thing>.+)", r"sin (?:una? )?(?P<thing>.+)"),
    "ko": (
        r"(?P<thing>[가-힣]+?) ?(?:있음|있는|포함|보유|사용|착용)",
        r"(?P<thing>[가-힣]+?) ?(?:없음|없는|미포함|미보유|미사용|미착용|안 씀)",
    ),
    "zh": (r"(?:有|带|含)(?P<thing>[一-龥]+)", r"(?:没有?|无|不带|不含)(?P<thing>[一-龥]+)"),
}
"""What things are called that have something, and those that do not."""
_SAID: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?:with|(?:(?:that|which|who) )?(?:have|has|had|having)) (?:an? |the |their |its )?X",
        r"(?:(?:(?:that|which|who) )?(?:do|does|did)(?:n['’]t| not) have|"
        r"(?:(?:that|which|who) )?(?:have|has|had|having|with) no|without|lacking)(?: an?| any| the)? X",
    ),
    "de": (
        r"mit (?:eine[mnr] |de[mnr] )?X|(?:,? ?(?:die|der|das) )eine?n? X (?:haben|hat)",
        r"ohne (?:eine[nr]? |jede[nrs]? )?X|(?:,? ?(?:die|der|das) )kein(?:en?|es)? X (?:haben|hat)",
    ),
    "fr": (
        r"(?:avec|(?:qui )?(?:ont|a)) (?:une? |des |l['’]|la |le |les )?X",
        r"sans (?:une? |aucune? )?X|(?:qui )?n['’](?:ont|a) pas d(?:e |['’])X",
    ),
    "es": (
        r"(?:con|(?:que )?tienen?) (?:una? |el |la )?X",
        r"sin (?:una? |ning[uú]na? )?X|(?:que )?no tienen? (?:una? )?X",
    ),
    "ko": (
        r"X(?:이|가|을|를)? ?(?:있는|딸린|달린|포함된?|갖춘|"
        r"(?:쓴|쓰는|사용한|사용하는|착용한)(?: ?(?:경우|때))?(?:에는|에)?|"
        r"(?:있|썼|사용했|착용했)을 ?때(?:에는|에|는)?|(?:쓰|사용하|착용하|있으)면)",
        r"X(?:이|가|을|를|도)? ?(?:없는|없이|빠진|미포함|(?:안 ?|미)(?:쓴|쓰는|사용한?)(?: ?(?:경우|때))?(?:에는|에)?|"
        r"없을 ?때(?:에는|에|는)?|(?:안 ?썼|(?:쓰|사용하|착용하)지 ?않았)을 ?때(?:에는|에|는)?|"
        r"없으면|안 ?쓰면|쓰지 ?않으면)",
    ),
    "zh": (r"(?<![没沒])(?:有|带|含)X", r"(?:没有?|沒有?|无|不带|不含)X"),
}
"""The same in questions, where X is the thing."""
_OTHER: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"(?:the ones |those )?with(?: (?:one|it|them))?", r"(?:the ones |those )?without(?: (?:one|it|them|any))?"),
    "de": (r"(?:die |solche )?mit(?: (?:eine[mr]|welchen))?", r"(?:die |solche )?ohne(?: (?:eine[ns]?|welche))?"),
    "fr": (r"(?:ceux |celles )?avec(?: une?)?|qui en ont", r"(?:ceux |celles )?sans(?: en avoir)?|qui n['’]en ont pas"),
    "es": (r"(?:los |las )?con(?: una?)?|que (?:lo |la )?tienen?", r"(?:los |las )?sin(?: ellas?| ellos?)?"),
    "ko": (r"있는 (?:것|쪽|곳|집|경우)", r"없는 (?:것|쪽|곳|집|경우)"),
    "zh": (r"有的", r"(?:没有|沒有|无)的?"),
}
"""The one of two that have something, or not, which is not named again: "with a balcony or without"."""
_OR: Final = r"(?:\b(?:or|and|than|oder|und|als|ou|et|que|qu['’]|o|y)\b|还是|和|比|[나와과]|보다|하고)"


def with_names_of_having(text: str, names: Iterable[str], language: Language) -> str:
    """Return a question with "no balcony" for "without a balcony", and "with balcony" for "that have one", as named.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and of categories.
    language : Language
        Its language.
    """
    known = list(dict.fromkeys(name for name in names if name.strip()))
    without = dict(_having(known, 1))
    having = {thing: name for thing, name in _having(known, 0) if name not in without.values()}
    for thing in without.keys() & having.keys():
        text = _named(text, thing, without[thing], "", _SAID[language][1], language)
        text = _named(text, thing, having[thing], without[thing], _SAID[language][0], language)
        text = _with_other(text, (having[thing], without[thing]), language)
    return text


def _with_other(text: str, pair: tuple[str, str], language: Language) -> str:
    """Return a question with the other name of a pair where only a preposition stands for it."""
    for name, other, said in zip(pair, pair[::-1], _OTHER[language][::-1], strict=True):
        end = "" if language in ("ko", "zh") else r"(?!\w)(?! \w)"
        match = re.search(rf"{re.escape(name)}.{{0,12}}?{_OR} ?(?P<said>{said}){end}", text, re.IGNORECASE)
        if match is not None and other not in text:
            text = f"{text[: match.start('said')]}{other}{text[match.end('said') :]}"
    return text


def _named(text: str, thing: str, own: str, other: str, said: str, language: Language) -> str:
    """Return a question with a name in the place of what is said of a thing, but within the other name."""
    words = said.replace("X", rf"(?:{re.escape(thing)})(?:s|es|e?n)?")
    whole = words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)"
    kept = re.escape(other) if other else "(?!)"
    return re.sub(
        rf"{kept}|(?P<said>{whole})", lambda found: own if found["said"] else found[0], text, flags=re.IGNORECASE
    )


def _having(names: Sequence[str], side: int) -> Iterator[tuple[str, str]]:
    """Yield the thing that each name says to be there, or to be missing, and the name."""
    for name in names:
        thing = _thing_in(name, side)
        if thing is not None:
            yield thing, name


@lru_cache(maxsize=2048)
def _thing_in(name: str, side: int) -> str | None:
    found = (re.fullmatch(_NAMES[one][side], name.strip().lower()) for one in LANGUAGES)
    return next((match["thing"].strip() for match in found if match is not None), None)


_WITHOUT: Final[dict[Language, str]] = {
    "en": r"\b(?:without|with no|with zero) (?:any )?(?P<noun>\w+)",
    "de": r"\bohne (?:jede[nrs]? )?(?P<noun>\w+)",
    "fr": r"\bsans (?:aucune? )?(?:d['’])?(?P<noun>\w+)",
    "es": r"\bsin (?:ning[uú]na? |nada de )?(?P<noun>\w+)",
    "ko": r"(?P<noun>[가-힣]{2,6}?)(?:이|가|을|를)? ?(?:없이|(?:안|아예 안) ?(?:주|준|줬|쓰|쓴|썼|넣)\S{0,3})",
    "zh": r"(?:不(?:施|加|用|放)?|没有?|无)(?P<noun>[一-龥](?:[料药剂水])?)",
}
_ASKED_FOR: Final = re.compile(
    r"\b(?:any|was there|were there|is there|are there|gab es|gibt es|y a-t-il|il y a|hay|hubo)\b|"
    r"있[나니어었]|有没有|是否有"
)
"""Whether there is such a place, which a value of zero would tell."""
_STEM: Final = 4


def find_zero(text: str, panels: Sequence[ChartPanel], language: Language) -> re.Match[str] | None:
    """Return where a question says "without fertiliser" of an axis of doses of it on which zero is drawn; else None."""
    drawn = drawn_series(panels)
    places = {place for one in drawn for place in one.x}
    match = re.search(_WITHOUT[language], text, re.IGNORECASE)
    if match is None or len(panels) != 1 or 0.0 not in places or any(isinstance(place, str) for place in places):
        return None
    noun, label = match["noun"].lower(), label_without_unit(panels[0].x).lower()
    measured = " ".join(panels[0].axis_of(one).label for one in drawn).lower()
    east = language in ("ko", "zh")
    stem = noun[:1] if language == "zh" else noun if east else noun[: max(_STEM, len(noun) - 3)]
    named = stem in label if east else any(word.startswith(stem) for word in re.findall(r"\w+", label))
    return match if named and stem not in measured and not _ASKED_FOR.search(text.lower()) else None

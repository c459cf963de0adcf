"""Questions for the bins of a histogram: how wide they are, what they count, which of two stretches has more.

A stretch is said by its ends, "from 50 to 60", or by one of them, "under 10", "or below". Whether a distribution is
symmetric is told by its skewness, which is computed from the bins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_derived, format_value, label_without_unit, quoted
from vision_magic.engine.questions.operations import total
from vision_magic.engine.questions.places.spelled import with_signs_behind, with_whole_thousands
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = [
    "MARKS_OF_BINS",
    "are_bins",
    "as_asked_of_bins",
    "as_counted_between",
    "as_stretches",
    "asking_only",
    "bars_counted",
    "compare_stretches",
    "skew_of",
    "stretch_between",
    "widths_of_bins",
    "with_plain_amounts",
    "with_plain_getting",
]

MARKS_OF_BINS: Final[dict[Language, str]] = {
    "en": r"(?:bins?|bars?|class(?:es)?|intervals?|buckets?|brackets?|columns?|bands?)",
    "de": r"(?:\w*klassen?|(?:\w+-)?bins?|\w*balken|\w*säulen?|\w*intervalle?n?)",
    "fr": r"(?:classes?|barres?|intervalles?|tranches?|colonnes?|bâtons?|rectangles?)",
    "es": r"(?:intervalos?|clases?|barras?|tramos?|columnas?|franjas?)",
    "ko": r"(?:막대|구간|계급|기둥)",
    "zh": r"(?:区间|柱子?|柱形|条形|分组|组(?![成织合]))",
}
_WIDTH: Final[dict[Language, str]] = {
    "en": r"\bhow (?:wide|broad|big|large) (?:is|are|was|were) (?:the |each |every |an? |one |these |those |all )?"
    r"(?:of the )?(?:\w+ )?M\b|\bM[ -]?(?:widths?|sizes?)\b|\b(?:width|size) of (?:the |each |every |an? |"
    r"one )?(?:\w+ )?M\b|"
    r"\b(?:how (?:many|much|long|far)|(?:what|which) (?:range|width|interval|span|stretch|period))\b[^?]{0,30}?"
    r"\b(?:does|do|did|is|are) (?:each|every|one|an?|the|all)(?: of the)?(?: single| individual| one)? M "
    r"(?:cover|span|encompass|extend|stretch|have\b|go over|take in)|"
    r"\bhow many \w+ wide (?:is|are) (?:each|every|one|an?|the)(?: single| individual)? M\b",
    "de": r"\bwie (?:breit|groß) (?:ist|sind|war|waren) (?:eine?r? |die |jede\w* |der |das |"
    r"alle )?(?:einzelne\w* )?M\b|"
    r"\b(?:klassen|balken|intervall|bin|säulen)-?(?:breite|größe|weite)n?\b|"
    r"\bbreite (?:der|eine[rs]|jede[rs]|des) (?:einzelnen )?M|"
    r"\b(?:wie ?viele?|welche[nrs]?|was für eine[nr]?) [^?]{0,25}?\b(?:umfass\w+|deck\w+|(?:er)?streck\w+(?: sich)?|"
    r"überspann\w+|reich\w+|geh(?:t|en)) (?:(?:die|der|das|jede\w*|eine?|alle) )?(?:einzelne\w* |einzige\w* )?M\b|"
    r"\bwie ?viele \w+ breit (?:ist|sind) (?:(?:die|der|das|jede\w*|eine?|alle) )?(?:einzelne\w* )?M\b",
    "fr": r"\b(?:largeur|amplitude|taille) (?:de |des |d['’]une? )(?:chaque |la |les |l['’]|une )?M\b|"
    r"\bquelle (?:est la )?(?:largeur|amplitude) (?:ont|a|couvre) (?:chaque |la |les |une )?M\b|"
    r"\b(?:combien (?:de |d['’])\w+|quel(?:le)? (?:durée|plage|étendue|intervalle|période)) "
    r"(?:couvr\w+|englob\w+|s['’]éten\w+|s['’]étal\w+|recouvr\w+|représente en largeur) "
    r"(?:chaque|une(?: seule)?|un(?: seul)?|la|les) M\b|"
    r"\bcombien (?:de |d['’])\w+ (?:chaque|une(?: seule)?|un(?: seul)?|les) M (?:couvr|englob|s['’]éten|s['’]étal)|"
    r"\bM (?:couvr|englob)\w+(?:-t-(?:elle|il)|-(?:elles|ils))? combien\b",
    "es": r"\b(?:anchura|ancho|amplitud|tamaño) (?:tienen?|de|del) (?:cada |las? |los |el |una? )?M\b|"
    r"\b(?:cómo de|qué tan) anch[oa]s? (?:es|son) (?:cada |las? |los |el |una? )?M\b|"
    r"\b(?:cu[aá]nt[oa]s?(?: \w+)?|qué (?:rango|intervalo|período|periodo|amplitud)) "
    r"(?:abarcan?|miden?|cubren?|comprenden?) (?:de ancho )?(?:cada|una?|las?|los|el)(?: sol[oa]| únic[oa])? M\b",
    "ko": r"M[^?.]{0,8}(?:너비|폭|크기|간격)|"
    r"M[^?.]{0,8}(?:며칠|몇 ?(?!명|건|개|번|마리|대)|얼마)[^?.]{0,10}(?:아우르|포괄|걸[쳐치]|덮|차지|담당|커버|씩)",
    "zh": r"M[^?。?]{0,6}(?:宽度|多宽|宽|间隔|跨度)|组距|"
    r"M[^?。?]{0,4}(?:涵盖|覆盖|横跨|跨越|跨)[^?。?]{0,3}(?:几|多少|多长)",
}
"""How wide a bin is; M stands for the words for one."""
_COUNTS: Final[dict[Language, str]] = {
    "en": r"\bwhat (?:do|does|did) (?:the |each |every |one |an? |these |those )?(?:single )?(?:heights? of (?:the |"
    r"each |an? |"
    r"every )?)?M (?:count|mean|stand for|represent|show|tell|measure|indicate)|"
    r"\bwhat (?:is|are|gets?) (?:being )?counted\b|\bwhat(?:['’]s| is) counted\b",
    "de": r"\bwas (?:zähl(?:t|en)|bedeute[nt]*|zeig(?:t|en)|stell(?:t|en)|geben|gibt) (?:die |jede\w* |eine? |der )?"
    r"(?:höhen? (?:der|eines|jedes) )?(?:einzelnen? )?M|\bwofür steh(?:t|en) (?:die |jede\w* |eine? |der )?M|"
    r"\bwas (?:wird|wurde) (?:hier )?gezählt\b",
    "fr": r"\b(?:que|qu['’]est-ce que|ce que) (?:(?:compt|représent|montr|signifi|indiqu)\w+ )?(?:les |chaque |une |"
    r"la )"
    r"(?:hauteur (?:des |d['’]une |de chaque )?)?M(?: (?:compt|représent|montr|signifi|indiqu)\w+)?|"
    r"\bqu['’]est-ce qui est compté",
    "es": r"\bqué (?:cuentan?|representan?|muestran?|significan?|indican?) (?:las? |los |cada |una? |el )?"
    r"(?:altura de (?:las |cada |una )?)?M|\bqué se (?:cuenta|contó)\b",
    "ko": r"M[^?.]{0,14}(?:무엇|뭘|뭐|무얼|무슨 뜻|의미|나타내|뜻)",
    "zh": r"M[^?。?]{0,10}(?:表示|代表|统计|数的|意思|指的)",
}
"""What the bars count."""
_SKEWED: Final[dict[Language, str]] = {
    "en": r"\b(?:skew\w*|a?symmetric(?:al|ally)?|a?symmetry|lopsided|tails?)\b",
    "de": r"\b(?:(?:links|rechts)?schiefe?r?|schief\w*|(?:a|un)?symmetri\w*|(?:links|rechts)steil\w*|ausläufer\w*)\b",
    "fr": r"(?<!\w)(?:[ad]?i?s?symétri\w*|asymétri\w*|(?:longue )?(?:queue|traîne)|étalée? (?:à|vers))(?!\w)",
    "es": r"(?<!\w)(?:a?simétric\w*|a?simetría|sesgad\w*|sesgo|cola)(?!\w)",
    "ko": r"비?대칭|치우[쳐쳤친]|왜도|꼬리",
    "zh": r"不?对称|偏态|偏斜|[左右]偏|偏[左右]|长尾|尾巴|拖尾",
}
_SYMMETRIC: Final = re.compile(r"(?<![adis])s[yi]m+[eé]tr|(?<!un)symmetri|(?<!비)대칭|(?<!不)对称", re.IGNORECASE)
_RIGHT: Final = re.compile(r"\bright|rechts|droite|derecha|오른쪽|右|높은|高|higher|positiv")
_LEFT: Final = re.compile(r"\bleft|links|gauche|izquierda|왼쪽|左|낮은|低|lower|negativ")
_OR: Final = re.compile(r"\bor\b|\boder\b|\bou\b|\bo\b|아니면|나요,|가요,|还是|或")
_LEANS: Final = re.compile("치우")
"""A word for where most are, and not for the side of the tail."""
_HOW_MANY_BARS: Final[dict[Language, str]] = {
    "fr": r"\bcombien (?:de |d['’])M (?:y a|il y a|compte|contient|comporte|voit)",
}


def as_asked_of_bins(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for the bins of a histogram, or for its skewness, as one that needs no second reading.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = text.lower(), query.language
    if not are_bins(panels) or query.threshold or query.then:
        return query
    mark = MARKS_OF_BINS[language]
    asked: tuple[tuple[Operation, str], ...] = (
        ("bin widths", _WIDTH[language]),
        ("bars counted", _COUNTS[language]),
        ("count", _HOW_MANY_BARS.get(language, "(?!)")),
    )
    for operation, words in asked:
        extreme = query.words & {"maximum", "minimum"}  # "which interval has most, and what is it?"
        if re.search(words.replace("M", mark), text) is not None and not (query.bounds or extreme):
            return asking_only(query, operation)
    skewed = re.search(_SKEWED[language], text)
    own = own_words(panels, [])
    if skewed is None or skewed[0] in own or query.places or query.bounds:
        return query
    two = _OR.search(text) is not None or (_RIGHT.search(text) is not None and _LEFT.search(text) is not None)
    plain = query.yes_no and not two and _LEANS.search(text) is None
    return replace(asking_only(query, "skew"), text=text, yes_no=plain)


def are_bins(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all that is drawn is one histogram of which the bins are known."""
    drawn = drawn_series(panels)
    return len(panels) == 1 and len(drawn) == 1 and drawn[0].kind == "histogram" and bool(drawn[0].extra.get("left"))


def asking_only(query: Query, operation: Operation) -> Query:
    """Return a question for one thing that needs no second reading, and for no part of the chart."""
    plain = replace(query, operations=(operation,), words=frozenset(), series=(), places=(), amounts=(), groups=())
    return replace(plain, statistic="", unheard="", bounds=None, threshold=None, yes_no=False, firm=True)


# --- answers about bins -----------------------------------------------------------------------------------------

_Bin = tuple[float, float, float]


def _bins(item: Item) -> list[_Bin]:
    ends = (item.series.extra.get(side, ()) for side in ("left", "right"))
    return list(zip(*ends, item.series.y, strict=False))


def widths_of_bins(task: Task) -> Iterator[str]:
    """Yield how wide the bins are, and from where to where they go."""
    item = task.items[0]
    bins = _bins(item)
    if not bins:
        yield task.say("unknown", of=task.of(item))
        return
    widths = [right - left for left, right, _ in bins]
    ends = {"count": len(bins), "first": _at(item, bins[0][0]), "last": _at(item, bins[-1][1])}
    if math.isclose(min(widths), max(widths), rel_tol=1e-6):
        yield task.say("bin width", width=_at(item, widths[0]), **ends)
    else:
        yield task.say("bin widths", low=_at(item, min(widths)), high=_at(item, max(widths)), **ends)


def bars_counted(task: Task) -> Iterator[str]:
    """Yield what the height of a bar is, and along what the bins are."""
    item = task.items[0]
    values, places = label_without_unit(item.values), label_without_unit(item.places)
    widths = [right - left for left, right, _ in _bins(item)]
    width = (
        task.say("bin of width", width=_at(item, widths[0]))
        if widths and math.isclose(min(widths), max(widths))
        else ""
    )
    along = task.say("bin along", name=quoted(places, task.language)) if places else ""
    name = quoted(values, task.language) if values else task.say("the values")
    yield task.say("bars counted", name=name, along=along, width=width)


def _at(item: Item, value: float) -> str:
    return format_value(value, item.places.unit, derived=True)


_ABOUT_SYMMETRIC: Final = 0.35
"""A skewness up to which a distribution looks symmetric."""


def skew_of(task: Task) -> Iterator[str]:
    """Yield to which side a distribution has its long tail, if to any; after yes or no where one side is asked for."""
    middles = [((left + right) / 2, count) for left, right, count in _bins(task.items[0])]
    skewness = _skewness(middles)
    if skewness is None:
        yield task.say("unknown", of="")
        return
    side = 0 if abs(skewness) <= _ABOUT_SYMMETRIC else 1 if skewness > 0 else -1
    if task.query.yes_no:
        yield task.say("yes" if _holds(task.query.text, side) else "no")
    key = ("symmetric", "skewed right", "skewed left")[side]
    yield task.say(key, value=format_derived(float(f"{skewness:.2g}")))


def _holds(text: str, side: int) -> bool:
    """Return whether a question states the side of the tail: -1 for the left, 1 for the right, 0 for none."""
    if _SYMMETRIC.search(text) is not None:
        return side == 0
    right, left = _RIGHT.search(text), _LEFT.search(text)
    steep = re.search(r"steil", text) is not None  # where most are, which is the side without the tail
    stated = 1 if right is not None else -1 if left is not None else 0
    return side == (-stated if steep else stated) if stated else side != 0


def _skewness(middles: Sequence[tuple[float, float]]) -> float | None:
    count = sum(weight for _, weight in middles)
    if count <= 2 or not math.isfinite(count):
        return None
    mean = sum(place * weight for place, weight in middles) / count
    second = sum(weight * (place - mean) ** 2 for place, weight in middles) / count
    third = sum(weight * (place - mean) ** 3 for place, weight in middles) / count
    return third / second**1.5 if second > 0 else None


# --- two stretches ----------------------------------------------------------------------------------------------

_N: Final = (
    r"(?P<{}>\d+(?:[.,]\d+)?)(?: ?(?!(?:or|and|to|oder|und|bis|ou|et|o|y|a|que|than|als)\b)[^\W\d_]+\.?| ?[%€$£¥₩])?"
)
_ONE: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        r"\b(?:between|from|of|in|at|with)? ?A ?(?:and|to|-|–) ?B",
        r"\b(?:under|below|less than|fewer than|lighter than|shorter than|younger than|up to|at most) A|"
        r"(?<!above )(?<!over )(?<!than )\bC,? (?:or|and) (?:less|under|fewer|below|shorter|younger|lighter)\b",
        r"\b(?:over|above|more than|longer than|heavier than|older than|at least) A|"
        r"(?<!under )(?<!below )(?<!than )\bC,? (?:or|and) (?:more|over|above|longer|older|heavier)\b",
    ),
    "de": (
        r"\b(?:zwischen|von|mit)? ?A ?(?:und|bis|-|–) ?B",
        r"\b(?:unter|weniger als|kürzer als|leichter als|jünger als|höchstens|bis zu) A",
        r"\b(?:über|mehr als|länger als|schwerer als|älter als|mindestens|ab) A",
    ),
    "fr": (
        r"\b(?:entre|de) A ?(?:et|à|-|–) ?B",
        r"(?<!\w)(?:moins de|sous(?: les)?|(?:en|au)[ -]dessous (?:de|des)|au plus|jusqu['’]à) A",
        r"(?<!\w)(?:plus de|au[ -]dessus (?:de|des)|au moins|à partir de) A",
    ),
    "es": (
        r"\b(?:entre|de|desde)(?: los| las)? A ?(?:y|a|-|–) ?(?:los |las )?B",
        r"\b(?:menos de|por debajo de|bajo|hasta|como máximo)(?: los| las)? A",
        r"\b(?:más de|por encima de|sobre|al menos|a partir de)(?: los| las)? A",
    ),
    "ko": (
        r"A ?(?:에서|부터|~|-|–) ?B(?: ?사이| ?까지)?",
        r"A ?\S{0,2}? ?(?:미만|이하|아래|밑|안 되|이내)",
        r"A ?\S{0,2}? ?(?:초과|이상|넘[은는게어]|위(?=[의로인가 ]))",
    ),
    "zh": (
        r"A ?(?:到|至|~|-|–|—) ?B(?:之间)?",
        r"(?:不到|少于|低于|小于|不足|短于) ?A|C ?(?:以下|以内|之内)",
        r"(?:超过|多于|高于|大于|长于) ?A|C ?以上",
    ),
}
"""One stretch: between two numbers, below one, and above one. C is the number where it stands first."""
_OTHER_SIDE: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:under|below|less|fewer|shorter|lighter|younger)\b", r"\b(?:over|above|more|longer|heavier|older)\b"),
    "de": (r"\b(?:darunter|weniger|unter|kürzer|drunter)\b", r"\b(?:darüber|mehr|über|länger|drüber)\b"),
    "fr": (r"(?<!\w)(?:(?:en|au)[ -]dessous|moins)\b", r"(?<!\w)(?:(?:au|en)[ -]dessus|plus)\b"),
    "es": (r"\b(?:(?:por )?debajo|menos)\b", r"\b(?:(?:por )?encima|más)\b"),
    "ko": (r"미만|이하|아래|밑", r"초과|이상|위|넘"),
    "zh": (r"以下|低于|不到", r"以上|高于|超过"),
}
"""The other side of a number, which is not said again: "above 60 or below"."""
_BEFORE: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:under|below|less|fewer)\W+(?:or|than)\W+$", r"\b(?:over|above|more)\W+(?:or|than)\W+$"),
    "de": (r"\b(?:unter|weniger)\W+(?:oder|als)\W+$", r"\b(?:über|mehr)\W+(?:oder|als)\W+$"),
    "fr": (r"(?:en|au)[ -]dessous\W+ou\W+$", r"(?:au|en)[ -]dessus\W+ou\W+$"),
    "es": (r"(?:por )?debajo\W+o\W+$", r"(?:por )?encima\W+o\W+$"),
    "ko": ("(?!)", "(?!)"),
    "zh": ("(?!)", "(?!)"),
}
"""The other side of a number that is said before: "above or below 60"."""
_JOINS: Final[dict[Language, str]] = {
    "en": r"\bor\b|\bthan\b",
    "de": r"\boder\b|\bals\b",
    "fr": r"\bou\b|\bqu(?:e\b|['’])",
    "es": r"\bo\b|\bque\b",
    "ko": r"아니면|보다|[요와과랑이가나] ?,?|또는",
    "zh": r"还是|比|和|跟|与|或",
}
_COMPARES: Final[dict[Language, str]] = {
    "en": r"\b(?:more|most|fewer|less|fewest|larger|bigger|smaller|majority)\b",
    "de": r"\b(?:mehr|meisten|weniger|wenigsten|größer|kleiner)\b",
    "fr": r"\b(?:plus|moins)\b",
    "es": r"\b(?:más|menos|mayor|menor)\b",
    "ko": r"더|많|적",
    "zh": r"多|少",
}
_FEWER: Final[dict[Language, str]] = {
    "en": r"^\W*\w+ (?:there )?(?:fewer|less)\b|\bhas (?:fewer|less)\b",
    "de": r"^\W*\w+ (?:es )?weniger\b",
    "fr": r"^\W*y a-t-il moins\b|^\W*est-ce qu['’]il y a moins\b",
    "es": r"^\W*(?:hay|hubo) menos\b",
    "ko": r"적[나은습]",
    "zh": r"(?:更|比.{1,30})少",
}


def as_counted_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many ran 20 to 30 seconds" of a histogram as a question for their number, and not for one bin.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    ends = query.bounds
    numbers = ends is not None and all(isinstance(end, float | int) for end in (ends.low, ends.high))
    told = query.operations in (("group",), ("value",)) and not (query.threshold or query.series or query.yes_no)
    if not (are_bins(panels) and numbers and told) or re.search(_HOW_MANY[query.language], text.lower()) is None:
        return query
    return replace(query, operations=("sum",), words=query.words | {"sum"}, groups=(), places=(), firm=True)


_HOW_MANY: Final[dict[Language, str]] = {
    "en": r"\bhow many\b",
    "de": r"\bwie ?viele\b",
    "fr": r"\bcombien de\b",
    "es": r"\bcu[aá]nt[oa]s\b",
    "ko": r"몇 ?(?:명|개|건|마리|그루|대|장|권|회|번|곳)",
    "zh": r"(?:多少|几)[个名位人次只条件]",
}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the axis of bins, and where it is said."""

    low: float | None
    high: float | None
    kind: Literal["in between", "above", "below"]
    start: int
    end: int


def as_stretches(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "are there more under 10 or from 50 to 60" of a histogram as a question for the counts in both stretches.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = with_plain_amounts(text.lower()), query.language
    if not are_bins(panels) or query.then or re.search(_COMPARES[language], text) is None:
        return query
    found = _stretches(text, language)
    said = " ".join(text[one.start : one.end] for one in found)
    strange = query.operations == ("unheard",) and query.unheard.lower() not in said and not _is_verb(query, text)
    if len(found) != 2 or strange:
        return query
    rest = f"{text[: found[0].start]} {text[found[0].end : found[1].start]} {text[found[1].end :]}"
    if re.search(r"\d", rest) is not None:
        return query
    chosen = _CHOOSES.search(text[found[0].end : found[1].end]) is not None or _CHOOSES.search(text[:1]) is not None
    return replace(asking_only(query, "stretches"), text=text, yes_no=query.yes_no and not chosen)


_THOUSANDS: Final = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")


def with_plain_amounts(text: str) -> str:
    """Return a question with signs of currencies behind their amounts, and without marks between thousands."""
    return with_signs_behind(_THOUSANDS.sub("", with_whole_thousands(text)))


_CHOOSES: Final = re.compile(r"\bor\b|\boder\b|\bou\b|\bo\b|아니면|나요,|가요,|还是|或")


def _is_verb(query: Query, text: str) -> bool:
    """Return whether the word that is not understood is the verb of those who are counted: "did more pupils finish"."""
    word = re.escape(query.unheard.lower())
    verb = {
        "en": rf"\b(?:do|does|did|have|has)\b(?: \w+){{1,5}}? {word}\b",
        "de": rf"\b{word}\W*$|^\W*{word}\b",
        "fr": rf"\b(?:ont|a|avaient) {word}\b",
        "es": rf"^\W*{word}\b|\b(?:han|ha) {word}\b",
    }.get(query.language, rf"{word}\S{{0,3}}$|[得了]{word}|{word}[了过得]")
    return re.search(verb, text) is not None


def _stretches(text: str, language: Language) -> list[_Stretch]:
    """Return the stretches that a question names, in its order."""
    kinds: tuple[Literal["in between", "below", "above"], ...] = ("in between", "below", "above")
    found: list[_Stretch] = []
    for kind, words in zip(kinds, _ONE[language], strict=True):
        pattern = words.replace("A", _N.format("a"), 1).replace("B", _N.format("b"), 1).replace("C", _N.format("c"), 1)
        for match in re.finditer(pattern, text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            numbers = [float(one.replace(",", ".")) for one in match.groupdict().values() if one]
            low = None if kind == "below" else numbers[0]
            high = None if kind == "above" else numbers[-1]
            found.append(_Stretch(low, high, kind, match.start(), match.end()))
    found.sort(key=lambda one: one.start)
    if len(found) == 1 and found[0].kind != "in between":
        return _with_other_side(found[0], text, language)
    joined = len(found) == 2 and re.search(_JOINS[language], text[found[0].end - 3 : found[1].start]) is not None
    if joined and language == "ko" and re.match(r"\S{0,8}보다", text[found[0].end :]):
        return found[::-1]
    return found if joined else []


def stretch_between(text: str, language: Language) -> tuple[float, float] | None:
    """Return the ends of the only stretch between two numbers in a question in lower case."""
    pattern = _ONE[language][0].replace("A", _N.format("a"), 1).replace("B", _N.format("b"), 1)
    found = list(re.finditer(pattern, text))
    return (float(found[0]["a"].replace(",", ".")), float(found[0]["b"].replace(",", "."))) if len(found) == 1 else None


def _with_other_side(one: _Stretch, text: str, language: Language) -> list[_Stretch]:
    """Return a stretch and that on the other side of its limit, if a question says so."""
    side = 1 if one.kind == "below" else 0
    behind = re.search(_OTHER_SIDE[language][side], text[one.end :])
    before = re.search(_BEFORE[language][side], text[: one.start])
    other = _Stretch(one.high, one.low, "above" if one.kind == "below" else "below", one.end, one.end)
    if before is not None:
        return [replace(other, start=before.start(), end=before.end()), one]
    joined = behind is not None and re.search(_JOINS[language], text[one.end - 3 : one.end + behind.start() + 1])
    if behind is None or not joined:
        return []
    return [one, replace(other, start=one.end + behind.start(), end=one.end + behind.end())]


def compare_stretches(task: Task) -> Iterator[str]:
    """Yield how many of what a histogram counts are in each of two stretches, and in which there are more."""
    item = task.items[0]
    bins, stretches = _bins(item), _stretches(task.query.text, task.language)
    if len(stretches) != 2:
        yield task.say("unknown", of="")
        return
    (low, high, cut), (other_low, other_high, other_cut) = (_count(bins, one) for one in stretches)
    a, b = (_said(task, item, one) for one in stretches)
    more = 1 if low > other_high else -1 if other_low > high else 0
    equal = low == high == other_low == other_high
    fewer = re.search(_FEWER[task.language], task.query.text) is not None
    if task.query.yes_no and (more or equal):
        yield task.say("yes" if more == (-1 if fewer else 1) else "no")
    shown = {"a": a, "b": b, "total": item.value(total([count for _, _, count in bins]))}
    counts = {"a_count": _range(item, low, high), "b_count": _range(item, other_low, other_high)}
    yield task.say("stretches", **shown, **counts)
    cuts = [f"{format_derived(left)}–{format_derived(right)}" for left, right, _ in (*cut, *other_cut)]
    if cuts:
        yield task.say("stretches cut", bins=join(list(dict.fromkeys(cuts)), task.language))
    exact = low == high and other_low == other_high
    if more:
        by = item.value(abs(low - other_low)) if exact else ""
        yield task.say("stretch more by" if exact else "stretch more", of=a if more > 0 else b, by=by)
    elif equal:
        yield task.say("stretches equal")


def _said(task: Task, item: Item, one: _Stretch) -> str:
    if one.low is not None and one.high is not None:
        return task.say("in between", low=_at(item, one.low), high=_at(item, one.high))
    limit = one.low if one.low is not None else one.high
    return task.say(one.kind, limit=_at(item, limit or 0.0))


def _range(item: Item, low: float, high: float) -> str:
    return item.value(low) if low == high else f"{item.value(low)}–{item.value(high)}"


def _count(bins: Sequence[_Bin], one: _Stretch) -> tuple[float, float, list[_Bin]]:
    """Return how many are in a stretch at least and at most, and the bins that its ends cut."""
    near = 1e-9 * abs(bins[-1][1] - bins[0][0])
    low = -math.inf if one.low is None else one.low
    high = math.inf if one.high is None else one.high
    inside = [each for each in bins if each[0] >= low - near and each[1] <= high + near]
    beside = [each for each in bins if each not in inside and each[2]]
    cut = [each for each in beside if each[1] > low + near and each[0] < high - near]
    sure = total([count for _, _, count in inside])
    return sure, sure + total([count for _, _, count in cut]), cut


# --- verbs of getting -------------------------------------------------------------------------------------------

_GOT: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            r"\b(?:achieved|attained|earned|gained|finished(?: with)?|managed|reached|hit|bagged|"
            "ended up with)\b",
            "got",
        ),
    ),
    "de": (
        (
            r"\b(?:geholt|erreicht|erzielt|geschafft|errungen|eingefahren|ergattert|erlangt|benötigt|geerntet)\b",
            "gehabt",
        ),
        (
            r"\b(?:holten|erreich(?:t?en)|erzielt?en|schafft?en|errangen|erlang(?:t?en)|benötig(?:t?en)|ergattert?en)\b",
            "hatten",
        ),
    ),
    "fr": (
        (r"\b(?:atteint|réalisé|décroché|récolté|remporté|totalisé|cumulé)(?!\w)", "eu"),
        (r"\b(?:atteignent|réalisent|décrochent|récoltent|remportent|totalisent|cumulent)\b", "ont"),
    ),
    "es": (
        (r"\b(?:consiguieron|alcanzaron|lograron|cosecharon|reunieron|sumaron|acumularon|llegaron a)\b", "tuvieron"),
        (r"\bhan? (?:conseguido|alcanzado|logrado|cosechado|reunido|sumado|acumulado|llegado a)\b", "tuvieron"),
        (r"\b(?:consiguen|alcanzan|logran|cosechan|reúnen|suman|acumulan|llegan a)\b", "tienen"),
    ),
    "ko": ((r"(?:획득|달성)한|거둔|따낸|이룬|챙긴", "받은"),),
    "zh": (
        (
            r"(?:得到|得了|拿到|拿了|考了|考到|获得|取得|用了|花了|跑了|达到|需要|得)了?"
            r"(?=\d+(?:\.\d+)?[一-龥]?(?:到|至|~|-)\d+(?:\.\d+)?[一-龥]{0,2}[^一-龥]*$)",
            "在",
        ),
    ),
}
"""Verbs of getting a number of points, minutes or kilograms, and plainer ones in their place."""


def with_plain_getting(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question for the number in a stretch of a histogram with a plain verb for "reached" or "earned".

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    lowered = text.lower()
    if not are_bins(panels) or re.search(_ONE_BETWEEN[language], lowered) is None:
        return text
    plain = text
    for words, verb in _GOT[language]:
        plain = re.sub(words, verb, plain, flags=re.IGNORECASE)
    if language == "zh" and plain != text:
        plain = re.sub(r"[^一-龥\d]*$", "之间?", plain)
    return plain


_ONE_BETWEEN: Final[dict[Language, str]] = {
    language: words[0].replace("A", r"\d+(?:[.,]\d+)?(?: ?[^\W\d_]+)?").replace("B", r"\d")
    for language, words in _ONE.items()
}

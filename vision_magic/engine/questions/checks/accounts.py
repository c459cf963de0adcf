"""The words of a question that neither the reader nor the chart accounts for, and that change what is asked.

"How much profit in May?" of a chart of revenue must not be answered with the revenue. Most words of a question are
known: they name an operation, a series, a place or a unit, they stand in the chart's labels, or they are common. Any
word that is left may be what is asked for ("seasonality", "the least predictable"), so the question is declined. Known
words count as well where they stand for a condition ("if", "per day", "in winter") or a negation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from vision_magic.engine.chart.data import FLAT, Chart, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.roles import Setting, role_of
from vision_magic.engine.questions.checks.weighing import may_be_left
from vision_magic.engine.questions.language import LANGUAGES
from vision_magic.engine.questions.names.usual_names import kind_of_names, translated, words_for_the_same
from vision_magic.engine.questions.numbers import is_date, period_of
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class
from vision_magic.engine.questions.vocabulary.consumption import words_for_electricity
from vision_magic.engine.questions.vocabulary.grammar import is_opposite_of_own
from vision_magic.engine.questions.vocabulary.words import COLOUR_WORDS, CONTEXT_WORDS, OPERATION_WORDS, search
from vision_magic.engine.questions.vocabulary.words_of_marks import WORDS_OF_KINDS

__all__ = ["PEOPLE", "are_from_figures", "own_words", "stems_of", "unaccounted"]

_COMMON_WORDS: Final = (
    "books book drinks fruits fruit animals animal pets pet countries country cities city products product items "
    "item brands brand departments department subjects subject sports sport languages language genres genre jobs "
    "job professions profession teams team options option meals meal dishes dish vehicles vehicle courses course "
    "classes shops shop regions region districts district players player models model methods method species "
    "sources source company companies money have read lives whats a about above across actual actually after "
    "again ago all almost among amongst along already also altogether always am amount amounts an and another any "
    "anyone anything approximately are around as asked at available away back bar bars be because become becomes been "
    "before begin being below best better between big bigger biggest both bottom but by call called can case "
    "cases categories category cell cells change changed changes chart charts clearly closest column columns come "
    "common compare compared comparison compares could count counted counts curve data dataset date dates day "
    "days difference different differ did direction distribution do does doing done dots down drawn during each "
    "earlier early either else end ended entire equal even ever every everything exact exactly excluding except "
    "including ignoring exceed far farthest fast few fewer figure figures final find first follow for form found "
    "from full further gap general generally get gets give given go goes going gone good got graph great greater "
    "group groups grow had happen happened happens has having he height help her here high higher highest his "
    "hour hours how i identify if image in increase individual into is it its itself just keep kind know large "
    "larger largest last later latest least left less let level levels like likely line lines list little "
    "long longer look low lower lowest made main major make makes many map marked markers matter may me mean means "
    "measure measured measurement measurements median members mention middle might minute minutes mode month "
    "months more most mostly move much my name need nearly neither next nor normal normally not noticeable now "
    "number numbers observation observations observed occur occurred occurs of off often on once one ones only "
    "onto or order other others our out over overall own pair panel part parts pattern peak peaks people per "
    "percent percentage percentages perform performed performs period periods person picture pie piece place plot "
    "plots please point points position possible present quantity quarter quarters question quite range rank "
    "ranking rate rather reach reached reading readings real really recent record recorded records relation "
    "relative result results right rise roughly round row rows same say see seem seems seen separate sequence "
    "series set several shape share she should show showed shown shows side similar since single size slice "
    "slices small smaller smallest so some something somewhat sort spread stand start started state statistic "
    "statistics still strong stronger strongest subplot such sum summarise summarize summary tell tend than that "
    "the their them themselves then there these they thing things think this those through throughout time times "
    "to along past off away together top total toward towards trend twice two type typical typically under unit "
    "units until up upon "
    "us use used uses using usual usually value values variable vary very versus view visible want was way we "
    "week weeks well went were what whatever when where whether which while who whole whose why wide wider will "
    "with within without would year years yes yet you your zero zeros many'll don't there's what's that's it's "
    "who's where's when's how's let's i'm we're they're isn't aren't doesn't didn't "
)
_VERB_WORDS: Final = (
    "take takes took taken taking comes came coming travel travels choose chose chosen prefer prefers liked likes "
    "buy bought pick picked visit visited spend spends spent sleep slept eat ate drink drank play played run ran "
    "watch watched wrote work works worked live lived stay stayed join joined attend attended won win wins lost "
    "lose loses bring brings brought give gives gave given "
    "cause develop develops developed developing behave behaves behaved evolve evolved "
)
_HARMLESS_WORDS: Final = (
    "label labels labelled labeled titled called applied apply applies being estimate estimated "
    "account accounted accounts alone accurate achieve achieved achieves add adds ahead altogether annual apart asked "
    "behind belong belongs best-selling borrow borrowed brief briefly buying buys can't cannot certain certainly "
    "close closed collect collected combined compared consist consists contain contained contains correct "
    "correspond corresponds couldn't currently daily depend depends depict depicted depicts detail details display "
    "displayed displays doctor drawn earner eight eventually everybody everyone exactly expect expected explain "
    "explained export exported false fifth finally fit fits five forecast forecasts four fourth going guess hand "
    "hands happening hasn't haven't he's held hello hers hey hold holds hourly i'd i've idea import important "
    "imported include included includes initially interviewed isn't judging kindly lead leading leads lie lies "
    "liter liters litre litres looked looking made make making manage managed managing market meanwhile mine "
    "missing monthly must nine notice noticed observe okay originally ours particular pass passed "
    "passes placed places plotted popular populous produce produced produces ranked ranks reads really receive "
    "received receives remain remaining remains report reported reports represent represented represents respective "
    "respectively rest saw score scored scores second seeing sees sell selling sentence "
    "sentences seven sexes shall she's short should six sixth sold somebody somehow someone specific stayed stays "
    "suppose sure surveyed tested examined telling ten thank thanks that'd third three tied told topped tops "
    "trained trains true "
    "truly use winner winners wins wasn't we've weekly weren't who'd won't wonder wondering word words worth "
    "wouldn't wrong yearly "
    "you'd you've "
)
_VERBS: Final = frozenset((*_VERB_WORDS.split(), *_HARMLESS_WORDS.split()))
"""Words that change nothing beside others that say what is asked: verbs for what people do, and forms of politeness.

They are those of questions that were answered right, and their like. What is in neither list is not understood.
"""

_COMMON: Final = frozenset(_COMMON_WORDS.split())

_CONCEPTS: Final[dict[str, str]] = {
    "profit": r"profit\w*|margins?|net income|earnings|surplus",
    "cost": r"costs?|costing|costly|expens\w*|spen[dt]\w*(?! (?:\w+ )?time)|"
    r"pay|pays|paid|paying|payments?|prices?|priced|pricey|"
    r"cheap\w*|bills?|fees?|fares?|rent|budget\w*|afford\w*|charge[sd]?",
    "revenue": r"revenues?|turnover|incomes?|sales|sold|sells?|selling|earn\w*|receipts|takings|money",
    "salary": r"salar\w+|wages?|pays?|paid|earn\w*|income",
    "temperature": r"temperatures?|warm\w*|cold\w*|hot|hotter|hottest|cool\w*|heat|degrees|freez\w*|frost\w*",
    "rain": r"rain\w*|precipitation|wet|wetter|wettest|dry|drier|driest|showers?",
    "snow": r"snow\w*",
    "wind": r"winds?|windy|windie\w+|gusts?",
    "humidity": r"humid\w*|moist\w*|damp\w*|wet|wetter|wettest|dry|drier|driest",
    "sunshine": r"sunshine|sunny|sunnie\w+|sunlight",
    "weight": r"weight\w*|weigh\w*|heav\w+|mass",
    "height": r"heights?|tall\w*",
    "length": r"(?:longest|shortest)(?! (?:bar|line|streak|column))",
    "duration": r"(?:(?<=average )|(?<=mean )|(?<=median )|(?<=typical )|(?<=total )|(?<=usual ))times?"
    r"(?= (?:to|taken|it|spent|between|until)\b)",
    "age": r"ages?|aged|old|older|oldest|young\w*",
    "speed": r"speeds?|velocity|how fast",
    "distance": r"distances?|mileage|kilomet(?:er|re)s|miles",
    "satisfaction": r"satisf\w*|happ(?:y|ier|iest|iness)|dissatisf\w*|unhappy",
    "inflation": r"inflation",
    "unemployment": r"unemploy\w*|jobless\w*",
    "emissions": r"emissions?|emit\w*|co2|carbon|pollut\w*",
    "deaths": r"deaths?|died|dead|mortality|killed|fatalit\w+",
    "births": r"births?|born",
    "customers": r"customers?|clients?|shoppers?",
    "employees": r"employees?|staff|workers?|workforce",
    "students": r"students?|pupils?",
    "visitors": r"visitors?|guests?|tourists?|attend\w*",
    "population": r"population\w*|inhabitants?|residents?",
    "taxes": r"tax|taxes",
    "interest rate": r"interest rates?|interest",
    "quality": r"quality",
    "safety": r"safe|safer|safest|safety",
    "health": r"healthy|healthier|healthiest",
    "causes": r"reasons?|causes?|explanation|why",
}
"""What charts measure, and the words that mean it: none of them stands for another."""

PEOPLE: Final = (
    r"people|persons?|respondents?|participants?|employees?|students?|pupils?|customers?|visitors?|guests?|"
    r"users?|patients?|residents?|passengers?|workers?|inhabitants?|population|travellers?|"
    r"commuters?|voters?|players?|members?|subscribers?|households?|families|runners?|readers?|viewers?|attend\w*"
)

_TIMES: Final = (
    r"yesterday|today|tonight|tomorrow|(?:last|next|this|previous) (?:year|month|week|night|season|decade|century)|"
    r"mornings?|afternoons?|evenings?|nights?|noon|midnight|lunch\w*|spring|summers?|autumn|winters?|week-?ends?|"
    r"week-?days?|holidays?|christmas|easter|january|february|march|april|june|july|august|september|october|november|"
    r"december|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|lockdown|pandemic|covid\S*|"
    r"(?:first|second|third|fourth|last) (?:half|quarter)|rush hour|war|crisis|recession|strike"
)

_EACH: Final = (
    r"day|week|month|year|hour|minute|quarter|person|capita|head|"
    r"household|employee|student|customer|visitor|square metre"
)

_NEGATION: Final = r"(?<!\w)(?:not|\w+n[’']t|never|neither|nor|no longer|nobody|none)(?!\w)"
_CONDITION: Final = r"(?<!\w)(?:if|unless|assuming|suppose|provided|adjusted for|given that|compared (?:to|with))(?!\w)"
_ASKED: Final = (
    r"how (?:many|much) (?:more |fewer |less |of the )?(?P<a>[a-z][\w-]+)",
    r"(?:what|which|whats|what['’]s) (?:is |was |are |were |about )?(?:the |a |our |their |its |my )?"
    r"(?:\w+est |average |total |mean |median |typical |usual |first |last |final |current |"
    r"overall |maximum |minimum )*"
    r"(?P<b>[a-z][\w-]+)"
    r"(?= (?:of|at|in|for|on|during|between|from|to|by|with|per|when|after|before)\b|\W*$| *[\ue000-\uf8ff])",
    r"(?:number|amount|level|rate|value|percentage|share|proportion|sum|total|mean|average) of (?:the |all )?"
    r"(?P<c>[a-z][\w-]+)",
    r"(?:without|excluding|except(?: for)?|including|ignoring|only(?: for)?|among|amongst|for every|besides) "
    r"(?:the |an? |any |its |their )?(?P<d>[a-z][\w-]+)",
    r"(?:per|for each) (?P<e>[a-z][\w-]+)",
    r"how many (?:\S+ ){1,5}?(?:have|has|had|own|owned|wear|wore|carry|carried) (?:an? |no |any |some )"
    r"(?P<d>[a-z][\w-]+)",
)
"""Where a word is what is asked for, or a condition."""


def unaccounted(
    text: str,
    charts: Sequence[Chart],
    *,
    negated: bool = False,
    each: str = "",
    guessed: bool = False,
    things: bool = False,
    setting: Setting | None = None,
) -> str:
    """Return the first word of an English question that changes what is asked and that nothing accounts for.

    Parameters
    ----------
    text : str
        The question as it was written, with one letter of Unicode's private use area for each name and number.
    charts : sequence of Chart
        The charts that it is about.
    negated : bool
        Whether its answer takes a negation into account.
    each : str
        What the places of the charts are, such as "month": a mean for each of them is known.
    guessed : bool
        Whether verbs must be accounted for as well, since nothing else says what is asked.
    things : bool
        Whether the chart has a mark for each of some things that it does not name, such as points.
    setting : Setting or None
        What makes some words harmless; without it, none is.
    """
    own = own_words([panel for chart in charts for panel in chart.panels], [chart.title for chart in charts])
    if not own:
        return ""
    kinds = {one.kind for chart in charts for panel in chart.panels for one in panel.series}
    own = " ".join((own, *(words["en"] for kind, words in WORDS_OF_KINDS.items() if kind in kinds)))
    own = f"{own} {words_for_electricity(own, [panel for chart in charts for panel in chart.panels], 'en')}".strip()

    def is_left(word: str, start: int) -> bool:
        left = setting is not None and may_be_left(
            word, start, text, setting, "en", lambda one: _is_in(one.lower(), own)
        )
        return left and not is_opposite_of_own(word, own.lower())

    found = [
        (start, word)
        for start, word in _left(text, own, negated=negated, each=each)
        if not (re.fullmatch(PEOPLE, word) and _is_actor(text, start, own, setting))
    ]
    asked = _asked(text.lower(), own, "cde" if things else "abcde")
    found += [(start, word) for start, word, kind in asked if kind in "de" or not is_left(word, start)]
    thing = _thing(text, charts, own)
    for word in re.finditer(r"(?<![\w’'-])[a-zA-Z][\w’'-]{2,}", text):
        lowered = word[0].lower()
        named = re.search(f"{_NAME} $", text[: word.start()]) is not None and lowered in _NOUNS_OF_NAMES
        known = named or _is_understood(lowered, own, verbs=not guessed) or (thing and _stem(lowered) == thing)
        if not known and not is_left(word[0], word.start()):
            found.append((word.start(), word[0]))
    return min(found)[1] if found else ""


def _is_actor(text: str, start: int, own: str, setting: Setting | None) -> bool:
    """Return whether a word for people is only the subject of what is done, where the question says what it asks."""
    role = role_of(text, start, "en", lambda one: _is_in(one.lower(), own))
    return setting is not None and setting.told and role == "actor"


_NAME: Final = "[\ue000-\uebff]"
_WORDS_AFTER_NAMES: Final = (
    "batch branch brand breed crew crop field lot model patch plot run sample shop site squad stand station stop "
    "store strain team track trial variant variety version"
)
_NOUNS_OF_NAMES: Final = frozenset(_WORDS_AFTER_NAMES.split())
"""What has a name that stands before it: "the Ethiopia batch"."""
_DETERMINED: Final = (
    r"(?:which|what|every|each|per|(?:do|does|did) an?|(?:of|all|among|do|does|did|are|is) (?:these|those)|(?:sort|"
    r"rank|order|list) the) (?P<thing>[a-z]{3,})"
)
_OF_POINTS: Final = (
    r"(?<!\w)(?:the|a|an) (?:\w+(?:est|er|ful) |most \w+ |\W+(?:\w{1,4} )?)?(?P<thing>[a-z]{3,})",
    r"how many (?P<thing>[a-z]{3,})",
    r"(?:do|does|are|is|did) (?:there an? |all |(?:strong|big|small|large|young|old|heav|light|tall|fast)\w* )?"
    r"(?P<thing>[a-z]{3,})",
)
_ADJECTIVE: Final = re.compile(r"\w+(?:ity|able|ible|ful|est|ly|ing|ious|al|ive|ed|ation|ance|ence|ness|ment)$")


def _thing(text: str, charts: Sequence[Chart], own: str) -> str:
    """Return the stem of the noun for what the marks of a chart are, where the chart does not name it: "restaurant"."""
    panels = [panel for chart in charts for panel in chart.panels]
    points = all(one.kind == "points" for panel in panels for one in panel.series)
    if not (points or any(_are_unnamed(panel) for panel in panels)):
        return ""
    for pattern in (_DETERMINED, *(_OF_POINTS if points else ())):
        for match in re.finditer(rf"(?<!\w){pattern}", text.lower()):
            word = match["thing"]
            if not _is_understood(word, own, verbs=True) and _ADJECTIVE.fullmatch(word) is None:
                return _stem(word)
    return ""


def _are_unnamed(panel: ChartPanel) -> bool:
    """Return whether nothing says what the names of a chart are names of: no axis and no legend title."""
    names = [str(place) for one in panel.series[:1] for place in one.x]
    flat = any(one.kind in FLAT for one in panel.series)
    along = panel.y if flat else panel.x
    places = bool(names) and any(isinstance(place, str) for place in panel.series[0].x) and not along.label
    named = not (period_of(names) or kind_of_names(names) or any(map(is_date, names)))
    series = len([one for one in panel.series if one.name]) > 1 and not panel.legend_title
    return (places and named) or series


def _is_understood(word: str, own: str, *, verbs: bool) -> bool:
    """Return whether a word, or each part of one with hyphens, is known, or is judged by what it means."""
    if _is_known(word, own, verbs=verbs) or (word in _KNOWN_BESIDE and re.search(_KNOWN_BESIDE[word], own)):
        return True
    if any(re.fullmatch(pattern, word) for pattern in (*_CONCEPTS.values(), _TIMES)):
        return True
    if word.endswith("ly") and _is_known(word[:-2], own, verbs=verbs):
        return True
    parts = [part for part in re.split(r"[-’']", word) if part]
    return len(parts) > 1 and all(_is_known(part, own, verbs=verbs) for part in parts)


def _left(text: str, own: str, *, negated: bool, each: str) -> Iterator[tuple[int, str]]:
    """Yield the words that matter and are not accounted for, with their positions."""
    lowered = text.lower()
    for pattern in (_CONDITION, *(() if negated else (_NEGATION,))):
        yield from ((match.start(), match[0]) for match in re.finditer(pattern, lowered))
    yield from _of_times(lowered, own, each)
    yield from _of_concepts(lowered, own)
    yield from _of_classes(lowered, own)
    for match in re.finditer(r"(?<![.?!:]\s)(?<!^)(?<![\w’'-])[A-Z][\w-]*[a-zà-ÿ]{2}[\w-]*", text):
        if not _is_known(match[0].lower(), own) and not re.fullmatch(_TIMES, match[0].lower()):
            yield match.start(), match[0]


def _of_times(text: str, own: str, each: str) -> Iterator[tuple[int, str]]:
    """Yield times of which the chart knows nothing, and what a mean for each of them would take."""
    for time in re.finditer(rf"(?<!\w)(?:{_TIMES})(?!\w)", text):
        kind = each == "day" and re.search(r"\b(?:which|what|each|every|any) week-?days?$", text[: time.end()])
        if not _is_in(time[0], own) and not kind:
            yield time.start(), time[0]
    for rate in re.finditer(rf"(?<!\w)(?:per|for (?:each|every)) (?P<of>{_EACH})(?!\w)", text):
        if rate["of"] != each and not re.search(rf"(?<!\w){rate['of']}|/ ?{rate['of'][:1]}", own):
            yield rate.start(), rate[0]


_KNOWN_BESIDE: Final = {
    **dict.fromkeys(("euro", "euros"), r"€|\beur\b"),
    **dict.fromkeys(("dollar", "dollars"), r"\$|\busd\b"),
    **dict.fromkeys(("pound", "pounds"), r"£|\bgbp\b|\blbs?\b"),
    **dict.fromkeys(("won", "yen", "yuan"), r"원|₩|¥|円|元"),
    **dict.fromkeys(("closer", "nearer"), r"distan"),
}
"""Words that are understood where the chart has others: currencies beside their signs, "closer" beside distances."""
_UNIT_WORDS: Final = {
    "tonn?e?s?": "[kMG]?t",
    "megatonn?e?s": "Mt",
    "kilos?|kilograms?|kilogrammes?": "kg",
    "grams?|grammes?": "[kmµn]?g",
    "lit(?:re|er)s?": "[mkhM]?[lL]",
    "millilit(?:re|er)s?": "m[lL]",
    "met(?:re|er)s?": "[kcmµn]?m",
    "kilomet(?:re|er)s?|kms?": "km",
    "centimet(?:re|er)s?": "cm",
    "millimet(?:re|er)s?": "mm",
    "nanomet(?:re|er)s?": "nm",
    "seconds?|secs?": "[mµn]?s",
    "milliseconds?|millis": "ms",
    "minutes?|mins?": "mins?",
    "hours?|hrs?": "h|hrs?|hours?",
    "watts?|kilowatts?|megawatts?": "[kMGT]?W",
    "kilowatt-?hours?|megawatt-?hours?|terawatt-?hours?": "[kMGT]Wh",
    "volts?|millivolts?": "[mk]?V",
    "amp(?:ere)?s?|milliamps?": "[mµ]?A",
    "pascals?|megapascals?": "[hkM]?Pa",
    "hertz|kilohertz|megahertz": "[kMG]?Hz",
    "joules?|kilojoules?": "[kM]?J",
    "decibels?": "dB",
    "nanomolar": "nM",
    "micromolar": "[µμ]M",
    "millimolar": "mM",
    "per mille|permille": "‰",
}


def _is_unit(word: str, own: str) -> bool:
    """Return whether a word is the name of a unit that stands in the charts: "tonnes" where values are in Mt."""
    symbols = next((symbols for words, symbols in _UNIT_WORDS.items() if re.fullmatch(words, word)), "(?!)")
    return re.search(rf"(?<![^\W\d_])(?:{symbols.lower()})(?![^\W\d_])", own) is not None


def _is_abbreviated(word: str, own: str) -> bool:
    """Return whether a word stands in the charts without its vowels: "img" for "images"."""
    shorts = re.findall(r"(?<![^\W\d_])[a-z][bcdfghjklmnpqrstvwxz]{2,3}(?![^\W\d_])", own)
    return len(word) > 4 and any(re.match(".*?".join(short), word) for short in shorts if short not in ("mmhg", "kwh"))


_CLASSES: Final = frozenset(
    (
        "country",
        "city",
        "company",
        "sector",
        "product",
        "person",
        "region",
        "department",
        "subject",
        "sport",
        "language",
    )
)


def _of_classes(text: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield "country" of "which country", where the chart says that it has sectors."""
    for match in re.finditer(r"(?<!\w)(?:which|what) (\w+)", text):
        word = "country" if match[1] == "countries" else match[1]
        others = any(_is_in(one, own) for one in _CLASSES - {word})
        if word in _CLASSES and others and not _is_in(word, own):
            yield match.start(1), match[1]


def _of_concepts(text: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield words for what the chart does not measure."""
    for concept, words in _CONCEPTS.items():
        match = compiled(rf"(?<!\w)(?:{words})(?!\w)").search(text)
        if match is not None and not _is_measured(match[0], own) and not _is_other(match[0], concept, own):
            yield match.start(), match[0]


def _asked(text: str, own: str, places: str) -> Iterator[tuple[int, str, str]]:
    """Yield unknown words where a question says what it asks for, or on which condition, with the kind of place."""
    for pattern in _ASKED:
        for match in re.finditer(rf"(?<!\w){pattern}", text):
            for name, word in match.groupdict().items():
                if word and name in places and not _is_known(word.strip(), own):
                    yield match.start(name), word.strip(), name


def are_from_figures(panels: Iterable[ChartPanel]) -> bool:
    """Return whether all series come from figure objects, whose words are all known."""
    return all(one.source == "figure" for panel in panels for one in panel.series)


def own_words(panels: Sequence[ChartPanel], titles: Sequence[str]) -> str:
    """Return the words of charts in lower case: titles, labels, units, names and legends."""
    parts: list[str] = list(titles)
    for panel in panels:
        axes = [axis for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None]
        parts += [panel.title, panel.legend_title, *panel.notes]
        parts += [part for axis in axes for part in (axis.label, axis.unit, *axis.categories)]
        parts += [series.name for series in panel.series]
        parts += [place for series in panel.series for place in series.x[:200] if isinstance(place, str)]
        parts += [name for series in panel.series for name in series.names[:200]]
    words = unicodedata.normalize("NFKC", " ".join(part.lower() for part in parts if part).strip())
    plain = re.sub(r"[$_^{}\\]", "", words)  # "CO$_2$" is CO2
    return words if plain == words else f"{words} {plain}"


def _is_measured(word: str, own: str) -> bool:
    """Return whether charts speak of what a word means, in one of its meanings."""
    own = re.sub(r"\bpaid\b", " ", own) if word not in ("paid", "pay", "pays", "payment", "payments") else own
    meant = (words for words in _CONCEPTS.values() if re.fullmatch(words, word))
    return _is_in(word, own) or any(re.search(rf"(?<!\w)(?:{words})(?!\w)", own) for words in meant)


_MONEY: Final = re.compile(r"[$€£¥]|\busd\b|\beur\b|\beuros?\b|\bdollars?\b|\bpounds?\b")
_OF_MONEY: Final = frozenset(("revenue", "cost", "salary"))
_UNITS: Final[dict[str, str]] = {
    "temperature": "°",
    "speed": r"km/h|mph|m/s|\bmin\b|\btimes?\b|pace",
    "distance": r"\bkm\b|\bmiles\b",
    "weight": r"\bkg\b|\bg\b|\blb",
    "height": r"\bcm\b|\bm\b",
    "rain": r"\bmm\b",
    "length": r"length|long|short|duration|\btimes?\b|\bmins?\b|minutes?|hours?|\bdays?\b|weeks?|years?|\bk?m\b|"
    r"\bcm\b|\bmm\b|\bs\b|\bh\b|seconds?|wait|stay|sleep|distance|lifespan",
    "duration": r"\btimes?\b|duration|latency|delay|\bwait|\b(?:ms|s|min|h)\b|seconds?|minutes?|hours?|\bdays?\b",
    "age": r"\byears?\b|birth|generation",
}


_TIME_OF_DAY: Final = re.compile(r"\btimes? (?:of (?:the )?day|slots?)\b")
"""A label of hours, in which no speed is measured."""


def _is_other(word: str, concept: str, own: str) -> bool:
    """Return whether a word of a concept is accounted for in another way: by the unit, or as a word for people."""
    if word == "money" and re.search(r"budget|spend|spent|cost|expens|income|salar|price|[$€£]", own):
        return True
    if concept in _UNITS and re.search(_UNITS[concept], _TIME_OF_DAY.sub(" ", own) if concept == "speed" else own):
        return True
    if concept in _OF_MONEY and _MONEY.search(own) and not re.search(r"profit|margin|loss", own):
        labels = " ".join(_CONCEPTS[other] for other in _OF_MONEY)
        return not re.search(rf"(?<!\w)(?:{labels.replace(' ', '|')})(?!\w)", own) or word in (
            "money",
            "earn",
            "earned",
        )
    return re.fullmatch(PEOPLE, word) is not None and (
        re.search(rf"(?<!\w)(?:{PEOPLE})(?!\w)", own) is not None or concept == "students"
    )


def _is_known(word: str, own: str, *, verbs: bool = True) -> bool:
    """Return whether a word is common, one by which questions say what they ask for, or one of the chart."""
    word = re.sub(r"['’]s$", "", word)
    if word in _COMMON or (verbs and word in _VERBS) or len(word) < 3 or is_of_closed_class(word, "en"):
        return True
    if _is_in(word, own) or _is_of_reader(word):
        return True
    if _is_unit(word, own) or _is_abbreviated(word, own):
        return True
    return re.fullmatch(PEOPLE, word) is not None and (
        word.startswith(("people", "person")) or re.search(rf"(?<!\w)(?:{PEOPLE})(?!\w)", own) is not None
    )


def _is_in(word: str, own: str) -> bool:
    """Return whether a word is one of the chart, in another form or in another word for the same."""
    stem = _stem(word)
    ending = _ENDS_OF_WORDS if len(stem) < _SHORT_STEM else ""
    if stem in own and re.search(rf"(?<!\w){re.escape(stem)}{ending}", own):
        return True
    for known in set(re.findall(r"[^\W\d_]{4,}", own)):
        if word.startswith(_stem(known)) or (known.startswith(stem) and not ending):
            return True
        if len(word) > 7 and word.endswith("ed") and re.match(rf"{word[:6]}\w*ions?$", known):
            return True  # "registered" of "registrations"
    same = (word, *words_for_the_same(word))
    others = (*(other for one in same for name in LANGUAGES for other in translated(one, name)), *same[1:])
    return any(other in own and compiled(rf"(?<!\w){re.escape(other)}").search(own) for other in others)


_SHORT_STEM: Final = 4
_ENDS_OF_WORDS: Final = r"[a-z]?(?:s|e|es|ed|d|ing|ers?|ies?|y|n|en|al|age|ly|tion)?(?![^\W\d_])"
"""What follows a stem of three letters in another form of it: "pens" are no pencils, and "runner" is one who runs."""


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    """Return the beginning that forms of a word share: "studi" of "studied", "studying" and "studies"."""
    short = re.sub(r"(?:ies|ied|ying|y|ing|ed|es|er|s|e)$", "", word)
    return short if len(short) > 2 else word


_OTHER_MEANING: Final = re.compile(r"drop-?outs?|concentrat\w*|economy|stock|bubbles?|momentum")
"""Words that begin like those of an operation."""


@cache
def _is_of_reader(word: str) -> bool:
    if _OTHER_MEANING.fullmatch(word):
        return False
    context = (words for name, words in CONTEXT_WORDS.items() if name != "picture")
    operations = (words for name, words in OPERATION_WORDS.items() if name != "cannot")
    groups = (*operations, *context, *COLOUR_WORDS.values())
    return any(
        (match := search(words["en"], "en", word)) is not None and len(match[0]) == len(word) for words in groups
    )


def stems_of(text: str) -> set[str]:
    """Return the stems of the words of a text, as far as they are not common."""
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return {_stem(word) for word in words if word not in _COMMON}

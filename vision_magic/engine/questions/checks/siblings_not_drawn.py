"""Things of the sort of those that are drawn: diastolic pressure beside systolic, "재무부" beside "영업부".

Names of one sort end alike in Korean and Chinese, where no space or capital letter would tell them from other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import is_date
from vision_magic.engine.questions.query import Query

__all__ = ["as_sibling_not_drawn"]

_SORTS: Final = (
    (  # holidays
        r"mother['’]?s['’]? day|muttertag|fête des mères|día de la madre|母亲节",
        r"father['’]?s['’]? day|vatertag|fête des pères|día del padre|父亲节",
        r"어버이날|parents['’]? day",
        r"어린이날|children['’]?s day|kindertag|día del niño|儿童节",
        r"스승의 ?날|teachers['’]? day|教师节",
        r"women['’]?s day|frauentag|journée des femmes|día de la mujer|여성의 ?날|妇女节",
        r"\bvalentine\w*|\bvalentins\w*|saint-valentin|san valent[ií]n|[발밸][렌런]타인\w*|情人节",
        r"christmas|xmas|weihnacht\w*|\bnoël\b|navidad\w*|크리스마스|성탄절|圣诞",
        r"\beaster\b|\bostern?\b|\boster(?:woche|wochenende|ferien|sonntag)\b|\bpâques\b|semana santa|pascua|부활절|"
        r"复活节",
        r"hallowe['’]?en|할로윈|핼러윈|万圣节",
        r"new year\w*|silvester|neujahr|nouvel an|jour de l['’]an|año nuevo|nochevieja|설날|신정|春节|元旦|新年",
        r"thanksgiving|erntedank|action de grâce|acción de gracias|추수감사절|感恩节",
        r"black friday|블랙 ?프라이데이|黑色星期五|黑五",
        r"carnival|karneval|fasching|\bcarnaval|카니발|狂欢节",
        r"pentecost|whitsun|pfingst\w*|pentecôte|pentecostés",
        r"추석|한가위|中秋",
        r"端午|단오",
        r"国庆",
        r"七夕",
        r"双十一|双11|光棍节",
        r"화이트 ?데이|white day",
    ),
    (  # pressures of blood
        r"systol\w*|sistólic\w*|수축기|收缩压",
        r"diastol\w*|diastól\w*|이완기|확장기|舒张压",
    ),
    (  # parts of plants
        r"\bleaf\b|\bleaves\b|\b\w*bl[aä]tt(?:er|ern|fläche|länge)?\b|\bfeuilles?\b|\bhojas?\b|(?<![가-힣])잎|叶",
        r"\bstems?\b|\b\w*stängel\w*|\btiges?\b|\btallos?\b|줄기|茎",
        r"\broots?\b|\bwurzel\w*|\bracines?\b|\bra[ií]z\b|\braíces\b|뿌리|(?<![\d一两几每])根(?![据本])",
    ),
    (  # before and after deductions
        r"\bgross\b|\bbrutto\w*|\bbrute?s?\b|\bbrut[oa]s?\b|세전|税前",
        r"\bnet\b(?! (?:change|increase|decrease|gain|loss|growth|effect))|\bnetto\w*|\bnette?s?\b|\bnet[oa]s?\b|세후|"
        r"실수령|税后",
    ),
    (  # temperatures
        r"\bwater temperatures?|\bwassertemperatur\w*|\btempératures? de l['’]eau|\btemperaturas? del agua|수온|水温",
        r"\bair temperatures?|\blufttemperatur\w*|\btempératures? de l['’]air|\btemperaturas? del aire|기온|气温",
        r"\b(?:soil|ground) temperatures?|\bbodentemperatur\w*|\btempératures? du sol|\btemperaturas? del suelo|지온|"
        r"地温",
        r"\bbody temperatures?|\bkörpertemperatur\w*|\btempératures? corporelles?|\btemperaturas? corporal(?:es)?|"
        r"체온|体温",
    ),
    (  # rooms and the open air
        r"\bindoors?\b|\binside temp\w*|\binnen(?:temp|luft)\w*|\bintérieure?s?\b|\binterior(?:es)?\b|실내|室内",
        r"\boutdoors?\b|\boutside temp\w*|\baußen(?:temp|luft)\w*|\bextérieure?s?\b|\bexterior(?:es)?\b|실외|바깥|"
        r"室外|户外",
    ),
    (  # what comes and what goes
        r"\barriv(?:als?|ed|ées?)\b|\bank[uü]nft\w*|\bllegad\w*|도착|到达|到站",
        r"\bdepart(?:ures?|ed|s|ing)?\b|\babf(?:ahrt|lug|lüge)\w*|(?<!au )\bdéparts?\b|\bsalidas?\b|출발|出发|发车",
    ),
    (  # goods across borders
        r"\bimports?\b|\bimported\b|\beinfuhr\w*|\bimportations?\b|\bimportacion\w*|进口",
        r"\bexports?\b|\bexported\b|\bausfuhr\w*|\bexportations?\b|\bexportacion\w*|수출|出口",
    ),
    (  # directions of data
        r"\bup-?load\w*|업로드|上传",
        r"\bdown-?load\w*|\bherunterlad\w*|\btéléchargement\w*|\bdescargas?\b|다운로드|下载",
    ),
    (  # the ends of a day
        r"\bsunrises?\b|\bsonnenaufg[aä]ng\w*|\blevers? du soleil|\bamanecer\w*|일출|日出",
        r"\bsunsets?\b|\bsonnenunterg[aä]ng\w*|\bcouchers? du soleil|\batardecer\w*|일몰|日落",
    ),
)
"""Sorts of things of which a chart that says which it shows has no other one, in all languages."""
_SUBJECTS: Final = (
    r"\bmath\w*|mathe\w*|mathématiques|matemáticas|수학|数学",
    r"\benglish\b|\benglisch\w*|\banglais\b|\binglés\b|영어|英语|英文",
    r"\bgerman\b|\bdeutsch\w*|\ballemand\b|\balemán\b|독일어|德语",
    r"\bfrench\b|\bfranzösisch\w*|\bfrançais\b|\bfrancés\b|프랑스어|불어|法语",
    r"\bspanish\b|\bspanisch\w*|\bespagnol\b|\bespañol\b|스페인어|西班牙语",
    r"\bkorean\b|\bkoreanisch\w*|\bcoréen\b|\bcoreano\b|국어|한국어|韩语",
    r"\bchinese\b|\bchinesisch\w*|\bchinois\b|\bchino\b|중국어|语文|中文|汉语",
    r"\bphysics\b|\bphysik\w*|\bphysique\b|\bfísica\b|물리|物理",
    r"\bchemistry\b|\bchemie\w*|\bchimie\b|\bquímica\b|화학|化学",
    r"\bbiology\b|\bbiologie\w*|\bbiología\b|생물|生物",
    r"\bhistory\b|\bgeschichtsarbeit|\bgeschichte\b|\bhistoire\b|\bhistoria\b|역사|国史|历史",
    r"\bgeography\b|\bgeografie\w*|\berdkunde\w*|\bgéographie\b|\bgeografía\b|지리|地理",
)
"""Subjects of exams, of which a chart that names one does not show another."""
_EXAM: Final = (
    r"exam|test|quiz|score|grade|marks?\b|arbeit|klausur|prüfung|punkt|\bnote|contrôle|épreuve|interro|puntos|"
    r"puntuaci|"
    r"시험|점수|성적|考试|测验|成绩|分数"
)
_FEWEST: Final = 3
"""So many names end alike where this is their sort."""

_SORT: Final = re.compile(
    "(?![点點时時月日年周天次个個人分秒元岁度号시월일년주명개인분초원세대회차])[가-힣\u4e00-\u9fff]"
)
"""What names of one sort end with; numbers with a unit are times and amounts."""

_STEM: Final[dict[Language, str]] = {
    "ko": r"(?<![가-힣\w])(?P<name>(?:[가-힣]{{2,5}}|\d{{1,3}}(?:호|번)?|[a-z])(?:{}))"
    r"(?=의|은|는|이[ ,?]|가 |에|도 |만 |과 |와 |하고|을|를|보다|랑|[\s,?]|$)",
    "zh": r"(?P<name>(?:[\u4e00-\u9fff]{{2}}|\d{{1,3}}号?|[a-z])(?:{}))(?![\u4e00-\u9fff]?名|长|员|里有)",
}
_NO_NAME: Final[dict[Language, str]] = {
    "ko": r"^(?:어느|어떤|어디|모든|다른|여러|전체|각각|우리|두 ?번|이번|지난|같은|차이|문제|공통|중간|최고|최저|전환|"
    r"가장|제일|얼마|나머지|상위|하위|대부|모두|일부|전부|첫|마지막|그|이|저|각|한|두|세|네|몇)",
    "zh": r"[哪每几各家这那两三四五六七八九十个其别总全名称的和与比到是在有了最多少第一些所同共]",
}


_CLASSIFIED: Final = re.compile(r"[哪几每这那各两一][支只条座辆趟层项间届台班艘架栋]$")
"""A Chinese classifier, which is no part of the name behind it: "哪支球队"."""


def as_sibling_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a thing that is named like the others, and is not drawn, as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.operations == ("cannot",):
        return query
    name = next(_others(text.lower(), panels), "") or next(_siblings(text.lower(), query.language, panels), "")
    name = name or _owner(query, text.lower(), panels)
    return replace(query, operations=("unheard",), unheard=name, then=None, firm=True) if name else query


def _others(text: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for one of a sort, where charts speak of another one, and not of this."""
    found = (re.search(words, text) for words in _not_drawn(own_words(panels, [])))
    yield from (match[0].strip() for match in found if match is not None)


@lru_cache(maxsize=16)
def _not_drawn(own: str) -> tuple[str, ...]:
    """Return the patterns of those of a sort of which charts with these words show another one."""
    sorts = (*_SORTS, _SUBJECTS) if re.search(_EXAM, own) else _SORTS
    drawn = ((sort, [words for words in sort if re.search(words, own)]) for sort in sorts)
    return tuple(words for sort, told in drawn if len(told) == 1 for words in sort if words not in told)


_OWNER: Final = re.compile(
    r"^\W*(?P<name>[\u4e00-\u9fff]{2,5}?)(?:组)?的[\u4e00-\u9fff]{0,6}?(?:中位数|中位|平均值?|均值|最大值|最小值|最高值|最低值)"
    r"[是为有]?(?:多少|几|多[大高重长])"
)
"""A Chinese name of which a statistic is asked for."""
_GENERAL: Final = re.compile(r"[各每全整总所两三四五六七八九十几哪这它他她些个组们数]|数据|大家|一共")


def _owner(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return the owner of a statistic that a Chinese question names where several are drawn, and not this one."""
    drawn = drawn_series(panels)
    places = {place for one in drawn for place in one.x}
    several = len(drawn) > 1 or (
        len(places) > 1 and all(isinstance(place, str) and not is_date(place) for place in places)
    )
    found = _OWNER.search(text) if query.language == "zh" and several else None
    told = query.series or query.colours or query.places or query.bounds or query.groups
    if found is None or told or _GENERAL.search(found["name"]):
        return ""
    name, own = found["name"], own_words(panels, [])
    known = any(name[at : at + 2] in own for at in range(len(name) - 1))
    return "" if known else name


def _siblings(text: str, language: Language, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield names that end like all those of a Korean or Chinese chart."""
    drawn, own = drawn_series(panels), own_words(panels, [])
    for names in ({one.name for one in drawn}, {str(place) for one in drawn for place in one.x[:100]}):
        known = {name.strip().lower() for name in names if len(name.strip()) > 1}
        ends = {name[-1] for name in known}
        if language not in _STEM or len(known) < _FEWEST or len(ends) > 1 or not _SORT.fullmatch(min(ends)):
            continue
        for match in re.finditer(_STEM[language].format(min(ends)), text):
            name = match["name"]
            told = any(name in one or one.endswith(name) or name.endswith(one) for one in known) or name in own
            counted = _CLASSIFIED.search(text[: match.start() + 1]) is not None
            if not told and not counted and not re.search(_NO_NAME[language], name[:-1]):
                yield name

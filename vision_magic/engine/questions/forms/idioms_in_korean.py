"""Korean idioms in the words of the tables: what "hits the bottom" is lowest, and ranks that "flip" cross."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.vocabulary.judging import is_of_durations
from vision_magic.engine.questions.vocabulary.plain_words import PER_LABEL

__all__ = ["PREVIOUS", "with_plain_idioms", "with_purposes"]

_HIT: Final = (
    r"(?:[을를에까지]{0,2}|까지) ?(?:찍|친|쳤|치[는고며]|기록|떨어|내려|이르|이른|도달|오르|오른|올랐|달[한했하])\S*"
)
_UNIT: Final = r"(?:분기|개월|달|월|해|년도?|연도|주|날|시간|단계|대회|회차?|차수|에폭|구간|시점)"
PREVIOUS: Final = (
    rf"(?:직전|바로 ?(?:이?전|앞)|그 ?전|이전|앞) ?{_UNIT}?(?=에 ?비해|에 ?비하|대비| ?대비|보다|에서|"
    rf"과 ?비교|와 ?비교)|"
    r"(?:전달|전월|전년도?|전해|전날|전일|전주|전 ?분기|지난달|지난주)(?=에 ?비해|에 ?비하| ?대비|보다|"
    r"에서|과 ?비교|와 ?비교)"
)
"""The place before the one that is meant, with which it is compared."""

_IDIOMS: Final = (
    (rf"(?:바닥|최?저점|밑바닥|최저치|최솟값|최저){_HIT}", "가장 낮은"),
    (rf"(?:꼭대기|정점|최?고점|천장|최고치|피크|최댓값|최고){_HIT}", "가장 높은"),
    (r"\b(?:제일|젤|최고로|그중|무엇보다) ?(?=가장)", ""),
    (r"\b젤 ", "가장 "),
    (
        r"(?P<who>어느 \S+|누가|어떤 \S+) (?P<side>(?:더|가장|제일) \S+게) (?:끝났|끝나|마쳤|마감했)(?P<end>\S*)",
        r"마지막에 \g<who> \g<side> 있\g<end>",
    ),
    (
        r"(?:순위|순서|등수|서열)[가이를을]? ?(?:뒤집|바뀌|바뀐|뒤바)\S*|엎치락뒤치락\S*|뒤집[히힌혀혔]\S*|따라잡\S*",
        "앞지르는",
    ),
    (r"앞(?:지르|지른|질러|질렀|선 ?것|서기)\S*|넘어[선섰서]\S*", "앞지르는"),
    (r"한 ?번도 ?(?:안 ?|쉬지 ?않고 ?)(?:꺾|떨어|줄|내리|내려|빠)\S*(?: ?않고)?", "항상"),
    (r"(?:꺾이|떨어지|줄|내리|쉬)지 ?않고", "항상"),
    (
        r"(?:한 ?해|일 ?년|1년|한 ?달|내|기간|처음부터 끝까지|처음부터|일주일) ?내내|줄곧|해마다|달마다|"
        r"매해|매월|갈수록|쉼 ?없이|쭉 ",
        "항상 ",
    ),
    (r"(?:통틀어|통틀면|모두 ?합치?[면하쳐해]\S*|(?:다|전부|모두) ?(?:합치?|합하|더하)\S*|전체로|통산)", "합계로"),
    (r"(?:가장|제일) ?(?:먼저|일찍|빨리) ?(?=\S* ?(?:[\uec00-\uefff]|기준|목표))", "처음으로 "),
)
_COUNTER: Final = r"(?:달|개월|해|년|주일?|분기|날|일|시간|번)"
_NUMERAL: Final = r"(?:\d+|[한두세네석넉]|다섯|여섯|일곱|여덟|아홉|열)"
_PASSED: Final = (
    r"(?: ?지나고 ?(?:나서|나면|난 ?(?:뒤|후|다음)에?)| ?지난 ?(?:뒤|후|다음)에?|"
    r"(?<=[일주년월간분초회]) ?(?:후|뒤)에?(?= ?(?:가장|제일)))"
)
_SPOKEN: Final = (
    (r"(?<![가-힣])[석서] ?(?=(?:달|잔|장|자)(?![가-힣]))", "세 "),
    (r"(?<![가-힣])[넉너] ?(?=(?:달|잔|장|자)(?![가-힣]))", "네 "),
    *(
        (rf"(?<![가-힣]){word}(?=째|[ ?.,을를이은는에의만간동후뒤]|$)", f"{number}일")
        for number, word in (
            *enumerate(["이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘"], 2),
            (15, "보름"),
        )
    ),
    (r"(?<=[일월달주년시분초차번])째(?=[ 가는에의인이였?]|$)", ""),
    (r"(?<=며칠)째", ""),
    (
        r"(?<![가-힣])한 ?(?:달|주|해|시간|분기) ?(?:새|사이)에? "
        r"(?=.*(?:오르|올랐|오른|늘|떨어|줄|내리|내린|뛰|뛴|변))",
        "",
    ),
    (rf"(?<=까지)(?: ?(?:봄|여름|가을|겨울)철?)? {_NUMERAL} ?{_COUNTER} ?(?:동안|간|내내|사이)?(?=[ 에의])", ""),
    (r"(?:으로|로) ?(?:치면|따지면|따져\S*|쳐서|잡으면|환산하면|계산하면|셈하면|보면) ?", " "),
    (r" (?:셈|꼴|편)(?=인[가지]|이[에야고었]|입|일까|이죠|[?.]|$)", " 것"),
    (rf"{_PASSED}(?=.*(?:언제|며칠|[날달해] |시점|시기))", " 후에"),
    (_PASSED, " 때"),
    (r"(?:가장|제일|젤) ?(?:조금|덜|쪼금)(?= )", "가장 적게"),
)
"""Numerals and ends of sentences, as they are spoken, in the form that the tables hold."""
_NTH: Final = r"(?<!\d)([2-9]) ?(?:등|위)(?=[은이을를에]?)"
_FIRST: Final = r"(?:1|일) ?등|으뜸|수위|맨 ?[위앞]|최상위|톱(?![가-힣])|일위"
_LEADS: Final = r"선두|우승\S{0,2}|1등|일등"
_LAST: Final = r"꼴찌|꼴등|최하위|맨 ?(?:아래|밑|뒤|끝)"


_WAS: Final = r"(?:였던|이었던|인|이던|를? ?(?:한|차지한|기록한)) (?=[가-힣])"
_SHORT_OF: Final = (
    r"(\d[\d,.]* ?[가-힣%]{0,3}?)(?:(?<!에)도 ?(?:채 ?)?(?:안|못) ?[가-힣]+|"
    r"에도? ?(?:안|못) ?(?:되|된|팔|미치|미친|채우|채운|나오|나온|넘)\S*)"
)


_EACH: Final = (
    ("경기|게임|시합", "match|game|spiel|partido"),
    ("사람|인|명|주민", "capita|人|person|head|inhabitant|kopf|einwohner|habitant|personne|persona"),
    ("가구|가정|집", "household|home|haushalt|ménage|foyer|hogar"),
    ("시간|시", "h\\b|hour|stunde|heure|hora"),
    ("하루|일", "d\\b|day|tag|jour|día"),
    ("주|일주일", "week|woche|semaine|semana"),
    ("달|월", "month|monat|mois|mes"),
    ("해|년|연간", "year|jahr|an\\b|année|año"),
    ("매장|점포|지점", "store|shop|branch|filiale"),
    ("학생|반|학급", "student|pupil|class"),
    ("대|차량", "car|vehicle|unit"),
)
"""For each of what, in Korean, and as labels in other languages say it."""


def _decade(match: re.Match[str]) -> str:
    """Return "40부터 50까지" for "40대", of an axis of ages."""
    low = int(match[1] or match[2])
    return f"{low}부터 {low + 10}까지"


_PURPOSES: Final = (
    ("먹|마시|식사하", "음식"),
    ("자|묵|머무르", "숙박"),
    ("살|사", "주거"),
    ("입", "의류"),
    ("놀|노|쉬", "여가"),
    ("타고 다니|다니|이동하|움직이", "교통"),
    ("배우|공부하|가르치", "교육"),
)


def with_purposes(text: str) -> str:
    """Return a Korean question with "음식에" for "먹는 데에": the noun for what money or time is spent on."""
    for verbs, noun in _PURPOSES:
        text = re.sub(rf"(?<![가-힣])(?:{verbs})는 ?데(?:에[는다도]?|로)?(?= )", f"{noun}에", text)
    return text


_NEW: Final = ("신규", "신입", "신작", "신차", "신상")
"""Parts of names and labels that say what is new."""


def with_new_ones(text: str, drawn: str) -> str:
    """Return a Korean question with "신규 회원" for "새 회원", where a chart calls them so."""
    for new in _NEW:
        for noun in re.findall(rf"{new} ?([가-힣]{{2,}})", drawn):
            text = re.sub(rf"(?<![가-힣])(?:새로운|새로 온|새로 들어온|새) ?(?={noun})", f"{new} ", text)
    return text


_DAYS: Final = (
    ("한 ?달|일 ?개월|1개월", 30),
    ("두 ?달|2개월", 60),
    ("(?:일|한|1) ?주일?|일주일", 7),
    ("(?:두|이|2) ?주일?", 14),
)


def _in_days(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "30일 지나" for "한 달 지나", of an axis of days."""
    if not any(panel.x.unit in ("일", "d", "day", "days") for panel in panels):
        return text
    for words, days in _DAYS:
        text = re.sub(rf"(?<![가-힣\d])(?:{words})(?= ?(?:이 |가 )?(?:지나|지난|후|뒤|만에|째))", f"{days}일", text)
    return text


def with_plain_idioms(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a Korean question, in which names are letters, with idioms in words that the tables hold.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about: of times, the leader has the lowest.
    """
    text = _in_days(text, panels)
    for words, plain in (*_SPOKEN, *_IDIOMS):
        text = re.sub(words, plain, text)
    if any(one.kind == "histogram" for panel in panels for one in panel.series):
        text = re.sub(r"(?<!\d)(\d0)대(?![가-힣])|(?<!\d)(\d0)대(?=[는은이가의 ])", _decade, text)
    labels = " ".join(f"{panel.x.label} {panel.y.label} {panel.title}".lower() for panel in panels)
    if re.search(PER_LABEL, labels):
        for words, own in _EACH:
            if re.search(rf"(?:\bper|\beach|/|\bpro|\bje|\bpar|\bpor) ?(?:{own})|(?:{words}) ?당", labels):
                text = re.sub(rf"(?<![가-힣])(?:한 ?|1 ?)?(?:{words}) ?당 ?", "", text)
    first, last = ("가장 낮은", "가장 높은") if is_of_durations(panels) else ("가장 높은", "가장 낮은")
    if re.search(_LAST, text) and re.search(rf"{_FIRST}|{_LEADS}", text) and re.search("차이|격차|뒤", text):
        return "최고와 최저의 차이는?"
    nth = r"\1번째로 낮은 것" if "낮" in first else r"\1번째로 높은 것"
    text = re.sub(_NTH, nth, text)
    text = re.sub(rf"(?:{_LAST}){_WAS}", f"{last} ", text)
    text = re.sub(rf"(?:{_LEADS}){_WAS}", f"{first} ", text)
    text = re.sub(_SHORT_OF, r"\1 미만인", text)
    text = re.sub(_LEADS, f"{first} 것", text)
    text = re.sub(_FIRST, "가장 높은 것", text)
    return re.sub(_LAST, f"{last} 것", text)

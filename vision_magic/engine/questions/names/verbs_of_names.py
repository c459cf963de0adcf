"""Verbs for what two series count: "where do most people get off?" of boardings and alightings.

Only a pair of opposite names is asked for so. A verb alone may mean anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled

__all__ = ["with_names_of_verbs"]

_Words = dict[Language, str]
_EAST: Final[tuple[Language, ...]] = ("ko", "zh")


@dataclass(frozen=True, slots=True)
class _Side:
    """Words of names of a series, in any language, and the verbs of a question for it.

    What stands at "…" is kept: "steigen die meisten aus" has its subject between its parts.
    """

    names: str
    verbs: _Words


_PAIRS: Final[tuple[tuple[_Side, _Side], ...]] = (
    (
        _Side(
            r"\bboard(?:ed|ings?)\b|\bgetting on\b|\beinst[ei]+g\w*|\bmontée?s?\b|\bsubid[oa]s?\b|승차|탑승|上车|上客",
            {
                "en": r"(?:get|gets|got|getting) on(?:to)?|(?<=off than )on|boards?|boarded|climb(?:ed)? aboard",
                "de": r"steig(?:t|en)…ein|stieg(?:en)?…ein|einsteigen|"
                r"eingestiegen|(?<=\baus als )ein",
                "fr": r"montent(?:-ils|-elles)?|monte-t-on|on monte|montée?s?|montaient",
                "es": r"(?:se )?suben|subieron|se sube|(?:ha|han) subido",
                "ko": r"(?<![가-힣])(?:[탔탄탑]\S*|타(?:는|요|나요|고)?(?![가-힣])|올라[타탄탔]\S*)",
                "zh": r"上(?:了车|来的?)",
            },
        ),
        _Side(
            r"\balight\w*|\bgetting off\b|\bausst[ei]+g\w*|\bdescend\w+|\bdescentes?\b|\bbajad[oa]s?\b|하차|下车|下客",
            {
                "en": r"(?:get|gets|got|getting) off|(?<=on than )off|alight(?:ed|s)?|step(?:ped)? off",
                "de": r"steig(?:t|en)…aus|stieg(?:en)?…aus|aussteigen|"
                r"ausgestiegen|(?<=\bein als )aus",
                "fr": r"descendent(?:-ils|-elles)?|descend-on|on descend|descendue?s?|descendaient",
                "es": r"(?:se )?bajan|bajaron|se baja|(?:ha|han) bajado",
                "ko": r"(?<![가-힣])내(?:린|렸\S*|리(?:는|나요|고)?(?![가-힣])|려\S*)",
                "zh": r"下(?:了车|去的?)",
            },
        ),
    ),
    (
        _Side(
            r"\bsold\b|^sales$|\bverkauft\w*|\bvendue?s?\b|\bvendid[oa]s?\b|판매|팔린|팔림|已[售卖]|[售卖][出掉]",
            {
                "en": r"sold|sells?",
                "de": r"verkauft(?:e|en|est)?|verkaufen|weggegangen|losgeworden",
                "fr": r"(?:se )?(?:sont )?vend(?:ue?s?|ons|ent)|vend-on",
                "es": r"(?:se )?(?:han? )?vend(?:id[oa]s?|ieron|ió|imos|en|e)",
                "ko": r"(?<![가-힣])팔(?:린|렸\S*|리(?:는|나요)?(?![가-힣])|았\S*|아\S*)",
                "zh": r"(?:被)?(?:卖|售)(?:出去|出|掉|得|的)?了?(?![价货后家点场完不])",
            },
        ),
        _Side(
            r"\bunsold\b|\bnot sold\b|\bleft(?:over)?\b|\bremaining\b|\bin stock\b|\bfor sale\b|\bunverkauft\w*|"
            r"\bnicht verkauft|\bübrig|\brest\b|\bauf lager\b|bestand\b|\binvendue?s?|\bnon vendu|\brestant|"
            r"\ben stock\b|\bsin vender\b|\bno vendid|\bpor vender\b|미판매|안 ?팔|재고|남은|잔여|待售|"
            r"未[售卖]|没[售卖]|库存|剩余|在售",
            {
                "en": r"(?:(?:was|were|has|have|is|are|did)(?: not|n['’]t) (?:been |get |yet )*)(?:sold|sell)|"
                r"did (?:we|they|i|you|he|she) not sell|didn['’]t (?:we|they|i|you|he|she) sell|"
                r"(?:not|never) (?:get |been )?sold|fail(?:ed|s)? to sell|"
                r"unsold|(?:(?:is|are|was|were) )?(?:still )?left(?: over)?(?: unsold)?|(?:still )?in stock",
                "de": r"(?:noch )?nicht (?:verkauft(?:en)?|weggegangen|losgeworden)|unverkauft\w*|"
                r"bl[ei]+b(?:en|t)?…(?:übrig|liegen)|(?:noch )?(?:übrig|liegen) ?(?:ge)?blieben|"
                r"(?:noch )?übrig",
                "fr": r"(?:n['’](?:a|ont|est|sont|a-t-on|avons)(?:-nous)? )?(?:pas|jamais) (?:encore )?"
                r"(?:été )?vendue?s?|invendue?s?|(?<!le )(?<!du )rest(?:e|ent|ée?s?)(?:-t-(?:il|elle)s?)?"
                r"(?: encore)?(?: à vendre| en stock)?",
                "es": r"(?:que )?no se (?:han )?(?:vend(?:ieron|ió|ido))|sin vender(?:se)?|no vendid[oa]s?|"
                r"(?:quedan?|quedaron|quedó|sobran?|sobraron|sobró)(?: (?:sin vender|por vender|en stock))?",
                "ko": r"(?:안|못) ?팔(?:린|렸\S*|리\S*|았\S*)|팔리지 ?(?:않|못)\S*|남(?:은|았\S*|아 ?있\S*)",
                "zh": r"(?:还)?没有?(?:被)?(?:卖|售)(?:出去|掉|出|完)?的?|未能?(?:卖|售)出?|(?:卖|售)不(?:出去|掉)|"
                r"(?:还)?剩(?:下|余)?了?",
            },
        ),
    ),
    (
        _Side(
            r"\barrivals?\b|\bank[uü]nfte?\b|\barrivées?\b|\bllegadas?\b|도착|到达|到港|抵达|进站",
            {
                "en": r"arriv(?:es?|ed|ing)|land(?:ed|s)?|(?:came|come) in",
                "de": r"k[ao]m(?:men|mt|en)?…an(?= ?\?|$)|angekommen|gelandet|ankommen|land(?:en|et|eten?)",
                "fr": r"arriv(?:ent|ée?s?|aient|e-t-on)|atterri(?:s|t|ssent|ssait)?",
                "es": r"lleg(?:an?|aron|ó|ado)|aterriz(?:an?|aron|ó|ado)",
                "ko": r"도착(?:한|했\S*|하\S*)",
                "zh": r"(?:到达|抵达|到)了",
            },
        ),
        _Side(
            r"\bdepartures?\b|\babfahrt(?:en)?\b|\babfl[uü]ge?\b|\bdéparts?\b|\bsalidas?\b|출발|离开|出发|离港|出港|出站",
            {
                "en": r"depart(?:ed|s)?|left|leaves?|(?:took|takes?) off|set off",
                "de": r"(?:f[aäu]hr|fl[ioe]+g|geh|ging)(?:en|t)?…ab(?= ?\?|$)|abge(?:fahren|flogen)|"
                r"abfahren|abfliegen|gestartet|start(?:en|et|eten?)|abgehoben",
                "fr": r"part(?:ent|ie?s?|aient|-on)|décoll(?:ent|ée?s?|aient)",
                "es": r"sal(?:en|e|ieron|ió|ido)|despeg(?:an?|aron|ó|ado)",
                "ko": r"출발(?:한|했\S*|하\S*)|떠[나난났]\S*",
                "zh": r"(?:离开|出发|走)了",
            },
        ),
    ),
    (
        _Side(
            r"\bbirths?\b|\bgeburten\b|\bnaissances?\b|\bnacimientos?\b|출생|出生",
            {
                "en": r"born",
                "de": r"geboren(?:e|en)?|k[ao]m(?:en)?…zur welt",
                "fr": r"(?:sont )?née?s?|naiss(?:ent|aient)",
                "es": r"nac(?:en|ieron|ió|ido)",
                "ko": r"태어[난났나]\S*",
                "zh": r"(?:出生|诞生)了",
            },
        ),
        _Side(
            r"\bdeaths?\b|fälle\b|\bdécès\b|\bmorts\b|\bdefunciones\b|\bmuertes\b|\bfallecimientos\b|사망|死亡|去世",
            {
                "en": r"died?|passed away",
                "de": r"gestorben|st[ae]rb(?:en)?|verstorben",
                "fr": r"(?:sont )?morte?s?|meurent|décédée?s?",
                "es": r"mur(?:ieron|ió)|mueren|fallec(?:ieron|ió|ido)",
                "ko": r"(?<![가-힣])(?:죽\S*|숨진|숨졌\S*|사망(?:한|했\S*))",
                "zh": r"(?:死|去世|死亡)了",
            },
        ),
    ),
    (
        _Side(
            r"\bentr(?:ies|ants|ées?|adas?)\b|\bzugänge?\b|\beintritte?\b|\beingang\b|입장|입실|进入|入场|入馆|进馆",
            {
                "en": r"enter(?:ed|s)?|(?:c[ao]me|went|go) in",
                "de": r"k[ao]m(?:men|mt|en)?…(?:her)?(?:rein|ein|hinzu|dazu)(?= ?\?|$)|eingetreten|"
                r"(?:herein|rein|hinzu|dazu)gekommen",
                "fr": r"entr(?:ent|ée?s?|aient|e-t-on)",
                "es": r"entr(?:an?|aron|ó|ado)",
                "ko": r"들어[온왔오간갔가]\S*|입장(?:한|했\S*)",
                "zh": r"进(?:来|去|场|馆)?了",
            },
        ),
        _Side(
            r"\bexits?\b|\bleavers\b|\babgänge?\b|\baustritte?\b|\bausgang\b|\bsorties?\b|\bsalidas?\b|퇴장|퇴실|离开|离场|"
            r"离馆|出馆",
            {
                "en": r"exit(?:ed|s)?|left|leaves?|(?:went|go) out",
                "de": r"g[ei]+n?g(?:en|t)?…(?:hin|her)?(?:raus|aus)(?= ?\?|$)|ausgetreten|"
                r"(?:hinaus|raus)gegangen",
                "fr": r"sort(?:ent|ie?s?|aient|-on)",
                "es": r"sal(?:en|e|ieron|ió|ido)",
                "ko": r"(?<![가-힣])나[간갔가온왔]\S*|퇴장(?:한|했\S*)",
                "zh": r"(?:出(?:来|去)|离开|离场)了",
            },
        ),
    ),
    (
        _Side(
            r"\bloans?\b|\blent\b|\bborrowed\b|\bchecked out\b|\bausleihen\b|\bausgeliehen\b|\bemprunt(?:s|ée?s)?\b|"
            r"\bprêts?\b|\bpréstamos?\b|\bprestad[oa]s\b|대출|대여|借出|外借",
            {
                "en": r"borrow(?:ed|s)?|lent|lend|(?:checked|taken|took) out",
                "de": r"ausgeliehen|entliehen|verliehen|ausgeborgt",
                "fr": r"emprunt(?:ée?s?|ent|e-t-on)|prêtée?s?",
                "es": r"prest(?:an|aron|ó|ad[oa]s?)",
                "ko": r"빌[려린렸리]\S*|(?:대출|대여)(?:한|했\S*|된|됐\S*)",
                "zh": r"借(?:出去|出|走)?了",
            },
        ),
        _Side(
            r"\breturn(?:s|ed)\b|\brückgaben\b|\bzurückgegeben\b|\bretours?\b|\brendue?s\b|\bdevoluciones\b|"
            r"\bdevuelt[oa]s\b|반납|归还|还书",
            {
                "en": r"returned|(?:brought|given|handed|came|come) back",
                "de": r"zurück(?:gegeben|gebracht|gekommen)",
                "fr": r"rend(?:ue?s?|ent)|(?:ramen|rapport)ée?s?",
                "es": r"devolv(?:ieron|ió)|devuelven|devuelt[oa]s?",
                "ko": r"반납(?:한|했\S*|된|됐\S*)|돌려[준줬]\S*",
                "zh": r"(?:归还|还回来|还回|还)了",
            },
        ),
    ),
    (
        _Side(
            r"\bpass(?:ed|es)?\b|\bbestanden\b|\breçue?s\b|\badmise?s?\b|\baprobad[oa]s\b|합격|通过|合格|及格",
            {
                "en": r"pass(?:ed|es)?(?! away)",
                "de": r"bestanden|besteh(?:en|t)|geschafft",
                "fr": r"(?:a|ont) réussi|réussi(?:ssent)?",
                "es": r"aprueban?|aprob(?:aron|ó|ado)",
                "ko": r"(?<![가-힣])붙(?:은|었\S*)|합격(?:한|했\S*)",
                "zh": r"(?:考过|通过|及格|合格)了",
            },
        ),
        _Side(
            r"\bfail(?:ed|ures?)?\b|\bdurchgefallen\b|\bnicht bestanden\b|\brecalée?s\b|\béchecs?\b|\bajournée?s\b|"
            r"\brefusée?s\b|\bsuspens[oa]s\b|\bsuspendid[oa]s\b|\breprobad[oa]s\b|불합격|탈락|未通过|没通过|不合格|不及格",
            {
                "en": r"fail(?:ed|s)?|did(?: not|n['’]t) pass",
                "de": r"(?:nicht (?:bestanden|geschafft))|durchgefallen|f(?:a|ie)ll?en…durch",
                "fr": r"(?:a|ont) échoué|échou(?:ent|é)|(?:n['’](?:a|ont) )?pas réussi",
                "es": r"suspend(?:en|ieron|ió|ido)|reprob(?:aron|ó|ado)|no aprob(?:aron|ó)",
                "ko": r"(?<![가-힣])떨어[진졌지]\S*|불합격(?:한|했\S*)|탈락(?:한|했\S*)",
                "zh": r"没有?(?:考过|通过|及格|合格)|挂科?了",
            },
        ),
    ),
    (
        _Side(
            r"\badmissions?\b|\badmitted\b|\baufnahmen?\b|\baufgenommen\b|\beinweisung(?:en)?\b|"
            r"\bhospitalisations?\b|\bingres(?:os?|ad[oa]s)\b|입원|入院|收治",
            {
                "en": r"admitted",
                "de": r"aufgenommen|eingeliefert|eingewiesen",
                "fr": r"(?:hospitalisé|admis)e?s?|hospitalise(?:nt)?|entr(?:ent|ée?s?)",
                "es": r"ingres(?:an?|aron|ó|ad[oa]s?|os?)",
                "ko": r"입원(?:한|했\S*|하\S*)",
                "zh": r"(?:入院|住院|收治)了?",
            },
        ),
        _Side(
            r"\bdischarge[sd]?\b|\bentlassung(?:en)?\b|\bentlassen\b|\bsorties?\b|\baltas?\b|퇴원|出院",
            {
                "en": r"(?:were|was|are|is|got|been) (?:sent|allowed) home|discharged|went home",
                "de": r"entlassen",
                "fr": r"sort(?:ent|ie?s?|aient)|renvoyée?s chez (?:eux|elles)",
                "es": r"(?:(?:die|reciben?|recibie|da)(?:ron|n)? )?(?:de )?(?:el )?"
                r"(?:(?<!las más )(?<!son más )(?<!ras más )altas|(?<!más )(?<!menos )(?<!muy )(?<!tan )alta)"
                r"(?: médicas?)?(?! (?:del?|que)\b)",
                "ko": r"퇴원(?:한|했\S*|하\S*)",
                "zh": r"出院了?",
            },
        ),
    ),
    (
        _Side(
            r"^(?:total )?(?:revenues?|income|takings|receipts|turnover)$|^einnahmen$|^erlöse?$|^ums[aä]tze?$|"
            r"^recettes$|"
            r"^revenus?$|^chiffre d['’]affaires$|^ingresos$|^facturación$|^수입$|^매출(?:액)?$|^收入$|^营收$|^营业额$",
            {
                "en": r"(?:money )?(?:took|taken|takes?|brought|brings?|came|comes?) in(?: money)?(?! the\b)",
                "de": r"eingenommen|n[aei][hm]+m?(?:en|t)?…ein(?= ?\?|$)",
                "fr": r"(?:a-t-(?:on|il|elle) )?(?:encaiss|touch)(?:ée?s?|ent|e)",
                "es": r"(?:se )?(?:ha |han )?(?:ingres|recaud|factur)(?:ó|aron|an?|ado)",
                "ko": r"벌어들[인였이]\S*",
                "zh": r"(?:收入|进账)了",
            },
        ),
        _Side(
            r"^(?:total )?(?:costs?|expenses?|spending|expenditures?|outgoings)$|^kosten$|^ausgaben$|^dépenses$|"
            r"^coûts?$|"
            r"^gastos$|^cost[eo]s$|^비용$|^지출$|^成本$|^支出$|^费用$",
            {
                "en": r"spen[dt]s?|(?:paid|pays?) out",
                "de": r"ausgegeben|g[aei]+b(?:en|t)?…aus(?= ?\?|$)",
                "fr": r"dépens(?:ée?s?|ent|e)",
                "es": r"(?:se )?(?:ha |han )?gast(?:ó|aron|an?|ado)",
                "ko": r"지출(?:한|했\S*)|(?<![가-힣])(?:쓴|썼\S*)",
                "zh": r"(?:支出|花|付)了",
            },
        ),
    ),
)
_BETWEEN: Final = r"\b(?P<between{}>(?:(?!\bals\b)[^,;?])*)\b"
_DENIED: Final[_Words] = {
    "en": r"\bnot\b|n['’]t\b|\bnever\b|\bno\b",
    "de": r"\bnicht\b|\bnie\b|\bkein\w*",
    "fr": r"\bpas\b|\bjamais\b|\bne\b|\bn['’]|\baucune?\b",
    "es": r"\bno\b|\bnunca\b|\bning\w+",
    "ko": r"(?<![가-힣])[안못] |지 ?(?:않|못)",
    "zh": r"[没未不]",
}


_MORE_OF_ONE: Final = (
    r"(?:\b(?:do|did|does) )?\b(?P<more>more|fewer|less) (?:\w+ )?(?P<a>[\ue401\ue402]) than "
    r"(?:\w+ )?(?P<b>[\ue401\ue402])"
)
"""Whom both verbs have as their subject: "where do more people get on than off?"."""


def with_names_of_verbs(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the name of a series for the verb that means it.

    It stays as it is where it names one of the pair, of which the verb then tells something else, or denies a verb.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    """
    drawn = [one for one in drawn_series(panels) if one.name]
    for done, undone in _PAIRS if len(panels) == 1 and len(drawn) > 1 else ():
        second = [one for one in drawn if re.search(undone.names, one.name.lower())]
        first = [one for one in drawn if one not in second and re.search(done.names, one.name.lower())]
        if len(first) == len(second) == 1:
            return _with_names(text, (first[0], done), (second[0], undone), language)
    return text


def _with_names(text: str, first: tuple[Series, _Side], second: tuple[Series, _Side], language: Language) -> str:
    """Return a question with the names of a pair for their verbs, of the second first: "not sold" has "sold"."""
    left, rest = text, text
    if _names(text, second[0].name):
        return text
    for letter, (series, side) in (("\ue402", second), ("\ue401", first)):
        if _names(rest, series.name):
            continue
        words = side.verbs[language]
        parts = words.split("…")
        words = parts[0] + "".join(f"{_BETWEEN.format(number)}{part}" for number, part in enumerate(parts[1:]))
        pattern = compiled(words if language in _EAST else rf"(?<!\w)(?:{words})(?!\w)", ignore_case=True)
        left = pattern.sub(lambda verb, to=letter: _between_parts(verb) + to, left)  # type: ignore[misc]
        rest = pattern.sub(" ", rest)
    named = _names(rest, first[0].name) or _names(rest, second[0].name)
    if left == text or named or re.search(_DENIED[language], rest.lower()):
        return text
    left = re.sub(_MORE_OF_ONE, r"are there \g<more> \g<a> than \g<b>", left, flags=re.IGNORECASE)
    return left.replace("\ue401", first[0].name).replace("\ue402", second[0].name)


def _names(text: str, name: str) -> bool:
    return name.lower() in text.lower()


def _between_parts(verb: re.Match[str]) -> str:
    """Return what stands between the parts of a verb, with a verb before it."""
    parts = [part.strip() for part in verb.groupdict().values() if part]
    return f"sind {parts[0]} " if parts else ""

"""Words for those who are asked in a survey, for what they give, and for what they do: they choose, say, buy, borrow.

A pie shows how often each thing was chosen; a verb of choosing beside "most often" changes nothing there.
"""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["ANSWERS", "ANYBODY", "CHOSE", "PERSONS", "TOOK_PART"]

ANYBODY: Final[dict[Language, str]] = {
    "en": r"people|persons?|respondents?|participants?|(?:those )?(?:asked|questioned|interviewed|surveyed|polled)",
    "de": r"personen|leuten?|menschen|befragten?r?|teilnehm(?:er|erinnen|enden?|ende)n?|umfrageteilnehmern?",
    "fr": r"personnes|gens|répondant(?:e?s)?|participant(?:e?s)?|sondée?s|interrogée?s|enquêtée?s",
    "es": r"personas|gente|encuestad[oa]s|participantes|entrevistad[oa]s",
    "ko": r"사람|응답자|참가자|참여자",
    "zh": r"人|受访者|参与者|受访人|参加者",
}
"""Persons of whom nothing is said but that they were asked."""
PERSONS: Final[dict[Language, str]] = {
    "en": r"pupils?|students?|employees?|members?|guests?|visitors?|customers?|clients?|users?|adults?|voters?|"
    r"households?|families|readers?|patients?|residents?|inhabitants?|workers?|colleagues?|staff|children|kids|"
    r"teenagers?|teens|passengers?|commuters?|shoppers?|drivers?|owners?|citizens?|teachers?|classmates?|tourists?|"
    r"subscribers?|travellers?|tenants?|viewers?|listeners?|neighbours?|neighbors?|developers?|athletes?|runners?",
    "de": r"schüler(?:innen|n)?|studierenden?|student(?:en|innen)|mitarbeit(?:er|erinnen|enden?|ende)n?|"
    r"beschäftigten?|mitgliedern?|gästen?|kund(?:en|innen)|besucher(?:innen|n)?|nutzer(?:innen|n)?|erwachsenen?|"
    r"wähler(?:innen|n)?|haushalten?|familien|leser(?:innen|n)?|patient(?:en|innen)|bewohner(?:innen|n)?|"
    r"einwohner(?:innen|n)?|kolleg(?:en|innen)|kindern?|jugendlichen?|fahrgästen?|pendler(?:innen|n)?|bürger(?:n)?|"
    r"lehrer(?:n)?|tourist(?:en|innen)|mieter(?:n)?|zuschauer(?:n)?|hörer(?:n)?|nachbarn|mitschülern?|angestellten?",
    "fr": r"élèves|étudiante?s|employée?s|salariée?s|membres|adhérente?s|cliente?s|visiteu(?:rs|ses)|"
    r"utilisat(?:eurs|rices)|adultes|élect(?:eurs|rices)|ménages|foyers|familles|lect(?:eurs|rices)|patiente?s|"
    r"habitante?s|résidente?s|collègues|enfants|jeunes|voyageu(?:rs|ses)|citoyens|touristes|usagers|abonnée?s|"
    r"travailleu(?:rs|ses)|professeurs|enseignante?s|locataires|spectat(?:eurs|rices)|voisine?s|camarades",
    "es": r"alumn[oa]s|estudiantes|emplead[oa]s|trabajador[ea]s|miembros|soci[oa]s|client[ea]s|visitantes|usuari[oa]s|"
    r"adult[oa]s|votantes|hogares|familias|lector[ea]s|pacientes|vecin[oa]s|habitantes|colegas|compañer[oa]s|"
    r"niñ[oa]s|jóvenes|viajer[oa]s|ciudadan[oa]s|turistas|abonad[oa]s|profesor[ea]s|inquilin[oa]s|espectador[ea]s|"
    r"huéspedes|asistentes",
    "ko": r"학생|직원|사원|회원|고객|손님|방문객|관람객|주민|시민|가구|이용자|사용자|독자|환자|성인|어린이|아이|가족|"
    "동료|"
    r"승객|관광객|시청자|교사|유권자|구독자|직장인|청소년|주부",
    "zh": r"学生|同学|员工|职员|会员|成员|顾客|客户|客人|游客|访客|居民|市民|用户|读者|患者|成年人|孩子|家庭|住户|乘客|"
    r"观众|老师|教师|选民|同事|职工|网友|青少年",
}
"""Persons who may be those of a survey, or only some of them."""
ANSWERS: Final[dict[Language, str]] = {
    "en": r"answers?|repl(?:y|ies)|responses?|votes?|questionnaires?",
    "de": r"antworten?|stimmen?|nennung(?:en)?|rückmeldung(?:en)?|fragebögen",
    "fr": r"réponses?|voix|votes?|questionnaires?",
    "es": r"respuestas?|votos?|cuestionarios?",
    "ko": r"응답|답변|대답|답|표",
    "zh": r"回答|答复|答案|答卷|问卷|选票|票",
}
TOOK_PART: Final[dict[Language, str]] = {
    "en": r"took|taken?|takes|part|participat(?:e|ed|es|ing)|respond(?:ed|s)?|repl(?:y|ied)|answer(?:ed)?|vot(?:e|ed)|"
    r"asked|questioned|interviewed|surveyed|polled|includ(?:e|ed|es)|cover(?:ed|s)?|represent(?:ed|s)?|"
    r"receiv(?:e|ed)|given|filled|completed|returned|joined|sample|size",
    "de": r"mitgemacht|machten|mit|teilgenommen|nahmen|nehmen|teil|befragt|gefragt|wurden|geantwortet|antworteten|"
    r"beantwortet(?:en)?|abgestimmt|stimmten|ab|erfasst|umfasst|stichprobe|abgegeben|gegeben|eingegangen|ausgefüllt",
    "fr": r"participé|participent|participaient|pris|part|répondu|répondent|interrogées?|interrogés|sondées?|sondés|"
    r"questionnées?|questionnés|enquêtées?|enquêtés|voté|rempli|reçues?|reçu|compte|comptées?|échantillon|comprend",
    "es": r"participaron|participan|participado|tomaron|parte|respondieron|respondido|contestaron|contestado|"
    r"encuestaron|encuestó|encuestad[oa]s|entrevistaron|entrevistó|preguntaron|preguntó|votaron|votado|recibieron|"
    r"recogieron|incluye|abarca|muestra|rellenaron|fueron|han",
    "ko": r"참여|참가|응답|대답|답변|답|설문|조사|투표|응했|물었|물어|대상|표본",
    "zh": r"参加|参与|调查|回答|接受|受访|填写|投票|访问|询问|问卷|参与者|作答|样本|收到|收回",
}
"""Verbs of taking part in a survey, with what goes with them."""
CHOSE: Final[dict[Language, str]] = {
    "en": r"cho(?:ose|ses|se|sen|osing)|pick(?:ed|s)?|select(?:ed|s)?|sa(?:y|ys|id)|g(?:ive|ives|ave|iven)|"
    r"nam(?:e|ed)|mention(?:ed|s)?|prefer(?:red|s)?|lik(?:e|ed|es)|lov(?:e|ed)|favou?r(?:ed|s)?|buy|buys|bought|"
    r"borrow(?:ed|s)?|br(?:ing|ings|ought)|us(?:e|ed|es)|tak(?:e|es|en)|took|eat(?:s|en)?|ate|dr(?:ink|inks|ank|unk)|"
    r"watch(?:ed|es)?|read|reads|play(?:ed|s)?|practi[sc](?:e|ed)|keep|keeps|kept|own(?:ed|s)?|order(?:ed|s)?|"
    r"hir(?:e|ed)|rent(?:ed)?|s(?:ell|ells|old)|vot(?:e|ed)|answer(?:ed|s)?|repl(?:y|ied)|respond(?:ed)?|got?|goes|"
    r"went|gone|travel(?:led)?|driv(?:e|es|en)|drove|rid(?:e|es)|rode|com(?:e|es)|came|visit(?:ed)?|wear|wore|worn|"
    r"want(?:ed|s)?|need(?:ed)?|cook(?:ed)?|d(?:o|id|one)|ha(?:ve|s|d)|collect(?:ed)?|recycl(?:e|ed)|donat(?:e|ed)|"
    r"throw|threw|thrown|drop(?:ped)?|deliver(?:ed)?|opt(?:ed)?|stud(?:y|ied)|speak|spoken?|spend|spent",
    "de": r"wähl(?:en|t|te|ten)|gewählt|ausgewählt|such(?:en|ten)|aus|ausgesucht|sag(?:en|t|te|ten)|gesagt|nenn(?:en|"
    "t)|"
    r"nannten|genannt|gegeben|geben|gaben|angegeben|an|bevorzug(?:en|t|te|ten)|mögen|mag|mochten|gemocht|lieb(?:en|t)|"
    r"kauf(?:en|t|te|ten)|gekauft|leih(?:en|t)|liehen|ausgeliehen|ausleihen|entliehen|geliehen|bring(?:en|t)|brachten|"
    r"gebracht|abgegeben|nutz(?:en|t|te|ten)|genutzt|benutz(?:en|t|te|ten)|benutzt|verwende(?:n|t|ten)|verwendet|"
    r"nehmen|nimmt|nahmen|genommen|essen|isst|aßen|gegessen|trink(?:en|t)|tranken|getrunken|schauen|gesehen|lesen|"
    r"liest|lasen|gelesen|spiel(?:en|t|ten)|gespielt|treiben|getrieben|betrieben|halten|hält|hielten|gehalten|"
    r"besitz(?:en|t)|besaßen|bestell(?:en|t|ten)|bestellt|miet(?:en|et)|gemietet|verkauf(?:en|t|te|ten)|verkauft|"
    r"stimm(?:en|ten)|antworten|antworteten|geantwortet|beantwortet|fahren|fährt|fuhren|gefahren|kommen|kamen|"
    r"gekommen|gehen|ging(?:en)?|gegangen|reisen|gereist|besuch(?:en|t|ten)|tragen|getragen|wollen|gewollt|koch(?:en|"
    r"t)|"
    r"gekocht|mach(?:en|t|ten)|gemacht|tun|taten|getan|hab(?:en|t)|hat|hatten|sammel(?:n|t)|gesammelt|entscheiden|"
    r"entschieden|sich|gefragt|gefragte|beliebt|vertreten|vorgekommen|vor|kommt|vorkommt|spenden|gespendet|werfen|"
    r"geworfen|gewünscht|wünschen",
    "fr": r"choisi(?:e?s|e|ssent|t|r)?|choisissent-ils|choisissent-elles|dit(?:es|e|s)?|disent|donnée?s?|donnés?|"
    "donnent|"
    r"citée?s?|cités?|citent|mentionnée?s?|préfèrent(?:-ils|-elles)?|préférée?s?|préférés?|aim(?:ent|ée?s?|és?)|achet"
    r"(?:ent|ée?s?|és?)|achètent|emprunt(?:ent|ée?s?|és?)|apport(?:ent|ée?s?|és?)|amèn(?:ent)|amen(?:ée?s?|és?)|"
    r"utilis(?:ent|ée?s?|és?)|prennent|pris(?:e|es)?|mang(?:ent|ée?s?|és?)|boivent|bue?s?|regard(?:ent|ée?s?|és?)|"
    r"lisent|lue?s?|jou(?:ent|ée?s?|és?)|pratiqu(?:ent|ée?s?|és?)|possèd(?:ent)|command(?:ent|ée?s?|és?)|"
    r"lou(?:ent|ée?s?|és?)|vend(?:ent|ue?s?)|vot(?:ent|ée?s?|és?)|répond(?:ent|ue?s?)|viennent|vont|voyagent|"
    r"fréquent(?:ent|ée?s?|és?)|visit(?:ent|ée?s?|és?)|port(?:ent|ée?s?|és?)|veulent|voulue?s?|cuisin(?:ent|ée?s?)|"
    r"font|faite?s?|ont|jet(?:ent|ée?s?|és?)|jettent|dépos(?:ent|ée?s?|és?)|collect(?:ent|ée?s?|és?)|demand(?:ent|"
    r"ée?s?|"
    r"és?)|sélectionn(?:ent|ée?s?|és?)|retenue?s?|revenue?s?|revient|consomm(?:ent|ée?s?|és?)",
    "es": r"elig(?:en|ieron|ió|e)|elegid[oa]s?|escog(?:en|ieron|id[oa]s?)|seleccion(?:an|aron|ad[oa]s?)|dicen|dijeron|"
    r"dich[oa]s?|dan|dieron|dad[oa]s?|mencion(?:an|aron|ad[oa]s?)|nombr(?:an|aron|ad[oa]s?)|prefieren|prefirieron|"
    r"preferid[oa]s?|gustan?|gustaron|compr(?:an|aron|ad[oa]s?)|tom(?:an|aron|ad[oa]s?)|prestan?|prestad[oa]s?|"
    r"llev(?:an|aron|ad[oa]s?)|tra(?:en|jeron|íd[oa]s?)|us(?:an|aron|ad[oa]s?)|utiliz(?:an|aron|ad[oa]s?)|"
    r"com(?:en|ieron|id[oa]s?)|beb(?:en|ieron|id[oa]s?)|ven|vieron|vist[oa]s?|le(?:en|yeron|íd[oa]s?)|jueg(?:an)|"
    r"jug(?:aron|ad[oa]s?)|practic(?:an|aron|ad[oa]s?)|tienen|tuvieron|pid(?:en|ieron)|pedid[oa]s?|alquil(?:an|aron|"
    r"ad[oa]s?)|vend(?:en|ieron|id[oa]s?)|vot(?:an|aron|ad[oa]s?)|respond(?:en|ieron|id[oa]s?)|contest(?:an|aron|"
    r"ad[oa]s?)|vienen|van|viaj(?:an|aron)|visit(?:an|aron|ad[oa]s?)|quieren|cocin(?:an|aron|ad[oa]s?)|hacen|hicieron|"
    r"hech[oa]s?|han|recog(?:en|id[oa]s?)|deposit(?:an|aron|ad[oa]s?)|tir(?:an|aron|ad[oa]s?)|aport(?:an|aron|"
    r"ad[oa]s?)|"
    r"repetid[oa]s?|se|dona(?:n|ron|d[oa]s?)",
    "ko": r"고른|고르는|골랐|고릅니|선택|선호|뽑은|뽑혔|뽑힌|좋아하|좋아한|답한|답했|나온|나왔|말한|말했|사는|산|샀|"
    "빌린|빌려|"
    r"빌리|대출|가져온|가져오|사용|이용|쓰는|쓴|먹는|먹은|마시는|마신|보는|본|읽는|읽은|하는|한|키우는|기르는|주문|"
    r"받은|택한|"
    r"꼽은|꼽힌|구매|구입|즐기는|타는|버리는|버린|내놓는|기부",
    "zh": r"选择|选出|选|挑选|挑|说|回答|喜欢|喜爱|爱|偏好|购买|买|借阅|借|带来|带|使用|用|吃|喝|看|读|玩|养|点|乘坐|"
    "坐|"
    r"给出|提到|投|扔|送来|捐|做|拥有",
}
"""Verbs of choosing, giving and having, in their finite forms and participles."""

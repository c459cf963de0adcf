"""The role of a word that is not understood, told by the small words beside it, and whether it can change an answer.

"When does the kettle finish heating?" needs neither "kettle" nor "finish" where only one thing is drawn. "How many
clinics in Bavaria …" cannot do without "Bavaria", nor "the most profitable" without "profitable". So a verb is left
unread where the question says what it asks for otherwise, and a noun where it can only mean what is drawn. Whatever
may limit, rank or negate is a reason to decline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.grammar import GRAMMARS, OPPOSITES, Grammar

__all__ = ["SOME_PEOPLE", "Role", "Setting", "can_be_left", "role_of"]

Role = Literal[
    "limit",
    "degree",
    "attribute",
    "of",
    "thing",
    "kind",
    "both",
    "measured",
    "ranked",
    "verb",
    "adverb",
    "noun",
    "whole",
    "head",
    "actor",
    "done",
    "unclear",
]
"""What a word does: it limits, ranks, or describes; it owns; it names the things, or the values, that are asked for."""

_TOKEN: Final = re.compile(r"[\ue000-\uf8ff]|[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[,;:.?!]")
_MARKS: Final = re.compile("[\ue000-\uf8ff]")


_INVERTED: Final = re.compile(r"^.+-(?=(?:il|elle|on|ils|elles|nous|vous|je|tu|ce)$)", re.IGNORECASE)
"""A verb before its subject: "a-t-il franchi"."""
_SUBJECT: Final = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|nous|vous|je|tu)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What else a question says, and what its charts have.

    Attributes
    ----------
    told : bool
        Whether other words say outright what is asked for.
    one : bool
        Whether only one series can be meant: the only one, or one that is named.
    alone : bool
        Whether nothing but one series is drawn, so that what owns it limits nothing.
    untitled : bool
        Whether no title says in the language of the question of what the values are.
    measured : bool
        Whether the question names what the values are.
    open : bool
        Whether the charts leave open what is measured, or say it in another language.
    two : bool
        Whether just two series are drawn, or named.
    limited : bool
        Whether a line of reference in the charts is named, of which only the values can be beyond.
    whole : bool
        Whether all that is drawn is added up.
    things : bool
        Whether the things among which the answer is can only be of one kind.
    points : bool
        Whether points are counted or ranked, each of which is a thing without a name.
    counts : bool
        Whether the values count something, and measure no amount in a unit.
    """

    told: bool
    one: bool
    alone: bool
    untitled: bool
    measured: bool
    open: bool
    two: bool
    things: bool
    limited: bool = False
    whole: bool = False
    points: bool = False
    counts: bool = False


def can_be_left(role: Role, word: str, setting: Setting, language: Language) -> bool:
    """Return whether an answer is the same whatever a word means that has this role."""
    opposite = re.search if language in ("ko", "zh") else re.fullmatch
    if opposite(OPPOSITES[language], word.lower()) and role not in ("both", "kind"):
        return False
    if opposite(SOME_PEOPLE.get(language, "(?!)"), word.lower()):
        return False
    allowed = {
        "adverb": True,
        "verb": setting.told,
        "thing": setting.things,
        "kind": True,
        "whole": setting.whole,
        "head": setting.told,
        "actor": setting.told,
        "done": setting.told and setting.counts,
        "both": setting.two,
        "of": setting.alone and (setting.untitled or _ANYBODY.match(word.lower()) is not None),
        "measured": (setting.open and setting.one) or setting.points,
        "ranked": (setting.one and (setting.open or setting.alone)) or setting.points,
        "noun": setting.measured or (setting.alone and (setting.open or setting.limited)),
    }
    return allowed.get(role, False)


SOME_PEOPLE: Final[dict[Language, str]] = {
    "en": r"wom[ae]n|m[ae]n|males?|females?|child(?:ren)?|kids|girls?|boys?|adults?|seniors?|teenagers?|smokers?",
    "de": r"frau(?:en)?|m[aä]nn(?:er\w*)?|kinder\w*|m[aä]dchen|jungen?|erwachsene\w*|senioren|jugendliche\w*|"
    r"raucher\w*",
    "fr": r"femmes?|hommes?|enfants?|filles?|gar[cç]ons?|adultes?|seniors?|jeunes|fumeurs?",
    "es": r"mujeres|hombres|ni[nñ][oa]s|chic[oa]s|adult[oa]s|mayores|j[oó]venes|fumador\w*",
    "ko": "여성|남성|여자|남자|어린이|노인|청소년|[여남](?:학생|직원|사원|교사|선수|회원|중생|고생|대생|아(?![가-힣]))",
    "zh": "女|男|儿童|老人|青少年",
}
"""Some of all people, of whom a chart that does not name them says nothing."""


_ACTORS: Final[dict[Language, str]] = {
    "en": r"people|residents?|inhabitants|citizens|locals|customers?|clients?|guests|visitors|users|members|"
    r"participants|"
    r"patients|readers|viewers|shoppers|passengers|travell?ers|tourists|fans|volunteers|owners?|staff|family|household|"
    r"company|firm|business|shop|store|cafe|café|bakery|restaurant|hotel|library|museum|school|farm|farmers?|gardeners?|"
    r"club|town|village|port|harbou?r",
    "de": r"leute|menschen|einwohner|bewohner|anwohner|bürger|kunden|kundschaft|gäste|besucher|nutzer|mitglieder|"
    r"teilnehmer|patienten|leser|zuschauer|fahrgäste|reisenden?|touristen|familie|haushalt|firma|unternehmen|betrieb|"
    r"laden|geschäft|bäckerei|café|restaurant|hotel|bücherei|bibliothek|museum|schule|hof|bauern?|landwirte?|gärtner|"
    r"winzer|imker|verein|stadt|dorf|gemeinde|hafen",
    "fr": r"gens|habitants|citoyens|client(?:e?s)|visiteurs|usagers|utilisateurs|membres|adhérents|participants|"
    r"patients|"
    r"lecteurs|spectateurs|voyageurs|passagers|touristes|famille|foyer|ménage|entreprise|société|boutique|magasin|"
    r"boulangerie|café|restaurant|hôtel|bibliothèque|médiathèque|musée|école|ferme|agriculteurs?|jardiniers?|"
    r"vignerons?|apiculteurs?|pêcheurs?|club|ville|village|commune|domaine|port",
    "es": r"gente|habitantes|vecinos|ciudadanos|clientes|visitantes|usuarios|socios|miembros|participantes|pacientes|"
    r"lectores|espectadores|viajeros|pasajeros|turistas|familia|hogar|empresa|tienda|panadería|café|cafetería|"
    r"restaurante|hotel|biblioteca|museo|escuela|granja|agricultores?|pescadores|jardineros?|apicultor(?:es)?|club|"
    r"ciudad|pueblo|puerto|finca|bodega",
}
"""Those who do what a chart counts, whoever they are: people in general, and the place or the firm that it is about."""
_OWNED: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("of", "who", "that", "with", "from", "aged", "'s", "’s", "and", "or")),
    "de": frozenset(("der", "des", "von", "ohne", "aus", "unter", "über", "und", "oder")),
    "fr": frozenset(("de", "du", "des", "d", "qui", "avec", "sans", "et", "ou")),
    "es": frozenset(("de", "del", "que", "con", "sin", "y", "e", "o", "u")),
}
"""Words after a noun that say which of them are meant."""


def _of_actor(tokens: Sequence[str], number: int, grammar: Grammar, is_own: Callable[[str], bool]) -> Role | None:
    """Tell the subject of what is done: "what do the residents throw away", "cuánto gastaron los clientes"."""
    language = next((name for name, known in GRAMMARS.items() if known is grammar), None)
    word, (before, after) = tokens[number], _near(tokens, number)
    after = _SUBJECT.sub("", after)
    if language is None or re.fullmatch(_ACTORS[language], word.lower()) is None or after in _OWNED[language]:
        return None
    bare = before in _DO and language == "en"
    if not bare and before not in grammar.determiners - grammar.of:
        return None
    earlier = [token.lower() for token in tokens[: number - 1]][-2:]
    asked = earlier[-1:] == ["que"] and earlier[-2:-1] in (["ce"], ["est-ce"], ["qu'est-ce"], ["lo"])
    limiting = grammar.prepositions | grammar.which | grammar.quantities | grammar.degrees | _THAN
    asked = asked or earlier[-1:] == ["combien"]
    if not bare and earlier[-1:] and earlier[-1] in limiting and not asked:
        return None
    if after and grammar.adjectives_follow and not (_MARKS.fullmatch(after) or after in ",;:.?!"):
        verb = re.fullmatch(grammar.verb, after) or after in grammar.subjects | grammar.prepositions | grammar.degrees
        return "actor" if verb or after in grammar.determiners else None
    return "actor"


_THAN: Final = frozenset(("than", "als", "que", "qu", "wie", "like", "como", "comme"))


def role_of(text: str, start: int, language: Language, is_own: Callable[[str], bool]) -> Role:
    """Return the role of the word that begins at a position of a question.

    Parameters
    ----------
    text : str
        The question, with one letter of Unicode's private use area for each name and number.
    start : int
        Where the word begins.
    language : {"en", "de", "fr", "es"}
        The language of the question.
    is_own : callable
        Whether a word is one of the charts'.
    """
    found = list(_TOKEN.finditer(text))
    number = next((number for number, match in enumerate(found) if match.start() <= start < match.end()), None)
    if number is None:
        return "unclear"
    if number and not GRAMMARS[language].capitals and found[number][0][0].isupper():
        return "unclear"  # a name of which nothing is known
    if language == "fr" and _SUBJECT.search(found[number][0]):
        return "verb"  # "engloutit-elle"
    tokens = [
        _SUBJECT.sub("", match[0]) if at == number else _INVERTED.sub("", match[0]) if at == number - 1 else match[0]
        for at, match in enumerate(found)
    ]
    grammar = GRAMMARS[language]
    roles = (_of_all, _of_actor, _ranked, _named, _asked, _heading, _limited, _attributed, _of_verb, _determined)
    named = (role(tokens, number, grammar, is_own) for role in roles)
    return next((role for role in named if role is not None), "unclear")


_IsOwn = Callable[[str], bool]


def _near(tokens: Sequence[str], number: int) -> tuple[str, str]:
    """Return the words before and after one, in lower case; nothing at a mark between parts of a sentence."""
    before = tokens[number - 1].lower() if number else ""
    after = tokens[number + 1].lower() if number + 1 < len(tokens) else ""
    return before, after


def _is_noun(word: str, is_own: _IsOwn) -> bool:
    return _MARKS.fullmatch(word) is not None or (len(word) > 2 and is_own(word))


_ALL: Final = frozenset(("alle", "allen", "aller", "sämtliche", "sämtlichen", "tous", "toutes", "todos", "todas"))


def _of_all(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell the noun for all that is drawn: "über alle Behandlungen", and in French and Spanish one that is ranked."""
    before, after = _near(tokens, number)
    earlier = tokens[number - 2].lower() if number > 1 else ""
    if before in _ALL or (before in grammar.determiners and earlier in _ALL):
        return "whole"
    if not grammar.adjectives_follow or before not in grammar.determiners:
        return None
    degree = tokens[number + 2].lower() if after in ("le", "la", "les") and number + 2 < len(tokens) else after
    return "ranked" if degree in ("plus", "moins", "más", "menos") else None


def _is_compared_verb(word: str, before: str, after: str) -> bool:
    """Return whether a German word is a verb in the plural: "weniger ausgeben als"; adjectives have no ending there."""
    return before in ("mehr", "weniger") and re.fullmatch(r"[a-zäöüß]+en", word) is not None and after in _ENDS


def _ranked(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    word, (before, after) = tokens[number], _near(tokens, number)
    lower = word.lower()
    done = next((_DONE[name] for name, known in GRAMMARS.items() if known is grammar), "(?!)")
    if re.fullmatch(done, lower) and before in grammar.degrees | grammar.quantities:
        return "done"
    if re.fullmatch(grammar.superlative, lower) and not (grammar.capitals and word[0].isupper()):
        return "degree"
    noun = grammar.capitals and word[0].isupper()
    if grammar.capitals and _is_compared_verb(word, before, after):
        return None
    if before == "le" and after in ("le", "plus", "moins", "à", "de", "en", "dans"):
        return None  # "le trajet le plus court"
    if before not in grammar.degrees or noun or (before == "how" and after in ("do", "does", "did")):
        return None
    copula = any(token.lower() in _COPULAS for token in tokens[max(0, number - 3) : number])
    if before in grammar.quantities and not (copula or re.fullmatch(grammar.adjective, lower)):
        return None
    adjective = copula or re.fullmatch(grammar.adjective, lower)
    return "degree" if adjective or before not in grammar.quantities else None


_DONE: Final[dict[Language, str]] = {
    "en": r"used|visited|chosen|picked|ordered|booked|borrowed|watched|played|frequented|requested",
    "de": r"(?:ge|be)nutzt|befahren|frequentiert|besucht|gefragt|nachgefragt|gewählt|bestellt|gebucht|gelesen|gespielt|"
    r"ausgeliehen|gesehen|angefragt",
    "fr": r"(?:utilis|fréquent|emprunt|visit|command|réserv|regard|jou|demand|consult)ée?s?|choisie?s?|lue?s?",
    "es": r"(?:usad|utilizad|visitad|elegid|pedid|reservad|leíd|jugad|demandad|frecuentad|concurrid|solicitad|"
    r"consultad)"
    r"[oa]s?",
}
"""What is done most with that of which there is most: "most visited" of visits, "la plus empruntée" of passengers."""
_ENDS: Final = frozenset(("", "als", ",", ";", "?", "."))
_COPULAS: Final = frozenset(
    ("is", "are", "was", "were", "est", "sont", "était", "étaient", "es", "son", "era", "eran", "fue", "fueron")
)


def _limited(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell a word after a preposition, with what stands between: "in the old town"."""
    at = number - 1
    while at >= 0 and (tokens[at].lower() in grammar.determiners - grammar.of or tokens[at].isdigit()):
        at -= 1
    before = tokens[at].lower() if at >= 0 else ""
    word, determined = tokens[number].lower(), at < number - 1
    if before == "en" and at and tokens[at - 1].lower() in ("s", "se", "n", "on", "il", "elle"):
        return "verb"  # "s'en sortent"
    if before not in grammar.prepositions:
        return None
    if not determined and re.fullmatch(grammar.infinitive, word) and not (before == "en" and word.endswith("re")):
        return "verb"
    if before == "to" and not determined:
        return "verb"
    if before in grammar.of:
        earlier = tokens[at - 1].lower() if at else ""
        if earlier in grammar.quantities or earlier in ("number", "amount", "sum", "total"):
            return "measured"
        return "of" if determined or before in ("du", "del", "des", "der") else "limit"
    return "limit"


def _asked(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell a word after "which" or "how many"; before another noun it describes it."""
    before, after = _near(tokens, number)
    beside = after and _is_noun(tokens[number + 1], is_own)
    if before in grammar.of and number > 2 and tokens[number - 2].lower() in _KINDS:
        return "thing" if tokens[number - 3].lower() in grammar.which else None
    if before in grammar.which:
        adjective = re.fullmatch(grammar.adjective, tokens[number].lower()) and not grammar.capitals
        return "attribute" if beside and (adjective or not grammar.adjectives_follow) else "thing"
    if after in ("one", "other") and before in grammar.determiners and any(map(_MARKS.fullmatch, tokens[:number])):
        return "both"  # "the mutant or the unmodified one"
    if before in _BOTH or (before in grammar.determiners and number > 1 and tokens[number - 2].lower() in _BETWEEN):
        return "both"
    verb = grammar.capitals and tokens[number].islower() and number > 1 and tokens[number - 2].lower() == "am"
    verb = verb or (grammar.capitals and _is_compared_verb(tokens[number], before, after))
    verb = verb or _is_verb_after_amount(tokens[number], before, after, grammar)
    if before in grammar.quantities and not verb:
        return "attribute" if beside and not grammar.adjectives_follow else "measured"
    ranked = re.fullmatch(grammar.superlative, before) or before in _RANKS
    if ranked and before not in ("better", "worse", "higher", "lower", "total", "average"):
        return "ranked"
    return "measured" if ranked or (number > 1 and tokens[number - 2].lower() in _DEGREES) else None


def _is_verb_after_amount(word: str, before: str, after: str, grammar: Grammar) -> bool:
    """Return whether a word after "how much" is a verb: "wie viel zahlt", "combien paie", "cuánto pagó"."""
    if grammar.capitals:
        return before == "viel" and word.islower()
    if before == "combien":
        return True  # a noun has "de" before it
    ends = not after or after in ",;:.?!" or after in grammar.determiners | grammar.prepositions
    return before in ("cuánto", "cuanto") and ends and re.fullmatch(r"\w{2,}(?:ó|[ae]n|a|e|ía|aron)", word) is not None


_RANKS: Final = frozenset(
    [
        "best",
        "worst",
        "highest",
        "maximum",
        "minimum",
        "top",
        "bottom",
        "better",
        "worse",
        "higher",
        "lower",
        "total",
        "average",
    ]
)
_HOLDING: Final = frozenset(("on", "in", "with", "at", "from", "of", "using", "taking", "given"))
_WHOLE: Final = frozenset(("whole", "entire", "overall", "all", "total", "altogether", "combined", "together"))
_KINDS: Final = frozenset(("kind", "type", "sort", "brand", "make", "class", "species", "breed"))
_BOTH: Final = frozenset(["both", "two", "beide", "beiden", "zwei", "deux", "dos", "ambos", "ambas"])
_BETWEEN: Final = frozenset(["between", "zwischen", "entre"])
_DEGREES: Final = frozenset(["plus", "moins", "más", "menos", "mayor", "menor"])


_CONTRACTED: Final = frozenset(("du", "au", "del", "al", "im", "am", "vom", "zum", "zur", "beim"))


def _heading(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell the noun for what a name means, between an article and the name: "las centrales nucleares"."""
    before, after = _near(tokens, number)
    if not (grammar.adjectives_follow or grammar.capitals) or not re.fullmatch("[\ue000-\ue7ff]", after):
        return None
    noun = not grammar.capitals or tokens[number][0].isupper()
    return "head" if noun and before in grammar.determiners | _CONTRACTED else None


def _named(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell a noun after the name of one of its kind: "past the Station counter", "when did the 2022 wave peak"."""
    before, after = _near(tokens, number)
    if before in ("whole", "entire"):
        return "whole"
    held = number + 2 < len(tokens) and after in _HOLDING and _MARKS.fullmatch(tokens[number + 2])
    if held and before in grammar.determiners and _ANYBODY.fullmatch(tokens[number].lower()):
        return "kind"  # "the patients on drug B"
    if number > 1 and tokens[number - 2].lower() in _DO | _COPULAS and before in grammar.determiners and number < 4:
        return "whole" if _WHOLE & {token.lower() for token in tokens} else None
    if after and _MARKS.fullmatch(after) and not grammar.adjectives_follow and number:
        led = before in (grammar.prepositions | _DO | {"is", "was", "has", "and"}) - {"as", "like"}
        at = before in grammar.which and number > 1 and tokens[number - 2].lower() in grammar.prepositions
        return "kind" if (led or at) and not tokens[number][0].isupper() and 0xE400 <= ord(after) < 0xE800 else None
    if grammar.adjectives_follow or not _MARKS.fullmatch(before) or number < 2:
        return None
    earlier = [token.lower() for token in tokens[: number - 1]]
    if earlier[-1] not in grammar.determiners or re.fullmatch(grammar.verb, tokens[number]):
        return None
    placed = len(earlier) > 1 and earlier[-2] in grammar.prepositions | _PARTICLES - grammar.of
    timed = len(earlier) > 1 and earlier[-2] in _DO and {"when", "which", "what", "where"} & set(earlier)
    ends = not after or after in ",;:.?!" or after in _followers(grammar) or timed
    return "kind" if (placed or timed) and ends else None


def _attributed(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell an adjective beside the noun that it describes."""
    word, (before, after) = tokens[number], _near(tokens, number)
    if grammar.capitals and word[0].isupper():
        return None
    if grammar.adjectives_follow:
        verb = re.fullmatch(grammar.verb, word.lower()) is not None
        beside = number and _is_noun(tokens[number - 1], is_own)
        led = _AUXILIARY.fullmatch(after) is not None or _has_its_verb(tokens[:number])
        if beside and led and not _MARKS.fullmatch(before):
            return "attribute"  # "quel était le prix du blé dur", "combien d'eau chaude a-t-on"
        return "attribute" if beside and re.fullmatch(grammar.adjective, word.lower()) and not verb else None
    capital = grammar.capitals and after and tokens[number + 1][0].isupper()
    if not (capital or (after and _is_noun(tokens[number + 1], is_own))):
        return None
    led = before in grammar.determiners | grammar.prepositions | grammar.quantities or not number
    return "attribute" if led else None


def _has_its_verb(tokens: Sequence[str]) -> bool:
    """Return whether a sentence has its copula, so that a word after a noun is no verb."""
    earlier = [token.lower() for token in tokens]
    at = next((number for number, token in enumerate(earlier) if token in _COPULAS), None)
    return at is not None and not _RELATIVE & set(earlier[at:])


_AUXILIARY: Final = re.compile(
    r"(?:a|ont|avons|avez|avait|avaient|est|sont|était|étaient)(?:-(?:t-)?\w+)?|on|se|ha|han|hemos|había|hubo|fue|fueron",
    re.IGNORECASE,
)
"""A verb, or a pronoun before one, after which none is needed before it."""
_RELATIVE: Final = frozenset(("qui", "que", "qu", "où", "dont", "quand", "lorsque", "cuando", "donde", "cual"))


def _of_german_verb(tokens: Sequence[str], number: int, grammar: Grammar) -> Role | None:
    word, (before, after) = tokens[number], _near(tokens, number)
    if before in _MOSTLY and number > 1 and tokens[number - 2] == "am":
        return "verb"  # "was am meisten gefertigt wurde"
    passive = _PASSIVE & {token.lower() for token in tokens} and _counts(tokens, grammar)
    if passive and re.match("ge|be|ver", word.lower()):
        return "attribute"
    return "verb" if word[0].islower() and not (before in grammar.determiners and not after) else None


def _of_verb(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    word, (before, after) = tokens[number], _near(tokens, number)
    lower = word.lower()
    if re.fullmatch(grammar.adverb, lower):
        return "adverb"
    if grammar.capitals:
        return _of_german_verb(tokens, number, grammar)
    if before in grammar.determiners or before in ("there", "hay", "gibt"):
        return None
    earlier = [token.lower() for token in tokens[:number]]
    if before in _DO:
        return "noun" if _ANYBODY.fullmatch(lower) else None  # "how long do children wait": those of whom it is said
    if before in _COPULAS and grammar.quantities & set(earlier):
        return "attribute"  # "how many were resolved" are some of them
    if before in _COPULAS and not grammar.adjectives_follow and not re.fullmatch(r"\w{3,}(?:ed|en|ing)|\w+n't", lower):
        return None  # "who was chancellor"
    if before in grammar.subjects:
        return "verb"
    ends = _followers(grammar) | _RANKS | _PARTICLES
    followed = not after or after in ",;:.?!" or after in ends or _MARKS.fullmatch(after) is not None
    followed = followed or re.fullmatch(grammar.superlative, after) is not None
    led = _is_led(tokens, number, grammar, is_own)
    told = _PRETERITE.fullmatch(lower) is not None and "?" in tokens  # "¿en agosto entró más gente?"
    asked = told or any(token in grammar.which | grammar.quantities for token in earlier) or _has_question(earlier)
    if re.fullmatch(grammar.verb, lower) and asked:
        return "verb"
    return "verb" if asked and followed and led and before not in grammar.which else None


def _is_led(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> bool:
    """Return whether a noun stands before a word, or before an adverb before it, which may be its subject."""
    while number > 1 and tokens[number - 1].lower() in _BEFORE_VERBS:
        number -= 1
    before = _is_noun(tokens[number - 1], is_own) if number else False
    return before or (number > 1 and tokens[number - 2].lower() in grammar.which | grammar.determiners)


_PRETERITE: Final = re.compile(r"\w{2,}(?:ó|aron|ieron)")
_BEFORE_VERBS: Final = frozenset(
    ("first", "last", "ever", "never", "also", "actually", "still", "finally", "then", "even")
)
"""Adverbs between a subject and its verb: "when did A first put out more"."""
_MOSTLY: Final = frozenset(("meisten", "wenigsten", "häufigsten", "seltensten"))
_PARTICLES: Final = frozenset(("past", "up", "down", "off", "out", "away", "back", "along", "together", "around"))
"""Words after a verb that belong to it."""

_ANYBODY: Final = re.compile(r"(?:people|patient|customer|visitor|guest|user|participant|respondent|reader|viewer)s?")
"""Those of whom charts speak without a word for them."""

_DO: Final = frozenset(("do", "does", "did", "can", "could", "will", "would", "should"))
_QUESTION: Final = frozenset(
    [
        "when",
        "where",
        "who",
        "how",
        "what",
        "did",
        "does",
        "do",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "cuándo",
        "cuando",
        "dónde",
        "donde",
        "quién",
        "cómo",
        "qué",
        "quand",
        "où",
        "qui",
        "comment",
        "est",
    ]
)


_PASSIVE: Final = frozenset(("wurde", "wurden", "werden", "wird"))


def _counts(tokens: Sequence[str], grammar: Grammar) -> bool:
    return any(token.lower() in grammar.quantities for token in tokens)


def _has_question(words: Sequence[str]) -> bool:
    return any(word in _QUESTION for word in words)


def _followers(grammar: Grammar) -> frozenset[str]:
    return grammar.determiners | grammar.prepositions | grammar.degrees | grammar.quantities


def _determined(tokens: Sequence[str], number: int, grammar: Grammar, is_own: _IsOwn) -> Role | None:
    """Tell a noun with its article; in German any other noun."""
    word, (before, after) = tokens[number], _near(tokens, number)
    if after in ("'s", "’s", "s"):
        return "of"
    if before in grammar.determiners or (grammar.capitals and word[0].isupper()):
        return "noun"
    return None

"""The small words of four languages that tell what the words beside them are, and endings that tell it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["GRAMMARS", "OPPOSITES", "Grammar", "is_opposite_of_own"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The small words of a language.

    Attributes
    ----------
    determiners : frozenset of str
        Words before a noun that limit nothing: "the", "its".
    prepositions : frozenset of str
        Words before a noun that limits what is asked: "in", "for", "without".
    of : frozenset of str
        Those that only say to what something belongs.
    which : frozenset of str
        Words before the noun for the things among which the answer is.
    quantities : frozenset of str
        Words before the noun for what is counted or measured.
    degrees : frozenset of str
        Words before an adjective by which things are ranked.
    subjects : frozenset of str
        Words after which a verb stands, in a question: "we", "did".
    superlative, comparative, adjective, verb, adverb, infinitive : str
        Patterns of whole words by their endings.
    adjectives_follow : bool
        Whether an adjective stands after its noun.
    capitals : bool
        Whether nouns have a capital letter.
    """

    determiners: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]
    which: frozenset[str]
    quantities: frozenset[str]
    degrees: frozenset[str]
    subjects: frozenset[str]
    superlative: str
    comparative: str
    adjective: str
    verb: str
    adverb: str = "(?!)"
    infinitive: str = "(?!)"
    adjectives_follow: bool = False
    capitals: bool = False


GRAMMARS: Final[dict[Language, Grammar]] = {
    "en": Grammar(
        determiners=_words("the a an this that these those its their our my his her your"),
        prepositions=_words(
            "in at on for of from by with without among amongst during within under over like as to into towards "
            "versus vs against between across through per despite except excluding including besides outside inside "
            "near after before since until around beyond only if when while because unless not no non"
        ),
        of=_words("of"),
        which=_words("which what whichever each every any"),
        quantities=_words("many much most fewest more fewer"),
        degrees=_words("most least more less so too very as how equally"),
        subjects=_words(
            "we they it you i he she people everyone is are was were do does did has have had can could will would "
            "should be been being get gets got who that which to"
        ),
        superlative=r"(?!(?:forest|harvest|interest|request|contest|protest|invest|guest|suggest|quest|conquest|arrest|"
        r"honest|modest|digest|everest|budapest|bucharest|(?:north|south|mid)west)$)\w{3,}est",
        comparative=r"(?!)",
        adjective=r"\w+(?:ity|able|ible|ful|ous|al|ive|ic|less|ish|ent|ant|y)",
        verb=r"\w{3,}(?:ed|ing|s)|\w+n't",
        adverb=r"\w{3,}ly",
    ),
    "de": Grammar(
        determiners=_words(
            "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem sein seine "
            "ihr ihre ihren ihrem unser unsere unseren mein meine meinen"
        ),
        prepositions=_words(
            "in im ins bei beim für von vom aus mit ohne unter während zu zum zur an am auf pro je durch gegen nach "
            "seit vor über um außer statt trotz wegen ab bis nur laut zwischen hinter neben wenn falls nicht kein "
            "keine keinen"
        ),
        of=_words("von vom des der"),
        which=_words(
            "welcher welche welches welchen welchem jeder jede jedes jedem jeden irgendein irgendeine irgendeinem "
            "irgendeiner irgendeinen einigen manchen keinem keiner"
        ),
        quantities=_words("viel viele vielen mehr meisten wenigsten weniger meiste wenigste wieviel wieviele"),
        degrees=_words("am mehr weniger wie so zu sehr als"),
        subjects=_words(
            "wir sie es man ich er ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können "
            "soll sollte muss"
        ),
        superlative=r"\w{3,}ste[nrsm]?",
        comparative=r"(?!)",
        adjective=r"\w{3,}(?:e|en|er|es|em)",
        verb=r"[a-zäöüß]\w+",
        capitals=True,
    ),
    "fr": Grammar(
        determiners=_words(
            "le la les l un une ce cet cette ces son sa ses leur leurs notre nos mon ma mes votre vos du"
        ),
        prepositions=_words(
            "de d du des à au aux en dans pour chez par avec sans sur sous entre pendant durant depuis avant après "
            "contre vers selon hors sauf malgré parmi comme si quand lorsque ne pas non"
        ),
        of=_words("de d du"),
        which=_words("quel quelle quels quelles chaque lequel laquelle aucun aucune certains certaines"),
        quantities=_words("combien plus moins autant nombre quantité"),
        degrees=_words("plus moins aussi très si trop le"),
        subjects=_words(
            "on il elle ils elles nous vous je est sont était étaient a ont avait avaient été se s n y fait font qui "
            "t peut doit"
        ),
        superlative=r"(?!)",
        comparative=r"(?!)",
        adjective=r"\w+(?:s|x|if|ive|el|elle|al|ale|ique|aire|able|eux|euse|ien|ienne|ant|é|ée)",
        verb=r"\w+(?:ent|ait|aient|a|it|é|ée|és|ées|u|er|ir|re|e|t)",
        adverb=r"\w{3,}ment",
        infinitive=r"\w{2,}(?:er|ir|re)",
        adjectives_follow=True,
    ),
    "es": Grammar(
        determiners=_words(
            "el la los las un una este esta estos estas ese esa esos esas su sus nuestro nuestra nuestros nuestras mi "
            "mis lo"
        ),
        prepositions=_words(
            "de del a al en para por con sin sobre bajo entre durante desde antes después contra hacia según salvo "
            "excepto como si cuando solo sólo no"
        ),
        of=_words("de del"),
        which=_words("qué cuál cuáles cual cuales cada algún alguna algunos algunas ningún ninguna"),
        quantities=_words("cuánto cuánta cuántos cuántas cuanto cuanta cuantos cuantas más menos tantos tantas"),
        degrees=_words("más menos tan muy igual"),
        subjects=_words(
            "se nos ha han había habían fue fueron es son era eran está están estaba ha he hemos me le les lo que "
            "puede debe"
        ),
        superlative=r"(?!)",
        comparative=r"(?!)",
        adjective=r"\w+(?:os|as|o|es|al|ales|ivo|iva|ico|ica|ble|bles|nte|ntes)",
        verb=r"\w+(?:ó|aron|ieron|aba|aban|ía|ían|an|en|a|e|ado|ido|ada|ida|ados|idos|adas|idas|ar|er|ir)",
        adverb=r"\w{3,}mente",
        infinitive=r"\w{2,}(?:ar|er|ir)",
        adjectives_follow=True,
    ),
}

OPPOSITES: Final[dict[Language, str]] = {
    "en": r"(?:over(?!night|s[ae]e|haul)|under(?!st|t[ao]|go|went|grad)|out(?!put|door|let|lin)|mis(?!sion)|"
    r"un(?!load|pack|it|der|iform)|dis(?!charg|play|tribut|patch|cover|cuss|till|pens)|non)\w{4,}|los[et]\w*|fail\w*|miss\w*|lack\w*|wast\w+|sav(?:e|es|ed|ing)|"
    r"cancel\w*|suffer\w*|hurt\w*|harm\w*|damag\w*|struggl\w*|lag\w*|reduc\w*|prevent\w*|avoid\w*|absent|late|"
    r"quit\w*|skip\w*|drop\w*|reject\w*|refus\w*|complain\w*|kill\w*|die[sd]?|broke\w*|break\w*|leak\w*|remain\w*|"
    r"depreciat\w*|deviat\w*|differ\w*|fluctuat\w*|vari\w*|overfit\w*|recover\w*|wors\w*|deteriorat\w*|weaken\w*",
    "de": r"kassier\w*|(?:un(?!ter)|miss|nicht)\w{4,}|verl[oi]r\w*|verlor\w*|fehl\w*|mangel\w*|verschwend\w*|spar\w*|"
    r"\w*gespart\w*|abgesagt|"
    r"storniert\w*|gescheitert|durchgefallen|krank|schade\w*|schäd\w*|leide\w*|litt\w*|verhinder\w*|verpass\w*|"
    r"verfehl\w*|abgelehnt|beschwer\w*|gestorben|kaputt|ausgefallen|übrig\w*|schwank\w*|abweich\w*|erhol\w*|"
    r"verschlecht\w*|allein|über(?!nacht|quer|trag|nomm|reich|wies|weis|geb)\w{4,}",
    "fr": r"encaiss\w*|conc[eé]d\w*|(?:in(?!stall|scri|vest|vit|clu|diqu|form|augur|terv|trodu)|"
    r"im(?!port|prim|plant|matric)|dés(?!ir|ert|herb)|mé(?!mor|rit|lang|nag))\w{5,}|"
    r"per[dt]\w*|manqu\w*|échou\w*|rat\w{2,}|gaspill\w*|"
    r"annul\w*|souffr\w*|nui\w*|"
    r"abîm\w*|épargn\w*|refus\w*|rejet\w*|mort\w*|reste\w*|varie\w*|fluctu\w*|récupèr\w*|empir\w*|dégrad\w*",
    "es": r"encaj\w*|conced\w*|(?:des(?!carg|embarc|pach|peg|tin|plaz|cub|ayun|arroll|cend|cans)|"
    r"in(?!gres|scri|stal|vert|virt|vit|form|clu|vestig|augur|tercamb)|im(?!port|prim|part|plant|pres))\w{5,}|"
    r"perd\w*|pierd\w*|falt\w*|fall\w*|fracas\w*|desperdici\w*|"
    r"ahorr\w*|cancel\w*|sufr\w*|"
    r"dañ\w*|perjudic\w*|suspend\w*|rechaz\w*|muert\w*|muri\w*|qued\w*|varí\w*|oscil\w*|fluct\w*|recuper\w*|empeor\w*",
    "ko": r"안\b|못|불\w|미달|잃|실패|부족|낭비|취소|손해|결석|남[은았]|빠[졌지]|흔들|변동|회복|악화|낮추|줄이|망",
    "zh": r"失败|缺|浪费|取消|损|亏|落后|剩|退|拒|死|波动|恢复|恶化|降低|不及格",
}
"""Words that turn the meaning of a question round: "hurts most" asks for the lowest."""
_PREFIXES: Final = re.compile(r"(?:des|dés|dis|de|in|im|un|over|under|out|mis|über|re)(?=[^\W\d_]{4})")


def is_opposite_of_own(word: str, own: str) -> bool:
    """Return whether a word is one of a chart's with a prefix that turns it round: "unloaded" of what is loaded.

    Parameters
    ----------
    word : str
        The word of the question.
    own : str
        The words of the chart in lower case.
    """
    prefix = _PREFIXES.match(word.lower())
    if prefix is None:
        return False
    stem = word.lower()[prefix.end() :][:5]
    whole = rf"(?<![^\W\d_]){re.escape(word.lower()[: prefix.end() + 4])}"
    return re.search(rf"(?<![^\W\d_]){re.escape(stem)}", own) is not None and re.search(whole, own) is None

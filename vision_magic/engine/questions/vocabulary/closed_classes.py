"""The closed classes of words of English, German and French: none of them says what a question asks for.

Articles, pronouns, auxiliaries, the commonest verbs that carry no meaning of their own, conjunctions, and adverbs of
speech. Prepositions and adverbs that limit or deny, such as "without", "outside" and "never", are left out.
"""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.accents import folded

__all__ = ["is_of_closed_class"]

_ENGLISH: Final = (
    # pronouns, determiners
    "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its "
    "itself we us "
    "our ours ourselves they them their theirs themselves one ones oneself this that these those such what which who "
    "whom whose whoever whichever whatever someone somebody something anyone anybody anything everyone everybody "
    "everything each every both all any some several another other others "
    # auxiliaries, and verbs that mean little beside the words that they stand with
    "am is are was were be been being have has had having do does did doing done can could may might must shall should "
    "will would ought get gets got getting gotten go goes went gone going come comes came coming look looks looked "
    "looking seem seems seemed appear appears appeared put puts putting let lets keep "
    "keeps kept turn turns turned tend tends happen happens happened say saying tell tells told telling "
    "talk talks talking speak speaks speaking think thinks thought thinking know knows knew known mean means meant "
    "guess wonder wondering see sees saw seen "
    # conjunctions, adverbs of speech, politeness
    "and or but so yet because since though although whereas while as than whether well anyway actually basically "
    "honestly frankly literally simply obviously evidently apparently presumably perhaps maybe really quite rather "
    "pretty fairly just even still already also too very ever overall altogether however moreover furthermore "
    "meanwhile therefore thus hence namely indeed surely certainly definitely please hey hello hi okay thanks thank "
    "cheers sorry erm hmm alright folks guys mate"
)
_GERMAN: Final = (
    "ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich man jemand jemanden jemandem etwas was "
    "irgendwas irgendwer irgendwen irgendwem irgendwie einander selbst selber wer wen wem wessen deren dessen derer "
    "denen derjenige diejenige dasjenige diejenigen derselbe dieselbe dasselbe dieselben beides alles "
    "ans aufs beim durchs fürs hinterm hinters ins überm übers ums unterm unters vorm vors zum zur "
    "bin bist ist sind seid war warst waren wart gewesen sei seien wäre wären habe hast hat haben habt hatte hatten "
    "gehabt hätte hätten werde wirst wird werden werdet wurde wurden geworden worden würde würden kann kannst können "
    "könnt konnte konnten könnte könnten darf darfst dürfen durfte durften dürfte dürften muss musst müssen müsst "
    "musste mussten müsste müssten soll sollst sollen sollte sollten will willst wollen wollt wollte wollten mag mögen "
    "mochte mochten möchte möchten lässt lassen ließ ließen tut tun tat taten getan macht machen machte "
    "machten gemacht "
    "geht gehen ging gingen gegangen kommt kommen kam kamen gekommen gibt geben gab gaben gegeben steht stehen stand "
    "standen gestanden liegt liegen lag lagen gelegen findet finden fand fanden gefunden hält halten hielt hielten "
    "scheint scheinen schien sieht sehen sah sahen sagt sagen sagte gesagt heißt heißen hieß meint meinen gilt gelten "
    "daran darauf daraus dabei dadurch dafür dagegen dahinter darin damit danach daneben darüber darum darunter davon "
    "davor dazu dazwischen woran worauf woraus wobei wodurch wofür wogegen worin womit wonach worüber worum wovon wozu "
    "aber auch bloß denn doch eben eigentlich einfach etwa freilich gar halt ja jedoch mal nämlich nun ruhig schon "
    "sogar überhaupt übrigens wohl zwar allerdings immerhin jedenfalls sowieso ohnehin quasi sozusagen vermutlich "
    "vielleicht ungefähr rund zirka knapp fast beinahe nahezu wirklich tatsächlich echt ziemlich recht grob "
    "grundsätzlich "
    "generell prinzipiell bitte danke hallo und oder sondern weil dass obwohl während nachdem bevor sodass indem sowie "
    "sowohl hin her raus rein rauf drauf dran drin da dort hier so also"
)
_FRENCH: Final = (
    "je tu il elle on nous vous ils elles me te se moi toi soi lui eux leur leurs mon ton son ma ta sa mes tes ses "
    "notre nos votre vos mien tien sien mienne tienne sienne nôtre vôtre ce cet cette ces ceci cela ça "
    "celui celle ceux "
    "celles qui que quoi dont où lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels "
    "desquelles quel quelle quels quelles quelque quelques quelqu quiconque chacun chacune tel telle tels "
    "telles un une "
    "des les aux tout toute tous toutes "
    "suis es est sommes êtes sont étais était étions étaient été étant fus fut fûmes furent sera seront "
    "serait seraient "
    "soit soient ai as a avons avez ont avais avait avions avaient eu eut eurent aura auront aurait auraient ait aient "
    "vais vas va allons allez vont aller allait allaient allé alla ira iront irait fais fait faisons faites font faire "
    "faisait faisaient fit firent fera feront peux peut pouvons pouvez peuvent pouvoir pouvait pouvaient pu pourrait "
    "pourraient dois doit devons devez doivent devoir devait devaient dû devrait devraient veux veut voulons voulez "
    "veulent vouloir voulait voudrais sais sait savons savez savent savoir faut fallait falloir faudrait viens vient "
    "venons viennent venir venait venu met mettent mettre mis mise tient tiennent tenir trouve trouvent trouver "
    "semble semblent paraît dit disent dire voit voient voir vois "
    "donc alors puis ensuite enfin bref bon ben bah voilà justement franchement vraiment réellement plutôt assez "
    "simplement carrément quasiment presque environ grosso modo globalement généralement évidemment apparemment "
    "visiblement finalement effectivement notamment surtout aussi encore déjà même bien très tant tellement comment "
    "et ou mais car or parce puisque tandis pendant comme lors afin ainsi cependant pourtant toutefois néanmoins "
    "merci salut bonjour coucou svp stp hein quand"
)
_LISTS: Final[dict[Language, str]] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}
_OBSERVED: Final[dict[Language, str]] = {
    "en": "caught captured trapped sampled weighed tagged logged spotted sighted observed recorded surveyed measured",
    "de": "gefangen gefangenen erfasst erfassten untersucht untersuchten beobachtet gewogen vermessen "
    "gemessen gemessenen",
    "fr": "capturé capturés capturées piégés piégées observés observées pesés pesées recensés recensées "
    "relevés relevées "
    "mesurés mesurées",
}
"""What was done to all that a chart shows."""
_CLOSED: Final[dict[Language, frozenset[str]]] = {
    name: frozenset(word for one in f"{words} {_OBSERVED[name]}".split() for word in (one, folded(one)))
    for name, words in _LISTS.items()
}
_ENDINGS: Final = ("", "e", "er", "es", "em", "en")
_STEMS: Final = (
    "mein dein sein ihr unser unsr euer eur ein dies jen jed manch solch welch all beid einig mehrer etlich sämtlich "
    "irgendein irgendwelch"
)
_WITH_ENDINGS: Final = frozenset(f"{stem}{ending}" for stem in _STEMS.split() for ending in _ENDINGS)
"""German possessives, articles and pronouns in all cases."""


def is_of_closed_class(word: str, language: Language) -> bool:
    """Return whether a word, in lower case, is of a class that never says what is asked for."""
    return word in _CLOSED.get(language, ()) or (language == "de" and word in _WITH_ENDINGS)


MORE_THAN: Final[dict[Language, str]] = {
    "en": "more than",
    "de": "mehr als",
    "fr": "plus que",
    "es": "más que",
    "ko": "더 많은",
    "zh": "更多",
}
LESS_THAN: Final[dict[Language, str]] = {
    "en": "less than",
    "de": "weniger als",
    "fr": "moins que",
    "es": "menos que",
    "ko": "더 적은",
    "zh": "更少",
}
"""Words of a comparison in place of those that a question has: of losses, the larger one is lower."""

"""Words of questions about areas in a picture, such as "how many bright cells are in the left half", by language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["AREA_WORDS", "UNIT", "AreaWords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    """The words of one language, as regular expressions.

    Attributes
    ----------
    count, size, pixel : Pattern
        How a number, a size, or the real size of a pixel is asked for.
    largest, smallest, bright, dark : Pattern
        Words that choose some of the areas.
    left, right, upper, lower, half, quarter : Pattern
        The words of a region.
    filler : Pattern
        Words that do not change what is asked.
    others : Pattern
        Nouns that are not areas of the picture: the picture itself, its colours and texts, the parts of a chart.
    noun_first : bool
        Whether a noun comes before its adjectives.
    """

    count: re.Pattern[str]
    size: re.Pattern[str]
    pixel: re.Pattern[str]
    largest: re.Pattern[str]
    smallest: re.Pattern[str]
    bright: re.Pattern[str]
    dark: re.Pattern[str]
    left: re.Pattern[str]
    right: re.Pattern[str]
    upper: re.Pattern[str]
    lower: re.Pattern[str]
    half: re.Pattern[str]
    quarter: re.Pattern[str]
    filler: re.Pattern[str]
    others: re.Pattern[str]
    noun_first: bool = False


UNIT: Final = re.compile(
    r"(?<![^\W_])(?:µm|μm|um|nm|mm|cm|mic\w+m(?:et\w+)?s?|mi[ck]ron\w*|mikrometer\w*|nano\w+)(?!\w)"
)


def _words(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)


def _korean(expression: str) -> re.Pattern[str]:
    """Return an expression for words with their particles."""
    return re.compile(rf"(?:{expression})(?:에서|에는|에|의|(?=\s|$))?", re.IGNORECASE)


def _written(expression: str) -> re.Pattern[str]:
    """Return an expression for a language that writes words together."""
    return re.compile(expression, re.IGNORECASE)


AREA_WORDS: Final[Mapping[Language, AreaWords]] = {
    "en": AreaWords(
        count=_words(r"how many|count|(?:what is )?(?:the )?number of"),
        size=_words(
            r"how (?:large|big)|what(?:['’]s| is| are) the (?:sizes?|areas?) of|what size|(?:the )?sizes? of"
            r"|how (?:wide|tall|long|high|thick|small)"
        ),
        pixel=_words(r"pixel sizes?|sizes? of (?:a|one|each) pixel|(?:large|big|wide) is (?:a|one|each) pixel"),
        largest=_words("largest|biggest"),
        smallest=_words("smallest|tiniest"),
        bright=_words("bright|light|luminous"),
        dark=_words("dark"),
        left=_words("left(?:-?hand)?"),
        right=_words("right(?:-?hand)?"),
        upper=_words("upper|top"),
        lower=_words("lower|bottom"),
        half=_words(r"half|side|on the(?= (?:left|right)\b(?! (?:half|side|of)|-?hand))"),
        quarter=_words("quarter|quadrant|corner"),
        filler=_words(
            "the|an?|of|in|at|on|is|are|there|here|this|that|these|those|it|its|do|does|can|could|you|we|i|me|see|seen|"
            "be|visible|shown|show|find|found|count|please|picture|image|photo(?:graph)?|micrograph|figure|frame|field|"
            "view|all|altogether|total|overall|what|which|separate|distinct|individual|pixels?|px|roughly|about|"
            "approximately|exactly|each|and|detect(?:ed)?|tell|now|have|has|we've|"
            r"(?:on|against|from) (?:the|an?) (?:\w+ )?(?:background|page|paper|slide|dish|plate)"
        ),
        others=_words(
            r"pictures?|images?|photo\w*|figures?|screenshots?|it|this|that|these|those|ones?|they|them|mega\w+|pixels?|colou?rs?|hues?|"
            r"words?|texts?|labels?|letters?|digits?|characters?|lines?|panels?|subplots?|axes|axis|plots?|charts?|"
            r"series|curves?|bars?|categor\w+|ticks?|legends?|points?|channels?|titles?|fonts?|files?|graphs?|resolution|"
            r"dimensions?|differences?|effects?|errors?|samples?|shares?|gaps?|increase|decrease|changes?|values?|ratios?|"
            r"percentages?|scales?|distances?|numbers?|memory|data\w*"
        ),
    ),
    "de": AreaWords(
        count=_words(r"wie ?viele?|zähle?n?(?: sie)?|(?:die )?anzahl(?: der| von)?"),
        size=_words(r"wie (?:groß|gross|breit|hoch|lang)|welche größe haben|(?:die )?größe (?:der|des|von)"),
        pixel=_words(r"pixelgröße|wie (?:groß|gross|breit) ist (?:ein|das) pixel|größe eines pixels"),
        largest=_words(r"größte[nrs]?"),
        smallest=_words(r"kleinste[nrs]?"),
        bright=_words(r"helle?[nrsm]?|leuchtende[nrs]?"),
        dark=_words(r"dunkle?[nrsm]?|dunkel"),
        left=_words(r"link\w*"),
        right=_words(r"rechte?\w?|rechts"),
        upper=_words(r"obere?\w?|oben"),
        lower=_words(r"untere?\w?|unten"),
        half=_words(r"\w*hälfte|seite"),
        quarter=_words(r"\w*viertel|\w*ecke|quadrant\w*"),
        filler=_words(
            r"d(?:er|ie|as|en|em|es)|eine?\w?|in|im|am|an|auf|ist|sind|es|hier|da|dort|gibt|zu|sehen|sieht|siehst|man|du|"
            r"sie|ich|bitte|bild\w{0,2}|foto|aufnahme|sichtbar\w{0,2}|insgesamt|alle|haben|hat|gezeigt|zeigt|erkennen|"
            r"kannst|von|getrennte[nrs]?|pixeln?|px|etwa|ungefähr|genau|und|befinden|sich|liegen|"
            r"(?:auf|vor) (?:dem|einem|\w*m) (?:\w+ )?hintergrund"
        ),
        others=_words(
            r"bild\w*|foto\w*|abbildung\w*|es|das|sie|dies\w{0,2}|jene\w?|pixel\w*|farb\w+|wörter\w*|worte|texte?|beschriftung\w*|buchstaben|"
            r"zeilen|achsen?|diagramm\w*|reihen|kurven?|balken|kategorien|linien|punkte|datenpunkte|legende\w*|titel"
        ),
    ),
    "fr": AreaWords(
        count=_words(
            r"combien(?: y a-t-il| il y a| vois-tu| voyez-vous| voit-on)?|(?:le |quel est le )?nombre|compte[rz]?"
        ),
        size=_words(
            r"(?:quelle est |donne )?la taille|de quelle taille|quelle taille|quelles sont les tailles|"
            r"(?:quelle est )?la (?:largeur|hauteur|longueur)"
        ),
        pixel=_words(r"taille (?:d['’]un|du|des|de chaque) pixels?"),
        largest=_words(r"plus (?:grande?s?|grosses?|gros)"),
        smallest=_words(r"plus petite?s?"),
        bright=_words(r"claire?s?|brillante?s?|lumineu\w+"),
        dark=_words(r"sombres?|foncée?s?|obscure?s?"),
        left=_words("gauche"),
        right=_words("droite?"),
        upper=_words("haut|supérieure?"),
        lower=_words("bas|inférieure?"),
        half=_words(r"moitié|côté|à(?= (?:gauche|droite)\W*$)"),
        quarter=_words("quart|coin|quadrant"),
        filler=_words(
            r"l[ae]s?|du|des?|d['’]|l['’]|une?|dans|en|à|au|sur|sont|est|y|a|il|ils|elles?|t|on|tu|vous|que|qu['’]|peut|"
            r"voi[rts]|voyez|visibles?|image|photo|cette|cet|ce|ces|ici|total|tout|toutes?|tous|ont|font|pixels?|px|"
            r"environ|distinct\w*|séparé\w*|et|s['’]il|plaît|a-t-il|vois-tu|voyez-vous|voit-on|y a-t-il|"
            r"sur (?:le|un) fond(?: \w+)?"
        ),
        others=_words(
            r"images?|photo\w*|figures?|pixels?|couleurs?|mots?|textes?|lettres?|lignes?|étiquettes?|axes?|graphiques?|"
            r"séries?|courbes?|barres?|catégories?|points?|légendes?|titres?|elles?|ils?|ça|ce(?:ci|la|lle|lui|lles|ux)(?:-ci|-là)?"
        ),
        noun_first=True,
    ),
    "es": AreaWords(
        count=_words(r"cu[aá]nt[oa]s|(?:cuál es )?(?:el )?número|cuenta|contar"),
        size=_words(
            r"(?:de )?qué tamaño|(?:cuál es )?el tamaño|qué tan grandes?|cómo de grandes?|"
            r"(?:cuál es )?(?:el ancho|la anchura|la altura|la longitud)"
        ),
        pixel=_words(r"tamaño (?:del?|de (?:un|cada|los)) p[ií]xel\w*"),
        largest=_words(r"más grandes?|mayor"),
        smallest=_words(r"más pequeñ[oa]s?|menor"),
        bright=_words(r"clar[oa]s?|brillantes?|luminos[oa]s?"),
        dark=_words(r"oscur[oa]s?"),
        left=_words("izquierd[oa]"),
        right=_words("derech[oa]"),
        upper=_words("superior|arriba"),
        lower=_words("inferior|abajo"),
        half=_words(r"mitad|lado|a la(?= (?:izquierda|derecha)\W*$)"),
        quarter=_words("cuarto|esquina|cuadrante"),
        filler=_words(
            r"el|l[ao]s?|un[ao]?s?|del?|en|al?|hay|son|es|está[n]?|se|ven?|ves|puedes?|pueden|ver|visibles?|imagen|foto|"
            r"est[ae]s?|aquí|total|tod[oa]s|tienen?|y|que|p[ií]xel\w*|px|unos|unas|separad[oa]s|por|favor|qué|"
            r"sobre (?:el|un) fondo(?: \w+)?"
        ),
        others=_words(
            r"im[aá]gen(?:es)?|fotos?|figuras?|p[ií]xel\w*|color(?:es)?|palabras?|textos?|letras?|líneas?|etiquetas?|"
            r"ejes?|gráfic\w+|series?|curvas?|barras?|categorías?|puntos?|leyendas?|títulos?|[eé]st[aeo]s?|[eé]s[aeo]s?|aquell[ao]s?"
        ),
        noun_first=True,
    ),
    "ko": AreaWords(
        count=_written(r"몇 ?(?:개|마리|명|군데)\S*|개수\S*|세어 ?\S*"),
        size=_written(r"크기\S*|얼마나 (?:큰|크|커)\S*"),
        pixel=_written(r"픽셀(?: 하나)?의? ?크기\S*"),
        largest=_written(r"가장 큰|제일 큰"),
        smallest=_written(r"가장 작은|제일 작은"),
        bright=_korean("밝은"),
        dark=_written("어두운"),
        left=_korean(r"왼쪽?|좌(?=[측상하])측?"),
        right=_korean(r"오른쪽?|우(?=[측상하])측?"),
        upper=_korean(r"위쪽?|윗|상단|(?<=[좌우측])상"),
        lower=_korean(r"아래쪽?|아랫|하단|(?<=[좌우측])하"),
        half=_korean(r"절반|반쪽|(?<=쪽 )반"),
        quarter=_korean(r"사분면|구석|모서리|4분의 ?1|(?<=[상하])단"),
        filler=_written(
            r"(?:그림|이미지|사진|화면|영상)(?:에서|에는|에|의|속에?)?|(?:있|보이|되|인|입)\S*|얼마\S*|모두|총|전체|여기\S*|"
            r"(?<!\S)(?:에서|에는|에|의|은|는|이|가|를|을)(?!\S)|"
            r"픽셀\S*|해|알려\S*|말해\S*|주세요"
        ),
        others=_written(
            r"[이그저](?:것|거|건)(?:이|은|의)?|(?:그림|이미지|사진|픽셀|색|글자|단어|텍스트|축|그래프|차트|곡선|막대|계열|범례|항목|선|점)(?:이|가|은|는|의|을|를)?"
        ),
    ),
    "zh": AreaWords(
        count=_written(r"(?:一共|总共|共)?有?(?:多少|几)[个個只颗顆块]?|数一?数|(?:的)?(?:数量|个数|數量)"),
        size=_written(r"有?多大|的?(?:大小|尺寸)"),
        pixel=_written(r"像素的?(?:大小|尺寸)|(?:一个|每个)像素有?多大"),
        largest=_written("最大的?"),
        smallest=_written("最小的?"),
        bright=_written("明亮的?|亮的?"),
        dark=_written("黑暗的?|暗的?"),
        left=_written("左"),
        right=_written("右"),
        upper=_written("上"),
        lower=_written("下"),
        half=_written("半(?:边|邊|部分|部|侧|幅)?|侧|側"),
        quarter=_written("角|四分之一|象限"),
        filler=_written(
            r"(?:这张|这幅|這張)?(?:图像|图片|圖片|照片|画面|图|圖)(?:中|里|上|的|裡)*|(?<!正)在|里面?|中|有|是|吗|呢|请|可以|能|看到|看见|见|"
            r"一共|总共|这里|(?<=[边角侧分限部])的|个|像素|(?<!\w)的|一下|多少"
        ),
        others=_written(
            r"(?:[这那這][张幅個个張]?|它)|(?:这张|这幅|這張)?的?(?:图像|图片|圖片|照片|像素|颜色|顏色|字|文字|单词|坐标轴|图表|曲线|柱子|系列|类别|线|点|图例)的?"
        ),
    ),
}
"""The words of each language. French and Spanish have the noun before its adjectives."""

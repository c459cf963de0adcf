"""Why values are not stated, in each language. In English, a reason is its own clause."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.chart.data import WhyNot
from vision_magic.engine.questions.language import Language

__all__ = ["REASONS", "reason_in"]


def reason_in(language: Language, clause: str) -> str:
    """Return why a series is not sure, in a language.

    Parameters
    ----------
    language : Language
        The language of the answer.
    clause : str
        `Series.why_not`.
    """
    return clause if language == "en" else REASONS[WhyNot.of(clause)][language]


REASONS: Final[dict[WhyNot, dict[Language, str]]] = {
    WhyNot.AXIS: {
        "de": "die Skala einer Achse ist nicht sicher",
        "fr": "l'échelle d'un axe n'est pas sûre",
        "es": "la escala de un eje no es segura",
        "ko": "축의 눈금이 확실하지 않음",
        "zh": "某个坐标轴的刻度不确定",
    },
    WhyNot.AXIS_UNREAD: {
        "de": "eine Achse war nicht lesbar",
        "fr": "un axe n'a pas pu être lu",
        "es": "no se pudo leer un eje",
        "ko": "축을 읽지 못함",
        "zh": "某个坐标轴无法读取",
    },
    WhyNot.VALUES_UNREAD: {
        "de": "die Werteachse war nicht lesbar",
        "fr": "l'axe des valeurs n'a pas pu être lu",
        "es": "no se pudo leer el eje de valores",
        "ko": "값 축을 읽지 못함",
        "zh": "数值轴无法读取",
    },
    WhyNot.SECOND_AXIS: {
        "de": "sie könnte zur zweiten Achse gehören",
        "fr": "elle appartient peut-être au second axe",
        "es": "puede pertenecer al segundo eje",
        "ko": "두 번째 축에 속할 수 있음",
        "zh": "它可能属于第二坐标轴",
    },
    WhyNot.ON_SECOND_AXIS: {
        "de": "sie ist an der zweiten Achse gezeichnet",
        "fr": "elle est tracée sur le second axe",
        "es": "está dibujada en el segundo eje",
        "ko": "두 번째 축에 그려짐",
        "zh": "它画在第二坐标轴上",
    },
    WhyNot.NO_NUMBERS: {
        "de": "das Figur-Objekt enthält ihre Zahlen nicht",
        "fr": "l'objet figure ne contient pas ses nombres",
        "es": "el objeto figura no contiene sus números",
        "ko": "그림 객체에 해당 수치가 없음",
        "zh": "图形对象不含其数值",
    },
    WhyNot.PART_HIDDEN: {
        "de": "ein Teil davon ist verdeckt",
        "fr": "une partie en est cachée",
        "es": "una parte está oculta",
        "ko": "일부가 가려져 있음",
        "zh": "其中一部分被遮住",
    },
    WhyNot.BELOW_TEXT: {
        "de": "ein Text oder die Legende verdeckt einen Teil davon",
        "fr": "un texte ou la légende en cache une partie",
        "es": "un texto o la leyenda oculta una parte",
        "ko": "글이나 범례가 일부를 가림",
        "zh": "文字或图例遮住了一部分",
    },
    WhyNot.END_HIDDEN: {
        "de": "ein Ende davon ist verdeckt",
        "fr": "une extrémité en est cachée",
        "es": "un extremo está oculto",
        "ko": "한쪽 끝이 가려져 있음",
        "zh": "其一端被遮住",
    },
    WhyNot.BAR_END_HIDDEN: {
        "de": "ein Text oder die Legende verdeckt das Ende eines Balkens",
        "fr": "un texte ou la légende cache le bout d'une barre",
        "es": "un texto o la leyenda oculta el final de una barra",
        "ko": "글이나 범례가 막대 끝을 가림",
        "zh": "文字或图例遮住了某根柱子的顶端",
    },
    WhyNot.ERROR_BAR_HIDDEN: {
        "de": "ein Fehlerbalken liegt unter seinem Marker",
        "fr": "une barre d'erreur est cachée par son marqueur",
        "es": "su marcador oculta una barra de error",
        "ko": "오차 막대가 표식에 가려짐",
        "zh": "某个误差线被标记遮住",
    },
    WhyNot.LIKE_COLOURS: {
        "de": "Linien ähnlicher Farbe kreuzen sich",
        "fr": "des lignes de couleurs voisines se croisent",
        "es": "se cruzan líneas de colores parecidos",
        "ko": "비슷한 색의 선이 교차함",
        "zh": "颜色相近的线相交",
    },
    WhyNot.BROKEN: {
        "de": "sie ist in Stücke unterbrochen",
        "fr": "elle est interrompue",
        "es": "está interrumpida",
        "ko": "선이 여러 조각으로 끊겨 있음",
        "zh": "它断成了几段",
    },
    WhyNot.CROWDED: {
        "de": "ihre Punkte liegen zu dicht beieinander",
        "fr": "ses points sont trop rapprochés",
        "es": "sus puntos están demasiado juntos",
        "ko": "점들이 너무 촘촘함",
        "zh": "其点过于密集",
    },
    WhyNot.MARKERS_OVERLAP: {
        "de": "Marker liegen aufeinander",
        "fr": "des marqueurs se chevauchent",
        "es": "hay marcadores superpuestos",
        "ko": "표식이 서로 겹침",
        "zh": "标记相互重叠",
    },
    WhyNot.MARKERS_TOUCHED: {
        "de": "andere Zeichen berühren ihre Marker",
        "fr": "d'autres éléments touchent ses marqueurs",
        "es": "otros elementos tocan sus marcadores",
        "ko": "다른 표식과 맞닿아 있음",
        "zh": "其标记与其他图形相接",
    },
    WhyNot.GREY: {
        "de": "sie hat die Farbe der Achsen",
        "fr": "elle a la couleur des axes",
        "es": "tiene el color de los ejes",
        "ko": "축과 같은 색으로 그려짐",
        "zh": "其颜色与坐标轴相同",
    },
    WhyNot.BETWEEN_NAMES: {
        "de": "ihre Punkte liegen zwischen den Namen an der Achse",
        "fr": "ses points se trouvent entre les noms de l'axe",
        "es": "sus puntos están entre los nombres del eje",
        "ko": "점들이 축에 적힌 이름 사이에 있음",
        "zh": "其数据点位于坐标轴上的名称之间",
    },
    WhyNot.TOO_LITTLE: {
        "de": "zu wenig davon ist zu sehen",
        "fr": "on en voit trop peu",
        "es": "se ve demasiado poco",
        "ko": "보이는 부분이 너무 적음",
        "zh": "可见部分太少",
    },
    WhyNot.NO_SHAPE: {
        "de": "ihre Formen ließen sich nicht trennen",
        "fr": "ses formes n'ont pas pu être distinguées",
        "es": "no se pudieron distinguir sus formas",
        "ko": "모양을 구별하지 못함",
        "zh": "其形状无法区分",
    },
    WhyNot.NARROW_STEPS: {
        "de": "einige Stufen sind zu schmal",
        "fr": "certaines marches sont trop étroites",
        "es": "algunos escalones son demasiado estrechos",
        "ko": "일부 계단이 너무 좁음",
        "zh": "部分阶梯过窄",
    },
    WhyNot.UNEVEN_BINS: {
        "de": "ihre Klassen sind nicht gleich breit",
        "fr": "ses classes n'ont pas toutes la même largeur",
        "es": "sus clases no tienen todas el mismo ancho",
        "ko": "구간의 폭이 같지 않음",
        "zh": "各组的宽度不相等",
    },
    WhyNot.UNPROVED: {
        "de": "solche Zeichen lese ich nicht gut genug",
        "fr": "je ne lis pas assez bien ce type de tracé",
        "es": "no leo lo bastante bien este tipo de trazo",
        "ko": "이런 표식은 충분히 정확하게 읽지 못함",
        "zh": "这类图形读取得不够可靠",
    },
    WhyNot.BARS_UNCLEAR: {
        "de": "die Balken ließen sich nicht trennen",
        "fr": "les barres n'ont pas pu être distinguées",
        "es": "no se pudieron distinguir las barras",
        "ko": "막대를 구별하지 못함",
        "zh": "柱子无法区分",
    },
    WhyNot.SOME_BARS_UNCLEAR: {
        "de": "einige Balken ließen sich nicht trennen",
        "fr": "certaines barres n'ont pas pu être distinguées",
        "es": "no se pudieron distinguir algunas barras",
        "ko": "일부 막대를 구별하지 못함",
        "zh": "部分柱子无法区分",
    },
    WhyNot.FLOATING_BARS: {
        "de": "einige Balken beginnen nicht bei null",
        "fr": "certaines barres ne partent pas de zéro",
        "es": "algunas barras no empiezan en cero",
        "ko": "일부 막대가 0에서 시작하지 않음",
        "zh": "部分柱子不从零开始",
    },
    WhyNot.BOXES_UNCLEAR: {
        "de": "die Kästen ließen sich nicht trennen",
        "fr": "les boîtes n'ont pas pu être distinguées",
        "es": "no se pudieron distinguir las cajas",
        "ko": "상자를 구별하지 못함",
        "zh": "箱体无法区分",
    },
    WhyNot.WHISKERS_UNCLEAR: {
        "de": "die Enden der Antennen sind nicht klar",
        "fr": "les extrémités de ses moustaches ne sont pas nettes",
        "es": "los extremos de sus bigotes no están claros",
        "ko": "수염의 끝이 분명하지 않음",
        "zh": "须线的端点不清楚",
    },
    WhyNot.WEDGES_UNCLEAR: {
        "de": "die Namen der Stücke ließen sich nicht zuordnen",
        "fr": "les noms de ses parts n'ont pas pu être attribués",
        "es": "no se pudieron asignar los nombres de los sectores",
        "ko": "조각의 이름을 구별하지 못함",
        "zh": "扇区的名称无法对应",
    },
    WhyNot.SHARES_DIFFER: {
        "de": "gedruckte und gemessene Anteile weichen voneinander ab",
        "fr": "les parts imprimées et mesurées diffèrent",
        "es": "las partes impresas y medidas difieren",
        "ko": "적힌 비율과 측정한 비율이 다름",
        "zh": "印出的与测得的占比不一致",
    },
    WhyNot.CELLS_UNCLEAR: {
        "de": "die Namen der Zellen ließen sich nicht zuordnen",
        "fr": "les noms de ses cases n'ont pas pu être attribués",
        "es": "no se pudieron asignar los nombres de las celdas",
        "ko": "칸의 이름을 구별하지 못함",
        "zh": "单元格的名称无法对应",
    },
    WhyNot.COLOUR_BAR_UNREAD: {
        "de": "die Farbskala war nicht lesbar",
        "fr": "la barre de couleurs n'a pas pu être lue",
        "es": "no se pudo leer la barra de color",
        "ko": "색 막대를 읽지 못함",
        "zh": "颜色条无法读取",
    },
    WhyNot.COLOUR_UNKNOWN: {
        "de": "eine Farbe kommt in der Farbskala nicht vor",
        "fr": "une couleur n'est pas dans la barre de couleurs",
        "es": "un color no está en la barra de color",
        "ko": "색 막대에 없는 색이 있음",
        "zh": "有一种颜色不在颜色条中",
    },
}

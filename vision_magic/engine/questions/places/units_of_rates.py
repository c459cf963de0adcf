"""What the label says that values are for each of: "1kg에 얼마" of a price per kg, in Korean and Chinese.

`forms.per_unit` does so for what the unit says, in all languages, before names are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.plain_words import PER_LABEL

__all__ = ["without_unit_of_label"]

_UNITS: Final = (
    # as labels say it; in Korean; in Chinese
    (r"kg|kilo\w*|킬로\w*|公斤|千克", r"kg|킬로(?:그램)?|키로", r"公斤|千克|kg"),
    (r"100 ?g|100 ?그램|100 ?克", r"100 ?(?:g|그램)", r"100 ?克|一百克|二两"),
    (r"lit(?:re|er)s?|litros?|l\b|리터|升", r"리터|l", r"升"),
    (r"m²|m2|square met\w+|quadratmeter|제곱미터|㎡|平方米|平米", r"제곱미터|평방미터|㎡|m²", r"平方米|平米|平方|平"),
    (r"km|kilomet\w+|킬로미터|公里", r"km|킬로미터", r"公里"),
    (r"hours?|h\b|stunde|heure|hora|시간|小时", r"시간", r"个?小时"),
    (r"nights?|nacht|nuit|noche|박|晚", r"박|밤", r"晚"),
    (r"persons?|people|person|personne|persona|인|명|人", r"인|명|사람", r"个?人"),
    (r"pieces?|items?|stück|pièce|unidad|개|个|件", r"개", r"个|件"),
    (r"cups?|tasse|taza|잔|杯", r"잔", r"杯"),
)


def without_unit_of_label(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a Korean or Chinese question without "for 1 kg" where all values are for each kilogram.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    if language not in ("ko", "zh"):
        return text
    labels = " ".join(f"{panel.y.label} {panel.x.label} {panel.y.unit} {panel.x.unit}".lower() for panel in panels)
    for drawn, korean, chinese in _UNITS:
        if re.search(rf"(?:{PER_LABEL}|1) ?(?:{drawn})|(?:{drawn}) ?당", labels) is None:
            continue
        if language == "ko":
            text = re.sub(rf"(?<![가-힣\d.])(?:(?:1|한) ?(?:{korean}) ?(?:에|당|의)? |(?:{korean})당 )", "", text)
        else:
            one = rf"(?<![\d第])[一1] ?(?:{chinese})(?:的|要|卖)?(?=[多是几价])"
            text = re.sub(rf"每一?(?:{chinese})|{one}", "", text)
    return text

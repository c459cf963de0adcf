"""The sentences about how long a course is at a level or beyond a limit, and about its steps, in every language."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["PHRASES_OF_LASTING"]

PHRASES_OF_LASTING: Final[dict[str, dict[Language, str]]] = {
    "lasts": {
        "en": "{series} is {than} {spans}.",
        "de": "{series} liegt {spans} {than}.",
        "fr": "{series} est {than} {spans}.",
        "es": "{series} está {than} {spans}.",
        "ko": "{series:은는} {spans} {than}입니다.",
        "zh": "{series}{spans}{than}。",
    },
    "lasts in all": {
        "en": "{series} is {than} {spans}: {length} in all.",
        "de": "{series} liegt {spans} {than}: zusammen {length}.",
        "fr": "{series} est {than} {spans} : {length} en tout.",
        "es": "{series} está {than} {spans}: {length} en total.",
        "ko": "{series:은는} {spans} {than}입니다: 모두 {length}.",
        "zh": "{series}{spans}{than}:共 {length}。",
    },
    "at level": {
        "en": "at {value}",
        "de": "bei {value}",
        "fr": "à {value}",
        "es": "en {value}",
        "ko": "{value}",
        "zh": "为 {value}",
    },
    "span": {
        "en": "from {start} to {end} ({length})",
        "de": "von {start} bis {end} ({length})",
        "fr": "de {start} à {end} ({length})",
        "es": "de {start} a {end} ({length})",
        "ko": "{start}부터 {end}까지({length})",
        "zh": "从 {start} 到 {end}({length})",
    },
    "span on": {
        "en": "from {start} on",
        "de": "ab {start}",
        "fr": "à partir de {start}",
        "es": "a partir de {start}",
        "ko": "{start}부터",
        "zh": "从 {start} 起",
    },
    "jumps up": {
        "en": "{series} jumps {at} from {first} to {last}, by {change}.",
        "de": "{series} springt {at} von {first} auf {last}, um {change} nach oben.",
        "fr": "{series} saute {at} de {first} à {last}, soit {change} de plus.",
        "es": "{series} salta {at} de {first} a {last}, {change} más.",
        "ko": "{series:은는} {at} {first}에서 {last}까지 {change}만큼 올라갑니다.",
        "zh": "{series}{at}从 {first} 跳到 {last},上升 {change}。",
    },
    "jumps down": {
        "en": "{series} drops {at} from {first} to {last}, by {change}.",
        "de": "{series} springt {at} von {first} auf {last}, um {change} nach unten.",
        "fr": "{series} saute {at} de {first} à {last}, soit {change} de moins.",
        "es": "{series} salta {at} de {first} a {last}, {change} menos.",
        "ko": "{series:은는} {at} {first}에서 {last}까지 {change}만큼 내려갑니다.",
        "zh": "{series}{at}从 {first} 降到 {last},下降 {change}。",
    },
    "jumps up most": {
        "en": "{series} rises most {at}: by {change}, from {first} to {last}.",
        "de": "{series} steigt {at} am meisten: um {change}, von {first} auf {last}.",
        "fr": "{series} augmente le plus {at} : de {change}, de {first} à {last}.",
        "es": "{series} sube más {at}: {change}, de {first} a {last}.",
        "ko": "{series:은는} {at} 가장 많이 오릅니다: {change}, {first}에서 {last}까지.",
        "zh": "{series}{at}上升最多:{change},从 {first} 到 {last}。",
    },
    "jumps down most": {
        "en": "{series} falls most {at}: by {change}, from {first} to {last}.",
        "de": "{series} fällt {at} am meisten: um {change}, von {first} auf {last}.",
        "fr": "{series} diminue le plus {at} : de {change}, de {first} à {last}.",
        "es": "{series} baja más {at}: {change}, de {first} a {last}.",
        "ko": "{series:은는} {at} 가장 많이 내립니다: {change}, {first}에서 {last}까지.",
        "zh": "{series}{at}下降最多:{change},从 {first} 到 {last}。",
    },
    "no jump": {
        "en": "{series} does not change {at}: it stays at {value}.",
        "de": "{series} ändert sich {at} nicht: der Wert bleibt {value}.",
        "fr": "{series} ne change pas {at} : la valeur reste {value}.",
        "es": "{series} no cambia {at}: el valor sigue en {value}.",
        "ko": "{series:은는} {at} 변하지 않습니다: 값은 계속 {value}입니다.",
        "zh": "{series}{at}没有变化:仍为 {value}。",
    },
    "neighbours differ": {
        "en": "No two neighbouring values of {series} are the same.",
        "de": "Keine zwei benachbarten Werte von {series} sind gleich.",
        "fr": "Aucune paire de valeurs voisines de {series} n'est identique.",
        "es": "No hay dos valores contiguos de {series} que sean iguales.",
        "ko": "{series}에는 이웃한 두 값이 같은 곳이 없습니다.",
        "zh": "{series}没有相邻的两个值相同。",
    },
    "levels": {
        "en": "{series} changes {jumps} {jumps:time|times} and has {count} level {count:part|parts}: {parts}.",
        "de": "{series} ändert sich {jumps}-mal und hat {count} {count:Stufe|Stufen}: {parts}.",
        "fr": "{series} change {jumps} fois et a {count} {count:palier|paliers} : {parts}.",
        "es": "{series} cambia {jumps} {jumps:vez|veces} y tiene {count} {count:nivel|niveles}: {parts}.",
        "ko": "{series:은는} {jumps}번 변하고, 단계는 {count}개입니다: {parts}.",
        "zh": "{series}变化 {jumps} 次,共 {count} 级:{parts}。",
    },
    "hours": {
        "en": "hours",
        "de": "Stunden",
        "fr": "heures",
        "es": "horas",
        "ko": "시간",
        "zh": "小时",
    },
}

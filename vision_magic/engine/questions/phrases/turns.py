"""The sentences about where a course turns, flattens or is back, about its pace and about gaps, in every language."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["PHRASES_OF_TURNS"]

PHRASES_OF_TURNS: Final[dict[str, dict[Language, str]]] = {
    "turns up": {
        "en": "{series} turns {at}: it is lowest there, at {value}, and higher afterwards.",
        "de": "{series} dreht {at}: Dort ist der Wert mit {value} am niedrigsten, danach ist er höher.",
        "fr": "{series} se retourne {at} : la valeur y est la plus basse, {value}, puis elle est plus élevée.",
        "es": "{series} cambia de sentido {at}: ahí está el mínimo, {value}, y después es más alto.",
        "ko": "{series:은는} {at} 방향이 바뀝니다: 그곳의 값 {value:이가} 가장 낮고, 그 뒤에는 더 높습니다.",
        "zh": "{series}{at}发生转折:此处最低,为 {value},之后更高。",
    },
    "turns down": {
        "en": "{series} turns {at}: it is highest there, at {value}, and lower afterwards.",
        "de": "{series} dreht {at}: Dort ist der Wert mit {value} am höchsten, danach ist er niedriger.",
        "fr": "{series} se retourne {at} : la valeur y est la plus élevée, {value}, puis elle est plus basse.",
        "es": "{series} cambia de sentido {at}: ahí está el máximo, {value}, y después es más bajo.",
        "ko": "{series:은는} {at} 방향이 바뀝니다: 그곳의 값 {value:이가} 가장 높고, 그 뒤에는 더 낮습니다.",
        "zh": "{series}{at}发生转折:此处最高,为 {value},之后更低。",
    },
    "turns nowhere": {
        "en": "{series} has its highest and its lowest value at its ends, so it does not turn in between.",
        "de": "{series} hat den höchsten und den niedrigsten Wert an den Enden, dreht dazwischen also nicht.",
        "fr": "{series} a ses valeurs extrêmes aux deux bouts : pas de retournement entre les deux.",
        "es": "{series} tiene su máximo y su mínimo en los extremos: no cambia de sentido entre ellos.",
        "ko": "{series:은는} 최댓값과 최솟값이 양 끝에 있어, 중간에 방향이 바뀌지 않습니다.",
        "zh": "{series}的最高值和最低值都在两端,中间没有转折。",
    },
    "flattens": {
        "en": "{series} is flat from {place} on: it stays between {low} and {high}.",
        "de": "{series} ist ab {place} flach: Die Werte bleiben zwischen {low} und {high}.",
        "fr": "{series} se stabilise à partir de {place} : les valeurs restent entre {low} et {high}.",
        "es": "{series} se estabiliza a partir de {place}: queda entre {low} y {high}.",
        "ko": "{series:은는} {place}부터 거의 변하지 않습니다: {low}에서 {high} 사이입니다.",
        "zh": "{series}从 {place} 起趋于平稳:保持在 {low} 到 {high} 之间。",
    },
    "flattens nowhere": {
        "en": "{series} does not flatten towards its end: its last values still change.",
        "de": "{series} flacht zum Ende hin nicht ab: Die letzten Werte ändern sich noch.",
        "fr": "{series} ne se stabilise pas vers la fin : les dernières valeurs changent encore.",
        "es": "{series} no se estabiliza hacia el final: los últimos valores aún cambian.",
        "ko": "{series:은는} 끝에서도 평평해지지 않습니다: 마지막 값들이 아직 변합니다.",
        "zh": "{series}到最后也没有趋于平稳:末尾的数值仍在变化。",
    },
    "back": {
        "en": "{series} is back at its first value ({first}) {at}: {value}, after {far} ({far_at}).",
        "de": "{series} erreicht den ersten Wert ({first}) wieder {at}: {value}, nach {far} ({far_at}).",
        "fr": "{series} retrouve sa première valeur ({first}) {at} : {value}, après {far} ({far_at}).",
        "es": "{series} vuelve a su primer valor ({first}) {at}: {value}, después de {far} ({far_at}).",
        "ko": "{series:은는} {at} 첫 값({first})을 회복합니다: {value}, 그 전에는 {far}({far_at})였습니다.",
        "zh": "{series}{at}回到最初的数值({first}):{value},此前为 {far}({far_at})。",
    },
    "not back": {
        "en": "{series} is not back at its first value ({first}, {first_at}): it ends at {last}, "
        "after {far} ({far_at}).",
        "de": "{series} erreicht den ersten Wert ({first}, {first_at}) nicht wieder: Der letzte ist {last}, "
        "nach {far} ({far_at}).",
        "fr": "{series} ne retrouve pas sa première valeur ({first}, {first_at}) : la dernière est {last}, "
        "après {far} ({far_at}).",
        "es": "{series} no vuelve a su primer valor ({first}, {first_at}): termina en {last}, "
        "después de {far} ({far_at}).",
        "ko": "{series:은는} 첫 값({first}, {first_at})을 회복하지 못합니다: 마지막 값은 {last}, "
        "그 전에는 {far}({far_at})였습니다.",
        "zh": "{series}没有回到最初的数值({first},{first_at}):最后为 {last},此前为 {far}({far_at})。",
    },
    "pace up": {
        "en": "On average, {series} rises by {value} per {unit}: from {first} ({first_at}) to {last} ({last_at}).",
        "de": "Im Mittel steigt {series} um {value} pro {unit}: von {first} ({first_at}) auf {last} ({last_at}).",
        "fr": "En moyenne, {series} augmente de {value} par {unit} : de {first} ({first_at}) à {last} ({last_at}).",
        "es": "De media, {series} sube {value} por {unit}: de {first} ({first_at}) a {last} ({last_at}).",
        "ko": "{series:은는} 평균적으로 {unit}당 {value}씩 오릅니다: {first}({first_at})에서 {last}({last_at})까지.",
        "zh": "{series}平均每{unit}上升 {value}:从 {first}({first_at})到 {last}({last_at})。",
    },
    "pace down": {
        "en": "On average, {series} falls by {value} per {unit}: from {first} ({first_at}) to {last} ({last_at}).",
        "de": "Im Mittel fällt {series} um {value} pro {unit}: von {first} ({first_at}) auf {last} ({last_at}).",
        "fr": "En moyenne, {series} baisse de {value} par {unit} : de {first} ({first_at}) à {last} ({last_at}).",
        "es": "De media, {series} baja {value} por {unit}: de {first} ({first_at}) a {last} ({last_at}).",
        "ko": "{series:은는} 평균적으로 {unit}당 {value}씩 내립니다: {first}({first_at})에서 {last}({last_at})까지.",
        "zh": "{series}平均每{unit}下降 {value}:从 {first}({first_at})到 {last}({last_at})。",
    },
    "step of places": {
        "en": "step",
        "de": "Schritt",
        "fr": "étape",
        "es": "paso",
        "ko": "구간",
        "zh": "一步",
    },
    "gap grows": {
        "en": "The gap between {a} and {b} grows: from {before} ({left}) to {after} ({right}).",
        "de": "Der Abstand von {a} und {b} wird größer: von {before} ({left}) auf {after} ({right}).",
        "fr": "L'écart entre {a} et {b} se creuse : de {before} ({left}) à {after} ({right}).",
        "es": "La diferencia entre {a} y {b} aumenta: de {before} ({left}) a {after} ({right}).",
        "ko": "{a:와과} {b}의 차이는 커집니다: {before}({left})에서 {after}({right})까지.",
        "zh": "{a} 与 {b} 的差距扩大:从 {before}({left})到 {after}({right})。",
    },
    "gap shrinks": {
        "en": "The gap between {a} and {b} shrinks: from {before} ({left}) to {after} ({right}).",
        "de": "Der Abstand von {a} und {b} wird kleiner: von {before} ({left}) auf {after} ({right}).",
        "fr": "L'écart entre {a} et {b} se réduit : de {before} ({left}) à {after} ({right}).",
        "es": "La diferencia entre {a} y {b} se reduce: de {before} ({left}) a {after} ({right}).",
        "ko": "{a:와과} {b}의 차이는 줄어듭니다: {before}({left})에서 {after}({right})까지.",
        "zh": "{a} 与 {b} 的差距缩小:从 {before}({left})到 {after}({right})。",
    },
    "gap wider": {
        "en": "The gap between {a} and {b} is wider {at}: {value}, against {other} {other_at}.",
        "de": "Der Abstand von {a} und {b} ist {at} größer: {value}, gegenüber {other} {other_at}.",
        "fr": "L'écart entre {a} et {b} est plus grand {at} : {value}, contre {other} {other_at}.",
        "es": "La diferencia entre {a} y {b} es mayor {at}: {value}, frente a {other} {other_at}.",
        "ko": "{a:와과} {b}의 차이는 {at} 더 큽니다: {value}, {other_at} {other}.",
        "zh": "{a}与{b}的差距{at}更大:{value},{other_at}为{other}。",
    },
    "gap narrower": {
        "en": "The gap between {a} and {b} is narrower {at}: {value}, against {other} {other_at}.",
        "de": "Der Abstand von {a} und {b} ist {at} kleiner: {value}, gegenüber {other} {other_at}.",
        "fr": "L'écart entre {a} et {b} est plus petit {at} : {value}, contre {other} {other_at}.",
        "es": "La diferencia entre {a} y {b} es menor {at}: {value}, frente a {other} {other_at}.",
        "ko": "{a:와과} {b}의 차이는 {at} 더 작습니다: {value}, {other_at} {other}.",
        "zh": "{a}与{b}的差距{at}更小:{value},{other_at}为{other}。",
    },
    "gaps equal": {
        "en": "The gap between {a} and {b} is the same {at} and {other_at}: {value}; {other}.",
        "de": "Der Abstand von {a} und {b} ist {at} und {other_at} gleich: {value}; {other}.",
        "fr": "L'écart entre {a} et {b} est le même {at} et {other_at} : {value} ; {other}.",
        "es": "La diferencia entre {a} y {b} es igual {at} y {other_at}: {value}; {other}.",
        "ko": "{a:와과} {b}의 차이는 {at}, {other_at} 같습니다: {value}; {other}.",
        "zh": "{a}与{b}的差距{at}和{other_at}相同:{value};{other}。",
    },
    "for series": {
        "en": "for {name}",
        "de": "bei {name}",
        "fr": "pour {name}",
        "es": "en {name}",
        "ko": "{name}에서",
        "zh": "在{name}",
    },
    "steady up": {
        "en": "Rising at every step: {places}.",
        "de": "Bei jedem Schritt steigend: {places}.",
        "fr": "En hausse à chaque étape : {places}.",
        "es": "Sube en cada paso: {places}.",
        "ko": "매번 오른 것: {places}.",
        "zh": "每一步都上升的有:{places}。",
    },
    "steady down": {
        "en": "Falling at every step: {places}.",
        "de": "Bei jedem Schritt fallend: {places}.",
        "fr": "En baisse à chaque étape : {places}.",
        "es": "Baja en cada paso: {places}.",
        "ko": "매번 내린 것: {places}.",
        "zh": "每一步都下降的有:{places}。",
    },
    "steady none up": {
        "en": "None of them rises at every step.",
        "de": "Nichts davon steigt bei jedem Schritt.",
        "fr": "Aucun n'augmente à chaque étape.",
        "es": "Ninguno sube en cada paso.",
        "ko": "매번 오른 것은 없습니다.",
        "zh": "没有每一步都上升的。",
    },
    "steady none down": {
        "en": "None of them falls at every step.",
        "de": "Nichts davon fällt bei jedem Schritt.",
        "fr": "Aucun ne diminue à chaque étape.",
        "es": "Ninguno baja en cada paso.",
        "ko": "매번 내린 것은 없습니다.",
        "zh": "没有每一步都下降的。",
    },
    "gap same": {
        "en": "The gap between {a} and {b} is the same at {left} and at {right}: {after}.",
        "de": "Der Abstand von {a} und {b} ist am Anfang ({left}) und am Ende ({right}) gleich: {after}.",
        "fr": "L'écart entre {a} et {b} est le même au début ({left}) et à la fin ({right}) : {after}.",
        "es": "La diferencia entre {a} y {b} es igual al principio ({left}) y al final ({right}): {after}.",
        "ko": "{a:와과} {b}의 차이는 처음({left})과 끝({right})이 같습니다: {after}.",
        "zh": "{a} 与 {b} 的差距在开头({left})和末尾({right})相同:{after}。",
    },
}

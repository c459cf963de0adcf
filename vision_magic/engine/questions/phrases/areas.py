"""The sentences about areas in a picture that stand out, in every language but for their count in English."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["PHRASES_OF_AREAS"]

PHRASES_OF_AREAS: Final[dict[str, dict[Language, str]]] = {
    "areas": {
        "en": "Separate areas that {differ} the background ({colour}){region}: {count}.",
        "de": "Getrennte Flächen, die {differ} der Hintergrund ({colour}){region}: {count}.",
        "fr": "Zones distinctes {differ} le fond ({colour}){region} : {count}.",
        "es": "Áreas separadas {differ} el fondo ({colour}){region}: {count}.",
        "ko": "{region}배경({colour}){differ} 영역: {count}개.",
        "zh": "{region}{differ}背景({colour})的独立区域:{count} 个。",
    },
    "areas differ": {
        "en": "stand out from",
        "de": "anders gefärbt sind als",
        "fr": "d'une autre couleur que",
        "es": "de otro color que",
        "ko": "과 구별되는",
        "zh": "不同于",
    },
    "areas brighter": {
        "en": "are brighter than",
        "de": "heller sind als",
        "fr": "plus claires que",
        "es": "más claras que",
        "ko": "보다 밝은",
        "zh": "亮于",
    },
    "areas darker": {
        "en": "are darker than",
        "de": "dunkler sind als",
        "fr": "plus sombres que",
        "es": "más oscuras que",
        "ko": "보다 어두운",
        "zh": "暗于",
    },
    "areas in all": {
        "en": "In the whole picture: {count}. An area is where its centre is.",
        "de": "Im ganzen Bild: {count}. Eine Fläche liegt dort, wo ihre Mitte liegt.",
        "fr": "Dans toute l'image : {count}. Une zone est là où est son centre.",
        "es": "En toda la imagen: {count}. Un área está donde está su centro.",
        "ko": "그림 전체: {count}개. 영역의 위치는 그 중심으로 정합니다.",
        "zh": "整幅图像:{count} 个。区域的位置以其中心为准。",
    },
    "areas touch": {
        "en": "Areas that touch count as one; I cannot tell what they are.",
        "de": "Flächen, die sich berühren, zählen als eine; was sie sind, kann ich nicht sagen.",
        "fr": "Les zones qui se touchent comptent pour une seule ; je ne peux pas dire ce qu'elles sont.",
        "es": "Las áreas que se tocan cuentan como una; no puedo decir qué son.",
        "ko": "맞닿은 영역은 하나로 셉니다. 무엇인지는 알 수 없습니다.",
        "zh": "相连的区域算作一个;我无法判断它们是什么。",
    },
    "areas specks": {
        "en": "Smaller specks that I left out: {count}.",
        "de": "Kleinere Flecken, die ich nicht gezählt habe: {count}.",
        "fr": "Taches plus petites que je n'ai pas comptées : {count}.",
        "es": "Manchas más pequeñas que no conté: {count}.",
        "ko": "세지 않은 더 작은 점: {count}개.",
        "zh": "未计入的更小斑点:{count} 个。",
    },
    "areas photograph": {
        "en": "In a photograph this is not a count of objects.",
        "de": "In einem Foto ist das nicht die Zahl der Gegenstände.",
        "fr": "Dans une photo, ce n'est pas un nombre d'objets.",
        "es": "En una foto, esto no es un recuento de objetos.",
        "ko": "사진에서는 이것이 물체의 수가 아닙니다.",
        "zh": "在照片中,这不是物体的数量。",
    },
    "areas hidden": {
        "en": "I do not count areas in it: they would differ too little from the background.",
        "de": "Flächen zähle ich darin nicht: Sie würden sich zu wenig vom Hintergrund unterscheiden.",
        "fr": "Je n'y compte pas de zones : elles différeraient trop peu du fond.",
        "es": "No cuento áreas en ella: se diferenciarían demasiado poco del fondo.",
        "ko": "그 안의 영역은 세지 않습니다. 배경과의 차이가 너무 작습니다.",
        "zh": "我不计算其中的区域:它们与背景的差别太小。",
    },
    "areas unexplained": {
        "en": "I cannot answer “{words}”: I count and measure areas that stand out, brighter or darker ones too, also "
        "in a half or a quarter of the picture. Cut another part out on the line, such as `%%vision shot[:,:80]`, or "
        "choose a vision model: `%vision use NAME`.",
        "de": "„{words}“ kann ich nicht beantworten: Ich zähle und messe Flächen, die sich abheben, auch hellere oder "
        "dunklere, auch in einer Hälfte oder einem Viertel des Bildes. Einen anderen Teil schneidet die Zeile aus, "
        "etwa `%%vision shot[:,:80]`; ein Bildmodell wählt `%vision use NAME`.",
        "fr": "Je ne peux pas répondre à « {words} » : je compte et mesure les zones qui se détachent, aussi les plus "
        "claires ou les plus sombres, aussi dans une moitié ou un quart de l'image. Découpez une autre partie sur la "
        "ligne, comme `%%vision shot[:,:80]`, ou choisissez un modèle : `%vision use NOM`.",
        "es": "No puedo responder a «{words}»: cuento y mido áreas que destacan, también las más claras u oscuras, "
        "también en una mitad o un cuarto de la imagen. Recorte otra parte en la línea, como `%%vision shot[:,:80]`, "
        "o elija un modelo: `%vision use NOMBRE`.",
        "ko": "“{words}”에는 대답할 수 없습니다. 배경과 구별되거나 더 밝거나 어두운 영역을 세고 재며, 그림의 절반이나 "
        "사분면에서도 셉니다. 다른 부분은 `%%vision shot[:,:80]`처럼 잘라 내거나 `%vision use 이름`으로 비전 모델을 "
        "선택하세요.",
        "zh": "我无法回答“{words}”:我计数和测量突出的区域,也可以是更亮或更暗的,或在图像的一半或四分之一中的。"
        "请在行中裁剪其他部分,例如 `%%vision shot[:,:80]`,或用 `%vision use 名称` 选择视觉模型。",
    },
    "areas sizes": {
        "en": "The {count} areas{region} cover {low} to {high} pixels each, {mean} on average.",
        "de": "Die {count} Flächen{region} bedecken je {low} bis {high} Pixel, im Mittel {mean}.",
        "fr": "Les {count} zones{region} couvrent chacune de {low} à {high} pixels, {mean} en moyenne.",
        "es": "Las {count} áreas{region} cubren de {low} a {high} píxeles cada una, {mean} en promedio.",
        "ko": "{region}영역 {count}개의 넓이는 각각 {low}~{high} 픽셀이며 평균 {mean} 픽셀입니다.",
        "zh": "{region}{count} 个区域的面积为 {low} 至 {high} 像素,平均 {mean} 像素。",
    },
    "areas equal": {
        "en": "Each of the {count} areas{region} covers {low} pixels.",
        "de": "Jede der {count} Flächen{region} bedeckt {low} Pixel.",
        "fr": "Chacune des {count} zones{region} couvre {low} pixels.",
        "es": "Cada una de las {count} áreas{region} cubre {low} píxeles.",
        "ko": "{region}영역 {count}개의 넓이는 각각 {low} 픽셀입니다.",
        "zh": "{region}{count} 个区域的面积各为 {low} 像素。",
    },
    "area size": {
        "en": "{which}{region} covers {size} pixels; its box has {width} × {height} px, upper left corner at "
        "({x}, {y}).",
        "de": "{which}{region} bedeckt {size} Pixel; ihr Rahmen hat {width} × {height} px, linke obere Ecke bei "
        "({x}, {y}).",
        "fr": "{which}{region} couvre {size} pixels ; son cadre mesure {width} × {height} px, coin supérieur gauche en "
        "({x}, {y}).",
        "es": "{which}{region} cubre {size} píxeles; su recuadro mide {width} × {height} px, esquina superior "
        "izquierda en ({x}, {y}).",
        "ko": "{region}{which}의 넓이는 {size} 픽셀이고, 테두리는 {width} × {height} px이며 왼쪽 위 모서리는 "
        "({x}, {y})입니다.",
        "zh": "{region}{which}的面积为 {size} 像素;外框为 {width} × {height} px,左上角位于({x}, {y})。",
    },
    "area largest": {
        "en": "The largest area",
        "de": "Die größte Fläche",
        "fr": "La plus grande zone",
        "es": "El área más grande",
        "ko": "가장 큰 영역",
        "zh": "最大的区域",
    },
    "area smallest": {
        "en": "The smallest area",
        "de": "Die kleinste Fläche",
        "fr": "La plus petite zone",
        "es": "El área más pequeña",
        "ko": "가장 작은 영역",
        "zh": "最小的区域",
    },
    "area only": {
        "en": "The only area",
        "de": "Die einzige Fläche",
        "fr": "La seule zone",
        "es": "La única área",
        "ko": "유일한 영역",
        "zh": "唯一的区域",
    },
    "areas no unit": {
        "en": "I cannot give {unit}: the picture does not say how large a pixel is.",
        "de": "{unit} kann ich nicht angeben: Das Bild sagt nicht, wie groß ein Pixel ist.",
        "fr": "Je ne peux pas donner de {unit} : l'image ne dit pas la taille d'un pixel.",
        "es": "No puedo dar {unit}: la imagen no dice cuánto mide un píxel.",
        "ko": "{unit} 단위로는 답할 수 없습니다. 그림은 픽셀의 실제 크기를 알려 주지 않습니다.",
        "zh": "我无法给出 {unit}:图像没有说明一个像素的实际大小。",
    },
    "areas pixel": {
        "en": "The picture does not say how large a pixel is in reality; it has {width} × {height} px.",
        "de": "Wie groß ein Pixel in Wirklichkeit ist, sagt das Bild nicht; es hat {width} × {height} px.",
        "fr": "L'image ne dit pas la taille réelle d'un pixel ; elle a {width} × {height} px.",
        "es": "La imagen no dice cuánto mide un píxel en realidad; tiene {width} × {height} px.",
        "ko": "그림은 픽셀의 실제 크기를 알려 주지 않습니다. 그림은 {width} × {height} px입니다.",
        "zh": "图像没有说明一个像素的实际大小;图像为 {width} × {height} px。",
    },
    "areas left": {
        "en": " in the left half",
        "de": " in der linken Hälfte",
        "fr": " dans la moitié gauche",
        "es": " en la mitad izquierda",
        "ko": "왼쪽 절반에서 ",
        "zh": "左半边",
    },
    "areas right": {
        "en": " in the right half",
        "de": " in der rechten Hälfte",
        "fr": " dans la moitié droite",
        "es": " en la mitad derecha",
        "ko": "오른쪽 절반에서 ",
        "zh": "右半边",
    },
    "areas upper": {
        "en": " in the upper half",
        "de": " in der oberen Hälfte",
        "fr": " dans la moitié supérieure",
        "es": " en la mitad superior",
        "ko": "위쪽 절반에서 ",
        "zh": "上半部分",
    },
    "areas lower": {
        "en": " in the lower half",
        "de": " in der unteren Hälfte",
        "fr": " dans la moitié inférieure",
        "es": " en la mitad inferior",
        "ko": "아래쪽 절반에서 ",
        "zh": "下半部分",
    },
    "areas upper left": {
        "en": " in the upper left quarter",
        "de": " im linken oberen Viertel",
        "fr": " dans le quart supérieur gauche",
        "es": " en el cuarto superior izquierdo",
        "ko": "왼쪽 위 사분면에서 ",
        "zh": "左上四分之一",
    },
    "areas upper right": {
        "en": " in the upper right quarter",
        "de": " im rechten oberen Viertel",
        "fr": " dans le quart supérieur droit",
        "es": " en el cuarto superior derecho",
        "ko": "오른쪽 위 사분면에서 ",
        "zh": "右上四分之一",
    },
    "areas lower left": {
        "en": " in the lower left quarter",
        "de": " im linken unteren Viertel",
        "fr": " dans le quart inférieur gauche",
        "es": " en el cuarto inferior izquierdo",
        "ko": "왼쪽 아래 사분면에서 ",
        "zh": "左下四分之一",
    },
    "areas lower right": {
        "en": " in the lower right quarter",
        "de": " im rechten unteren Viertel",
        "fr": " dans le quart inférieur droit",
        "es": " en el cuarto inferior derecho",
        "ko": "오른쪽 아래 사분면에서 ",
        "zh": "右下四分之一",
    },
}

"""Confusion matrices: which class is taken for which, how many are right, and how many of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.numbers import format_derived, quoted
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words import HOW_MANY
from vision_magic.engine.wording import format_percent

__all__ = ["as_confusion", "confusion", "is_confusion"]

_Asked = Literal["", "pair", "cell", "right", "predicted", "most", "best", "worst", "total", "column"]

_SAYS_SO: Final = re.compile(
    r"confusion|verwechsl|konfusion|confus[ií]on|predict|pr[ée]di|vorherges|혼동|예측|混淆|预测|true label",
    re.IGNORECASE,
)
_PREDICTED: Final = re.compile(r"predict|pr[ée]di|vorherges|geschätzt|output|예측|预测", re.IGNORECASE)

_Words = dict[Language, str]
_TAKEN: Final[_Words] = {
    "en": r"confus\w+|mistak\w+|mistook|mix(?:ed|es)? up|misclassif\w+ as|taken for|"
    r"(?:predict|classif|label|recogni[sz]|identif|detect|tagg|mark|read|seen|count)\w* as|called|turned into",
    "de": r"verwechs\w+|gehalten|als \S+ (?:vorhergesagt|klassifiziert|erkannt|eingestuft)",
    "fr": r"confond\w*|confus\w*|pris(?:es?)? pour|(?:prédit|classé|reconnu)e?s? comme",
    "es": r"confund\w*|confusi\w*|(?:predich|clasificad|reconocid)[oa]s? como|tom(?:ado|aron) por",
    "ko": "혼동|헷갈|오인|잘못 ?(?:분류|예측)|(?:으로|로) ?(?:분류|예측|판정|인식)",
    "zh": "混淆|误认|误判|错认|误分|(?:预测|识别|分类|判断)(?:为|成)",
}
_WRONG: Final[_Words] = {
    "en": r"wrong\w*|incorrect\w*|misclassif\w*|errors?|mistakes|mislabel\w*",
    "de": r"falsch\w*|fehler\w*|fehlklassif\w*",
    "fr": r"erreurs?|fauss?e?s?|faux|mal class\w*|incorrect\w*",
    "es": r"errores|error|mal clasificad\w*|incorrect\w*|equivocad\w*",
    "ko": "틀[린렸]|오류|오분류|잘못",
    "zh": "错误|错了|错的|误",
}
_RIGHT: Final[_Words] = {
    "en": r"accura\w*|correct\w*|right|recall|sensitivity|hit rate|diagonal",
    "de": r"genauigkeit|korrekt\w*|richtig\w*|treffer\w*|trefferquote|diagonale\w*|recall|sensitivität",
    "fr": r"exactitude|correct\w*|bien class\w*|juste\w*|rappel|diagonale|bonnes prédictions",
    "es": r"exactitud|precisión global|correct\w*|bien clasificad\w*|aciert\w*|acert\w*|diagonal|sensibilidad",
    "ko": "정확|맞[은힌춘게았]|올바|제대로|재현율|대각선",
    "zh": "准确|正确|对了|召回|对角线",
}
_PRECISION: Final[_Words] = {
    "en": r"precision",
    "de": r"präzision|precision",
    "fr": r"précision",
    "es": r"precisión(?! global)",
    "ko": "정밀도",
    "zh": "精确率|查准率",
}
_TOTAL: Final[_Words] = {
    "en": r"in total|altogether|total|overall|in all|how many \S+ (?:are|were) there",
    "de": r"insgesamt|gibt es|gesamt\w*",
    "fr": r"au total|en tout|y a-t-il",
    "es": r"en total|hay",
    "ko": "총|전체|모두",
    "zh": "总共|一共|总",
}
_BEST: Final[_Words] = {
    "en": r"best|most accurately|most reliably|easiest|highest|most often (?:right|correct)",
    "de": r"am besten|beste[nr]?|am zuverlässigsten|am häufigsten richtig|höchste\w*",
    "fr": r"le mieux|meilleure?|la plus haute|le plus souvent (?:correct|juste)\w*",
    "es": r"mejor|más alt[oa]",
    "ko": "가장 (?:잘|정확|높)|제일 (?:잘|정확|높)",
    "zh": "最好|最准|最高",
}
_MOST_RIGHT: Final[_Words] = {
    "en": r"most (?:correct|right|hits)|(?:right|correct)(?:ly)? most often",
    "de": r"(?:die )?meisten (?:richtig|korrekt|treffer)\w*",
    "fr": r"le plus de (?:bonnes|justes|correct\w*|prédictions (?:justes|correctes))",
    "es": r"más (?:aciertos|(?:predicciones )?correct\w*)",
    "ko": "(?:가장|제일) 많이 (?:맞|정확)|(?:맞[은힌춘]|정답) ?(?:게|것|수)?[가이]? ?(?:가장|제일) 많",
    "zh": "(?:正确|对)的?.{0,4}最多|最多.{0,4}(?:正确|对)",
}
_WORST: Final[_Words] = {
    "en": r"worst|least accurately|hardest|most difficult|lowest|least often",
    "de": r"am schlechtesten|schlechteste\w*|am schwersten|niedrigste\w*",
    "fr": r"le moins bien|pire|la plus basse|le plus mal|plus difficile",
    "es": r"peor|más baj[oa]|más difícil",
    "ko": "가장 (?:못|어려|낮)|제일 (?:못|어려|낮)",
    "zh": "最差|最难|最低",
}


def _has(words: _Words, language: Language, text: str) -> bool:
    pattern = without_accents(words[language])
    latin = language not in ("ko", "zh")
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)" if latin else pattern, text) is not None


def is_confusion(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the only panel is a matrix of counts with the same classes along both axes, and says so."""
    rows = [one for panel in panels for one in panel.series]
    if len(panels) != 1 or len(rows) < 2 or any(one.kind != "heat map" for one in rows):
        return False
    names, panel = [one.name for one in rows], panels[0]
    square = all(set(one.x) == set(names) for one in rows) and len(set(names)) == len(names)
    positive = all(value >= 0 for one in rows for value in one.y)
    return square and positive and _SAYS_SO.search(f"{panel.title} {panel.x.label} {panel.y.label}") is not None


def as_confusion(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question about a confusion matrix with what it asks for as its statistic; None for another."""
    if not is_confusion(panels):
        return None
    if query.has("why"):
        return replace(query, operations=("cannot",))
    text = marked.written.lower()
    names = tuple(dict.fromkeys((*query.series, *(place for place in query.places if isinstance(place, str)))))
    named = tuple(name for name in _in_order(marked, names, panels) if name)
    asked = _asked(query.language, text, len(named))
    if asked == "total" and not named:  # its words must be accounted for: there may be no such class
        return replace(query, operations=("sum",), words=query.words | {"sum"}, statistic="sum")
    return replace(query, operations=("confusion",), series=(), places=named, text=f"{asked} {text}") if asked else None


def _in_order(marked: Marked, names: Sequence[str], panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the classes that are named, in the order of the question; one that is named again as often as it is."""
    classes = [one.name for one in panels[0].series]
    for letter in marked.written:
        code = ord(letter)
        if 0xE000 <= code < 0xE400:
            name = str(marked.places[code - 0xE000])
        elif 0xE400 <= code < 0xE800:
            name = marked.series[code - 0xE400]
        else:
            continue
        if name in classes:
            yield name


def _asked(language: Language, text: str, named: int) -> _Asked:
    best, worst = (_has(words, language, text) for words in (_BEST, _WORST))
    counted = named < 2 and re.search(HOW_MANY[language], text) is not None
    if counted and _has(_AS_ONE, language, text) and not _has(_WRONG, language, text):
        return "column" if named else ""  # a class that is not known
    if _has(_TAKEN, language, text) and named != 1:
        return "cell" if named == 2 else "pair" if not named else ""
    if _has(_TAKEN, language, text):
        return "pair"
    if _has(_PRECISION, language, text):
        return "predicted" if named == 1 else ""
    if _has(_MOST_RIGHT, language, text) and not named:
        return "most"
    if _has(_WRONG, language, text) or _has(_RIGHT, language, text):
        return "best" if best and not named else "worst" if worst and not named else "right"
    if (best or worst) and not named and _has(_CLASSIFIED, language, text):
        return "best" if best else "worst"
    in_all = _has(_TOTAL, language, text) or (counted and named and _has(_REALLY, language, text))
    return "total" if in_all and named < 2 else ""


_AS_ONE: Final[_Words] = {
    "en": r"(?:predict|classif|label|identif|detect|tagg|sort)\w* (?:as|to be)|predictions? (?:of|for)",
    "de": r"als \S+ (?:vorhergesagt|klassifiziert|erkannt|eingestuft|eingeordnet)",
    "fr": r"(?:prédit|classé|identifié)e?s? comme",
    "es": r"(?:predich|clasificad|identificad)[oa]s? como",
    "ko": "(?:으로|로|라고) ?(?:분류|예측|판정)",
    "zh": "(?:预测|识别|分类|判断|判)(?:为|成)",
}
"""What was taken for one class, rightly or wrongly."""
_REALLY: Final[_Words] = {
    "en": r"actually|really|true|truly|in reality",
    "de": r"tatsächlich|wirklich|in wahrheit|wahre\w*",
    "fr": r"réellement|vraiment|en réalité|véritable\w*",
    "es": r"realmente|en realidad|de verdad|verdader\w*",
    "ko": "실제",
    "zh": "实际|真实|真正",
}


_CLASSIFIED: Final[_Words] = {
    "en": r"predict\w*|classif\w*|recogni[sz]\w*|identif\w*|detect\w*|separat\w*",
    "de": r"vorhergesagt|klassifiziert|erkannt|erkennt|erkennen|unterschieden",
    "fr": r"prédite?s?|classée?s?|reconnue?s?|reconnaît",
    "es": r"predich\w*|clasifica\w*|reconoc\w*",
    "ko": "예측|분류|인식|맞히|맞춘",
    "zh": "预测|识别|分类",
}


# --- answers ----------------------------------------------------------------------------------------------------


class _Matrix:
    """The counts of a matrix by the true class and the predicted one."""

    def __init__(self, task: Task) -> None:
        panel = task.items[0].panel
        rows = panel.series
        self.names = [one.name for one in rows]
        turned = _PREDICTED.search(panel.y.label) is not None and _PREDICTED.search(panel.x.label) is None
        cells = {(one.name, str(place)): value for one in rows for place, value in zip(one.x, one.y, strict=True)}
        self.cells = {(b, a): value for (a, b), value in cells.items()} if turned else cells
        labels = (panel.y.label, panel.x.label)
        self.true_label, self.predicted_label = labels[::-1] if turned else labels

    def of_true(self, name: str) -> float:
        return sum(self.cells[name, other] for other in self.names)

    def of_predicted(self, name: str) -> float:
        return sum(self.cells[other, name] for other in self.names)

    def whole(self) -> float:
        return sum(self.cells.values())

    def right(self) -> float:
        return sum(self.cells[name, name] for name in self.names)


def confusion(task: Task) -> Iterator[str]:
    """Yield what a confusion matrix says to a question."""
    if not is_confusion(task.panels):
        yield task.say("cannot")
        return
    matrix = _Matrix(task)
    asked = task.query.text.split(" ", 1)[0]
    names = [str(place) for place in task.query.places]
    if asked == "cell" and len(names) == 2:
        yield from _cell(task, matrix, names[0], names[1])
    elif asked == "pair":
        yield from _pair(task, matrix, names)
    elif asked == "predicted" and names:
        whole = matrix.of_predicted(names[0])
        yield _of_class(task, "of predicted", names[0], matrix.cells[names[0], names[0]], whole)
    elif asked in ("total", "column"):
        yield _counted(task, matrix, names[0] if names else "", predicted=asked == "column")
    elif asked == "most":
        name = max(matrix.names, key=lambda one: matrix.cells[one, one])
        yield _right(task, matrix, name)
    elif asked in ("best", "worst"):
        yield _extreme(task, matrix, best=asked == "best")
    else:
        yield from (_right(task, matrix, name) for name in names or [""])


def _cell(task: Task, matrix: _Matrix, a: str, b: str) -> Iterator[str]:
    shown = {"a": quoted(a, task.language), "b": quoted(b, task.language)}
    yield task.say("taken for", **shown, value=format_derived(matrix.cells[a, b]))
    turned = {"a": shown["b"], "b": shown["a"]}
    if a != b and re.search(r"\band\b|\bund\b|\bet\b|\by\b|[와과]|和|与", task.query.text):
        yield task.say("taken for", **turned, value=format_derived(matrix.cells[b, a]))


def _pair(task: Task, matrix: _Matrix, names: Sequence[str]) -> Iterator[str]:
    off = [(value, a, b) for (a, b), value in matrix.cells.items() if a != b and (not names or names[0] in (a, b))]
    value, a, b = max(off, key=lambda entry: entry[0])
    shown = {"a": quoted(a, task.language), "b": quoted(b, task.language)}
    yield task.say("taken most", **shown, value=format_derived(value))
    yield task.say("both ways", value=format_derived(value + matrix.cells[b, a]))


def _counted(task: Task, matrix: _Matrix, name: str, *, predicted: bool) -> str:
    """Return how many there are of a class, or how many were taken for it; without a name, how many in all."""
    whole = (matrix.of_predicted(name) if predicted else matrix.of_true(name)) if name else matrix.whole()
    label = matrix.predicted_label if predicted else matrix.true_label
    series = quoted(name, task.language) + (f" ({label})" if label else "")
    of = task.say("of", series=series) if name else ""
    count = len(matrix.names) if name else len(matrix.cells)
    return task.say("sum", of=of, value=format_derived(whole), count=count)


def _of_class(task: Task, key: str, name: str, count: float, whole: float) -> str:
    share = format_percent(count / whole) if whole else "–"
    shown = {"count": format_derived(count), "total": format_derived(whole), "share": share}
    return task.say(key, name=quoted(name, task.language), **shown)


def _extreme(task: Task, matrix: _Matrix, *, best: bool) -> str:
    known = [name for name in matrix.names if matrix.of_true(name)]

    def share(name: str) -> float:
        return matrix.cells[name, name] / matrix.of_true(name)

    name = (max if best else min)(known, key=share)
    key = "right most" if best else "right least"
    return _of_class(task, key, name, matrix.cells[name, name], matrix.of_true(name))


def _right(task: Task, matrix: _Matrix, name: str) -> str:
    count = matrix.cells[name, name] if name else matrix.right()
    whole = matrix.of_true(name) if name else matrix.whole()
    of = task.say("of", series=quoted(name, task.language)) if name else ""
    shown = {"count": format_derived(count), "total": format_derived(whole), "wrong": format_derived(whole - count)}
    return task.say("on diagonal", of=of, share=format_percent(count / whole) if whole else "–", **shown)

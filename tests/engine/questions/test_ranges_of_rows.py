"""From one row of a table to another: all rows between them are meant, in all languages."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told

_TABLES = {
    "en": (["Mon", "Tue", "Wed", "Thu", "Fri"], ["9 h", "12 h", "15 h"], "Visitors", "Time", "Day"),
    "de": (["Mo", "Di", "Mi", "Do", "Fr"], ["9 Uhr", "12 Uhr", "15 Uhr"], "Besucher", "Uhrzeit", "Tag"),
    "fr": (["Lun", "Mar", "Mer", "Jeu", "Ven"], ["9 h", "12 h", "15 h"], "Visiteurs", "Heure", "Jour"),
    "es": (["Lun", "Mar", "Mié", "Jue", "Vie"], ["9 h", "12 h", "15 h"], "Visitantes", "Hora", "Día"),
    "ko": (["월", "화", "수", "목", "금"], ["9시", "12시", "15시"], "이용자 (명)", "시간", "요일"),
    "zh": (["周一", "周二", "周三", "周四", "周五"], ["9点", "12点", "15点"], "人数(人)", "时间", "星期"),
}


def table(language: str) -> Figure:
    rows, columns, label, across, down = _TABLES[language]
    figure = Figure()
    axes = figure.add_subplot(xlabel=across, ylabel=down)
    values = [[first + column for column in range(3)] for first in (30, 60, 20, 50, 10)]
    figure.colorbar(axes.imshow(values), label=label)
    axes.set_xticks(range(3), columns)
    axes.set_yticks(range(5), rows)
    return figure


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "From Monday to Thursday, which day is busiest at 12 h?", ("“Tue”", "61")),
        ("en", "How many visitors came from Monday to Wednesday at 9 h in all?", ("110",)),
        ("en", "How many more came on Monday than on Friday at 9 h?", ("20 higher",)),
        ("de", "Wie viele Besucher waren es von Montag bis Mittwoch um 9 Uhr insgesamt?", ("110",)),
        ("de", "Welcher Tag von Montag bis Donnerstag hat um 12 Uhr die meisten Besucher?", ("„Di“", "61")),
        ("fr", "Combien de visiteurs au total du lundi au mercredi à 9 h ?", ("110",)),
        ("es", "¿Cuántos visitantes hubo en total de lunes a miércoles a las 9 h?", ("110",)),
        ("ko", "월요일부터 목요일까지 12시에 가장 붐비는 요일은?", ("“화”", "61")),
        ("ko", "월요일부터 수요일까지 9시 이용자는 모두 몇 명이야?", ("110",)),
        ("zh", "周一到周四，哪天12点人最多？", ("“周二”", "61")),
        ("zh", "周一到周三9点一共多少人？", ("110",)),
        ("zh", "周二到周四一共多少人？", ("399",)),
    ],
)
def test_all_rows_from_one_to_another_are_meant(language: str, question: str, words: tuple[str, ...]) -> None:
    told(question, lambda: table(language), words)

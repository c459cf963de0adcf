"""Wins and losses of stacked bars, counts of all results of each, and wins as a share of these."""

from __future__ import annotations

from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told

WON, LOST = [3, 8, 5], [7, 2, 4]


def _results(teams: tuple[str, ...], names: tuple[str, str], x: str, y: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=x, ylabel=y)
    axes.barh(teams, WON, label=names[0])
    axes.barh(teams, LOST, left=WON, label=names[1])
    axes.legend()
    return figure


en = partial(_results, ("Foxes", "Hawks", "Lions"), ("Won", "Lost"), "Matches", "Team")
de = partial(_results, ("Füchse", "Falken", "Löwen"), ("Siege", "Niederlagen"), "Spiele", "Team")
fr = partial(_results, ("Renards", "Faucons", "Lions"), ("Victoires", "Défaites"), "Matchs", "Équipe")
es = partial(_results, ("Zorros", "Halcones", "Leones"), ("Victorias", "Derrotas"), "Partidos", "Equipo")
ko = partial(_results, ("여우팀", "매팀", "사자팀"), ("승", "패"), "경기 수 (경기)", "팀")
zh = partial(_results, ("红狐队", "雄鹰队", "雪狮队"), ("胜", "负"), "场次(场)", "球队")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many matches did the Foxes lose?", en, ("“Lost” at “Foxes” is 7",)),
        ("Which team has the most defeats?", en, ("“Lost” is 7", "Foxes")),
        ("What is the win rate of the Hawks?", en, ("80 %", "8 of 10")),
        ("How many matches did each team play in total?", en, ("“Foxes” (10)", "“Lions” (9)")),
        ("Wer hat am meisten gewonnen?", de, ("„Siege“ ist 8", "Falken")),
        ("Wie hoch ist die Siegquote der Füchse?", de, ("30 %",)),
        ("Wie viele Spiele hat jedes Team insgesamt gespielt?", de, ("„Löwen“ (9)",)),
        ("Qui a gagné le plus de matchs ?", fr, ("Victoires", "Faucons")),
        ("¿Cuántos partidos perdieron los Zorros?", es, ("«Derrotas» en «Zorros» es 7",)),
        ("여우팀은 몇 번 졌어?", ko, ("“패”의 값은 7",)),
        ("각 팀은 모두 몇 경기를 했어?", ko, ("“사자팀” (9 경기)",)),
        ("哪支球队赢的场次最多?", zh, ("“胜”的最大值是 8 场", "雄鹰队")),
        ("红狐队输了几场?", zh, ("“负”的值是 7 场",)),
        ("雄鹰队比红狐队多赢几场?", zh, ("5 场",)),
        ("有几支球队赢了5场以上?", zh, ("3 个值中有 2 个",)),
        ("按胜场数排名,第二名是谁?", zh, ("5 场", "雪狮队")),
        ("雄鹰队的胜率是多少?", zh, ("80 %",)),
        ("每支球队总共打了多少场比赛?", zh, ("“雪狮队” (9 场)",)),
    ],
)
def test_results_are_found_in_other_words(question: str, draw: partial[Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("哪队胜率最高?", zh, ("我不理解这里的“胜率”",)),
        ("Which team has the best win rate?", en, ("I do not understand “win rate”",)),
    ],
)
def test_the_highest_rate_is_not_that_of_most_wins(
    question: str, draw: partial[Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)
